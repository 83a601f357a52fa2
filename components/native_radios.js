/** A choice among a few: radio buttons of the browser, which shows the one that is chosen without a script. */

export default function ({ data, parentElement, setTriggerValue }) {
  const frame = mounted(parentElement, "choice", (made) => {
    const field = document.createElement("fieldset");
    const options = Object.assign(document.createElement("div"), { className: "options" });
    field.append(document.createElement("legend"), options);
    made.append(field);
    made.addEventListener("change", (event) => made.tell("chosen", event.target.value));
  });
  frame.tell = setTriggerValue;
  frame.classList.toggle("untitled", data.untitled);
  frame.querySelector("legend").textContent = data.label;
  const offered = JSON.stringify(data.options);
  if (frame.offered !== offered) {
    frame.offered = offered;
    frame.querySelector(".options").replaceChildren(...data.options.map(([value, words]) => button(value, words)));
  }
  for (const each of frame.querySelectorAll("input")) each.checked = each.value === data.value;
}

function button(value, words) {
  const input = Object.assign(document.createElement("input"), { type: "radio", name: "choice", value });
  const label = document.createElement("label");
  label.append(input, words);
  return label;
}
