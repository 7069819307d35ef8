// A page of the planner that was fetched takes the place of the one that is shown, region by region.
import { morph } from "./morph.js";

const MOVE_MS = 180;

/** @param {Document} next */
export function show(next) {
  const before = places();
  document.title = next.title;
  document.documentElement.lang = next.documentElement.lang;
  theme(next.documentElement.dataset.theme);
  document.body.className = next.body.className;
  for (const region of document.querySelectorAll("[data-region]")) {
    const wanted = next.getElementById(region.id);
    if (!wanted) continue;
    if (region instanceof HTMLScriptElement) region.textContent = wanted.textContent;
    else morph(region, document.adoptNode(wanted));
  }
  announce(next.getElementById("status")?.textContent ?? "");
  glide(before);
}

function theme(wanted) {
  if (wanted) document.documentElement.dataset.theme = wanted;
  else delete document.documentElement.dataset.theme;
}

/** Tells a screen reader what has changed. @param {string} text */
export function announce(text) {
  const status = document.getElementById("status");
  if (status && status.textContent !== text) status.textContent = text;
}

function places() {
  const found = new Map();
  for (const item of document.querySelectorAll("#list .suggestion")) found.set(item.id, item.getBoundingClientRect().top);
  return found;
}

/** Suggestions that changed their rank move gently to their new place. */
function glide(before) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const item of document.querySelectorAll("#list .suggestion")) {
    const from = before.get(item.id);
    const shift = from === undefined ? 0 : from - item.getBoundingClientRect().top;
    if (Math.abs(shift) > 1 && Math.abs(shift) < innerHeight) {
      item.animate([{ transform: `translateY(${shift}px)` }, { transform: "none" }], { duration: MOVE_MS, easing: "ease-out" });
    }
  }
}
