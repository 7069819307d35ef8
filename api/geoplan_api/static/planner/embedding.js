// The panel for portals: what is chosen there changes the preview and the lines to paste.

export function start() {
  document.addEventListener("change", (event) => event.target.closest?.("#embed-form") && refresh());
}

/** Makes preview and lines fit what is chosen. */
export function refresh() {
  const form = document.getElementById("embed-form");
  if (!form) return;
  const { base, root } = document.getElementById("embedding").dataset;
  const address = addressOf(form);
  const { title } = form.elements.what.selectedOptions[0].dataset;
  const [width, height] = form.elements.size.value.split("x");
  const preview = document.getElementById("embed-preview");
  if (preview.getAttribute("src") !== root + address) preview.setAttribute("src", root + address);
  preview.setAttribute("height", height);
  preview.setAttribute("width", width);
  preview.title = `${preview.title.split(":")[0]}: ${title}`;
  const lines = document.getElementById("embed-snippet");
  lines.textContent = lines.value =
    `<iframe src="${escaped(base + address)}" title="${escaped(title)}" width="${width}" height="${height}" style="border:0" loading="lazy"></iframe>`;
}

function addressOf(form) {
  const [path, asked = ""] = form.elements.what.value.split("?");
  const query = new URLSearchParams(asked);
  if (form.elements.lang.value) query.set("lang", form.elements.lang.value);
  if (form.elements.theme.value !== "auto") query.set("theme", form.elements.theme.value);
  if (form.elements.background.checked) query.set("background", "transparent");
  const layers = layersOf(form);
  const wanted = layers.filter((one) => one.checked).map((one) => one.value);
  if (wanted.length < layers.length) query.set("layers", wanted.join(","));
  if (!checksIn(form)) query.set("checks", "false");
  const said = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return said ? `${path}?${said}` : path;
}

/** The boxes of the layers that the chosen content has; the others are put away. */
function layersOf(form) {
  const known = form.elements.what.selectedOptions[0].dataset.layers.split(" ");
  const boxes = [...form.querySelectorAll("input[name=layers]")];
  for (const box of boxes) box.closest("label").hidden = !known.includes(box.value);
  return boxes.filter((box) => known.includes(box.value));
}

/** Whether the checks are to be told, where the chosen content has any; else their box is put away. */
function checksIn(form) {
  const box = form.elements.checks;
  const known = "checks" in form.elements.what.selectedOptions[0].dataset;
  box.closest("label").hidden = !known;
  return !known || box.checked;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
