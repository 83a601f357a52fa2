/** Writes the names of areas on the map, as many as there is room for. */

const NAMED = 60; // a layer with more areas than this is drawn without names

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
  const taken = base && areas.length <= NAMED ? [...boxes] : [];
  const corner = map.containerPointToLayerPoint([0, 0]), size = map.getSize();
  const seen = ({ x, y, wide, tall }) =>
    x >= corner.x && y >= corner.y && x + wide <= corner.x + size.x && y + tall <= corner.y + size.y;
  for (const { area, own, span, wide, tall } of wanted) {
    const middle = map.latLngToLayerPoint(area.centre);
    const free = candidates(own, middle, wide, tall).filter((one) => !taken.some((other) => other !== own && overlap(one, other)));
    const box = free.find(seen) ?? free[0];
    if (!box) {
      span.remove();
      continue;
    }
    taken.push(box);
    span.style.transform = `translate(${Math.round(box.x)}px, ${Math.round(box.y)}px)`;
  }
}

/** Where a name may stand, best first: beside or inside its own box, or around the middle of its area. */
function candidates(own, middle, wide, tall) {
  if (!own) return [[0, 0], [0, tall], [0, -tall], [wide / 2, 0], [-wide / 2, 0]].map(([x, y]) => around({ x: middle.x + x, y: middle.y + y }, wide, tall));
  const gap = 4, level = own.y + (own.tall - tall) / 2, upright = own.x + (own.wide - wide) / 2;
  const inside = own.wide > wide + 2 * gap && own.tall > tall + 2 * gap ? [around(middle, wide, tall)] : [];
  const beside = [
    [own.x + own.wide + gap, level],
    [own.x - gap - wide, level],
    [upright, own.y + own.tall + 1],
    [upright, own.y - tall - 1],
  ];
  return [...inside, ...beside.map(([x, y]) => ({ x, y, wide, tall }))];
}

export const around = (point, wide, tall) => ({ x: point.x - wide / 2, y: point.y - tall / 2, wide, tall });
const overlap = (a, b) => a.x < b.x + b.wide && b.x < a.x + a.wide && a.y < b.y + b.tall && b.y < a.y + a.tall;
