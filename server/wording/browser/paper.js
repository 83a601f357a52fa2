/**
 * Any page on paper (Ctrl+P): folds open, light colours, and at the foot of each sheet who may read it and which release
 * it is. What the area sheet does besides stands in print_button.js.
 */

const OPENED = "openedForPaper";
const foot = document.createElement("style");

function toPaper() {
  for (const fold of document.querySelectorAll("details:not([open])")) {
    fold.dataset[OPENED] = "";
    fold.open = true;
  }
  const page = document.querySelector('[data-testid="stMainBlockContainer"]');
  document.body.classList.toggle("printed-dark", Boolean(page && getComputedStyle(page).colorScheme.includes("dark")));
  const said = document.querySelector(".st-key-paper_line")?.textContent.trim() ?? "";
  const quoted = JSON.stringify(said);
  foot.textContent = `@page { @bottom-left { content: ${quoted}; font: 8pt Inter, sans-serif; color: #56636f; }
    @bottom-right { content: counter(page) " / " counter(pages); font: 8pt Inter, sans-serif; color: #56636f; } }`;
  document.head.append(foot);
}

function toScreen() {
  for (const fold of document.querySelectorAll("details[data-opened-for-paper]")) {
    delete fold.dataset[OPENED];
    fold.open = false;
  }
  document.body.classList.remove("printed-dark");
  foot.remove();
}

addEventListener("beforeprint", toPaper);
addEventListener("afterprint", toScreen);
