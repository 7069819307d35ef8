// From a scene and the layers that are loaded to what is painted.
import { boxOfFrame } from "./frame.js";
import { quietLabels, sceneLabels } from "./names.js";
import { fillOf } from "./palette.js";
import { needsPlaces } from "./scene.js";
import { shapeOf } from "./shapes.js";
import { PLACES, stageOf } from "./store.js";

/** How fine a scene is drawn at a zoom. */
export function stageFor(scene, zoom) {
  return Math.max(stageOf(zoom), needsPlaces(scene) ? PLACES : 0);
}

/**
 * The areas with their colours, the weakest fit lowest.
 * @param {import("./scene.js").Scene} scene
 */
export function fillsOf(store, scene, stage, palette) {
  const classes = scene.whiteSpots
    ? Object.entries(scene.whiteSpots)
    : scene.suggestions.filter((one) => !isAbove(one)).map((one) => [one.id, one.cls]);
  const fills = [];
  for (const [id, step] of classes) {
    const shape = shapeOf(store, id, stage);
    if (shape && step) fills.push({ shape, colour: fillOf(palette, step) });
  }
  return fills.reverse();
}

/** The members, and who asks among them; those that hold other members are outlined. */
function hatched({ asking, group, outlined }) {
  const members = group.length && asking ? [asking.id, ...group] : group;
  return members.filter((id) => !outlined.includes(id));
}

/** A coordinator holds other areas of the map, so it is outlined and not filled. */
function isAbove(one) {
  return one.role === "coordinator";
}

/** @param {import("./frame.js").Frame} frame */
export function groundOf(store, scene, frame, { palette, basemap }) {
  const stage = stageFor(scene, frame.zoom);
  const box = boxOfFrame(frame);
  store.need(stage, box);
  return { store, stage, palette, basemap, fills: fillsOf(store, scene, stage, palette) };
}

/** @param {import("./frame.js").Frame} frame */
export function marksOf(store, scene, frame, { palette, lit, project }) {
  const stage = stageFor(scene, frame.zoom);
  const shape = (id) => (id ? shapeOf(store, id, stage) : null);
  const all = (ids) => ids.map(shape).filter(Boolean);
  const labels = sceneLabels(store, scene, stage, frame.zoom);
  return {
    // A county that asks and holds the others keeps the sign of those who do.
    asking: scene.outlined.includes(scene.asking?.id) ? null : shape(scene.asking?.id),
    group: all(hatched(scene)),
    above: all(scene.suggestions.filter(isAbove).map((one) => one.id)),
    holding: all(scene.outlined),
    lit: shape(lit ?? scene.why),
    gaps: scene.gaps.map((gap) => gap.map(project)),
    labels: [...labels.values(), ...quietLabels(store, stage, frame.zoom, boxOfFrame(frame), labels)],
    palette,
  };
}
