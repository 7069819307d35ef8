// What has been asked, step by step, for undo and redo: the question and the group, not what is open beside
// them. It lies with each entry of the history, so that it is kept by a reload and stored nowhere.

const BESIDE = ["q", "why", "panel", "view", "limit", "lang", "theme"];
const MOST = 60;

/**
 * @typedef {object} Trail
 * @property {string[]} steps what was asked, the oldest first
 * @property {number} at which of them is shown
 * @property {string | null} moved id of the slider that has led here
 */

/** What an address asks, without how it is looked at. @param {string} address */
function asked(address) {
  const query = new URL(address).searchParams;
  for (const name of BESIDE) query.delete(name);
  return String(query);
}

/** @param {Trail | null} trail of an entry that has been there before @returns {Trail} */
export function begun(trail, address) {
  return trail?.steps ? trail : { steps: [asked(address)], at: 0, moved: null };
}

/**
 * The trail after a move to another address; a slider on its way is one step.
 * @param {Trail} trail @param {string} address @param {string | null} moved id of a slider
 * @returns {Trail}
 */
export function extended(trail, address, moved) {
  const step = asked(address);
  if (step === trail.steps[trail.at]) return { ...trail, moved: moved ?? trail.moved };
  const kept = moved && moved === trail.moved ? trail.at : trail.at + 1;
  const steps = [...trail.steps.slice(0, kept), step].slice(-MOST);
  return { steps, at: steps.length - 1, moved };
}

/** Whether there is a step back (-1) or forward (1). @param {Trail} trail @param {number} by */
export function leads(trail, by) {
  return trail.at + by >= 0 && trail.at + by < trail.steps.length;
}

/** The trail after a step. @param {Trail} trail @param {number} by @returns {Trail} */
export function stepped(trail, by) {
  return { ...trail, at: trail.at + by, moved: null };
}

/**
 * The address of a step, looked at as now: what is open stays open where it still has a meaning.
 * @param {Trail} trail @param {string} address that is shown
 */
export function addressOfStep(trail, address) {
  const now = new URL(address);
  const query = new URLSearchParams(trail.steps[trail.at]);
  const same = (name) => query.get(name) === now.searchParams.get(name);
  const panel = now.searchParams.get("panel");
  const gone = { q: true, why: !same("unit"), panel: !same("unit") || lost(panel, query, same) };
  for (const name of BESIDE) {
    const value = now.searchParams.get(name);
    if (value && !gone[name]) query.set(name, value);
  }
  now.search = String(query).replaceAll("%2C", ",").replaceAll("%3A", ":");
  return now.href;
}

/** Proposals for another group would mislead, and a comparison needs something to compare with. */
function lost(panel, query, same) {
  return (panel === "build" && !same("with")) || (panel === "compare" && !query.has("pin"));
}
