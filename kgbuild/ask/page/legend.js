// The legend: what shapes, colours and strokes mean, how many there are, and a filter for each.

const SVG = "http://www.w3.org/2000/svg";

function drawing(width, height, name, attributes) {
  const canvas = document.createElementNS(SVG, "svg");
  canvas.setAttribute("viewBox", `0 0 ${width} ${height}`);
  canvas.setAttribute("width", width);
  canvas.setAttribute("height", height);
  canvas.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  canvas.append(shape);
  return canvas;
}

/** The shape of a kind of actor, as vis-network draws it. */
function kindIcon(kind) {
  const points = {
    person: "8,2 15,14 1,14", organisation: "2,2 14,2 14,14 2,14", place: "8,0 16,8 8,16 0,8", other: "4,1 12,1 16,8 12,15 4,15 0,8",
  }[kind];
  const icon = points ? drawing(16, 16, "polygon", { points }) : drawing(16, 16, "circle", { cx: 8, cy: 8, r: 7 });
  icon.classList.add("icon", `kind-${kind}`);
  return icon;
}

/** A stroke as lines of a stance are drawn. */
function lineIcon(paint, stance) {
  const dash = { planned: "7 4", possible: "1.5 4", denied: "3 3" }[stance];
  const icon = drawing(30, 12, "line", { x1: 1, x2: 29, y1: 6, y2: 6, stroke: paint, "stroke-width": 3, ...(dash ? { "stroke-dasharray": dash } : {}) });
  if (stance === "denied") {
    const cross = document.createElementNS(SVG, "path");
    for (const [key, value] of Object.entries({ d: "M11 2l8 8m0-8l-8 8", stroke: paint, "stroke-width": 2.5 })) cross.setAttribute(key, value);
    icon.append(cross);
  }
  icon.classList.add("icon");
  return icon;
}

/** The nodes of events of three or more: of cooperation and of conflict. */
function eventIcon() {
  const icon = svg("svg", { viewBox: "0 0 30 14", width: 30, height: 14, "aria-hidden": "true", class: "icon" });
  for (const [shape, x, quad] of [["star", 8, "VerbalCooperation"], ["triangleDown", 23, "VerbalConflict"]])
    icon.append(svg("polygon", { points: cornersOf(shape, { x, y: 7 }, 5).map((corner) => corner.map(round).join(",")).join(" "), fill: colour(`quad-${quad}`) }));
  return icon;
}

/** The legend, made anew: a click on an entry hides what it stands for, another brings it back. */
function showLegend() {
  const focused = document.activeElement?.dataset?.filter;
  const section = (title, filter, names, icon) => {
    const counts = countsOf(filter);
    return element("fieldset", {}, element("legend", {}, title),
      ...Object.entries(names).filter(([key]) => counts.has(key) || view.hidden[filter].has(key)).map(([key, name]) => {
        const off = view.hidden[filter].has(key);
        const entry = element("button", { type: "button", "aria-pressed": String(!off), title: off ? "Show" : "Hide", onclick: () => toggle(filter, key) },
          icon(key), element("span", { className: "name" }, name), element("span", { className: "number" }, (counts.get(key) ?? 0).toLocaleString("en")));
        entry.dataset.filter = `${filter}:${key}`;
        return entry;
      }));
  };
  document.getElementById("entries").replaceChildren(
    section("Actors", "kind", KINDS, kindIcon),
    section("Relations", "quad", QUADS, (quad) => lineIcon(colour(`quad-${quad}`), "actual")),
    element("p", { className: "bundled", hidden: areFew() }, element("span", { className: "badge" }, "2"), "so many relations in one line"),
    element("p", { className: "mixed" }, tonesIcon(), "both, by their shares"),
    element("p", { className: "gathered" }, eventIcon(), "events of three or more"),
    element("p", { className: "folded" }, element("span", { className: "pill" }, "+3"), "who act for it: click unfolds"),
    section("Claimed as", "stance", STANCES, (stance) => lineIcon(colour("muted"), stance)));
  document.getElementById("legend").hidden = false;
  if (focused) document.querySelector(`[data-filter="${focused}"]`)?.focus();
}

/** How many actors or lines each entry would leave, the other filters being as they are. */
function countsOf(filter) {
  const left = data.edges.filter(({ without }) => without & BIT[filter]);
  return filter === "kind" ? actorsLeft(left) : tallied(left.map((line) => LEGEND[filter](line)[0]));
}

/** How many actors of each kind these lines have, but for those that only a kind which is hidden would join. */
function actorsLeft(left) {
  const met = new Set();
  const found = new Map();
  for (const { parties } of left) {
    const kinds = parties.map((id) => actors.get(id).group);
    for (const [at, kind] of kinds.entries()) {
      found.set(kind, 0);
      if (kinds.every((other) => other === kind || !view.hidden.kind.has(other))) met.add(parties[at]);
    }
  }
  return tallied([...met].map((id) => actors.get(id).group), found);
}

/** How often each key is there, added to what was *found*. */
function tallied(keys, found = new Map()) {
  for (const key of keys) found.set(key, (found.get(key) ?? 0) + 1);
  return found;
}

function toggle(filter, key) {
  const keys = view.hidden[filter];
  if (!keys.delete(key)) keys.add(key);
  changed();
}

/** Open the legend and its filters, or close them. */
function openLegend() {
  const details = document.querySelector("#legend > details");
  details.open = !details.open;
  if (details.open) details.querySelector("button, summary").focus();
}
