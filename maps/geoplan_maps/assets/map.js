// How the map behaves: layers from the data blocks of the page, popups cloned from its table,
// labels that give way to each other, everything reachable by keyboard. Leaflet is all it needs.
"use strict";
var geoplan = (function () {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const areas = new Map(); // rank → area of the suggestion
  let text = {};

  function element(tag, className, content) {
    const made = document.createElement(tag);
    made.className = className;
    if (content) made.textContent = content;
    return made;
  }

  function options(tiled) {
    text = read("gp-text");
    return {
      zoomControl: false, attributionControl: false, scrollWheelZoom: false,
      zoomSnap: tiled ? 1 : 0.25, wheelPxPerZoomLevel: 120,
      fadeAnimation: !calm, zoomAnimation: !calm, markerZoomAnimation: !calm,
    };
  }

  // ── layers ────────────────────────────────────────────────────────────────────────────────────

  const drawn = {
    land: { interactive: false }, counties: { interactive: false }, states: { interactive: false },
    surroundings: { onEachFeature: named }, supply: { onEachFeature: named }, partners: { onEachFeature: named },
    suggestions: { onEachFeature: suggested },
    casing: { interactive: false, data: "unit" }, unit: { interactive: false },
    labels: { interactive: false, pointToLayer: label },
  };

  function layer(name) {
    const look = Object.assign({ className: "gp-" + name, smoothFactor: 0 }, drawn[name]);
    if (name === "suggestions" || name === "supply") look.style = (feature) => ({ className: "gp-suggestion gp-" + feature.properties.sign });
    return L.geoJSON(read("gp-layer-" + (look.data || name)), look);
  }

  function named(feature, area) {
    area.bindTooltip(element("span", "", feature.properties.name), { sticky: true });
  }

  function suggested(feature, area) {
    const about = feature.properties;
    const title = about.rank + ". " + about.name;
    areas.set(about.rank, area);
    area.bindTooltip(element("span", "", title), { sticky: true });
    area.bindPopup(() => popup(about.rank), { maxWidth: 320, minWidth: 240, maxHeight: 320, className: "gp-popup" });
    area.on("add", () => makeFocusable(area, about.rank, title));
    area.on("popupopen", () => { area.closeTooltip(); area.getElement().classList.add("gp-open"); });
    area.on("popupclose", () => area.getElement().classList.remove("gp-open"));
    area.on("mouseover", () => mark(about.rank, true));
    area.on("mouseout", () => mark(about.rank, false));
  }

  // ── areas and rows ────────────────────────────────────────────────────────────────────────────

  function makeFocusable(area, rank, title) {
    const path = area.getElement();
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
    path.setAttribute("aria-label", title + ", " + text.fit + " " + rowPart(rank, ".gp-score").textContent.trim());
    path.addEventListener("focus", () => mark(rank, true));
    path.addEventListener("blur", () => mark(rank, false));
    path.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      area.openPopup();
      area.getPopup().getElement().querySelector(".leaflet-popup-close-button").focus();
    });
    area.on("popupclose", (event) => {
      const left = document.activeElement;
      if (left === document.body || event.popup.getElement().contains(left)) path.focus({ preventScroll: true });
    });
  }

  function rowPart(rank, selector) {
    return document.querySelector("#gp-row-" + rank + " " + selector);
  }

  function popup(rank) {
    const body = element("div", "gp-why-popup");
    const head = element("p", "gp-popup-head");
    head.append(element("strong", "", rank + ". " + rowPart(rank, ".gp-show").textContent),
      element("span", "gp-popup-score", text.fit + " " + rowPart(rank, ".gp-score").textContent.trim()));
    const why = rowPart(rank, ".gp-why").cloneNode(true);
    const all = element("div", "gp-why");
    all.append(...why.childNodes);
    all.querySelectorAll("details").forEach((more) => more.setAttribute("open", ""));
    body.append(head, rowPart(rank, ".gp-facts").cloneNode(true), all);
    return body;
  }

  function mark(rank, on) {
    const path = areas.get(rank) && areas.get(rank).getElement();
    if (path) path.classList.toggle("gp-marked", on);
    document.getElementById("gp-row-" + rank).classList.toggle("gp-marked", on);
  }

  function connectRows(map) {
    document.querySelectorAll("tr[data-rank]").forEach((row) => {
      const rank = Number(row.dataset.rank);
      row.addEventListener("mouseenter", () => mark(rank, true));
      row.addEventListener("mouseleave", () => mark(rank, false));
      const button = row.querySelector(".gp-show");
      button.addEventListener("focus", () => mark(rank, true));
      button.addEventListener("blur", () => mark(rank, false));
      button.addEventListener("click", () => show(map, rank));
    });
  }

  function show(map, rank) {
    map.getContainer().scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "nearest" });
    if (areas.has(rank)) areas.get(rank).openPopup();
  }

  // ── labels ────────────────────────────────────────────────────────────────────────────────────

  function label(feature, latlng) {
    const about = feature.properties;
    const words = element("span", "");
    if (about.rank) words.append(element("b", "", String(about.rank)), "\u00a0");
    words.append(about.name);
    const icon = L.divIcon({ className: "gp-label gp-label-" + about.part, html: words, iconSize: null });
    return L.marker(latlng, { icon: icon, interactive: false, keyboard: false });
  }

  function spreadLabels(map) {
    const placed = [];
    const own = document.querySelector("path.gp-unit");
    const small = own && own.getBoundingClientRect().height < 30;
    map.getContainer().classList.toggle("gp-small-unit", Boolean(small));
    map.getContainer().querySelectorAll(".gp-label > span").forEach((words) => {
      words.classList.remove("gp-hidden");
      const box = words.getBoundingClientRect();
      const meets = placed.some((other) => box.left < other.right + 4 && box.right > other.left - 4
        && box.top < other.bottom + 1 && box.bottom > other.top - 1);
      if (meets) words.classList.add("gp-hidden"); else placed.push(box);
    });
  }

  // ── the map as a whole ────────────────────────────────────────────────────────────────────────

  function start(map, bounds) {
    const container = map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", text.map);
    L.control.zoom({ zoomInTitle: text.zoom_in, zoomOutTitle: text.zoom_out }).addTo(map);
    L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
    const credit = document.getElementById("gp-credit").innerHTML;
    L.control.attribution({ prefix: false }).addAttribution(credit).addTo(map);
    const fit = () => map.fitBounds(bounds, { padding: [container.clientWidth > 500 ? 44 : 24, 22], animate: false });
    const settle = () => {
      container.classList.toggle("gp-far", map.getZoom() < 8);
      spreadLabels(map);
    };
    fit();
    map.on("zoomend", settle);
    map.on("focus", () => map.scrollWheelZoom.enable()).on("blur", () => map.scrollWheelZoom.disable());
    map.on("popupopen", (event) => {
      nameCloseButton(event.popup);
      container.classList.add("gp-reading");
    });
    container.addEventListener("keydown", (event) => { if (event.key === "Escape") map.closePopup(); });
    map.on("popupclose", () => container.classList.remove("gp-reading"));
    keepInView(map, container, fit);
    settle();
    connectRows(map);
  }

  // Until the reader moves the map it shows everything, whatever the size of the window; on paper always.
  function keepInView(map, container, fit) {
    let moved = false;
    ["mousedown", "wheel", "touchstart", "keydown"].forEach((kind) => container.addEventListener(kind, () => { moved = true; }));
    const resized = () => { map.invalidateSize({ pan: false }); if (!moved) fit(); };
    new ResizeObserver(resized).observe(container);
    const paper = (on) => () => {
      document.documentElement.classList.toggle("gp-paper", on);
      map.closePopup();
      map.invalidateSize({ pan: false });
      fit();
    };
    window.addEventListener("beforeprint", paper(true));
    window.addEventListener("afterprint", paper(false));
  }

  function nameCloseButton(popup) {
    const button = popup.getElement().querySelector(".leaflet-popup-close-button");
    button.setAttribute("aria-label", text.close);
    button.title = text.close;
  }

  return { options: options, layer: layer, start: start };
})();
