// The layers that the map has: fetched when they are needed, the finest that fits is drawn.
import { GridIndex } from "./grid.js";
import { groupsOf, meet } from "./groups.js";
import { Layer } from "./layer.js";

/** How fine the map is drawn, by zoom. */
export const COUNTRY = 0;
export const PLACES = 1;
export const COUNTIES = 2;
const PLACES_FROM = 7.25;
const COUNTIES_FROM = 10.25;

/** @param {number} zoom */
export function stageOf(zoom) {
  if (zoom < PLACES_FROM) return COUNTRY;
  return zoom < COUNTIES_FROM ? PLACES : COUNTIES;
}

/**
 * @typedef {object} Loaded
 * @property {Layer} layer
 * @property {Map<string, import("./groups.js").Group>} groups
 * @property {GridIndex | null} grid made when first a point is looked for
 */

export class Store {
  /**
   * @param {{outline: string, places: string | null, county: string, partial?: boolean, also?: string[]}} addresses
   *   `also`: counties that are loaded with the places
   * @param {{changed: () => void, failed: (error: unknown) => void}} tell
   */
  constructor(addresses, tell) {
    this.addresses = addresses;
    this.tell = tell;
    /** @type {Map<string, Loaded>} */
    this.loaded = new Map();
    /** @type {Map<string, Promise<Loaded | null>>} */
    this.asked = new Map();
  }

  /** @returns {Loaded | undefined} */
  get outline() {
    return this.loaded.get("outline");
  }

  /** @returns {Loaded | undefined} */
  get places() {
    return this.loaded.get("places");
  }

  loadOutline() {
    return this.load("outline", this.addresses.outline);
  }

  loadPlaces() {
    return this.addresses.places ? this.load("places", this.addresses.places) : Promise.resolve(null);
  }

  /** The layers that have all the land at a stage coarser than counties. */
  landLayers(stage) {
    if (stage === COUNTRY || !this.places) return [this.outline.layer];
    return this.addresses.partial ? [this.outline.layer, this.places.layer] : [this.places.layer];
  }

  /** @param {string} id of a county */
  loadCounty(id) {
    return this.load(`county ${id}`, this.addresses.county.replace("{id}", encodeURIComponent(id)));
  }

  /** Whether something that was asked for is not there yet. */
  get waiting() {
    return this.asked.size > this.loaded.size;
  }

  load(name, address) {
    if (!this.asked.has(name)) this.asked.set(name, this.fetch(name, address));
    return this.asked.get(name);
  }

  async fetch(name, address) {
    try {
      const response = await fetch(address);
      if (!response.ok) throw new Error(`${response.status} ${address}`);
      const layer = new Layer(await response.json());
      const loaded = { layer, groups: groupsOf(layer), grid: null };
      this.loaded.set(name, loaded);
      this.tell.changed();
      return loaded;
    } catch (error) {
      this.asked.delete(name); // may be asked for again
      this.tell.failed(error);
      return null;
    }
  }

  /** The fine layer of a county, where it is loaded. */
  county(id) {
    return this.loaded.get(`county ${id}`);
  }

  /** Whether the outline consists of counties, whose places may be loaded one by one. */
  get byCounty() {
    return this.outline?.layer.level === "county";
  }

  /**
   * Asks for what a view needs that is not there yet.
   * @param {number} stage
   * @param {number[]} box of the view, zoom 0 pixels
   */
  need(stage, box) {
    if (!this.outline) return;
    if (stage === COUNTIES && this.byCounty) {
      for (const group of this.outline.groups.values()) if (meet(group.box, box)) this.loadCounty(group.id);
    } else if (stage >= PLACES) {
      this.loadPlaces();
    }
    if (stage >= PLACES) for (const id of this.addresses.also ?? []) this.loadCounty(id);
  }

  /**
   * The groups to draw in a view, each from the best layer that is loaded.
   * @returns {import("./groups.js").Group[]}
   */
  groups(stage, box) {
    if (!this.outline) return [];
    const seen = [...this.outline.groups.values()].filter((group) => meet(group.box, box));
    if (stage === COUNTRY) return seen;
    if (!this.byCounty) return this.places ? [...this.places.groups.values()] : seen;
    const best = seen.map((group) => this.bestGroup(group, stage));
    const without = this.places?.groups.get("");
    return without ? [...best, without] : best;
  }

  bestGroup(group, stage) {
    const coarse = this.places?.groups.get(group.id);
    const fine = this.county(group.id)?.groups.get(group.id);
    return (stage === COUNTIES ? (fine ?? coarse) : (coarse ?? fine)) ?? group;
  }

  /** The area at a point (zoom 0 pixels): of places where they are loaded, else of the outline. */
  at(x, y, stage) {
    const county = find(this.outline, x, y);
    if (stage === COUNTRY) return county;
    const fine = county && this.byCounty ? find(this.county(county.layer.ids[county.area]), x, y) : null;
    return fine ?? find(this.places, x, y) ?? county;
  }

  /** Where a place stands, in the finest layer that is loaded; null where none has it. */
  find(id, stage) {
    const coarse = holding(this.places, id);
    if (stage !== COUNTIES && coarse) return coarse;
    for (const [name, loaded] of this.loaded) {
      const fine = name.startsWith("county ") ? holding(loaded, id) : null;
      if (fine) return fine;
    }
    return coarse;
  }
}

function find(loaded, x, y) {
  if (!loaded) return null;
  const { layer } = loaded;
  const grid = (loaded.grid ??= new GridIndex(layer));
  const scale = 2 ** layer.zoom;
  const area = grid.at(x * scale - layer.origin[0], y * scale - layer.origin[1]);
  return area < 0 ? null : { layer, area };
}

function holding(loaded, id) {
  const area = loaded?.layer.number.get(id);
  return area === undefined ? null : { layer: loaded.layer, area };
}
