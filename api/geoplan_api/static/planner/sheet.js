// The tray is a sheet on a phone: it makes room for what it has led to.

export function start() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#tray-sheet a");
    const opens = link && new URL(link.href).searchParams.get("panel");
    if (opens && opens !== new URL(location.href).searchParams.get("panel")) link.closest("details").open = false;
  });
}
