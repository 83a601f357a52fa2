/** The live map in the browser: made once for each place on the page, then told by each rerun what has changed. */

import { buildFrame, showCard, showLegend } from "./frame.js";
import { makeKeys } from "./keys.js";
import { makePainter, themeColours } from "./paint.js";
import { makeStreets } from "./streets.js";
import { vectorTiles } from "./vector.js";
import { classOf, fetchLayer, readTexts } from "./wire.js";

const maps = new WeakMap(); // by the element Streamlit gives each component
const groups = new Map(); // maps that pan and zoom together, by the name of their group
const spoken = (lines) => lines.map((line) => line.replace(/[.!?]?$/, (end) => end || ".")).join(" ");
const SHEET = 96; // px that the list covers of a map that fills a phone (components/hotspots/sheet.js)
const ON_A_PHONE = { 350: "68vw", 380: "74vw" }; // of the heights in components/map/room.py; style.css has the same room
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Called by Streamlit on every rerun and change of theme; returns what to do when the component is taken away. */
export async function draw({ data, parentElement, setTriggerValue }, { app, assets, leaflet }) {
  const message = JSON.parse(new TextDecoder().decode(data));
  if (!maps.has(parentElement)) maps.set(parentElement, makeMap(parentElement, { app, assets, leaflet }));
  const map = await maps.get(parentElement);
  map.onPick = (area) => setTriggerValue("picked", { area });
  await map.show(message);
  return () => {
    map.remove();
    maps.delete(parentElement);
  };
}

async function makeMap(parent, { app, assets, leaflet }) {
  const [part] = await Promise.all([buildFrame(parent, { assets, leaflet }), import(new URL("leaflet.js", leaflet))]);
  const L = globalThis.L;
  const touch = matchMedia("(pointer: coarse)").matches;
  const leafletMap = L.map(part.canvas, {
    attributionControl: false, zoomControl: false, keyboard: false, doubleClickZoom: false, scrollWheelZoom: false,
    boxZoom: false, dragging: !touch, touchZoom: true, zoomSnap: 0.25, zoomDelta: 0.75, maxZoom: 17, center: [55.72, 12.4], zoom: 11,
    zoomAnimation: !still.matches, fadeAnimation: !still.matches, inertia: !still.matches,
  });
  const painted = { areas: [], base: null };
  const painter = makePainter(L, leafletMap, painted);
  const streets = makeStreets(L, leafletMap, () => themeColours(part.frame), () => state.tiles?.roads?.() ?? []);
  const state = { message: null, selected: null, lines: () => [], spoken: null, home: null, tiles: null, turn: 0 };
  const map = { onPick: () => {}, show, remove };
  const move = () => ({ animate: !still.matches });

  const keys = makeKeys(part, {
    show(place) {
      painter.mark("cursor", place);
      leafletMap.panInside(painted.areas[place].centre, { padding: [60, 60], ...move() });
      card(place, leafletMap.latLngToContainerPoint(painted.areas[place].centre));
      say(sentence(place));
    },
    hide() {
      painter.mark("cursor", null);
      part.card.hidden = true;
    },
    pick,
    zoom: (step) => leafletMap.zoomIn(step * 0.75),
    say,
    start: () => state.selected ?? 0,
    points: () => painted.areas.map(({ centre }) => leafletMap.project(centre)),
  });

  function say(text) {
    part.speech.textContent = text;
  }

  function card(place, point) {
    showCard(part, painted.areas[place].name, state.lines(place), point);
  }

  function sentence(place) {
    const own = state.spoken?.(place).join(" ");
    const text = own || `${painted.areas[place].name}: ${spoken(state.lines(place))}`;
    return place === state.selected ? spoken([text, "Valgt"]) : text;
  }

  /** Shows the choice at once and tells Python, whose next rerun has the last word. */
  function pick(place) {
    const next = place === state.selected ? null : place;
    if (next === state.selected) return void (part.card.hidden = true);
    select(next);
    say(next === null ? "Ingen områder er valgt." : sentence(next));
    state.message.selected = next === null ? undefined : painted.areas[next].id;
    map.onPick(next === null ? null : painted.areas[next].id);
  }

  function select(place) {
    state.selected = place;
    painter.mark("selected", place);
    keys.select(place);
  }

  function pointer(kind, place, event) {
    if (kind === "mouseout") {
      painter.mark("hover", null);
      part.card.hidden = true;
    } else if (kind === "mousemove") {
      painter.mark("hover", place);
      card(place, event.containerPoint);
    } else {
      L.DomEvent.stop(event);
      keys.moveTo(place);
      pick(place);
      if (touch) card(place, event.containerPoint);
    }
  }

  async function show(message) {
    const turn = ++state.turn;
    const before = state.message;
    Object.assign(part.frame, { ariaLabel: message.alt });
    part.stage.style.setProperty("--height", `${message.height}px`);
    part.frame.classList.toggle("filling", Boolean(message.position)); // on a phone: the map one steers by
    part.stage.style.setProperty("--low", ON_A_PHONE[message.height] ?? "92vw");
    let areas, base;
    try {
      const at = (url) => fetchLayer(new URL(url, app).href);
      [areas, base] = await Promise.all([at(message.layer), message.base ? at(message.base) : null]);
    } catch {
      part.waiting.hidden = false;
      part.waiting.textContent = "Kortet kunne ikke hentes. Kontrollér forbindelsen, og genindlæs siden.";
      return;
    }
    if (turn !== state.turn) return; // a later rerun has overtaken this one
    state.message = message;
    const fresh = areas !== painted.areas;
    if (fresh) painter.setAreas(areas, pointer);
    if (fresh || base !== painted.base) painter.setBase(base);
    if (fresh || message.alt !== before?.alt) keys.setAreas(areas, message.alt);
    state.lines = readTexts(message.labels ?? []);
    state.spoken = message.spoken && readTexts(message.spoken);
    if (fresh || String(message.focus) !== String(before?.focus)) goHome(false);
    const shown = new Set([...new Set(message.classes)].map((code) => classOf(code, 0).style));
    const theme = themeColours(part.frame), colours = JSON.stringify(theme);
    const turned = colours !== state.colours; // the reader may have changed between light and dark
    state.colours = colours;
    painter.fill(message, theme, (place) => classOf(message.classes, place));
    showLegend(message, part, shown, theme, touch);
    background(message.tiles && (message.tiles.startsWith("app/") ? app.href + message.tiles : message.tiles), message.vector, turned);
    here.hidden = !message.position || !navigator.geolocation;
    if (before && (turned || fresh)) streets.repaint();
    streets.show(message.streets && new URL(message.streets, app).href);
    join(message.sync);
    const place = areas.findIndex(({ id }) => id === message.selected);
    select(place < 0 ? null : place);
    painter.remark();
    if (before && !fresh && message.selected !== before.selected) zoomTo(place, message.cluster ?? []);
    part.waiting.hidden = true;
    part.frame.dataset.drawn = message.layer;
    part.frame.getRootNode().host?.closest(".stBidiComponent")?.setAttribute("data-map", "drawn"); // style.css
  }

  /** The whole map: the areas that fill it at first. Waits for a size, which a hidden tab does not have. */
  function goHome(animate = !still.matches) {
    const { focus = [] } = state.message;
    const chosen = [...painted.areas, ...(painted.base ?? [])].filter(({ id }) => focus.includes(id));
    state.home = L.latLngBounds((chosen.length ? chosen : painted.areas).flatMap(({ box }) => box));
    leafletMap.invalidateSize({ pan: false });
    if (!leafletMap.getSize().x) return;
    state.going = true;
    const drawn = L.latLngBounds([...painted.areas, ...(painted.base ?? [])].flatMap(({ box }) => box));
    leafletMap.setMinZoom(0).setMaxBounds(null).fitBounds(state.home, { ...filled(clearOfButtons(), drawn), animate });
    leafletMap.setMaxBounds(leafletMap.getBounds().pad(0.75));
    leafletMap.setMinZoom(leafletMap.getBoundsZoom(state.home) - 1);
    state.going = state.left = false;
    state.homed = true;
  }

  /** The paddings with the height that is to spare where something is drawn, rather than half of it under empty sky. */
  function filled({ paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] }, drawn) {
    const zoom = leafletMap.getBoundsZoom(state.home, false, L.point(left + right, top + bottom));
    const at = (bounds) => ["getNorth", "getSouth"].map((side) => leafletMap.project([bounds[side](), 0], zoom).y);
    const [[north, south], [most, least]] = [at(state.home), at(drawn)];
    const spare = Math.max(leafletMap.getSize().y - top - bottom - (south - north), 0);
    const room = [Math.max(north - most, 0), Math.max(least - south, 0)];
    const half = room.map((side) => Math.min(side, spare / 2));
    const leftOver = Math.max(spare - half[0] - half[1], 0);
    const above = half[0] + Math.min(leftOver, room[0] - half[0]);
    const below = Math.min(spare - above, room[1]);
    const empty = spare - above - below;
    const sky = part.frame.classList.contains("filling") && matchMedia("(max-width: 640px)").matches ? 0 : empty / 2;
    return { paddingTopLeft: [left, top + above + sky], paddingBottomRight: [right, bottom + below + empty - sky] };
  }

  /** Room for the buttons, which stand to the right, or on a phone in a row below; or above a sheet that lies below. */
  function clearOfButtons() {
    const { offsetWidth: wide, offsetHeight: tall, offsetTop: top } = part.buttons;
    if (wide <= tall) return { paddingTopLeft: [16, 16], paddingBottomRight: [wide + 18, 16] };
    if (top < tall) return { paddingTopLeft: [16, tall + 18], paddingBottomRight: [16, SHEET] };
    return { paddingTopLeft: [16, 16], paddingBottomRight: [16, tall + 18] };
  }

  function zoomTo(place, cluster) {
    if (place < 0) return goHome();
    const boxes = [place, ...cluster].flatMap((one) => painted.areas[one].box);
    const nearest = state.message.streets || state.message.vector ? 15 : 13.5; // with streets one goes near enough to read their names
    leafletMap.fitBounds(L.latLngBounds(boxes).pad(cluster.length > 1 ? 0.6 : 1.2), { ...clearOfButtons(), maxZoom: nearest, ...move() });
  }

  function background(url, vector, turned) {
    if (vector && turned && url === state.tiles?._url) state.tiles.redraw();
    if (url === state.tiles?._url) return;
    state.tiles?.remove();
    const made = () => (vector ? vectorTiles(L, url, vector, () => themeColours(part.frame)) : L.tileLayer(url, { maxZoom: 19 }));
    state.tiles = url ? made().addTo(leafletMap) : null;
    if (vector) state.tiles.on("load", streets.write);
  }

  /** Shows where the reader is, on this map alone: the position is drawn, and told to nobody, the server least of all. */
  function showPosition({ coords }) {
    const at = [coords.latitude, coords.longitude], { primary, paper } = themeColours(part.frame);
    const drawn = { pane: "marks", interactive: false, className: "position" };
    state.position?.remove();
    state.position = L.featureGroup([
      L.circle(at, { ...drawn, radius: coords.accuracy, color: primary, weight: 1, fillColor: primary, fillOpacity: 0.12 }),
      L.circleMarker(at, { ...drawn, radius: 7, color: paper, weight: 3, fillColor: primary, fillOpacity: 1 }),
    ]).addTo(leafletMap);
    leafletMap.setMaxBounds(null).setView(at, Math.max(leafletMap.getZoom(), 14.5), move());
    say("Din position er vist på kortet. Den er ikke sendt nogen steder hen.");
  }

  function noPosition() {
    say("Positionen kunne ikke findes.");
    here.title = "Positionen kunne ikke findes. Tillad den i browseren, og prøv igen.";
  }

  /** Moves the other maps of the group as this one is moved. */
  function join(name) {
    if (state.group === name) return;
    groups.get(state.group)?.delete(leafletMap);
    state.group = name;
    if (!name) return;
    if (!groups.has(name)) groups.set(name, new Set());
    groups.get(name).add(leafletMap);
  }
  leafletMap.on("move", () => {
    if (leafletMap.following) return;
    for (const other of groups.get(state.group) ?? []) {
      if (other === leafletMap) continue;
      other.following = true;
      other.setView(leafletMap.getCenter(), leafletMap.getZoom(), { animate: false });
      other.following = false;
    }
  });

  const [zoomIn, zoomOut, whole, here] = part.buttons.children;
  zoomIn.onclick = () => leafletMap.zoomIn();
  zoomOut.onclick = () => leafletMap.zoomOut();
  whole.onclick = () => goHome();
  here.onclick = () => navigator.geolocation.getCurrentPosition(showPosition, noPosition, { enableHighAccuracy: true, timeout: 20000 });
  part.canvas.onwheel = (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // the wheel belongs to the page
    event.preventDefault();
    leafletMap.setZoomAround(leafletMap.mouseEventToContainerPoint(event), leafletMap.getZoom() - Math.sign(event.deltaY) * 0.5);
  };
  leafletMap.on("click movestart", () => (part.card.hidden = true));
  leafletMap.on("movestart zoomstart", () => (state.left ||= !state.going && !leafletMap.following));
  // A phone that is turned, or a window made narrower, shows the whole map again, unless the reader has gone elsewhere.
  const sized = new ResizeObserver(() => {
    if (!state.message) return;
    state.homed && state.left ? leafletMap.invalidateSize({ pan: false }) : goHome(false);
  });
  sized.observe(part.stage);

  const dismiss = ({ key }) => key === "Escape" && (part.card.hidden = true); // also while something else has the focus
  document.addEventListener("keydown", dismiss);

  function remove() {
    document.removeEventListener("keydown", dismiss);
    sized.disconnect();
    join(undefined);
    leafletMap.remove();
    part.frame.remove();
  }
  return map;
}
