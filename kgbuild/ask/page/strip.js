// The strip: the weightiest events that pass the filters, each with its day, who does what to whom, and a sentence that tells it.

const STRIP = 16; // so many events are told
const TOLD = 150; // letters of the sentence

const FIRMNESS = Object.keys(STANCES); // the firmest first

/** The events of the rows that pass, those of most articles first, then facts, then those of most claims: {line, rows, day}. */
function weightiestEvents() {
  const found = new Map();
  for (const row of passing()) {
    if (!row.line.events || !row.claim.event) continue;
    const event = found.get(row.claim.event) ?? { line: row.line, rows: [] };
    if (FIRMNESS.indexOf(row.line.stance) < FIRMNESS.indexOf(event.line.stance)) event.line = row.line;
    event.rows.push(row);
    found.set(row.claim.event, event);
  }
  const weight = ({ line, rows: some }) => [new Set(some.map(({ claim }) => claim.article)).size, -FIRMNESS.indexOf(line.stance), some.length];
  const day = ({ rows: some }) => some.map(({ claim }) => claim.begin ?? claim.reported ?? "").sort().at(-1);
  return [...found.values()].map((event) => ({ ...event, weight: weight(event), day: day(event) }))
    .sort((a, b) => b.weight[0] - a.weight[0] || b.weight[1] - a.weight[1] || b.weight[2] - a.weight[2] || Math.abs(b.line.score ?? 0) - Math.abs(a.line.score ?? 0) || (a.day > b.day ? -1 : 1))
    .slice(0, STRIP).sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** The part of a sentence around its trigger. */
function quoteOf({ claim }) {
  const letters = Array.from(claim.sentence);
  if (letters.length <= TOLD) return claim.sentence;
  const [start] = claim.marks.find(([, , what]) => what === "trigger") ?? [0];
  const from = Math.max(0, Math.min(start - TOLD / 3, letters.length - TOLD));
  const words = letters.slice(from, from + TOLD).join("");
  const begun = from ? `… ${words.replace(/^\S*\s+/, "")}` : words;
  return from + TOLD < letters.length ? `${begun.replace(/\s+\S*$/, "")} …` : begun;
}

/** The strip as it is now, where it is open. */
function showStrip() {
  const strip = document.getElementById("strip");
  if (strip.hidden) return;
  const events = weightiestEvents();
  strip.querySelector("ol").replaceChildren(...events.map(({ line, rows: told, weight }) => {
    // The shortest sentence is the plainest.
    const row = told.filter((each) => each.line === line).reduce((best, each) => (each.claim.sentence.length < best.claim.sentence.length ? each : best));
    const when = whenOf(row.claim);
    const reports = weight[0] > 1 ? `${weight[0]} articles` : row.article.publisher ?? "";
    return element("li", {}, element("button", { type: "button", className: `told quad-${quadOf(line)}`, onclick: () => selectClaim(line, row.id) },
      element("span", { className: "day" }, [when, reports].filter(Boolean).join(" · ")),
      element("span", { className: "what" }, line.stance === "denied" ? "✕ " : "", element("bdi", {}, namesOf(line, 0)), ` ${line.verb} `, element("bdi", {}, namesOf(line, 1)),
        line.stance === "actual" ? "" : ` (${line.stanceWords})`),
      element("q", { dir: "auto" }, quoteOf(row))));
  }));
}

const TALL = 760; // pixels of a window in which the strip leaves the picture room enough

/** Whether the page opens with the strip. */
function beginsWithEvents() {
  return FOLDS && !NARROW.matches && innerHeight >= TALL;
}

/** Open the strip or close it. */
function toggleStrip(open = document.getElementById("strip").hidden) {
  document.getElementById("strip").hidden = !open;
  document.getElementById("open-strip").setAttribute("aria-expanded", String(open));
  showStrip();
  remember();
  if (network && sizes.size) fit();
}
