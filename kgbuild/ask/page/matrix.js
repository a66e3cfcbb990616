// The matrix: the twenty weightiest actors that are in view, each with each, from conflict to cooperation.

const SIDE = 20; // so many actors

/** How friendly what passes between two is, from -1 to 1, by claims of facts; null where there is neither conflict nor cooperation. */
function moodOf(ofPair) {
  const sums = [isCooperation, isConflict].map((kind) => claimsOf(ofPair.filter((line) => line.stance === "actual" && kind(quadOf(line)))));
  const all = sums[0] + sums[1];
  return all ? (sums[0] - sums[1]) / all : null;
}

/** The matrix as it is now, where it is open. */
function showMatrix() {
  const section = document.getElementById("matrix");
  if (section.hidden) return;
  const some = shown.actors.slice(0, SIDE);
  const cell = (one, other) => {
    const key = keyOf([one.id, other.id]);
    const own = one.id === other.id ? [] : (pairs.get(key)?.lines ?? []).filter(allowed);
    if (!own.length) return element("td", {});
    const [mood, claims] = [moodOf(own), claimsOf(own)];
    const words = `${one.label} and ${other.label}: ${count(claims, "claim")}, ${verbsOf(own).slice(0, VERBS).map(([verb, many]) => `${verb} ${many}`).join(", ")}`;
    const button = element("button", { type: "button", title: words, "aria-label": words, onclick: () => select(key) },
      element("span", { "aria-hidden": "true" }, mood === null ? "" : mood > 0.2 ? "+" : mood < -0.2 ? "−" : "±"), String(claims));
    const made = element("td", { className: mood === null ? "" : mood >= 0 ? "warm" : "cold" }, button);
    made.style.setProperty("--mood", Math.abs(mood ?? 0).toFixed(2));
    return made;
  };
  section.querySelector("table").replaceChildren(
    element("thead", {}, element("tr", {}, element("td", {}), ...some.map((actor) => element("th", { scope: "col" }, element("span", { dir: "auto" }, short(actor.label, 18)))))),
    element("tbody", {}, ...some.map((one) => element("tr", {}, element("th", { scope: "row" },
      element("button", { type: "button", onclick: () => select(one.id) }, element("bdi", {}, short(one.label, 24)))), ...some.map((other) => cell(one, other))))));
}

/** The matrix in the place of the picture, or the picture again. */
function showAsMatrix(on = document.getElementById("matrix").hidden) {
  if (on) showAsTable(false);
  const section = document.getElementById("matrix");
  if (section.hidden === !on) return;
  section.hidden = !on;
  document.querySelector("main").classList.toggle("tabular", on);
  document.getElementById("open-matrix").setAttribute("aria-pressed", String(on));
  remember();
  if (on) showMatrix();
  else {
    network.redraw();
    fit();
  }
}
