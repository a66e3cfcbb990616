// The panel for an actor, its dossier in short, and for a pair: all their relations, and their course through time.

const AT_ONCE = 60; // so many relations are listed at once
const READ_AT_ONCE = 8; // a pair with no more claims shows them all

function showActor(actor) {
  const all = linesOf.get(actor.id).filter(allowed);
  // What lies within one who is drawn, as the offices of a state, comes last.
  const own = [...all.filter((line) => line.ends.length > 1), ...all.filter((line) => line.ends.length < 2)];
  const claims = own.flatMap((line) => line.claims);
  const offices = own.filter((line) => line.relation === "holdsPosition" && line.stance === "actual");
  showPanel(
    element("h2", {}, actorIcon(actor), element("bdi", {}, actor.label)),
    element("p", { className: "chips" }, chip(actor.cls),
      actor.wikidata ? element("span", { className: "chip" }, webLink(`https://www.wikidata.org/wiki/${actor.wikidata}`, `Wikidata ${actor.wikidata}`)) : null),
    actor.names.length ? element("p", { className: "names" }, "Also named ", ...actor.names.slice(0, AT_ONCE).flatMap((name, index) => [index ? ", " : "", element("bdi", {}, name)]),
      actor.names.length > AT_ONCE ? `, and ${count(actor.names.length - AT_ONCE, "name")} more` : null) : null,
    standingIn(actor),
    isAlone(actor.id) ? null : actorTools(actor),
    element("dl", { className: "dossier" },
      ...officeFacts(actor, offices), ...fact("Time", spanOf(claims)), ...fact("Mostly", partners(actor, own))),
    own.length ? kindsOf(own) : null,
    element("h3", {}, `${count(own.length, "relation")} in ${count(new Set(claims).size, "claim")}`),
    longList(own, (line) => lineButton(line, actor.id)),
    ...asidesOf(actor),
  );
}

/** For whom an actor acts or who acts for it, and how to fold or unfold them. */
function standingIn(actor) {
  const whom = members.has(actor.standIn) ? actor.standIn : null;
  if (!isFolding() || (whom === null && !members.has(actor.id))) return null;
  const press = (words, action) => element("button", { type: "button", className: "more", onclick: action }, words);
  if (whom !== null) return element("p", { className: "extent" }, "Acts for ", element("bdi", {}, actors.get(whom).label), " ", press(`Fold into ${actors.get(whom).label}`, () => { view.chosen = whom; unfold(whom); }));
  const folded = foldedInto(actor.id);
  const named = folded.slice(0, 6).map((id) => actors.get(id).label).join(", ");
  return element("p", { className: "extent" }, folded.length ? `Drawn with ${folded.length} who ${folded.length === 1 ? "acts" : "act"} for it: ${named}${folded.length > 6 ? " …" : ""} ` : "",
    press(isUnfolded(actor.id) ? "Fold them again" : "Unfold", () => unfold(actor.id)));
}

/** What an actor states, and what it does to or with nobody known: the claims that no line stands for, by verb. */
function asidesOf(actor) {
  const own = [actor.id, ...foldedInto(actor.id)].flatMap((id) => data.asides[id] ?? []).filter(([id]) => inTime(claimAt(id)));
  const verbs = new Map();
  for (const [id, verb] of own) verbs.set(verb, (verbs.get(verb) ?? new Set()).add(id));
  if (!verbs.size) return [];
  const item = ([verb, ids]) => {
    const details = element("details", {}, element("summary", {}, element("span", { className: "words" }, element("span", { className: "verb" }, verb)),
      element("span", { className: "number", title: count(ids.size, "claim") }, String(ids.size))));
    details.dataset.verb = verb;
    details.fill = () => {
      if (!details.querySelector(".claims")) details.append(claimList([...ids]));
      return details.querySelector(".claims");
    };
    details.addEventListener("toggle", details.fill);
    return element("li", {}, details);
  };
  return [element("h3", {}, `Beside the lines: ${count(new Set(own.map(([id]) => id)).size, "claim")} with nobody known on another side`),
    element("ul", { className: "relations asides" }, ...[...verbs].sort(([a, m], [b, n]) => n.size - m.size || (a < b ? -1 : 1)).map(item))];
}

/** Open an actor at a claim that no line stands for. */
function selectAside({ id, verb, claim }) {
  select(id);
  const details = [...panel.querySelectorAll(".asides details")].find((each) => each.dataset.verb === verb);
  if (!details) return;
  details.open = true;
  details.fill().showClaim?.(claim)?.scrollIntoView({ block: "nearest" });
}

/** Whether a claim is of the time that is chosen, by the days that lines are filtered by. */
function inTime({ article, begin, end, reported }) {
  if (view.from === null && view.to === null) return true;
  const first = dayOf(view.clock === "event" ? begin ?? end ?? reported : data.articles[article].issued);
  const last = view.clock === "event" ? dayOf(end ?? reported ?? begin) : first;
  return Number.isNaN(first) ? view.undated : last >= (view.from === null ? -Infinity : dayOf(view.from)) && first <= (view.to === null ? Infinity : dayOf(view.to));
}

/** What can be done with an actor in the picture. */
function actorTools(actor) {
  const tool = (words, title, action, pressed = null) => element("button",
    { type: "button", title, onclick: () => action(actor.id), ...(pressed === null ? {} : { "aria-pressed": String(pressed) }) }, words);
  return element("p", { className: "actor-tools", role: "group", "aria-label": "In the picture" },
    tool("Focus", "Show only those around this actor", focusOn, view.focus === actor.id),
    tool("Expand", "Bring in more of those it deals with (double click)", expand),
    tool("Pin", "Keep it in the picture whatever its weight", pin, view.pinned.has(actor.id)),
    tool("Hide", "Take it out of the picture", hide),
    tool("Path to …", "The shortest path to another actor", pathFrom));
}

/** Who holds which office, from whichever side the actor stands. */
function officeFacts(actor, offices) {
  const held = offices.filter((line) => line.from === actor.id);
  const given = offices.filter((line) => line.to === actor.id);
  const row = (line, words) => element("button", { type: "button", className: "plain", onclick: () => select(line.id) }, words);
  return [
    ...fact("Offices", held.length ? several(held.map((line) => row(line, `${line.verb} ${actors.get(line.to).label}`))) : null),
    ...fact("Officials", given.length ? several(given.map((line) => row(line, `${actors.get(line.from).label}, ${line.verb.replace(/ of$/, "")}`))) : null),
  ];
}

function several(items, most = 6) {
  return [element("span", { className: "several" }, ...items.slice(0, most), items.length > most ? element("span", {}, `${items.length - most} more`) : null)];
}

/** With whom an actor deals most, each leading to the pair. */
function partners(actor, own) {
  const sums = new Map();
  for (const line of own) for (const other of otherEnds(line, actor.id)) sums.set(other, (sums.get(other) ?? 0) + line.claims.length);
  const top = [...sums].sort((a, b) => b[1] - a[1]).slice(0, 5);
  return several(top.map(([id, claims]) => element("button",
    { type: "button", className: "plain", onclick: () => select(pairOf({ from: actor.id, to: id })) }, element("bdi", {}, actors.get(id).label), ` (${claims})`)));
}

/** The first and the last day that claims speak of; null where none is dated. */
function spanOf(claims) {
  const days = claims.map(begunOn).filter(Boolean).sort();
  if (!days.length) return null;
  return [days[0] === days.at(-1) ? days[0] : `${days[0]} to ${days.at(-1)}`];
}

/** When a claim's event began, no closer than it is known: a year, a month or a day. */
function begunOn(id) {
  return data.claims[id].when?.match(/^\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?/)?.[0] ?? null;
}

/** How many relations of each colour, as bars. */
function kindsOf(own) {
  const counts = Object.keys(QUADS).map((quad) => [quad, own.filter((line) => quadOf(line) === quad).length]).filter(([, many]) => many);
  const most = Math.max(...counts.map(([, many]) => many));
  return element("ul", { className: "tally", "aria-label": "Relations by kind" }, ...counts.map(([quad, many]) => {
    const bar = element("span", { className: `share quad-${quad}` });
    bar.style.setProperty("--share", many / most);
    return element("li", {}, element("span", { className: "name" }, QUADS[quad]), bar, element("span", { className: "number" }, String(many)));
  }));
}

/** A list that shows its first items, and on demand as many again. */
function longList(items, make, className = "lines") {
  const list = element("ul", { className }, ...items.slice(0, AT_ONCE).map(make));
  if (items.length <= AT_ONCE) return list;
  const more = element("button", { type: "button", className: "more" });
  const sayMore = () => {
    const left = items.length - list.children.length;
    if (left) more.textContent = `Show ${Math.min(left, list.children.length).toLocaleString("en")} more of ${items.length.toLocaleString("en")}`;
    else more.remove();
  };
  more.onclick = () => {
    list.append(...items.slice(list.children.length, 2 * list.children.length).map(make));
    sayMore();
  };
  sayMore();
  return element("div", {}, list, more);
}

function showPair(pair) {
  const own = pair.lines.filter(allowed);
  const claims = own.flatMap((line) => line.claims);
  const articles = new Set(claims.map((id) => data.claims[id].article)).size;
  showPanel(
    element("h2", { className: "ends" }, ...pair.ends.flatMap((id, at) => [at ? element("span", { className: "verb" }, "and") : null, actorButton(id)]).filter(Boolean)),
    element("p", { className: "extent" }, [count(own.length, "relation"), count(claimsOf(own), "claim"), count(articles, "article")].join(" · ")),
    sourcesOf([...new Set(claims)]),
    course(own),
    kindsOf(own),
    element("h3", {}, "Relations, each with its evidence"),
    longList(own, (line) => relationDetails(line, claims.length <= READ_AT_ONCE || line === own[0]), "relations"),
  );
}

/** A relation of a pair that opens into its claims; they are made when it is opened. */
function relationDetails(line, open) {
  const details = element("details", { open }, element("summary", {}, lineIcon(colour(`quad-${quadOf(line)}`), line.stance),
    element("span", { className: "words" }, element("span", { className: "verb" }, line.label),
      element("bdi", {}, namesOf(line, 0)), line.oneWay ? " → " : " – ", element("bdi", {}, namesOf(line, 1))),
    element("span", { className: "number", title: count(line.claims.length, "claim") }, String(line.claims.length))));
  const fill = () => { if (!details.querySelector(".claims")) details.append(claimList(line.claims)); };
  if (open) fill();
  details.addEventListener("toggle", fill);
  const item = element("li", {}, details);
  item.dataset.line = line.id;
  return item;
}

/** The month of a claim by a clock: that of which it tells, or that of its report, as where it tells of none; undefined where it is not known. */
function monthOf(id, clock) {
  const { when, reported } = data.claims[id];
  const day = clock === "event" ? (when ? begunOn(id) : reported) : data.articles[data.claims[id].article].issued;
  return day?.match(/^\d{4}-\d{2}/)?.[0];
}

/** The mean score of what is claimed as fact, and the number of claims, by month; undated claims are left out. */
function scoresByMonth(own, clock) {
  const months = new Map();
  for (const line of own.filter((each) => each.stance === "actual" && Number.isFinite(each.score)))
    for (const id of line.claims) {
      const month = monthOf(id, clock);
      if (!month) continue;
      const { sum, claims } = months.get(month) ?? { sum: 0, claims: 0 };
      months.set(month, { sum: sum + line.score, claims: claims + 1 });
    }
  return [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, { sum, claims }]) => ({ month, score: sum / claims, claims }));
}

/** A pair's course through time: a bar a month, up for cooperation and down for conflict; where no event is dated, by its reports. */
function course(own) {
  const clock = [view.clock, "report"].find((each) => scoresByMonth(own, each).length);
  if (!clock) return null;
  const found = scoresByMonth(own, clock);
  const told = clock === "event" && own.some((line) => line.claims.some((id) => data.claims[id].when));
  const by = told ? "by month" : "by month of the report";
  const months = monthsBetween(found[0].month, found.at(-1).month);
  const [width, half] = [340, 36];
  const step = width / Math.max(months.length, 12);
  const most = Math.max(4, ...found.map(({ score }) => Math.abs(score)));
  const drawn = svg("svg", { viewBox: `0 0 ${width} ${2 * half + 16}`, class: "course", role: "img",
    "aria-label": `Course ${by}, from conflict (below 0) to cooperation: ${found.map(({ month, score, claims }) => `${month}: ${signed(score)} in ${count(claims, "claim")}`).join("; ")}` },
    svg("line", { x1: 0, x2: width, y1: half, y2: half, class: "axis" }));
  for (const { month, score, claims } of found) {
    const high = Math.max(1.5, (Math.abs(score) / most) * (half - 2));
    const bar = svg("rect", { x: round(months.indexOf(month) * step), width: round(Math.max(1.5, step - 1.5)), y: round(score >= 0 ? half - high : half), height: round(high),
      class: score >= 0 ? "up" : "down" }, svg("title"));
    bar.firstChild.textContent = `${month}: ${signed(score)}, ${count(claims, "claim")}`;
    drawn.append(bar);
  }
  const name = (month, x, anchor) => {
    const text = svg("text", { x: round(x), y: 2 * half + 13, "text-anchor": anchor });
    text.textContent = month;
    drawn.append(text);
  };
  name(months[0], 0, "start");
  if (months.length * step > 120) name(months.at(-1), months.length * step, "end");
  return element("figure", { className: "through-time" }, element("figcaption", {}, `Conflict (down) to cooperation (up), ${by}`), drawn);
}

function signed(score) {
  return `${score > 0 ? "+" : score < 0 ? "−" : ""}${Math.abs(score).toFixed(1)}`;
}

/** All months from *first* to *last*, as 2014-12; no more than a century of them. */
function monthsBetween(first, last) {
  const found = [];
  let [year, month] = first.split("-").map(Number);
  while (found.length < 1200 && (found.at(-1) ?? "") < last) {
    found.push(`${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
  return found;
}
