// What the mouse is on, in words. It is our own element: it goes as soon as the mouse leaves, clicks or moves the picture.

const VERBS = 3; // so many of a line's verbs are named

/** The weightiest verbs of some lines, each with its events, or claims where it tells of none: [["meets", 12], ["✕ aids", 3]]. */
function verbsOf(some) {
  const sums = new Map();
  for (const line of some) {
    const verb = `${line.stance === "denied" ? "✕ " : ""}${line.verb}`;
    for (const id of line.claims) sums.set(verb, (sums.get(verb) ?? new Set()).add(data.claims[id].event ?? id));
  }
  return [...sums].map(([verb, ids]) => [verb, ids.size]).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

/** What a strand is about, in words. */
function strandWords(strand) {
  const gathering = gatherings.get(strand.hub ?? strand.id);
  const verbs = verbsOf(strand.lines);
  const name = (id) => element("strong", { dir: "auto" }, actors.get(id).label);
  const ends = gathering ? gathering.ends.flatMap((id, at) => [at ? ", " : null, name(id)])
    : [name(strand.from), strand.oneWay ? " → " : " – ", name(strand.to)];
  const rest = verbs.length - VERBS;
  return [element("div", {}, ...ends),
    element("ul", {}, ...verbs.slice(0, VERBS).map(([verb, claims]) => element("li", {}, element("span", {}, verb), element("span", { className: "number" }, String(claims))))),
    element("div", { className: "number" }, `${rest > 0 ? `and ${rest} more; ` : ""}${count(claimsOf(strand.lines), "claim")}: click to read`)];
}

/** What an actor is, in words. */
function actorWords(actor) {
  const folded = foldedInto(actor.id).length;
  return [element("strong", { dir: "auto" }, actor.label), element("div", {}, actor.cls),
    element("div", { className: "number" }, `${count(linesOf.get(actor.id).filter((line) => allowed(line) && line.ends.length > 1).length, "relation")}, ${count(actor.claims, "claim")}`),
    folded ? element("div", { className: "number" }, `with ${folded} who act for it`) : null];
}

/** Say in words what the mouse is on, beside it; null takes it back. */
function showHover(id) {
  const box = document.getElementById("hover");
  const words = id === null ? null : strands.has(id) ? strandWords(strands.get(id)) : gatherings.has(id) ? strandWords(gatherings.get(id)) : actors.has(id) ? actorWords(actors.get(id)) : null;
  box.hidden = words === null;
  box.replaceChildren(...(words ?? []).filter(Boolean));
  if (words) placeHover();
}

const mouse = { x: 0, y: 0 };

function placeHover() {
  const box = document.getElementById("hover");
  const { clientWidth, clientHeight } = document.getElementById("picture");
  const { offsetWidth, offsetHeight } = box;
  box.style.left = `${Math.max(4, Math.min(mouse.x + 14, clientWidth - offsetWidth - 4))}px`;
  box.style.top = `${mouse.y + 18 + offsetHeight < clientHeight ? mouse.y + 18 : Math.max(4, mouse.y - offsetHeight - 10)}px`;
}

function startHover() {
  const picture = document.getElementById("picture");
  picture.addEventListener("mousemove", (event) => {
    const { left, top } = picture.getBoundingClientRect();
    Object.assign(mouse, { x: event.clientX - left, y: event.clientY - top });
  });
  for (const leaving of ["mouseleave", "pointerdown", "wheel"]) picture.addEventListener(leaving, () => point(null, 0), { passive: true });
  addEventListener("keydown", () => point(null, 0));
}
