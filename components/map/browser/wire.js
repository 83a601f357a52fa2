/** Reads what the server packed: the geometry file (geometry.py) and the classes and texts of a rerun (wire.py). */

const OUTLINE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
const valueOf = (alphabet) => {
  const table = new Uint8Array(128);
  for (let place = 0; place < 64; place++) table[alphabet.charCodeAt(place)] = place;
  return table;
};
const OUTLINE_VALUE = valueOf(OUTLINE);
const DIGIT_VALUE = valueOf(DIGITS);

const layers = new Map();

/** The areas of a geometry file: [{id, name, shape: polygons of rings of [lat, lng], box, centre}]; fetched once. */
export const fetchLayer = (url) => fetchOnce(url, readLayer);

/** The steps of the streets, coarsest first: [{zoom, pieces: [[file, west, south, east, north]]}]; fetched once. */
export const fetchSteps = (url) => fetchOnce(url, ({ steps }) => steps);

/** The roads and landmarks of a piece: {roads: [{rank, name, line}], landmarks: [{name, kind, point}]}; fetched once. */
export const fetchPiece = (url) => fetchOnce(url, readPiece);

function fetchOnce(url, read) {
  if (!layers.has(url)) {
    const fetched = fetch(url).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status} ${url}`);
      return answer.json().then(read);
    });
    fetched.catch(() => layers.delete(url)); // a failure is not kept, so the next rerun tries again
    layers.set(url, fetched);
  }
  return layers.get(url);
}

/** Reads packed points (geo/packing.py) one run at a time: run(), and the sign that ended it: sign(). */
function runs(packed, decimals) {
  const unit = 10 ** -decimals;
  let at = 0, lat = 0, lng = 0;
  const step = () => {
    let value = 0, shift = 0, digit;
    do {
      digit = OUTLINE_VALUE[packed.charCodeAt(at++)];
      value += (digit & 31) * 2 ** shift;
      shift += 5;
    } while (digit & 32);
    return value % 2 ? -(value + 1) / 2 : value / 2;
  };
  const run = () => {
    const points = [];
    while (at < packed.length && !" !'".includes(packed[at])) {
      lat += step();
      lng += step();
      points.push([lat * unit, lng * unit]);
    }
    return points;
  };
  return { run, sign: () => packed[at++] };
}

export function readPiece({ decimals, names, rank, name, lines, landmarks }) {
  const { run, sign } = runs(lines, decimals);
  const roads = [...rank].map((digit, place) => {
    const line = run();
    sign();
    return { rank: Number(digit), name: name.length ? names[name[place]] : "", line };
  });
  return { roads, landmarks: landmarks.map(([own, kind, lng, lat]) => ({ name: own, kind, point: [lat, lng] })) };
}

export function readLayer({ decimals, id, name, shape }) {
  const { run, sign } = runs(shape, decimals);
  return id.map((areaId, place) => {
    const polygons = [[run()]];
    for (let next = sign(); next && next !== " "; next = sign()) {
      if (next === "!") polygons.push([]);
      polygons.at(-1).push(run());
    }
    return { id: areaId, name: name[place], shape: polygons, ...placeOf(polygons) };
  });
}

/** The box of an area as [[south, west], [north, east]] and a point inside its largest polygon for name and symbol. */
function placeOf(polygons) {
  let south = 90, west = 180, north = -90, east = -180, largest = -1, outer = polygons[0][0];
  for (const [ring] of polygons) {
    let area = 0;
    ring.forEach(([lat, lng], place) => {
      south = Math.min(south, lat), north = Math.max(north, lat), west = Math.min(west, lng), east = Math.max(east, lng);
      const [nextLat, nextLng] = ring[(place + 1) % ring.length];
      area += lng * nextLat - nextLng * lat;
    });
    if (Math.abs(area) > largest) (largest = Math.abs(area)), (outer = ring);
  }
  return { box: [[south, west], [north, east]], centre: pointInside(outer) };
}

/** The middle of the widest stretch inside a ring, among nine level lines through it. */
function pointInside(ring) {
  const lats = ring.map(([lat]) => lat);
  const low = Math.min(...lats), high = Math.max(...lats);
  let best = { width: -1, point: ring[0] };
  for (let line = 1; line <= 9; line++) {
    const lat = low + ((high - low) * line) / 10;
    const crossings = [];
    ring.forEach(([aLat, aLng], place) => {
      const [bLat, bLng] = ring[(place + 1) % ring.length];
      if (aLat > lat !== bLat > lat) crossings.push(aLng + ((lat - aLat) / (bLat - aLat)) * (bLng - aLng));
    });
    crossings.sort((a, b) => a - b);
    for (let place = 0; place + 1 < crossings.length; place += 2) {
      // The middle lines win ties, so that a name stands in the middle of a square.
      const width = (crossings[place + 1] - crossings[place]) * (1 - Math.abs(line - 5) / 20);
      if (width > best.width) best = { width, point: [lat, (crossings[place] + crossings[place + 1]) / 2] };
    }
  }
  return best.point;
}

/** Class (-1: none) and style (0 normal, 1 hatched, 2 outlined, 3 missing, 4 zero) of area `place`. */
export function classOf(packed, place) {
  const code = DIGIT_VALUE[packed.charCodeAt(place)];
  return code < 3 ? { place: -1, style: 2 + code } : { place: Math.floor(code / 3) - 1, style: code % 3 };
}

/** A function from an area's place to its lines of text; lines are looked up when asked for. */
export function readTexts(columns) {
  const readers = columns.map(({ u, i, v }) => {
    if (v !== undefined) {
      const lines = v.split("\n");
      return (place) => lines[place];
    }
    if (i === undefined) return () => u;
    const lines = u.split("\n");
    let width = 1;
    while (64 ** width < lines.length) width++;
    return (place) => {
      let index = 0;
      for (let digit = place * width; digit < (place + 1) * width; digit++)
        index = index * 64 + DIGIT_VALUE[i.charCodeAt(digit)];
      return lines[index];
    };
  });
  return (place) => readers.map((line) => line(place)).filter(Boolean);
}
