/** The element a component draws in: the first time it is made, and `begin` puts on it whatever listens. */
function mounted(parent, className, begin = () => {}) {
  let frame = parent.querySelector(`.${className}`);
  if (frame) return frame;
  frame = document.createElement("div");
  frame.className = className;
  frame.dataset.drawn = "";
  parent.append(frame);
  begin(frame);
  return frame;
}

/** Put markup that the server has made and escaped in the element; says whether it was another one. */
function redrawn(frame, html) {
  if (frame.shown === html) return false;
  frame.shown = html;
  frame.innerHTML = html;
  return true;
}

/** An element with a class, a text and children. */
function made(tag, className, text = "", ...children) {
  const element = Object.assign(document.createElement(tag), { className, textContent: text });
  element.append(...children);
  return element;
}

