// The address of the page holds the view, so that a link shows what its sender saw; by stable ids, never by
// place. The same words are what undo and redo go back to.

const PLACES = { chosen: "open", focus: "around" }; // simple settings and their names in the address

const barOf = (id, opens, usual = () => false) => ({
  isOpen: () => !document.getElementById(id).hidden,
  open: (on) => { if (document.getElementById(id).hidden === on) opens(on); },
  usual,
});
const listAt = (selector, usual = () => false) => ({
  isOpen: () => document.querySelector(selector).open,
  open: (on) => { document.querySelector(selector).open = on; },
  usual,
});

/** What may be open beside or in the place of the picture: whether it is, how it is opened and closed, and whether it is so by itself. */
const TOOLS = {
  matrix: barOf("matrix", (on) => showAsMatrix(on)),
  table: barOf("table", (on) => showAsTable(on)),
  time: barOf("time", () => document.getElementById("open-time").click(), choosesDates),
  path: barOf("path", () => document.getElementById("open-path").click()),
  events: barOf("strip", (on) => toggleStrip(on), beginsWithEvents),
  legend: listAt("#legend > details", () => !NARROW.matches),
  ...Object.fromEntries(Object.keys(FACETS).map((name) => [name, listAt(`[data-facet="${name}"]`)])),
};

/** Whether days or the like are chosen: then their bar is open, whatever the address says. */
function choosesDates() {
  return dated && (view.from !== null || view.to !== null || !view.undated || view.clock !== freshView().clock);
}

let tools = { show: [], hide: [] }; // those that the address names, as open or as closed

/** Open the tools that the address names, and close the others. */
function showTools() {
  const wanted = ([name, { usual }]) => tools.show.includes(name) || (usual() && !tools.hide.includes(name));
  // What stands in the place of the picture is closed before the other is opened.
  for (const on of [false, true])
    for (const [name, tool] of Object.entries(TOOLS)) if (wanted([name, tool]) === on) tool.open(on);
}

/** What is set, as the part of an address behind the #; empty where nothing is. */
function written() {
  const fresh = freshView();
  const words = new URLSearchParams();
  for (const [key, name] of Object.entries(PLACES)) if (view[key] !== fresh[key]) words.append(name, view[key]);
  for (const id of view.path ?? []) words.append("path", id);
  for (const id of view.pinned) words.append("pin", id);
  for (const id of view.unfolded) words.append("unfold", id);
  if (view.folded !== fresh.folded) words.append("folded", view.folded ? "yes" : "no");
  for (const id of view.away) words.append("without", id);
  for (const [name, keys] of Object.entries(view.hidden)) for (const key of keys) words.append(`no-${name}`, key);
  for (const [name, keys] of Object.entries(view.only)) for (const key of keys) words.append(name, key);
  if (view.from !== null) words.append("from", view.from);
  if (view.to !== null) words.append("to", view.to);
  if (!view.undated) words.append("undated", "no");
  if (view.clock !== fresh.clock) words.append("dates", view.clock);
  for (const [name, { isOpen, usual }] of Object.entries(TOOLS)) if (isOpen() !== usual()) words.append(isOpen() ? "show" : "hide", name);
  // How many are shown at first depends on the screen, and another reader has another.
  if (words.size || view.top !== fresh.top) words.append("top", view.top);
  return String(words);
}

/** Set the view to what an address says; what in it this page does not know, as a list. */
function read(address) {
  const words = new URLSearchParams(address);
  const unknown = [];
  const known = (name, exists) => words.getAll(name).filter((key) => {
    if (!exists(key)) unknown.push(key);
    return exists(key);
  });
  const actor = (id) => actors.has(id);
  const day = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(dayOf(text));
  const next = freshView();
  next.top = Number(known("top", (text) => /^[1-9]\d{0,4}$/.test(text))[0] ?? next.top);
  next.unfolded = new Set(known("unfold", (id) => members.has(id) || members.has(actors.get(id)?.standIn)));
  if (words.has("folded")) next.folded = words.get("folded") !== "no" && members.size > 0;
  // Which pairs there are to open depends on who is folded.
  const paths = known("path", actor);
  next.path = paths.length === 2 ? paths : null;
  Object.assign(view, { folded: next.folded, unfolded: next.unfolded, path: next.path });
  foldAnew();
  next.chosen = known("open", (id) => actors.has(id) || lines.has(id) || pairs.has(id))[0] ?? null;
  next.focus = known("around", actor)[0] ?? null;
  next.pinned = new Set(known("pin", actor));
  next.away = new Set(known("without", actor));
  for (const [name, labels] of Object.entries({ kind: KINDS, quad: QUADS, stance: STANCES }))
    next.hidden[name] = new Set(known(`no-${name}`, (key) => Object.hasOwn(labels, key)));
  for (const name of Object.keys(FACETS)) next.only[name] = new Set(known(name, (key) => valuesOf(name).has(key)));
  next.from = known("from", day)[0] ?? null;
  next.to = known("to", day)[0] ?? null;
  next.undated = words.get("undated") !== "no";
  next.clock = known("dates", (clock) => Object.hasOwn(CLOCKS, clock))[0] ?? next.clock;
  const tool = (name) => Object.hasOwn(TOOLS, name) && (name !== "time" || dated);
  tools = { show: known("show", tool), hide: known("hide", tool) };
  Object.assign(view, next);
  return unknown;
}

const values = new Map(); // list -> all that stands in it
function valuesOf(name) {
  if (!values.has(name)) values.set(name, new Set(rows.flatMap(FACETS[name].of)));
  return values.get(name);
}

// ---- going back --------------------------------------------------------------------------------------

const past = [];
const future = [];
let present = "";

let restoring = false; // whether the view is on its way to what an address says

/** After a change: keep what was, and put what is into the address. */
function remember() {
  if (restoring) return;
  const now = written();
  if (now === present) return;
  past.push(present);
  future.length = 0;
  address(now);
}

function address(now) {
  present = now;
  try {
    history.pushState(null, "", `#${now}`);
  } catch {
    // A page inside another may have no history; undo works all the same.
  }
  showUndo();
}

function showUndo() {
  document.getElementById("undo").disabled = !past.length;
  document.getElementById("redo").disabled = !future.length;
}

function undo() {
  if (!past.length) return;
  future.push(present);
  const then = past.pop();
  address(then);
  restore(then);
}

function redo() {
  if (!future.length) return;
  past.push(present);
  const then = future.pop();
  address(then);
  restore(then);
}

/** Show what an address says, and say what of it is not here. */
function restore(address) {
  restoring = true;
  const unknown = read(address);
  changed({ passing: true });
  if (view.chosen !== null && reveal(view.chosen)) changed({ passing: true });
  openPanel();
  showTools();
  restoring = false;
  present = written(); // without what is not here
  note(unknown.length ? `This link names what is not in this graph: ${unknown.slice(0, 3).map((key) => short(key, 60)).join(", ")}${unknown.length > 3 ? ` and ${unknown.length - 3} more` : ""}. The rest is shown.` : null);
}

/** Show what the address says that the page was opened with, and follow it from then on. */
function startPermalink() {
  const here = () => location.hash.slice(1);
  window.addEventListener("popstate", () => {
    if (here() === present) return;
    past.push(present);
    present = here();
    restore(present);
    showUndo();
  });
  present = here();
  restore(present);
}
