// Gatherings: an event of three or more is a small node of its own, in the colour of its kind, with a spoke to each who
// takes part. Those of the same actors are one node, as the relations of two are one line.

const MOST_GATHERINGS = 6; // of a large picture the weightiest are drawn, the others stand in the panels of their actors
const EVENT_SHAPES = { MaterialCooperation: "star", VerbalCooperation: "star", Relation: "diamond", VerbalConflict: "triangleDown", MaterialConflict: "triangleDown" };
const gatherings = new Map(); // those that are drawn, by id

/** The nodes of the events of three or more among *groups*, the weightiest first; they are what `gatherings` holds then. */
function gather(groups) {
  const found = [...groups].filter(([, [line]]) => line.ends.length > 2).map(([id, ofEvent]) => {
    const quad = prevailing(ofEvent, quadOf);
    const claims = claimsOf(ofEvent);
    const verb = ofEvent.reduce((best, line) => (line.claims.length > best.claims.length ? line : best)).verb;
    return { id, group: "event", quad, claims, shape: EVENT_SHAPES[quad], size: 7, lines: ofEvent, ends: ofEvent[0].ends,
      label: ofEvent.length > 1 ? `${verb} …` : verb };
  }).sort((a, b) => b.claims - a.claims || (a.id < b.id ? -1 : 1));
  gatherings.clear();
  for (const each of found) gatherings.set(each.id, each);
  return found;
}

/** An actor or an event that is drawn. */
function nodeOf(id) {
  return actors.get(id) ?? gatherings.get(id);
}

/** A spoke from each who takes part to the node of the event. */
function spokesOf({ id, ends, lines: own, quad, claims }) {
  const stance = own.some((line) => line.stance === "actual") ? "actual" : prevailing(own, (line) => line.stance);
  const faced = new Set(own.every((line) => line.sides && line.oneWay) ? own.flatMap((line) => line.sides[1].map(drawnAs)) : []);
  return ends.map((end) => ({
    id: `${id} : ${end}`, lines: own, hub: id, quad, stance, claims: Math.min(claims, 6), label: "",
    from: faced.has(end) ? id : end, to: faced.has(end) ? end : id, oneWay: faced.has(end),
  }));
}
