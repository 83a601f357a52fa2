/** Cards that call for a decision: an option goes on the agenda, a heading opens the criterion. */

export default function ({ data, parentElement, setTriggerValue }) {
  const frame = mounted(parentElement, "decisions", (made) =>
    made.addEventListener("click", (event) => clicked(made, event)),
  );
  Object.assign(frame, { tell: setTriggerValue, opens: data.opens });
  if (frame.shown === data.html) return;
  const unfolded = new Set([...frame.querySelectorAll("article:has(details[open])")].map((each) => each.dataset.criterion));
  const focused = focusOf(frame);
  redrawn(frame, data.html); // made and escaped by drawings/goal_html.py
  for (const each of frame.querySelectorAll("article"))
    if (unfolded.has(each.dataset.criterion)) each.querySelector("details").open = true;
  if (focused) frame.querySelector(focused)?.focus();
}

/** A selector of the button that had the focus, so that it keeps it when the cards are drawn anew. */
function focusOf(frame) {
  const button = frame.getRootNode().activeElement;
  const option = button?.dataset?.option;
  const card = button?.closest?.("article");
  return option && card ? `article[data-criterion="${CSS.escape(card.dataset.criterion)}"] [data-option="${option}"]` : "";
}

function clicked(frame, event) {
  const card = event.target.closest("article");
  const option = event.target.closest("[data-option]");
  if (option) frame.tell("option", { criterion: card.dataset.criterion, option: option.dataset.option });
  const link = event.target.closest("h3 a");
  if (!link || !frame.opens || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  frame.tell("opened", card.dataset.criterion);
}
