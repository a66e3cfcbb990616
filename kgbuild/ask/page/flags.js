// Flags of states, as pictures that stand in the page itself.

const flagAddresses = new Map();

/** The address of a state's flag cut to a square, or null where the page carries none. */
function flagOf(actor) {
  const drawn = actor.group === "state" ? data.flags?.[actor.iso2] : undefined;
  if (!drawn) return null;
  if (!flagAddresses.has(actor.iso2)) flagAddresses.set(actor.iso2, flagAddress(drawn));
  return flagAddresses.get(actor.iso2);
}

/** An image's scripts never run and it may load nothing: browsers show it as a picture alone. */
function flagAddress(drawn) {
  const flag = new DOMParser().parseFromString(drawn, "image/svg+xml").documentElement;
  if (flag.tagName !== "svg") return null;
  for (const [name, value] of [["width", 128], ["height", 128], ["preserveAspectRatio", "xMidYMid slice"]]) flag.setAttribute(name, value);
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(flag))}`;
}

/** The flags of these actors, ready to be painted. */
function loadFlags(some) {
  return Promise.all([...new Set(some.map(flagOf))].filter(Boolean).map((address) => {
    const image = new Image();
    image.src = address;
    return image.decode().catch(() => null);
  }));
}

/** An actor's flag, else its shape, for a line of text. */
function actorIcon(actor) {
  const flag = flagOf(actor);
  return flag ? element("img", { className: "icon flag", src: flag, alt: "", width: 18, height: 18 }) : kindIcon(actor.group);
}
