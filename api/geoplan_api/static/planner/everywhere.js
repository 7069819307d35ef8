// What every page can do: copy its address, be printed, change its colours without being loaded anew.
import * as share from "./share.js";
import * as theme from "./theme.js";

document.documentElement.classList.add("scripted");
share.start();
theme.start();
