// Which names are written on the map: those that matter first, none over another, none cut by the edge of the window.

/**
 * @typedef {object} Label
 * @property {string} text
 * @property {number} x middle, pixels
 * @property {number} y middle, pixels
 * @property {number} size of the letters, pixels
 * @property {boolean} [strong]
 * @property {boolean} [quiet] a name of the surroundings
 * @property {boolean} [must] a name that is missed where it is not written: it may stand aside, and smaller
 * @property {number} priority the lowest is placed first
 * @property {string} [short] written instead where the text has no room
 * @property {{x: number, y: number}[]} [spots] where else it may stand
 * @property {number} [room] width of what is named, pixels: a text much wider would name its neighbours
 */

/** @typedef {number[]} Box left, top, right, bottom */

const ROOM = 3;
const WIDER = 1.5;
/** Where else a name may stand: so many lines below its place. */
const LINES = [0, -1, 1];
/** What is smaller than its name would be hidden by it: the name stands above or below. */
const BESIDE = [-1, 1, 0];
const LINE = 0.9;
/** What must be told may also stand further off, by its own height, and begin or end at its place, by its width. */
const UPRIGHT = [0, -0.5, 0.5, -1, 1, -1.5, 1.5, -2, 2];
const SIDEWAYS = [0, -0.25, 0.25, -0.5, 0.5];
const SMALLEST = 12;
/** Pixels that a name goes aside rather than being written smaller. */
const SMALLER_COSTS = 8;
/** How often places are looked for anew where a name that must be told has found none. */
const ROUNDS = 4;

/**
 * The labels that have room, in the order of their priority.
 * @param {Label[]} labels
 * @param {(label: Label) => number} widthOf
 * @param {{width: number, height: number, seen?: Box, taken?: Box[], covered?: Box[]}} page labels that leave it are dropped;
 *   `seen` is the part in the window, which no name may leave half; `taken` are boxes where something else stands,
 *   `covered` those that lie under something
 * @param {number} [limit]
 * @returns {Label[]}
 */
export function placeLabels(labels, widthOf, page, limit = 120) {
  const ordered = [...labels].sort((one, other) => one.priority - other.priority);
  let placed = placedIn(ordered, widthOf, page, { limit });
  const urgent = new Set(missing(placed, ordered));
  for (let round = 0; round < ROUNDS && missing(placed, ordered).length; round++) {
    // Who has found no room goes first; where that does not help, all that must be told are written smaller.
    const order = [...urgent, ...ordered.filter((label) => !urgent.has(label))];
    const largest = round < ROUNDS / 2 ? Infinity : SMALLEST;
    const again = placedIn(order, widthOf, page, { limit, largest });
    for (const label of missing(again, ordered)) urgent.add(label);
    if (missing(again, ordered).length < missing(placed, ordered).length) placed = again;
  }
  return [...placed.values()];
}

function missing(placed, labels) {
  return labels.filter((label) => label.must && !placed.has(label));
}

/** @returns {Map<Label, Label>} what is written for each */
function placedIn(ordered, widthOf, page, { limit, largest = Infinity }) {
  const placed = new Map();
  const boxes = [...(page.covered ?? []), ...(page.taken ?? [])];
  for (const label of ordered) {
    if (placed.size >= limit) break;
    const sized = label.must ? { ...label, size: Math.min(label.size, largest) } : label;
    const written = forms(sized, widthOf, page.seen).find((form) => fits(boxOf(form, widthOf), boxes, page));
    if (!written) continue;
    boxes.push(boxOf(written, widthOf));
    placed.set(label, written);
  }
  return placed;
}

/** How a label may be written, the best first; one that belongs to the answer gives way to those around it. */
function forms(label, widthOf, seen) {
  const short = { ...label, text: label.short };
  const wide = label.short && widthOf(label) > WIDER * (label.room ?? Infinity);
  const texts = wide ? [short] : label.short ? [label, short] : [label];
  if (label.quiet) return texts;
  const spots = [label, ...(label.spots ?? [])].map(({ x, y }) => ({ x, y }));
  const lines = label.room < label.size ? BESIDE : LINES;
  const near = spots.flatMap((spot) =>
    lines.flatMap((line) => texts.map((one) => ({ ...one, ...spot, y: spot.y + line * LINE * one.size }))),
  );
  return label.must ? [...near, ...aside(label, widthOf, seen)] : near;
}

/** Where a name that must be told may stand too: aside, moved into the window, smaller; the nearest first. */
function aside(label, widthOf, seen) {
  const sizes = [label, { ...label, size: Math.min(SMALLEST, label.size) }];
  const found = sizes.flatMap((one, smaller) =>
    SIDEWAYS.flatMap((share) =>
      UPRIGHT.map((heights) => {
        const [right, down] = [share * widthOf(one), heights * heightOf(one)];
        const form = inside({ ...one, x: one.x + right, y: one.y + down }, label, widthOf, seen);
        // Of a name that stands beside its place a part is still there.
        return { form, far: Math.hypot(right / 2, down) + smaller * SMALLER_COSTS };
      }),
    ),
  );
  return found.sort((one, other) => one.far - other.far).map(({ form }) => form);
}

/** The label moved so that the window does not cut it, where its place is seen. */
function inside(label, place, widthOf, seen) {
  if (!seen || !contains(seen, [place.x, place.y, place.x, place.y])) return label;
  const [left, top, right, bottom] = boxOf(label, widthOf);
  const x = label.x + Math.max(0, seen[0] - left) - Math.max(0, right - seen[2]);
  const y = label.y + Math.max(0, seen[1] - top) - Math.max(0, bottom - seen[3]);
  return { ...label, x, y };
}

function heightOf(label) {
  return label.size * 1.2 + ROOM;
}

function boxOf(label, widthOf) {
  const half = widthOf(label) / 2 + ROOM;
  const tall = heightOf(label) / 2;
  return [label.x - half, label.y - tall, label.x + half, label.y + tall];
}

function fits(box, boxes, { width, height, seen }) {
  const within = box[2] >= 0 && box[3] >= 0 && box[0] <= width && box[1] <= height;
  const whole = !seen || !overlap(box, seen) || contains(seen, box);
  return within && whole && !boxes.some((other) => overlap(box, other));
}

function contains(outer, box) {
  return box[0] >= outer[0] && box[1] >= outer[1] && box[2] <= outer[2] && box[3] <= outer[3];
}

function overlap(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
