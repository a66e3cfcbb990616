// Words in the picture: they keep their size on the screen, and lie neither on each other nor on an actor.

const LABELLED = 40; // more names than this at a time cannot be read
const WORDED = 24; // more lines than this at a time do not carry their words
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

/** A name in one row or two of about equal length, cut off after that. */
function rowsOf(name, most = 22) {
  if (Array.from(name).length <= most) return [name];
  const words = name.split(" ");
  let first = words.shift();
  while (words.length && `${first} ${words[0]}`.length <= most && first.length < name.length / 2) first += ` ${words.shift()}`;
  return words.length ? [short(first, most), short(words.join(" "), most)] : [short(first, most)];
}

/** An actor's name, with the places around the actor where it may stand. */
function actorLabel({ actor, x, y, radius }, prominent) {
  const size = prominent ? 13.5 : 12;
  const font = `${prominent ? 600 : 400} ${size}px ${FACE}`;
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
  return { key: actor.id, of: "actor", rows, font, size, boxes };
}

/** What a line says, with the places on the line where it may stand. */
function strandLabel({ strand, curve }) {
  const size = 11.5;
  const font = `400 ${size}px ${FACE}`;
  const rows = [short(strand.label, 48)];
  const width = widthOf(rows[0], font) + 6;
  return { key: strand.id, of: "strand", rows, font, size, boxes: ALONG.map((t) => boxAround(pointOn(curve, t), width, size * 1.3)) };
}

/**
 * The labels of a *scene* that find room within *bounds*: what is near the chosen first, then the weightiest.
 *
 * Without a choice, only the weightiest bundles of a large picture carry words, between actors far enough apart.
 */
function labelsOf(scene, bounds) {
  const near = scene.near;
  const visible = scene.actors.filter(({ x, y }) => inside({ x, y }, bounds));
  const weightiest = new Set(scene.actors.slice(0, PROMINENT).map(({ actor }) => actor.id));
  const bodies = visible.map(({ actor, x, y, radius }) => ({ ...boxAround({ x, y }, radius * 2, radius * 2), key: actor.id, solid: weightiest.has(actor.id) }));
  const named = visible.filter(({ actor }) => !near || near.actors.has(actor.id));
  if (near) named.sort((a, b) => (b.actor.id === near.id) - (a.actor.id === near.id));
  const wanted = named.slice(0, 4 * LABELLED).map((each, rank) => ({ ...actorLabel(each, rank < 8), needed: rank < PROMINENT }));
  const names = findRoom(wanted, bodies, [], bounds, LABELLED);
  const long = ({ strand, curve }) => Math.hypot(curve.to.x - curve.from.x, curve.to.y - curve.from.y) > 60 + widthOf(strand.label, `400 11.5px ${FACE}`);
  const worded = scene.strands.filter((each) => (near ? near.lines.has(each.strand.id) : scene.few || (each.strand.lines.length > 1 && long(each))));
  worded.sort((a, b) => (near ? (b.strand.id === near.id) - (a.strand.id === near.id) : 0) || b.strand.claims - a.strand.claims);
  const first = worded.slice(0, scene.few || near ? WORDED : 8);
  const strokes = first.flatMap(({ strand, curve }) => [...Array(31).keys()].map((step) => ({ ...pointOn(curve, (step + 1) / 32), key: strand.id })));
  const taken = [...bodies, ...names.map(({ box }) => ({ ...box, solid: true }))];
  return [...names, ...findRoom(first.map(strandLabel), taken, strokes, bounds)];
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
  for (const { of, rows, font, size, box } of scene.labels) {
    context.font = font;
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
      context.strokeText(row, x, y);
      context.fillStyle = colour("text");
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
