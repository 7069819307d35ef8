// What every page can do: copy its address, be printed, change its colours without being loaded anew, say what was
// done, and lead to a field.
import * as share from "./share.js";
import * as theme from "./theme.js";

document.documentElement.classList.add("scripted");
share.start();
theme.start();
// A page that comes with a confirmation is silent: only what changes in it is read out.
const done = document.querySelector("[data-told]");
if (done) share.tell(done.textContent.trim());
document.querySelector("input:target, select:target, textarea:target")?.focus();
