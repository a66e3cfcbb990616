// Which lines are drawn as one: in a large picture all relations of two actors are a single strand.

const FEW_LINES = 40; // up to so many lines each is drawn by itself, with its words
const FEW_NARROW = 8; // on a small screen
const WIDEST_FAN = 12; // the chosen pair opens into its lines if it has no more than these
const MOST_STRANDS = 180; // with more pairs than this the lightest are not drawn until one of their actors is open

/** All relations between two actors, by the key of the pair; a line's own pair is `pairs.get(pairOf(line))`. */
const pairs = new Map();
for (const line of data.edges) {
  const key = pairOf(line);
  const pair = pairs.get(key);
  if (pair) pair.lines.push(line);
  else pairs.set(key, { id: key, from: line.from, to: line.to, lines: [line] });
}

/** The lines behind what an id names: a line, a pair or an actor. */
function linesAt(id) {
  return lines.has(id) ? [lines.get(id)] : pairs.get(id)?.lines ?? linesOf.get(id);
}

/** Whether the lines in view are so few that each is drawn by itself, with its words. */
function areFew() {
  return shown.lines.length <= (NARROW.matches ? FEW_NARROW : FEW_LINES);
}

/** One line as it is drawn alone. */
function strandOfLine(line) {
  return {
    id: line.id, lines: [line], from: line.from, to: line.to, oneWay: line.oneWay, quad: quadOf(line), stance: line.stance,
    claims: line.claims.length, label: line.label,
  };
}

/**
 * All lines of a pair as one strand. It has the quad that most of its claims have, among the most solid only: a
 * relation that is denied or planned never lends its colour to one that is claimed as fact, nor is it drawn as fact.
 */
function strandOfPair(id, ofPair) {
  const claims = ofPair.reduce((sum, line) => sum + line.claims.length, 0);
  const stance = ofPair.some((line) => line.stance === "actual") ? "actual" : prevailing(ofPair, (line) => line.stance);
  const [first] = ofPair;
  const denied = ofPair.filter((line) => line.stance === "denied").length;
  return {
    id, lines: ofPair, from: first.from, to: first.to, stance, claims,
    quad: prevailing(ofPair.filter((line) => line.stance === stance), quadOf),
    oneWay: ofPair.every((line) => line.oneWay && line.from === first.from),
    label: `${count(ofPair.length, "relation")} · ${count(claims, "claim")}${denied && stance !== "denied" ? ` · ✕ ${denied} denied` : ""}`,
  };
}

/** What most claims behind *some* lines have in common; the earlier line decides a tie. */
function prevailing(some, keyOf) {
  const sums = new Map();
  for (const line of some) sums.set(keyOf(line), (sums.get(keyOf(line)) ?? 0) + line.claims.length);
  return [...sums].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

/** The lines by pair, in their order. */
function byPair(some) {
  const groups = new Map();
  for (const line of some) {
    const key = pairOf(line);
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return groups;
}

/** The pairs that are drawn of *groups*: the weightiest, and the weightiest of each actor, so that no one stands alone. */
function weightiestOf(groups) {
  if (groups.size <= MOST_STRANDS) return groups;
  const weight = new Map([...groups].map(([key, ofPair]) => [key, ofPair.reduce((sum, line) => sum + line.claims.length, 0)]));
  const linked = new Set();
  return new Map([...groups].sort(([a], [b]) => weight.get(b) - weight.get(a)).filter(([, [line]], rank) => {
    const kept = rank < MOST_STRANDS || !linked.has(line.from) || !linked.has(line.to);
    if (kept) linked.add(line.from).add(line.to);
    return kept;
  }));
}

/**
 * What is drawn for the lines of *groups*: each by itself where they are *few*, else a strand a pair.
 *
 * The pair of what is *chosen*, a line or a pair, opens into its lines; where those are many, into the chosen line and the rest.
 */
function strandsOf(groups, few, chosen) {
  const open = lines.has(chosen) ? pairOf(lines.get(chosen)) : chosen;
  return [...groups].flatMap(([key, ofPair]) => {
    if (few || ofPair.length === 1 || (key === open && ofPair.length <= WIDEST_FAN)) return ofPair.map(strandOfLine);
    const alone = ofPair.filter((line) => line.id === chosen);
    return [...alone.map(strandOfLine), strandOfPair(key, ofPair.filter((line) => line.id !== chosen))];
  });
}
