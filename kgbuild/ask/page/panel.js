// The panel at the side: for a line every claim with its sentence, for an actor its names and relations.

const CERTAINTY = { Certain: "certain", Probable: "probable", PossiblyTrue: "possibly true" };
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
    kindIcon(actors.get(id).group), element("bdi", {}, actors.get(id).label));
}

/** A line in words that opens its evidence; seen from the actor *from* where that is given. */
function lineButton(line, from = null) {
  const arrow = !line.oneWay ? "–" : line.from === from || from === null ? "→" : "←";
  const words = from === null ? [element("bdi", {}, actors.get(line.from).label), ` ${arrow} `, element("bdi", {}, actors.get(line.to).label)]
    : [`${arrow} `, element("bdi", {}, actors.get(otherEnd(line, from)).label)];
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
    element("h2", { className: "ends" }, actorButton(line.from),
      element("span", { className: "verb" }, `${line.oneWay ? "→" : "–"} ${line.verb}${line.events > 1 ? ` ×${line.events}` : ""} ${line.oneWay ? "→" : "–"}`),
      actorButton(line.to)),
    element("p", { className: "chips" },
      element("span", { className: "chip" }, lineIcon(colour(`quad-${quadOf(line)}`), line.stance), QUADS[quadOf(line)]),
      chip(line.stance === "denied" ? `✕ ${line.stanceWords}` : line.stanceWords, `stance-${line.stance}`)),
    element("p", { className: "extent" }, extent.filter(Boolean).join(" · ")),
    element("ol", { className: "claims" }, ...claims.map(claimCard)),
    others.length ? element("h3", {}, "Also between these two") : null,
    others.length ? element("ul", { className: "lines" }, ...others.map((other) => lineButton(other))) : null,
  );
}

function linesBetween(line) {
  return linesOf.get(line.from).filter((other) => pairOf(other) === pairOf(line));
}

/** One claim: the sentence with its trigger marked, who says so, how firmly, and where it stands. */
function claimCard(claim) {
  const letters = Array.from(claim.sentence);
  const [start, end] = claim.mark ?? [0, 0];
  const sentence = element("blockquote", { dir: "auto" },
    letters.slice(0, start).join(""), start === end ? null : element("mark", {}, letters.slice(start, end).join("")), letters.slice(end).join(""));
  const article = data.articles[claim.article];
  const denied = claim.polarity === "Negated";
  const origin = [article.publisher, article.issued ? article.issued.replace("T", " ").replace(/:00$/, "") : null, article.file === article.title ? null : article.file];
  return element("li", { className: `claim stance-${claim.stance}` },
    sentence,
    element("p", { className: "chips" },
      denied ? chip("✕ denied", "stance-denied") : chip(claim.polarity === "Affirmed" ? "affirmed" : "undecided"),
      claim.modality === "Actual" ? (denied ? null : chip("as a fact"))
        : chip(claim.modality.toLowerCase() || "undecided", claim.stance === "possible" ? "stance-possible" : "stance-planned"),
      CERTAINTY[claim.certainty] ? chip(CERTAINTY[claim.certainty]) : null,
      claim.status && !["Reported", "Planned"].includes(claim.status) ? chip(`event: ${claim.status.toLowerCase()}`, claim.status === "Confirmed" ? "" : "stance-denied") : null),
    element("dl", {},
      ...fact("Speaker", claim.speaker ? [element("bdi", {}, claim.speaker), claim.cue ? ` (“${claim.cue}”)` : null, claim.quoted ? ", in direct speech" : null] : ["the article itself"]),
      ...fact("When", claim.when ? [claim.when] : null),
      ...fact("Amount", claim.amount ? [claim.amount] : null),
      ...fact("Article", [webLink(article.url, article.title), element("br"), origin.filter(Boolean).join(" · "),
        article.address && !article.url ? element("span", { className: "address" }, ` ${article.address}`) : null])));
}

function fact(name, words) {
  return words === null ? [] : [element("dt", {}, name), element("dd", { dir: "auto" }, ...words.filter(Boolean))];
}

function showActor(actor) {
  const own = linesOf.get(actor.id);
  showPanel(
    element("h2", {}, kindIcon(actor.group), element("bdi", {}, actor.label)),
    element("p", { className: "chips" }, chip(actor.cls),
      actor.wikidata ? element("span", { className: "chip" }, webLink(`https://www.wikidata.org/wiki/${actor.wikidata}`, `Wikidata ${actor.wikidata}`)) : null),
    actor.names.length ? element("p", { className: "names" }, "Also named ", ...actor.names.flatMap((name, index) => [index ? ", " : "", element("bdi", {}, name)])) : null,
    element("h3", {}, `${count(own.length, "relation")} in ${count(actor.claims, "claim")}`),
    element("ul", { className: "lines" }, ...own.map((line) => lineButton(line, actor.id))),
  );
}
