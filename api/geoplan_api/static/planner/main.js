// The planner in the browser: everything works without this script; with it nothing has to be loaded anew.
import * as share from "./share.js";
import * as theme from "./theme.js";
import * as embedding from "./embedding.js";
import * as inside from "./inside.js";
import * as keys from "./keys.js";
import * as navigation from "./navigate.js";
import * as picture from "./picture.js";
import * as past from "./past.js";
import * as search from "./search.js";
import * as sheet from "./sheet.js";
import * as weights from "./weights.js";

const settings = JSON.parse(document.getElementById("settings").textContent);

document.documentElement.classList.add("scripted");
// What every page can do (everywhere.js) comes with the rest: one file less until the map is there.
share.start();
theme.start();
navigation.start(settings.strings);
search.start(settings);
weights.start();
past.start();
sheet.start();
inside.start();
embedding.start();
navigation.onShown(search.refresh);
navigation.onShown(past.refresh);
navigation.onShown(weights.refresh);
navigation.onShown(embedding.refresh);
// The map comes last: what it is late for, or what fails of it, stops nothing else.
let mark = () => {};
keys.start({ mark: (id) => mark(id) });
const map = await picture.start(settings);
mark = map.mark;
navigation.onShown(map.refresh);
