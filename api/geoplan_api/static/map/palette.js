// The colours of the map, from the custom properties of its style sheet, so that themes are made in one place.

/** @typedef {ReturnType<typeof readPalette>} Palette */

/**
 * The colours that hold for an element now.
 * @param {Element} element
 */
export function readPalette(element) {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const style = getComputedStyle(probe);
  // A canvas knows no custom property, so each is read as the colour of an element.
  const colour = (name) => {
    probe.style.color = `var(--map-${name})`;
    return style.color;
  };
  const palette = {
    land: colour("land"),
    paper: colour("paper"),
    ink: colour("ink"),
    muted: colour("muted"),
    accent: colour("accent"),
    group: colour("group"),
    warn: colour("warn"),
    placeLine: colour("place-line"),
    countyLine: colour("county-line"),
    stateLine: colour("state-line"),
    fit: [1, 2, 3, 4, 5].map((step) => colour(`fit-${step}`)),
    font: style.fontFamily || "sans-serif",
  };
  probe.remove();
  return palette;
}

/** The fill of a class (1 weakest to 5 best). @param {Palette} palette @param {number} step */
export function fillOf(palette, step) {
  return palette.fit[Math.min(5, Math.max(1, Math.round(step))) - 1];
}

/**
 * A hatch of thin lines that tells an area without its colour.
 * @param {CanvasRenderingContext2D} context
 * @param {string} colour
 * @param {number} ratio device pixels per pixel
 */
export function hatch(context, colour, ratio) {
  const side = Math.round(9 * ratio);
  const tile = document.createElement("canvas");
  tile.width = tile.height = side;
  const brush = tile.getContext("2d");
  brush.strokeStyle = colour;
  brush.lineWidth = 1.25 * ratio;
  brush.beginPath();
  for (const shift of [-side, 0, side]) {
    brush.moveTo(shift - 2, side + 2);
    brush.lineTo(shift + side + 2, -2);
  }
  brush.stroke();
  return context.createPattern(tile, "repeat");
}
