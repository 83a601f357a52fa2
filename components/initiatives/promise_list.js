/** The map and list of insecure places: a place whose button is pressed is followed up. */

export default function ({ data, parentElement, setTriggerValue }) {
  let frame = parentElement.querySelector(".promises");
  if (!frame) {
    frame = document.createElement("div");
    frame.className = "promises";
    frame.dataset.drawn = "";
    parentElement.append(frame);
    frame.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-place]");
      if (button) frame.tell("place", button.dataset.place);
    });
  }
  frame.tell = setTriggerValue;
  if (frame.shown !== data.html) {
    frame.shown = data.html;
    frame.innerHTML = data.html; // made and escaped by drawings/promises_html.py and drawings/html.py
  }
}
