// The areas of a layer by county, as paths that are drawn at once: land, and lines by what they part.
import { outlineOf, traceLines, traceRings } from "./rings.js";

/**
 * @typedef {object} Group
 * @property {import("./layer.js").Layer} layer
 * @property {string} id county, or "" for areas without one
 * @property {number[]} areas
 * @property {[number, number, number, number]} box in zoom 0 pixels of Web Mercator
 */

/**
 * The groups of a layer; of a layer of counties each is a group by itself.
 * @param {import("./layer.js").Layer} layer
 * @returns {Map<string, Group>}
 */
export function groupsOf(layer) {
  const groups = new Map();
  for (let area = 0; area < layer.count; area++) {
    const id = layer.parents.county ? (layer.parentId("county", area) ?? "") : layer.ids[area];
    let group = groups.get(id);
    if (!group) groups.set(id, (group = { layer, id, areas: [], box: [Infinity, Infinity, -Infinity, -Infinity] }));
    group.areas.push(area);
    widen(group.box, boxOf(layer, area));
  }
  return groups;
}

/** The box of an area in pixels of zoom 0. */
export function boxOf(layer, area) {
  const [x, y] = layer.origin;
  const scale = 2 ** -layer.zoom;
  const [west, north, east, south] = layer.boxes.subarray(4 * area, 4 * area + 4);
  return [(x + west) * scale, (y + north) * scale, (x + east) * scale, (y + south) * scale];
}

/** Makes `box` hold `other` as well. */
export function widen(box, other) {
  box[0] = Math.min(box[0], other[0]);
  box[1] = Math.min(box[1], other[1]);
  box[2] = Math.max(box[2], other[2]);
  box[3] = Math.max(box[3], other[3]);
  return box;
}

/** Whether two boxes have anything in common. */
export function meet(one, other) {
  return one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3];
}

/** The land of a group, as a path in the coordinates of its layer. @param {Group} group */
export function landOf(group) {
  if (!group.land) {
    group.land = new Path2D();
    traceRings(group.layer, outlineOf(group.layer, group.areas), group.land);
  }
  return group.land;
}

/** All land of a layer as one path. */
export function wholeLand(layer) {
  if (!layer.land) {
    layer.land = new Path2D();
    const outer = [];
    for (let arc = 0; arc < layer.one.length; arc++) if (layer.other[arc] < 0) outer.push(arc);
    traceRings(layer, outer, layer.land);
  }
  return layer.land;
}

/**
 * The lines of a group by what they part, each once though it belongs to two groups.
 * @param {Group} group
 * @returns {{path: Path2D, points: number}[]}
 */
export function linesOf(group) {
  if (!group.lines) {
    const { layer } = group;
    const byKind = [[], [], []];
    for (const area of group.areas) {
      for (const arc of layer.arcsOf(area)) if (layer.one[arc] === area) byKind[layer.kind(arc)].push(arc);
    }
    group.lines = byKind.map((arcs) => {
      const path = new Path2D();
      return { path, points: traceLines(layer, arcs, path) };
    });
  }
  return group.lines;
}
