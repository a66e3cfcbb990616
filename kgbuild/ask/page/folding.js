// Folding: where there are many, persons and bodies are drawn as the state or organisation for which they act, until a
// reader unfolds it. A line between two who are drawn as one is not drawn; it stands in the panel.

const MANY_ACTORS = 60; // with no more actors each is drawn by itself
const UNFOLDED = 12; // so many of those who act for a state are drawn when it is unfolded; the lighter ones stay folded

/** Who acts for whom: the weightiest first, by the id of the state or organisation. */
const members = new Map();
for (const { id, standIn } of data.nodes) {
  if (!actors.has(standIn)) continue;
  if (members.has(standIn)) members.get(standIn).push(id);
  else members.set(standIn, [id]);
}
const FOLDS = data.nodes.length > MANY_ACTORS && members.size > 0;

/** Those who are drawn by themselves when a state is unfolded. */
function foremost(id) {
  return (members.get(id) ?? []).slice(0, UNFOLDED);
}

/** Whether whoever acts for others is drawn as them now; a path goes from actor to actor. */
function isFolding() {
  return view.folded && view.path === null;
}

/** As whom an actor is drawn: itself, or for whom it acts. */
function drawnAs(id) {
  const { standIn } = actors.get(id);
  if (!isFolding() || !members.has(standIn) || view.unfolded.has(id)) return id;
  return view.unfolded.has(standIn) && foremost(standIn).includes(id) ? id : standIn;
}

/** Those who are drawn as *id*, beside itself. */
function foldedInto(id) {
  return (members.get(id) ?? []).filter((member) => drawnAs(member) === id);
}

/** Draw those who act for *id* by themselves, or as it again. */
function unfold(id) {
  if (isUnfolded(id)) for (const each of [id, ...members.get(id)]) view.unfolded.delete(each);
  else view.unfolded.add(id);
  view.folded = true;
  if (actors.has(view.chosen) && drawnAs(view.chosen) !== view.chosen) view.chosen = id;
  changed();
}

/** Whether some of those who act for *id* are drawn by themselves. */
function isUnfolded(id) {
  return members.has(id) && (view.unfolded.has(id) || members.get(id).some((member) => view.unfolded.has(member)));
}

/** All by themselves, or all folded. */
function foldAll() {
  view.folded = !view.folded;
  view.unfolded.clear();
  changed();
}

let foldedAs = null; // the setting that the ends of lines follow

/** Let lines end where the view has them: `ends` as they are drawn, `a` and `b` where these are two, `pair` the key of what is drawn. */
function foldAnew() {
  const now = JSON.stringify([isFolding(), [...view.unfolded].sort()]);
  if (now === foldedAs) return false;
  foldedAs = now;
  for (const id of actors.keys()) linesOf.set(id, []);
  for (const line of data.edges) {
    line.ends = [...new Set(line.parties.map(drawnAs))];
    [line.a, line.b] = line.ends.length === 2 && !line.sides ? [drawnAs(line.from), drawnAs(line.to)] : line.ends;
    line.pair = keyOf(line.ends);
    line.arrow = line.oneWay && (!line.sides || line.sides.every((side, at) => side.every((id) => drawnAs(id) === line.ends[at])));
    for (const id of new Set([...line.parties, ...line.ends])) linesOf.get(id).push(line);
  }
  pairUp();
  if (FOLDS) resize();
  return true;
}

/** The key of what joins these: a pair, or more of them around an event; null for one alone. */
function keyOf(ends) {
  if (ends.length < 2) return null;
  return ends.length === 2 ? pairOf({ from: ends[0], to: ends[1] }) : [...ends].sort().join(" & ");
}

/** Actors as large as what is drawn at them. */
function resize() {
  const degrees = new Map(data.nodes.map(({ id }) => [id, linesOf.get(id).filter((line) => line.ends.length > 1 && line.ends.includes(id)).length]));
  const most = Math.max(1, ...degrees.values());
  for (const actor of data.nodes) actor.size = 8 + 20 * Math.sqrt(degrees.get(actor.id) / most);
}
