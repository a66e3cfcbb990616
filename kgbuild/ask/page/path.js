// The shortest path between two actors over what the filters allow, with the evidence for each step.

/** The fewest steps between two actors, and of these paths the one with most claims; null where there is none. */
function findPath(from, to) {
  const reached = new Map([[from, { claims: 0, before: null }]]);
  for (let edge = [from]; edge.length && !reached.has(to);) {
    const next = new Map();
    for (const id of edge) {
      for (const [other, claims] of dealings(id)) {
        const sum = reached.get(id).claims + claims;
        if (!reached.has(other) && sum > (next.get(other)?.claims ?? 0)) next.set(other, { claims: sum, before: id });
      }
    }
    for (const [id, best] of next) reached.set(id, best);
    edge = [...next.keys()].sort();
  }
  if (!reached.has(to)) return null;
  const chain = [to];
  while (chain[0] !== from) chain.unshift(reached.get(chain[0]).before);
  const steps = chain.slice(1).map((id, place) => ({ from: chain[place], to: id,
    lines: linesOf.get(id).filter((line) => allowed(line) && otherEnds(line, id).includes(chain[place])) }));
  return { actors: chain, steps };
}

/** Whom an actor deals with and in how many claims, as the filters leave it. */
function dealings(id) {
  const found = new Map();
  for (const line of linesOf.get(id)) {
    if (!allowed(line)) continue;
    for (const other of otherEnds(line, id)) found.set(other, (found.get(other) ?? 0) + line.claims.length);
  }
  return found;
}

/** Show the path from one actor to another, in the picture and step by step in the panel. */
function pathBetween(from, to) {
  view.path = [from, to];
  view.focus = view.chosen = null;
  if (panel.hidden) returnTo = document.getElementById("open-path");
  changed();
  openPanel();
  panel.focus({ preventScroll: true });
  fit();
}

const STEP_CARDS = 4; // the claims of a step that are shown at once

function showPath() {
  const [from, to] = view.path;
  const path = findPath(from, to);
  const ends = element("h2", { className: "ends" }, actorButton(from), element("span", { className: "verb" }, "path to"), actorButton(to));
  if (!path) {
    showPanel(ends, element("p", { className: "extent" },
      isFiltered() ? "No path between these two that the filters allow." : "No path between these two."));
    return;
  }
  const claims = new Set(path.steps.flatMap((each) => each.lines.flatMap((line) => line.claims)));
  showPanel(ends, element("p", { className: "extent" }, `${count(path.steps.length, "step")} · ${count(claims.size, "claim")}`),
    ...path.steps.flatMap((each, place) => {
      const own = readings([...new Set(each.lines.flatMap((line) => line.claims))]);
      const more = own.length - STEP_CARDS;
      return [
        element("h3", { className: "step" }, `${place + 1}. `, element("bdi", {}, actors.get(each.from).label), " – ", element("bdi", {}, actors.get(each.to).label)),
        element("ul", { className: "lines" }, ...each.lines.map((line) => lineButton(line))),
        element("ol", { className: "claims" }, ...own.slice(0, STEP_CARDS).map(claimCard)),
        more > 0 ? element("p", { className: "extent" }, `${count(more, "more claim")}: open a relation above.`) : null,
      ];
    }));
}

const pathEnds = { from: null, to: null }; // whom the two fields name

/** Ask for the path from an actor to another. */
function pathFrom(id) {
  const fields = { from: document.getElementById("path-from"), to: document.getElementById("path-to") };
  if (document.getElementById("path").hidden) toggleBar("path");
  Object.assign(pathEnds, { from: id, to: null });
  fields.from.value = id === null ? "" : actors.get(id).label;
  fields.to.value = "";
  (id === null ? fields.from : fields.to).focus();
}

/** Two fields, from and to; the first is whoever is open. */
function startPath() {
  for (const end of ["from", "to"]) {
    const input = document.getElementById(`path-${end}`);
    combobox(input, document.getElementById(`path-${end}-found`), (id) => {
      pathEnds[end] = id;
      input.value = actors.get(id).label;
      const { from, to } = pathEnds;
      if (from === null || to === null || from === to) {
        document.getElementById(end === "from" ? "path-to" : "path-from").focus();
        return;
      }
      document.getElementById("path").hidden = true;
      showOpen();
      pathBetween(from, to);
    });
    input.addEventListener("input", () => { pathEnds[end] = null; });
  }
  document.getElementById("open-path").addEventListener("click", () => {
    if (document.getElementById("path").hidden) pathFrom(view.path?.[0] ?? (actors.has(view.chosen) ? view.chosen : null));
    else toggleBar("path");
  });
}
