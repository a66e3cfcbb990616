// Time: how many claims speak of when, a range to drag over them, and the range played step by step.

const UNITS = { day: 1, week: 7, month: 30.4, year: 365, decade: 3653 }; // the kinds of bars, in days
const MOST_BARS = 140;
const CLOCKS = { event: "when it happens, else was reported", report: "when it was reported" };
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const bars = []; // { first, last, words, opens, closes }, days as numbers and in words; the outermost reach on for ever
let barsFor = null; // the clock that the bars are of
let playing = null;

/** A day of a number, as 2014-12-19. */
function isoDay(day) {
  return new Date(day * 864e5).toISOString().slice(0, 10);
}

/** The first day of the week, month, year or decade that *day* falls in; with *on*, of the one so many later. */
function startOf(unit, day, on = 0) {
  const date = new Date(day * 864e5);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (unit === "day") return day + on;
  if (unit === "week") return day - ((date.getUTCDay() + 6) % 7) + 7 * on;
  if (unit === "month") return Date.UTC(year, month + on, 1) / 864e5;
  const step = unit === "year" ? 1 : 10;
  return Date.parse(`${String(Math.floor(year / step) * step + step * on).padStart(4, "0")}-01-01`) / 864e5;
}

/**
 * The bars: by day, week, month, year or decade, as the span of all but the outermost hundredth of the claims needs,
 * and few where there are few claims.
 */
function makeBars() {
  if (barsFor === view.clock) return;
  barsFor = view.clock;
  bars.length = 0;
  const days = rows.map((row) => row.first).filter((day) => !Number.isNaN(day)).sort((a, b) => a - b);
  if (!days.length) days.push(0);
  const aside = Math.floor(days.length / 100);
  const [start, end] = [days[aside], days[days.length - 1 - aside]];
  const most = Math.min(MOST_BARS, Math.max(24, 4 * days.length));
  const unit = Object.keys(UNITS).find((each) => (end - start) / UNITS[each] <= most) ?? "decade";
  for (let first = startOf(unit, start); first <= end;) {
    const next = startOf(unit, first, 1);
    const [opens, closes] = [first, next - 1].map((day) => (unit === "week" ? inWords("day", day) : inWords(unit, first)));
    bars.push({ first, last: next - 1, words: inWords(unit, first), opens, closes });
    first = next;
  }
}

/** "19 Dec 2014", "week of 15 Dec 2014", "Dec 2014", "2014" or "2010s". */
function inWords(unit, first) {
  const [year, month, day] = isoDay(first).split("-").map(Number);
  const date = `${day} ${MONTHS[month - 1]} ${year}`;
  return { day: date, week: `week of ${date}`, month: `${MONTHS[month - 1]} ${year}`, year: String(year), decade: `${year}s` }[unit];
}

/** The place of the bar that a day falls in, or of the outermost. */
function barAt(day) {
  let [low, high] = [0, bars.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bars[middle].last < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The range as places of its first and last bar. */
function range() {
  makeBars();
  return [view.from === null ? 0 : barAt(dayOf(view.from)), view.to === null ? bars.length - 1 : barAt(dayOf(view.to))];
}

/** The range in words: "Jan 2014 – Mar 2014". */
function rangeWords() {
  if (view.from === null && view.to === null) return "All dates";
  const [low, high] = range();
  // A link may name days that no bar begins or ends with.
  const [from, to] = [dayOf(view.from), dayOf(view.to)];
  const opens = view.from === null ? "" : bars[low]?.first === from ? bars[low].opens : inWords("day", from);
  const closes = view.to === null ? "" : bars[high]?.last === to ? bars[high].closes : inWords("day", to);
  const month = startOf("month", from);
  if (from === month && to === startOf("month", from, 1) - 1) return inWords("month", month);
  if (view.from === null) return `Until ${closes}`;
  if (view.to === null) return `From ${opens}`;
  return low === high && opens === bars[low].opens && closes === bars[high].closes ? bars[low].words : `${opens} – ${closes}`;
}

/** Set the range to the bars from *low* to *high*; at either end of time it is open. */
function setRange(low, high, how = {}) {
  view.from = low <= 0 ? null : isoDay(bars[low].first);
  view.to = high >= bars.length - 1 ? null : isoDay(bars[high].last);
  changed(how);
}

/** The range moved by a bar, over those without claims; all of time becomes its first or last bar. Whether there was one. */
function step(by = 1, how = {}) {
  const [low, high] = range();
  const all = low === 0 && high === bars.length - 1;
  const width = all ? 0 : high - low;
  const heights = barHeights();
  const last = bars.length - 1 - width;
  let to = all ? (by > 0 ? 0 : last) : low + by;
  while (to >= 0 && to <= last && !heights.slice(to, to + width + 1).some((claims) => claims.size)) to += by;
  if (to < 0 || to > last || (all && bars.length === 1)) return false;
  setRange(to, to + width, { still: true, ...how });
  return true;
}

/** The range set to the next month in which a claim begins. Whether there was one. */
function nextMonth(how = {}) {
  const after = view.to === null ? -Infinity : dayOf(view.to);
  const day = passing("time").reduce((least, { first }) => (first > after && first < least ? first : least), Infinity);
  if (day === Infinity) return false;
  view.from = isoDay(startOf("month", day));
  view.to = isoDay(startOf("month", day, 1) - 1);
  changed({ still: true, ...how });
  return true;
}

/** The claims of each bar, as the other filters leave them. */
function barHeights() {
  makeBars();
  const heights = bars.map(() => new Set());
  for (const row of passing("time")) if (!Number.isNaN(row.first)) heights[barAt(row.first)].add(row.id);
  return heights;
}

/** Play month by month, or stop; who wants less motion takes the steps one by one. */
function play() {
  const button = document.getElementById("play");
  if (playing !== null) {
    clearInterval(playing);
    playing = null;
    changed();
  } else {
    const how = { passing: true };
    if (!nextMonth(how)) { // At the end of time it starts anew.
      view.from = view.to = null;
      nextMonth(how);
    }
    playing = setInterval(() => { if (!nextMonth(how)) play(); }, 1000);
  }
  button.textContent = playing === null ? "▶" : "❚❚";
  button.setAttribute("aria-label", playing === null ? "Play month by month" : "Pause");
}

function startTime() {
  const section = document.getElementById("time");
  document.getElementById("open-time").hidden = !dated;
  if (!dated) return;
  const button = (id, text, label, onclick) => element("button", { type: "button", id, title: label, "aria-label": label, onclick }, text);
  const slow = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const handle = (id, label) => {
    const made = element("div", { id, className: "handle", tabIndex: 0, role: "slider", "aria-label": label, "aria-valuemin": "0", "aria-orientation": "horizontal" });
    made.addEventListener("keydown", (event) => moveHandle(event, id));
    return made;
  };
  section.replaceChildren(
    element("div", { className: "timebar" },
      button("earlier", "‹", "One step earlier", () => step(-1)),
      slow ? null : button("play", "▶", "Play month by month", play),
      button("later", "›", "One step later", () => step(1)),
      element("output", { id: "range" }),
      button("all-time", "All dates", "All dates", () => setRange(0, bars.length - 1)),
      element("label", { className: "clock" }, "Dates: ",
        element("select", { id: "clock", onchange: (event) => { Object.assign(view, { clock: event.target.value, from: null, to: null }); changed(); } },
          ...Object.entries(CLOCKS).map(([value, words]) => element("option", { value }, words)))),
      element("label", { className: "undated" },
        element("input", { type: "checkbox", id: "undated", checked: true, onchange: (event) => { view.undated = event.target.checked; changed(); } }),
        "Undated ", element("span", { className: "number" }))),
    element("div", { id: "histogram" }, document.createElementNS(SVG, "svg"), element("div", { className: "span" }), handle("handle-from", "First date"), handle("handle-to", "Last date")),
    element("div", { id: "ticks", "aria-hidden": "true" }));
  dragRange(document.getElementById("histogram"));
}

/** Arrows move a handle by a bar, Page Up and Down by ten, Home and End to its limit. */
function moveHandle(event, id) {
  const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -Infinity, End: Infinity }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const [low, high] = range();
  if (id === "handle-from") setRange(Math.max(0, Math.min(high, low + by)), high);
  else setRange(low, Math.min(bars.length - 1, Math.max(low, high + by)));
}

/** A handle is dragged; elsewhere, a drag draws a new range. The picture follows, and settles at the end. */
function dragRange(histogram) {
  let held = null; // the bar that stays where it is
  const place = (event) => {
    const { left, width } = histogram.getBoundingClientRect();
    return Math.max(0, Math.min(bars.length - 1, Math.floor((event.clientX - left) / width * bars.length)));
  };
  const follow = (event, how) => {
    const at = place(event);
    const [low, high] = [Math.min(at, held), Math.max(at, held)];
    const [from, to] = range();
    if (how || low !== from || high !== to) setRange(low, high, how ?? { still: true, passing: true });
  };
  histogram.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const [low, high] = range();
    held = event.target.id === "handle-from" ? high : event.target.id === "handle-to" ? low : place(event);
    histogram.setPointerCapture(event.pointerId);
    if (!event.target.classList.contains("handle")) event.preventDefault();
  });
  histogram.addEventListener("pointermove", (event) => { if (held !== null) follow(event); });
  histogram.addEventListener("pointerup", (event) => {
    if (held === null) return;
    follow(event, {});
    held = null;
  });
  histogram.addEventListener("pointercancel", () => { held = null; changed(); });
}

/** The histogram as it is now, where it is open: all that the other filters leave, and within it the range. */
function showTime() {
  if (!dated || document.getElementById("time").hidden) return;
  const heights = barHeights();
  const undated = claimsIn(passing("time").filter((row) => Number.isNaN(row.first)));
  const most = Math.max(1, ...heights.map((claims) => claims.size));
  const [low, high] = range();
  const canvas = document.querySelector("#histogram svg");
  canvas.setAttribute("viewBox", `0 0 ${bars.length} 100`);
  canvas.setAttribute("preserveAspectRatio", "none");
  canvas.setAttribute("aria-hidden", "true");
  canvas.replaceChildren(...heights.map((claims, place) => {
    const bar = document.createElementNS(SVG, "rect");
    const height = claims.size ? Math.max(4, 100 * claims.size / most) : 0;
    for (const [key, value] of Object.entries({ x: place + 0.08, width: 0.84, y: 100 - height, height })) bar.setAttribute(key, value);
    if (place >= low && place <= high) bar.classList.add("in");
    const title = document.createElementNS(SVG, "title");
    title.textContent = `${bars[place].words}${place === 0 ? " or earlier" : place === bars.length - 1 ? " or later" : ""}: ${count(claims.size, "claim")}`;
    bar.append(title);
    return bar;
  }));
  const [left, right] = [low / bars.length, (high + 1) / bars.length];
  const span = document.querySelector("#histogram .span");
  span.style.left = `${100 * left}%`;
  span.style.width = `${100 * (right - left)}%`;
  for (const [id, where, at] of [["handle-from", left, low], ["handle-to", right, high]]) {
    const handle = document.getElementById(id);
    handle.style.left = `${100 * where}%`;
    handle.setAttribute("aria-valuemax", bars.length - 1);
    handle.setAttribute("aria-valuenow", at);
    handle.setAttribute("aria-valuetext", bars[at].words);
  }
  document.getElementById("range").textContent = rangeWords();
  document.getElementById("all-time").hidden = view.from === null && view.to === null;
  document.getElementById("undated").checked = view.undated;
  document.getElementById("clock").value = view.clock;
  document.querySelector(".undated .number").textContent = undated.toLocaleString("en");
  const every = Math.ceil(bars.length / Math.max(2, Math.floor(document.getElementById("histogram").clientWidth / 110)));
  document.getElementById("ticks").replaceChildren(...bars.filter((bar, at) => at % every === 0 && at + every / 2 < bars.length).map((bar) => {
    const tick = element("span", {}, bar.opens);
    tick.style.left = `${100 * bars.indexOf(bar) / bars.length}%`;
    return tick;
  }));
}
