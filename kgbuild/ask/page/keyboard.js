// Keys: what each does is said here once, for the help and for the hand.

const KEYS = [
  ["/", "Find an actor, a verb or a sentence", () => document.getElementById("search").focus()],
  ["t", "Table of the claims, and back", () => showAsTable(document.getElementById("table").hidden)],
  ["e", "The weightiest events, and away", () => toggleStrip()],
  ["m", "Matrix of the weightiest actors, and back", () => showAsMatrix()],
  ["f", "Legend and filters", openLegend],
  ["d", "Dates", () => dated && document.getElementById("open-time").click()],
  ["s", "Folded by state, or each by itself", () => members.size && foldAll()],
  ["p", "Path between two actors", () => document.getElementById("open-path").click()],
  ["u", "Undo", undo],
  ["r", "Redo", redo],
  ["0", "The whole picture into view", () => fit(true)],
  ["?", "This help", showHelp],
];
const OTHER_KEYS = [
  ["Arrows", "In the picture: to the neighbour that lies that way. In the table: from row to row. On a date: a step"],
  ["Enter", "In the picture: read about the actor that is open"],
  ["Escape", "Close what is open"],
  ["Tab", "To everything else"],
];

function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") closeTopmost();
    else if (/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName) && document.activeElement.type !== "checkbox") return;
    else if (document.activeElement.id === "picture" && event.key === "Enter" && view.chosen !== null) panel.focus();
    else if (document.activeElement.id === "picture" && event.key.startsWith("Arrow")) goTowards(event.key);
    else {
      const known = KEYS.find(([key]) => key === event.key);
      if (!known) return;
      known[2]();
    }
    event.preventDefault();
  });
  document.getElementById("help-button").addEventListener("click", showHelp);
  document.querySelector("#help .close").addEventListener("click", () => document.getElementById("help").close());
  document.querySelector("#help dl").replaceChildren(...[...KEYS, ...OTHER_KEYS].flatMap(([key, words]) =>
    [element("dt", {}, element("kbd", {}, key)), element("dd", {}, words)]));
}

/** The help, over all else; a dialog gives the focus back by itself. */
function showHelp() {
  document.getElementById("help").showModal();
}

/** Close what lies on top: the panel, the table, a bar, the events. */
function closeTopmost() {
  const menu = document.querySelector("details.menu[open]");
  const bars = ["path", "time"].map((id) => document.getElementById(id)).filter((each) => !each.hidden);
  const [open, bar] = [bars[0], bars.find((each) => each.contains(document.activeElement))];
  if (menu) menu.open = false;
  else if (bar) toggleBar(bar.id);
  else if (!panel.hidden) closePanel();
  else if (!document.getElementById("table").hidden) showAsTable(false);
  else if (!document.getElementById("matrix").hidden) showAsMatrix(false);
  else if (open) toggleBar(open.id);
  else toggleStrip(false);
}

/** Open the neighbour of the open actor that lies most in the direction of an arrow; of none, the weightiest actor. */
function goTowards(key) {
  const id = actors.has(view.chosen) ? view.chosen : null;
  if (id === null) {
    if (shown.actors.length) select(shown.actors[0].id, { stay: true });
    return;
  }
  const near = neighboursOf(id).filter((other) => nodes.get(other));
  const places = network.getPositions([id, ...near]);
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  const ahead = near.map((other) => {
    const [x, y] = [places[other].x - places[id].x, places[other].y - places[id].y];
    return { other, along: (x * dx + y * dy) / Math.hypot(x, y), far: Math.hypot(x, y) };
  }).filter(({ along }) => along > 0.5).sort((a, b) => a.far / a.along - b.far / b.along);
  if (ahead.length) select(ahead[0].other, { stay: true });
}
