// Not a module, as browsers load none of a page that was opened as a file: says so there.
if (location.protocol === "file:") {
  document.getElementById("as-file").hidden = false;
  document.documentElement.classList.add("opened-as-file");
}
