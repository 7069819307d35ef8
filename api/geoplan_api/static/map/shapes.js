// The shape of a unit of any level, from the layers that are loaded.
import { boxOf, widen } from "./groups.js";
import { outlineOf, traceRings } from "./rings.js";
import { COUNTIES, COUNTRY } from "./store.js";

/**
 * @typedef {object} Shape
 * @property {import("./layer.js").Layer} layer
 * @property {Path2D} path closed rings in the coordinates of the layer; fill by "evenodd"
 * @property {[number, number, number, number]} box zoom 0 pixels
 * @property {number[]} areas
 */

/**
 * The shape of a unit; null where no layer that is loaded has it.
 * @param {import("./store.js").Store} store
 * @param {string} id
 * @param {number} stage
 * @returns {Shape | null}
 */
export function shapeOf(store, id, stage) {
  const place = store.find(id, stage);
  if (place) return shapeIn(place.layer, id, [place.area]);
  if (stage === COUNTIES) {
    const fine = store.county(id);
    if (fine) return shapeIn(fine.layer, id, allOf(fine.layer));
    for (const [name, loaded] of store.loaded) {
      const areas = name.startsWith("county ") ? childrenOf(loaded.layer, "association", id) : [];
      if (areas.length) return shapeIn(loaded.layer, id, areas);
    }
  }
  const coarse = stage === COUNTRY ? null : composed(store.places, id, store);
  return coarse ?? composed(store.outline, id, store) ?? composed(store.places, id, store);
}

/** A unit as what belongs to it in a layer. */
function composed(loaded, id, store) {
  if (!loaded) return null;
  const { layer } = loaded;
  if (layer.number.has(id)) return shapeIn(layer, id, [layer.number.get(id)]);
  if (layer.shapes?.has(id)) return layer.shapes.get(id);
  const areas = areasOf(layer, id, store);
  return areas.length ? shapeIn(layer, id, areas) : null;
}

/** The areas of a layer that belong to a unit above them. */
function areasOf(layer, id, store) {
  for (const level of Object.keys(layer.parents)) {
    const areas = childrenOf(layer, level, id);
    if (areas.length) return areas;
  }
  const counties = membersOf(store, id);
  if (!counties.length) return [];
  if (layer === store.outline.layer) return counties;
  const ids = new Set(counties.map((county) => store.outline.layer.ids[county]));
  return allOf(layer).filter((area) => ids.has(layer.parentId("county", area)));
}

/** The counties of a metropolitan region, as areas of the outline. */
function membersOf(store, id) {
  const regions = store.outline?.layer.above["metropolitan-region"];
  const number = regions ? regions.ids.indexOf(id) : -1;
  return number < 0 ? [] : regions.members[number];
}

function childrenOf(layer, level, id) {
  const number = layer.parents[level] ? layer.above[level].ids.indexOf(id) : -1;
  return number < 0 ? [] : allOf(layer).filter((area) => layer.parents[level][area] === number);
}

function allOf(layer) {
  return Array.from({ length: layer.count }, (_, area) => area);
}

function shapeIn(layer, id, areas) {
  layer.shapes ??= new Map();
  if (!layer.shapes.has(id)) {
    const path = new Path2D();
    traceRings(layer, outlineOf(layer, areas), path);
    const box = areas.reduce((all, area) => widen(all, boxOf(layer, area)), [Infinity, Infinity, -Infinity, -Infinity]);
    layer.shapes.set(id, { layer, path, box, areas });
  }
  return layer.shapes.get(id);
}

/**
 * Whether a place (zoom 0 pixels) lies in a unit, but not in some of its areas; nothing where the unit is not loaded.
 * @param {Set<string>} [without] ids
 * @returns {((x: number, y: number) => boolean) | undefined}
 */
export function insideOf(store, id, stage, without = new Set()) {
  const shape = shapeOf(store, id, stage);
  if (!shape) return undefined;
  const { layer } = shape;
  const areas = shape.areas.filter((area) => !without.has(layer.ids[area]));
  const scale = 2 ** layer.zoom;
  return (x, y) => areas.some((area) => layer.contains(area, x * scale - layer.origin[0], y * scale - layer.origin[1]));
}

/** The name of a unit, where a layer knows it. */
export function nameOf(store, id, stage) {
  const place = store.find(id, stage);
  if (place) return place.layer.names[place.area];
  for (const { layer } of store.loaded.values()) {
    const area = layer.number.get(id);
    if (area !== undefined) return layer.names[area];
    for (const above of Object.values(layer.above)) {
      const number = above.ids.indexOf(id);
      if (number >= 0) return above.names[number];
    }
  }
  return null;
}

/**
 * The unit of a level that an area is or belongs to; null where there is none.
 * @param {{layer: import("./layer.js").Layer, area: number}} found
 * @param {string} level of units that are asked for
 * @param {Set<string>} preferred ids that go before others (regions overlap)
 */
export function unitAt(store, found, level, preferred) {
  const { layer, area } = found;
  const id = layer.ids[area];
  if (level === layer.level || (level === "unincorporated-area" && layer.level === "municipality")) return id;
  if (level !== "metropolitan-region") return layer.parentId(level, area);
  const county = layer.level === "county" ? id : layer.parentId("county", area);
  const outline = store.outline?.layer;
  const regions = outline?.above["metropolitan-region"];
  if (!regions) return null;
  const number = outline.number.get(county);
  const holding = regions.ids.filter((_, region) => regions.members[region].includes(number));
  return holding.find((region) => preferred.has(region)) ?? holding[0] ?? null;
}
