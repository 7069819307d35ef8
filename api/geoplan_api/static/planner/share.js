// Copies the address of the page, which is the whole state, and prints the page.
import { printed, start as followPrinting } from "./print.js";

const SHOWN_MS = 2500;

export function start() {
  followPrinting();
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy-link], [data-copy], [data-print]");
    if (!button) return;
    if (button.hasAttribute("data-print")) printed();
    else copy(button);
  });
}

async function copy(button) {
  const text = button.dataset.copy ? document.getElementById(button.dataset.copy).textContent : location.href;
  const done = (await byClipboard(text)) || bySelection(text);
  const said = done ? button.dataset.done : button.dataset.failed;
  tell(said);
  if (!done) return;
  const label = button.dataset.label ?? button.textContent;
  button.dataset.label = label;
  button.textContent = said;
  setTimeout(() => {
    if (button.textContent === said) button.textContent = label;
  }, SHOWN_MS);
}

async function byClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // No clipboard without https, or it was not allowed.
  }
}

function bySelection(text) {
  const field = document.createElement("textarea");
  const before = document.activeElement;
  field.value = text;
  field.className = "quiet-status";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus({ preventScroll: true });
  return done;
}

/** Tells a screen reader; the same text twice is told twice. @param {string} text */
export function tell(text) {
  const place = document.getElementById("told");
  place.textContent = "";
  requestAnimationFrame(() => (place.textContent = text));
}
