// Sliders: the list is ranked again while one is moved; the address keeps what is not as usual.
import { goAhead } from "./ahead.js";
import { addressOf, follow } from "./navigate.js";

export function start() {
  document.addEventListener("input", (event) => {
    const slider = event.target.closest?.('#weights input[type="range"]');
    if (!slider) return;
    tell(slider);
    goAhead(slider);
    follow(addressWith(slider.form), { replace: true, focus: slider.id });
  });
}

/** An answer on its way told the weight that the slider has left meanwhile. */
export function refresh() {
  for (const slider of document.querySelectorAll('#weights input[type="range"]')) tell(slider);
}

function tell(slider) {
  document.getElementById(slider.id.replace("w_", "share-")).textContent = shownNumber(slider.valueAsNumber);
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
