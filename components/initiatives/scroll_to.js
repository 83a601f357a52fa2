/** Brings what a link names into view, once for each link, and draws nothing. */

const shown = new Set();

export default function ({ data, parentElement }) {
  if (!parentElement.querySelector("[data-drawn]")) parentElement.appendChild(document.createElement("span")).dataset.drawn = "";
  if (shown.has(data.to)) return;
  let tries = 40;
  const look = setInterval(() => {
    const found = document.querySelector(`.st-key-marked_${CSS.escape(data.to)}`);
    if (!found && (tries -= 1) > 0) return;
    clearInterval(look);
    if (!found) return;
    shown.add(data.to);
    found.tabIndex = -1;
    found.focus({ preventScroll: true });
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    found.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  }, 100);
}
