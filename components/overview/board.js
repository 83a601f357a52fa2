/** Tryghedstavlen in the browser: the server's table, sorted by a heading, opened by a row. */

const spoken = { ascending: "stigende", descending: "faldende" };

export default function ({ data, parentElement, setTriggerValue }) {
  const frame = mounted(parentElement, "board-frame", (made) => {
    made.addEventListener("click", (event) => clicked(made, event));
    made.addEventListener("keydown", (event) => moved(made, event));
  });
  frame.open = (area) => setTriggerValue("opened", area);
  if (!redrawn(frame, data.html)) return; // made and escaped by drawings/board_html.py
  const said = document.createElement("p");
  said.className = "heard";
  said.setAttribute("role", "status");
  frame.append(said);
  if (frame.sorted) sort(frame, frame.sorted.column, frame.sorted.order);
}

function clicked(frame, event) {
  const button = event.target.closest(".sort");
  if (button) return void turn(frame, button.closest("th"));
  const row = event.target.closest("tbody tr");
  const asked = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0; // a new tab is the browser's
  if (!row || asked || String(getSelection())) return;
  event.preventDefault();
  frame.open(row.dataset.area);
}

/** The first press shows the most first, for names the alphabet; the second turns it round. */
function turn(frame, heading) {
  const column = heading.cellIndex;
  const first = column === 0 ? "ascending" : "descending";
  const other = first === "ascending" ? "descending" : "ascending";
  const order = heading.getAttribute("aria-sort") === first ? other : first;
  sort(frame, column, order);
  const note = frame.querySelector(".board-order:not([hidden])");
  frame.querySelector('[role="status"]').textContent =
    `Sorteret efter ${heading.querySelector(".sort").textContent}, ${spoken[order]}. ${note ? note.textContent : ""}`;
}

function sort(frame, column, order) {
  frame.sorted = { column, order };
  const body = frame.querySelector("tbody");
  const sign = order === "ascending" ? 1 : -1;
  const value = (row) => row.cells[column].dataset.sort;
  const compare = (a, b) => {
    if (column === 0) return sign * a.cells[0].innerText.localeCompare(b.cells[0].innerText, "da");
    if (value(a) === "" || value(b) === "") return Number(value(a) === "") - Number(value(b) === "");
    return sign * (Number(value(a)) - Number(value(b)));
  };
  body.append(...[...body.rows].sort(compare));
  for (const heading of frame.querySelectorAll("thead th")) {
    if (heading.cellIndex === column) heading.setAttribute("aria-sort", order);
    else heading.removeAttribute("aria-sort");
  }
  // No order of areas without how likely it is right (column 0 has the names).
  for (const note of frame.querySelectorAll(".board-order")) note.hidden = Number(note.dataset.column) !== column - 1;
}

/** The arrows go from area to area. */
function moved(frame, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const row = event.target.closest("tbody tr");
  if (!step || !row) return;
  event.preventDefault();
  const rows = [...frame.querySelectorAll("tbody tr")];
  rows[rows.indexOf(row) + step]?.querySelector("a")?.focus();
}
