// An embed in the browser: draws the map, joins it to the table, and tells the page around how high it is.
import { contentHeight, cutOff, tellHeight } from "./height.js";

const root = document.documentElement;
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const settings = read("settings");
const scene = read("scene");
const { strings } = settings;

root.classList.add("scripted");
root.classList.toggle("framed", window.parent !== window);
joinSwitch();
if (location.hash === "#twin") show(true);
start();
showEnd(document.getElementById("twin"));
tellHeight();

async function start() {
  const container = document.getElementById("map");
  try {
    const { createMap } = await import("../map/map.js");
    const map = createMap(container, {
      config: { ...settings.map, describedBy: document.getElementById("switch") ? "switch" : undefined }, strings, lang: settings.lang,
      onSelect: (id) => choose(id), onHover: (id) => light(id),
    });
    map.show(scene);
    // The page around is printed: the frame has the size that it has on paper.
    container.addEventListener("geoplan:fit", ({ detail }) => map.fitNow(detail));
    joinTable(map);
  } catch {
    container.textContent = strings.no_map;
    show(true);
  }
}

/** Map and table take turns where there is no room for both. */
function joinSwitch() {
  const link = document.getElementById("switch");
  if (!link) return;
  link.setAttribute("role", "button");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    show(!root.classList.contains("as-table"));
  });
  link.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    link.click();
  });
}

function show(table) {
  root.classList.toggle("as-table", table);
  const link = document.getElementById("switch");
  if (link) link.textContent = table ? strings.to_map : strings.to_table;
  dispatchEvent(new Event("geoplan:changed"));
}

/** Says that a list goes on below where its box ends. */
function showEnd(twin) {
  const look = () => {
    const whole = contentHeight(twin);
    twin.classList.toggle("scrolls", whole > twin.clientHeight + 2);
    twin.classList.toggle("goes-on", whole > twin.scrollTop + twin.clientHeight + 2);
  };
  const lay = () => {
    twin.style.setProperty("--cut", `${cutOff(twin)}px`);
    look();
  };
  twin.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(lay).observe(twin);
  addEventListener("geoplan:changed", lay);
}

function rowOf(id) {
  return id && document.querySelector(`#twin tr[data-unit="${CSS.escape(id)}"]`);
}

function light(id) {
  document.querySelector("#twin tr.lit")?.classList.remove("lit");
  rowOf(id)?.classList.add("lit");
}

/** What was chosen on the map is said below it, and shown in the table. */
function choose(id) {
  const row = rowOf(id);
  light(id);
  document.getElementById("told").textContent = row ? sentence(row) : (scene.names?.[id] ?? "");
  const box = row?.closest(".twin");
  if (box?.offsetHeight) box.scrollTop = row.offsetTop - box.offsetHeight / 3;
}

function sentence(row) {
  const told = [...row.querySelectorAll("li")].map((one) => one.firstChild.textContent.trim());
  const name = row.querySelector("strong").textContent;
  const value = row.querySelector("td.number")?.textContent.trim();
  return [`${row.cells[0].textContent.trim()}. ${name}`, value, ...told].filter(Boolean).join(" · ");
}

function joinTable(map) {
  const twin = document.getElementById("twin");
  twin.addEventListener("pointerover", (event) => map.highlight(event.target.closest?.("tr")?.dataset.unit ?? null));
  twin.addEventListener("pointerleave", () => map.highlight(null));
}
