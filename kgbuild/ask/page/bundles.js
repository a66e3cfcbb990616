// Which lines are drawn as one: in a large picture all relations of two actors are a single strand.

const FEW_LINES = 40; // up to so many lines each is drawn by itself, with its words
const FEW_NARROW = 8; // on a small screen
const WIDEST_FAN = 12; // the chosen pair opens into its lines if it has no more than these
const MOST_NARROW = 30; // on a small screen
const MOST_FOLDED = 64; // the same of a folded picture, which is to be read at a glance
const MOST_STRANDS = 180; // with more pairs than this the lightest are not drawn until one of their actors is open

/**
 * All relations between the same actors, by the key of these: of two as they are drawn, of two who are folded, and of
 * three or more. A line's own is `pairs.get(pairOf(line))`.
 */
const pairs = new Map();

/** Make the pairs anew, after who is drawn as whom. */
function pairUp() {
  pairs.clear();
  for (const line of data.edges) {
    const keys = new Set([line.pair, line.sides ? null : keyOf(line.parties)]);
    for (const key of keys) {
      if (key === null) continue;
      const ends = key === line.pair ? line.ends : line.parties;
      const pair = pairs.get(key);
      if (pair) pair.lines.push(line);
      else pairs.set(key, { id: key, ends, from: key === line.pair ? line.a : line.from, to: key === line.pair ? line.b : line.to, lines: [line] });
    }
  }
}

/** The lines behind what an id names: a line, a pair or an actor. */
function linesAt(id) {
  return lines.has(id) ? [lines.get(id)] : pairs.get(id)?.lines ?? linesOf.get(id);
}

/** Whether an id names an actor that has no line, whatever the filters. */
function isAlone(id) {
  return linesOf.get(id)?.length === 0;
}

/** Whether the lines in view are so few that each is drawn by itself, with its words. */
function areFew() {
  return shown.lines.length <= (NARROW.matches ? FEW_NARROW : FEW_LINES);
}

/** One line as it is drawn alone. */
function strandOfLine(line) {
  return {
    id: line.id, lines: [line], from: line.a, to: line.b, oneWay: line.arrow, quad: quadOf(line), stance: line.stance,
    claims: line.claims.length, label: line.label,
  };
}

/**
 * All lines of a pair as one strand. It has the quad that most of its claims have, among the most solid only: a
 * relation that is denied or planned never lends its colour to one that is claimed as fact, nor is it drawn as fact.
 * Where these are of cooperation and of conflict, it is drawn in two tones.
 */
function strandOfPair(id, ofPair) {
  const claims = claimsOf(ofPair);
  const stance = ofPair.some((line) => line.stance === "actual") ? "actual" : prevailing(ofPair, (line) => line.stance);
  const [first] = ofPair;
  const solid = ofPair.filter((line) => line.stance === stance);
  const denied = ofPair.filter((line) => line.stance === "denied").length;
  return {
    id, lines: ofPair, from: first.a, to: first.b, stance, claims,
    quad: prevailing(solid, quadOf), tones: tonesOf(solid),
    oneWay: ofPair.every((line) => line.arrow && line.a === first.a),
    label: `${count(ofPair.length, "relation")} · ${count(claims, "claim")}${denied && stance !== "denied" ? ` · ✕ ${denied} denied` : ""}`,
  };
}

/** What most claims behind *some* lines have in common; the earlier line decides a tie. */
function prevailing(some, keyOf) {
  const sums = new Map();
  for (const line of some) sums.set(keyOf(line), (sums.get(keyOf(line)) ?? 0) + line.claims.length);
  return [...sums].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

/** Lines, or what is drawn for them, by who is joined, in their order; those within one are left out. */
function byPair(some) {
  const groups = new Map();
  for (const line of some) {
    const key = pairOf(line);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return groups;
}

/** The pairs that are drawn of *groups*: the weightiest, and the weightiest of each actor, so that no one stands alone. */
function weightiestOf(groups) {
  const most = NARROW.matches ? MOST_NARROW : isFolding() ? MOST_FOLDED : MOST_STRANDS;
  if (groups.size <= most) return groups;
  const weight = new Map([...groups].map(([key, ofPair]) => [key, claimsOf(ofPair)]));
  const linked = new Set();
  const heaviest = [...groups].sort(([a], [b]) => weight.get(b) - weight.get(a));
  const ofMany = heaviest.filter(([, [line]]) => line.ends.length > 2).slice(0, NARROW.matches ? 1 : MOST_GATHERINGS);
  for (const end of ofMany.flatMap(([, [line]]) => line.ends)) linked.add(end);
  return new Map([...heaviest.filter(([, [line]]) => line.ends.length === 2).filter(([, [line]], rank) => {
    const kept = rank < most || line.ends.some((end) => !linked.has(end));
    if (kept) for (const end of line.ends) linked.add(end);
    return kept;
  }), ...ofMany]);
}

/**
 * What is drawn for the lines of *groups*: each by itself where they are *few*, else a strand a pair.
 *
 * The pair of what is *chosen*, a line or a pair, opens into its lines; where those are many, into the chosen line and the rest.
 */
function strandsOf(groups, few, chosen) {
  const open = lines.has(chosen) ? pairOf(lines.get(chosen)) : chosen;
  return [...groups].flatMap(([key, ofPair]) => {
    if (ofPair[0].ends.length > 2) return gatherings.has(key) ? spokesOf(gatherings.get(key)) : [];
    if (few || ofPair.length === 1 || (key === open && ofPair.length <= WIDEST_FAN)) return ofPair.map(strandOfLine);
    const alone = ofPair.filter((line) => line.id === chosen);
    return [...alone.map(strandOfLine), strandOfPair(key, ofPair.filter((line) => line.id !== chosen))];
  });
}
