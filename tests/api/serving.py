"""``geoplan serve`` as a process of its own."""

import os
import subprocess
import sys
from contextlib import contextmanager

MAIN = "from geoplan_api.cli import main; main()"


@contextmanager
def served(villages, *arguments, **variables):
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "serve", "--data", str(villages), *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        env={"PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "utf-8", "PATH": os.environ["PATH"],
             **variables},
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
