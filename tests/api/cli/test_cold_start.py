"""A command imports what it needs: ``geoplan suggest`` starts without the web and map libraries."""

import subprocess
import sys

import pytest

HEAVY = ("fastapi", "starlette", "uvicorn", "pydantic_settings", "folium", "geopandas", "pandas", "jinja2")
PROGRAM = """
import sys
from geoplan_api.cli.program import run
code = run(sys.argv[1:])
print(code, *sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ("suggest", "Altdorf"),
        ("suggest", "Altdorf", "--format", "json"),
        ("search", "Altdorf"),
        ("info",),
        ("--help",),
    ],
)
def test_command_leaves_heavy_libraries_alone(villages, arguments):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "--data", str(villages), *arguments],
        capture_output=True, encoding="utf-8", check=True,
        env={"PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    code, *modules = done.stderr.split()
    assert code == "0"
    assert sorted(set(HEAVY) & set(modules)) == []


def test_package_looks_its_names_up_late():
    look = "import sys, geoplan_api; print('fastapi' in sys.modules, geoplan_api.create_app.__name__)"
    done = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, encoding="utf-8", check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert done.stdout.split() == ["False", "create_app"]
