// From lines to areas: which lines lie around a number of areas, and how they join to rings.

/**
 * The lines around areas taken together: those that have one of them on one side only.
 * @param {import("./layer.js").Layer} layer
 * @param {Iterable<number>} areas
 * @returns {number[]}
 */
export function outlineOf(layer, areas) {
  const around = new Set();
  for (const area of areas) {
    for (const arc of layer.arcsOf(area)) {
      if (!around.delete(arc)) around.add(arc);
    }
  }
  return [...around];
}

/**
 * Joins lines end to end to closed rings and writes them to a path.
 * @param {import("./layer.js").Layer} layer
 * @param {number[]} arcs
 * @param {{moveTo: Function, lineTo: Function, closePath: Function}} path
 */
export function traceRings(layer, arcs, path) {
  const { first, points } = layer;
  const key = (point) => points[2 * point] * 4194304 + points[2 * point + 1];
  /** @type {Map<number, number[]>} */
  const ends = new Map();
  const note = (place, arc) => (ends.has(place) ? ends.get(place).push(arc) : ends.set(place, [arc]));
  for (const arc of arcs) {
    note(key(first[arc]), arc);
    note(key(first[arc + 1] - 1), arc);
  }
  const left = new Set(arcs);
  for (const begin of arcs) {
    if (!left.has(begin)) continue;
    path.moveTo(points[2 * first[begin]], points[2 * first[begin] + 1]);
    let arc = begin;
    let place = key(first[begin]);
    while (arc !== undefined) {
      left.delete(arc);
      place = traceLine(layer, arc, key(first[arc]) !== place, path, key);
      arc = ends.get(place).find((other) => left.has(other));
    }
    path.closePath();
  }
}

function traceLine({ first, points }, arc, backwards, path, key) {
  if (backwards) {
    for (let point = first[arc + 1] - 2; point >= first[arc]; point--) path.lineTo(points[2 * point], points[2 * point + 1]);
    return key(first[arc]);
  }
  for (let point = first[arc] + 1; point < first[arc + 1]; point++) path.lineTo(points[2 * point], points[2 * point + 1]);
  return key(first[arc + 1] - 1);
}

/**
 * Writes lines to a path as they are.
 * @param {import("./layer.js").Layer} layer
 * @param {Iterable<number>} arcs
 */
export function traceLines({ first, points }, arcs, path) {
  let count = 0;
  for (const arc of arcs) {
    path.moveTo(points[2 * first[arc]], points[2 * first[arc] + 1]);
    for (let point = first[arc] + 1; point < first[arc + 1]; point++) path.lineTo(points[2 * point], points[2 * point + 1]);
    count += first[arc + 1] - first[arc];
  }
  return count;
}
