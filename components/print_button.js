/** A button that prints; on paper charts fit their column whatever the screen was, and the page fits one A4 sheet. */

const [PAPER, FROM_DARK] = ["on-paper", "from-dark"]; // print.css says what they mean
const SHEET_HEIGHT = 1040; // CSS pixels of an A4 page inside the margins of print.css, with a little air
const [LARGEST, SMALLEST, STEP] = [0.7, 0.4, 0.01]; // sizes on paper, as parts of the screen's

// Plotly draws in pixels of the screen. With a view box a drawing scales instead of being cut off at the column's edge.
function fitCharts() {
  for (const chart of document.querySelectorAll(".js-plotly-plot .svg-container")) {
    const [width, height] = [chart.clientWidth, chart.clientHeight];
    chart.style.setProperty("--drawn", `${width} / ${height}`);
    chart.style.setProperty("--drawn-height", `${height}px`);
    for (const svg of chart.querySelectorAll(".main-svg")) {
      svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      svg.setAttribute("preserveAspectRatio", "xMinYMin meet");
    }
  }
}

function toPaper() {
  fitCharts();
  const page = document.querySelector('[data-testid="stMainBlockContainer"]');
  document.body.classList.add(PAPER);
  document.body.classList.toggle(FROM_DARK, getComputedStyle(page).colorScheme.includes("dark"));
  for (let size = LARGEST; size >= SMALLEST; size -= STEP) {
    document.body.style.setProperty("--paper-size", size.toFixed(2));
    if (page.getBoundingClientRect().height <= SHEET_HEIGHT) break;
  }
}

function toScreen() {
  document.body.classList.remove(PAPER, FROM_DARK);
  document.body.style.removeProperty("--paper-size");
  for (const svg of document.querySelectorAll(".js-plotly-plot .main-svg")) svg.removeAttribute("viewBox");
}

export default function ({ data, parentElement }) {
  let button = parentElement.querySelector("button");
  if (!button) {
    button = document.createElement("button");
    button.dataset.drawn = "";
    button.addEventListener("click", () => window.print());
    parentElement.append(button);
  }
  button.textContent = data;
  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", toScreen);
  return () => {
    window.removeEventListener("beforeprint", toPaper);
    window.removeEventListener("afterprint", toScreen);
  };
}
