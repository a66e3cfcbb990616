// Words in the picture: they keep their size on the screen, and lie neither on each other nor on an actor.

const LOUD = 8; // so many names are bold
const LABELLED = 40; // more names of full size than this at a time cannot be read
const NAMED = 120; // the lighter ones up to here are named in small, where there is room
const WORDED = 24; // more lines than this at a time do not carry their words
const BADGES = 40; // so many bundles carry their number
const SPOKEN = 14; // of so many bundles the weightiest verbs are named, where there is room
const PROMINENT = 14; // the names of so many actors are shown though they hide lighter ones
const FACE = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';
const ALONG = [0.5, 0.43, 0.57, 0.36, 0.64, 0.29, 0.71, 0.22, 0.78]; // where on a line its words may stand

const pen = document.createElement("canvas").getContext("2d");
const widths = new Map();

/** How wide *text* is, in pixels. */
function widthOf(text, font) {
  const key = `${font}\n${text}`;
  if (!widths.has(key)) {
    pen.font = font;
    widths.set(key, pen.measureText(text).width);
  }
  return widths.get(key);
}

/** A label short enough to draw; the panel and the tooltip have it whole. */
function short(label, most = 28) {
  const all = Array.from(label);
  return all.length > most ? `${all.slice(0, most - 1).join("")}…` : label;
}

/** A name in up to three rows of about equal length, cut off after that. */
function rowsOf(name, most = 22) {
  const rows = [];
  const words = name.split(" ");
  const aim = name.length / Math.min(3, Math.ceil(name.length / most));
  while (words.length && rows.length < 2) {
    let row = words.shift();
    while (words.length && `${row} ${words[0]}`.length <= most && row.length + words[0].length / 2 < aim) row += ` ${words.shift()}`;
    rows.push(row);
  }
  if (words.length) rows.push(words.join(" "));
  return rows.map((row) => short(row, most));
}

/** An actor's name, with the places around the actor where it may stand; the heavier the actor, the louder: by its *rank*. */
function actorLabel({ actor, x, y, radius }, rank) {
  const size = rank < LOUD ? 13.5 : rank < LABELLED ? 12 : 11;
  const font = `${rank < LOUD ? 600 : 400} ${size}px ${FACE}`;
  const rows = rowsOf(actor.label);
  const width = Math.max(...rows.map((row) => widthOf(row, font))) + 4;
  const height = rows.length * size * 1.2 + 1;
  const boxes = [
    boxAround({ x, y: y + radius + 3 + height / 2 }, width, height),
    boxAround({ x, y: y - radius - 3 - height / 2 }, width, height),
    boxAround({ x: x + radius + 4 + width / 2, y }, width, height),
    boxAround({ x: x - radius - 4 - width / 2, y }, width, height),
    ...[[1, 1], [-1, 1], [1, -1], [-1, -1]].map(([right, below]) =>
      boxAround({ x: x + right * (radius * 0.7 + width / 2), y: y + below * (radius * 0.7 + 3 + height / 2) }, width, height)),
  ];
  return { key: actor.id, of: "actor", rows, font, size, boxes, ink: rank < LABELLED ? "text" : "muted", needed: rank < PROMINENT, clear: rank >= LABELLED,
    more: around({ x, y, radius }, width, height) };
}

/** The places all around an actor, the nearest first, for a name that finds no room at the best of them. */
function around({ x, y, radius }, width, height) {
  return [4, 9, 15].flatMap((gap) => [...Array(16).keys()].map((turn) => {
    const [right, below] = [Math.cos((turn * Math.PI) / 8), Math.sin((turn * Math.PI) / 8)];
    return boxAround({ x: x + right * (radius + gap + width / 2), y: y + below * (radius + gap + height / 2) }, width, height);
  }));
}

/** The name in small, for where there is little room. */
function inSmall(label, { x, y, radius }) {
  const size = 9.5;
  const font = `400 ${size}px ${FACE}`;
  const rows = rowsOf(label.rows.join(" "), 16);
  const width = Math.max(...rows.map((row) => widthOf(row, font))) + 2;
  return { ...label, rows, font, size, ink: "muted", clear: false, needed: true, boxes: around({ x, y, radius }, width, rows.length * size * 1.15), more: [] };
}

/** What a line says, with the places on the line where it may stand. */
function strandLabel({ strand, curve }, words = strand.label) {
  const size = 11.5;
  const font = `400 ${size}px ${FACE}`;
  const rows = [short(words, 48)];
  const width = widthOf(rows[0], font) + 6;
  return { key: strand.id, of: "strand", rows, font, size, ink: "text", boxes: ALONG.map((t) => boxAround(pointOn(curve, t), width, size * 1.3)) };
}

/** How many relations a bundle holds, as a badge on it. */
function badge({ strand, curve }) {
  const size = 11;
  const font = `600 ${size}px ${FACE}`;
  const rows = [String(strand.lines.length)];
  const width = Math.max(17, widthOf(rows[0], font) + 9);
  return { key: strand.id, of: "badge", rows, font, size, ink: "text", rim: `quad-${strand.quad}`, boxes: ALONG.slice(0, 7).map((t) => boxAround(pointOn(curve, t), width, 17)) };
}

/** The weightiest verbs of a bundle: "meets 12, threatens 5". */
function verbWords({ lines: some }) {
  return verbsOf(some).slice(0, 2).map(([verb, claims]) => `${verb} ${claims}`).join(", ");
}

/** The pill at an actor that tells how many are drawn as it, and unfolds it; or folds it again. */
function pill({ actor, x, y, radius }) {
  const folded = foldedInto(actor.id).length;
  if (!isFolding() || !(folded || isUnfolded(actor.id))) return null;
  const size = 10;
  const font = `600 ${size}px ${FACE}`;
  const aside = Math.max(radius * 0.78, 11); // a small actor is not hidden by it
  const rows = [isUnfolded(actor.id) ? "−" : `+${folded}`];
  const box = boxAround({ x: x + aside, y: y - aside - 2 }, Math.max(15, widthOf(rows[0], font) + 7), 14);
  return { key: actor.id, of: "pill", rows, font, size, ink: "muted", rim: "kind-state", box };
}

const CELL = 6; // pixels
const MOST_STROKES = 260; // among more lines than this there is no way round them

/** How much of the lines of a *scene* lies within a box of the screen: a function, from sums over a grid. */
function strokesOf(scene, bounds) {
  if (scene.strands.length > MOST_STROKES) return () => 0;
  const [across, down] = [(bounds.right - bounds.left) / CELL, (bounds.bottom - bounds.top) / CELL].map((cells) => Math.ceil(cells) + 1);
  const sums = new Uint32Array((across + 1) * (down + 1));
  const place = (x, y) => y * (across + 1) + x;
  for (const { curve, back } of scene.strands) {
    if (back) continue;
    const steps = Math.ceil(Math.hypot(curve.to.x - curve.from.x, curve.to.y - curve.from.y) / CELL) + 2;
    for (let step = 0; step <= steps; step++) {
      const { x, y } = pointOn(curve, step / steps);
      const [column, row] = [Math.floor((x - bounds.left) / CELL), Math.floor((y - bounds.top) / CELL)];
      if (column >= 0 && column < across && row >= 0 && row < down) sums[place(column + 1, row + 1)] += 1;
    }
  }
  for (let row = 1; row <= down; row++)
    for (let column = 1; column <= across; column++)
      sums[place(column, row)] += sums[place(column - 1, row)] + sums[place(column, row - 1)] - sums[place(column - 1, row - 1)];
  const cell = (number, most) => Math.max(0, Math.min(most, number));
  return (box) => {
    const [left, top] = [cell(Math.floor((box.left - bounds.left) / CELL), across), cell(Math.floor((box.top - bounds.top) / CELL), down)];
    const [right, bottom] = [cell(Math.ceil((box.right - bounds.left) / CELL), across), cell(Math.ceil((box.bottom - bounds.top) / CELL), down)];
    return sums[place(right, bottom)] - sums[place(left, bottom)] - sums[place(right, top)] + sums[place(left, top)];
  };
}

/** A box moved sideways so that it lies within *bounds*: a name above or below an actor at the edge. */
function slidInto(bounds, box) {
  const by = Math.max(0, bounds.left - box.left) - Math.max(0, box.right - bounds.right);
  return { ...box, left: box.left + by, right: box.right + by };
}

/**
 * The labels of a *scene* that find room within *bounds* and not under *covers*: what is near the chosen first, then
 * the weightiest. Light actors are named in small letters where that disturbs nothing.
 *
 * Without a choice, the bundles of a large picture carry their number only.
 */
function labelsOf(scene, bounds, covers = []) {
  const near = scene.near;
  const visible = scene.actors.filter(({ x, y }) => inside({ x, y }, bounds));
  const weightiest = new Set(scene.actors.slice(0, PROMINENT).map(({ actor }) => actor.id));
  const bodies = visible.map(({ actor, x, y, radius }) => ({ ...boxAround({ x, y }, radius * 2, radius * 2), key: actor.id, solid: weightiest.has(actor.id) }));
  const pills = visible.filter(({ actor }) => !near || near.actors.has(actor.id)).map(pill).filter(Boolean);
  bodies.push(...pills.map(({ key, box }) => ({ ...box, key: `pill of ${key}`, solid: true })));
  bodies.push(...covers.map((box) => ({ ...box, solid: true })));
  const named = visible.filter(({ actor }) => !near || near.actors.has(actor.id));
  if (near) named.sort((a, b) => (b.actor.id === near.id) - (a.actor.id === near.id));
  const strokes = strokesOf(scene, bounds);
  const held = (label) => ({ ...label, boxes: label.boxes.map((box, place) => (place < 2 ? slidInto(bounds, box) : box)) });
  const names = findRoom(named.slice(0, NAMED).map(actorLabel).map(held), bodies, (label, box) => strokes(box), bounds);
  const known = new Set(names.map(({ key }) => key));
  // Who finds no room so is named in small, be it over a line or an actor that is light.
  const late = named.slice(0, NAMED).flatMap((spot, rank) => (known.has(spot.actor.id) ? [] : [inSmall(actorLabel(spot, rank), spot)]));
  names.push(...findRoom(late, [...bodies, ...names.map(({ box }) => ({ ...box, solid: true }))], (label, box) => strokes(box), bounds));
  const taken = [...bodies, ...names.map(({ box }) => ({ ...box, solid: true }))];
  const claims = (a, b) => b.strand.claims - a.strand.claims;
  if (!near && !scene.few) {
    const bundles = scene.strands.filter(({ strand, curve }) => strand.lines.length > 1 && Math.hypot(curve.to.x - curve.from.x, curve.to.y - curve.from.y) > 50);
    const heaviest = bundles.sort(claims).slice(0, BADGES);
    const said = findRoom(heaviest.slice(0, SPOKEN).map((bundle) => strandLabel(bundle, verbWords(bundle.strand))), taken, () => 0, bounds);
    const worded = new Set(said.map(({ key }) => key));
    taken.push(...said.map(({ box }) => ({ ...box, solid: true })));
    return [...names, ...pills, ...said, ...findRoom(heaviest.filter(({ strand }) => !worded.has(strand.id)).map(badge), taken, () => 0, bounds)];
  }
  const worded = scene.strands.filter(({ strand }) => strand.label && (!near || near.lines.has(strand.id)))
    .sort((a, b) => (near ? (b.strand.id === near.id) - (a.strand.id === near.id) : 0) || claims(a, b)).slice(0, WORDED);
  const points = worded.flatMap(({ strand, curve }) => [...Array(31).keys()].map((step) => ({ ...pointOn(curve, (step + 1) / 32), key: strand.id })));
  const crossed = (label, box) => points.reduce((sum, point) => sum + (point.key !== label.key && inside(point, box) ? 1 : 0), 0);
  return [...names, ...pills, ...findRoom(worded.map((each) => strandLabel(each, each.strand.lines.length > 1 ? verbWords(each.strand) : each.strand.label)), taken, crossed, bounds)];
}

/** Paint the labels and the bars of denied lines onto a canvas measured in pixels. */
function paintLabels(context, scene) {
  context.lineJoin = "round";
  context.lineCap = "round";
  for (const { centre, name } of barsOf(scene)) {
    for (const [stroke, width] of [[colour("background"), 6], [colour(name), 2.6]]) {
      context.strokeStyle = stroke;
      context.lineWidth = width;
      context.beginPath();
      for (const [dx, dy] of [[1, 1], [1, -1]]) {
        context.moveTo(centre.x - 5 * dx, centre.y - 5 * dy);
        context.lineTo(centre.x + 5 * dx, centre.y + 5 * dy);
      }
      context.stroke();
    }
  }
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { of, rows, font, size, box, ink, rim } of scene.labels) {
    context.font = font;
    if (of === "badge" || of === "pill") {
      context.beginPath();
      context.roundRect(box.left, box.top, box.right - box.left, box.bottom - box.top, 9);
      context.fillStyle = colour("background");
      context.strokeStyle = colour(rim);
      context.lineWidth = of === "pill" ? 1 : 1.5;
      context.fill();
      context.stroke();
    }
    if (of === "strand") {
      // The line is interrupted where its words stand.
      context.globalAlpha = 0.85;
      context.fillStyle = colour("background");
      context.fillRect(box.left + 1, box.top + 1, box.right - box.left - 2, box.bottom - box.top - 2);
      context.globalAlpha = 1;
    }
    const x = (box.left + box.right) / 2;
    rows.forEach((row, index) => {
      const y = box.top + ((index + 0.5) * (box.bottom - box.top)) / rows.length + size * 0.04;
      context.strokeStyle = colour("background");
      context.lineWidth = 4;
      if (of !== "badge" && of !== "pill") context.strokeText(row, x, y);
      context.fillStyle = colour(ink);
      context.fillText(row, x, y);
    });
  }
}

/** The ✕ on each denied line that does not say it in words, where no actor covers it. */
function barsOf(scene) {
  const worded = new Set(scene.labels.map((label) => label.key));
  return scene.strands.filter(({ strand, back }) => strand.stance === "denied" && !back && !worded.has(strand.id)).map(({ strand, curve }) => {
    const spots = ALONG.map((t) => pointOn(curve, t));
    const free = (spot) => scene.actors.every(({ x, y, radius }) => Math.hypot(x - spot.x, y - spot.y) > radius + 7);
    return { centre: spots.find(free) ?? spots[0], name: `quad-${strand.quad}` };
  });
}
