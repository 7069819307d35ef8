// Links to a place in the page move the view and the focus, not the history: undo stays what it is.

export function start() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    const place = link && document.getElementById(link.hash.slice(1));
    if (!place || event.defaultPrevented) return;
    event.preventDefault();
    if (place.tabIndex < 0 && !place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "start" });
  });
}
