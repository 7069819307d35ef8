// Undo and redo: every state is an address, so a step back in the group is a step back in the history.

let furthest = 0;

export function start() {
  furthest = history.state?.place ?? 0;
  document.addEventListener("click", (event) => {
    const step = event.target.closest?.("[data-step]")?.dataset.step;
    if (step === "back" && place()) history.back();
    else if (step === "forward" && place() < furthest) history.forward();
  });
  refresh();
}

/** Says which steps there are; a step that leaves the planner is none. */
export function refresh() {
  furthest = Math.max(furthest, place());
  set("undo", place() > 0);
  set("redo", place() < furthest);
}

function place() {
  return history.state?.place ?? 0;
}

/** A button that cannot be used keeps the focus, so that the keyboard does not lose its place. */
function set(id, usable) {
  document.getElementById(id)?.setAttribute("aria-disabled", String(!usable));
}
