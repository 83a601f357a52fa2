/** The lists of places on Hotspots: each place is a button with its sentence below; a press tells the server of its cell. */

export default function ({ data, parentElement, setTriggerValue }) {
  const frame = mounted(parentElement, "lists", (element) =>
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-cell]");
      if (button) element.tell("pressed", button.dataset.cell);
    }),
  );
  frame.tell = setTriggerValue;
  const wanted = JSON.stringify(data);
  if (frame.shown === wanted) return;
  frame.shown = wanted;
  const focused = parentElement.getRootNode().activeElement?.dataset.cell;
  const unfolded = frame.querySelector("details")?.open;
  frame.replaceChildren(...lists(data));
  if (unfolded) frame.querySelector("details")?.setAttribute("open", "");
  if (focused) frame.querySelector(`[data-cell="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function lists({ places, listed, more, watched, watchedTitle, watchedNote }) {
  const parts = [];
  if (places.length) parts.push(made("ol", "places", "", ...places.slice(0, listed).map(entry)));
  if (more) {
    const rest = made("ol", "places", "", ...places.slice(listed).map(entry));
    parts.push(made("details", "more", "", made("summary", "", more), rest));
  }
  if (watched.length) {
    const list = made("ul", "places", "", ...watched.map(entry));
    parts.push(made("section", "watched", "", made("h2", "", watchedTitle), made("p", "note", watchedNote), list));
  }
  return parts;
}

function entry({ cell, title, sentence, chosen }) {
  const button = made("button", "place", title);
  button.type = "button";
  button.dataset.cell = cell;
  button.setAttribute("aria-pressed", String(chosen));
  return made("li", "", "", button, made("p", "sentence", sentence));
}
