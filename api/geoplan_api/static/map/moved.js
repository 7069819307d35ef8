// Whether a reader has moved the map by hand: what they went to see stays, while a map that they left where it was is
// fitted again when it is given another size.

/**
 * @param {any} map of Leaflet
 * @param {() => void} note
 */
export function noteMoves(map, note) {
  const container = map.getContainer();
  map.on("dragstart boxzoomstart", note);
  for (const kind of ["wheel", "dblclick"]) container.addEventListener(kind, note, { passive: true });
  container.addEventListener("touchstart", (event) => event.touches.length > 1 && note(), { passive: true });
  container.addEventListener("keydown", (event) => /^(Arrow|[+=_-])/.test(event.key) && note());
  // Before the button does what it says: the one that fits the map makes up for it.
  container.addEventListener("click", (event) => event.target.closest(".geoplan-map-buttons") && note(), true);
}
