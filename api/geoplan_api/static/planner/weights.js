// Sliders: the list is ranked again while one is moved; the address keeps what is not as usual.
import { addressOf, go } from "./navigate.js";

const PAUSE_MS = 40;

export function start() {
  let waiting = 0;
  document.addEventListener("input", (event) => {
    const slider = event.target.closest?.('#weights input[type="range"]');
    if (!slider) return;
    document.getElementById(slider.id.replace("w_", "share-")).textContent = shownNumber(slider.valueAsNumber);
    clearTimeout(waiting);
    waiting = setTimeout(() => go(addressWith(slider.form), { replace: true, focus: slider.id }), PAUSE_MS);
  });
}

function shownNumber(value) {
  return value.toLocaleString(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** @param {HTMLFormElement} form */
function addressWith(form) {
  const url = new URL(addressOf(form));
  const moved = [];
  for (const slider of form.querySelectorAll('input[type="range"]')) {
    url.searchParams.delete(slider.name);
    if (Math.abs(slider.valueAsNumber - Number(slider.dataset.usual)) >= 0.05) {
      moved.push(`${slider.name.slice(2)}:${slider.value}`);
    }
  }
  if (moved.length) url.searchParams.set("weights", moved.join(","));
  return url.href.replaceAll("%2C", ",").replaceAll("%3A", ":");
}
