// Reads whole numbers from text as geoplan_maps/layers/digits.py writes them (base 45, lowest digit first).

const BASE = 45;
const FIRST = "#".charCodeAt(0);
const BACKSLASH = "\\".charCodeAt(0);

/**
 * All numbers of a text.
 * @param {string} text
 * @returns {Int32Array}
 */
export function readNumbers(text) {
  const numbers = new Int32Array(text.length);
  let count = 0;
  let value = 0;
  let worth = 1;
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place);
    const digit = code - FIRST - (code > BACKSLASH ? 1 : 0);
    if (digit >= BASE) {
      value += (digit - BASE) * worth;
      worth *= BASE;
    } else {
      value += digit * worth;
      numbers[count++] = value % 2 ? -(value + 1) / 2 : value / 2;
      value = 0;
      worth = 1;
    }
  }
  return numbers.slice(0, count);
}

/**
 * Adds up the steps from one number to the next, apart for each of `stride` interleaved columns.
 * @param {Int32Array} steps changed in place
 * @param {number} stride
 */
export function addUp(steps, stride) {
  for (let place = stride; place < steps.length; place++) steps[place] += steps[place - stride];
  return steps;
}
