// The keyboard: arrows walk the list, space takes on board, Escape closes, Ctrl+Z goes a step back.
import { besideInList, go } from "./navigate.js";
import { step } from "./past.js";

export function start({ mark }) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.target.closest("input, select, textarea, [role=application]")) {
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      step(event.shiftKey ? 1 : -1);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return escape(event);
    if (event.key === "/") return search(event);
    const item = event.target.closest("#list [data-unit]");
    if (item) inList(event, item);
  });
  document.addEventListener("focusin", (event) => mark(event.target.closest?.("#list [data-unit]")?.dataset.unit ?? null));
  document.addEventListener("pointerover", (event) => mark(event.target.closest?.("#list [data-unit]")?.dataset.unit ?? null));
}

function escape(event) {
  const close = document.querySelector("#why:not([hidden]) #close-why, #panel:not([hidden]) #close-panel");
  if (!close) return;
  event.preventDefault();
  go(close.href, { focus: close.dataset.return });
}

function search(event) {
  event.preventDefault();
  document.getElementById("q")?.focus();
}

function inList(event, item) {
  const items = [...document.querySelectorAll("#list [data-unit]")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    items[items.indexOf(item) + step]?.querySelector("a[id^=name-]")?.focus();
  } else if (event.key === " ") {
    const add = item.querySelector("[data-add]");
    if (!add) return;
    event.preventDefault();
    go(add.href, { focus: besideInList(add) });
  }
}
