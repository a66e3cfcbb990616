// The picture itself: vis-network holds what is in view, laid out anew whenever that changes.

const nodes = new vis.DataSet();
const edges = new vis.DataSet();
let network = null;
let shown = { actors: [], lines: [], nodes: [] }; // `nodes` are the actors and then the events of three or more
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
  const key = drawnKey(id);
  return nodes.get(id) !== null || groups.has(id) || (key !== null && (groups.get(key) ?? []).some((line) => line.id === id || pairs.has(id)));
}

/** The key of what a line or a pair is drawn within; null for an actor, or what lies within one. */
function drawnKey(id) {
  if (lines.has(id)) return pairOf(lines.get(id));
  return groups.has(id) ? id : pairs.has(id) ? pairOf(pairs.get(id).lines[0]) : null;
}

/** What an actor, line or pair is about: itself and what it touches. Everything else steps back. */
function nearTo(id) {
  if (id === null) return null;
  const key = drawnKey(id);
  const all = [...strands.values()];
  const hubs = new Set([...gatherings.values()].filter((hub) => hub.id === key || hub.ends.includes(id)).map((hub) => hub.id));
  const alone = all.filter((strand) => strand.id === id);
  const near = key === null ? all.filter((strand) => (strand.hub ? hubs.has(strand.hub) : strand.from === id || strand.to === id))
    : alone.length ? alone : all.filter((strand) => (strand.hub ?? pairOf(strand)) === key);
  const ends = key === null ? [lines.has(id) ? lines.get(id).ends[0] : id] : (pairs.get(key)?.ends ?? []);
  return { id, lines: new Set(near.map((strand) => strand.id)), actors: new Set([...ends, ...near.flatMap((strand) => [strand.from, strand.to])]) };
}

/** What stands out now: what the mouse is on, else what is open. */
function emphasised() {
  return nearTo(pointed ?? view.chosen);
}

/** The name of an actor's colour, by its kind; that of an event goes by what it is. */
function inkOf(actor) {
  return actor.group === "event" ? `quad-${actor.quad}` : `kind-${actor.group}`;
}

function paintActor(actor, status) {
  const fill = colour(inkOf(actor));
  const flag = flagOf(actor);
  const standing = status === "itself" ? colour("text") : flag ? fill : colour("background");
  const paint = { background: flag ? colour("surface") : fill, border: standing };
  return {
    id: actor.id,
    color: { ...paint, highlight: paint, hover: { ...paint, border: colour("text") } },
    opacity: status === "back" ? 0.16 : 1,
    // In pixels of the screen; a flag covers the inner half of its border.
    borderWidth: (status === "itself" ? 2.5 : 1.5) * (flag ? 2 : 1),
    borderWidthSelected: 2.5,
  };
}

function drawnActor(actor) {
  const flag = flagOf(actor);
  return {
    id: actor.id,
    ...(flag ? { shape: "circularImage", image: flag } : { shape: actor.shape }),
    size: sizes.get(actor.id) ?? actor.size,
  };
}

/** How thick a strand is, in pixels, after its claims; thinner where there are many. */
function thickness(strand) {
  return areFew() ? Math.min(1.4 + Math.sqrt(strand.claims) * 0.6, 7) : Math.min(0.8 + Math.sqrt(strand.claims) * 0.8, 9) * (strands.size > 100 ? 0.75 : 1);
}

/** The dashes of a stance, in pixels; null for an unbroken line. */
function dashesOf(stance) {
  return { planned: [9, 6], possible: [2, 5], denied: [5, 5] }[stance] ?? null;
}

function paintStrand(strand, status) {
  const paint = strand.tones ? "rgba(0,0,0,0)" : colour(`quad-${strand.quad}`); // tones.js paints what has two
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
  };
}

/** The pair of the line or pair that is open. */
function openPair() {
  return view.chosen === null ? null : drawnKey(view.chosen);
}

/** Draw *next*, what is now in view, anew: seeded positions, a short simulation, then all stands still. With *still*, no one moves. */
function draw(next, { still = false } = {}) {
  shown = next;
  groups = byPair(shown.lines);
  weighty = weightiestOf(groups);
  shown.nodes = [...shown.actors, ...gather(weighty)];
  clearTimeout(resting);
  pointed = null;
  showHover(null);
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
  const seeds = seededPlaces(shown.nodes);
  nodes.add(shown.nodes.map((actor, rank) => ({ id: actor.id, shape: "dot", size: actor.size, ...seeds[rank] })));
  // One spring a pair is enough to lay them out.
  edges.add(springs().map(({ id, from, to }) => ({ id, from, to, smooth: false })));
  // A few actors cost little, and are looked at longest.
  const iterations = data.options.physics.stabilization.iterations * (shown.nodes.length <= CROWD ? 4 : 1);
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
  const ids = new Set(shown.nodes.map((actor) => actor.id));
  const gone = nodes.getIds().filter((id) => !ids.has(id));
  nodes.remove(gone);
  for (const id of gone) painted.delete(id);
  const small = smallness(shown.nodes.length);
  const taken = nodes.getIds().map((id) => ({ ...stood.get(id), radius: sizes.get(id) }));
  nodes.add(shown.nodes.flatMap((actor) => {
    if (nodes.get(actor.id)) return [];
    if (!sizes.has(actor.id)) sizes.set(actor.id, Math.max(4, actor.size * small) / scale);
    const place = freePlace(stood.get(actor.id) ?? amid(actor), sizes.get(actor.id), taken);
    taken.push({ ...place, radius: sizes.get(actor.id) });
    return [{ ...drawnActor(actor), ...place }];
  }));
  repaint();
}

/** The middle of the neighbours that have a place. */
function amid(actor) {
  const near = actor.group === "event" ? actor.ends : members.has(actor.standIn) && stood.has(actor.standIn) ? [actor.standIn] : neighboursOf(actor.id);
  const around = near.map((id) => stood.get(id)).filter(Boolean);
  const middle = (axis) => around.reduce((sum, place) => sum + place[axis], 0) / (around.length || 1);
  return { x: middle("x"), y: middle("y") };
}

/** The place nearest to *wanted*, on a spiral around it, where a body of this *radius* lies on none of those *taken*. */
function freePlace(wanted, radius, taken) {
  const gap = 14 / scale;
  for (let turn = 0; turn < 400; turn++) {
    const far = turn ? (12 / scale) * Math.sqrt(turn) : 0;
    const place = { x: wanted.x + far * Math.cos(turn * 2.399963), y: wanted.y + far * Math.sin(turn * 2.399963) };
    if (taken.every((other) => Math.hypot(other.x - place.x, other.y - place.y) >= other.radius + radius + gap)) return place;
  }
  return wanted;
}

/** What holds the picture together: a spring for each pair, one for each who takes part in an event of many. */
function springs() {
  return [...weighty].flatMap(([id, ofPair]) => (gatherings.has(id) ? spokesOf(gatherings.get(id)).map((spoke) => ({ ...spoke, many: 1 }))
    : ofPair[0].ends.length > 2 ? [] : [{ id, from: ofPair[0].a, to: ofPair[0].b, many: ofPair.length }]));
}

/** Bring these actors and the curves between them into view, in the middle of the room beside the legend. */
function frame(ids, most, animated) {
  network.setSize(); // The panel may just have taken some of the room.
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
    offset: { x: room().beside / 2, y: room().above / 2 },
    animation: still ? false : { duration: 350, easingFunction: "easeInOutQuad" },
  });
}

/** The whole picture in view. */
function fit(animated = false) {
  frame(shown.nodes.map((actor) => actor.id), 1.6, animated);
}

/** New colours and emphasis in the old places; only what has changed is touched. Whoever moves the picture next need not *show* it. */
function repaint({ show = true } = {}) {
  if (!sizes.size) return; // It is being laid out.
  restrand();
  const near = emphasised();
  const statusOf = (id, members) => (!near ? "plain" : id === near.id ? "itself" : members.has(id) ? "near" : "back");
  const changed = (id, status) => painted.get(id) !== status && painted.set(id, status);
  nodes.update(shown.nodes.flatMap((actor) => {
    const status = statusOf(actor.id, near?.actors);
    return changed(actor.id, status) ? [paintActor(actor, status)] : [];
  }));
  edges.update([...strands.values()].flatMap((strand) => {
    const status = statusOf(strand.id, near?.lines);
    return changed(strand.id, status) ? [paintStrand(strand, status)] : [];
  }));
  if (show) network.redraw();
}

/** Open the strand of the chosen pair into its lines, and close the one that was open. */
function restrand() {
  const open = openPair();
  const own = actors.has(view.chosen) || groups.has(open)
    ? [...groups].filter(([key, [line]]) => key === open || line.ends.includes(view.chosen)) : [];
  const drawn = new Map([...weighty, ...own]);
  const wanted = new Map(strandsOf(drawn, areFew(), view.chosen).map((strand) => [strand.id, strand]));
  const same = (one, other) => one && other && one.label === other.label && one.quad === other.quad && one.stance === other.stance
    && one.claims === other.claims && one.oneWay === other.oneWay;
  const gone = [...strands.keys()].filter((id) => !same(wanted.get(id), strands.get(id)));
  const come = [...wanted.values()].filter((strand) => !same(strands.get(strand.id), strand));
  strands = wanted;
  if (!gone.length && !come.length) return;
  edges.remove(gone);
  for (const id of gone) painted.delete(id);
  bendings = bend(strands.values(), new Set(come.map(({ id }) => id)), network.getPositions());
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
  frame([...nearTo(id).actors], scale * (areFew() ? 1.2 : actors.has(id) ? 1.5 : 1.8), true);
}

/** All that is drawn, as *project* places it, *zoom* pixels a unit: the same for screen, print and downloads. No words stand under *covers*. */
function sceneOf(project, zoom, bounds, covers) {
  const places = network.getPositions();
  const near = emphasised();
  const drawn = shown.nodes.filter((actor) => places[actor.id]);
  const spots = new Map(drawn.map((actor) => [actor.id, project(places[actor.id])]));
  const scene = {
    near,
    few: areFew(),
    actors: drawn.map((actor) => ({
      actor, ...spots.get(actor.id), radius: (sizes.get(actor.id) ?? actor.size) * zoom, back: Boolean(near && !near.actors.has(actor.id)),
    })),
    strands: [...strands.values()].filter(({ from, to }) => spots.has(from) && spots.has(to)).map((strand) => ({
      strand, curve: curveBetween(spots.get(strand.from), spots.get(strand.to), bendings.get(strand.id) ?? 0),
      back: Boolean(near && !near.lines.has(strand.id)),
    })),
  };
  scene.labels = labelsOf(scene, bounds, covers);
  return scene;
}

let wordless = false;

/** vis-network draws whom it knows to be in view, and learns by drawing where an actor is: a pass before the one that shows. */
function drawWithoutWords() {
  wordless = true;
  network.redraw();
  wordless = false;
}

/** After vis-network has drawn shapes and lines: the words, in pixels of the screen. */
function drawWords(context) {
  if (!sizes.size || wordless) return;
  const { clientWidth: width, clientHeight: height } = document.getElementById("picture");
  const scene = sceneOf((place) => network.canvasToDOM(place), network.getScale(), { left: 0, top: 0, right: width, bottom: height }, covers());
  labels = scene.labels;
  const ratio = network.canvas.pixelRatio;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintLabels(context, scene);
  context.restore();
}

/** What lies over the picture: the legend and what narrows it, as boxes of the screen. */
function covers() {
  const { left: x, top: y } = document.getElementById("picture").getBoundingClientRect();
  return [document.getElementById("legend"), ...document.getElementById("active").children].map((each) => each.getBoundingClientRect())
    .filter(({ width }) => width).map(({ left, right, top, bottom }) => ({ left: left - x, right: right - x, top: top - y, bottom: bottom - y }));
}

/** The actor whose name is drawn at a point of the screen. */
function namedAt(point) {
  return labels.find((label) => label.of === "actor" && inside(point, label.box))?.key ?? null;
}

let resting = null;

/** What the mouse rests on stands out, and is said in words, while it is there; what it only passes is not. */
function point(id, after = 80) {
  document.getElementById("picture").classList.toggle("pointing", id !== null);
  clearTimeout(resting);
  if (id === null) showHover(null);
  resting = setTimeout(() => {
    showHover(id);
    if (id === pointed) return;
    pointed = id;
    repaint();
  }, after);
}

/** The pill at a point of the screen that unfolds an actor or folds it again. */
function pillAt(spot) {
  return labels.find((label) => label.of === "pill" && inside(spot, label.box))?.key ?? null;
}

/** Make the picture, and say what the mouse does in it. */
function startPicture() {
  network = new vis.Network(document.getElementById("picture"), { nodes, edges }, data.options);
  network.on("beforeDrawing", paintTones);
  network.on("afterDrawing", drawWords);
  let opening = null;
  network.on("click", ({ nodes: [node], edges: [edge], pointer }) => {
    const pill = pillAt(pointer.DOM);
    const actor = node ?? namedAt(pointer.DOM);
    clearTimeout(opening);
    if (pill !== null) {
      unfold(pill);
      return;
    }
    // The panel takes room from the picture: under the second click of two, an actor must not have moved.
    if (actor === null) select(strands.get(edge)?.hub ?? edge ?? null);
    else opening = setTimeout(() => select(actor), 250);
  });
  network.on("doubleClick", ({ nodes: [node], pointer }) => {
    const actor = node ?? namedAt(pointer.DOM);
    clearTimeout(opening);
    if (actor !== null && actors.has(actor) && pillAt(pointer.DOM) === null) expand(actor);
  });
  network.on("hoverNode", ({ node }) => point(node));
  network.on("hoverEdge", ({ edge }) => point(edge));
  for (const left of ["blurNode", "blurEdge", "dragStart"]) network.on(left, () => point(null));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaintAll);
}
