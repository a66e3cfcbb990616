// The geometry of what is drawn, one for the screen, the print and the downloads: how lines bend, where an
// actor's shape ends, and which room is free for words.

/** Where the curve of a line is pulled to: vis-network's "curvedCW" by *roundness*, "curvedCCW" where it is below 0. */
function pullOf(from, to, roundness) {
  const turn = (roundness * Math.PI) / 2;
  const reach = (1 + Math.abs(roundness)) / 2;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  return {
    x: from.x + reach * (dx * Math.cos(turn) + dy * Math.sin(turn)),
    y: from.y + reach * (dy * Math.cos(turn) - dx * Math.sin(turn)),
  };
}

/** The point of a quadratic curve after the share *t* of it. */
function pointOn({ from, pull, to }, t) {
  const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
  return { x: a * from.x + b * pull.x + c * to.x, y: a * from.y + b * pull.y + c * to.y };
}

/** The curve between two places; a straight one is pulled to its own middle. */
function curveBetween(from, to, roundness) {
  return { from, to, pull: roundness ? pullOf(from, to, roundness) : { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 } };
}

/** How far a point is from the straight line between two others. */
function farFrom(point, from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const share = Math.max(0, Math.min(1, ((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(point.x - from.x - share * dx, point.y - from.y - share * dy);
}

/** The part of a curve between two shares of it. */
function partOf({ from, pull, to }, start, end) {
  const curve = { from, pull, to };
  const [a, b, c] = [(1 - start) * (1 - end), (1 - start) * end + start * (1 - end), start * end];
  return {
    from: pointOn(curve, start), to: pointOn(curve, end),
    pull: { x: a * from.x + b * pull.x + c * to.x, y: a * from.y + b * pull.y + c * to.y },
  };
}

/** The part of a curve that leaves the two actors it joins uncovered, as shares of it. */
function uncovered(curve, radiusFrom, radiusTo) {
  const far = (t, { x, y }) => Math.hypot(pointOn(curve, t).x - x, pointOn(curve, t).y - y);
  let [start, end] = [0, 1];
  while (start < 0.45 && far(start, curve.from) < radiusFrom) start += 0.01;
  while (end > 0.55 && far(end, curve.to) < radiusTo) end -= 0.01;
  return [start, end];
}

/** The outline of an actor as vis-network draws its shape: corners, or null for a circle. */
function cornersOf(shape, { x, y }, size) {
  if (shape === "square") return [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([a, b]) => [x + a * size, y + b * size]);
  if (shape === "star") return [...Array(10).keys()].map((corner) => [
    x + size * (corner % 2 ? 0.5 : 1.3) * Math.sin((corner * Math.PI) / 5), y + 0.1 * size - size * (corner % 2 ? 0.5 : 1.3) * Math.cos((corner * Math.PI) / 5)]);
  if (shape === "triangleDown") return cornersOf("triangle", { x, y: -y }, size).map(([a, b]) => [a, -b]);
  if (shape === "diamond") return [[0, -1], [1, 0], [0, 1], [-1, 0]].map(([a, b]) => [x + a * size, y + b * size]);
  if (shape === "hexagon") return [0, 1, 2, 3, 4, 5].map((corner) => [x + size * Math.cos((corner * Math.PI) / 3), y + size * Math.sin((corner * Math.PI) / 3)]);
  if (shape === "triangle") {
    const side = size * 1.15;
    const middle = y + 0.275 * side;
    const inner = side / Math.sqrt(3);
    return [[x, middle - (Math.sqrt(3) * side - inner)], [x + side, middle + inner], [x - side, middle + inner]];
  }
  return null;
}

function boxAround({ x, y }, width, height) {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function inside(point, box) {
  return point.x > box.left && point.x < box.right && point.y > box.top && point.y < box.bottom;
}

/**
 * Room for labels, the first in *wanted* first: none lies on another, on an actor (*bodies*) or outside *bounds*.
 *
 * Each is {key, boxes, ...}, its boxes in order of preference; one that is *needed* may lie on an actor that is not.
 * *crossed* tells how much of the lines a label at a box would hide: it rather keeps off, and one that must stand
 * *clear* hides nothing. What finds no room is left out.
 */
function findRoom(wanted, bodies, crossed, bounds) {
  const taken = bodies.slice();
  const placed = [];
  for (const label of wanted) {
    let best = null;
    for (const [preference, box] of [...label.boxes, ...(label.more ?? [])].entries()) {
      if (best !== null && preference >= label.boxes.length) break;
      if (box.left < bounds.left || box.right > bounds.right || box.top < bounds.top || box.bottom > bounds.bottom) continue;
      const under = taken.filter((other) => other.key !== label.key && overlap(box, other));
      if (under.some((other) => !label.needed || other.solid)) continue;
      const hidden = crossed(label, box);
      if (hidden && label.clear) continue;
      const cost = hidden + under.length * 10 + preference * 0.6;
      if (best === null || cost < best.cost) best = { box, cost };
      if (cost === 0) break;
    }
    if (best === null) continue;
    taken.push({ ...best.box, solid: true });
    placed.push({ ...label, box: best.box });
  }
  return placed;
}

/** Push apart what lies on each other, {id, x, y, radius}, in place; the first move least, and *fixed* bodies, {x, y, radius, ends}, not at all. */
function separate(bodies, gap, fixed = []) {
  for (let round = 0; round < (bodies.length > 600 ? 2 : 30); round++) {
    let moved = false;
    for (const body of bodies) {
      for (const { x, y, radius, ends } of fixed) {
        const far = Math.hypot(body.x - x, body.y - y) || 0.01;
        const lack = body.radius + radius + gap - far;
        if (lack <= 0.5 || ends.includes(body.id)) continue;
        body.x += ((body.x - x) / far) * lack * 0.5;
        body.y += ((body.y - y) / far) * lack * 0.5;
        moved = true;
      }
    }
    for (let i = 1; i < bodies.length; i++) {
      for (let j = 0; j < i; j++) {
        const [a, b] = [bodies[j], bodies[i]];
        const [dx, dy] = [b.x - a.x, b.y - a.y];
        const far = Math.hypot(dx, dy) || 0.01;
        const lack = a.radius + b.radius + gap - far;
        if (lack <= 0.5) continue;
        const [x, y] = [(dx || 0.01) / far, dy / far];
        a.x -= x * lack * 0.3;
        a.y -= y * lack * 0.3;
        b.x += x * lack * 0.7;
        b.y += y * lack * 0.7;
        moved = true;
      }
    }
    if (!moved) break;
  }
}

/** Numbers pulled towards even steps by *share*, in the same order: what is crowded gets room from what is sparse. */
function evened(numbers, share) {
  const order = numbers.map((number, index) => index).sort((a, b) => numbers[a] - numbers[b]);
  const [first, last] = [numbers[order[0]], numbers[order.at(-1)]];
  const even = [];
  order.forEach((index, rank) => { even[index] = first + ((last - first) * rank) / Math.max(1, order.length - 1); });
  return numbers.map((number, index) => number * (1 - share) + even[index] * share);
}

/** The sets of ids that *links*, pairs of ids, hold together; the largest first. */
function components(ids, links) {
  const leader = new Map(ids.map((id) => [id, id]));
  const find = (id) => {
    let top = id;
    while (leader.get(top) !== top) top = leader.get(top);
    leader.set(id, top);
    return top;
  };
  for (const [a, b] of links) leader.set(find(a), find(b));
  const sets = new Map();
  for (const id of ids) sets.set(find(id), [...(sets.get(find(id)) ?? []), id]);
  return [...sets.values()].sort((a, b) => b.length - a.length);
}
