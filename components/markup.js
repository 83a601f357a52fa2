/** Markup of ours that only stands there. */

export default function ({ data, parentElement }) {
  redrawn(mounted(parentElement, "board-frame"), data.html); // made and escaped by drawings
}
