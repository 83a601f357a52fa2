/** The figures one can put on an agenda: ticked off here; the server hears of them when the button is pressed. */

export default function ({ data, parentElement, setTriggerValue }) {
  const frame = mounted(parentElement, "picker", listen);
  frame.tell = setTriggerValue;
  const wanted = JSON.stringify(data);
  if (frame.shown === wanted) return;
  frame.shown = wanted;
  if (frame.about !== data.about) {
    frame.about = data.about;
    frame.ticked = new Map(); // what is ticked, and the heading it stands under
    frame.known = new Set();
  }
  for (const sentence of data.taken) {
    frame.ticked.delete(sentence);
    frame.known.delete(sentence); // where it is taken off again it is chosen beforehand again
  }
  for (const { heading, lines, ticked } of data.groups)
    for (const { sentence } of lines) {
      if (ticked && !frame.known.has(sentence)) frame.ticked.set(sentence, heading);
      frame.known.add(sentence);
    }
  draw(frame, data.groups);
}

function listen(frame) {
  frame.addEventListener("change", ({ target }) => {
    if (target.type === "checkbox") {
      if (target.checked) frame.ticked.set(target.value, target.dataset.heading);
      else frame.ticked.delete(target.value);
      count(frame);
    }
    if (target.type === "search") frame.tell("searched", { heading: target.dataset.heading, words: target.value });
  });
  frame.addEventListener("click", (event) => {
    if (event.target.closest(".add")) frame.tell("added", [...frame.ticked.keys()]);
  });
}

function draw(frame, groups) {
  const focused = frame.getRootNode().activeElement?.dataset.place;
  const unfolded = new Set([...frame.querySelectorAll("details.group[open]")].map((each) => each.dataset.heading));
  const flow = made("div", "flow", "", ...groups.filter((each) => !each.folded).map((each) => section(frame, each)));
  const folds = groups.filter((each) => each.folded).map((each) => fold(frame, each, unfolded.has(each.heading)));
  const button = Object.assign(made("button", "add"), { type: "button" });
  button.dataset.place = "add";
  frame.replaceChildren(...(flow.children.length ? [flow] : []), ...folds, button);
  count(frame);
  if (focused) frame.querySelector(`[data-place="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function count(frame) {
  const button = frame.querySelector(".add");
  button.textContent = frame.ticked.size ? `Sæt ${frame.ticked.size} tal på dagsordenen` : "Sæt på dagsordenen";
  button.disabled = !frame.ticked.size;
}

function section(frame, group) {
  const element = made("section", "group", "", made("h3", "heading", group.heading), ...inside(frame, group));
  element.setAttribute("aria-label", group.heading);
  return element;
}

function fold(frame, group, open) {
  const many = group.lines.length;
  const said = group.search ? group.heading : `${group.heading} (${many})`;
  const body = made("div", "flow", "", ...inside(frame, group));
  const element = Object.assign(made("details", "group", "", made("summary", "", said), body), { open });
  element.dataset.heading = group.heading;
  return element;
}

/** The field to search with, what is ticked though the search does not find it, and the lines. */
function inside(frame, group) {
  const shown = new Set(group.lines.map((line) => line.sentence));
  const kept = [...frame.ticked].filter(([sentence, heading]) => heading === group.heading && !shown.has(sentence));
  const lines = [...kept.map(([sentence]) => ({ sentence })), ...group.lines].map((line) => offer(frame, group, line));
  if (!group.search) return lines;
  const field = Object.assign(document.createElement("input"), { type: "search", value: group.searched });
  field.dataset.heading = group.heading;
  field.dataset.place = `search ${group.heading}`;
  const label = made("label", "search", "", made("span", "", group.search), field);
  const found = made("p", "found", group.found);
  found.setAttribute("role", "status");
  return [label, found, ...lines];
}

function offer(frame, group, { sentence, card }) {
  const box = Object.assign(document.createElement("input"), {
    type: "checkbox",
    value: sentence,
    checked: frame.ticked.has(sentence),
  });
  box.dataset.heading = group.heading;
  box.dataset.place = `${group.heading} ${sentence}`;
  const label = made("label", "", "", box, made("span", "", sentence));
  if (!card) return made("div", "offer", "", label);
  const picture = made("div", "decisions to-pick");
  picture.innerHTML = card; // made and escaped by drawings
  return made("div", "offer card", "", label, picture);
}
