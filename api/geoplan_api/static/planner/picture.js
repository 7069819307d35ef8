// Joins the map to the page: what is shown there follows the state, what is clicked there changes it.
import { go } from "./navigate.js";

/** @returns {Promise<{mark: (id: string | null) => void, refresh: () => void}>} */
export async function start(settings) {
  const container = document.getElementById("map");
  const scene = () => JSON.parse(document.getElementById("scene").textContent);
  const { createMap } = await import("../map/map.js").catch(() => ({}));
  if (!createMap || !globalThis.L) return missing(container, settings.strings);
  const map = createMap(container, {
    config: settings.map, strings: settings.strings, lang: settings.lang,
    onSelect: (id) => go(addressFor(id, scene()), { focus: scene().asking ? "why-heading" : "heading" }),
    onHover: (id) => light(id),
    onToggle: (id) => toggle(id, scene()),
  });
  map.show(scene());
  // Paper waits for nobody: what is drawn goes where it belongs on it before it is given out of hand.
  container.addEventListener("geoplan:fit", ({ detail }) => map.fitNow(detail));
  document.getElementById("legend").addEventListener("toggle", () => map.repaint(), true);
  new MutationObserver(() => map.setTheme()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return { mark: (id) => map.highlight(id), refresh: () => map.show(scene()) };
}

/** Says that there is no map; the list and the table do without. */
function missing(container, strings) {
  const said = document.createElement("p");
  said.className = "no-map";
  said.textContent = strings.no_map;
  container.replaceChildren(said);
  return { mark: () => {}, refresh: () => {} };
}

function addressFor(id, scene) {
  const query = new URLSearchParams(location.search);
  query.delete("q");
  query.delete("panel");
  if (scene.asking && scene.asking.id !== id) query.set("why", id);
  else {
    query.set("unit", id);
    query.delete("why");
  }
  return addressWith(query);
}

/** Takes a unit on board, or out again. */
function toggle(id, { asking, partners }) {
  if (!asking || asking.id === id) return;
  const query = new URLSearchParams(location.search);
  const group = partners.includes(id) ? partners.filter((one) => one !== id) : [...partners, id];
  if (group.length) query.set("with", group.join(","));
  else query.delete("with");
  go(addressWith(query), { focus: document.activeElement?.id });
}

function addressWith(query) {
  return `${location.pathname}?${String(query).replaceAll("%2C", ",").replaceAll("%3A", ":")}`;
}

function light(id) {
  document.querySelector("#list .lit")?.classList.remove("lit");
  if (id) document.getElementById(`s-${id}`)?.classList.add("lit");
}
