// Search with suggestions while typing: a combobox as WAI-ARIA describes it, with the list of the API.
import { go } from "./navigate.js";

const PAUSE_MS = 120;

export function start({ root, lang, strings }) {
  const input = document.getElementById("q");
  const list = document.getElementById("found");
  if (!input || !list) return;
  let waiting = 0;
  let asked = null;
  let chosen = -1;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (next) => {
    chosen = next;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === chosen)));
    const item = list.children[chosen];
    if (item) {
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const take = (item) => {
    const query = new URLSearchParams(location.search);
    for (const name of ["q", "with", "why", "panel", "pin", "min", "max", "within", "limit"]) query.delete(name);
    query.set("unit", item.dataset.unit);
    for (const name of ["service", "type"]) if (item.dataset[name]) query.set(name, item.dataset[name]);
    input.value = "";
    close();
    go(`${root}/?${query}`, { focus: "heading" });
  };
  const fill = (results, unused = []) => {
    const without = unused.length ? strings.without.replace("{words}", unused.join(" ")) : "";
    list.replaceChildren(...results.map((one, place) => option(one, place, without)));
    list.hidden = !results.length;
    input.setAttribute("aria-expanded", String(Boolean(results.length)));
    chosen = -1;
    const count = results.length ? strings.found_one.replace("{count}", results.length) : strings.found_none;
    document.getElementById("status").textContent = [count, without].filter(Boolean).join("; ");
  };
  const ask = async () => {
    const text = input.value.trim();
    if (text.length < 2) return close();
    asked?.abort();
    asked = new AbortController();
    const query = new URLSearchParams({ q: text, lang });
    const dataset = new URLSearchParams(location.search).get("dataset");
    if (dataset) query.set("dataset", dataset);
    try {
      const answer = await fetch(`${root}/found?${query}`, { signal: asked.signal });
      const { results = [], unused = [] } = answer.ok ? await answer.json() : {};
      fill(results, unused);
    } catch {
      close(); // Without suggestions the search still works by Enter.
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    const count = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape") close();
    else if (count && event.key === "ArrowDown") mark((chosen + 1) % count);
    else if (count && event.key === "ArrowUp") mark((chosen + count - 1 + (chosen < 0 ? 1 : 0)) % count);
    else if (count && event.key === "Enter" && chosen >= 0) take(list.children[chosen]);
    else return;
    event.preventDefault();
  });
  input.form.addEventListener("submit", () => {
    // What was asked for while typing would open over the answer.
    clearTimeout(waiting);
    asked?.abort();
    close();
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-unit]");
    if (item) take(item);
  });
}

/** What has led somewhere makes room for the next search; what led to a choice stays to be mended. */
export function refresh(address) {
  const input = document.getElementById("q");
  if (document.activeElement !== input) input.value = new URL(address).searchParams.get("q") ?? "";
}

function option(unit, place, without) {
  const item = document.createElement("li");
  item.id = `found-${place}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.unit = unit.id;
  item.dataset.service = unit.service;
  item.dataset.type = unit.type;
  const name = document.createElement("span");
  const saysItself = !unit.designation || unit.name.toLowerCase().includes(unit.designation.toLowerCase());
  const title = saysItself ? unit.name : `${unit.name} (${unit.designation})`;
  name.textContent = unit.service ? `${title} · ${unit.service_name}` : title;
  const where = document.createElement("span");
  where.className = "muted";
  where.textContent = [unit.county === unit.id || unit.county_title === unit.name ? null : unit.county_title, unit.state_name, without].filter(Boolean).join(", ");
  item.append(name, where);
  return item;
}
