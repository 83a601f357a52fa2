/** Roads and landmarks beneath the areas: fetched piece by piece as they are needed, drawn and named as there is room. */

import { fetchPiece, fetchSteps } from "./wire.js";

const WEIGHTS = [3, 2.2, 1.5, 1, 0.7]; // pixels at zoom 14, by rank: motorway, main, through, local, path
const STRENGTH = [0.75, 0.7, 0.6, 0.5, 0.4];
const NAMES_FROM = [13, 14, 14.5, 15, 15.5]; // the zoom from which roads of a rank are named
const STATION = /station|s-train|train|metro|halt/;
const LARGE = /suburb|town|village|park|sports|school|cemetery|sight|wood|water/;
const LANDMARKS_FROM = { station: 12.25, large: 13.5, other: 15 };
const APART = 260; // pixels between two mentions of one name

/** `theme` gives the colours of the page, `more` named roads of others to write; returns show(url), repaint() and write(). */
export function makeStreets(L, map, theme, more) {
  for (const [pane, order] of [["streets", 350], ["streetnames", 455]]) {
    map.createPane(pane).style.zIndex = order;
    map.getPane(pane).style.pointerEvents = "none";
  }
  const renderer = L.canvas({ pane: "streets", padding: 0.3 });
  const canvas = map.getPane("streetnames").appendChild(document.createElement("canvas"));
  canvas.className = "leaflet-zoom-hide streetnames";
  let steps = null, base = null, drawn = new Map(), turn = 0, wanted = null;

  async function show(url) {
    if (url === wanted) return;
    wanted = url;
    drawn.forEach(({ layer }) => layer.remove());
    drawn = new Map();
    steps = null;
    if (!url) return write();
    try {
      const found = await fetchSteps(url);
      if (url !== wanted) return;
      [steps, base] = [found, url];
    } catch {
      return; // a map without streets is still a map
    }
    await update();
  }

  /** Fetches the pieces that the window touches at this zoom, then draws them all at once. */
  async function update() {
    if (!map.getSize().x) return;
    if (!steps) return write();
    const own = ++turn, zoom = map.getZoom(), window = map.getBounds().pad(0.2);
    const step = steps.findLast(({ zoom: from }) => zoom >= from) ?? steps[0];
    const files = step.pieces.filter(([, west, south, east, north]) =>
      window.intersects([[south, west], [north, east]])).map(([file]) => file);
    const pieces = await Promise.all(files.map((file) => fetchPiece(new URL(file, base).href).catch(() => null)));
    if (own !== turn) return;
    const kept = new Set(files);
    drawn.forEach(({ layer }, file) => kept.has(file) || (layer.remove(), drawn.delete(file)));
    files.forEach((file, order) => pieces[order] && !drawn.has(file) && drawn.set(file, draw(pieces[order])));
    write();
  }

  function draw(piece) {
    const ranks = [4, 3, 2, 1, 0].filter((rank) => piece.roads.some((road) => road.rank === rank));
    const layer = L.layerGroup(
      ranks.map((rank) => {
        const lines = piece.roads.filter((road) => road.rank === rank).map(({ line }) => line);
        return Object.assign(L.polyline(lines, { renderer, pane: "streets", interactive: false, ...style(rank) }), { rank });
      }),
    ).addTo(map);
    return { layer, piece };
  }

  function style(rank) {
    const weight = Math.max(0.6, WEIGHTS[rank] * 2 ** ((map.getZoom() - 14) * 0.45));
    return { color: theme().muted, weight, opacity: STRENGTH[rank], smoothFactor: 1, dashArray: rank === 4 ? "3 2" : null };
  }

  function repaint() {
    drawn.forEach(({ layer }) => layer.eachLayer((line) => line.setStyle(style(line.rank))));
    write();
  }

  /** Writes landmarks, then the names of roads along them, each where those before it leave room. */
  function write() {
    const size = map.getSize(), corner = map.containerPointToLayerPoint([0, 0]), sharp = Math.max(2, devicePixelRatio);
    L.DomUtil.setPosition(canvas, corner);
    Object.assign(canvas, { width: size.x * sharp, height: size.y * sharp });
    Object.assign(canvas.style, { width: `${size.x}px`, height: `${size.y}px` });
    const pen = canvas.getContext("2d"), { ink, muted, paper } = theme();
    pen.scale(sharp, sharp);
    Object.assign(pen, { textBaseline: "middle", lineJoin: "round", lineWidth: 3, strokeStyle: paper });
    const family = getComputedStyle(map.getContainer()).fontFamily, zoom = map.getZoom();
    const frame = map.getContainer().getBoundingClientRect(), said = [];
    const taken = [...map.getPane("names").children].map((name) => {
      const { left, top, width, height } = name.getBoundingClientRect(); // the names of areas go first
      return { x: left - frame.left, y: top - frame.top, wide: width, tall: height };
    });
    const free = (box) => box.x >= 2 && box.y >= 2 && box.x + box.wide <= size.x - 2 && box.y + box.tall <= size.y - 2 &&
      !taken.some((other) => box.x < other.x + other.wide && other.x < box.x + box.wide &&
        box.y < other.y + other.tall && other.y < box.y + box.tall);
    const text = (words, colour) => (pen.strokeText(words, 0, 0), (pen.fillStyle = colour), pen.fillText(words, 0, 0));
    const pieces = [...drawn.values()].map(({ piece }) => piece);

    const marks = pieces.flatMap(({ landmarks }) => landmarks).map((mark) => ({ ...mark, size: sizeOf(mark.kind) }));
    for (const { name, point, size: kind } of marks.sort((a, b) => LANDMARKS_FROM[a.size] - LANDMARKS_FROM[b.size])) {
      if (zoom < LANDMARKS_FROM[kind]) continue;
      pen.font = `${kind === "station" ? 600 : 450} 11px ${family}`;
      const at = map.latLngToContainerPoint(point), wide = pen.measureText(name).width;
      const box = { x: at.x - 4, y: at.y - 8, wide: wide + 14, tall: 16 };
      if (!free(box)) continue;
      taken.push(box);
      pen.beginPath(), pen.arc(at.x, at.y, 2.75, 0, 7), pen.stroke(), (pen.fillStyle = kind === "station" ? ink : muted), pen.fill();
      pen.save(), pen.translate(at.x + 7, at.y), text(name, kind === "station" ? ink : muted), pen.restore();
    }

    pen.font = `500 11px ${family}`;
    const named = [...pieces.flatMap(({ roads }) => roads), ...more()].filter(({ name, rank }) => name && zoom >= NAMES_FROM[rank]);
    for (const { name, line } of named.sort((a, b) => a.rank - b.rank)) {
      const spot = straightest(line.map((point) => map.latLngToContainerPoint(point)), pen.measureText(name).width + 12, size);
      if (!spot || said.some((one) => one.name === name && Math.hypot(one.x - spot.x, one.y - spot.y) < APART)) continue;
      const wide = pen.measureText(name).width, cos = Math.abs(Math.cos(spot.turn)), sin = Math.abs(Math.sin(spot.turn));
      const box = { wide: wide * cos + 14 * sin, tall: wide * sin + 14 * cos };
      Object.assign(box, { x: spot.x - box.wide / 2, y: spot.y - box.tall / 2 });
      if (!free(box)) continue;
      taken.push(box), said.push({ name, x: spot.x, y: spot.y });
      pen.save(), pen.translate(spot.x, spot.y), pen.rotate(spot.turn), pen.translate(-wide / 2, 0), text(name, ink), pen.restore();
    }
    canvas.dataset.roads = said.length;
    canvas.dataset.names = [...marks.filter(({ size: kind }) => zoom >= LANDMARKS_FROM[kind]), ...said].length;
  }

  map.on("moveend resize", update);
  map.on("zoomend", repaint);
  return { show, repaint, write };
}

const sizeOf = (kind) => (STATION.test(kind) ? "station" : LARGE.test(kind) ? "large" : "other");

/** The middle and turn of a stretch of a road that is in the window and as good as straight over `wide` pixels. */
function straightest(points, wide, size) {
  for (let first = 0; first + 1 < points.length; first++) {
    let walked = 0;
    for (let last = first + 1; last < points.length; last++) {
      walked += points[last - 1].distanceTo(points[last]);
      if (walked < wide) continue;
      const from = points[first], to = points[last], span = from.distanceTo(to);
      const x = (from.x + to.x) / 2, y = (from.y + to.y) / 2;
      if (span < walked * 0.96 || x < 0 || y < 0 || x > size.x || y > size.y) break;
      let turn = Math.atan2(to.y - from.y, to.x - from.x);
      if (Math.abs(turn) > Math.PI / 2) turn -= Math.sign(turn) * Math.PI; // never upside down
      return { x, y, turn };
    }
  }
  return null;
}
