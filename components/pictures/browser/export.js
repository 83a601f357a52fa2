/** One standalone picture from a drawing: title sentence above; signs, source, date and release below. */

const SVG = "http://www.w3.org/2000/svg";
const FAMILY = "Inter, 'Inter Variable', system-ui, 'Segoe UI', Helvetica, Arial, sans-serif";
const EDGE = 20; // pixels around title and foot
const TITLE = { size: 15, weight: 600, line: 21 };
const FOOT = { size: 11, weight: 400, line: 16 };
const EXAMPLE = "Eksempeldata: opdigtede tal";
const SCALE = 2; // PNG pixels a pixel on the screen

export async function asSvg(words, look) {
  return new Blob([serialised(compose(words, look))], { type: "image/svg+xml" });
}

/** Drawn with our typeface inside, because a picture in a picture may fetch nothing. */
export async function asPng(words, look, app) {
  const drawing = compose(words, look);
  const style = document.createElementNS(SVG, "style");
  style.textContent = `@font-face { font-family: Inter; font-weight: 100 900; src: url(${await typeface(app)}) format("woff2"); }`;
  drawing.prepend(style);
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([serialised(drawing)], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = SCALE * drawing.getAttribute("width");
  canvas.height = SCALE * drawing.getAttribute("height");
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** Drawing, title and foot as one picture. All words are set as text, never as markup. */
function compose({ html, room, sentence, foot: { credit, example } }, look) {
  const [left, right, top, bottom, plot] = room;
  const figure = document.createElement("template");
  figure.innerHTML = html;
  const signs = figure.content.querySelector("figcaption")?.textContent ?? "";
  const width = Math.round(look.width) + 2 * EDGE, inner = width - 2 * EDGE - left - right;
  const above = wrap(sentence, width - 2 * EDGE, TITLE), middle = wrap(signs, width - 2 * EDGE, FOOT);
  const below = [...middle, ...wrap(credit, width - 2 * EDGE, FOOT)];
  const head = EDGE + above.length * TITLE.line + (example ? FOOT.line + 4 : 0) + 8;
  const end = head + top + plot + bottom, total = end + 10 + below.length * FOOT.line + EDGE - 4;
  const picture = make("svg", { xmlns: SVG, width, height: total, viewBox: `0 0 ${width} ${total}`, role: "img" });
  picture.append(make("title", {}, sentence));
  picture.append(make("desc", {}, example ? `${credit} ${EXAMPLE}.` : credit));
  picture.append(make("rect", { width, height: total, fill: look.paper }));
  above.forEach((line, place) => picture.append(text(line, EDGE + 15 + place * TITLE.line, TITLE, look.colour("--ink"))));
  if (example) picture.append(text(EXAMPLE, head - 11, { ...FOOT, weight: 600 }, look.badge));
  picture.append(placed(figure.content.querySelector("svg"), { x: EDGE + left, y: head + top, width: inner, height: plot }, look));
  below.forEach((line, place) => picture.append(text(line, end + 20 + place * FOOT.line, FOOT, look.colour("--muted"))));
  look.done();
  return picture;
}

/** The drawing itself in a frame of pixels, in colours of its own and without what belongs to the pointer. */
function placed(svg, frame, look) {
  svg.querySelectorAll(".stop").forEach((stop) => stop.remove());
  for (const name of ["class", "role", "aria-label", "aria-roledescription"]) svg.removeAttribute(name);
  for (const [name, value] of Object.entries({ ...frame, overflow: "visible", "font-family": FAMILY })) svg.setAttribute(name, value);
  for (const element of [svg, ...svg.querySelectorAll("[fill^='var('], [stroke^='var(']")])
    for (const name of ["fill", "stroke"]) {
      const variable = element.getAttribute(name)?.match(/^var\((--[\w-]+)\)$/);
      if (variable) element.setAttribute(name, look.colour(variable[1]));
    }
  return svg;
}

function text(words, y, { size, weight }, fill) {
  return make("text", { x: EDGE, y, fill, "font-family": FAMILY, "font-size": size, "font-weight": weight }, words);
}

function make(tag, attributes, words) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (name !== "xmlns") made.setAttribute(name, value);
  if (words !== undefined) made.textContent = words;
  return made;
}

/** A text on as many lines as it takes at a width in pixels. */
function wrap(words, width, { size, weight }) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${weight} ${size}px ${FAMILY}`;
  const lines = [];
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

const serialised = (drawing) => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawing)}`;

let kept = null;
/** Our typeface as a data address, fetched once from the app itself. */
function typeface(app) {
  kept ??= fetch(new URL("app/static/vendor/inter/inter-latin.woff2", app)).then(async (answer) => {
    if (!answer.ok) throw new Error(`${answer.status}`);
    const reader = new FileReader();
    reader.readAsDataURL(await answer.blob());
    await new Promise((done, failed) => ((reader.onload = done), (reader.onerror = failed)));
    return reader.result;
  });
  kept.catch(() => (kept = null)); // a failure is not kept, so the next click tries again
  return kept;
}
