// What lies under the pointer, or in the middle for those who use keys: told, marked, chosen.
import { element } from "./controls.js";
import { stageFor } from "./picture.js";
import { nameOf, unitAt } from "./shapes.js";
import { fill } from "./words.js";

/**
 * @typedef {object} Found
 * @property {string} id
 * @property {string} name
 * @property {string} more a second line
 * @property {boolean} exact whether it is a unit of the level that is asked for (else the county that holds it)
 */

/** @returns {Found | null} */
export function foundAt(store, scene, words, point, zoom) {
  const stage = stageFor(scene, zoom);
  const area = store.at(point.x, point.y, stage);
  if (!area) return null;
  const preferred = new Set([scene.asking?.id, ...scene.group, ...scene.suggestions.map((one) => one.id)]);
  const unit = unitAt(store, area, scene.level, preferred);
  const id = unit ?? area.layer.ids[area.area];
  const suggestion = scene.suggestions.find((one) => one.id === id);
  const name = scene.names[id] ?? (scene.asking?.id === id ? scene.asking.name : null) ?? nameOf(store, id, stage) ?? id;
  return { id, name, more: suggestion ? told(suggestion, words) : around(area, words), exact: unit !== null };
}

function told(suggestion, words) {
  const { rank, score } = suggestion;
  return suggestion.text ?? fill(score ? words.map_rank : words.map_rank_only, { rank, score });
}

function around({ layer, area }, words) {
  if (layer.unincorporated.has(area)) return words.map_unincorporated;
  const county = layer.parentId("county", area);
  if (county === null) return "";
  const name = layer.above.county.names[layer.parent("county", area)];
  return name === layer.names[area] ? "" : name;
}

/**
 * Listens to mouse, finger and keys.
 * @param {any} map of Leaflet
 * @param {{find: (point: object) => Found | null, hover: (found: Found | null) => void,
 *          choose: (found: Found) => void, toggle: (found: Found) => void}} act
 */
export function listen(map, act) {
  const container = map.getContainer();
  const tip = element("div", "geoplan-map-tip");
  const told = element("div", "geoplan-map-told");
  tip.hidden = true;
  told.setAttribute("role", "status");
  container.append(tip, told, element("div", "geoplan-map-cross"));
  let pending = 0;
  let last = null;
  const hover = (found, place) => {
    showTip(tip, found, place, map.getSize());
    if (found?.id !== last) {
      last = found?.id ?? null;
      act.hover(found);
    }
  };
  const at = (latlng) => act.find(map.project(latlng, 0));
  map.on("mousemove", (event) => {
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(() => hover(at(event.latlng), event.containerPoint));
  });
  map.on("mouseout movestart", () => {
    cancelAnimationFrame(pending);
    hover(null);
  });
  map.on("click", (event) => {
    const found = at(event.latlng);
    if (found) (event.originalEvent.ctrlKey || event.originalEvent.metaKey ? act.toggle : act.choose)(found);
  });
  const byKeys = () => container.matches(":focus-visible");
  const middle = () => {
    const found = byKeys() ? at(map.getCenter()) : null;
    if (byKeys()) hover(found, map.getSize().divideBy(2));
    told.textContent = found ? [found.name, found.more].filter(Boolean).join(", ") : "";
  };
  map.on("moveend", middle);
  container.addEventListener("focus", middle);
  container.addEventListener("blur", () => hover(null));
  container.addEventListener("keydown", (event) => {
    if (event.target !== container || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    const found = at(map.getCenter());
    if (found) (event.key === "Enter" ? act.choose : act.toggle)(found);
  });
  return { refresh: () => byKeys() && middle() };
}

const TIP_AWAY = 14;

function showTip(tip, found, place, size) {
  tip.hidden = !found;
  if (!found) return;
  tip.replaceChildren(element("strong", "", found.name));
  if (found.more) tip.append(element("span", "", found.more));
  const right = place.x + TIP_AWAY + tip.offsetWidth > size.x;
  const below = place.y + TIP_AWAY + tip.offsetHeight > size.y;
  tip.style.left = `${right ? Math.max(0, place.x - TIP_AWAY - tip.offsetWidth) : place.x + TIP_AWAY}px`;
  tip.style.top = `${below ? Math.max(0, place.y - TIP_AWAY - tip.offsetHeight) : place.y + TIP_AWAY}px`;
}
