// What lies below: land, the areas of the answer by their fit, and the lines of places, counties and states.
import { boxOfFrame, enter } from "./frame.js";
import { landOf, linesOf, meet, wholeLand } from "./groups.js";
import { COUNTY_LINE, PLACE_LINE, STATE_LINE } from "./layer.js";
import { COUNTIES, COUNTRY } from "./store.js";

const OVER_BASEMAP = 0.55;

/**
 * @typedef {object} Ground
 * @property {import("./store.js").Store} store
 * @property {number} stage
 * @property {{shape: import("./shapes.js").Shape, colour: string}[]} fills from the lowest up
 * @property {import("./palette.js").Palette} palette
 * @property {boolean} basemap whether a background map lies below
 */

/**
 * Paints the ground bit by bit; each step tells how many points it has drawn.
 * @param {CanvasRenderingContext2D} context
 * @param {import("./frame.js").Frame} frame
 * @param {Ground} ground
 */
export function* paintGround(context, frame, ground) {
  const groups = ground.store.groups(ground.stage, boxOfFrame(frame));
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  if (!ground.basemap) yield* paintLand(context, frame, ground, groups);
  yield paintFills(context, frame, ground);
  context.lineJoin = "round";
  for (const kind of [PLACE_LINE, COUNTY_LINE, STATE_LINE]) {
    const width = lineWidth(kind, frame.zoom);
    context.strokeStyle = [ground.palette.placeLine, ground.palette.countyLine, ground.palette.stateLine][kind];
    for (const group of groups) yield stroke(context, frame, group.layer, linesOf(group)[kind], width);
  }
}

function* paintLand(context, frame, { store, stage, palette }, groups) {
  context.fillStyle = context.strokeStyle = palette.land;
  if (stage !== COUNTIES && groups.length) {
    for (const layer of store.landLayers(stage)) {
      enter(context, frame, layer);
      context.fill(wholeLand(layer), "evenodd");
      yield layer.count * 20;
    }
    return;
  }
  for (const group of groups) {
    // Stroked as well, so that no seam shows between neighbours.
    context.lineWidth = enter(context, frame, group.layer);
    context.fill(landOf(group), "evenodd");
    context.stroke(landOf(group));
    yield 500;
  }
}

function paintFills(context, frame, { fills, basemap }) {
  const box = boxOfFrame(frame);
  context.globalAlpha = basemap ? OVER_BASEMAP : 1;
  for (const { shape, colour } of fills) {
    if (!meet(shape.box, box)) continue;
    enter(context, frame, shape.layer);
    context.fillStyle = colour;
    context.fill(shape.path, "evenodd");
  }
  context.globalAlpha = 1;
  return fills.length * 100;
}

function stroke(context, frame, layer, { path, points }, width) {
  if (!points) return 0;
  context.lineWidth = enter(context, frame, layer) * width;
  context.stroke(path);
  return points;
}

/** Pixels. */
function lineWidth(kind, zoom) {
  const nearness = Math.min(1, Math.max(0, (zoom - 5) / 6));
  if (kind === PLACE_LINE) return 0.3 + 0.5 * nearness;
  return kind === COUNTY_LINE ? 0.5 + 0.9 * nearness : 1 + 1.2 * nearness;
}
