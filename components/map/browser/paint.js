/** Draws areas with Leaflet: fills, hatches, outlines, symbols for areas too small to see, and marks. */

import { around, placeNames } from "./names.js";
import { outerEdges } from "./outline.js";

const MANY = 500; // above this, canvas; below, SVG with a symbol for each small area
export const LET_THROUGH = 0.64; // how strongly an area is filled where streets or tiles are to be seen through it
const SMALL = 20; // pixels across, below which an area is shown by its symbol

/** The colours of the page's theme, read anew each time because the reader may switch between light and dark. */
export function themeColours(node) {
  const style = getComputedStyle(node);
  const read = (name, fallback) => style.getPropertyValue(name).trim() || fallback;
  return {
    paper: read("--st-background-color", "#ffffff"),
    surface: read("--st-secondary-background-color", "#f4f6f8"),
    ink: read("--st-text-color", "#1b2a3a"),
    muted: read("--st-gray-text-color", "#56636f"),
    line: read("--st-border-color", "#d9dfe5"),
    primary: read("--st-primary-color", "#14506e"),
  };
}

/** The colour of a class in the legend, which has one for the dark too. */
export const classColour = ([light, , dark], theme) => (dark && brightness(theme.paper) < 128 ? dark : light);

export function makePainter(L, map, painted) {
  const marks = L.svg({ pane: "marks" });
  const outlines = L.svg({ pane: "outlines" });
  const layers = { base: null, areas: null, outlines: null, cluster: null };
  let drawn = {}, renderer, shapes = [], symbols = [], hits = [], boxes = [], theme, message, classOf, hatches = new Map();

  for (const [pane, order] of [["base", 300], ["areas", 400], ["outlines", 430], ["marks", 450], ["names", 460]])
    map.createPane(pane).style.zIndex = order;
  for (const pane of ["base", "outlines", "marks", "names"]) map.getPane(pane).style.pointerEvents = "none";

  /** Puts the areas of a new layer on the map. `on(event, place)` hears the pointer. */
  function setAreas(areas, on) {
    layers.areas?.remove();
    renderer?.remove();
    const many = areas.length > MANY;
    renderer = many ? L.canvas({ pane: "areas", padding: 0.3 }) : L.svg({ pane: "areas", padding: 0.5 });
    layers.areas = L.featureGroup().addTo(map);
    const listen = (layer, place) => {
      for (const name of ["mousemove", "mouseout", "click"]) layer.on(name, (event) => on(name, place, event));
      return layer;
    };
    shapes = areas.map((area, place) =>
      listen(L.polygon(area.shape, { renderer, pane: "areas", smoothFactor: many ? 1 : 0.5 }), place).addTo(layers.areas),
    );
    const circle = (place, radius, options) =>
      L.circleMarker(areas[place].centre, { renderer, pane: "areas", radius, ...options });
    symbols = many ? [] : areas.map((_, place) => circle(place, 9, { interactive: false }));
    hits = many ? [] : areas.map((_, place) => listen(circle(place, 14, { stroke: false, fillOpacity: 0 }), place));
    painted.areas = areas;
    hatches = new Map();
    drawn = {};
  }

  function setBase(areas) {
    layers.base?.remove();
    layers.base = null;
    painted.base = areas;
    if (!areas) return;
    const below = L.svg({ pane: "base", padding: 0.5 });
    layers.base = L.featureGroup(
      areas.map((area) => L.polygon(area.shape, { renderer: below, pane: "base", interactive: false })),
    ).addTo(map);
  }

  /** Gives every area the look its class and style ask for. */
  function fill(nextMessage, nextTheme, readClass) {
    if (theme && JSON.stringify(theme) !== JSON.stringify(nextTheme)) hatches.clear();
    [message, theme, classOf] = [nextMessage, nextTheme, readClass];
    const ground = message.tiles ? 0 : 1; // tiles lie beneath the ground, streets above it
    layers.base?.setStyle({ color: theme.muted, weight: 1, opacity: 0.55, fillColor: theme.paper, fillOpacity: ground });
    const rules = JSON.stringify([theme, message.legend.rows, message.dashed, message.streets, message.tiles]);
    const same = rules === drawn.rules, looks = new Map(); // areas of one class and style look alike
    shapes.forEach((shape, place) => {
      const code = message.classes[place];
      if (same && code === drawn.classes[place]) return;
      if (!looks.has(code)) looks.set(code, look(place));
      shape.setStyle(looks.get(code));
    });
    drawn = { rules, classes: message.classes };
    symbols.forEach((symbol, place) => symbol.setStyle({ ...look(place), weight: 2, dashArray: null }));
    outline("outlines", message.marked, [[theme.paper, 5], [theme.ink, 2.25]]);
    outline("cluster", message.cluster, [[theme.paper, 7], [theme.primary, 4]]);
    arrange();
  }

  /** Draws a strong line around areas that stand out, one line around those that touch. */
  function outline(kind, places = [], lines) {
    layers[kind]?.remove();
    const edges = outerEdges(places.map((place) => painted.areas[place]));
    const line = ([color, weight]) =>
      L.polyline(edges, { renderer: outlines, pane: "outlines", interactive: false, color, weight, smoothFactor: 0, className: kind });
    layers[kind] = L.featureGroup(edges.length ? lines.map(line) : []).addTo(map);
  }

  function look(place) {
    const { place: row, style } = classOf(place);
    const many = shapes.length > MANY;
    const dashArray = message.dashed ? "5 3" : null;
    const beneath = message.streets || message.tiles;
    if (row < 0) return without(style, many, beneath, dashArray);
    const colour = classColour(message.legend.rows[row], theme);
    const fillColor = style === 1 ? hatch(colour, many) : colour;
    const edge = message.dashed ? theme.ink : lost(colour, theme.paper) ? theme.muted : theme.paper;
    return many
      ? { color: theme.paper, weight: 0.5, opacity: 0.6, fillColor, fillOpacity: beneath ? LET_THROUGH : 0.9 }
      : { color: edge, weight: message.dashed ? 1 : 1.5, opacity: 1, fillColor, fillOpacity: beneath ? LET_THROUGH : 1, dashArray };
  }

  /** What has no class: hidden is an outline, missing is dotted, and zero is as the ground; three looks, never one. */
  function without(style, many, beneath, dashArray) {
    const line = { color: theme.muted, weight: 1.5, opacity: 1, dashArray };
    if (style === 3) return { ...line, weight: many ? 0.5 : 1.5, fillColor: dots(many), fillOpacity: 1 };
    const faint = style === 4 ? { weight: 0.5, opacity: beneath ? 0.15 : 0.5 } : {};
    return { ...line, ...faint, fillColor: theme.paper, fillOpacity: many ? 0.01 : beneath ? 0.3 : 0.85 };
  }

  /** Dots for what is missing, as a hatch is made. */
  function dots(many) {
    if (!hatches.has("dots")) hatches.set("dots", many ? canvasDots(theme.muted) : svgDots());
    return hatches.get("dots");
  }

  /** A hatch in the colour of a class: a pattern for the canvas, or the address of one in the drawing. */
  function hatch(colour, many) {
    if (!hatches.has(colour)) hatches.set(colour, many ? canvasHatch(colour, theme.paper) : svgHatch(colour));
    return hatches.get(colour);
  }

  function svgHatch(colour) {
    const turned = { patternTransform: "rotate(45)" };
    return svgPattern(`hatch-${colour.slice(1)}`, colour, turned, "rect", { width: 1.5, height: 6, fill: theme.paper });
  }

  function svgDots() {
    return svgPattern("dots", theme.paper, {}, "circle", { cx: 3, cy: 3, r: 1.1, fill: theme.muted });
  }

  /** A pattern of a ground and one shape, put into the drawing anew; gives its address. */
  function svgPattern(id, ground, turned, shape, drawn) {
    renderer._container.querySelector(`#${id}`)?.remove();
    const make = (tag, attributes, into) => {
      const made = into.appendChild(document.createElementNS("http://www.w3.org/2000/svg", tag));
      for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
      return made;
    };
    const box = { width: 6, height: 6 };
    const pattern = make("pattern", { id, patternUnits: "userSpaceOnUse", ...turned, ...box }, renderer._container);
    make("rect", { ...box, fill: ground }, pattern);
    make(shape, drawn, pattern);
    return `url(#${id})`;
  }

  /** Shows the symbol of each area that is too small on this zoom, and the names there is room for. */
  function arrange() {
    boxes = painted.areas.length > MANY ? [] : painted.areas.map(({ box }) => {
      const [low, high] = box.map((corner) => map.latLngToLayerPoint(corner));
      return { x: low.x, y: high.y, wide: high.x - low.x, tall: low.y - high.y };
    });
    const small = [...boxes.keys()].filter((place) => Math.max(boxes[place].wide, boxes[place].tall) < SMALL);
    const points = apart(small.map((place) => map.latLngToLayerPoint(painted.areas[place].centre)));
    [...hits, ...symbols].forEach((layer) => layers.areas.removeLayer(layer));
    shapes.forEach((shape, place) => boxes[place] && layers.areas.addLayer(shape));
    small.forEach((place, order) => {
      layers.areas.removeLayer(shapes[place]);
      boxes[place] = around(points[order], SMALL, SMALL);
      for (const layer of [hits[place], symbols[place]])
        layers.areas.addLayer(layer.setLatLng(map.layerPointToLatLng(points[order])));
    });
    placeNames(map, painted, boxes);
  }

  /** Marks an area with a double line, `kind` being selected, cursor or hover; null takes the mark away. */
  const marked = {};
  function mark(kind, place) {
    marked[kind]?.layer?.remove();
    marked[kind] = { place, layer: null };
    if (place === null || !painted.areas[place]) return;
    const area = painted.areas[place];
    const lines = { selected: [theme.ink, 2.5], cursor: [theme.primary, 3.5], hover: [theme.ink, 1.5] }[kind];
    const small = symbols.length && layers.areas.hasLayer(symbols[place]);
    const outline = (color, weight) => {
      const options = { renderer: marks, pane: "marks", interactive: false, fill: false, color, weight, className: kind };
      return small
        ? L.circleMarker(symbols[place].getLatLng(), { ...options, radius: kind === "cursor" ? 14 : 11 })
        : L.polygon(area.shape, { ...options, smoothFactor: 0.5 });
    };
    marked[kind].layer = L.featureGroup([outline(theme.paper, lines[1] + 3), outline(...lines)]).addTo(map);
  }

  const remark = () => Object.entries(marked).forEach(([kind, { place }]) => mark(kind, place));
  map.on("zoomend viewreset resize", () => theme && (arrange(), remark()));
  map.on("moveend", () => theme && placeNames(map, painted, boxes));
  return { setAreas, setBase, fill, mark, remark };
}

/** Whether a fill would be lost on the ground of a map without an edge of its own. */
const lost = (colour, paper) => Math.abs(brightness(colour) - brightness(paper)) < 30;

/** How bright a `#rrggbb` or `rgb(…)` is, from 0 to 255. */
function brightness(colour) {
  const [red, green, blue] = colour.startsWith("#")
    ? [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16))
    : colour.match(/\d+/g).map(Number);
  return 0.3 * red + 0.59 * green + 0.11 * blue;
}

/** Moves points that are nearer each other than a symbol is wide, so that each can be seen and hit. */
function apart(points) {
  const moved = points.map(({ x, y }) => ({ x, y }));
  for (let round = 0; round < 6; round++)
    moved.forEach((one, order) =>
      moved.slice(order + 1).forEach((other) => {
        const x = other.x - one.x || 0.1, y = other.y - one.y;
        const distance = Math.hypot(x, y), push = (SMALL + 4 - distance) / 2 / distance;
        if (push <= 0) return;
        (one.x -= x * push), (one.y -= y * push), (other.x += x * push), (other.y += y * push);
      }),
    );
  return moved;
}

function canvasHatch(colour, paper) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 6;
  const pen = tile.getContext("2d");
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 6, 6);
  pen.strokeStyle = paper;
  pen.lineWidth = 1.5;
  pen.beginPath();
  for (const shift of [-6, 0, 6]) pen.moveTo(shift - 1, 7), pen.lineTo(shift + 7, -1);
  pen.stroke();
  return pen.createPattern(tile, "repeat");
}

function canvasDots(colour) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 5;
  const pen = tile.getContext("2d");
  pen.fillStyle = colour;
  pen.fillRect(2, 2, 1.5, 1.5);
  return pen.createPattern(tile, "repeat");
}
