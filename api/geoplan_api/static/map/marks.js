// What lies above: outlines of those who ask and who are on board, gaps between them, and names.
import { boxOfFrame, enter } from "./frame.js";
import { meet } from "./groups.js";
import { placeLabels } from "./labels.js";
import { hatch } from "./palette.js";

/**
 * @typedef {object} Marks
 * @property {import("./shapes.js").Shape | null} asking
 * @property {import("./shapes.js").Shape[]} group
 * @property {import("./shapes.js").Shape[]} above suggested areas that hold others and are outlined only
 * @property {import("./shapes.js").Shape[]} holding members that hold other members: a double line
 * @property {import("./shapes.js").Shape | null} lit
 * @property {[number, number][][]} gaps zoom 0 pixels
 * @property {import("./labels.js").Label[]} labels x and y in zoom 0 pixels
 * @property {import("./palette.js").Palette} palette
 */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./frame.js").Frame} frame
 * @param {Marks} marks
 */
export function paintMarks(context, frame, marks) {
  const { palette } = marks;
  const box = boxOfFrame(frame);
  const seen = (shape) => shape && meet(shape.box, box);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.lineJoin = context.lineCap = "round";
  for (const shape of marks.above.filter(seen)) outline(context, frame, shape, palette.ink, { width: 2, casing: palette.paper, dash: [8, 6] });
  const group = marks.group.filter(seen);
  if (group.length) fillHatched(context, frame, group, palette.group);
  for (const shape of group) outline(context, frame, shape, palette.group, { width: 2.5, casing: palette.paper });
  for (const shape of marks.holding.filter(seen)) {
    outline(context, frame, shape, palette.group, { width: 6, casing: palette.paper });
    outline(context, frame, shape, palette.paper, { width: 2 });
  }
  if (seen(marks.asking)) outline(context, frame, marks.asking, palette.ink, { width: 3.5, casing: palette.paper });
  if (seen(marks.lit)) outline(context, frame, marks.lit, palette.accent, { width: 3, casing: palette.paper });
  const taken = marks.gaps.map((gap) => paintGap(context, frame, gap, palette));
  paintLabels(context, frame, marks, taken);
}

function outline(context, frame, shape, colour, { width, casing, dash = [] }) {
  const pixel = enter(context, frame, shape.layer);
  if (casing) {
    context.strokeStyle = casing;
    context.lineWidth = (width + 2.5) * pixel;
    context.stroke(shape.path);
  }
  context.strokeStyle = colour;
  context.lineWidth = width * pixel;
  context.setLineDash(dash.map((part) => part * pixel));
  context.stroke(shape.path);
  context.setLineDash([]);
}

function fillHatched(context, frame, shapes, colour) {
  const whole = new Path2D();
  for (const shape of shapes) {
    enter(context, frame, shape.layer);
    whole.addPath(shape.path, context.getTransform());
  }
  // The hatch is made of device pixels, whatever the scale of the areas.
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = hatch(context, colour, frame.ratio);
  context.fill(whole, "evenodd");
}

/** @returns {number[]} the box of its sign */
function paintGap(context, frame, gap, palette) {
  const scale = 2 ** frame.zoom;
  const [[ax, ay], [bx, by]] = gap.map(([x, y]) => [x * scale - frame.left, y * scale - frame.top]);
  context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
  for (const [colour, width] of [[palette.paper, 6], [palette.warn, 3]]) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash(width === 3 ? [8, 7] : []);
    line(context, ax, ay, bx, by);
  }
  context.setLineDash([]);
  const [x, y] = [(ax + bx) / 2, (ay + by) / 2];
  context.beginPath();
  context.arc(x, y, 8, 0, 2 * Math.PI);
  context.fillStyle = palette.paper;
  context.fill();
  context.lineWidth = 2;
  context.stroke();
  line(context, x - 3, y - 3, x + 3, y + 3);
  line(context, x + 3, y - 3, x - 3, y + 3);
  return [x - 9, y - 9, x + 9, y + 9];
}

function line(context, ax, ay, bx, by) {
  context.beginPath();
  context.moveTo(ax, ay);
  context.lineTo(bx, by);
  context.stroke();
}

const widths = new Map();
/** What is written on a frame: marks are painted anew with each move of the pointer, names stay. */
const written = new WeakMap();

function paintLabels(context, frame, { labels, palette }, taken) {
  const scale = 2 ** frame.zoom;
  const font = (label) => `${label.strong ? 600 : 400} ${label.size}px ${palette.font}`;
  const widthOf = (label) => {
    const key = `${font(label)} ${label.text}`;
    if (!widths.has(key)) {
      context.font = font(label);
      widths.set(key, context.measureText(label.text).width);
    }
    return widths.get(key);
  };
  context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
  const here = ({ x, y }) => ({ x: x * scale - frame.left, y: y * scale - frame.top });
  const onFrame = labels.map((label) => ({
    ...label,
    ...here(label),
    spots: label.spots?.map(here),
    within: label.within && ((x, y) => label.within((x + frame.left) / scale, (y + frame.top) / scale)),
    room: label.room && label.room * scale,
  }));
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.strokeStyle = palette.paper;
  if (!written.has(frame)) written.set(frame, placeLabels(onFrame, widthOf, { ...frame, taken }));
  for (const label of written.get(frame)) {
    context.font = font(label);
    context.lineWidth = label.size / 3.4;
    context.strokeText(label.text, label.x, label.y);
    context.fillStyle = label.quiet ? palette.muted : palette.ink;
    context.fillText(label.text, label.x, label.y);
  }
}
