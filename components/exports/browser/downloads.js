/** The row under a chart that takes it along: "Hent billedet: PNG · SVG". */

import { asPng, asSvg } from "./picture.js";

const STYLE = `
  :host { display: block; }
  .row { align-items: center; color: var(--st-gray-text-color); display: flex; font: 400 0.8125rem/1.4 var(--st-font); gap: 2px; }
  button { background: none; border: 0; border-radius: var(--st-base-radius); color: var(--st-link-color); cursor: pointer;
    font: inherit; min-height: 28px; min-width: 28px; padding: 0 6px; text-decoration: underline; text-underline-offset: 2px; }
  button:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 1px; }
  @media (pointer: coarse) { button { min-height: 40px; min-width: 44px; } }
  @media print { .row { display: none; } }
`;
const KINDS = { PNG: asPng, SVG: asSvg };
const rows = new WeakMap(); // by the element Streamlit gives each component

/** Called by Streamlit on every rerun; returns what to do when the component is taken away. */
export function draw({ data, parentElement }, app) {
  if (!rows.has(parentElement)) rows.set(parentElement, makeRow(parentElement, app));
  rows.get(parentElement).data = data;
  return () => {
    rows.get(parentElement)?.remove();
    rows.delete(parentElement);
  };
}

function makeRow(parent, app) {
  const style = document.createElement("style"), row = document.createElement("div"), said = document.createElement("span");
  style.textContent = STYLE;
  row.className = "row";
  row.dataset.drawn = "row";
  row.append("Hent billedet:");
  said.setAttribute("role", "status");
  const made = { data: null, remove: () => [style, row].forEach((element) => element.remove()) };
  for (const [kind, make] of Object.entries(KINDS)) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = kind;
    button.setAttribute("aria-label", `Hent billedet som ${kind}`);
    button.onclick = async () => {
      said.textContent = "";
      try {
        save(await make(graphOf(parent, made.data.file), made.data, look(row), app), `${made.data.file}.${kind.toLowerCase()}`);
      } catch {
        said.textContent = "Billedet kunne ikke laves. Prøv igen.";
      }
    };
    row.append(button);
  }
  row.append(said);
  parent.append(style, row);
  return made;
}

/** The drawn chart in the same container as this row, or, where the row stands apart, the chart with that key. */
const graphOf = (parent, key) =>
  (parent.getRootNode().host.closest('[class*="st-key-picture_"]') ??
    document.querySelector(`.st-key-${CSS.escape(key)}`)).querySelector(".js-plotly-plot");

/** The page's own colours, so that the picture is the one on the screen. */
function look(node) {
  const style = getComputedStyle(node);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    paper: read("--st-background-color"), ink: read("--st-text-color"),
    muted: read("--st-gray-text-color"), badge: read("--st-violet-text-color"),
  };
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
