// Which lines are drawn as one: in a large picture all relations of two actors are a single strand.

const FEW_LINES = 40; // up to so many lines each is drawn by itself, with its words

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

/** What is drawn for the lines of *groups*: each by itself where they are *few* or of the *open* pair, else a strand a pair. */
function strandsOf(groups, few, open) {
  return [...groups].flatMap(([key, ofPair]) =>
    few || key === open || ofPair.length === 1 ? ofPair.map(strandOfLine) : [strandOfPair(key, ofPair)]);
}
