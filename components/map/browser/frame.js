/** The elements around the map: stage, buttons, card, legend and what is read aloud. Text is only ever text. */

import { LET_THROUGH, classColour } from "./paint.js";

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Builds the frame below `parent` and waits for the styles, so that nothing is ever seen without them. */
export async function buildFrame(parent, { assets, leaflet }) {
  const styles = [new URL("leaflet.css", leaflet), new URL("map.css", assets)].map((href) =>
    element("link", { rel: "stylesheet", href: href.href }),
  );
  const ready = styles.map((link) => new Promise((done) => (link.onload = link.onerror = done)));
  const parts = {
    keys: element("div", { class: "keys", tabindex: "0" }),
    canvas: element("div", { class: "canvas" }),
    buttons: element(
      "div",
      { class: "buttons" },
      button("Zoom ind", "M8 3v10M3 8h10"),
      button("Zoom ud", "M3 8h10"),
      button("Vis hele kortet", "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3"),
      button("Vis, hvor jeg er", "M8 1v3M8 12v3M1 8h3M12 8h3M8 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7"),
    ),
    card: element("div", { class: "card", "aria-hidden": "true", hidden: "" }),
    hint: element("div", { class: "hint", "aria-hidden": "true" }),
    waiting: element("div", { class: "waiting" }, "Henter kortet …"),
    legend: element("div", { class: "legend" }),
    credit: element("p", { class: "credit" }),
    speech: element("div", { class: "speech", "aria-live": "polite" }),
  };
  parts.stage = element(
    "div",
    { class: "stage" },
    parts.keys, parts.canvas, parts.buttons, parts.card, parts.hint, parts.waiting,
  );
  parts.frame = element(
    "div",
    { class: "map", role: "group" },
    parts.stage, element("div", { class: "foot" }, parts.legend, parts.credit), parts.speech,
  );
  parts.hint.textContent = "Piletaster: flyt · Enter: vælg · Esc: fravælg";
  parent.append(...styles, parts.frame);
  await Promise.all(ready);
  return parts;
}

function button(title, path) {
  const made = element("button", { type: "button", title, "aria-label": title });
  const space = "http://www.w3.org/2000/svg";
  const icon = made.appendChild(document.createElementNS(space, "svg"));
  icon.setAttribute("viewBox", "0 0 16 16");
  icon.setAttribute("aria-hidden", "true");
  icon.appendChild(document.createElementNS(space, "path")).setAttribute("d", path);
  return made;
}

/** The legend: a row for each class, and for each special way of drawing that is in use on this map. */
export function showLegend({ legend, credit, marked, streets, tiles }, part, shown, theme, touch) {
  part.legend.style.setProperty("--strength", streets || tiles ? `${LET_THROUGH * 100}%` : "100%");
  const rows = (legend.rows ?? []).map((row) => legendRow("", row[1], classColour(row, theme)));
  const middle = legend.rows?.[Math.floor(legend.rows.length / 2)];
  const sample = middle ? classColour(middle, theme) : "transparent";
  if (marked) rows.push(legendRow("marked", legend.marked));
  if (shown.has(1)) rows.push(legendRow("hatched", legend.hatched, sample));
  if (shown.has(4)) rows.push(legendRow("zero", legend.zero));
  if (shown.has(3)) rows.push(legendRow("missing", legend.missing));
  if (shown.has(2)) rows.push(legendRow("outlined", legend.outlined));
  if (legend.approximate) rows.push(legendRow("approximate", legend.approximate));
  part.legend.replaceChildren(
    element("p", { class: "title" }, legend.title),
    element("ul", { "aria-label": "Signaturforklaring" }, ...rows),
    ...(legend.note ? [element("p", { class: "note" }, legend.note)] : []),
  );
  part.credit.textContent = touch ? `Flyt kortet med to fingre. ${credit}.` : credit;
}

function legendRow(kind, text, colour) {
  const swatch = element("span", { class: `swatch ${kind}`, "aria-hidden": "true" });
  if (colour) swatch.style.setProperty("--fill", `color-mix(in srgb, ${colour} var(--strength), var(--paper))`);
  return element("li", {}, swatch, text);
}

/** The card with an area's name and lines, near `point` (pixels in the stage) and always inside the stage. */
export function showCard({ card, stage }, name, lines, point) {
  card.replaceChildren(element("strong", {}, name), ...lines.map((line) => element("span", {}, line)));
  card.hidden = false;
  const gap = 16;
  const { clientWidth: width, clientHeight: height } = stage;
  const { offsetWidth: wide, offsetHeight: tall } = card;
  let left = point.x + gap, top = point.y + gap;
  if (left + wide > width - 8) left = point.x - gap - wide;
  if (top + tall > height - 8) top = point.y - gap - tall;
  card.style.left = `${Math.round(Math.max(8, Math.min(left, width - wide - 8)))}px`;
  card.style.top = `${Math.round(Math.max(8, Math.min(top, height - tall - 8)))}px`;
}
