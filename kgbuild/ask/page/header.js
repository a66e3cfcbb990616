// What the header says: how much is drawn, and why the rest is not.

/** How much is shown: claims of all that the graph has; and why the others are not, in words and in numbers that add up. */
function sayWhatIsShown() {
  document.querySelector("#legend .bundled").hidden = areFew() || ![...groups.values()].some((some) => some.length > 1);
  document.querySelector("#legend .folded").hidden = !isFolding();
  document.querySelector("#legend .gathered").hidden = !gatherings.size;
  const drawn = [...weighty].filter(([id, [line]]) => line.ends.length === 2 || gatherings.has(id));
  document.querySelector("#legend .mixed").hidden = areFew() || !drawn.some(([, some]) => some.length > 1 && tonesOf(some));
  const { total, drawn: joining, statements, one_sided: oneSided, elsewhere } = data.counts;
  const seen = new Set(drawn.flatMap(([, some]) => some.flatMap((line) => line.claims)));
  const within = new Set(passed.lines.filter((line) => line.ends.length < 2).flatMap((line) => line.claims).filter((id) => !seen.has(id)));
  const left = new Set(passed.lines.flatMap((line) => line.claims).filter((id) => !seen.has(id) && !within.has(id)));
  const filtered = joining - seen.size - within.size - left.size;
  const number = (many) => grouped.format(many);
  const beside = [statements ? count(statements, "statement") : null, oneSided ? `${number(oneSided)} with one side` : null].filter(Boolean);
  const reasons = [
    filtered > 0 ? `${number(filtered)} filtered out` : null,
    left.size ? `${number(left.size)} of other actors and lines` : null,
    within.size ? `${number(within.size)} within one state or body` : null,
    beside.length ? `${beside.join(" and ")} (in the panels of actors)` : null,
    elsewhere ? `${number(elsewhere)} of nobody here` : null,
  ].filter(Boolean);
  const many = areFew() ? drawn.reduce((sum, [id, some]) => sum + (gatherings.has(id) ? 1 : some.length), 0) : drawn.length;
  document.getElementById("shown").textContent = `${count(shown.actors.length, "actor")}, ${count(many, "line")}: `
    + `${number(seen.size)} of ${count(Math.max(total, seen.size), "claim")}${reasons.length ? `. Not drawn: ${reasons.join(", ")}` : ""}`;
}
