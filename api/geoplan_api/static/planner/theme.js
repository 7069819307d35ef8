// Light or dark without loading the page anew: the address says it, and all links of the page say it along.

export function start() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-theme-switch]:not([data-nav])");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const theme = link.dataset.themeSwitch;
    const other = theme === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    history.replaceState(history.state, "", withTheme(location.href, theme));
    for (const one of document.querySelectorAll("a[href]:not([data-theme-switch])")) {
      const url = new URL(one.href);
      const elsewhere = url.origin !== location.origin || url.pathname.includes("/api/");
      if (!elsewhere && !one.getAttribute("href").startsWith("#")) one.href = withTheme(url.href, theme);
    }
    for (const form of document.forms) carry(form, theme);
    document.getElementById(`theme-${other}`)?.focus();
  });
}

function withTheme(address, theme) {
  const url = new URL(address);
  url.searchParams.set("theme", theme);
  return url.href;
}

/** A form that asks has the theme as a field, one that writes in its address. */
function carry(form, theme) {
  if (form.method === "post") {
    form.action = withTheme(form.action, theme);
    return;
  }
  const field = form.querySelector('input[name="theme"]') ?? document.createElement("input");
  Object.assign(field, { type: "hidden", name: "theme", value: theme });
  form.append(field);
}
