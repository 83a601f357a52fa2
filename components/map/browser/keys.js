/** The map by keyboard and screen reader: a list of areas that lies over the map, and the arrow keys between them. */

import { element } from "./frame.js";

const LISTED = 500; // a screen reader gets a list of the areas up to this many; above, it hears one at a time
const HELP = "Piletaster flytter mellem områder, Page Up og Page Down går i rækkefølge, Enter vælger, Escape fravælger.";
const DIRECTIONS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const NONE_THAT_WAY = { ArrowUp: "mod nord", ArrowDown: "mod syd", ArrowLeft: "mod vest", ArrowRight: "mod øst" };

/** The nearest area from `from` in a direction, among points in pixels; -1 where there is none that way. */
export function nearest(points, from, [dx, dy]) {
  let best = -1, shortest = Infinity;
  points.forEach((point, place) => {
    const x = point.x - points[from].x, y = point.y - points[from].y;
    const along = x * dx + y * dy, across = Math.abs(x * dy) + Math.abs(y * dx);
    if (place === from || along <= 0 || across > 2 * along) return;
    const distance = along + 2 * across;
    if (distance < shortest) (shortest = distance), (best = place);
  });
  return best;
}

/** `act` has: show(place), hide(), pick(place or null), zoom(step), say(text), start() and points(). */
export function makeKeys(part, act) {
  let active = null, count = 0, options = [];

  function setAreas(areas, alt) {
    count = areas.length;
    active = null;
    const listed = count <= LISTED;
    part.keys.setAttribute("role", listed ? "listbox" : "application");
    listed ? part.keys.removeAttribute("aria-roledescription") : part.keys.setAttribute("aria-roledescription", "kort");
    part.keys.removeAttribute("aria-activedescendant");
    options = listed
      ? areas.map((area, place) => element("div", { role: "option", id: `area-${place}`, "aria-selected": "false" }, area.name))
      : [];
    part.keys.replaceChildren(...options);
    part.keys.setAttribute("aria-label", `${alt} ${HELP}`);
  }

  const select = (selected) =>
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === selected)));

  function go(place) {
    active = place;
    if (options[place]) part.keys.setAttribute("aria-activedescendant", `area-${place}`);
    act.show(place);
  }

  part.keys.onfocus = () => count && go(active ?? act.start());
  part.keys.onblur = () => act.hide();
  part.keys.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !count) return;
    const { key } = event;
    const from = active ?? act.start();
    if (DIRECTIONS[key]) {
      const next = nearest(act.points(), from, DIRECTIONS[key]);
      next < 0 ? act.say(`Ingen områder ${NONE_THAT_WAY[key]}.`) : go(next);
    } else if (key === "PageDown") go((from + 1) % count);
    else if (key === "PageUp") go((from + count - 1) % count);
    else if (key === "Home") go(0);
    else if (key === "End") go(count - 1);
    else if (key === "Enter" || key === " ") act.pick(from);
    else if (key === "Escape") act.pick(null);
    else if (key === "+" || key === "-") act.zoom(key === "+" ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { setAreas, select, moveTo: (place) => (active = place) };
}
