// Prints the page: the map is drawn anew in the size that it has on paper, and what is folded is opened, however
// printing was begun.

const DRAWN_MS = 600;

/** Lays the page out for paper and brings it back afterwards, also where the browser prints by itself. */
export function start() {
  addEventListener("beforeprint", layOut);
  addEventListener("afterprint", bringBack);
}

export async function printed() {
  layOut();
  if (maps().length) await drawn();
  print();
}

let opened = [];

function layOut() {
  if (document.body.classList.contains("printing")) return;
  document.body.classList.add("printing");
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const one of opened) one.open = true;
  fit({ exact: true });
}

function bringBack() {
  document.body.classList.remove("printing");
  for (const one of opened) one.open = false;
  opened = [];
  fit({ exact: false });
}

/** The map of the page, and those in frames of ours. */
function maps() {
  const frames = [...document.querySelectorAll("iframe.plan-map")].map((frame) => frame.contentDocument);
  return [document, ...frames].map((one) => one?.getElementById("map")).filter(Boolean);
}

function fit(detail) {
  for (const map of maps()) map.dispatchEvent(new CustomEvent("geoplan:fit", { detail }));
}

/** The map loads what it lacks, and paints. */
function drawn() {
  return new Promise((resolve) => setTimeout(resolve, DRAWN_MS));
}
