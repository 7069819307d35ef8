// Makes one piece of the page look like another while what is in use (focus, a dragged slider, an open
// <details>, the map) stays the same element.

import { isAhead } from "./ahead.js";

/** @param {Element} now @param {Element} next */
export function morph(now, next) {
  if (now.hasAttribute("data-keep")) return;
  attributes(now, next);
  if (now instanceof HTMLInputElement || now instanceof HTMLTextAreaElement) {
    const inUse = now.type === "range" ? isAhead(now) : document.activeElement === now;
    if (!inUse) now.value = next.defaultValue;
    return;
  }
  if (now instanceof HTMLSelectElement && document.activeElement === now) return;
  children(now, next);
}

/** @param {Element} now @param {Element} next */
function attributes(now, next) {
  for (const { name } of [...now.attributes]) {
    const kept = name === "open" && now.hasAttribute("data-keep-open");
    if (!kept && !next.hasAttribute(name)) now.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
}

/** Children are matched by id, else by their place among those of the same kind. */
function children(now, next) {
  const byId = new Map([...now.children].filter((one) => one.id).map((one) => [one.id, one]));
  let at = now.firstChild;
  for (const wanted of [...next.childNodes]) {
    const found = match(at, wanted, byId);
    if (!found) {
      now.insertBefore(wanted, at);
      continue;
    }
    if (found !== at) now.insertBefore(found, at);
    else at = at.nextSibling;
    if (found.nodeType === Node.ELEMENT_NODE) morph(found, wanted);
    else if (found.nodeValue !== wanted.nodeValue) found.nodeValue = wanted.nodeValue;
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

function match(at, wanted, byId) {
  if (wanted.nodeType === Node.ELEMENT_NODE && wanted.id) {
    const found = byId.get(wanted.id);
    return found && found.nodeName === wanted.nodeName ? found : null;
  }
  const alike = at && at.nodeType === wanted.nodeType && at.nodeName === wanted.nodeName;
  return alike && !(at.nodeType === Node.ELEMENT_NODE && at.id) ? at : null;
}
