// Finding an actor by any of its names, and a line by its verb or a sentence behind it, whatever the accents.

const PLAIN = { ł: "l", đ: "d", ø: "o", ı: "i", ß: "ss", æ: "ae", œ: "oe", ð: "d", þ: "th" };

/** *text* without case and accents, for comparing. */
function plain(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[łđøıßæœðþ]/g, (letter) => PLAIN[letter]);
}

let index = null; // made when it is first asked for: it would hold up the opening of a large page

/** All actors with all their names, plain. */
function namesOfAll() {
  index ??= everyone.map((actor) => ({
    actor,
    names: [actor.label, ...actor.names].map((name) => ({ name, plain: ` ${plain(name).replace(/[-–'’.]/g, " ")}` })),
  }));
  return index;
}

/** The actors with a name in which a word starts as *query* does; then those that contain it; weightiest first. */
function find(query) {
  const wanted = plain(query).replace(/[-–'’.]/g, " ").trim();
  if (!wanted) return [];
  const hits = namesOfAll().flatMap(({ actor, names }, rank) => {
    const start = names.find((name) => name.plain.includes(` ${wanted}`));
    const inside = start ?? names.find((name) => name.plain.includes(wanted));
    return inside ? [{ actor, name: inside.name, order: (start ? 0 : everyone.length) + rank }] : [];
  });
  return hits.sort((a, b) => a.order - b.order).slice(0, 10);
}

const AROUND = 60; // letters of a sentence that are shown before and behind the words that were looked for
let told = null; // made when it is first asked for, as the names are

/** Each line with its verb and the sentences behind it, plain, those of most claims first; then what stands beside the lines, by actor. */
function sentencesOfAll() {
  const sentence = (id) => ({ id, text: claimAt(id).sentence, plain: plain(claimAt(id).sentence) });
  told ??= [
    ...[...data.edges].sort((a, b) => b.claims.length - a.claims.length).map((line) => ({ line, verb: plain(line.verb), sentences: line.claims.map(sentence) })),
    ...Object.entries(data.asides).flatMap(([id, some]) => some.filter(([claim]) => claimAt(claim)).map(([claim, verb]) => ({ aside: { id, verb, claim }, verb: plain(verb), sentences: [sentence(claim)] }))),
  ];
  return told;
}

/** The lines, and the claims beside them, of which the verb, or a sentence with the verb, has all words of *query*; of three letters on. */
function findLines(query) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.join("").length < 3) return [];
  const has = (text) => words.every((word) => text.includes(word));
  const hits = sentencesOfAll().flatMap(({ line, aside, verb, sentences }) => {
    const found = line && has(verb) ? sentences[0] : sentences.find((sentence) => has(`${verb} ${sentence.plain}`));
    if (!found) return [];
    const at = Math.max(0, ...words.map((word) => found.plain.indexOf(word)));
    return [{ line, aside, words: excerpt(found.text, at), order: line ? (has(verb) ? 0 : 1) : 2 }];
  });
  return hits.sort((a, b) => a.order - b.order).slice(0, 6);
}

/** The letters around a place of *text*, with "…" where it goes on. */
function excerpt(text, at) {
  const [from, to] = [Math.max(0, at - AROUND), Math.min(text.length, at + 2 * AROUND)];
  return `${from ? "…" : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}`;
}

/** What stands in the list for an actor, a line or a claim beside the lines that was found. */
function hitContent(hit) {
  if (hit.line) {
    return [lineIcon(colour(`quad-${quadOf(hit.line)}`), hit.line.stance),
      element("span", { className: "told" },
        element("bdi", { className: "name" }, `${namesOf(hit.line, 0)} ${hit.line.verb} ${namesOf(hit.line, 1)}`),
        element("q", { dir: "auto" }, hit.words))];
  }
  if (hit.aside) {
    const actor = actors.get(hit.aside.id);
    return [kindIcon(actor.group), element("span", { className: "told" },
      element("bdi", { className: "name" }, `${actor.label} ${hit.aside.verb}`), element("q", { dir: "auto" }, hit.words))];
  }
  return [kindIcon(hit.actor.group), element("bdi", { className: "name" }, hit.actor.label),
    hit.name === hit.actor.label ? null : element("bdi", { className: "alias" }, hit.name)];
}

/** Let *input* find actors, and what *more* finds, in *list*, and *take* the id of the one chosen, and the claim where it is one beside the lines. */
function combobox(input, list, take, { more = () => [], none = "No actor of that name" } = {}) {
  let hits = [];
  let at = 0;

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const chosen = (hit) => {
    input.value = "";
    close();
    take((hit.actor ?? hit.line ?? hit.aside).id, hit.aside);
  };
  const show = () => {
    list.replaceChildren(...hits.map((hit, place) => element("li",
      { id: `${list.id}-${place}`, role: "option", "aria-selected": String(place === at), onpointerdown: (event) => { event.preventDefault(); chosen(hit); } },
      ...hitContent(hit))));
    if (input.value.trim() && !hits.length) list.replaceChildren(element("li", { className: "none" }, none));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (hits.length) input.setAttribute("aria-activedescendant", `${list.id}-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };

  input.addEventListener("input", () => {
    hits = [...find(input.value), ...more(input.value)];
    at = 0;
    show();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && hits[at] && !list.hidden) chosen(hits[at]);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (hits.length) at = (at + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
      show();
    } else if (event.key === "Escape" && input.value) {
      event.stopPropagation();
      input.value = "";
      close();
    }
  });
  input.addEventListener("blur", close);
}

function startSearch() {
  combobox(document.getElementById("search"), document.getElementById("found"), (id, aside) => (aside ? selectAside(aside) : select(id)),
    { more: findLines, none: "No name, verb or sentence has that" });
}
