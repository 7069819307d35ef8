// The part of the world that a canvas shows: a little more than the window, so that panning finds it drawn.

const ROOM = 0.3;
const SHARPEST = 2;

/**
 * @typedef {object} Frame
 * @property {number} zoom
 * @property {number} left world pixels of that zoom
 * @property {number} top
 * @property {number} width pixels
 * @property {number} height
 * @property {number} ratio device pixels per pixel
 * @property {number[]} seen box (left, top, right, bottom) of the window, pixels
 * @property {number[][]} covered boxes under buttons, the source line and the legend, pixels
 */

/** The frame around what a map shows now. @returns {Frame} */
export function frameAround(map) {
  const size = map.getSize();
  const corner = map.getPixelBounds().min;
  const [across, down] = [Math.round(size.x * ROOM), Math.round(size.y * ROOM)];
  return {
    zoom: map.getZoom(),
    left: Math.round(corner.x) - across,
    top: Math.round(corner.y) - down,
    width: size.x + 2 * across,
    height: size.y + 2 * down,
    ratio: Math.min(globalThis.devicePixelRatio || 1, SHARPEST),
    seen: [across, down, across + size.x, down + size.y],
    covered: coveredIn(map.getContainer(), across, down),
  };
}

/** What lies under that which does not move with the map. */
function coveredIn(container, across, down) {
  const { left, top } = container.getBoundingClientRect();
  const own = container.querySelectorAll(".geoplan-map-buttons, .geoplan-map-source, .geoplan-map-background");
  const parts = [...own, ...document.querySelectorAll("[data-over-map]")];
  const shown = parts.filter((part) => part.checkVisibility?.() ?? true);
  return shown.map((part) => part.getBoundingClientRect()).filter((box) => box.width && box.height).map((box) => {
    const [x, y] = [box.left - left + across, box.top - top + down];
    return [x, y, x + box.width, y + box.height];
  });
}

/** Whether all that a map shows now lies in a frame. @param {Frame} frame */
export function covers(frame, map) {
  if (map.getZoom() !== frame.zoom) return false;
  const { min, max } = map.getPixelBounds();
  return min.x >= frame.left && min.y >= frame.top && max.x <= frame.left + frame.width && max.y <= frame.top + frame.height;
}

/** The box of a frame in zoom 0 pixels. @param {Frame} frame */
export function boxOfFrame(frame) {
  const scale = 2 ** -frame.zoom;
  return [frame.left, frame.top, frame.left + frame.width, frame.top + frame.height].map((value) => value * scale);
}

/**
 * Lets a context take the coordinates of a layer.
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {import("./layer.js").Layer} layer
 * @returns {number} length of a pixel in those coordinates
 */
export function enter(context, frame, layer) {
  const scale = 2 ** (frame.zoom - layer.zoom);
  const { ratio } = frame;
  const [x, y] = [layer.origin[0] * scale - frame.left, layer.origin[1] * scale - frame.top];
  context.setTransform(scale * ratio, 0, 0, scale * ratio, x * ratio, y * ratio);
  return 1 / scale;
}

/** Where a point of a layer lies on a frame, pixels. */
export function pointOn(frame, layer, x, y) {
  const scale = 2 ** (frame.zoom - layer.zoom);
  return [(layer.origin[0] + x) * scale - frame.left, (layer.origin[1] + y) * scale - frame.top];
}
