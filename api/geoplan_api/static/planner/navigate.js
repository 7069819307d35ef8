// Every state is an address: links and forms of the planner fetch the next page and show what differs.
import { caughtUp } from "./ahead.js";
import { show } from "./regions.js";
import { begun, extended } from "./trail.js";

const SLOW_MS = 400;
const TIMEOUT_MS = 20_000;

/** What depends on the state listens here: {@link onShown}. */
const listeners = new Set();
let strings = {};
let running = null;
let pursuit = null;
let shown = location.href;

export function onShown(listener) {
  listeners.add(listener);
}

/** @param {Record<string, string>} words */
export function start(words) {
  strings = words;
  history.replaceState(begun(history.state, location.href), "");
  document.addEventListener("click", clicked);
  document.addEventListener("submit", submitted);
  document.addEventListener("change", changed);
  addEventListener("popstate", () => load(location.href, { focus: null }));
}

/**
 * Go to another state.
 * @param {string} address
 * @param {{replace?: boolean, focus?: string | null, trail?: import("./trail.js").Trail}} [how]
 *   `focus`: id of what gets the focus afterwards; `trail`: where this is a step of undo or redo
 */
export async function go(address, { replace = false, focus = null, trail, pursuit: own } = {}) {
  const url = new URL(address, location.href);
  const came = await load(url.href, { focus, pursuit: own });
  if (!came) return;
  const state = trail ?? extended(begun(history.state, location.href), came, replace ? focus : null);
  history[replace ? "replaceState" : "pushState"](state, "", came);
  for (const listener of listeners) listener(came);
}

/**
 * Keep up with what moves: while an answer is on its way only the last place is kept that each went to, and whoever
 * goes elsewhere meanwhile ends it.
 * @param {string} address @param {{focus: string, replace: boolean}} how as of {@link go}; `focus`: what moves
 */
export async function follow(address, how) {
  const next = { address, how };
  if (pursuit) {
    const same = pursuit.places.at(-1)?.how.focus === how.focus;
    pursuit.places.splice(same ? -1 : pursuit.places.length, same ? 1 : 0, next);
    return;
  }
  const own = (pursuit = { places: [next] });
  while (pursuit === own && own.places.length) {
    const place = own.places.shift();
    await go(place.address, { ...place.how, pursuit: own });
  }
  if (pursuit !== own) return;
  pursuit = null;
  caughtUp();
}

async function load(address, { focus, pursuit: own = null }) {
  running?.abort();
  pursuit = own;
  if (!own) caughtUp();
  const control = (running = new AbortController());
  const timer = setTimeout(() => control.abort(new DOMException("timeout", "TimeoutError")), TIMEOUT_MS);
  const slow = setTimeout(() => waiting(true), SLOW_MS);
  try {
    // Where an address says no language, that of the page wins over that of the browser.
    const headers = { accept: "text/html", "accept-language": document.documentElement.lang };
    const answer = await fetch(address, { signal: control.signal, headers, credentials: "same-origin" });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok || !next.getElementById("list")) return refuse(next);
    show(next);
    trouble();
    if (isAnother(shown, answer.url)) listToTop();
    shown = answer.url;
    // What moves has the focus already, or whoever moved it is somewhere else by now.
    settle(own ? null : focus);
    if (address === location.href) for (const listener of listeners) listener(shown);
    return answer.url;
  } catch (error) {
    if (control.signal.aborted && control.signal.reason?.name !== "TimeoutError") return null;
    trouble(strings.no_answer, address);
    return null;
  } finally {
    clearTimeout(timer);
    clearTimeout(slow);
    if (running === control) waiting(false);
  }
}

/** Whether a state is another question, whose list is read from its top; one partner more or less is not. */
function isAnother(before, after) {
  const [old, now] = [before, after].map((address) => new URL(address).searchParams);
  if (["unit", "service", "type", "as"].some((name) => old.get(name) !== now.get(name))) return true;
  const [had, has] = [old, now].map((query) => (query.get("with") ?? "").split(",").filter(Boolean));
  return had.filter((one) => !has.includes(one)).length + has.filter((one) => !had.includes(one)).length > 1;
}

/** The list scrolls in its column; on a narrow screen with the page, and there only if it was left above. */
function listToTop() {
  const list = document.getElementById("list");
  list.closest(".side").scrollTop = 0;
  if (list.getBoundingClientRect().top < 0) list.scrollIntoView({ block: "start" });
}

/** Says what is being done, once it takes so long that one wonders. */
function waiting(yes) {
  document.body.classList.toggle("waiting", yes);
  document.getElementById("progress").textContent = yes ? strings.loading : "";
}

function refuse(next) {
  const said = next.querySelector("[data-detail]")?.textContent.trim() ?? "";
  trouble(`${strings.refused} ${said}`);
  return null;
}

/** Says what went wrong, above everything; without a text what was said is taken back. */
export function trouble(text = "", retry = "") {
  const place = document.getElementById("trouble");
  place.replaceChildren();
  if (!text) return;
  const line = document.createElement("p");
  line.textContent = text;
  place.append(line);
  if (!retry) return;
  const again = document.createElement("button");
  again.textContent = strings.try_again;
  again.addEventListener("click", () => go(retry, { replace: retry === location.href }));
  place.append(again);
}

function settle(focus) {
  const wanted = focus && document.getElementById(focus);
  if (wanted) wanted.focus({ preventScroll: false });
  else if (!document.activeElement || document.activeElement === document.body) {
    document.getElementById("heading")?.focus({ preventScroll: true });
  }
}

function clicked(event) {
  const link = event.target.closest?.("a[data-nav]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(link.href, { replace: link.dataset.nav === "replace", focus: focusAfter(link) });
}

/** Where the keyboard goes on: to what was opened, or back to what had opened it. */
function focusAfter(link) {
  if (link.dataset.return) return link.dataset.return;
  const query = new URL(link.href).searchParams;
  const here = new URL(location.href).searchParams;
  if (query.get("why") && query.get("why") !== here.get("why")) return "why-heading";
  if (query.get("panel") && query.get("panel") !== here.get("panel")) return "panel-heading";
  if (query.get("unit") !== here.get("unit")) return "heading";
  if (link.id.startsWith("remove-")) return "tray-heading";
  if (link.dataset.add) return besideInList(link);
  return link.id || null;
}

/** Who comes on board leaves the list: the keyboard goes on with the next in it. @param {Element} link */
export function besideInList(link) {
  const item = link.closest("[data-unit]");
  const next = item?.nextElementSibling ?? item?.previousElementSibling;
  return next ? `name-${next.dataset.unit}` : "tray-heading";
}

function submitted(event) {
  const form = event.target.closest("form[data-nav]");
  if (!form) return;
  event.preventDefault();
  go(addressOf(form), { focus: form.dataset.focus ?? null });
}

function changed(event) {
  const form = event.target.closest('form[data-nav="change"]');
  if (form) go(addressOf(form));
}

/** The address that a form asks for. @param {HTMLFormElement} form */
export function addressOf(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value) query.append(name, value);
  return `${form.action.split("?")[0]}?${query}`;
}

export function current() {
  return shown;
}
