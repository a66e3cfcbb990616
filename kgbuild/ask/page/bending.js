// How lines bend, so that they lie neither on each other nor on actors that they do not join.

/**
 * How lines bend: those between the same two actors fan out evenly, wide enough apart for their words; a single one is
 * straight, or passes round the actors that it does not join. What is not *come* anew stays as it is.
 */
function bend(all, come, places) {
  const bent = new Map();
  const actors = Object.entries(places).map(([id, place]) => ({ id, ...place, radius: (sizes.get(id) ?? 0) + 5 / scale }));
  for (const fan of byPair([...all]).values()) {
    const { from, to } = fan[0];
    const long = Math.max(40, scale * Math.hypot(places[to].x - places[from].x, places[to].y - places[from].y));
    const step = Math.min(0.22, 1.6 / fan.length, Math.max(0.08, 58 / long));
    fan.forEach((strand, index) => {
      // Bending is relative to the direction of the line, so one that runs back bends the other way.
      const aside = fan.length > 1 ? (index - (fan.length - 1) / 2) * step * (strand.from < strand.to ? 1 : -1)
        : come.has(strand.id) ? wayRound(strand, places, actors) : bendings.get(strand.id) ?? 0;
      if (aside !== 0) bent.set(strand.id, aside);
    });
  }
  return bent;
}

/** The least bend by which a line passes the fewest actors that it does not join. */
function wayRound({ from, to }, places, actors) {
  const [start, end] = [places[from], places[to]];
  const others = actors.filter(({ id }) => id !== from && id !== to).map((actor) => ({ actor, far: farFrom(actor, start, end) - actor.radius }));
  const met = others.filter(({ far }) => far < 0).length;
  if (!met) return 0;
  // A curve goes no farther aside than a third of its length.
  const reach = Math.hypot(end.x - start.x, end.y - start.y) / 3;
  const near = others.filter(({ far }) => far < reach).map(({ actor }) => actor);
  const passes = (aside) => {
    const curve = curveBetween(start, end, aside);
    const points = [...Array(19).keys()].map((step) => pointOn(curve, (step + 1) / 20));
    return near.filter((actor) => points.some(({ x, y }) => Math.hypot(x - actor.x, y - actor.y) < actor.radius)).length;
  };
  let best = { aside: 0, met };
  for (const aside of [0.08, -0.08, 0.15, -0.15, 0.24, -0.24]) {
    const passed = passes(aside);
    if (passed < best.met) best = { aside, met: passed };
    if (!passed) break;
  }
  return best.aside;
}
