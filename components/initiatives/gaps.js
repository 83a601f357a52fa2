/** The matrix of who is reached where: a gap that is pressed is chosen. */

export default function ({ data, parentElement, setTriggerValue }) {
  const frame = mounted(parentElement, "gaps-frame", (made) => {
    made.tabIndex = 0; // a table wider than a phone is scrolled by the keyboard too
    made.setAttribute("role", "region");
    made.setAttribute("aria-label", "Hvem når vi ikke?");
    made.addEventListener("click", (event) => {
      const gap = event.target.closest("button.ring");
      if (gap) made.tell("gap", { profile: gap.dataset.profile, area: gap.dataset.area });
    });
  });
  frame.tell = setTriggerValue;
  redrawn(frame, data.html); // made and escaped by drawings/gaps_html.py
  for (const gap of frame.querySelectorAll("button.ring"))
    gap.setAttribute("aria-pressed", String(gap.dataset.profile === data.profile && gap.dataset.area === data.area));
}
