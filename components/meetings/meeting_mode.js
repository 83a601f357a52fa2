/** The meeting on the projector: one figure at a time over the whole screen; arrow keys, a swipe or a press go on. */

export default function ({ data, parentElement }) {
  let frame = parentElement.querySelector(".meeting-mode");
  if (!frame) {
    frame = document.createElement("div");
    frame.className = "meeting-mode";
    frame.dataset.drawn = "";
    frame.innerHTML = `<button type="button" class="begin">Vis på storskærm</button>
      <dialog aria-label="Mødevisning"><div class="slides"></div><nav>
      <button type="button" data-step="-1">Forrige</button><span role="status"></span>
      <button type="button" data-step="1">Næste</button><button type="button" class="end">Luk visningen</button></nav></dialog>`;
    parentElement.append(frame);
    listen(frame);
  }
  frame.querySelector(".slides").innerHTML = data.html; // made and escaped by drawings/meeting_html.py
  show(frame, frame.at ?? 0);
}

function listen(frame) {
  const dialog = frame.querySelector("dialog");
  frame.querySelector(".begin").addEventListener("click", () => {
    dialog.showModal();
    dialog.requestFullscreen?.().catch(() => {}); // a browser that may not still shows it over the page
    show(frame, 0);
  });
  frame.querySelector(".end").addEventListener("click", () => close(dialog));
  dialog.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (step) show(frame, frame.at + Number(step.dataset.step));
  });
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    if (!step || (event.key === " " && event.target.closest("button"))) return;
    event.preventDefault();
    show(frame, frame.at + step);
  });
  let from = null;
  dialog.addEventListener("pointerdown", (event) => (from = event.clientX));
  dialog.addEventListener("pointerup", (event) => {
    const moved = from === null ? 0 : event.clientX - from;
    from = null;
    if (Math.abs(moved) > 60) show(frame, frame.at + (moved < 0 ? 1 : -1));
  });
  dialog.addEventListener("close", () => close(dialog));
}

function close(dialog) {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  if (dialog.open) dialog.close();
}

function show(frame, wanted) {
  const slides = [...frame.querySelectorAll(".slides > section")];
  frame.at = Math.max(0, Math.min(wanted, slides.length - 1));
  slides.forEach((slide, place) => (slide.hidden = place !== frame.at));
  frame.querySelector('[role="status"]').textContent = `${frame.at + 1} af ${slides.length}`;
  const [back, on] = frame.querySelectorAll("[data-step]");
  back.disabled = frame.at === 0;
  on.disabled = frame.at === slides.length - 1;
}
