/** A button that prints; on paper the page fits one A4 sheet, with charts as large as that allows. */

const [PAPER, FROM_DARK] = ["on-paper", "from-dark"]; // print.css says what they mean
const SHEET_HEIGHT = 1056; // CSS pixels of an A4 page inside the margins of print.css, with a little air
const [LARGEST, SMALLEST, STEP] = [0.7, 0.36, 0.01]; // sizes on paper, as parts of the screen's
const READABLE = 0.43; // the words may not be set smaller than this only to let the charts grow
const CHART_GROWTHS = [1.7, 1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1]; // how much larger than the words charts may be set

function toPaper() {
  const page = document.querySelector('[data-testid="stMainBlockContainer"]');
  document.body.classList.add(PAPER);
  document.body.classList.toggle(FROM_DARK, getComputedStyle(page).colorScheme.includes("dark"));
  for (const growth of CHART_GROWTHS) {
    document.body.style.setProperty("--chart-growth", growth);
    if (fitSheet(page) >= READABLE) break;
  }
}

// Set the page at the largest size at which it fits one sheet, and say which.
function fitSheet(page) {
  for (let size = LARGEST; size >= SMALLEST; size -= STEP) {
    document.body.style.setProperty("--paper-size", size.toFixed(2));
    if (page.getBoundingClientRect().height <= SHEET_HEIGHT) return size;
  }
  return 0;
}

function toScreen() {
  document.body.classList.remove(PAPER, FROM_DARK);
  for (const name of ["--paper-size", "--chart-growth"]) document.body.style.removeProperty(name);
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
