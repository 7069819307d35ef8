// One layer of the map: areas and the lines between them, read from the document that the server makes
// (geoplan_maps/layers/document.py says what stands in it).
import { addUp, readNumbers } from "./digits.js";

const FORMAT = 2;

/** What a line parts. */
export const PLACE_LINE = 0;
export const COUNTY_LINE = 1;
export const STATE_LINE = 2;

export class Layer {
  /** @param {any} doc */
  constructor(doc) {
    if (doc.format !== FORMAT) throw new Error(`map format ${doc.format}`);
    /** @type {string} */ this.level = doc.level;
    /** @type {number} */ this.zoom = doc.zoom;
    /** @type {[number, number]} */ this.origin = doc.origin;
    /** @type {string[]} */ this.ids = doc.ids;
    /** @type {string[]} */ this.names = doc.names;
    this.places = addUp(readNumbers(doc.places), 2);
    this.sizes = readNumbers(doc.sizes);
    this.unincorporated = new Set(doc.unincorporated);
    this.cities = new Set(doc.cities);
    this.above = doc.above;
    /** @type {Record<string, Int32Array>} */
    this.parents = {};
    for (const [level, text] of Object.entries(doc.parents)) this.parents[level] = addUp(readNumbers(text), 1);
    this.readArcs(doc.arcs);
    this.linkAreas();
    /** @type {Map<string, number>} */
    this.number = new Map(this.ids.map((id, area) => [id, area]));
  }

  get count() {
    return this.ids.length;
  }

  readArcs(arcs) {
    const lengths = readNumbers(arcs.lengths);
    this.first = new Int32Array(lengths.length + 1);
    for (let arc = 0; arc < lengths.length; arc++) this.first[arc + 1] = this.first[arc] + lengths[arc];
    this.points = addUp(readNumbers(arcs.points), 2);
    const sides = readNumbers(arcs.sides);
    this.one = new Int32Array(lengths.length);
    this.other = new Int32Array(lengths.length);
    let area = 0;
    for (let arc = 0; arc < lengths.length; arc++) {
      area += sides[2 * arc];
      this.one[arc] = area;
      // What is no area is below 0 and written as it is; an area comes after the first one.
      this.other[arc] = sides[2 * arc + 1] < 0 ? sides[2 * arc + 1] : area + sides[2 * arc + 1];
    }
  }

  /** Which lines belong to an area, and the box around each. */
  linkAreas() {
    const begin = new Int32Array(this.count + 1);
    const count = (area) => area >= 0 && begin[area + 1]++;
    for (let arc = 0; arc < this.one.length; arc++) count(this.one[arc]), count(this.other[arc]);
    for (let area = 0; area < this.count; area++) begin[area + 1] += begin[area];
    const next = begin.slice();
    this.linked = new Int32Array(begin[this.count]);
    this.begin = begin;
    this.boxes = new Int32Array(4 * this.count);
    for (let area = 0; area < this.count; area++) this.boxes.set([1 << 30, 1 << 30, -(1 << 30), -(1 << 30)], 4 * area);
    for (let arc = 0; arc < this.one.length; arc++) {
      for (const area of [this.one[arc], this.other[arc]]) if (area >= 0) this.linked[next[area]++] = arc;
      this.widenAround(arc);
    }
  }

  /** Lets the boxes of both sides of a line hold it; without a value per point, as the first map waits for this. */
  widenAround(arc) {
    const points = this.points;
    const end = 2 * this.first[arc + 1];
    let place = 2 * this.first[arc];
    let west = points[place];
    let east = west;
    let north = points[place + 1];
    let south = north;
    for (place += 2; place < end; place += 2) {
      const x = points[place];
      const y = points[place + 1];
      if (x < west) west = x;
      else if (x > east) east = x;
      if (y < north) north = y;
      else if (y > south) south = y;
    }
    this.widen(this.one[arc], west, north, east, south);
    this.widen(this.other[arc], west, north, east, south);
  }

  widen(area, west, north, east, south) {
    if (area < 0) return;
    const at = 4 * area;
    const boxes = this.boxes;
    if (west < boxes[at]) boxes[at] = west;
    if (north < boxes[at + 1]) boxes[at + 1] = north;
    if (east > boxes[at + 2]) boxes[at + 2] = east;
    if (south > boxes[at + 3]) boxes[at + 3] = south;
  }

  /** The lines of an area. @param {number} area */
  arcsOf(area) {
    return this.linked.subarray(this.begin[area], this.begin[area + 1]);
  }

  /** The number of the parent of an area on a level, -1 for none. */
  parent(level, area) {
    return this.parents[level] ? this.parents[level][area] : -1;
  }

  /** The id of the parent of an area on a level, or null. */
  parentId(level, area) {
    const number = this.parent(level, area);
    return number < 0 ? null : this.above[level].ids[number];
  }

  /** What a line parts. @param {number} arc */
  kind(arc) {
    const other = this.other[arc];
    if (other < 0) return other === -2 ? COUNTY_LINE : STATE_LINE;
    const one = this.one[arc];
    if (this.parent("state", one) !== this.parent("state", other)) return STATE_LINE;
    if (this.level !== "municipality") return this.level === "state" ? STATE_LINE : COUNTY_LINE;
    return this.parent("county", one) === this.parent("county", other) ? PLACE_LINE : COUNTY_LINE;
  }

  /** Whether a point lies in an area: an odd number of its lines is crossed to get out. */
  contains(area, x, y) {
    const at = 4 * area;
    if (x < this.boxes[at] || y < this.boxes[at + 1] || x > this.boxes[at + 2] || y > this.boxes[at + 3]) return false;
    let inside = false;
    for (const arc of this.arcsOf(area)) {
      for (let place = 2 * this.first[arc] + 2; place < 2 * this.first[arc + 1]; place += 2) {
        const ax = this.points[place - 2];
        const ay = this.points[place - 1];
        const bx = this.points[place];
        const by = this.points[place + 1];
        if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) inside = !inside;
      }
    }
    return inside;
  }
}
