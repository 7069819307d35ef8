"""SECURITY.md names for every threat a test that there is, and all of what is built around the server."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from geoplan_api.cli.output import csv_text

ROOT = Path(__file__).parents[3]
ROW = re.compile(r"^\| (?P<threat>.+?) \| .+? \| `(?P<path>[\w/.]+)::(?P<test>\w+)` \|$", re.MULTILINE)
TABLE = (ROOT / "SECURITY.md").read_text("utf-8").partition("## Threats")[2]
ROWS = [found.groupdict() for found in ROW.finditer(TABLE)]
OWN = Path(__file__).parent
ABOUT_ALL = {"test_without_guards.py"}


def functions(path):
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_line_of_the_table_is_a_threat_with_a_test():
    lines = [line for line in TABLE.splitlines() if line.startswith("|")]
    assert len(ROWS) == len(lines) - 2
    assert len({row["threat"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["test"])
def test_the_test_is_there(row):
    assert row["test"] in functions(ROOT / row["path"])


@pytest.mark.parametrize("path", sorted(OWN.glob("test_*.py")), ids=lambda path: path.name)
def test_no_file_of_tests_is_without_a_threat(path):
    assert path.name in ABOUT_ALL or any(row["path"].endswith(f"security/{path.name}") for row in ROWS)


@pytest.mark.parametrize("word", [
    "traversal|climbs", "zip", "Injection in the search", "Injection in filters", "Injection in rules",
    "--from", "oEmbed", "background map", "popups", "PDF", "spreadsheet", "CSV", "redirect to another site",
    "clickjacking", "too large", "trickle", "Guessing tokens",
])  # fmt: skip
def test_what_has_to_be_thought_of_is(word):
    assert re.search(word, TABLE), word


@pytest.mark.parametrize("text", ["=1+1", "+49", "-2", "@x", "\tx", "\r=1", '=HYPERLINK("x")'])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_cell_of_the_command_line_is_a_formula(text, lang):
    written = csv_text(["name", "number"], [[text, -2.5]], lang)
    assert f"'{text}".replace('"', '""') in written
    assert "-2,5" in written or "-2.5" in written, "numbers stay numbers"


def pinned():
    text = (ROOT / "constraints.txt").read_text("utf-8")
    return text, {name.lower().replace("_", "-") for name in re.findall(r"^([\w.-]+)==\S+", text, re.M)}


def test_what_is_installed_is_pinned():
    text, known = pinned()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(one for extra in extras.values() for one in extra)]
    names = {re.match(r"[\w.-]+", one)[0].lower().replace("_", "-") for one in wanted} - {"geoplan"}
    assert names <= known, names - known
    blocks = re.split(r"^(?=\S)", text, flags=re.M)
    assert all("--hash=sha256:" in block for block in blocks if "==" in block)
    assert "://" not in text
    assert not re.search(r"^-|@ ", text, re.M), "no address of an index, no file"
