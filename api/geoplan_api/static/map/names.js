// Which names may be written: the units of the answer first, then the larger places around them.
import { boxOf, meet } from "./groups.js";
import { insideOf, nameOf, shapeOf } from "./shapes.js";
import { COUNTRY, PLACES } from "./store.js";

const PLACES_NAMED_FROM = 8.5;
const ALL_NAMED_FROM = 10.75;
/** Pixels that what an outlined unit holds, or what is shaded, is wide at least where it is named. */
const WIDE_ENOUGH = 36;
/** So many places are tried for the name of a unit that holds others. */
const MOST_SPOTS = 6;

/**
 * The names of the units of a scene, x and y in zoom 0 pixels, by their ids.
 * @returns {Map<string, import("./labels.js").Label>}
 */
export function sceneLabels(store, scene, stage, zoom) {
  const labels = new Map();
  const add = (unit, priority, look) => {
    const at = unit && anchor(store, unit.id, stage);
    // Of areas that hold others the map knows the full name: a county is often called like its town.
    const text = unit && (look.above ? nameOf(store, unit.id, stage) : (unit.name ?? nameOf(store, unit.id, stage)));
    if (!at || !text) return;
    const { rank } = look;
    const within = insideOf(store, unit.id, stage, look.holds ? onBoard : undefined);
    const short = look.holds ? undefined : rank ? String(rank) : shorter(text, nameOf(store, unit.id, stage));
    const spots = look.holds ? spotsWithin(store, unit.id, stage, onBoard) : undefined;
    labels.set(unit.id, { text: rank ? `${rank} ${text}` : text, short, ...at, priority, within, spots, ...look });
  };
  const onBoard = new Set([scene.asking?.id, ...scene.group]);
  const told = !scene.whiteSpots;
  add(scene.asking, 0, { size: 16, strong: true, must: told });
  for (const id of scene.group) {
    // Who holds others has room in any of them, and leaves those who are on board their names.
    const holds = scene.outlined.includes(id);
    add({ id, name: scene.names[id] }, holds ? 3 : 1, { size: 14, strong: true, holds, must: told && !holds });
  }
  for (const one of scene.suggestions) {
    const { rank } = one;
    if (!rank) continue;
    const above = one.role === "coordinator";
    add(one, above ? 3 : 2 + rank / 1000, { size: rank <= 3 ? 14 : 13, strong: rank <= 3 && !above, rank, above, holds: above });
  }
  for (const id of heldBy(store, scene, stage)) {
    const shape = labels.has(id) ? null : shapeOf(store, id, stage);
    if (shape && (shape.box[2] - shape.box[0]) * 2 ** zoom >= WIDE_ENOUGH) add({ id }, 50, { size: 12, quiet: !scene.whiteSpots });
  }
  return labels;
}

/** Whom a reader looks for though the list does not have them: what is shaded, and what outlined units hold. */
function heldBy(store, scene, stage) {
  const holders = [...scene.outlined, ...scene.suggestions.filter((one) => one.role === "coordinator").map((one) => one.id)];
  const shapes = holders.map((id) => shapeOf(store, id, stage)).filter((shape) => shape?.layer.level === "municipality");
  const held = shapes.flatMap(({ layer, areas }) => areas.filter((area) => !layer.unincorporated.has(area)).map((area) => layer.ids[area]));
  return [...Object.keys(scene.whiteSpots ?? {}), ...held];
}

/** A name without what is put after it, as "(Stadt)", where it is written like that. */
function shorter(text, name) {
  return name && text.startsWith(`${name} (`) ? name : undefined;
}

/** Where the name of a unit stands, and how wide the unit is, zoom 0 pixels. */
function anchor(store, id, stage) {
  const shape = shapeOf(store, id, stage);
  if (!shape) return null;
  const [west, north, east, south] = shape.box;
  const room = east - west;
  const place = store.find(id, stage) ?? inOutline(store, id);
  if (!place) return { x: (west + east) / 2, y: (north + south) / 2, room };
  const [x, y] = anchorIn(place.layer, place.area);
  return { x, y, room };
}

/** Places within a unit where its name may stand too: those of its areas, without some, the nearest first. */
function spotsWithin(store, id, stage, without) {
  const [shape, at] = [shapeOf(store, id, stage), anchor(store, id, stage)];
  if (!shape) return [];
  const far = ({ x, y }) => (x - at.x) ** 2 + (y - at.y) ** 2;
  return shape.areas
    .filter((area) => !without.has(shape.layer.ids[area]))
    .map((area) => anchorIn(shape.layer, area))
    .map(([x, y]) => ({ x, y }))
    .sort((one, other) => far(one) - far(other))
    .slice(0, MOST_SPOTS);
}

function inOutline(store, id) {
  const layer = store.outline?.layer;
  return layer?.number.has(id) ? { layer, area: layer.number.get(id) } : null;
}

function anchorIn(layer, area) {
  const scale = 2 ** -layer.zoom;
  return [(layer.origin[0] + layer.places[2 * area]) * scale, (layer.origin[1] + layer.places[2 * area + 1]) * scale];
}

/**
 * Names around, for orientation: large counties of the whole country, later larger and smaller places.
 * @param {{has: (id: string) => boolean}} told ids that have a label already
 * @returns {import("./labels.js").Label[]}
 */
export function quietLabels(store, stage, zoom, box, told) {
  const labels = [];
  const least = leastSize(stage, zoom);
  const places = stage !== COUNTRY && (zoom >= PLACES_NAMED_FROM || !store.byCounty);
  for (const group of store.groups(places ? stage : COUNTRY, box)) {
    const { layer } = group;
    for (const area of group.areas) {
      if (layer.sizes[area] < least || told.has(layer.ids[area]) || layer.unincorporated.has(area)) continue;
      if (!meet(boxOf(layer, area), box) || (!places && !known(layer, area))) continue;
      const [x, y] = anchorIn(layer, area);
      labels.push({ text: layer.names[area], x, y, size: 12, quiet: true, priority: 100 - layer.sizes[area] });
    }
  }
  return labels;
}

/** Twice the decimal logarithm of the inhabitants that a named unit has at least. */
function leastSize(stage, zoom) {
  if (zoom >= ALL_NAMED_FROM) return 0;
  if (stage === COUNTRY) return zoom < 7 ? 11 : 10;
  if (stage === PLACES) return zoom < PLACES_NAMED_FROM ? 10 : 8;
  return 7;
}

/** Of counties those that are cities are known by their names. */
function known(layer, area) {
  return !layer.cities.size || layer.cities.has(area);
}
