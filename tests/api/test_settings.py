"""Settings from code, environment and file, and the table of them that operators read."""

import os
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan_api.settings import Settings, read_settings

TABLE = Path(__file__).parents[2] / "docs" / "settings.md"
BEGIN, END = "<!-- settings -->", "<!-- /settings -->"
ELSEWHERE = (
    "GEOPLAN_CONFIG",
    "GEOPLAN_FEATURES_URL",
    "GEOPLAN_HOME",
    "GEOPLAN_PLANS_URL",
    "PROMETHEUS_MULTIPROC_DIR",
)
"""Variables that are no settings of the web application."""


def shown(value: Any) -> str:
    if value is None or value == ():
        return "–"
    return f"`{','.join(value) if isinstance(value, tuple) else value}`"


def row(name: str) -> str:
    field = Settings.model_fields[name]
    said = " ".join((field.description or "").split()).replace("|", "\\|").replace("``", "`")
    return f"| `{name}` | `GEOPLAN_{name.upper()}` | {shown(field.default)} | {said} |"


def test_the_table_is_complete():
    wanted = "\n".join(map(row, sorted(Settings.model_fields)))
    text = TABLE.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    table, _, tail = rest.partition(END)
    if os.environ.get("GEOPLAN_GOLDEN") == "write":
        top = "| setting | variable | default | meaning |\n| --- | --- | --- | --- |\n"
        TABLE.write_text(f"{head}{BEGIN}\n{top}{wanted}\n{END}{tail}", encoding="utf-8")
        return
    assert [line for line in table.splitlines() if line.startswith("| `")] == wanted.splitlines()


def test_variables_that_are_no_settings_are_told_too():
    text = TABLE.read_text(encoding="utf-8")
    for name in ELSEWHERE:
        assert f"`{name}`" in text


def test_no_variable_is_left_out():
    """Whatever the program reads from the environment stands in the table."""
    root = Path(__file__).parents[2]
    text = TABLE.read_text(encoding="utf-8")
    for folder in ("geoplan", "maps", "dossier", "api"):
        for path in (root / folder).rglob("*.py"):
            for name in re.findall(r'"(GEOPLAN_[A-Z_]+[A-Z])"', path.read_text(encoding="utf-8")):
                assert f"`{name}`" in text, f"{name} ({path.name})"


def test_every_setting_says_what_it_is():
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert get_args(field.annotation) is not None


@pytest.fixture
def config(tmp_path, monkeypatch):
    monkeypatch.delenv("GEOPLAN_CONFIG", raising=False)

    def config(text):
        path = tmp_path / "geoplan.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return config


def test_a_file(config, monkeypatch):
    path = config(
        'operator = "Kreis Tal"\nworkers = 3\ncors_origins = ["https://a.example"]\ndrain_seconds = 2'
    )
    found = read_settings(path)
    assert (found.operator, found.workers, found.drain_seconds) == ("Kreis Tal", 3, 2.0)
    assert found.cors_origins == ("https://a.example",)
    monkeypatch.setenv("GEOPLAN_CONFIG", str(path))
    assert read_settings() == found


def test_the_environment_goes_before_the_file_and_what_is_given_before_both(config, monkeypatch):
    path = config('operator = "Datei"\nworkers = 3\nlang = "en"')
    monkeypatch.setenv("GEOPLAN_OPERATOR", "Umgebung")
    found = read_settings(path, lang="de")
    assert (found.operator, found.workers, found.lang) == ("Umgebung", 3, "de")


@pytest.mark.parametrize(("text", "kind", "said"), [
    ("workers = 0", InvalidValueError, "workers"),
    ('worker = 2', UnknownChoiceError, "workers"),
    ("workers = ", InvalidValueError, "cannot be read"),
    ('trusted_proxies = ["nowhere"]', InvalidValueError, "trusted_proxies"),
    ('basemap_url = "http://user:kennwort@x"', InvalidValueError, "basemap_url"),
])  # fmt: skip
def test_a_file_that_is_wrong(config, text, kind, said):
    with pytest.raises(kind) as raised:
        read_settings(config(text))
    assert said in str(raised.value)
    assert "kennwort" not in str(raised.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InvalidValueError, match="cannot be read"):
        read_settings(tmp_path / "none.toml")
