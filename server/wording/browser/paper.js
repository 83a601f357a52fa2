/**
 * Any page on paper (Ctrl+P): folds open, light colours, pictures and maps within the sheet, and at the foot of each sheet
 * who may read it and which release it is. What the area sheet does besides stands in print_button.js.
 */

const OPENED = "openedForPaper";
const PAPER = "for-paper"; // print.css says what it means
const PAGE = '[data-testid="stMainBlockContainer"]';
const ROW = '[class*="st-key-row_"]'; // a row of Indsatser, which says what an initiative is while it is closed
const FORMS = /^(edit|add.*|playlist_add|forum|share)$/; // what one writes in
const foot = document.createElement("style");
let set = []; // what was changed for the paper, as functions that change it back

/** The roots that hold what the reader sees: the page, and each component's own. */
function roots() {
  const hosts = [...document.querySelectorAll(".stBidiComponent, .stBidiComponent *")];
  return [document, ...hosts.filter((each) => each.shadowRoot).map((each) => each.shadowRoot)];
}

function toPaper() {
  toScreen();
  const all = roots();
  const maps = all.flatMap((root) => [...root.querySelectorAll(".map .stage")]);
  const wide = maps.map((stage) => stage.getBoundingClientRect().width);
  for (const fold of all.flatMap((root) => [...root.querySelectorAll("details:not([open])")])) {
    fold.dataset[OPENED] = "";
    fold.open = true;
    set.push(() => {
      delete fold.dataset[OPENED];
      fold.open = false;
    });
  }
  const page = document.querySelector(PAGE);
  document.body.classList.toggle("printed-dark", Boolean(page && getComputedStyle(page).colorScheme.includes("dark")));
  document.body.classList.add(PAPER);
  maps.forEach((stage, place) => fitted(stage, wide[place]));
  const left = [...document.querySelectorAll('[data-testid="stExpander"]')].map(emptied).filter(Boolean);
  if (page && left.length) page.append(leftOff(left));
  const said = document.querySelector(".st-key-paper_line")?.textContent.trim() ?? "";
  const quoted = JSON.stringify(said);
  foot.textContent = `@page { @bottom-left { content: ${quoted}; font: 8pt Inter, sans-serif; color: #56636f; }
    @bottom-right { content: counter(page) " / " counter(pages); font: 8pt Inter, sans-serif; color: #56636f; } }`;
  document.head.append(foot);
}

/** A map keeps the size it is drawn at and is set smaller as a whole, so that nothing of it is cut. */
function fitted(stage, wide) {
  const room = stage.parentElement.clientWidth;
  if (!wide || !room || wide <= room) return;
  stage.style.width = `${wide}px`;
  stage.style.zoom = room / wide;
  set.push(() => ["width", "zoom"].forEach((each) => stage.style.removeProperty(each)));
}

/**
 * A fold whose content is fetched when it is opened has nothing to print. One that is a row of a list keeps what it says
 * closed; gives the name of what is left off the paper, "" for nothing and for what is only for the screen: forms.
 */
function emptied(fold) {
  if (fold.querySelector('[data-testid="stExpanderDetails"]')?.textContent.trim()) return "";
  const kind = fold.closest(ROW) ? "row-on-paper" : "empty-on-paper";
  fold.classList.add(kind);
  set.push(() => fold.classList.remove(kind));
  const icon = fold.querySelector('summary [data-testid="stIconMaterial"]');
  if (!fold.checkVisibility() && kind === "row-on-paper") return "";
  if (icon && FORMS.test(icon.textContent)) return "";
  if (kind === "row-on-paper") return "det, der står under hver række";
  return fold.querySelector("summary")?.textContent.replace(icon?.textContent ?? "", "").trim() ?? "";
}

/** A line that says what is on the page and not on the paper, and where it is. */
function leftOff(names) {
  const counted = new Map();
  for (const name of names) counted.set(name, (counted.get(name) ?? 0) + 1);
  const said = [...counted].map(([name, many]) => (many > 1 && !name.startsWith("det") ? `${name} (${many})` : name));
  const line = document.createElement("p");
  line.className = "left-off-paper";
  const address = `${location.origin}${location.pathname}${location.search}`;
  line.textContent = `Ikke med på papiret, fordi det ikke var foldet ud: ${said.join(" · ")}. Det står på ${address}`;
  set.push(() => line.remove());
  return line;
}

function toScreen() {
  for (const undo of set) undo();
  set = [];
  document.body.classList.remove("printed-dark", PAPER);
  foot.remove();
}

addEventListener("beforeprint", toPaper);
addEventListener("afterprint", toScreen);
