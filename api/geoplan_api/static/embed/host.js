// For the page around: gives each frame of geoplan the height that its embed asks for. May be kept and changed by
// whoever shows the embed; it needs nothing else, and stores nothing.
//   <script src="host.js" defer></script>
addEventListener("message", (event) => {
  const { type, height } = event.data ?? {};
  if (type !== "geoplan:height" || !Number.isFinite(height)) return;
  for (const frame of document.querySelectorAll("iframe")) {
    // The message must come from this very frame, and from the server that the frame was asked from.
    if (frame.contentWindow !== event.source || new URL(frame.src, location.href).origin !== event.origin) continue;
    frame.style.height = `${Math.min(2000, Math.max(160, Math.ceil(height)))}px`;
  }
});
