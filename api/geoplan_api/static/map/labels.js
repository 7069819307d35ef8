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
 * @property {{x: number, y: number}[]} [spots] where else it may stand; it never leaves `within` then
 * @property {number} [room] width of what is named, pixels: a text much wider would name its neighbours
 * @property {(x: number, y: number) => boolean} [within] whether a place lies in what is named
 */

/** @typedef {number[]} Box left, top, right, bottom */

const ROOM = 3;
/** So many times as wide as what it names a text may be; more where it is known to stand on it. */
const WIDER = 1.5;
const WIDER_ON_IT = 1.75;
/** Where else a name may stand: so many lines below its place. */
const LINES = [0, -1, 1];
const LINE = 0.9;
/** It may also stand further off, by its own height, and begin or end at its place, by its width. */
const UPRIGHT = [0, -0.5, 0.5, -1, 1, -1.5, 1.5, -2, 2];
const SIDEWAYS = [0, -0.125, 0.125, -0.25, 0.25, -0.5, 0.5];
/** Steps that are tried where there are many places: by its height and by its width. */
const ROWS = [0, -1, 1, -2, 2];
const COLUMNS = [0, -0.5, 0.5];
/** Pixels that a name goes around its place rather than to the next one. */
const SPOT_COSTS = 2;
const SMALLEST = 12;
/** Pixels that a name goes aside rather than being written smaller, short, or beyond what it names. */
const SMALLER_COSTS = 8;
const SHORTER_COSTS = 12;
const LEAVING_COSTS = 10;
/** Parts of a text that are looked for in what it names, from its middle by width and height: that counts most. */
const PARTS = [[0, 0, 4], [-0.4, -0.4, 0.5], [-0.4, 0.4, 0.5], [0.4, -0.4, 0.5], [0.4, 0.4, 0.5]];
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
    const written = firstOf(forms(sized, widthOf, page.seen), (form) => fits(boxOf(form, widthOf), boxes, page));
    if (!written) continue;
    boxes.push(boxOf(written, widthOf));
    placed.set(label, written);
  }
  return placed;
}

function firstOf(forms, fitting) {
  for (const form of forms) if (fitting(form)) return form;
  return null;
}

/** How a label may be written, the best first; one that belongs to the answer gives way to those around it. */
function* forms(label, widthOf, seen) {
  const short = { ...label, text: label.short };
  const most = label.within ? WIDER_ON_IT : WIDER;
  const wide = label.short && widthOf(label) > most * (label.room ?? Infinity);
  if (label.quiet && !label.within) {
    yield label;
    return;
  }
  const texts = wide ? [short] : label.short && label.must ? [label, short] : [label];
  // Most names have room where they belong; only those that have none look around.
  if (!tiny(label) && !leaving(texts[0], widthOf)) yield texts[0];
  yield* around(texts, widthOf, seen);
  if (label.short && !wide && !label.must) yield* around([short], widthOf, seen);
}

/** What is smaller than its name would be hidden by it: the name stands above or below. */
function tiny(label) {
  return label.room < label.size;
}

/** Where a name may stand in and around its places, the best first. */
function around(texts, widthOf, seen) {
  const found = texts.flatMap(variants).flatMap(({ label, cost }) =>
    steps(label, widthOf).map(([right, down]) => {
      const form = inside({ ...label, x: label.x + right, y: label.y + down }, label, widthOf, seen);
      // Of a name that stands beside its place a part is still there.
      const moved = Math.hypot(right / 2, down) + (tiny(label) && !down ? 2 * label.size : 0);
      return { form, far: cost + moved + leaving(form, widthOf) * LEAVING_COSTS, still: !right };
    }),
  );
  // On a neighbour it would name that; only above and below an islet there is often water.
  const may = ({ form, still }) => form.must || !form.within || form.within(form.x, form.y) || (tiny(form) && still);
  return found.filter(may).sort((one, other) => one.far - other.far).map(({ form }) => form);
}

/** A text in its sizes at its places, with what that costs. */
function variants(text, shorter) {
  const sizes = text.must && text.size > SMALLEST ? [text.size, SMALLEST] : [text.size];
  const spots = [text, ...(text.spots ?? [])];
  return spots.flatMap(({ x, y }, spot) =>
    sizes.map((size, smaller) => ({
      label: { ...text, x, y, size },
      cost: spot * SPOT_COSTS + smaller * SMALLER_COSTS + shorter * SHORTER_COSTS,
    })),
  );
}

/** Steps to the right and down: a line, and further where it must be told or what is named is known. */
function steps(label, widthOf) {
  const lines = LINES.map((line) => [0, line * LINE * label.size]);
  if (!label.must && !label.within) return lines;
  const wide = widthOf(label);
  const tall = heightOf(label);
  const [columns, rows] = label.spots?.length ? [COLUMNS, ROWS] : [SIDEWAYS, UPRIGHT];
  return [...lines, ...columns.flatMap((share) => rows.map((heights) => [share * wide, heights * tall]))];
}

/** How much of a text lies beyond what it names. */
function leaving(label, widthOf) {
  if (!label.within) return 0;
  const [wide, tall] = [widthOf(label), heightOf(label)];
  const out = PARTS.filter(([right, down]) => !label.within(label.x + right * wide, label.y + down * tall));
  return out.reduce((sum, [, , weight]) => sum + weight, 0);
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
