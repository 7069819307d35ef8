// On a phone: the tray is a sheet that makes room for what it has led to, and the map comes into view when it is chosen.
import { onShown } from "./navigate.js";

export function start() {
  let chosen = false;
  onShown(() => {
    if (chosen && document.body.classList.contains("as-map")) document.getElementById("tabs").scrollIntoView();
    chosen = false;
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.('#tabs [data-view="map"]')) chosen = true;
    const link = event.target.closest?.("#tray-sheet a");
    const opens = link && new URL(link.href).searchParams.get("panel");
    if (opens && opens !== new URL(location.href).searchParams.get("panel")) link.closest("details").open = false;
  });
}
