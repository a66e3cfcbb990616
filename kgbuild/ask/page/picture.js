// The picture itself: vis-network holds what is in view, laid out anew whenever that changes.

const LABELLED = 36; // more labels than this cannot be read
const MANY_LINES = 24; // more lines than this, and only those of the chosen actor carry their words

const nodes = new vis.DataSet();
const edges = new vis.DataSet();
let network = null;
let shown = { actors: [], lines: [] };
let drawings = 0; // how often it was laid out
let labelled = new Set(); // the actors whose labels found room
let scale = 1; // how far the whole picture is zoomed out, so that letters keep their size on the screen
let curves = new Map(); // line id -> how it bends, so that parallel lines lie side by side

/** A colour of the theme, light or dark. */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** A label short enough to draw; the panel and the tooltip have it whole. */
function short(label, most = 28) {
  const all = Array.from(label);
  return all.length > most ? `${all.slice(0, most - 1).join("")}…` : label;
}

/** The size of an actor's letters, larger for the weightier. */
function letters(actor) {
  return (12 + actor.size / 8) / scale;
}

/** What is near the chosen actor or line: everything else steps back. */
function nearChosen() {
  const { chosen } = view;
  if (chosen === null) return null;
  const line = lines.get(chosen);
  const near = line ? [line] : linesOf.get(chosen);
  return { lines: new Set(near.map((each) => each.id)), actors: new Set([chosen, ...near.flatMap((each) => [each.from, each.to])]) };
}

function drawnActor(actor, near) {
  const back = near && !near.actors.has(actor.id);
  const named = near ? near.actors.has(actor.id) : labelled.has(actor.id);
  const fill = colour(`kind-${actor.group}`);
  const border = actor.id === view.chosen ? colour("text") : colour("background");
  const paint = { background: fill, border };
  return {
    id: actor.id,
    shape: actor.shape,
    size: actor.size,
    label: named ? short(actor.label) : " ",
    color: { ...paint, highlight: paint, hover: { background: fill, border: colour("text") } },
    opacity: back ? 0.18 : 1,
    borderWidth: actor.id === view.chosen ? 3 : 1.5,
    borderWidthSelected: 3,
    labelHighlightBold: false,
    font: {
      color: colour("text"), size: letters(actor), face: "system-ui, sans-serif",
      strokeWidth: 4 / scale, strokeColor: colour("background"), vadjust: -2 / scale,
    },
    title: element("div", {},
      element("strong", { dir: "auto" }, actor.label), ` ${actor.cls}`, element("br"),
      `${count(actor.degree, "relation")}, ${count(actor.claims, "claim")}`),
  };
}

function drawnLine(line, near) {
  const back = near && !near.lines.has(line.id);
  const worded = near ? near.lines.has(line.id) && (near.lines.size <= MANY_LINES || line.id === view.chosen)
    : shown.lines.length <= MANY_LINES;
  const cross = line.stance === "denied" && !back ? "✕" : "";
  const paint = colour(`quad-${quadOf(line)}`);
  return {
    id: line.id,
    from: line.from,
    to: line.to,
    arrows: line.arrows,
    dashes: line.dashes && line.dashes.map((stretch) => stretch / scale),
    width: (line.id === view.chosen ? line.width + 1.5 : line.width) / Math.sqrt(scale),
    color: { color: paint, highlight: paint, hover: paint, opacity: back ? 0.07 : near ? 1 : shown.lines.length > 300 ? 0.5 : 0.75 },
    smooth: curves.get(line.id),
    label: worded ? short(line.label, 60) : cross || " ", // vis-network keeps the old label when given an empty one
    chosen: false,
    hoverWidth: 1,
    font: {
      color: worded ? colour("text") : paint, size: (worded ? 11.5 : 15) / scale, face: "system-ui, sans-serif", align: "horizontal",
      strokeWidth: 4 / scale, strokeColor: colour("background"),
    },
    title: element("div", {},
      element("strong", { dir: "auto" }, actors.get(line.from).label), line.oneWay ? " → " : " – ",
      element("strong", { dir: "auto" }, actors.get(line.to).label), element("br"),
      line.label, element("br"), `${count(line.claims.length, "claim")}: click to read`),
  };
}

/** Lines between the same two actors fan out evenly; a single one is straight. */
function bend(drawn) {
  const bundles = Map.groupBy ? Map.groupBy(drawn, pairOf) : drawn.reduce((map, line) =>
    map.set(pairOf(line), [...(map.get(pairOf(line)) ?? []), line]), new Map());
  const bent = new Map();
  for (const bundle of bundles.values()) {
    const step = Math.min(0.24, 1.2 / bundle.length);
    bundle.forEach((line, index) => {
      // Bending is relative to the direction of the line, so one that runs back bends the other way.
      const aside = (index - (bundle.length - 1) / 2) * step * (line.from < line.to ? 1 : -1);
      bent.set(line.id, aside === 0 ? { enabled: false, type: "continuous", roundness: 0 }
        : { enabled: true, type: aside > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(aside) });
    });
  }
  return bent;
}

/** Draw what is in view anew: seeded positions, a short simulation, then all stands still. With *still*, no one moves. */
function draw({ still = false } = {}) {
  shown = inView();
  curves = bend(shown.lines);
  if (still && drawings) {
    drawStill();
    return;
  }
  labelled = new Set(shown.actors.slice(0, LABELLED).map((actor) => actor.id));
  const near = nearChosen();
  nodes.clear();
  edges.clear();
  // A sunflower: the weightiest in the middle. It depends on nothing but rank, so the picture repeats.
  nodes.add(shown.actors.map((actor, rank) => ({
    ...drawnActor(actor, near),
    x: 70 * Math.sqrt(rank) * Math.cos(rank * 2.399963),
    y: 70 * Math.sqrt(rank) * Math.sin(rank * 2.399963),
  })));
  edges.add(shown.lines.map((line) => drawnLine(line, near)));
  document.body.dataset.state = "drawing";
  showShown();
  if (shown.actors.length === 0) {
    document.body.dataset.state = "ready";
    return;
  }
  network.setOptions({ physics: { ...data.options.physics, enabled: true } });
  drawings += 1;
  const drawing = drawings;
  network.once("stabilizationIterationsDone", () => {
    if (drawing !== drawings) return; // Something newer is being laid out.
    network.setOptions({ physics: { enabled: false } });
    widen();
    fit();
    scale = Math.min(1.4, network.getScale());
    placeLabels();
    repaint();
    if (view.chosen !== null) look(view.chosen);
    document.body.dataset.state = "ready";
  });
  network.setData({ nodes, edges });
}

function showShown() {
  document.getElementById("shown").textContent =
    `${shown.actors.length.toLocaleString("en")} of ${count(actors.size, "actor")}, `
    + `${shown.lines.length.toLocaleString("en")} of ${count(lines.size, "relation")} shown`;
}

const stood = new Map(); // where actors stood when they were last laid out

/** What is in view, each actor where it stood before, whoever is new in the midst of its neighbours. */
function drawStill() {
  const near = nearChosen();
  for (const [id, place] of Object.entries(network.getPositions())) stood.set(id, place);
  const [ids, strokes] = [shown.actors, shown.lines].map((all) => new Set(all.map((each) => each.id)));
  edges.remove(edges.getIds().filter((id) => !strokes.has(id)));
  nodes.remove(nodes.getIds().filter((id) => !ids.has(id)));
  nodes.update(shown.actors.map((actor, rank) => ({ ...drawnActor(actor, near), ...(nodes.get(actor.id) ? {} : stood.get(actor.id) ?? amid(actor, rank)) })));
  edges.update(shown.lines.map((line) => drawnLine(line, near)));
  showShown();
}

/** A place between the neighbours that have one, a little aside by rank. */
function amid(actor, rank) {
  const around = neighboursOf(actor.id).map((id) => stood.get(id)).filter(Boolean);
  const middle = (axis) => around.reduce((sum, place) => sum + place[axis], 0) / (around.length || 1);
  return { x: middle("x") + 60 * Math.cos(rank * 2.399963), y: middle("y") + 60 * Math.sin(rank * 2.399963) };
}

/** The room that the legend leaves beside it, in pixels. */
function room() {
  const { clientWidth: width, clientHeight: height } = document.getElementById("picture");
  const beside = width > 900 ? document.getElementById("legend").offsetWidth + 16 : 0;
  return { width: width - beside, height, beside };
}

/** Pull the round layout apart sideways, for screens are wide. */
function widen() {
  const { width, height } = room();
  const places = Object.entries(network.getPositions());
  const span = (axis) => Math.max(1, Math.max(...places.map(([, place]) => place[axis])) - Math.min(...places.map(([, place]) => place[axis])));
  const stretch = Math.max(1, Math.min(1.9, (0.92 * width * span("y")) / (height * span("x"))));
  nodes.update(places.map(([id, { x, y }]) => ({ id, x: x * stretch, y })));
}

/** Bring these actors into view, in the middle of the room beside the legend; zoom in no further than *most*. */
function frame(ids, most, animated) {
  network.redraw(); // The panel may just have taken some of the room.
  const boxes = ids.filter((id) => nodes.get(id)).map((id) => network.getBoundingBox(id));
  if (!boxes.length) return;
  boxes.push(...bends(new Set(ids)));
  const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])));
  const [right, bottom] = ["right", "bottom"].map((side) => Math.max(...boxes.map((box) => box[side])));
  const { width, height, beside } = room();
  const still = !animated || matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    scale: Math.min(most, (width - 48) / Math.max(1, right - left), (height - 48) / Math.max(1, bottom - top)),
    offset: { x: beside / 2, y: 0 },
    animation: still ? false : { duration: 350, easingFunction: "easeInOutQuad" },
  });
}

/** Where the curved lines between these actors reach farthest, as boxes without size. */
function bends(ids) {
  const places = network.getPositions();
  return edges.get({ filter: (line) => ids.has(line.from) && ids.has(line.to) && line.smooth?.enabled }).map((line) => {
    const [from, to] = [places[line.from], places[line.to]];
    const side = (line.smooth.type === "curvedCCW" ? 1 : -1) * line.smooth.roundness / 2;
    const x = (from.x + to.x) / 2 - side * (to.y - from.y);
    const y = (from.y + to.y) / 2 + side * (to.x - from.x);
    return { left: x, right: x, top: y, bottom: y };
  });
}

/** The whole picture in view. */
function fit(animated = false) {
  frame(shown.actors.map((actor) => actor.id), 1.6, animated);
}

/** Give labels to the weightiest actors, and leave out those that would lie on another. */
function placeLabels() {
  const pen = document.createElement("canvas").getContext("2d");
  const places = network.getPositions();
  const taken = [];
  labelled = new Set();
  for (const actor of shown.actors) {
    if (labelled.size === LABELLED) break;
    const size = letters(actor);
    pen.font = `${size}px system-ui, sans-serif`;
    const half = pen.measureText(short(actor.label)).width / 2;
    const { x, y } = places[actor.id];
    const box = { left: x - half, right: x + half, top: y + actor.size, bottom: y + actor.size + size * 1.4 };
    const free = taken.every((other) =>
      box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom);
    if (!free) continue;
    taken.push(box);
    labelled.add(actor.id);
  }
}

/** New colours, labels and emphasis in the old places. */
function repaint() {
  const near = nearChosen();
  nodes.update(shown.actors.map((actor) => drawnActor(actor, near)));
  edges.update(shown.lines.map((line) => drawnLine(line, near)));
}

/** Bring an actor or a line, with what is near it, into view. */
function look(id) {
  frame(lines.has(id) ? [lines.get(id).from, lines.get(id).to] : [...nearChosen().actors], Math.min(1.15, scale * 1.5), true);
}
