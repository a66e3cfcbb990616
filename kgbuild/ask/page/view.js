// What the reader has set, in one place, and which part of the graph that leaves in view. Every change goes
// through `changed` (page.js), which redraws all that depends on it; permalink.js writes it into the address.

const NARROW = matchMedia("(max-width: 800px)");

const TOP = 60; // so many actors are shown at first, where nobody asks for more
const TOP_FOLDED = 36;

/** A view in which nothing is set. */
function freshView() {
  return {
    top: Math.min(data.top ?? (FOLDS ? TOP_FOLDED : TOP), data.nodes.length, NARROW.matches ? (FOLDS ? 16 : 40) : Infinity), // how many of the weightiest actors
    folded: FOLDS, // whether whoever acts for a state is drawn as it
    unfolded: new Set(), // states whose foremost are drawn by themselves, and others who are
    chosen: null, // the actor or line that is open
    focus: null, // the actor whose surroundings alone are shown
    path: null, // [from, to]: the actors between whom a path is shown
    pinned: new Set(), // actors shown whatever their weight
    away: new Set(), // actors hidden by hand
    hidden: { kind: new Set(), quad: new Set(), stance: new Set() }, // what the legend hides
    only: Object.fromEntries(Object.keys(FACETS).map((name) => [name, new Set()])), // what each list is narrowed to; empty: all
    from: null, // first and last day, as 2014-12-19; null: open
    to: null,
    undated: true, // whether claims without a date are shown
    clock: "event", // which dates these are: when it happens, or when it was reported ("report")
  };
}

/** Whether the filters leave a claim behind *line*. */
function allowed(line) {
  return line.claims.length > 0;
}

/** The actors and lines in view, the weightiest first: the path or the surroundings asked for, else the top. */
function inView() {
  const ranked = passed.actors;
  const present = new Set(ranked.map(({ id }) => id));
  const path = view.path && findPath(...view.path);
  const wanted = path ? path.actors
    : view.focus !== null ? [drawnAs(view.focus), ...neighboursOf(drawnAs(view.focus)).slice(0, view.top)]
    : ranked.slice(0, view.top).map((actor) => actor.id);
  const unfolded = path || view.focus !== null || !isFolding() ? [] : [...view.unfolded].flatMap((id) => [id, ...foremost(id)]);
  const kept = new Set([...wanted, ...[...view.pinned].map(drawnAs), ...unfolded.filter((id) => present.has(id))]);
  const steps = path && new Set(path.steps.flatMap((step) => step.lines.map((line) => line.id)));
  const asked = (line) => !steps || steps.has(line.id) || line.ends.some((end) => view.pinned.has(end));
  // Of the path through an event of many, all of it is shown.
  if (steps) for (const id of steps) for (const end of lines.get(id).ends) kept.add(end);
  const shown = passed.lines.filter((line) => line.ends.length > 1 && line.ends.every((end) => kept.has(end)) && asked(line));
  const joined = new Set(shown.flatMap((line) => line.ends));
  return { actors: ranked.filter((actor) => joined.has(actor.id)), lines: shown };
}

/** Whom the filters leave an actor to deal with, most claims first. */
function neighboursOf(id) {
  const weights = new Map();
  for (const line of linesOf.get(id).filter(allowed)) {
    for (const other of otherEnds(line, id)) weights.set(other, (weights.get(other) ?? 0) + line.claims.length);
  }
  return [...weights.keys()].sort((a, b) => weights.get(b) - weights.get(a) || (a < b ? -1 : 1));
}

/** Show an actor with those around it alone; asked again, show all as before. */
function focusOn(id) {
  view.focus = view.focus === id ? null : id;
  view.path = null;
  changed();
}

/** Bring in the weightiest of those an actor deals with who are not in the picture yet. */
function expand(id) {
  const drawn = new Set(inView().actors.map((actor) => actor.id));
  view.pinned.add(id);
  for (const other of neighboursOf(id).filter((each) => !drawn.has(each)).slice(0, 20)) view.pinned.add(other);
  changed();
}

/** Take an actor, with its lines, out of the picture; "active filters" brings it back. */
function hide(id) {
  view.away.add(id);
  view.pinned.delete(id);
  if (view.focus === id) view.focus = null;
  changed();
}

/** Keep an actor in the picture whatever its weight, or no longer. */
function pin(id) {
  if (!view.pinned.delete(id)) view.pinned.add(id);
  changed();
}
