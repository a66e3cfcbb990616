// The claims that pass the filters as a table: all that the picture says, to read, to sort and to take along.

const PAGE = 100; // rows at once
const table = { column: "when", down: false, page: 0, rows: [] };

/** How a claim is meant, in a word: "denied", "planned", "fact". */
function manner(claim) {
  if (claim.polarity === "Negated") return "denied";
  if (claim.stance === "denied") return "cancelled";
  return claim.modality === "Actual" ? (claim.stance === "actual" ? "fact" : claim.unsure ? "unsurely read" : "possible") : claim.modality.toLowerCase() || "undecided";
}

const COLUMNS = {
  from: { name: "From", text: (row) => namesOf(row.line, 0) },
  relation: { name: "Relation", text: (row) => row.line.verb },
  to: { name: "To", text: (row) => namesOf(row.line, 1) },
  manner: { name: "Claimed as", text: (row) => manner(row.claim) },
  speaker: { name: "Speaker", text: (row) => row.speaker },
  when: { name: "When", text: (row) => whenOf(row.claim) ?? "", key: (row) => row.claim.when ?? row.claim.reported ?? "" },
  sentence: { name: "Sentence", text: (row) => row.claim.sentence },
  article: { name: "Article", text: (row) => [row.article.title, row.article.publisher, row.article.issued?.slice(0, 10)].filter(Boolean).join(", ") },
};

/** The place of each row when sorted by a column; the empty come last. Sorted once, for a column never changes. */
const placesBy = new Map();
function places(column) {
  if (!placesBy.has(column)) {
    const { text, key = text } = COLUMNS[column];
    const keyed = rows.map((row, at) => ({ row, at, key: plain(key(row)) }));
    keyed.sort((a, b) => (a.key === "") - (b.key === "") || (a.key < b.key ? -1 : a.key > b.key ? 1 : a.at - b.at));
    const empty = keyed.findIndex(({ key }) => key === "");
    placesBy.set(column, { of: new Map(keyed.map(({ row }, place) => [row, place])), empty: empty < 0 ? keyed.length : empty });
  }
  return placesBy.get(column);
}

/** The rows that pass the filters, as they are sorted. */
function sortedRows() {
  const { of, empty } = places(table.column);
  const turned = (row) => (table.down && of.get(row) < empty ? empty - of.get(row) : of.get(row) + (table.down ? empty + 1 : 0));
  return passing().map((row) => [turned(row), row]).sort(([a], [b]) => a - b).map(([, row]) => row);
}

function startTable() {
  const section = document.getElementById("table");
  section.replaceChildren(
    element("div", { className: "tablebar" },
      element("h2", {}, "Claims"), element("p", { id: "table-count", "aria-live": "polite" }),
      element("button", { type: "button", id: "previous", title: "Previous page", "aria-label": "Previous page", onclick: () => turnPage(-1) }, "‹"),
      element("button", { type: "button", id: "next", title: "Next page", "aria-label": "Next page", onclick: () => turnPage(1) }, "›"),
      element("button", { type: "button", className: "csv", title: "What is filtered, for a spreadsheet", onclick: saveCsv }, "Save as CSV"),
      element("button", { type: "button", className: "close", title: "Close (Escape)", "aria-label": "Close the table", onclick: () => showAsTable(false) }, "✕")),
    element("div", { className: "scroll", tabIndex: -1 },
      element("table", { "aria-label": "Claims that pass the filters" },
        element("thead", {}, element("tr", {}, ...Object.entries(COLUMNS).map(([column, { name }]) => {
          const head = element("th", { scope: "col" }, element("button", { type: "button", onclick: () => sortBy(column) }, name));
          head.dataset.column = column;
          return head;
        }))),
        element("tbody", { onclick: openRow, onkeydown: moveRow }))));
}

/** The table in the place of the picture, or the picture again. */
function showAsTable(on) {
  if (on) showAsMatrix(false);
  const section = document.getElementById("table");
  if (section.hidden === !on) return;
  section.hidden = !on;
  document.querySelector("main").classList.toggle("tabular", on);
  document.getElementById("open-table").setAttribute("aria-pressed", String(on));
  remember();
  if (on) {
    showTable();
    section.querySelector("tbody button")?.focus();
  } else {
    document.getElementById("open-table").focus();
    network.redraw();
    fit();
  }
}

const CELL_TEXT = 300; // letters of a cell, of which three lines are seen

function cut(text, most) {
  return text && text.length > most ? `${text.slice(0, most)}…` : text;
}

/** Sort by a column; by the same again, the other way round. */
function sortBy(column) {
  table.down = table.column === column && !table.down;
  table.column = column;
  table.page = 0;
  showTable();
}

function turnPage(by) {
  table.page += by;
  showTable();
  document.querySelector("#table .scroll").scrollTop = 0;
}

/** The rows of the page at hand; no others are made. */
function showTable() {
  const section = document.getElementById("table");
  if (section.hidden) return;
  table.rows = sortedRows();
  const pages = Math.max(1, Math.ceil(table.rows.length / PAGE));
  table.page = Math.max(0, Math.min(pages - 1, table.page));
  const start = table.page * PAGE;
  const some = table.rows.slice(start, start + PAGE);
  for (const head of section.querySelectorAll("th")) {
    if (head.dataset.column === table.column) head.setAttribute("aria-sort", table.down ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  }
  section.querySelector("table").setAttribute("aria-rowcount", table.rows.length + 1);
  section.querySelector("tbody").replaceChildren(...some.map((row, at) => {
    const cells = Object.entries(COLUMNS).map(([column, { text }]) => element("td", { dir: "auto", className: `column-${column}` },
      column === "relation" ? element("button", { type: "button", tabIndex: at ? -1 : 0 }, `${row.line.stance === "denied" ? "✕ " : ""}${text(row)}`)
        : element("div", { className: "clamp", title: column === "sentence" || column === "article" ? cut(text(row), QUOTE) : "" }, cut(text(row), CELL_TEXT))));
    const made = element("tr", { className: `stance-${row.claim.stance}`, "aria-rowindex": start + at + 2 }, ...cells);
    made.dataset.at = start + at;
    return made;
  }));
  document.getElementById("table-count").textContent = some.length
    ? `${(start + 1).toLocaleString("en")}–${(start + some.length).toLocaleString("en")} of ${table.rows.length.toLocaleString("en")}` : "None passes the filters";
  document.getElementById("previous").disabled = table.page === 0;
  document.getElementById("next").disabled = table.page === pages - 1;
}

/** A click on a row opens the evidence, and shows the claim of the row in it. */
function openRow(event) {
  const row = table.rows[event.target.closest("tr")?.dataset.at];
  if (!row) return;
  event.target.closest("tr").querySelector("button").focus({ preventScroll: true });
  selectClaim(row.line, row.id);
}

/** Up and down arrows go from row to row. */
function moveRow(event) {
  const at = event.target.closest("tr");
  const to = { ArrowDown: at?.nextElementSibling, ArrowUp: at?.previousElementSibling }[event.key];
  if (!to) return;
  event.preventDefault();
  at.querySelector("button").tabIndex = -1;
  to.querySelector("button").tabIndex = 0;
  to.querySelector("button").focus();
}

const CSV = {
  ...Object.fromEntries(["from", "relation", "to"].map((column) => [column, COLUMNS[column].text])),
  claimed_as: (row) => manner(row.claim),
  polarity: (row) => row.claim.polarity, modality: (row) => row.claim.modality, certainty: (row) => row.claim.certainty,
  speaker: (row) => row.claim.speaker, cue: (row) => row.claim.cue, when: (row) => row.claim.when, amount: (row) => row.claim.amount,
  sentence: (row) => row.claim.sentence,
  article: (row) => row.article.title, publisher: (row) => row.article.publisher, issued: (row) => row.article.issued, address: (row) => row.article.address,
  claim: (row) => row.id,
};

/** A cell of a CSV file (RFC 4180); one that a spreadsheet would take for a formula begins with an apostrophe. */
function csvCell(value) {
  const text = String(value ?? "");
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/** What passes the filters as CSV, sorted as the table is. */
function csv() {
  return [Object.keys(CSV), ...sortedRows().map((row) => Object.values(CSV).map((value) => value(row)))]
    .map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

function saveCsv() {
  // The mark at the start tells a spreadsheet that this is UTF-8.
  const address = URL.createObjectURL(new Blob(["\ufeff", csv()], { type: "text/csv" }));
  element("a", { href: address, download: "claims.csv" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
