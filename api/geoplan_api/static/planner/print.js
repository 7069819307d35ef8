// Prints the page: the map is drawn anew in the size that it has on paper.

const DRAWN_MS = 600;

export async function printed() {
  const map = document.getElementById("map");
  if (map) {
    document.body.classList.add("printing");
    await drawn();
    map.querySelector(".geoplan-map-buttons button:last-of-type")?.click(); // All that it is about.
    await drawn();
  }
  const sheet = document.getElementById("tray-sheet");
  const closed = sheet && !sheet.open;
  if (closed) sheet.open = true; // Who is in the network belongs on paper.
  const after = () => {
    document.body.classList.remove("printing");
    if (closed) sheet.open = false;
  };
  addEventListener("afterprint", after, { once: true });
  print();
}

/** The map follows its size a moment later. */
function drawn() {
  return new Promise((resolve) => setTimeout(resolve, DRAWN_MS));
}
