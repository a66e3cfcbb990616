// Two tones: a bundle of cooperation and of conflict is two lines side by side, each as wide as its share. That of
// conflict bears teeth, so that no one needs colours to tell them apart.

const MIXED = 0.1; // with a smaller share of the other kind, a bundle is of one kind
const TOOTH = 13; // pixels between two teeth

const isCooperation = (quad) => quad.endsWith("Cooperation");
const isConflict = (quad) => quad.endsWith("Conflict");

/** The two tones of a bundle whose claims are mixed: {quad, claims} of each; null where they are of one kind. */
function tonesOf(some) {
  const tones = [isCooperation, isConflict].map((kind) => some.filter((line) => kind(quadOf(line))));
  if (tones.some((each) => !each.length)) return null;
  const claims = tones.map((each) => each.reduce((sum, line) => sum + line.claims.length, 0));
  if (Math.min(...claims) < MIXED * (claims[0] + claims[1])) return null;
  return tones.map((each, at) => ({ quad: prevailing(each, quadOf), claims: claims[at] }));
}

/** The two lines of a strand along its *curve*, *wide* in all: points, width, colour, and the teeth of that of conflict. */
function railsOf(strand, { from, pull, to }, wide) {
  const all = strand.tones.reduce((sum, { claims }) => sum + claims, 0);
  const whole = Math.max(4, wide * 1.25);
  const widths = strand.tones.map(({ claims }) => Math.min(whole - 1.4, Math.max(1.4, (whole * claims) / all)));
  const gap = 1.2;
  const aside = [-(widths[1] + gap) / 2, (widths[0] + gap) / 2];
  const long = Math.hypot(to.x - from.x, to.y - from.y);
  const steps = Math.max(8, Math.ceil(long / 12));
  return strand.tones.map(({ quad }, at) => {
    const points = [...Array(steps + 1).keys()].map((step) => beside({ from, pull, to }, step / steps, aside[at]));
    const teeth = at === 0 ? [] : [...Array(Math.floor(long / TOOTH)).keys()].map((number) => {
      const t = ((number + 0.5) * TOOTH) / long;
      return [beside({ from, pull, to }, t, aside[1]), beside({ from, pull, to }, t, aside[1] + widths[1] / 2 + 2.6)];
    });
    return { quad, width: widths[at], points, teeth };
  });
}

/** The point of a curve after the share *t* of it, so far *aside* of it. */
function beside(curve, t, aside) {
  const { x, y } = pointOn(curve, t);
  const [before, after] = [pointOn(curve, Math.max(0, t - 0.02)), pointOn(curve, Math.min(1, t + 0.02))];
  const far = Math.hypot(after.x - before.x, after.y - before.y) || 1;
  return { x: x - ((after.y - before.y) / far) * aside, y: y + ((after.x - before.x) / far) * aside };
}

/** Paint the strands of two tones beneath the actors; vis-network, which knows lines of one colour, draws these invisibly. */
function paintTones(context) {
  if (!sizes.size) return;
  const places = network.getPositions();
  const near = emphasised();
  context.save();
  context.lineCap = "butt";
  context.lineJoin = "round";
  for (const strand of strands.values()) {
    if (!strand.tones || !places[strand.from] || !places[strand.to]) continue;
    const curve = curveBetween(places[strand.from], places[strand.to], bendings.get(strand.id) ?? 0);
    const screen = Object.fromEntries(Object.entries(curve).map(([name, { x, y }]) => [name, { x: x * scale, y: y * scale }]));
    context.globalAlpha = near && !near.lines.has(strand.id) ? 0.1 : 1;
    for (const { quad, width, points, teeth } of railsOf(strand, screen, thickness(strand) + (near?.id === strand.id ? 1.5 : 0))) {
      context.strokeStyle = colour(`quad-${quad}`);
      context.setLineDash((dashesOf(strand.stance) ?? []).map((stretch) => stretch / scale));
      trace(context, points, width);
      context.setLineDash([]);
      for (const tooth of teeth) trace(context, tooth, 1.2);
    }
  }
  context.restore();
}

function trace(context, points, width) {
  context.lineWidth = width / scale;
  context.beginPath();
  for (const [at, { x, y }] of points.entries()) context[at ? "lineTo" : "moveTo"](x / scale, y / scale);
  context.stroke();
}

/** The strand in SVG. */
function svgRails(strand, curve, wide, paintOf) {
  const path = (points) => points.map(({ x, y }, at) => `${at ? "L" : "M"}${round(x)} ${round(y)}`).join("");
  return railsOf(strand, curve, wide).flatMap(({ quad, width, points, teeth }) => [
    svg("path", { d: path(points), fill: "none", stroke: paintOf(`quad-${quad}`), "stroke-width": round(width), "stroke-dasharray": dashesOf(strand.stance)?.join(" ") ?? null }),
    ...(teeth.length ? [svg("path", { d: teeth.map(path).join(""), fill: "none", stroke: paintOf(`quad-${quad}`), "stroke-width": 1.2 })] : [])]);
}

/** The two tones as the legend has them. */
function tonesIcon() {
  const icon = svg("svg", { viewBox: "0 0 30 12", width: 30, height: 12, "aria-hidden": "true", class: "icon" });
  const strand = { stance: "actual", tones: [{ quad: "VerbalCooperation", claims: 1 }, { quad: "MaterialConflict", claims: 1 }] };
  icon.append(...svgRails(strand, curveBetween({ x: 1, y: 5 }, { x: 29, y: 5 }, 0), 5, colour));
  return icon;
}
