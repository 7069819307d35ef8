// Sliders that have moved on while an answer is on its way: it must not put them back.

/** @type {Set<Element>} */
const moved = new Set();

/** @param {Element} slider that has just been moved */
export function goAhead(slider) {
  moved.add(slider);
}

/** @param {Element} slider */
export function isAhead(slider) {
  return moved.has(slider);
}

/** The page says what the sliders say, or is about to. */
export function caughtUp() {
  moved.clear();
}
