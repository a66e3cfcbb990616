// What the page knows. All text from articles stays text: it reaches the document through textContent alone.

const data = await loadData();
const everyone = [...data.nodes, ...data.alone]; // the weightiest first; those alone have no line, and are not drawn
const actors = new Map(everyone.map((actor) => [actor.id, actor]));
const lines = new Map(data.edges.map((line) => [line.id, line]));
const linesOf = new Map(everyone.map((actor) => [actor.id, []]));
for (const claim of [data.claims, data.said].flatMap(Object.values)) claim.sentence = data.sentences[claim.article][claim.index]; // carried once for all
for (const line of data.edges) line.parties = line.sides ? line.sides.flat() : [line.from, line.to]; // all who take part; folding.js says as whom they are drawn

const KINDS = { state: "State", person: "Person", organisation: "Organisation", place: "Place", other: "Other" };
const QUADS = {
  MaterialCooperation: "Cooperation in deeds",
  VerbalCooperation: "Cooperation in words",
  Relation: "Standing relation, office or vote",
  VerbalConflict: "Conflict in words",
  MaterialConflict: "Conflict in deeds",
};
const STANCES = {
  actual: "Fact",
  planned: "Plan, request, duty",
  possible: "Possible, conditional, unsure",
  denied: "✕ Denied, cancelled",
};

/** The quad class that colours a line; one that the legend does not know counts as one. */
function quadOf(line) {
  return line.quad in QUADS ? line.quad : "Relation";
}

/** The other ends of *line* as they are drawn, seen from the actor *id*. */
function otherEnds(line, id) {
  return (line.ends.includes(id) ? line.ends : line.parties).filter((end) => end !== id);
}

/** Who stands on a side of a line, in words: those who act (0), or those whom they face (1). */
function namesOf(line, side) {
  return (line.sides?.[side] ?? [side ? line.to : line.from]).map((id) => actors.get(id).label).join(", ");
}

/** How many claims stand behind some lines; one may stand behind several. */
function claimsOf(some) {
  return new Set(some.flatMap((line) => line.claims)).size;
}

/** A claim that a line stands for, or one that stands in a panel alone. */
function claimAt(id) {
  return data.claims[id] ?? data.said[id];
}

/** The same key for all lines between two actors, whichever way they go; null for a line within one that is drawn. */
function pairOf({ from, to, pair }) {
  return pair !== undefined ? pair : (from < to ? `${from} -- ${to}` : `${to} -- ${from}`);
}

// Made once: toLocaleString makes it anew each time, and there are thousands of counts.
const grouped = new Intl.NumberFormat("en");

/** "1 claim", "3 claims". */
function count(number, noun) {
  return `${grouped.format(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** An element with properties and children; a string child becomes text, never markup. */
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role") made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A link that leaves the page, or plain text where the address is not one of the web. */
function webLink(address, text) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    // Not an address at all.
  }
  if (!url || !["http:", "https:"].includes(url.protocol)) return element("span", {}, text);
  return element("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** What the page carries, as JSON or, where there is much of it, as gzip in base64. */
async function loadData() {
  const carried = document.getElementById("network-data");
  if (carried.type === "application/json") return JSON.parse(carried.textContent);
  if (!("DecompressionStream" in window)) {
    document.getElementById("shown").textContent = "This page needs a browser of 2023 or later.";
    throw new Error("no DecompressionStream");
  }
  const letters = atob(carried.textContent);
  const bytes = new Uint8Array(letters.length);
  // Uint8Array.from would go through an iterator, ten times as slow: a second of the opening of a large page.
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}
