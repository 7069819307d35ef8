// The map of the planner, the embeds and the static export. It knows no address but those in its configuration
// and draws what a scene tells; Leaflet (global L) moves and zooms it.
import { Drawing } from "./canvas.js";
import { addBasemapButton, addButtons, addSources, addTrouble } from "./controls.js";
import { noteMoves } from "./moved.js";
import { readPalette } from "./palette.js";
import { groundOf, marksOf, stageFor } from "./picture.js";
import { foundAt, listen } from "./pointer.js";
import { readScene } from "./scene.js";
import { shapeOf } from "./shapes.js";
import { Store } from "./store.js";
import { WORDS } from "./words.js";

const ZOOMS = { minZoom: 4.5, maxZoom: 14, fit: 12, snap: 0.25 };
/** Room around what is fitted: a share of the shorter side, pixels at most. */
const PADDING = { share: 0.05, most: 28 };

/**
 * @typedef {object} MapConfig
 * @property {string} outline address of a layer
 * @property {string | null} places
 * @property {boolean} [partial] whether `places` is not of the whole country
 * @property {string[]} [also] counties further away that are drawn with them
 * @property {string} county with {id} for the key of a county
 * @property {[number, number, number, number]} bounds west, south, east, north of the country
 * @property {{text: string, url: string}} attribution
 * @property {{url: string, attribution: string, attributionUrl: string, maxZoom: number} | null} basemap
 * @property {string} [describedBy] id of an element that leads to the table
 */

/**
 * Makes a map.
 * @param {HTMLElement} container
 * @param {{config: MapConfig, strings?: Record<string, string>, lang?: string, onSelect?: (id: string) => void,
 *          onHover?: (id: string | null) => void, onToggle?: (id: string) => void}} options
 */
export function createMap(container, { config, strings = {}, lang, onSelect, onHover, onToggle }) {
  return new PlannerMap(container, { config, words: { ...WORDS, ...strings }, lang, onSelect, onHover, onToggle });
}

class PlannerMap {
  constructor(container, options) {
    this.options = options;
    this.scene = readScene();
    this.lit = null;
    this.basemap = false;
    this.fitted = null;
    this.moved = false;
    this.map = makeMap(container, options);
    this.palette = readPalette(container);
    this.store = new Store(options.config, {
      changed: () => this.repaint(),
      failed: () => this.trouble.say(),
    });
    this.drawing = new Drawing(this.map, {
      ready: () => Boolean(this.store.outline),
      ground: (frame) => groundOf(this.store, this.scene, frame, this),
      marks: (frame) => marksOf(this.store, this.scene, frame, { ...this.look, lit: this.lit }),
      painted: () => this.tellPainted(),
    });
    this.addParts();
    this.watch();
    this.store.loadOutline();
  }

  get look() {
    const project = ([longitude, latitude]) => {
      const { x, y } = this.map.project([latitude, longitude], 0);
      return [x, y];
    };
    return { palette: this.palette, basemap: this.basemap, project };
  }

  addParts() {
    const { config, words } = this.options;
    this.trouble = addTrouble(this.map, words, () => this.reload());
    addButtons(this.map, words, () => this.fit());
    const sources = [config.attribution].filter(Boolean);
    const show = addSources(this.map, sources);
    if (config.basemap) {
      const { attribution: text, attributionUrl: url } = config.basemap;
      addBasemapButton(this.map, config.basemap, words, {
        shown: (on) => {
          this.basemap = on;
          show(on ? [...sources, { text, url }] : sources);
          this.repaint();
        },
      });
    }
    this.pointer = listen(this.map, {
      find: (point) => foundAt(this.store, this.scene, words, point, this.map.getZoom()),
      hover: (found) => {
        this.highlight(found?.exact ? found.id : null);
        this.options.onHover?.(found?.exact ? found.id : null);
      },
      choose: (found) => (found.exact ? this.options.onSelect?.(found.id) : this.focusUnit(found.id)),
      toggle: (found) => found.exact && this.options.onToggle?.(found.id),
    });
  }

  watch() {
    noteMoves(this.map, () => (this.moved = true));
    this.zooming = false;
    this.map.on("zoomanim", () => (this.zooming = true));
    this.map.on("zoomend", () => (this.zooming = false));
    this.size = new ResizeObserver(() => this.followSize());
    this.size.observe(this.map.getContainer());
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.setTheme = this.setTheme.bind(this);
    this.dark.addEventListener("change", this.setTheme);
  }

  /** Takes the size that the page gives; what was asked for while there was none, or cut off now, is shown. */
  followSize() {
    const { maxBounds } = this.map.options;
    // Leaflet pans back inside its bounds by itself, and goes on with it while the map is fitted.
    this.map.setMaxBounds(null);
    this.map.invalidateSize({ animate: false });
    if (this.fitted !== this.scene.view || !this.moved) this.fit({ animate: false });
    this.map.setMaxBounds(maxBounds);
  }

  /** Shows a scene; the map stays where it is unless the scene has another view, or somebody new on board is not seen. */
  show(given) {
    const before = new Set(this.scene.group);
    this.scene = readScene(given);
    const { view, group, members } = this.scene;
    const unseen = group.some((id) => !before.has(id)) && members && !this.map.getBounds().contains(members);
    if (this.fitted !== view || unseen) this.fit({ animate: this.fitted !== null });
    this.repaint();
  }

  /** Moves to all that the scene is about. */
  fit(options = {}) {
    const size = this.map.getSize();
    if (!size.x || !size.y) return;
    this.fitted = this.scene.view;
    this.moved = false;
    const bounds = this.scene.bounds ?? countryOf(this.options.config);
    this.move(bounds, options);
  }

  /** Takes its size and moves to all that the scene is about at once; the picture that is there goes along. */
  fitNow({ exact = false } = {}) {
    // Nobody zooms on paper, so it is filled.
    this.map.options.zoomSnap = exact ? 0 : ZOOMS.snap;
    this.fitted = null;
    this.followSize();
    this.drawing.follow(this.map.getCenter(), this.map.getZoom());
  }

  move(bounds, { animate = true } = {}) {
    const { reduced } = this.map.options;
    if (this.zooming) {
      // Leaflet takes no second order while it changes the scale.
      this.map.once("zoomend", () => this.move(bounds, { animate }));
      return;
    }
    const { x, y } = this.map.getSize();
    const padding = Math.round(Math.min(PADDING.most, PADDING.share * Math.min(x, y)));
    this.map.fitBounds(bounds, { padding: [padding, padding], maxZoom: ZOOMS.fit, animate: animate && !reduced });
  }

  /** Moves to a unit, which may not be loaded yet. @param {string} id */
  async focusUnit(id) {
    const found = () => shapeOf(this.store, id, stageFor(this.scene, this.map.getZoom()));
    if (!found()) await this.store.loadPlaces();
    const shape = found();
    if (!shape) return;
    const [west, north, east, south] = shape.box;
    const { L } = globalThis;
    const corner = (x, y) => this.map.unproject(L.point(x, y), 0);
    this.moved = true;
    this.move(L.latLngBounds(corner(west, south), corner(east, north)));
  }

  /** Reads the colours again. */
  setTheme() {
    this.palette = readPalette(this.map.getContainer());
    this.repaint();
  }

  /** Marks a unit, or none. @param {string | null} id */
  highlight(id) {
    if (this.lit === id) return;
    this.lit = id;
    this.map.getContainer().dataset.lit = id ?? "";
    this.drawing.repaintMarks();
  }

  reload() {
    this.store.loadOutline();
    this.repaint();
  }

  repaint() {
    this.drawing.repaint();
  }

  /** Says by an attribute what is drawn, for tests and for whoever waits for the map. */
  tellPainted() {
    const container = this.map.getContainer();
    const complete = this.store.outline && !this.store.waiting;
    const stage = ["country", "places", "counties"][stageFor(this.scene, this.map.getZoom())];
    container.dataset.painted = complete ? stage : (container.dataset.painted ?? "");
    this.pointer?.refresh();
  }

  destroy() {
    this.size.disconnect();
    this.dark.removeEventListener("change", this.setTheme);
    this.drawing.remove();
    this.map.remove();
  }
}

function countryOf({ bounds: [west, south, east, north] }) {
  return [
    [south, west],
    [north, east],
  ];
}

function makeMap(container, { config, words, lang }) {
  const { L } = globalThis;
  const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
  container.classList.add("geoplan-map");
  container.setAttribute("role", "application");
  if (lang) container.lang = lang;
  container.setAttribute("aria-label", `${words.map_label}. ${words.map_keys}`);
  if (config.describedBy) container.setAttribute("aria-describedby", config.describedBy);
  const map = L.map(container, {
    attributionControl: false, zoomControl: false, fadeAnimation: !reduced, zoomAnimation: !reduced,
    markerZoomAnimation: false, inertia: !reduced, zoomSnap: ZOOMS.snap, wheelPxPerZoomLevel: 90,
    minZoom: ZOOMS.minZoom, maxZoom: ZOOMS.maxZoom, doubleClickZoom: true, worldCopyJump: false, reduced,
    maxBounds: L.latLngBounds(countryOf(config)).pad(1), maxBoundsViscosity: 0.7,
  });
  map.fitBounds(countryOf(config), { animate: false });
  return map;
}
