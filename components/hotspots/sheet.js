/**
 * The handle of the list on a phone: the list lies as a sheet over the lower part of the map and is drawn up by it.
 *
 * The column around it says by `data-sheet` whether it is "down" or "up" (style.css); on wider screens that means nothing.
 */

const WIDE = matchMedia("(min-width: 641px)"); // style.css
const still = matchMedia("(prefers-reduced-motion: reduce)");
const SWIPE = 24; // px that a finger has moved to mean more than a press
const sheets = new WeakMap(); // by the element Streamlit gives each component: how it was left

const element = (tag, className) => Object.assign(document.createElement(tag), { className });

function build(parent) {
  const button = element("button", "handle");
  button.type = "button";
  const grip = element("span", "grip"), words = element("span", "words"), does = element("span", "does");
  grip.setAttribute("aria-hidden", "true");
  const first = element("strong", "first"), second = element("span", "second");
  words.append(first, second);
  button.append(grip, words, does);
  button.dataset.drawn = "";
  parent.append(button);
  const sheet = { button, first, second, does, up: false, chosen: undefined };
  let from = null, swiped = false;
  button.addEventListener("pointerdown", ({ clientY }) => ((from = clientY), (swiped = false)));
  button.addEventListener("pointermove", ({ clientY }) => {
    if (from === null || Math.abs(clientY - from) < SWIPE) return;
    swiped = true;
    set(sheet, clientY < from);
    from = null;
  });
  button.addEventListener("click", () => (swiped ? (swiped = false) : set(sheet, !sheet.up)));
  button.addEventListener("keydown", (event) => event.key === "Escape" && set(sheet, false));
  return sheet;
}

function set(sheet, up) {
  sheet.up = up;
  sheet.button.setAttribute("aria-expanded", String(up));
  sheet.does.textContent = up ? "Skjul" : "Vis mere";
  const column = sheet.button.getRootNode().host?.closest('[data-testid="stColumn"]');
  if (!column) return;
  column.dataset.sheet = up ? "up" : "down";
  if (!up) column.scrollTop = 0;
}

/** On a wide screen the card stands on top of the column, beside the map: both are brought into view. */
function comeToCard({ button }) {
  const column = button.getRootNode().host?.closest('[data-testid="stColumn"]');
  const { top } = column?.getBoundingClientRect() ?? { top: 0 };
  if (top < 0 || top > innerHeight / 2) column?.scrollIntoView({ behavior: still.matches ? "auto" : "smooth" });
}

export default function ({ data, parentElement }) {
  if (!sheets.has(parentElement)) sheets.set(parentElement, build(parentElement));
  const sheet = sheets.get(parentElement);
  sheet.first.textContent = data.first;
  sheet.second.textContent = data.second;
  // Who has chosen another place wants to see it on the map.
  const another = sheet.chosen !== undefined && sheet.chosen !== data.chosen;
  set(sheet, sheet.up && !another);
  if (another && data.chosen && WIDE.matches) requestAnimationFrame(() => comeToCard(sheet));
  sheet.chosen = data.chosen;
}
