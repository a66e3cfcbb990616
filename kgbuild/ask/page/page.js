// Putting it together: what a click, a choice and a link do.

/** After something is set: the claims that pass, all that shows them, and the address.
 *
 * With *still*, actors stay where they are, as they do whenever most of them stay; with *passing*, it is one step
 * of many and no one goes back to it.
 */
function changed({ still = false, passing: fleeting = false } = {}) {
  foldAnew();
  const sifted = siftAnew();
  if (view.chosen !== null && !isAlone(view.chosen) && !(linesAt(view.chosen) ?? []).some(allowed)) view.chosen = null;
  if (sifted) {
    showLegend();
    showFilters();
    showTime();
    showStrip();
  }
  showActive();
  showTable();
  showTop();
  if (!panel.hidden && !fleeting) openPanel();
  const next = inView();
  draw(next, { still: still || mostlyTheSame(next) });
  showMatrix();
  if (!fleeting) remember();
}

const STAY = 0.75; // with a smaller share of actors in common, the picture is laid out anew

/** Whether most actors in view stay there *next*, so that a reader's eye can. */
function mostlyTheSame(next) {
  const before = new Set(shown.actors.map((actor) => actor.id));
  const after = next.actors.map((actor) => actor.id);
  const both = after.filter((id) => before.has(id)).length;
  return document.body.dataset.state === "ready" && both > 0 && both / (before.size + after.length - both) >= STAY;
}

/** Open an actor or a line by its id, as a click does; null closes what is open. With *stay*, the focus does not move. */
function select(id, { stay = false } = {}) {
  if (!actors.has(id) && !lines.has(id) && !pairs.has(id)) {
    closePanel();
    return;
  }
  if (panel.hidden) returnTo = document.activeElement;
  view.chosen = id;
  const revealed = reveal(id);
  if (revealed) changed();
  openPanel();
  if (!stay) panel.focus({ preventScroll: true });
  if (revealed) return;
  repaint();
  look(id);
  remember();
}

let returnTo = null; // where the focus was before the panel took it

/** The panel as the view has it: what is open, else the path, else none. */
function openPanel() {
  const { scrollTop } = panel;
  const [held, before] = [panel.contains(document.activeElement) && document.activeElement, panel.dataset.shows];
  panel.dataset.shows = view.chosen ?? (view.path ? view.path.join(" ") : "");
  if (lines.has(view.chosen)) showLine(lines.get(view.chosen));
  else if (pairs.has(view.chosen)) showPair(pairs.get(view.chosen));
  else if (view.chosen !== null) showActor(actors.get(view.chosen));
  else if (view.path) showPath();
  else panel.hidden = true;
  if (panel.dataset.shows === before) panel.scrollTop = scrollTop;
  if (!held || panel.hidden) return;
  const same = panel.dataset.shows === before && held !== panel && [...panel.querySelectorAll("button")].find((button) => button.textContent === held.textContent);
  (same || panel).focus({ preventScroll: true });
}

/** Close what is open; behind an actor or a line of a path lies the path. */
function closePanel() {
  const held = panel.contains(document.activeElement) || document.activeElement === document.body;
  if (view.chosen === null && view.path) {
    view.path = null;
    panel.hidden = true;
    changed();
  } else {
    view.chosen = null;
    openPanel();
    repaint();
    remember();
  }
  if (held && panel.hidden) (returnTo?.isConnected && returnTo !== document.body ? returnTo : document.getElementById("picture")).focus({ preventScroll: true });
}

/** Bring an actor or line that is filtered out, or too light, into the picture; whether that changed it. */
function reveal(id) {
  if (isAlone(id) || isDrawn(id) || pairOf(lines.get(id) ?? {}) === null) return false;
  if (actors.has(id) && drawnAs(id) !== id) {
    view.unfolded.add(id);
    foldAnew();
    siftAnew();
  }
  if (!linesAt(id).some(allowed)) {
    const { hidden, only, away, from, to, undated } = freshView();
    Object.assign(view, { hidden, only, away, from, to, undated });
    sift();
    note("The filters hid this, and were cleared.");
  }
  view.focus = view.path = null;
  // An actor comes with those it deals with most.
  const near = linesAt(id).filter(allowed).slice(0, 15);
  for (const end of near.flatMap((line) => line.ends)) view.pinned.add(end);
  return true;
}

/** Say something once, above the picture; null takes it back. */
function note(words) {
  const place = document.getElementById("note");
  place.hidden = words === null;
  place.replaceChildren(...(words === null ? [] : [element("span", { dir: "auto" }, words),
    element("button", { type: "button", className: "close", "aria-label": "Dismiss", onclick: () => note(null) }, "✕")]));
}

/** Open or close a bar; whether it is open now. */
function toggleBar(id) {
  const [bar, button] = [document.getElementById(id), document.getElementById(`open-${id}`)];
  const held = bar.contains(document.activeElement);
  bar.hidden = !bar.hidden;
  showOpen();
  remember();
  if (held) button.focus();
  return !bar.hidden;
}

/** Which bars are open, on the buttons that open them. */
function showOpen() {
  for (const id of ["time", "path"])
    document.getElementById(`open-${id}`).setAttribute("aria-expanded", String(!document.getElementById(id).hidden));
}

/** How many actors are asked for; a link may ask for a number that is not on the list. */
function showTop() {
  const top = document.getElementById("top");
  if (![...top.options].some((option) => option.value === String(view.top))) top.append(element("option", { value: view.top }, String(view.top)));
  top.value = view.top;
  document.getElementById("fold").setAttribute("aria-pressed", String(view.folded));
}

function startControls() {
  const top = document.getElementById("top");
  const steps = [10, 20, 40, 80, 120, 200, 400, 800, 1500].filter((step) => step < data.nodes.length);
  // vis-network stays usable to about 2,000 actors.
  const choices = new Set([...steps, view.top, Math.min(data.nodes.length, 2000)]);
  top.append(...[...choices].sort((a, b) => a - b).map((number) =>
    element("option", { value: number }, number === data.nodes.length ? `${number} (all)` : String(number))));
  top.addEventListener("change", () => {
    view.top = Number(top.value);
    view.pinned.clear();
    changed();
    if (view.chosen !== null && reveal(view.chosen)) changed();
  });
  const press = (id, action) => document.getElementById(id).addEventListener("click", action);
  press("fit", () => fit(true));
  press("fold", foldAll);
  document.getElementById("fold").hidden = !members.size;
  press("undo", undo);
  press("redo", redo);
  press("open-time", () => { if (toggleBar("time")) showTime(); });
  press("open-strip", () => toggleStrip());
  press("open-matrix", () => showAsMatrix());
  press("open-table", () => showAsTable(document.getElementById("table").hidden));
  press("save-png", () => savePng());
  press("save-svg", () => saveSvg());
  press("save-csv", saveCsv);
  for (const button of document.querySelectorAll(".menu button")) button.addEventListener("click", () => { button.closest("details").open = false; });
  document.addEventListener("pointerdown", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.getElementById("controls").hidden = false;
}

function start() {
  if (!lines.size) {
    document.body.dataset.state = "empty";
    return;
  }
  startPicture();
  startHover();
  startPrint();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    showLegend();
    openPanel();
  });
  startControls();
  startSearch();
  startFilters();
  startPath();
  startTime();
  startTable();
  startKeys();
  const legend = document.querySelector("#legend > details");
  legend.open = !NARROW.matches;
  legend.addEventListener("toggle", remember);
  if (beginsWithEvents()) toggleStrip(true);
  startPermalink();

  // For the console and for tests: the vis-network objects; select(id), which does what a click does, and what the
  // other buttons do; restore(address), which follows a link; shown(), the names of what is in view.
  // document.body.dataset.state is "drawing", then "ready"; "empty" where there is nothing to draw.
  window.kgbuild = {
    network, nodes, edges, view, labels: () => labels, strand: (id) => strands.get(id), pictureSvg, picturePng,
    select, unfold, foldAll, focusOn, expand, hide, pin, pathBetween, step, nextMonth, undo, redo, restore, csv, csvCell,
    shown: () => ({ actors: shown.actors.map((actor) => actor.label), lines: shown.lines.map((line) => `${namesOf(line, 0)} ${line.verb} ${namesOf(line, 1)}`) }),
  };
}

start();
