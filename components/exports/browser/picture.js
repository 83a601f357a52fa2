/** One standalone picture from a drawn Plotly chart: title sentence above, source, date and release below. */

const SVG = "http://www.w3.org/2000/svg";
const FAMILY = "Inter, 'Inter Variable', system-ui, 'Segoe UI', Helvetica, Arial, sans-serif";
const EDGE = 20; // pixels around title and foot
const TITLE = { size: 15, weight: 600, line: 21 };
const FOOT = { size: 11, weight: 400, line: 16 };
const EXAMPLE = "Eksempeldata: opdigtede tal";
const SCALE = 2; // PNG pixels a pixel on the screen
// What belongs to the pointer and not to the picture.
const UNSEEN = ".hoverlayer, .draglayer, .zoomlayer, .selectionlayer, .menulayer";

export async function asSvg(graph, words, look) {
  return new Blob([serialised(compose(graph, words, look))], { type: "image/svg+xml" });
}

/** Drawn with our typeface inside, because a picture in a picture may fetch nothing. */
export async function asPng(graph, words, look, app) {
  const drawing = compose(graph, words, look);
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

/** Chart, title and foot as one drawing. All words are set as text, never as markup. */
function compose(graph, { title, credit, example }, look) {
  const layers = [...graph.querySelectorAll(".main-svg")];
  const chart = { width: layers[0].width.baseVal.value, height: Math.round(layers[0].height.baseVal.value) };
  const width = Math.round(chart.width) + 2 * EDGE;
  const above = wrap(title, width - 2 * EDGE, TITLE);
  const below = wrap(credit, width - 2 * EDGE, FOOT);
  const top = EDGE + above.length * TITLE.line + (example ? FOOT.line + 4 : 0) + 8;
  const total = top + chart.height + 10 + below.length * FOOT.line + EDGE - 4;
  const drawing = make("svg", { xmlns: SVG, width, height: total, viewBox: `0 0 ${width} ${total}`, role: "img" });
  drawing.append(make("title", {}, title));
  drawing.append(make("desc", {}, example ? `${credit} ${EXAMPLE}.` : credit));
  drawing.append(make("rect", { width, height: total, fill: look.paper }));
  above.forEach((line, place) => drawing.append(text(line, EDGE + 15 + place * TITLE.line, TITLE, look.ink)));
  if (example) drawing.append(text(EXAMPLE, top - 11, { ...FOOT, weight: 600 }, look.badge));
  for (const layer of layers) drawing.append(chartLayer(layer, chart, top));
  below.forEach((line, place) => drawing.append(text(line, top + chart.height + 20 + place * FOOT.line, FOOT, look.muted)));
  return drawing;
}

function chartLayer(layer, { width, height }, top) {
  const copy = layer.cloneNode(true);
  copy.querySelectorAll(UNSEEN).forEach((element) => element.remove());
  copy.removeAttribute("style");
  for (const [name, value] of Object.entries({ x: EDGE, y: top, width, height, overflow: "hidden" })) copy.setAttribute(name, value);
  // Clips are named with the page's address in front; in a file of its own the name alone counts.
  for (const element of copy.querySelectorAll("[clip-path], [fill^='url'], [style*='url']"))
    for (const name of ["clip-path", "fill", "style"])
      if (element.hasAttribute(name))
        element.setAttribute(name, element.getAttribute(name).replace(/url\(["']?[^#)]*#([^"')]+)["']?\)/g, "url(#$1)"));
  return copy;
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
