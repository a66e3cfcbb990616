// Where everything stands: from the places that the simulation found to a picture that fills the screen.

const CROWD = 40; // up to so many actors are laid out with more care
const EVEN = 14; // more actors than this are pulled apart where they crowd, and not turned, so that each is found where it was

/** Where an actor is at home: at the place of a circle of *radius* that its id alone decides (FNV-1a, its bits mixed). */
function homeOf(id, radius) {
  let hash = 2166136261;
  for (const letter of `${id}\0`) {
    hash = Math.imul(hash ^ letter.codePointAt(0), 16777619);
    hash ^= hash >>> 15;
  }
  const angle = (2 * Math.PI * (hash >>> 0)) / 2 ** 32;
  return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
}

const AWAY = 2 / 3; // so far from home is an actor drawn by those whom it deals with
const ROUNDS = 30; // after so many the places below rest, but for a hair

/**
 * Where the simulation begins: each between its home and those whom it deals with, so that these are near each other.
 *
 * The places solve a linear equation, which one article more changes by little: so does the picture.
 */
function seededPlaces(some) {
  const homes = new Map(some.map(({ id }) => [id, homeOf(id, 110 * Math.sqrt(some.length))]));
  const near = new Map(some.map(({ id }) => [id, []]));
  for (const { from, to, many } of springs()) {
    near.get(from).push([to, Math.sqrt(many)]);
    near.get(to).push([from, Math.sqrt(many)]);
  }
  let places = homes;
  for (let round = 0; round < ROUNDS; round++) {
    places = new Map([...homes].map(([id, home]) => {
      const others = near.get(id);
      if (!others.length) return [id, home];
      const all = others.reduce((sum, [, weight]) => sum + weight, 0);
      const between = (axis) => others.reduce((sum, [other, weight]) => sum + places.get(other)[axis] * weight, 0) / all;
      return [id, { x: home.x + AWAY * (between("x") - home.x), y: home.y + AWAY * (between("y") - home.y) }];
    }));
  }
  return some.map(({ id }) => places.get(id));
}

/** From the places that the simulation found to the picture: filled out, nothing on top of anything, in view. */
function settle() {
  const places = new Map(Object.entries(network.getPositions()));
  spread(places);
  const rough = fitting([...places.values()]);
  const small = smallness(places.size);
  const bodies = shown.nodes.map((actor) => ({ id: actor.id, ...places.get(actor.id), radius: Math.max(4, actor.size * small) / rough }));
  const few = areFew();
  // In a small picture actors also keep off the lines of others and their words.
  separate(bodies, (few ? 40 : Math.max(8, 260 / Math.sqrt(bodies.length))) * roominess() / rough, few ? stretches(places, rough) : []);
  scale = fitting(bodies);
  sizes = new Map(bodies.map(({ id, radius }) => [id, (radius * rough) / scale]));
  nodes.update(bodies.map(({ id, x, y }) => ({ ...drawnActor(nodeOf(id)), x, y })));
  painted = new Map();
  edges.clear();
  strands = new Map();
  repaint({ show: false });
  drawWithoutWords();
  fit();
}

/** Bodies along the lines of each pair, as wide as their fan, for actors to keep off. */
function stretches(places, zoom) {
  return springs().flatMap((fan) => {
    const [from, to] = [places.get(fan.from), places.get(fan.to)];
    return [0.26, 0.38, 0.5, 0.62, 0.74].map((t) => ({
      x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t, ends: [fan.from, fan.to],
      radius: (fan.many * 12.5 * (1 - 2.2 * (t - 0.5) ** 2) - 8) / zoom,
    }));
  });
}

/** Fill the screen: pull the round layout apart sideways or upwards, and put what hangs together with nothing else beside it. */
function spread(places) {
  const { width, height } = insideOf(room());
  const sets = components([...places.keys()], springs().map(({ from, to }) => [from, to]));
  const boxes = sets.map((ids) => {
    if (ids.length <= EVEN) turn(ids, places);
    else {
      for (const axis of ["x", "y"]) evened(ids.map((id) => places.get(id)[axis]), 0.35).forEach((number, index) => { places.get(ids[index])[axis] = number; });
    }
    const [xs, ys] = ["x", "y"].map((axis) => ids.map((id) => places.get(id)[axis]));
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    return { ids, left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
  });
  const [main, ...rest] = boxes;
  const gap = areFew() ? 110 : 160;
  const shelve = (across, down, limit) => {
    let [x, y, deep, reach] = [0, 0, 0, 0];
    const spots = rest.map((box) => {
      if (x > 0 && x + box[across] > limit) [x, y, deep] = [0, y + deep + gap, 0];
      const spot = [x, y];
      x += box[across] + gap;
      deep = Math.max(deep, box[down]);
      reach = Math.max(reach, x - gap);
      return spot;
    });
    return { spots, reach, depth: rest.length ? y + deep + gap : 0 };
  };
  // Of some ways to do it, the one that leaves the largest set most of the screen.
  let best = null;
  const stretches = main.ids.length < 5 ? [1] : [1, 1.15, 1.3, 1.5, 1.7, 1.9];
  for (const [broad, tall] of [...stretches.map((by) => [by, 1]), ...stretches.slice(1).map((by) => [1, by])]) {
    const [wide, high] = [main.width * broad, main.height * tall];
    const [below, beside] = [shelve("width", "height", Math.max(wide, 300)), shelve("height", "width", Math.max(high, 300))];
    for (const [way, across, down] of [[below, Math.max(wide, below.reach), high + below.depth], [beside, wide + beside.depth, Math.max(high, beside.reach)]]) {
      const worth = Math.min(width / Math.max(1, across), height / Math.max(1, down)) * Math.sqrt(broad * tall);
      if (best === null || worth > best.worth) best = { worth, broad, tall, wide, high, way, under: way === below };
    }
  }
  for (const [index, box] of boxes.entries()) {
    const [along, deep] = index ? best.way.spots[index - 1] : [0, 0];
    const [x, y] = !index ? [0, 0] : best.under ? [along, best.high + gap + deep] : [best.wide + gap + deep, along];
    for (const id of box.ids) {
      const place = places.get(id);
      places.set(id, { x: x + (place.x - box.left) * (index ? 1 : best.broad), y: y + (place.y - box.top) * (index ? 1 : best.tall) });
    }
  }
}

/** Turn what hangs together so that its busiest pair, whose words want room, lies level; with no fan, its longest extent along that of the screen. */
function turn(ids, places) {
  const own = new Set(ids);
  const fans = !areFew() ? [] : springs().filter(({ from }) => own.has(from));
  const busiest = fans.reduce((best, fan) => (fan.many > (best?.many ?? 0) ? fan : best), null);
  const middle = (axis) => ids.reduce((sum, id) => sum + places.get(id)[axis], 0) / ids.length;
  const [x, y] = [middle("x"), middle("y")];
  const moment = (f) => ids.reduce((sum, id) => sum + f(places.get(id).x - x, places.get(id).y - y), 0);
  const space = room();
  const upright = ids.length > 4 && space.height > space.width ? Math.PI / 2 : 0;
  let angle = Math.atan2(2 * moment((a, b) => a * b), moment((a, b) => a * a - b * b)) / 2 + upright;
  if (busiest && (busiest.many > 2 || ids.length === 2)) {
    const [from, to] = [busiest.from, busiest.to].map((id) => places.get(id));
    angle = Math.atan((to.y - from.y) / (to.x - from.x || 0.01));
  }
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (const id of ids) {
    const [dx, dy] = [places.get(id).x - x, places.get(id).y - y];
    places.set(id, { x: x + dx * cos + dy * sin, y: y - dx * sin + dy * cos });
  }
}

/** The room that the legend leaves beside it, on a small screen below its closed head, in pixels. */
function room() {
  const { clientWidth: width, clientHeight: height } = document.getElementById("picture");
  const legend = document.getElementById("legend");
  const beside = width > 700 ? legend.offsetWidth + 16 : 0;
  const above = beside || !NARROW.matches ? 0 : legend.querySelector("summary").offsetHeight + 20;
  return { width: width - beside, height: height - above, beside, above };
}

/** The room that names need around the outermost actors, in pixels. */
function margins({ width, height }) {
  return { x: Math.min(90, width * 0.13), y: Math.min(48, height * 0.08) };
}

/** The room that is left within them. */
function insideOf(space) {
  const margin = margins(space);
  return { width: space.width - 2 * margin.x, height: space.height - 2 * margin.y };
}

function extent(points) {
  const [left, top] = ["x", "y"].map((axis) => Math.min(...points.map((point) => point[axis])));
  const [right, bottom] = ["x", "y"].map((axis) => Math.max(...points.map((point) => point[axis])));
  return { left, right, top, bottom };
}

/** The scale at which these places fill the room. */
function fitting(points, most = 1.6) {
  const { width, height } = insideOf(room());
  const { left, right, top, bottom } = extent(points);
  return Math.min(most, width / Math.max(1, right - left), height / Math.max(1, bottom - top));
}

/** Sizes are meant for the screen, and smaller where there are *many* actors or little room. */
function smallness(many) {
  return Math.min(1, 2.4 / Math.sqrt(Math.sqrt(many))) * roominess();
}

/** 1 on a screen of usual size, less on a small one. */
function roominess() {
  const { width, height } = room();
  return Math.max(0.5, Math.min(1, Math.sqrt(width * height) / 850));
}
