/** Writes the names of areas on the map, as many as there is room for. */

const NAMED = 60; // a layer with more areas than this is drawn without names
const REORDERED = 20; // with more names than this, the order in which they find room is the areas' own
const REACH = 12; // how many half lines or quarter widths a name may move from the middle of its area

/**
 * Names stand in the middle of an area, or beside one that is smaller than its name. `boxes` are the areas as drawn,
 * in layer pixels; they are kept free of other areas' names. `painted.base` is named after the areas themselves.
 */
export function placeNames(map, { areas, base }, boxes) {
  const pane = map.getPane("names");
  pane.replaceChildren();
  const wanted = [];
  if (areas.length <= NAMED) areas.forEach((area, place) => wanted.push({ area, own: base ? boxes[place] : null }));
  if (base?.length <= NAMED) base.forEach((area) => wanted.push({ area, own: null }));
  for (const name of wanted) {
    name.span = pane.appendChild(document.createElement("span"));
    name.span.className = `name ${name.own ? "area" : "place"} leaflet-zoom-hide`;
    name.span.textContent = name.area.name;
  }
  for (const name of wanted) [name.wide, name.tall] = [name.span.offsetWidth, name.span.offsetHeight]; // measured before any is moved
  const drawn = base && areas.length <= NAMED ? boxes : [];
  const corner = map.containerPointToLayerPoint([0, 0]), size = map.getSize();
  const seen = ({ x, y, wide, tall }) =>
    x >= corner.x && y >= corner.y && x + wide <= corner.x + size.x && y + tall <= corner.y + size.y;

  const held = (box) => ({ ...box, x: Math.min(Math.max(box.x, corner.x), corner.x + size.x - box.wide) });

  /** Where each name goes when they are placed in this order, each where those before it leave room. */
  function places(names) {
    const taken = [...drawn];
    return names.flatMap((name) => {
      const { area, own, wide, tall } = name;
      const middle = map.latLngToLayerPoint(area.centre);
      const open = (one) => !taken.some((other) => other !== own && overlap(one, other));
      const box = own
        ? besideOwn(own, middle, wide, tall, open, seen, held)
        : within(outline(map, area), middle, wide, tall, (one) => seen(one) && open(one));
      if (box) taken.push(box);
      return box ? [{ name, box }] : [];
    });
  }

  const own = wanted.filter((name) => name.own), ground = wanted.filter((name) => !name.own);
  const whole = (names) => places(names).filter(({ box }) => seen(box)).length;
  const placed = places([...mostPlaced(own, whole), ...ground]);
  const kept = new Set(placed.map(({ name }) => name));
  for (const name of wanted) if (!kept.has(name)) name.span.remove();
  for (const { name, box } of placed)
    name.span.style.transform = `translate(${Math.round(box.x)}px, ${Math.round(box.y)}px)`;
}

/** The names in the order in which most of them find room and stand whole: as they are, or begun with another one. */
function mostPlaced(names, whole) {
  if (names.length > REORDERED) return names;
  let best = names, most = whole(names);
  for (let first = 1; first < names.length && most < names.length; first++) {
    const order = [...names.slice(first), ...names.slice(0, first)], found = whole(order);
    if (found > most) [best, most] = [order, found];
  }
  return best;
}

/**
 * The first open place for a name inside or beside its own box, one that is seen before one that is not. At the edge of
 * the map a name above or below its box is held inside.
 */
function besideOwn(own, middle, wide, tall, open, seen, held) {
  const gap = 4, level = own.y + (own.tall - tall) / 2, upright = own.x + (own.wide - wide) / 2;
  const inside = own.wide > wide + 2 * gap && own.tall > tall + 2 * gap ? [around(middle, wide, tall)] : [];
  const beside = [
    [own.x + own.wide + gap, level],
    [own.x - gap - wide, level],
    [upright, own.y + own.tall + 1],
    [upright, own.y - tall - 1],
    [own.x + own.wide + gap, own.y + own.tall - tall / 2],
    [own.x - gap - wide, own.y + own.tall - tall / 2],
    [own.x + own.wide + gap, own.y - tall / 2],
    [own.x - gap - wide, own.y - tall / 2],
  ];
  const boxes = beside.map(([x, y]) => ({ x, y, wide, tall }));
  const free = [...inside, ...boxes, held(boxes[2]), held(boxes[3])].filter(open);
  return free.find(seen) ?? free[0];
}

/** The open place for a name nearest the middle of its area; outside the area a name would be read as the neighbour's. */
function within(rings, middle, wide, tall, open) {
  const steps = [];
  for (let down = -REACH; down <= REACH; down++)
    for (let right = -REACH; right <= REACH; right++) steps.push({ x: (right * wide) / 4, y: (down * tall) / 2 });
  steps.sort((one, other) => Math.hypot(one.x, one.y) - Math.hypot(other.x, other.y));
  const points = steps.map(({ x, y }) => ({ x: middle.x + x, y: middle.y + y })).filter((point) => inside(rings, point));
  for (const air of [12, 0]) {
    const point = points.find((one) => open(around(one, wide + air, tall + air)));
    if (point) return around(point, wide, tall);
  }
}

/** The rings of an area in layer pixels. */
const outline = (map, area) => area.shape.flat().map((ring) => ring.map((point) => map.latLngToLayerPoint(point)));

function inside(rings, { x, y }) {
  let crossings = 0;
  for (const ring of rings)
    ring.forEach((a, place) => {
      const b = ring[(place + 1) % ring.length];
      if (a.y > y !== b.y > y && x < a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y)) crossings++;
    });
  return crossings % 2 === 1;
}

export const around = (point, wide, tall) => ({ x: point.x - wide / 2, y: point.y - tall / 2, wide, tall });
const overlap = (a, b) => a.x < b.x + b.wide && b.x < a.x + a.wide && a.y < b.y + b.tall && b.y < a.y + a.tall;
