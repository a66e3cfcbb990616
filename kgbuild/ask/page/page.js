// Putting it together: what a click, a key and a choice do.

/** Open an actor or a line by its id, as a click does; null closes what is open. */
function select(id) {
  view.chosen = actors.has(id) || lines.has(id) ? id : null;
  if (view.chosen === null) {
    panel.hidden = true;
    repaint();
    return;
  }
  const line = lines.get(id);
  if (line) showLine(line);
  else showActor(actors.get(id));
  panel.focus({ preventScroll: true });
  if (reveal(id)) draw();
  else {
    repaint();
    look(id);
  }
}

/** Bring an actor or line that is filtered out, or too light, into the picture; whether that changed it. */
function reveal(id) {
  const line = lines.get(id);
  if (line ? edges.get(id) : nodes.get(id)) return false;
  if (line ? !allowed(line) : !linesOf.get(id).some(allowed)) {
    for (const keys of Object.values(view.hidden)) keys.clear();
    showLegend();
  }
  // An actor comes with those it deals with most.
  const near = line ? [line] : linesOf.get(id).filter(allowed).slice(0, 15);
  for (const each of near) view.pinned.add(each.from).add(each.to);
  return true;
}

function startControls() {
  const top = document.getElementById("top");
  const steps = [10, 20, 40, 80, 120, 200, 400, 800, 1500].filter((step) => step < actors.size);
  // vis-network stays usable to about 2,000 actors.
  const choices = new Set([...steps, data.top < actors.size ? data.top : actors.size, Math.min(actors.size, 2000)]);
  top.append(...[...choices].sort((a, b) => a - b).map((number) =>
    element("option", { value: number, selected: number === Math.min(data.top, actors.size) }, number === actors.size ? `${number} (all)` : String(number))));
  top.addEventListener("change", () => {
    view.top = Number(top.value);
    view.pinned.clear();
    if (view.chosen !== null) reveal(view.chosen);
    draw();
  });
  document.getElementById("fit").addEventListener("click", () => fit(true));
  document.getElementById("controls").hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") select(null);
    else if (event.key === "/" && !event.ctrlKey && !event.metaKey && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      document.getElementById("search").focus();
    }
  });
}

function start() {
  if (!lines.size) {
    document.body.dataset.state = "empty";
    return;
  }
  network = new vis.Network(document.getElementById("picture"), { nodes, edges }, data.options);
  network.on("click", ({ nodes: [node], edges: [edge] }) => select(node ?? edge ?? null));
  network.on("hoverNode", () => { network.canvas.body.container.classList.add("pointing"); });
  network.on("blurNode", () => { network.canvas.body.container.classList.remove("pointing"); });
  network.on("hoverEdge", () => { network.canvas.body.container.classList.add("pointing"); });
  network.on("blurEdge", () => { network.canvas.body.container.classList.remove("pointing"); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    repaint();
    showLegend();
    if (view.chosen !== null) select(view.chosen);
  });
  startControls();
  startSearch();
  showLegend();
  draw();

  // For the console and for tests: the vis-network objects, and select(id), which does what a click does.
  // document.body.dataset.state is "drawing", then "ready"; "empty" where there is nothing to draw.
  window.kgbuild = { network, nodes, edges, select };
}

start();
