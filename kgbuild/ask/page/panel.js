// The panel at the side: for a line every claim with its sentence, who says so, and how firmly.

const CERTAINTY = { Probable: "as probable", PossiblyTrue: "as possibly true" };
const QUOTE = 800; // letters of a sentence that are shown at first
const BESIDE = 300; // letters of the sentence before or behind
const OUTLETS = 12; // so many sources are named
const BLOCK = 400; // letters that are laid out together when a longer one is shown whole
const CARDS_AT_ONCE = 40; // claims of a line that are shown at first
const panel = document.getElementById("panel");

function showPanel(...content) {
  const close = element("button", { type: "button", className: "close", title: "Close (Escape)", "aria-label": "Close", onclick: () => select(null) }, "✕");
  panel.replaceChildren(close, ...content.filter((each) => each !== null));
  panel.hidden = false;
  panel.scrollTop = 0;
}

function chip(text, className = "") {
  return element("span", { className: `chip ${className}` }, text);
}

/** An actor's name that opens the actor. */
function actorButton(id) {
  return element("button", { type: "button", className: "actor", onclick: () => select(id) },
    actorIcon(actors.get(id)), element("bdi", {}, actors.get(id).label));
}

/** A line in words that opens its evidence; seen from the actor *from* where that is given. */
function lineButton(line, from = null) {
  const arrow = !line.oneWay ? "–" : line.from === from || from === null ? "→" : "←";
  const whole = from === null || line.sides || !line.parties.includes(from);
  const words = whole ? [element("bdi", {}, namesOf(line, 0)), ` ${line.oneWay ? "→" : "–"} `, element("bdi", {}, namesOf(line, 1))]
    : [`${arrow} `, element("bdi", {}, actors.get(line.from === from ? line.to : line.from).label)];
  return element("li", {}, element("button", { type: "button", className: "line", onclick: () => select(line.id) },
    lineIcon(colour(`quad-${quadOf(line)}`), line.stance),
    element("span", { className: "words" }, element("span", { className: "verb" }, line.label), ...words),
    element("span", { className: "number", title: count(line.claims.length, "claim") }, String(line.claims.length))));
}

function showLine(line) {
  const claims = line.claims.map((id) => data.claims[id]);
  const articles = new Set(claims.map((claim) => claim.article)).size;
  const others = linesBetween(line).filter((other) => other.id !== line.id);
  const extent = [line.events ? count(line.events, "event") : null, count(claims.length, "claim"), count(articles, "article")];
  showPanel(
    element("h2", { className: "ends" }, ...(line.sides?.[0] ?? [line.from]).map(actorButton),
      element("span", { className: "verb" }, `${line.oneWay ? "→" : "–"} ${line.verb}${line.events > 1 ? ` ×${line.events}` : ""} ${line.oneWay ? "→" : "–"}`),
      ...(line.sides?.[1] ?? [line.to]).map(actorButton)),
    element("p", { className: "chips" },
      element("span", { className: "chip" }, lineIcon(colour(`quad-${quadOf(line)}`), line.stance), QUADS[quadOf(line)]),
      chip(line.stance === "denied" ? `✕ ${line.stanceWords}` : line.stanceWords, `stance-${line.stance}`)),
    element("p", { className: "extent" }, extent.filter(Boolean).join(" · ")),
    sourcesOf(line.claims),
    claimList(line.claims),
    others.length ? element("h3", {}, line.ends.length > 2 ? "Also among these " : "Also between these two ", element("button", { type: "button", className: "whole", onclick: () => select(pairOf(line) ?? keyOf(line.parties)) }, "all of it")) : null,
    others.length ? element("ul", { className: "lines" }, ...others.map((other) => lineButton(other))) : null,
  );
}

function linesBetween(line) {
  return (pairs.get(pairOf(line)) ?? pairs.get(keyOf(line.parties)))?.lines.filter((other) => other.claims.length) ?? [];
}

const PAST = { says: "said", states: "stated", asks: "asked", denies: "denied", leaves: "left" }; // for one speaker and for many

/** What a claim's polarity and modality amount to, as a sentence that begins with who says so. */
function stanceOf({ polarity, modality, certainty, unsure, speaker }) {
  const says = { Actual: "states it as fact", Planned: "says it is planned", Requested: "asks for it", Obligatory: "says it has to be",
    Possible: "says it is possible", Conditional: "says it is so on a condition" };
  const denies = { Actual: "denies it", Planned: "says it is not planned", Requested: "asks that it not be", Obligatory: "says it need not be",
    Possible: "says it is not possible", Conditional: "says it is not so on a condition" };
  const words = polarity === "Affirmed" ? says[modality] : polarity === "Negated" ? denies[modality] : null;
  const certain = CERTAINTY[certainty] ? `, ${CERTAINTY[certainty]}` : "";
  const said = words ?? "leaves it open";
  return [element("bdi", { className: "speaker" }, speaker ?? "The article"),
    ` ${speaker ? said.replace(/^\w+/, (verb) => PAST[verb]) : said}${certain}${unsure ? " (unsurely read)" : ""}`];
}

/** A sentence with what the claim was read from marked in it; of one that is longer than people write, the part around the trigger. */
function markedSentence(claim) {
  const letters = Array.from(claim.sentence);
  if (letters.length <= QUOTE) return element("blockquote", { dir: "auto" }, ...marked(letters, claim.marks, 0, letters.length));
  const [start] = claim.marks.find(([, , what]) => what === "trigger") ?? claim.marks[0] ?? [0];
  const from = Math.max(0, Math.min(start - QUOTE / 4, letters.length - QUOTE));
  const to = from + QUOTE;
  const quote = element("blockquote", { dir: "auto" }, from ? "… " : "", ...marked(letters, claim.marks, from, to), to < letters.length ? " …" : "");
  const whole = element("button", { type: "button", className: "more", onclick: () => quote.replaceChildren(...blocks(letters, claim.marks)) },
    `Show the whole sentence (${count(letters.length, "character")})`);
  quote.append(element("br"), whole);
  return quote;
}

/** The letters from one place to another, with the marks [start, end, what] that lie there, counted in characters. */
function marked(letters, marks, from, to) {
  const parts = [];
  let at = from;
  for (const [begin, stop, what] of marks.slice().sort((a, b) => a[0] - b[0])) {
    const [start, end] = [Math.max(begin, from), Math.min(stop, to)];
    if (start < at || end <= start) continue; // It lies within the one before, or elsewhere.
    parts.push(letters.slice(at, start).join(""), element("mark", { className: what === "trigger" ? "trigger" : "role", title: what }, letters.slice(start, end).join("")));
    at = end;
  }
  parts.push(letters.slice(at, to).join(""));
  return parts;
}

/** All the letters in blocks, cut between words where there are any: a browser lays out each alone, and only those in view. */
function blocks(letters, marks) {
  const made = [];
  for (let from = 0, to; from < letters.length; from = to) {
    to = Math.min(from + BLOCK, letters.length);
    const space = letters.lastIndexOf(" ", to - 1);
    if (to < letters.length && space > from) to = space + 1;
    made.push(element("span", { className: "block" }, ...marked(letters, marks, from, to)));
  }
  return made;
}

/** The independent sources of claims, those of most articles first: a reprint has the source of its original, and is named after it. */
function sourcesOf(ids) {
  const sources = new Map();
  for (const key of new Set(ids.map((id) => claimAt(id).article))) {
    const { publisher, agency, original, title } = data.articles[key];
    const outlet = original ? agency : publisher;
    const source = outlet?.toLowerCase() ?? original ?? key;
    const known = sources.get(source) ?? { name: outlet ?? `“${title}”`, articles: 0, reprints: new Set() };
    if (original) known.reprints.add(publisher ?? `“${title}”`);
    else known.articles += 1;
    sources.set(source, known);
  }
  const ranked = [...sources.values()].sort((a, b) => b.articles - a.articles || (a.name < b.name ? -1 : 1));
  const named = ranked.slice(0, OUTLETS).flatMap(({ name, articles, reprints }, at) => [at ? "\u00a0· " : "", element("bdi", {}, name),
    articles > 1 ? ` ${articles.toLocaleString("en")}` : "", reprints.size ? ", reprinted by " : "",
    ...[...reprints].flatMap((reprint, place) => [place ? ", " : "", element("bdi", {}, reprint)])]);
  return element("p", { className: "extent sources" }, `${count(ranked.length, "source")}: `, ...named, ranked.length > OUTLETS ? ` and ${count(ranked.length - OUTLETS, "more")}` : "");
}

/** Claims as they are read: each with those that say the same in the same words in a reprint. */
function readings(ids) {
  const found = new Map();
  for (const id of ids) {
    const { article, sentence, marks, stance, speaker } = claimAt(id);
    const key = JSON.stringify([data.articles[article].original ?? article, sentence, marks, stance, speaker]);
    if (found.has(key)) found.get(key).push(id);
    else found.set(key, [id]);
  }
  const isReprint = (id) => Boolean(data.articles[claimAt(id).article].original);
  return [...found.values()].map((same) => same.sort((a, b) => isReprint(a) - isReprint(b)));
}

/** Claims with their sentences: the first of them, and on demand as many again. */
function claimList(ids) {
  const list = element("ol", { className: "claims" });
  const told = element("span");
  const more = element("button", { type: "button", className: "more", onclick: () => show(2 * list.children.length) });
  const rest = element("p", { className: "extent rest" }, told, more);
  const all = readings(ids);
  const show = (until) => {
    list.append(...all.slice(list.children.length, until).map(claimCard));
    const shown = list.children.length;
    rest.hidden = shown === all.length;
    told.textContent = `${all.slice(0, shown).flat().length.toLocaleString("en")} of ${count(ids.length, "claim")} shown `;
    more.textContent = `Show ${Math.min(shown, all.length - shown).toLocaleString("en")} more`;
  };
  list.showClaim = (id) => {
    const at = all.findIndex((same) => same.includes(id));
    show(Math.max(list.children.length, at + 1));
    return list.children[at];
  };
  show(CARDS_AT_ONCE);
  return all.length <= CARDS_AT_ONCE ? list : element("div", {}, list, rest);
}

/** Open a line at one of its claims. */
function selectClaim(line, id) {
  select(line.id);
  panel.querySelector(".claims")?.showClaim(id)?.scrollIntoView({ block: "nearest" });
}

/** The sentence before a claim's (-1) or behind it (1), or so much of it as lies beside it; null where there is none. */
function besideOf(claim, step) {
  const sentence = data.sentences[claim.article][claim.index + step];
  if (!sentence) return null;
  const letters = Array.from(sentence);
  const words = letters.length <= BESIDE ? sentence : step < 0 ? `… ${letters.slice(-BESIDE).join("")}` : `${letters.slice(0, BESIDE).join("")} …`;
  return element("p", { className: "beside", dir: "auto", title: step < 0 ? "The sentence before" : "The sentence behind" }, words);
}

/** One claim: the sentence with its words marked, those beside it, who says so, how firmly, where it stands, and its *reprints*. */
function claimCard([id, ...reprints]) {
  const claim = claimAt(id);
  return element("li", { className: `claim stance-${claim.stance}` },
    besideOf(claim, -1),
    markedSentence(claim),
    besideOf(claim, 1),
    element("p", { className: "stance" }, claim.stance === "denied" ? element("span", { className: "cross", "aria-hidden": "true" }, "✕ ") : null,
      ...stanceOf(claim), claim.cue ? ` (“${claim.cue}”)` : null, claim.quoted ? ", in direct speech" : null, ".",
      claim.status && !["Reported", "Confirmed", "Planned"].includes(claim.status)
        ? chip(`event ${claim.status.toLowerCase()}`, "stance-denied") : null),
    element("dl", {},
      ...fact("When", whenOf(claim) ? [whenOf(claim)] : null),
      ...fact("Amount", claim.amount ? [claim.amount] : null),
      ...fact("Article", origin(claim.article)),
      ...fact("Reprints", reprints.length ? reprints.flatMap((each, at) => [at ? element("br") : null, ...origin(claimAt(each).article)]) : null)));
}

/** An article's title with its outlet, day and file. */
function origin(key) {
  const { title, publisher, issued, file, url, address } = data.articles[key];
  return [webLink(url, title), element("br"), [publisher, issued ? issued.replace("T", " ").replace(/:00$/, "") : null, file === title ? null : file].filter(Boolean).join(" · "),
    address && !url ? element("span", { className: "address" }, ` ${address}`) : null];
}

function fact(name, words) {
  return words === null ? [] : [element("dt", {}, name), element("dd", { dir: "auto" }, ...words.filter(Boolean))];
}
