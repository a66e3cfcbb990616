// Which claims pass the filters. A line is as strong as its claims that pass, an actor as its lines:
// `line.claims`, `actor.claims` and `actor.degree` follow, and a line without claims is not drawn.

const ARTICLE = "the article itself"; // who speaks where nobody is quoted

const daysOf = new Map(); // each text is read once: thousands of claims are of few days

/** A day as a number, so that days can be compared and counted; NaN where there is none. */
function dayOf(text) {
  if (!text) return NaN;
  if (!daysOf.has(text)) daysOf.set(text, Date.parse(text.slice(0, 10)) / 864e5);
  return daysOf.get(text);
}

// One row for each claim behind each line: what filters, time and table go over, made once; a line has its own.
const rows = [];
for (const line of data.edges) {
  line.rows = [];
  for (const id of line.claims) {
    const claim = data.claims[id];
    const article = data.articles[claim.article];
    const row = {
      id, line, claim, article,
      first: NaN, last: NaN, // the days by which it is filtered, see `setClock`
      speaker: claim.speaker ?? ARTICLE,
      outlet: article.publisher ?? article.file ?? "",
      failed: 0, // which filters it fails, as bits
    };
    rows.push(row);
    line.rows.push(row);
  }
}

/**
 * Let *clock* say when claims are: when what they tell of happens, or when they were reported. What the text gives no day is
 * of the day of its report by both; what goes on ("since 2011") is known to until then.
 */
function setClock(clock) {
  for (const row of rows) {
    const { begin, end, reported } = row.claim;
    row.first = dayOf(clock === "event" ? begin ?? end ?? reported : row.article.issued);
    row.last = clock === "event" && (begin ?? end) ? Math.max(row.first, dayOf(end ?? reported ?? begin)) : row.first;
  }
}
const dated = rows.some(({ claim, article }) => claim.begin ?? claim.end ?? article.issued);

/** When a claim is, in words: its time as the text has it, else that it was reported on a day. */
function whenOf(claim) {
  return claim.when ?? (claim.reported ? `reported ${claim.reported}` : null);
}

const verbs = new Map(); // relation -> its words; an office has many
for (const { relation, verb } of data.edges) verbs.set(relation, verbs.has(relation) && verbs.get(relation) !== verb ? null : verb);

/** The lists to choose from: what a row has of each, and what it is called. A new one of what rows have needs an entry here alone. */
const FACETS = {
  relation: { name: "Relation", of: (row) => [row.line.relation],
    words: (key) => verbs.get(key) ?? key.replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ").toLowerCase() },
  cls: { name: "Class of actor", of: (row) => row.line.parties.map((id) => actors.get(id).cls), words: (key) => key },
  speaker: { name: "Speaker", of: (row) => [row.speaker], words: (key) => key },
  outlet: { name: "Outlet", of: (row) => [row.outlet], words: (key) => key || "unknown" },
  article: { name: "Article", of: (row) => [row.claim.article], words: (key) => data.articles[key].title },
};
const view = freshView();

const LEGEND = {
  kind: (line) => line.parties.map((id) => actors.get(id).group),
  quad: (line) => [quadOf(line)],
  stance: (line) => [line.stance],
};
const BIT = Object.fromEntries([...Object.keys(LEGEND), ...Object.keys(FACETS), "away", "time"].map((name, place) => [name, 1 << place]));

let sifted = ""; // the filters that lines and actors follow
let passed = { lines: [], actors: [] }; // what these leave, the weightiest first

/** Let lines and actors follow the filters, if these have changed; whether they had. */
function siftAnew() {
  const { hidden, only, away, from, to, undated, clock } = view;
  const keys = [...Object.values(hidden), ...Object.values(only), away].map((some) => [...some]);
  const now = JSON.stringify([keys, from, to, undated, clock, foldedAs]);
  if (now === sifted) return false;
  setClock(clock);
  sift();
  sifted = now;
  return true;
}

/**
 * Go over all claims with what is set, and let lines and actors follow.
 *
 * `line.without` holds, as bits, each filter without which the line would be there; all of them where it is there.
 */
function sift() {
  const [from, to] = [view.from === null ? -Infinity : dayOf(view.from), view.to === null ? Infinity : dayOf(view.to)];
  const anyTime = view.from === null && view.to === null;
  const only = Object.keys(FACETS).filter((name) => view.only[name].size);
  const hidden = Object.keys(LEGEND).filter((name) => view.hidden[name].size);
  const heard = new Map(data.nodes.map((actor) => [actor.id, new Set()]));
  for (const actor of data.nodes) actor.degree = 0;
  for (const line of data.edges) {
    let ofLine = line.parties.some((id) => view.away.has(id)) || line.ends.some((id) => view.away.has(id)) ? BIT.away : 0;
    for (const name of hidden) if (LEGEND[name](line).some((key) => view.hidden[name].has(key))) ofLine |= BIT[name];
    const claims = [];
    line.without = 0;
    for (const row of line.rows) {
      let failed = ofLine;
      for (const name of only) if (!FACETS[name].of(row).every((key) => view.only[name].has(key))) failed |= BIT[name];
      if (Number.isNaN(row.first) ? !view.undated : !anyTime && (row.last < from || row.first > to)) failed |= BIT.time;
      row.failed = failed;
      if (failed === 0) claims.push(row.id);
      else if ((failed & (failed - 1)) === 0) line.without |= failed; // It fails a single one.
    }
    line.claims = claims;
    if (!claims.length) continue;
    line.without = ~0;
    if (line.ends.length < 2) continue; // It is within one who is drawn.
    for (const end of line.ends) {
      actors.get(end).degree += 1;
      for (const id of claims) heard.get(end).add(id);
    }
  }
  for (const actor of data.nodes) actor.claims = heard.get(actor.id).size;
  passed = { lines: data.edges.filter(allowed), actors: data.nodes.filter((actor) => actor.degree).sort((a, b) => b.claims - a.claims) };
}

/** The rows that pass every filter; with *aside*, every filter but that one. */
function passing(aside = null) {
  const ignored = aside === null ? 0 : BIT[aside];
  return rows.filter((row) => (row.failed & ~ignored) === 0);
}

/** How many claims these rows hold; one claim may stand behind several lines. */
function claimsIn(some) {
  return new Set(some.map((row) => row.id)).size;
}

/** How many claims each value of a list would leave, the other filters being as they are. */
function tally(name) {
  const found = new Map();
  for (const row of passing(name)) {
    for (const key of new Set(FACETS[name].of(row))) {
      if (!found.has(key)) found.set(key, new Set());
      found.get(key).add(row.id);
    }
  }
  return new Map([...found].map(([key, ids]) => [key, ids.size]));
}

/** Whether anything is filtered, hidden or dated. */
function isFiltered() {
  return [view.hidden, view.only].some((sets) => Object.values(sets).some((keys) => keys.size))
    || view.away.size > 0 || view.from !== null || view.to !== null || !view.undated;
}

/** Let every claim through again. */
function clearFilters() {
  const { hidden, only, away, from, to, undated } = freshView();
  Object.assign(view, { hidden, only, away, from, to, undated });
  changed();
}

// ---- what the reader sees of it ----------------------------------------------------------------------

const LISTED = 60; // more entries than this are found by typing

/** The lists below the legend, each closed until it is asked for. */
function startFilters() {
  const lists = Object.entries(FACETS).map(([name, facet]) => {
    const input = element("input", { type: "search", placeholder: `Find ${facet.name.toLowerCase()}`, "aria-label": `Find ${facet.name.toLowerCase()}`, autocomplete: "off" });
    const list = element("details", { className: "facet", ontoggle: () => { showFacet(name); remember(); } },
      element("summary", {}, element("span", { className: "name" }, facet.name), element("span", { className: "number" })),
      input, element("ul", {}));
    list.dataset.facet = name;
    input.addEventListener("input", () => showFacet(name));
    return list;
  });
  document.getElementById("filters").replaceChildren(...lists);
}

function showFilters() {
  for (const name of Object.keys(FACETS)) showFacet(name);
}

/** The entries of one list: the chosen first, then by claims. */
function showFacet(name) {
  const list = document.querySelector(`[data-facet="${name}"]`);
  const chosen = view.only[name];
  list.querySelector("summary .number").textContent = chosen.size ? `${chosen.size} chosen` : "";
  if (!list.open) {
    list.querySelector("ul").replaceChildren();
    return;
  }
  const wanted = plain(list.querySelector("input").value.trim());
  const counts = tally(name);
  for (const key of chosen) if (!counts.has(key)) counts.set(key, 0);
  const found = [...counts].filter(([key]) => plain(FACETS[name].words(key)).includes(wanted))
    .sort(([a, m], [b, n]) => chosen.has(b) - chosen.has(a) || n - m || (plain(FACETS[name].words(a)) < plain(FACETS[name].words(b)) ? -1 : 1));
  const focused = document.activeElement?.dataset?.key;
  list.querySelector("ul").replaceChildren(...found.slice(0, LISTED).map(([key, number]) => {
    const box = element("input", { type: "checkbox", checked: chosen.has(key), onchange: () => choose(name, key) });
    box.dataset.key = `${name}:${key}`;
    return element("li", {}, element("label", {}, box, element("bdi", { className: "name" }, FACETS[name].words(key)),
      element("span", { className: "number" }, number.toLocaleString("en"))));
  }), ...(found.length > LISTED ? [element("li", { className: "more" }, `and ${found.length - LISTED} more: type to find`)] : []));
  if (focused) [...list.querySelectorAll("input")].find((box) => box.dataset.key === focused)?.focus();
}

/** Show only what has *key*, along with what was chosen before; asked again, no longer. */
function choose(name, key) {
  const keys = view.only[name];
  if (!keys.delete(key)) keys.add(key);
  changed();
}

/** What narrows the picture, in words, each with a button that takes it back. */
function showActive() {
  const label = (id) => actors.get(id).label;
  const chips = [];
  const add = (words, undo) => chips.push(element("li", {}, element("button", { type: "button", className: "active-chip", title: "Take back", onclick: () => { undo(); changed(); } },
    element("bdi", {}, words), element("span", { "aria-hidden": "true" }, " ✕"), element("span", { className: "unseen" }, ", take back"))));
  if (view.path) add(`Path: ${label(view.path[0])} to ${label(view.path[1])}`, () => { view.path = null; });
  if (view.focus !== null) add(`Around ${label(view.focus)}`, () => { view.focus = null; });
  if (view.pinned.size) add(view.pinned.size === 1 ? `Pinned: ${label([...view.pinned][0])}` : `${view.pinned.size} pinned`, () => view.pinned.clear());
  for (const id of view.away) add(`Without ${label(id)}`, () => view.away.delete(id));
  for (const [name, words] of Object.entries({ kind: KINDS, quad: QUADS, stance: STANCES }))
    for (const key of view.hidden[name]) add(`Without: ${words[key].replace("✕ ", "").toLowerCase()}`, () => view.hidden[name].delete(key));
  for (const [name, keys] of Object.entries(view.only))
    if (keys.size) add(`${FACETS[name].name}: ${[...keys].map(FACETS[name].words).join(", ")}`, () => keys.clear());
  if (view.from !== null || view.to !== null) add(rangeWords(), () => { view.from = view.to = null; });
  if (!view.undated) add("No undated claims", () => { view.undated = true; });
  const strip = document.getElementById("active");
  const held = strip.contains(document.activeElement);
  strip.hidden = chips.length === 0;
  if (isFiltered()) chips.unshift(element("li", { className: "number" }, `${claimsIn(passing()).toLocaleString("en")} of ${count(Object.keys(data.claims).length, "claim")}`));
  if (chips.length > 2) chips.push(element("li", {}, element("button", { type: "button", className: "clear", onclick: clearView }, "Clear all")));
  strip.replaceChildren(...chips);
  if (held) (strip.querySelector("button") ?? document.getElementById("search")).focus();
}

/** Everything as it was at first, but for what is open and how many actors. */
function clearView() {
  const { chosen, top } = view;
  Object.assign(view, freshView(), { chosen, top });
  changed();
}
