/** A table that is wider or taller than its box can be scrolled with the keyboard: the box takes the focus and says what it is. */

const TABLE = ".plain-table";
const watched = new ResizeObserver((changes) => {
  for (const { target } of changes) reach(target);
});

function reach(box) {
  const name = box.querySelector("th")?.textContent.trim();
  if (box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight) {
    for (const each of ["tabindex", "role", "aria-label"]) box.removeAttribute(each);
    return;
  }
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", name ? `Tabel over ${name.toLowerCase()}` : "Tabel");
}

/** Watch the boxes of the tables in a part of the page. */
export function tables(root) {
  for (const box of [...(root.matches?.(TABLE) ? [root] : []), ...root.querySelectorAll(TABLE)]) watched.observe(box);
}
