/** Draws tiles of vectors (Mapbox Vector Tile 2.1) beneath the areas: water, green, buildings and roads, and tells their names. */

const WATER = /water|ocean|hav|s(ø|oe)|vandl/i, GREEN = /park|land(use|cover)|natural|green|wood|skov|pois?$/i;
const BUILDING = /building|bygning/i, ROAD = /road|transport|street|highway|vej|bridge/i;
const FILLS = [[GREEN, "rgba(110, 150, 110, 0.2)"], [WATER, "rgba(90, 140, 190, 0.35)"], [BUILDING, "rgba(128, 128, 128, 0.22)"]];
const LARGE = /motorway|trunk|primary|highway|major/i, MIDDLE = /secondary|tertiary|medium/i;
const NAMES = ["name:da", "name", "navn", "vejnavn"]; // the tags in which a road has its name, the first of them first
const SIDE = 256; // px of a tile on the screen

/**
 * A layer of the map that fetches tiles from `url` and draws them; `theme` gives the colours of the page. `roads()` are
 * the named roads of the tiles that are there, as those of a piece of streets (wire.js): [{name, rank, line}].
 */
export function vectorTiles(L, url, deepest, theme) {
  const named = new Map();
  const Layer = L.GridLayer.extend({
    roads: () => [...named.values()].flat(),
    createTile(coords, done) {
      const canvas = L.DomUtil.create("canvas", "leaflet-tile"), sharp = Math.max(2, devicePixelRatio);
      Object.assign(canvas, { width: SIDE * sharp, height: SIDE * sharp });
      fetch(L.Util.template(url, coords))
        .then((answer) => (answer.ok ? answer.arrayBuffer() : new ArrayBuffer(0))) // no tile there: nothing is drawn
        .then((content) => {
          const layers = readTile(new Uint8Array(content));
          paint(canvas.getContext("2d"), layers, SIDE * sharp, theme());
          if (canvas.isConnected) named.set(keyOf(coords), namedRoads(L, layers, coords));
        })
        .then(() => done(null, canvas), (error) => done(error, canvas));
      return canvas;
    },
  });
  const layer = new Layer({ maxNativeZoom: deepest, maxZoom: 19, tileSize: SIDE });
  layer.on("tileunload", ({ coords }) => named.delete(keyOf(coords)));
  // The address is kept where a layer of pictures has it, so that the map knows whether it has changed.
  return Object.assign(layer, { _url: url });
}

const keyOf = ({ x, y, z }) => `${z}/${x}/${y}`;

/** The roads of a tile that have a name, with their points as [lat, lng] and a rank as our own streets have it. */
function namedRoads(L, layers, { x, y, z }) {
  const at = (extent) => ([east, north]) => {
    const { lat, lng } = L.CRS.EPSG3857.pointToLatLng(L.point((x + east / extent) * SIDE, (y + north / extent) * SIDE), z);
    return [lat, lng];
  };
  return layers.filter(({ name }) => ROAD.test(name)).flatMap(({ features, extent }) =>
    features.filter(({ type }) => type === LINE_STRING).flatMap(({ tags, lines }) => {
      const name = NAMES.map((tag) => tags[tag]).find(Boolean), weight = weightOf(tags);
      return name ? lines.map((line) => ({ name, rank: weight > 2 ? 1 : weight > 1 ? 2 : 3, line: line.map(at(extent)) })) : [];
    }));
}

const weightOf = (tags) => {
  const kind = Object.values(tags).join(" ");
  return LARGE.test(kind) ? 2.4 : MIDDLE.test(kind) ? 1.6 : 0.9;
};

function paint(pen, layers, side, { muted }) {
  const drawn = (rule, polygons) => layers.filter(({ name }) => rule.test(name)).flatMap(({ features, extent }) =>
    features.filter(({ type }) => (type === POLYGON) === polygons && type !== POINT).map((one) => ({ ...one, scale: side / extent })));
  const path = ({ lines, scale }) => {
    const drawn = new Path2D();
    for (const line of lines) line.forEach(([x, y], at) => drawn[at ? "lineTo" : "moveTo"](x * scale, y * scale));
    return drawn;
  };
  for (const [rule, colour] of FILLS) {
    pen.fillStyle = colour;
    for (const feature of drawn(rule, true)) pen.fill(path(feature), "evenodd");
  }
  Object.assign(pen, { strokeStyle: muted, lineJoin: "round", lineCap: "round" });
  for (const feature of drawn(ROAD, false)) {
    const weight = weightOf(feature.tags);
    Object.assign(pen, { lineWidth: (weight * side) / SIDE, globalAlpha: weight > 1 ? 0.7 : 0.45 });
    pen.stroke(path(feature));
  }
  pen.globalAlpha = 1;
}

// Reading ------------------------------------------------------------------------------------------------------------

const POINT = 1, LINE_STRING = 2, POLYGON = 3;
const MOVE = 1, LINE = 2;
const utf8 = new TextDecoder();

/** The layers of a tile: [{name, extent, features: [{type, tags, lines: [[[x, y], …], …]}]}]. */
export function readTile(bytes) {
  return fieldsOf(bytes).filter(([field]) => field === 3).map(([, layer]) => {
    const parts = fieldsOf(layer), all = (wanted) => parts.filter(([field]) => field === wanted).map(([, value]) => value);
    const keys = all(3).map((key) => utf8.decode(key)), values = all(4).map(valueOf);
    return {
      name: utf8.decode(all(1)[0] ?? new Uint8Array()),
      extent: all(5)[0] ?? 4096,
      features: all(2).map((feature) => featureOf(feature, keys, values)),
    };
  });
}

function featureOf(bytes, keys, values) {
  const parts = new Map(fieldsOf(bytes)), pairs = numbersOf(parts.get(2)), tags = {};
  for (let at = 0; at + 1 < pairs.length; at += 2) tags[keys[pairs[at]]] = values[pairs[at + 1]];
  return { type: parts.get(3), tags, lines: linesOf(numbersOf(parts.get(4))) };
}

/** The lines that a tile's commands draw; a ring that is closed comes back to where it began. */
function linesOf(commands) {
  const lines = [], back = (number) => (number >>> 1) ^ -(number & 1);
  let x = 0, y = 0;
  for (let at = 0; at < commands.length; ) {
    const command = commands[at] & 7, times = commands[at++] >>> 3;
    if (command !== MOVE && command !== LINE) {
      const ring = lines.at(-1);
      if (ring?.length) ring.push(ring[0]);
      continue;
    }
    for (let time = 0; time < times; time++) {
      (x += back(commands[at++])), (y += back(commands[at++]));
      if (command === MOVE) lines.push([]);
      lines.at(-1)?.push([x, y]);
    }
  }
  return lines;
}

const valueOf = (bytes) => fieldsOf(bytes).map(([field, value]) => (field === 1 ? utf8.decode(value) : value))[0];

function numbersOf(bytes = new Uint8Array()) {
  const at = { place: 0 }, numbers = [];
  while (at.place < bytes.length) numbers.push(varint(bytes, at));
  return numbers;
}

/** The fields of a message (Protocol Buffers): [number, value]; a value is a number, or bytes that are read further. */
function fieldsOf(bytes) {
  const at = { place: 0 }, fields = [], view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  while (at.place < bytes.length) {
    const key = varint(bytes, at), wire = key & 7;
    let value;
    if (wire === 0) value = varint(bytes, at);
    else if (wire === 1) (value = view.getFloat64(at.place, true)), (at.place += 8);
    else if (wire === 5) (value = view.getFloat32(at.place, true)), (at.place += 4);
    else {
      const length = varint(bytes, at);
      value = bytes.subarray(at.place, (at.place += length));
    }
    fields.push([key >>> 3, value]);
  }
  return fields;
}

function varint(bytes, at) {
  let value = 0, unit = 1, byte;
  do {
    byte = bytes[at.place++] ?? 0;
    value += (byte & 127) * unit;
    unit *= 128;
  } while (byte & 128);
  return value;
}
