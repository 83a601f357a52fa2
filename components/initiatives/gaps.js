/** The matrix of who is reached where: a gap that is pressed is chosen. */

export default function ({ data, parentElement, setTriggerValue }) {
  let frame = parentElement.querySelector(".gaps-frame");
  if (!frame) {
    frame = document.createElement("div");
    frame.className = "gaps-frame";
    frame.dataset.drawn = "";
    frame.tabIndex = 0; // a table wider than a phone is scrolled by the keyboard too
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", "Hvem når vi ikke?");
    parentElement.append(frame);
    frame.addEventListener("click", (event) => {
      const gap = event.target.closest("button.ring");
      if (gap) frame.tell("gap", { profile: gap.dataset.profile, area: gap.dataset.area });
    });
  }
  frame.tell = setTriggerValue;
  if (frame.shown !== data.html) {
    frame.shown = data.html;
    frame.innerHTML = data.html; // made and escaped by drawings/gaps_html.py
  }
  for (const gap of frame.querySelectorAll("button.ring"))
    gap.setAttribute("aria-pressed", String(gap.dataset.profile === data.profile && gap.dataset.area === data.area));
}
