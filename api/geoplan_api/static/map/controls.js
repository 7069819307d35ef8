// The buttons on the map, its source line, and what it says when something failed. All texts are set as text.
import { fill } from "./words.js";

/** @returns {HTMLElement} */
export function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  if (text) made.textContent = text;
  if (name === "button") made.type = "button";
  return made;
}

/**
 * Puts something on the map that does not move with it.
 * @param {any} map of Leaflet
 * @param {string} corner
 */
function place(map, corner, ...parts) {
  const { L } = globalThis;
  const box = element("div", `geoplan-map-${corner}`);
  box.append(...parts);
  L.DomEvent.disableClickPropagation(box);
  L.DomEvent.disableScrollPropagation(box);
  map.getContainer().append(box);
  return box;
}

function button(sign, name, act) {
  const made = element("button", "geoplan-map-button", sign);
  made.setAttribute("aria-label", name);
  made.title = name;
  made.addEventListener("click", act);
  return made;
}

export function addButtons(map, words, fit) {
  const closer = button("+", words.map_zoom_in, () => map.zoomIn());
  const further = button("−", words.map_zoom_out, () => map.zoomOut());
  const all = button("⤢", words.map_fit, fit);
  const update = () => {
    // Not disabled: a focused button that is disabled loses the focus.
    closer.setAttribute("aria-disabled", String(map.getZoom() >= map.getMaxZoom()));
    further.setAttribute("aria-disabled", String(map.getZoom() <= map.getMinZoom()));
  };
  map.on("zoomend", update);
  return place(map, "buttons", closer, further, all);
}

/** @param {{text: string, url?: string}[]} sources */
export function addSources(map, sources) {
  const box = place(map, "source");
  const show = (list) => {
    const links = list.map(({ text, url }) => {
      const made = element(url ? "a" : "span", "", text);
      if (url && /^https?:/.test(url)) Object.assign(made, { href: url, rel: "noreferrer", target: "_blank" });
      return made;
    });
    box.replaceChildren(...links);
  };
  show(sources);
  return show;
}

/** A button that loads the background map once it is pressed, and takes it away when it is pressed again. */
export function addBasemapButton(map, basemap, words, { shown }) {
  const { L } = globalThis;
  const provider = basemap.attribution;
  const press = element("button", "geoplan-map-basemap", fill(words.map_basemap, { provider }));
  const note = element("span", "geoplan-map-note", fill(words.map_basemap_note, { provider }));
  let tiles = null;
  press.addEventListener("click", () => {
    if (tiles) tiles.remove();
    tiles = tiles ? null : L.tileLayer(basemap.url, { maxZoom: basemap.maxZoom, attribution: "" }).addTo(map);
    press.textContent = tiles ? words.map_basemap_off : fill(words.map_basemap, { provider });
    note.hidden = Boolean(tiles);
    shown(Boolean(tiles));
  });
  return place(map, "background", press, note);
}

/** Says that something failed, and offers to try again; nothing is said twice. */
export function addTrouble(map, words, retry) {
  const box = place(map, "trouble");
  box.setAttribute("role", "alert");
  return {
    say() {
      if (box.childElementCount) return;
      const again = element("button", "geoplan-map-again", words.map_retry);
      again.addEventListener("click", () => {
        box.replaceChildren();
        retry();
      });
      box.append(element("span", "", words.map_failed), again);
    },
    clear: () => box.replaceChildren(),
  };
}
