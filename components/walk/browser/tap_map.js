/** A small map on which a tap, or the arrow keys, points out a square of 100 m; nothing finer leaves the phone. */

const SIDE = 100;
const SVG = "http://www.w3.org/2000/svg";

/** `ground` has west, north, width and height in metres, and `outline` and `roads` as paths from its upper left corner. */
export function tapMap(ground, chosen, tell) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${ground.width} ${ground.height}`);
  svg.setAttribute("class", "tap");
  svg.setAttribute("role", "application");
  svg.setAttribute("aria-label", "Kort: tryk, hvor stedet er, eller flyt med piletasterne. Der gemmes et felt på 100 meter.");
  svg.tabIndex = 0;
  add("path", { class: "outline", d: ground.outline });
  add("path", { class: "road", d: ground.roads });
  for (const [name, x, y] of ground.marks) add("text", { x, y }).textContent = name;
  const square = add("rect", { class: "square", width: SIDE, height: SIDE });
  show(chosen);

  svg.addEventListener("click", (event) => {
    const box = svg.getBoundingClientRect(), scale = ground.width / box.width;
    choose(ground.west + (event.clientX - box.left) * scale, ground.north - (event.clientY - box.top) * scale);
  });
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!step) return;
    event.preventDefault();
    const [east, north] = corner(svg.dataset.square) ?? [ground.west + ground.width / 2, ground.north - ground.height / 2];
    choose(east + step[0] * SIDE + SIDE / 2, north + step[1] * SIDE + SIDE / 2);
  });
  return svg;

  function choose(east, north) {
    const id = `100m_${Math.floor(north / SIDE)}_${Math.floor(east / SIDE)}`;
    show(id);
    tell(id);
  }

  function show(id) {
    const at = corner(id);
    svg.dataset.square = id;
    square.setAttribute("visibility", at ? "visible" : "hidden");
    if (!at) return;
    square.setAttribute("x", at[0] - ground.west);
    square.setAttribute("y", ground.north - at[1] - SIDE);
  }

  function add(kind, attributes) {
    const made = svg.appendChild(document.createElementNS(SVG, kind));
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }
}

/** The south-west corner of a square in metres, east first; null for none. */
function corner(id) {
  const found = /^100m_(\d{5})_(\d{4})$/.exec(id ?? "");
  return found && [Number(found[2]) * SIDE, Number(found[1]) * SIDE];
}
