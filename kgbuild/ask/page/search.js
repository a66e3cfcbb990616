// Finding an actor by any of its names, whatever the accents.

const PLAIN = { ł: "l", đ: "d", ø: "o", ı: "i", ß: "ss", æ: "ae", œ: "oe", ð: "d", þ: "th" };

/** *text* without case and accents, for comparing. */
function plain(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[łđøıßæœðþ]/g, (letter) => PLAIN[letter]);
}

let index = null; // made when it is first asked for: it would hold up the opening of a large page

/** All actors with all their names, plain. */
function namesOfAll() {
  index ??= data.nodes.map((actor) => ({
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
    return inside ? [{ actor, name: inside.name, order: (start ? 0 : data.nodes.length) + rank }] : [];
  });
  return hits.sort((a, b) => a.order - b.order).slice(0, 10);
}

/** Let *input* find actors in *list*, and *take* the id of the one chosen. */
function combobox(input, list, take) {
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
    take(hit.actor.id);
  };
  const show = () => {
    list.replaceChildren(...hits.map((hit, place) => element("li",
      { id: `${list.id}-${place}`, role: "option", "aria-selected": String(place === at), onpointerdown: (event) => { event.preventDefault(); chosen(hit); } },
      kindIcon(hit.actor.group), element("bdi", { className: "name" }, hit.actor.label),
      hit.name === hit.actor.label ? null : element("bdi", { className: "alias" }, hit.name))));
    if (input.value.trim() && !hits.length) list.replaceChildren(element("li", { className: "none" }, "No actor of that name"));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (hits.length) input.setAttribute("aria-activedescendant", `${list.id}-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };

  input.addEventListener("input", () => {
    hits = find(input.value);
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
  combobox(document.getElementById("search"), document.getElementById("found"), (id) => select(id));
}
