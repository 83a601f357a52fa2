/** The map and list of insecure places: a place whose button is pressed is followed up. */

export default function ({ data, parentElement, setTriggerValue }) {
  const frame = mounted(parentElement, "promises", (made) =>
    made.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-place]");
      if (button) made.tell("place", button.dataset.place);
    }),
  );
  frame.tell = setTriggerValue;
  redrawn(frame, data.html); // made and escaped by drawings/promises_html.py and drawings/html.py
}
