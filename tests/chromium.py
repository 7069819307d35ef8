"""Which Chromium the tests drive: Debian's, without a window where it is there, as that is twice as quick."""

from pathlib import Path

BUILDS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
CHROMIUM = next((build for build in BUILDS if build.exists()), BUILDS[-1])
QUIET = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    # A page of others that a test makes up may show what this machine serves.
    "--disable-features=LocalNetworkAccessChecks",
)  # fmt: skip
