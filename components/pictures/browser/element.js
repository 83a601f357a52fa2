/** A drawing on the page: what a point says by pointer, finger and arrow keys, and the row that takes it along. */

import { asPng, asSvg } from "./export.js";

const STYLE = `
  :host { display: block; }
  .element { color: var(--st-text-color); font: 400 0.875rem/1.4 var(--st-font); position: relative; zoom: var(--chart-growth, 1); }
  .stop { cursor: default; outline: none; }
  .stop.on { stroke: var(--st-primary-color); stroke-width: 2; }
  .stop:focus-visible { stroke: var(--st-primary-color); stroke-width: 3; }
  .card { background: var(--surface, var(--st-secondary-background-color)); border: 1px solid var(--st-border-color);
    border-radius: var(--st-base-radius); box-shadow: 0 2px 8px rgb(0 0 0 / 18%); font-size: 0.8125rem; max-width: min(18rem, 90%);
    padding: 6px 10px; pointer-events: none; position: absolute; white-space: pre-line; width: max-content; z-index: 2; }
  .row { align-items: center; color: var(--st-gray-text-color); display: flex; font-size: 0.8125rem; gap: 2px; }
  button { background: none; border: 0; border-radius: var(--st-base-radius); color: var(--st-link-color); cursor: pointer;
    font: inherit; min-height: 28px; min-width: 28px; padding: 0 6px; text-decoration: underline; text-underline-offset: 2px; }
  button:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 1px; }
  @media (pointer: coarse) { button { min-height: 40px; min-width: 44px; } }
  @media print { .row, .card { display: none; } }
`;
const REACH = 28; // px from a point at which a pointer means it
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const KINDS = { PNG: asPng, SVG: asSvg };
const elements = new WeakMap(); // by the element Streamlit gives each component

/** Called by Streamlit on every rerun and change of theme; returns what to do when the component is taken away. */
export function draw({ data, parentElement }, app) {
  if (!elements.has(parentElement)) elements.set(parentElement, makeElement(parentElement, app));
  elements.get(parentElement).show(JSON.parse(new TextDecoder().decode(data)));
  return () => {
    elements.get(parentElement)?.remove();
    elements.delete(parentElement);
  };
}

function makeElement(parent, app) {
  const style = document.createElement("style"), own = document.createElement("style");
  const root = make("div", "element"), stage = make("div", "stage"), card = make("div", "card"), row = make("div", "row");
  style.textContent = STYLE;
  card.hidden = true;
  card.setAttribute("aria-hidden", "true");
  root.append(stage, card);
  parent.append(style, own, root);
  let shown = null, message = null;

  function show(next) {
    message = next;
    stage.classList.toggle("dark", isDark(root));
    if (next.html !== shown?.html || next.show !== shown?.show) {
      own.textContent = next.css;
      stage.innerHTML = next.show === "downloads" ? "" : next.html;
      card.hidden = true;
      next.show === "picture" ? row.remove() : root.append(row);
      if (next.show !== "downloads") listen();
    }
    const svg = stage.querySelector("svg");
    svg?.setAttribute("aria-label", `Diagram: ${next.sentence}`);
    root.dataset.drawn = next.file;
    shown = next;
  }

  function listen() {
    const svg = stage.querySelector("svg"), stops = [...svg.querySelectorAll(".stop")];
    let at = -1;
    const say = (place) => {
      stops[at]?.classList.remove("on");
      at = place;
      stops[at]?.classList.add("on");
      card.hidden = at < 0;
      if (at >= 0) set(card, stops[at], root);
    };
    const point = (event) => say(nearest(svg, stops, event, message));
    stage.onpointermove = stage.onpointerdown = point;
    stage.onpointerleave = () => say(-1);
    svg.addEventListener("focusin", (event) => say(stops.indexOf(event.target)));
    svg.addEventListener("focusout", () => say(-1));
    svg.onkeydown = (event) => {
      const from = stops.indexOf(event.target);
      const to = event.key === "Home" ? 0 : event.key === "End" ? stops.length - 1 : from + (STEPS[event.key] ?? 0);
      if (event.key === "Escape") say(-1);
      if (from < 0 || !stops[to] || (to === from && !["Home", "End"].includes(event.key))) return;
      event.preventDefault();
      stops[from].setAttribute("tabindex", "-1");
      stops[to].setAttribute("tabindex", "0");
      stops[to].focus({ preventScroll: true });
    };
  }

  const said = make("span");
  said.setAttribute("role", "status");
  row.dataset.drawn = "row";
  row.append("Hent billedet:");
  for (const [kind, write] of Object.entries(KINDS)) {
    const button = make("button");
    button.type = "button";
    button.textContent = kind;
    button.setAttribute("aria-label", `Hent billedet som ${kind}`);
    button.onclick = async () => {
      said.textContent = "";
      try {
        save(await write(message, look(root, isDark(root)), app), `${message.file}.${kind.toLowerCase()}`);
      } catch {
        said.textContent = "Billedet kunne ikke laves. Prøv igen.";
      }
    };
    row.append(button);
  }
  row.append(said);
  return { show, remove: () => [style, own, root].forEach((element) => element.remove()) };
}

/** The point that a pointer means; where columns stand in a row, the one it is above or below. */
function nearest(svg, stops, { clientX, clientY }, { near, room }) {
  const box = svg.getBoundingClientRect();
  const inPlot = near === "x" && clientY >= box.top && clientY <= box.top + room[4];
  let best = -1, shortest = REACH;
  stops.forEach((stop, place) => {
    const spot = stop.getBoundingClientRect();
    const [dx, dy] = [spot.left + spot.width / 2 - clientX, spot.top + spot.height / 2 - clientY];
    const inside = spot.top + spot.height / 2 <= box.top + room[4] + 1;
    const distance = inPlot && inside ? Math.abs(dx) : Math.hypot(dx, dy);
    if (distance < shortest) (shortest = distance), (best = place);
  });
  return best;
}

/** The card above its point, or below where there is no room, within the element's width. */
function set(card, stop, root) {
  card.textContent = stop.getAttribute("aria-label");
  const [spot, box] = [stop.getBoundingClientRect(), root.getBoundingClientRect()];
  const growth = box.width / root.offsetWidth || 1;
  const [x, y] = [(spot.left + spot.width / 2 - box.left) / growth, (spot.top - box.top) / growth];
  card.style.left = `${Math.max(0, Math.min(x - card.offsetWidth / 2, root.offsetWidth - card.offsetWidth))}px`;
  card.style.top = `${y - card.offsetHeight - 4 >= -40 ? y - card.offsetHeight - 4 : y + spot.height / growth + 4}px`;
}

/** Whether the page is dark, by its own ground. */
function isDark(node) {
  const probe = make("span");
  probe.style.color = "var(--st-background-color)";
  node.append(probe);
  const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
  probe.remove();
  return red + green + blue < 384;
}

/** The colours and width of the picture as it stands here. */
function look(root, dark) {
  const style = getComputedStyle(root), figure = make("figure", "picture"), holder = make("div", dark ? "dark" : "");
  holder.append(figure);
  root.append(holder);
  const own = getComputedStyle(figure);
  const found = {
    paper: style.getPropertyValue("--st-background-color").trim(), badge: style.getPropertyValue("--st-violet-text-color").trim(),
    width: root.querySelector("svg")?.closest(".stage").clientWidth || 720, colour: (name) => own.getPropertyValue(name).trim(),
    done: () => holder.remove(),
  };
  return found;
}

function make(tag, name = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  return made;
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
