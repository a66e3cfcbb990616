// The picture to take along: drawn once more as SVG, for print, and for files as SVG and PNG.

const LEVEL = { width: 1600, height: 1000, head: 56, foot: 84 };
const UPRIGHT = { ...LEVEL, width: 1100, height: 1500 }; // for a picture that is higher than wide

/** The size that suits the picture, and where its actors stand. */
function sheet() {
  const places = Object.values(network.getPositions());
  const within = places.length ? extent(places) : { left: 0, right: 1, top: 0, bottom: 1 };
  const upright = within.bottom - within.top > (within.right - within.left) * 1.2;
  return { size: upright ? UPRIGHT : LEVEL, within };
}

/** An SVG element with attributes and children. */
function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const round = (number) => Math.round(number * 10) / 10;

function curvePath({ from, pull, to }) {
  return `M${round(from.x)} ${round(from.y)}Q${round(pull.x)} ${round(pull.y)} ${round(to.x)} ${round(to.y)}`;
}

function svgStrand({ strand, curve, back }, radii, paintOf) {
  const wide = thickness(strand);
  const head = strand.oneWay ? 5 + wide * 1.4 : 0;
  const [start, end] = uncovered(curve, radii.get(strand.from), radii.get(strand.to) + 1);
  const [shortEnd] = head ? [uncovered(curve, 0, radii.get(strand.to) + head)[1]] : [end];
  const paint = paintOf(`quad-${strand.quad}`);
  const drawn = svg("g", { opacity: back ? 0.2 : 1 }, svg("title"),
    ...(strand.tones ? svgRails(strand, partOf(curve, start, Math.max(start, shortEnd)), wide, paintOf) : [svg("path", { d: curvePath(partOf(curve, start, Math.max(start, shortEnd))), fill: "none", stroke: paint, "stroke-width": round(wide), "stroke-dasharray": dashesOf(strand.stance)?.join(" ") ?? null })]));
  drawn.firstChild.textContent = `${nodeOf(strand.from).label} ${strand.oneWay ? "→" : "–"} ${nodeOf(strand.to).label}${strand.label ? `: ${strand.label}` : ""}`;
  if (head) {
    const [tip, tail] = [pointOn(curve, end), pointOn(curve, Math.max(0, shortEnd - 0.005))];
    const far = Math.hypot(tip.x - tail.x, tip.y - tail.y) || 1;
    const [x, y] = [(tip.x - tail.x) / far, (tip.y - tail.y) / far];
    const half = head * 0.42;
    drawn.append(svg("polygon", { fill: paint, points: [[tip.x, tip.y], [tip.x - x * head - y * half, tip.y - y * head + x * half],
      [tip.x - x * head + y * half, tip.y - y * head - x * half]].map((corner) => corner.map(round).join(",")).join(" ") }));
  }
  return drawn;
}

function svgActor({ actor, x, y, radius, back }, paintOf) {
  const shape = svg("g", { opacity: back ? 0.3 : 1 }, svg("title"));
  shape.firstChild.textContent = `${actor.label}, ${actor.cls ?? "event"}: ${count(actor.claims, "claim")}`;
  const fill = paintOf(inkOf(actor));
  const flag = flagOf(actor);
  if (flag) {
    shape.append(svg("image", { href: flag, x: round(x - radius), y: round(y - radius), width: round(2 * radius), height: round(2 * radius), "clip-path": "circle()" }),
      svg("circle", { cx: round(x), cy: round(y), r: round(radius), fill: "none", stroke: fill, "stroke-width": 2 }));
    return shape;
  }
  const corners = cornersOf(actor.shape, { x, y }, radius);
  const paint = { fill, stroke: paintOf("background"), "stroke-width": 1.5 };
  shape.append(corners ? svg("polygon", { points: corners.map((corner) => corner.map(round).join(",")).join(" "), ...paint })
    : svg("circle", { cx: round(x), cy: round(y), r: round(radius), ...paint }));
  return shape;
}

function svgText(words, x, y, font, paintOf, more = {}) {
  const made = svg("text", { x: round(x), y: round(y), "font-family": FACE, "font-size": font.size, "font-weight": font.weight ?? 400, fill: paintOf("text"), ...more });
  made.textContent = words;
  return made;
}

function svgLabel({ of, rows, font, size, box, ink, rim }, paintOf) {
  const ground = svg("rect", { x: round(box.left + 1), y: round(box.top + 1), width: round(box.right - box.left - 2), height: round(box.bottom - box.top - 2), fill: paintOf("background"), opacity: 0.85 });
  const words = rows.map((row, index) => svgText(row, (box.left + box.right) / 2, box.top + ((index + 0.5) * (box.bottom - box.top)) / rows.length,
    { size, weight: font.slice(0, 3) }, paintOf,
    { "text-anchor": "middle", "dominant-baseline": "central", fill: paintOf(ink), stroke: paintOf("background"), "stroke-width": of === "badge" || of === "pill" ? 0 : 4, "stroke-linejoin": "round", "paint-order": "stroke" }));
  if (of === "badge" || of === "pill") return [svg("rect", { x: round(box.left), y: round(box.top), width: round(box.right - box.left), height: round(box.bottom - box.top), rx: 8.5, fill: paintOf("background"), stroke: paintOf(rim), "stroke-width": 1.5 }), ...words];
  return of === "strand" ? [ground, ...words] : words;
}

/** What shapes, colours and strokes mean, in two rows at the foot: only what the picture holds. */
function svgLegend(scene, size, paintOf) {
  const legend = svg("g", {});
  const groupsShown = new Set(scene.actors.map(({ actor }) => actor.group));
  const quads = new Set(scene.strands.map(({ strand }) => strand.quad));
  const stances = new Set(scene.strands.map(({ strand }) => strand.stance));
  const y = size.height - size.foot + 30;
  const entry = (x, row, mark, words) => {
    legend.append(mark, svgText(words, x + 30, row, { size: 13 }, paintOf, { "dominant-baseline": "central" }));
    return x + 52 + widthOf(words, `400 13px ${FACE}`);
  };
  const stroke = (x, row, paint, stance) => svg("g", {},
    svg("line", { x1: x, x2: x + 24, y1: row, y2: row, stroke: paint, "stroke-width": 3, "stroke-dasharray": dashesOf(stance)?.join(" ") ?? null }),
    ...(stance === "denied" ? [svgBar({ centre: { x: x + 12, y: row }, paint }, paintOf)] : []));
  let x = 28;
  for (const [kind, words] of Object.entries(KINDS).filter(([kind]) => groupsShown.has(kind))) {
    const shape = { state: "dot", person: "triangle", organisation: "square", place: "diamond", other: "hexagon" }[kind];
    const corners = cornersOf(shape, { x: x + 12, y }, 7);
    const fill = paintOf(`kind-${kind}`);
    x = entry(x, y, corners ? svg("polygon", { points: corners.map((corner) => corner.map(round).join(",")).join(" "), fill }) : svg("circle", { cx: x + 12, cy: y, r: 7, fill }), words);
  }
  x += 12;
  for (const [stance, words] of Object.entries(STANCES).filter(([stance]) => stances.has(stance)))
    x = entry(x, y, stroke(x, y, paintOf("muted"), stance), words.replace("✕ ", ""));
  x = 28;
  for (const [quad, words] of Object.entries(QUADS).filter(([quad]) => quads.has(quad)))
    x = entry(x, y + 28, stroke(x, y + 28, paintOf(`quad-${quad}`), "actual"), words);
  if (scene.labels.some((label) => label.of === "badge")) {
    const box = boxAround({ x: x + 12, y: y + 28 }, 17, 17);
    entry(x, y + 28, svg("g", {}, ...svgLabel({ of: "badge", rows: ["2"], font: "600", size: 11, box, ink: "text", rim: "muted" }, paintOf)), "So many relations in one line");
  }
  return legend;
}

function svgBar({ centre: { x, y }, paint }, paintOf) {
  const d = `M${round(x - 5)} ${round(y - 5)}l10 10m0 -10l-10 10`;
  return svg("g", { fill: "none", "stroke-linecap": "round" },
    svg("path", { d, stroke: paintOf("background"), "stroke-width": 6 }), svg("path", { d, stroke: paint, "stroke-width": 2.6 }));
}

/** The picture as an SVG element, with title, what is shown, and legend; *paintOf* gives the colour of a name of the theme. */
function pictureSvg(paintOf = colour) {
  const { size, within: { left, right, top, bottom } } = sheet();
  const room = { left: 16, top: size.head + 12, right: size.width - 16, bottom: size.height - size.foot };
  const zoom = Math.min(1.6, (room.right - room.left - 200) / Math.max(1, right - left), (room.bottom - room.top - 110) / Math.max(1, bottom - top));
  const middle = { x: (room.left + room.right) / 2, y: (room.top + room.bottom) / 2 };
  const scene = sceneOf(({ x, y }) => ({ x: middle.x + (x - (left + right) / 2) * zoom, y: middle.y + (y - (top + bottom) / 2) * zoom }), zoom, room);
  const radii = new Map(scene.actors.map(({ actor, radius }) => [actor.id, radius]));
  const title = document.querySelector("h1").textContent;
  const drawn = svg("svg", { xmlns: SVG, viewBox: `0 0 ${size.width} ${size.height}`, width: size.width, height: size.height, role: "img" },
    svg("title"), svg("rect", { width: size.width, height: size.height, fill: paintOf("background") }),
    svgText(title, 28, 34, { size: 20, weight: 650 }, paintOf),
    svgText(document.getElementById("shown").textContent, 28, 56, { size: 13 }, paintOf, { fill: paintOf("muted") }),
    ...scene.strands.map((strand) => svgStrand(strand, radii, paintOf)),
    ...barsOf(scene).map((bar) => svgBar({ centre: bar.centre, paint: paintOf(bar.name) }, paintOf)),
    ...scene.actors.slice().reverse().map((actor) => svgActor(actor, paintOf)),
    ...scene.labels.flatMap((label) => svgLabel(label, paintOf)),
    svgLegend(scene, size, paintOf));
  drawn.firstChild.textContent = title;
  return drawn;
}

function svgSource() {
  return new XMLSerializer().serializeToString(pictureSvg());
}

/** The picture as a PNG of twice its size: a promise of a blob. */
async function picturePng() {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svgSource()], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = element("canvas", { width: 2 * image.naturalWidth, height: 2 * image.naturalHeight });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done) => { canvas.toBlob(done, "image/png"); });
}

/** Hand *blob* over as a file. */
function saveAs(blob, name) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

async function savePng() {
  saveAs(await picturePng(), "network.png");
}

function saveSvg() {
  saveAs(new Blob([svgSource()], { type: "image/svg+xml" }), "network.svg");
}

/** On paper the picture stands as lines and letters, not as pixels, and in the colours of paper. */
function startPrint() {
  const printed = element("div", { id: "printed" });
  document.getElementById("picture").before(printed);
  addEventListener("beforeprint", () => printed.replaceChildren(pictureSvg((name) => `var(--${name})`)));
  addEventListener("afterprint", () => printed.replaceChildren());
}
