// Tells the page around how high the embed is: {type: "geoplan:height", height: pixels}. The message holds nothing
// else, so it may go to any page; see host.js for what the page around does with it.

const MAP_SHARE = 0.75;
const MAP_LEAST = 240;
const MAP_MOST = 560;
const TABLE_MOST = 900;
/** What stands below a list that goes on, see `.twin.goes-on::after`. */
const CUE = 30;

export function tellHeight() {
  if (window.parent === window) return;
  let last = 0;
  const tell = () => {
    const height = Math.ceil(wanted());
    if (Math.abs(height - last) < 2) return;
    last = height;
    window.parent.postMessage({ type: "geoplan:height", height }, "*");
  };
  const watch = new ResizeObserver(tell);
  for (const part of document.querySelectorAll("#embed, .head, .told, .legend, .foot")) watch.observe(part);
  addEventListener("geoplan:changed", () => requestAnimationFrame(tell));
  addEventListener("load", tell);
}

/** What stands around map and table, and as much of these as is pleasant at this width. */
function wanted() {
  const embed = document.getElementById("embed");
  const map = document.getElementById("map");
  const twin = document.getElementById("twin");
  const height = (part) => part.getBoundingClientRect().height;
  const flexible = map.offsetHeight ? map : twin;
  const fixed = [...embed.querySelectorAll(".head, .foot")].reduce((sum, part) => sum + height(part), 0);
  const gaps = parseFloat(getComputedStyle(embed).rowGap) * 2 + 2 * parseFloat(getComputedStyle(embed).paddingTop);
  if (flexible === twin) return fixed + gaps + rowsOf(twin);
  const beside = height(map.parentElement) - height(map);
  const pleasant = Math.min(MAP_MOST, Math.max(MAP_LEAST, MAP_SHARE * map.offsetWidth));
  return fixed + gaps + Math.max(beside + pleasant, twin.offsetHeight ? rowsOf(twin) : 0);
}

/** How high what stands in a box is, whether it is seen or scrolled to. */
export function contentHeight(box) {
  const last = box.lastElementChild;
  return last ? Math.ceil(last.getBoundingClientRect().bottom - box.getBoundingClientRect().top + box.scrollTop) : 0;
}

const ROWS = "tr, .check, .note";
const LINES = "tr, td li, .check, .note";

/** Where the lines of a table end, from its top. */
function endsOf(twin, lines) {
  const top = twin.getBoundingClientRect().top - twin.scrollTop;
  return [...twin.querySelectorAll(lines)].map((row) => row.getBoundingClientRect().bottom - top);
}

/** How much of a line stands above the cue that the list goes on, as the list is first seen; 0 where it is whole. */
export function cutOff(twin) {
  const room = twin.clientHeight - CUE;
  if (room <= 0 || contentHeight(twin) <= twin.clientHeight + 2) return 0;
  const whole = Math.max(0, ...endsOf(twin, LINES).filter((end) => end <= room));
  return whole ? Math.floor(room - whole) : 0;
}

/** As high as the table is; of a long one as many whole lines as are pleasant. */
function rowsOf(twin) {
  const whole = contentHeight(twin);
  if (whole <= TABLE_MOST) return whole;
  return Math.max(...endsOf(twin, ROWS).filter((end) => end <= TABLE_MOST - CUE), MAP_LEAST) + CUE;
}
