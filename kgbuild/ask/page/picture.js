// The picture itself: vis-network holds what is in view, laid out anew whenever that changes.

const nodes = new vis.DataSet();
const edges = new vis.DataSet();
let network = null;
let shown = { actors: [], lines: [] };
let groups = new Map(); // the lines shown, by pair
let weighty = groups; // those of them that are drawn in any case
let strands = new Map(); // what is drawn for them, by id
let bendings = new Map(); // strand id -> how far it bends, so that parallel lines lie side by side
let sizes = new Map(); // actor id -> its size, in the units of vis-network
let painted = new Map(); // id -> how it was last painted
let labels = []; // the labels on the screen
let drawings = 0; // how often it was laid out
let scale = 1; // how far the whole picture is zoomed out
let pointed = null; // what the mouse is on

const theme = new Map();

/** A colour of the theme, light or dark. */
function colour(name) {
  if (!theme.has(name)) theme.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
  return theme.get(name);
}

/** Whether an actor, a line or a pair is in the picture, by itself or within a strand. */
function isDrawn(id) {
  return nodes.get(id) !== null || groups.has(id) || (lines.has(id) && (groups.get(pairOf(lines.get(id))) ?? []).some((line) => line.id === id));
}

/** What an actor, line or pair is about: itself and what it touches. Everything else steps back. */
function nearTo(id) {
  if (id === null) return null;
  const pair = pairs.get(id) ?? (lines.has(id) ? pairs.get(pairOf(lines.get(id))) : null);
  const near = [...strands.values()].filter((strand) =>
    pair ? (strand.id === id || (pairs.has(id) && pairOf(strand) === id)) : strand.from === id || strand.to === id);
  const ends = pair ? [pair.from, pair.to] : [id];
  return { id, lines: new Set(near.map((strand) => strand.id)), actors: new Set([...ends, ...near.flatMap((strand) => [strand.from, strand.to])]) };
}

/** What stands out now: what the mouse is on, else what is open. */
function emphasised() {
  return nearTo(pointed ?? view.chosen);
}

function tooltip(...rows) {
  return element("div", {}, ...rows.flatMap((row, index) => (index ? [element("br"), row] : [row])));
}

function paintActor(actor, status) {
  const fill = colour(`kind-${actor.group}`);
  const flag = flagOf(actor);
  const standing = status === "itself" ? colour("text") : flag ? fill : colour("background");
  const paint = { background: flag ? colour("surface") : fill, border: standing };
  return {
    id: actor.id,
    color: { ...paint, highlight: paint, hover: { ...paint, border: colour("text") } },
    opacity: status === "back" ? 0.16 : 1,
    // A flag covers the inner half of its border.
    borderWidth: (status === "itself" ? 2.5 : flag ? 3.5 : 1.5) / scale,
    borderWidthSelected: 2.5 / scale,
  };
}

function drawnActor(actor) {
  const flag = flagOf(actor);
  return {
    id: actor.id,
    ...(flag ? { shape: "circularImage", image: flag } : { shape: actor.shape }),
    size: sizes.get(actor.id) ?? actor.size,
    title: tooltip(element("strong", { dir: "auto" }, actor.label), actor.cls,
      `${count(actor.degree, "relation")}, ${count(actor.claims, "claim")}`),
  };
}

/** How thick a strand is, in pixels, after its claims; thinner where there are many. */
function thickness(strand) {
  return Math.min(1.4 + Math.sqrt(strand.claims) * 0.6, 7) * (strands.size > 200 ? 0.75 : 1);
}

/** The dashes of a stance, in pixels; null for an unbroken line. */
function dashesOf(stance) {
  return { planned: [9, 6], possible: [2, 5], denied: [5, 5] }[stance] ?? null;
}

function paintStrand(strand, status) {
  const paint = colour(`quad-${strand.quad}`);
  return {
    id: strand.id,
    color: { color: paint, highlight: paint, hover: paint, opacity: status === "back" ? 0.1 : 1 },
    width: (thickness(strand) + (status === "itself" ? 1.5 : 0)) / scale,
  };
}

function drawnStrand(strand) {
  const bending = bendings.get(strand.id) ?? 0;
  return {
    id: strand.id,
    from: strand.from,
    to: strand.to,
    arrows: { to: { enabled: strand.oneWay, scaleFactor: 0.5 / scale } },
    dashes: dashesOf(strand.stance)?.map((stretch) => stretch / scale) ?? false,
    smooth: bending ? { enabled: true, type: bending > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bending) }
      : { enabled: false, type: "continuous", roundness: 0 },
    chosen: false,
    hoverWidth: 0,
    title: tooltip(element("span", {}, element("strong", { dir: "auto" }, actors.get(strand.from).label), strand.oneWay ? " → " : " – ",
      element("strong", { dir: "auto" }, actors.get(strand.to).label)),
      strand.label, `${count(strand.claims, "claim")}: click to read`),
  };
}

/** Lines between the same two actors fan out evenly, wide enough apart for their words; a single one is straight. */
function bend(all, places) {
  const bent = new Map();
  for (const fan of byPair([...all]).values()) {
    const { from, to } = fan[0];
    const long = Math.max(40, scale * Math.hypot(places[to].x - places[from].x, places[to].y - places[from].y));
    const step = Math.min(0.22, 1.6 / fan.length, Math.max(0.08, 58 / long));
    fan.forEach((strand, index) => {
      // Bending is relative to the direction of the line, so one that runs back bends the other way.
      const aside = (index - (fan.length - 1) / 2) * step * (strand.from < strand.to ? 1 : -1);
      if (aside !== 0) bent.set(strand.id, aside);
    });
  }
  return bent;
}

/** The pair of the line or pair that is open. */
function openPair() {
  const { chosen } = view;
  return lines.has(chosen) ? pairOf(lines.get(chosen)) : pairs.has(chosen) ? chosen : null;
}

/** Draw what is in view anew: seeded positions, a short simulation, then all stands still. With *still*, no one moves. */
function draw({ still = false } = {}) {
  shown = inView();
  groups = byPair(shown.lines);
  weighty = weightiestOf(groups);
  pointed = null;
  sayWhatIsShown();
  if (still && sizes.size) {
    drawStill();
    return;
  }
  strands = new Map();
  sizes = new Map();
  bendings = new Map();
  scale = 1;
  document.body.dataset.state = "drawing";
  nodes.clear();
  edges.clear();
  if (shown.actors.length === 0) {
    labels = [];
    document.body.dataset.state = "ready";
    return;
  }
  const seeds = seededPlaces(shown.actors);
  nodes.add(shown.actors.map((actor, rank) => ({ id: actor.id, shape: "dot", size: actor.size, ...seeds[rank] })));
  // One spring a pair is enough to lay them out.
  edges.add([...weighty.values()].map(([line]) => ({ id: line.id, from: line.from, to: line.to, smooth: false })));
  // A few actors cost little, and are looked at longest.
  const iterations = data.options.physics.stabilization.iterations * (shown.actors.length <= CROWD ? 4 : 1);
  network.setOptions({ physics: { ...data.options.physics, stabilization: { ...data.options.physics.stabilization, iterations }, enabled: true } });
  drawings += 1;
  const drawing = drawings;
  const flags = loadFlags(shown.actors);
  network.once("stabilizationIterationsDone", () => {
    if (drawing !== drawings) return; // Something newer is being laid out.
    network.setOptions({ physics: { enabled: false } });
    settle();
    flags.then(() => {
      if (drawing !== drawings) return;
      if (view.chosen !== null) look(view.chosen);
      document.body.dataset.state = "ready";
    });
  });
  network.setData({ nodes, edges });
}

const stood = new Map(); // where actors stood when they were last laid out

/** What is in view, each actor where it stood before, whoever is new in the midst of its neighbours. */
function drawStill() {
  for (const [id, place] of Object.entries(network.getPositions())) stood.set(id, place);
  const ids = new Set(shown.actors.map((actor) => actor.id));
  const gone = nodes.getIds().filter((id) => !ids.has(id));
  nodes.remove(gone);
  for (const id of gone) painted.delete(id);
  const small = smallness(shown.actors.length);
  nodes.add(shown.actors.flatMap((actor, rank) => {
    if (nodes.get(actor.id)) return [];
    if (!sizes.has(actor.id)) sizes.set(actor.id, Math.max(4, actor.size * small) / scale);
    return [{ ...drawnActor(actor), ...(stood.get(actor.id) ?? amid(actor, rank)) }];
  }));
  repaint();
}

/** A place between the neighbours that have one, a little aside by rank. */
function amid(actor, rank) {
  const around = neighboursOf(actor.id).map((id) => stood.get(id)).filter(Boolean);
  const middle = (axis) => around.reduce((sum, place) => sum + place[axis], 0) / (around.length || 1);
  return { x: middle("x") + 60 * Math.cos(rank * 2.399963), y: middle("y") + 60 * Math.sin(rank * 2.399963) };
}

function sayWhatIsShown() {
  const bundled = shown.lines.length > FEW_LINES && groups.size < shown.lines.length;
  document.getElementById("shown").textContent =
    `${shown.actors.length.toLocaleString("en")} of ${count(actors.size, "actor")}, `
    + `${shown.lines.length.toLocaleString("en")} of ${count(lines.size, "relation")} shown`
    + (bundled ? `, bundled into ${count(groups.size, "line")}` : "")
    + (weighty.size < groups.size ? `, the weightiest ${weighty.size.toLocaleString("en")} of them drawn` : "");
}

/** Bring these actors and the curves between them into view, in the middle of the room beside the legend. */
function frame(ids, most, animated) {
  network.redraw(); // The panel may just have taken some of the room.
  const places = network.getPositions();
  const wanted = new Set(ids.filter((id) => places[id]));
  if (!wanted.size) return;
  const curved = [...strands.values()].filter((strand) => wanted.has(strand.from) && wanted.has(strand.to) && bendings.has(strand.id));
  const points = [...[...wanted].map((id) => places[id]),
    ...curved.map((strand) => pointOn(curveBetween(places[strand.from], places[strand.to], bendings.get(strand.id)), 0.5))];
  const { left, right, top, bottom } = extent(points);
  const still = !animated || matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    scale: fitting(points, most),
    offset: { x: room().beside / 2, y: 0 },
    animation: still ? false : { duration: 350, easingFunction: "easeInOutQuad" },
  });
}

/** The whole picture in view. */
function fit(animated = false) {
  frame(shown.actors.map((actor) => actor.id), 1.6, animated);
}

/** New colours and emphasis in the old places; only what has changed is touched. */
function repaint() {
  if (!sizes.size) return; // It is being laid out.
  restrand();
  const near = emphasised();
  const statusOf = (id, members) => (!near ? "plain" : id === near.id ? "itself" : members.has(id) ? "near" : "back");
  const changed = (id, status) => painted.get(id) !== status && painted.set(id, status);
  nodes.update(shown.actors.flatMap((actor) => {
    const status = statusOf(actor.id, near?.actors);
    return changed(actor.id, status) ? [paintActor(actor, status)] : [];
  }));
  edges.update([...strands.values()].flatMap((strand) => {
    const status = statusOf(strand.id, near?.lines);
    return changed(strand.id, status) ? [paintStrand(strand, status)] : [];
  }));
  network.redraw();
}

/** Open the strand of the chosen pair into its lines, and close the one that was open. */
function restrand() {
  const open = openPair();
  const own = actors.has(view.chosen) || groups.has(open)
    ? [...groups].filter(([key, [line]]) => key === open || line.from === view.chosen || line.to === view.chosen) : [];
  const drawn = new Map([...weighty, ...own]);
  const wanted = new Map(strandsOf(drawn, shown.lines.length <= FEW_LINES, view.chosen).map((strand) => [strand.id, strand]));
  const same = (one, other) => one && other && one.label === other.label && one.quad === other.quad && one.stance === other.stance
    && one.claims === other.claims && one.oneWay === other.oneWay;
  const gone = [...strands.keys()].filter((id) => !same(wanted.get(id), strands.get(id)));
  const come = [...wanted.values()].filter((strand) => !same(strands.get(strand.id), strand));
  strands = wanted;
  if (!gone.length && !come.length) return;
  edges.remove(gone);
  for (const id of gone) painted.delete(id);
  bendings = bend(strands.values(), network.getPositions());
  edges.add(come.map(drawnStrand));
}

/** The theme or the size of the screen has changed: everything is painted anew. */
function repaintAll() {
  theme.clear();
  painted = new Map();
  repaint();
}

/** Bring an actor, a line or a pair, with what is near it, into view. */
function look(id) {
  frame([...nearTo(id).actors], scale * (shown.lines.length <= FEW_LINES ? 1.2 : actors.has(id) ? 1.5 : 1.8), true);
}

/** All that is drawn, as *project* places it, *zoom* pixels a unit: the same for screen, print and downloads. */
function sceneOf(project, zoom, bounds) {
  const places = network.getPositions();
  const near = emphasised();
  const drawn = shown.actors.filter((actor) => places[actor.id]);
  const spots = new Map(drawn.map((actor) => [actor.id, project(places[actor.id])]));
  const scene = {
    near,
    few: shown.lines.length <= FEW_LINES,
    actors: drawn.map((actor) => ({
      actor, ...spots.get(actor.id), radius: (sizes.get(actor.id) ?? actor.size) * zoom, back: Boolean(near && !near.actors.has(actor.id)),
    })),
    strands: [...strands.values()].filter(({ from, to }) => spots.has(from) && spots.has(to)).map((strand) => ({
      strand, curve: curveBetween(spots.get(strand.from), spots.get(strand.to), bendings.get(strand.id) ?? 0),
      back: Boolean(near && !near.lines.has(strand.id)),
    })),
  };
  scene.labels = labelsOf(scene, bounds);
  return scene;
}

/** After vis-network has drawn shapes and lines: the words, in pixels of the screen. */
function drawWords(context) {
  if (!sizes.size) return;
  const { clientWidth: width, clientHeight: height } = document.getElementById("picture");
  const scene = sceneOf((place) => network.canvasToDOM(place), network.getScale(), { left: 0, top: 0, right: width, bottom: height });
  labels = scene.labels;
  const ratio = network.canvas.pixelRatio;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintLabels(context, scene);
  context.restore();
}

/** The actor whose name is drawn at a point of the screen. */
function namedAt(point) {
  return labels.find((label) => label.of === "actor" && inside(point, label.box))?.key ?? null;
}

let resting = null;

/** What the mouse rests on stands out while it is there; what it only passes does not. */
function point(id) {
  document.getElementById("picture").classList.toggle("pointing", id !== null);
  clearTimeout(resting);
  resting = setTimeout(() => {
    if (id === pointed) return;
    pointed = id;
    repaint();
  }, 80);
}

/** Make the picture, and say what the mouse does in it. */
function startPicture() {
  network = new vis.Network(document.getElementById("picture"), { nodes, edges }, data.options);
  network.on("afterDrawing", drawWords);
  let opening = null;
  network.on("click", ({ nodes: [node], edges: [edge], pointer }) => {
    const actor = node ?? namedAt(pointer.DOM);
    clearTimeout(opening);
    // The panel takes room from the picture: under the second click of two, an actor must not have moved.
    if (actor === null) select(edge ?? null);
    else opening = setTimeout(() => select(actor), 250);
  });
  network.on("doubleClick", ({ nodes: [node], pointer }) => {
    const actor = node ?? namedAt(pointer.DOM);
    clearTimeout(opening);
    if (actor !== null) expand(actor);
  });
  network.on("hoverNode", ({ node }) => point(node));
  network.on("hoverEdge", ({ edge }) => point(edge));
  for (const left of ["blurNode", "blurEdge", "dragStart"]) network.on(left, () => point(null));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaintAll);
}
