// Keeps the drawing on the map: two canvases for the ground, one shown while the other is painted, and one for
// the marks above; all move with the map at once and are painted anew when it rests.
import { covers, frameAround } from "./frame.js";
import { paintGround } from "./ground.js";
import { paintMarks } from "./marks.js";

const SLICE_MS = 8;
const SLICE_POINTS = 15000;
/** The first picture stops nothing that moves, so it comes at once and does not wait for the next frame. */
const FIRST_SLICE_MS = 60;

export class Drawing {
  /**
   * @param {any} map of Leaflet
   * @param {{ready: () => boolean, ground: (frame: object) => object, marks: (frame: object) => object,
   *          painted: () => void}} source `ready`: whether there is anything to paint yet
   */
  constructor(map, source) {
    this.map = map;
    this.source = source;
    this.box = document.createElement("div");
    this.box.className = "geoplan-map-drawing leaflet-zoom-animated";
    [this.front, this.back, this.top] = ["ground", "ground", "marks"].map((name) => canvas(name));
    this.back.hidden = true;
    this.box.append(this.front, this.back, this.top);
    map.getPane("overlayPane").append(this.box);
    /** @type {import("./frame.js").Frame | null} */
    this.frame = null;
    this.request = 0;
    map.on("zoomanim", (event) => this.follow(event.center, event.zoom));
    map.on("zoom", () => this.follow(map.getCenter(), map.getZoom()));
    map.on("move", () => this.keepUp());
    map.on("moveend resize viewreset", () => this.repaint());
  }

  /** Moves the picture that is there to where it belongs while the map moves. */
  follow(center, zoom) {
    if (!this.frame) return;
    const { L } = globalThis;
    const scale = this.map.getZoomScale(zoom, this.frame.zoom);
    const origin = this.map
      .project(center, zoom)
      .subtract(this.map.getSize().divideBy(2))
      .add(L.DomUtil.getPosition(this.map.getPane("mapPane")))
      .round();
    const corner = L.point(this.frame.left, this.frame.top).multiplyBy(scale).subtract(origin);
    L.DomUtil.setTransform(this.box, corner, scale);
  }

  keepUp() {
    if (this.frame && !this.painting && !covers(this.frame, this.map)) this.repaint();
  }

  /** Paints all anew, a slice at a time, and then shows it at once. */
  repaint() {
    cancelAnimationFrame(this.request);
    const size = this.map.getSize();
    if (!size.x || !size.y || !this.source.ready()) return;
    const frame = frameAround(this.map);
    const context = sized(this.back, frame).getContext("2d");
    this.painting = paintGround(context, frame, this.source.ground(frame));
    if (this.frame) this.request = requestAnimationFrame(() => this.slice(frame));
    else this.slice(frame);
  }

  slice(frame) {
    const until = performance.now() + (this.frame ? SLICE_MS : FIRST_SLICE_MS);
    let points = 0;
    while (performance.now() < until && (points < SLICE_POINTS || !this.frame)) {
      const step = this.painting.next();
      if (step.done) {
        this.show(frame);
        return;
      }
      points += step.value;
    }
    this.request = requestAnimationFrame(() => this.slice(frame));
  }

  show(frame) {
    this.painting = null;
    this.frame = frame;
    [this.front, this.back] = [this.back, this.front];
    this.front.hidden = false;
    this.back.hidden = true;
    sized(this.top, frame);
    this.repaintMarks();
    this.follow(this.map.getCenter(), this.map.getZoom());
    this.source.painted();
    this.keepUp();
  }

  repaintMarks() {
    if (this.frame) paintMarks(this.top.getContext("2d"), this.frame, this.source.marks(this.frame));
  }

  remove() {
    cancelAnimationFrame(this.request);
    this.box.remove();
  }
}

function canvas(name) {
  const made = document.createElement("canvas");
  made.className = `geoplan-map-${name}`;
  return made;
}

function sized(element, frame) {
  const [width, height] = [Math.round(frame.width * frame.ratio), Math.round(frame.height * frame.ratio)];
  if (element.width !== width) element.width = width;
  if (element.height !== height) element.height = height;
  element.style.width = `${frame.width}px`;
  element.style.height = `${frame.height}px`;
  return element;
}
