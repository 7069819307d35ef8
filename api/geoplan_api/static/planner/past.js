// Undo and redo: a step back in what was asked; what is open beside it stays open.
import { go } from "./navigate.js";
import { addressOfStep, begun, leads, stepped } from "./trail.js";

export function start() {
  document.addEventListener("click", (event) => {
    const by = { back: -1, forward: 1 }[event.target.closest?.("[data-step]")?.dataset.step];
    if (by) step(by);
  });
  refresh();
}

/** @param {number} by -1 to undo, 1 to redo */
export function step(by) {
  if (!leads(walked(), by)) return;
  const trail = stepped(walked(), by);
  go(addressOfStep(trail, location.href), { trail, focus: document.activeElement?.id });
}

/** Says which steps there are; a step that leaves the planner is none. */
export function refresh() {
  set("undo", leads(walked(), -1));
  set("redo", leads(walked(), 1));
}

function walked() {
  return begun(history.state, location.href);
}

/** A button that cannot be used keeps the focus, so that the keyboard does not lose its place. */
function set(id, usable) {
  document.getElementById(id)?.setAttribute("aria-disabled", String(!usable));
}
