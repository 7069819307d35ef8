// Which names are written on the map: those that matter first, none over another.

/**
 * @typedef {object} Label
 * @property {string} text
 * @property {number} x middle, pixels
 * @property {number} y middle, pixels
 * @property {number} size of the letters, pixels
 * @property {boolean} [strong]
 * @property {boolean} [quiet] a name of the surroundings
 * @property {number} priority the lowest is placed first
 * @property {string} [short] written instead where the text has no room
 * @property {{x: number, y: number}[]} [spots] where else it may stand
 * @property {number} [room] width of what is named, pixels: a text much wider would name its neighbours
 */

const ROOM = 3;
const WIDER = 1.5;
/** Where else a name may stand: so many lines below its place. */
const LINES = [0, -1, 1];
/** What is smaller than its name would be hidden by it: the name stands above or below. */
const BESIDE = [-1, 1, 0];
const LINE = 0.9;

/**
 * The labels that have room, in the order of their priority.
 * @param {Label[]} labels
 * @param {(label: Label) => number} widthOf
 * @param {{width: number, height: number, taken?: number[][], covered?: number[][]}} page labels that leave it are dropped;
 *   `taken` are boxes (left, top, right, bottom) where something else stands, `covered` those where names around
 *   would be seen in part only
 * @param {number} [limit]
 * @returns {Label[]}
 */
export function placeLabels(labels, widthOf, page, limit = 120) {
  const placed = [];
  const boxes = [...(page.taken ?? [])];
  const ordered = [...labels].sort((one, other) => one.priority - other.priority);
  for (const label of ordered) {
    if (placed.length >= limit) break;
    const others = label.quiet ? [...(page.covered ?? []), ...boxes] : boxes;
    const written = forms(label, widthOf).find((form) => fits(boxOf(form, widthOf), others, page));
    if (!written) continue;
    boxes.push(boxOf(written, widthOf));
    placed.push(written);
  }
  return placed;
}

/** How a label may be written, the best first; one that belongs to the answer gives way to those around it. */
function forms(label, widthOf) {
  const short = { ...label, text: label.short };
  const wide = label.short && widthOf(label) > WIDER * (label.room ?? Infinity);
  const texts = wide ? [short] : label.short ? [label, short] : [label];
  if (label.quiet) return texts;
  const spots = [label, ...(label.spots ?? [])].map(({ x, y }) => ({ x, y }));
  const lines = label.room < label.size ? BESIDE : LINES;
  return spots.flatMap((spot) =>
    lines.flatMap((line) => texts.map((one) => ({ ...one, ...spot, y: spot.y + line * LINE * one.size }))),
  );
}

function boxOf(label, widthOf) {
  const half = widthOf(label) / 2 + ROOM;
  const tall = label.size * 0.6 + ROOM / 2;
  return [label.x - half, label.y - tall, label.x + half, label.y + tall];
}

function fits(box, boxes, page) {
  const within = box[2] >= 0 && box[3] >= 0 && box[0] <= page.width && box[1] <= page.height;
  return within && !boxes.some((other) => overlap(box, other));
}

function overlap(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
