/**
 * The answer of the first response: Streamlit's scripts are asked for once it is painted, and it goes when the live page
 * is drawn, at the same place of the page. Until then the live page is laid out unseen, so nothing moves before one's eyes.
 */

const first = document.getElementById("first-response");
const DRAWN = '[data-testid="stApp"][data-test-script-state="notRunning"]';
const SAYS = '[data-testid="stMain"] :is(h1, [data-testid="stAlert"])';
const COMING = '#root :is([data-testid="stSkeleton"], .stBidiComponent)';
const LOOK = 60, LATE = 20_000, LONGEST = 6_000;
const began = performance.now();
let drawnSince = 0;

function fetchScripts() {
  keepTypeface();
  for (const tag of first.querySelector("template").content.children) {
    const element = document.createElement(tag.localName);
    for (const { name, value } of tag.attributes) element.setAttribute(name, value);
    document.head.append(element);
  }
}

/** A typeface that came too late for the first paint never comes: nothing is set anew under the reader's eyes. */
function keepTypeface() {
  const face = [...document.fonts].find(({ family }) => family.includes("Inter first"));
  if (face?.status !== "loaded") first.querySelector("style[data-typeface]").remove();
}

/** Whether all that the window shows is drawn; what lies below it may still be on its way. */
function isDrawn() {
  if (!document.querySelector(DRAWN) || !document.querySelector(SAYS)) return false;
  return [...document.querySelectorAll(COMING)].every((each) => each.getBoundingClientRect().top > innerHeight || stands(each));
}

/** Our components say in their shadow tree that they are drawn; the grey shape of something yet to come says nothing. */
function stands(component) {
  return [component, ...component.querySelectorAll("*")].some(
    (each) => each.matches("[data-drawn]") || each.shadowRoot?.querySelector("[data-drawn]"),
  );
}

function letGo() {
  const scrolled = first.scrollTop;
  const at = first.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  first.remove();
  const main = document.querySelector('[data-testid="stMain"]');
  if (main) main.scrollTop = scrolled;
  if (at) document.querySelector(`#root a[href$="${CSS.escape(at.replace(/^\.\//, ""))}"]`)?.focus({ preventScroll: true });
}

function look() {
  const now = performance.now();
  const says = document.querySelector(DRAWN) && document.querySelector(SAYS);
  drawnSince = says ? drawnSince || now : 0;
  if (isDrawn() || (says && now - drawnSince > LONGEST)) return void requestAnimationFrame(letGo);
  const state = first.querySelector("[role=status]");
  if (now - began > LATE && state?.dataset.late) {
    state.textContent = state.dataset.late;
    delete state.dataset.late;
  }
  setTimeout(look, LOOK);
}

if (first) {
  requestAnimationFrame(() => setTimeout(fetchScripts)); // after the first paint, not before
  look();
}
