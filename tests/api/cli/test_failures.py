"""Every wrong request is one readable message on stderr, names the value, and ends with the right code."""

import errno
import json
import os

import pytest

from geoplan.errors import DatasetError, UnknownUnitError
from geoplan.messages import Message
from geoplan_api.cli import info, session
from geoplan_api.cli.failures import explain, shown

WRONG = {
    "unknown unit": (("suggest", "Nirgendwo"), "Nirgendwo", None),
    "typo names the nearest": (("suggest", "Altdrof"), "Altdrof", "Altdorf"),
    "ambiguous unit": (("suggest", "Neudorf"), "Neudorf", "02099002"),
    "wrong key": (("neighbours", "1099001"), "1099001", "01099001"),
    "no such state": (("neighbours", "99099001"), "99099001", None),
    "forest asks": (("suggest", "01099901"), "Forst Tal", None),
    "unknown partner": (("suggest", "Altdorf", "--with", "Nirgendwo"), "Nirgendwo", None),
    "unknown service": (("suggest", "Altdorf", "--service", "heatplanning"), "heatplanning", "heat-planning"),
    "unknown type": (("suggest", "Altdorf", "--type", "urban"), "urban", "urban-rural"),
    "negative limit": (("suggest", "Altdorf", "--limit", "-3"), "-3", None),
    "limit of nothing": (("search", "Altdorf", "--limit", "0"), "0", None),
    "huge limit": (("search", "Altdorf", "--limit", "99999999999999999999"), "99999999999999999999", None),
    "limit is no number": (("search", "Altdorf", "--limit", "viele"), "viele", None),
    "endless number": (("search", "Altdorf", "--limit", "9" * 5000), "999", None),
    "empty search": (("search", " "), "", None),
    "long search": (("search", "x" * 201), "201", None),
    "order of nothing": (("neighbours", "Altdorf", "--order", "0"), "0", None),
    "huge order": (("neighbours", "Altdorf", "--order", "11"), "11", None),
    "unknown criterion": (("suggest", "Altdorf", "--weight", "closenes=1"), "closenes", "closeness"),
    "negative weight": (("suggest", "Altdorf", "--weight", "closeness=-1"), "-1", None),
    "weight is no number": (("suggest", "Altdorf", "--weight", "closeness=nan"), "nan", None),
    "weight without number": (("suggest", "Altdorf", "--weight", "closeness"), "closeness", None),
    "unknown format": (("info", "--format", "xml"), "xml", "json"),
    "unknown command": (("sugest", "Altdorf"), "sugest", "suggest"),
    "unknown option": (("suggest", "Altdorf", "--srvice", "it"), "--srvice", "--service"),
    "missing unit": (("suggest",), None, "geoplan suggest --help"),
    "missing value": (("suggest", "Altdorf", "--limit"), "--limit", None),
    "name without quotes": (("suggest", "Bad", "Homburg"), "Homburg", None),
    "unknown language": (("info", "--lang", "fr"), "fr", "de"),
    "language without value": (("info", "--lang"), "--lang", None),
    "unknown dataset": (("info", "--data", "de-2099"), "de-2099", "de-2016"),
    "empty dataset": (("info", "--data="), "", None),
    "port out of bounds": (("serve", "--port", "65536"), "65536", None),
}


def refused(done, code):
    assert done.code == code
    assert done.out == ""
    assert "Traceback" not in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("suggest", "Altdorf", "--limit", "x"),
        ("search", "Altdorf", "--limit", "0"),
        ("neighbours", "Altdorf", "--order", "x"),
        ("network", "build", "Altdorf", "--service", "it", "--min", "x"),
        ("network", "build", "Altdorf", "--service", "it", "--candidates", "x"),
        ("serve", "--workers", "x"),
    ],
)
def test_a_wrong_number_names_its_option(run, arguments):
    done = run(*arguments)
    refused(done, 2)
    assert done.err.startswith(f"{arguments[-2]}: ")


@pytest.mark.parametrize(("arguments", "value", "nearest"), WRONG.values(), ids=WRONG)
def test_wrong_request(run, monkeypatch, arguments, value, nearest):
    told = {}
    for lang in ("de", "en"):
        monkeypatch.setenv("GEOPLAN_LANG", lang)
        done = run(*arguments)
        refused(done, 2)
        assert value is None or value in done.err
        assert nearest is None or nearest in done.err
        told[lang] = done.err
    assert told["de"] != told["en"]


def test_file_that_is_no_dataset(run, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("no dataset", encoding="utf-8")
    done = run("info", "--data", str(path))
    refused(done, 1)
    assert "notes.txt" in done.err


def test_register_that_is_none(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "register.json").write_text("{", encoding="utf-8")
    done = run("suggest", "Altdorf", "--cooperations", "register.json")
    refused(done, 1)
    assert "register.json" in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("suggest", "Altdorf", "--cooperations", "none.json"),
        ("backtest", "none.json"),
        ("data", "enrich", "--population", "none.json", "--out", "made"),
    ],
)
def test_a_file_that_is_not_there_is_a_wrong_request(run, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    for lang, said in {"de": "Die Datei „none.json“ gibt es nicht.", "en": "no file “none.json”"}.items():
        done = run("--lang", lang, *arguments)
        refused(done, 2)
        assert said in done.err
        assert "No such file" not in done.err


def test_the_reasons_of_the_system_are_translated(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for arguments in (("backtest", "."), ("data", "enrich", "--population", ".", "--out", "made")):
        done = run("--lang", "de", *arguments)
        refused(done, 1)
        assert "es ist ein Ordner" in done.err


def test_unexpected_failure_is_short(run, monkeypatch):
    monkeypatch.setattr(info, "info_answer", lambda atlas: 1 / 0)
    done = run("info")
    refused(done, 1)
    assert "ZeroDivisionError" in done.err
    assert "GEOPLAN_DEBUG" in done.err


def test_debug_shows_where(run, monkeypatch):
    monkeypatch.setattr(info, "info_answer", lambda atlas: 1 / 0)
    monkeypatch.setenv("GEOPLAN_DEBUG", "1")
    done = run("info")
    assert done.code == 1
    assert "Traceback" in done.err


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, ""),
        (BrokenPipeError(), 141, ""),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), 1, "no space"),
        (DatasetError(Message("broken")), 1, "broken"),
    ],
)
def test_other_ends(run, monkeypatch, error, code, said):
    def fail(dataset):
        raise error

    monkeypatch.setattr(session, "load_atlas", fail)
    done = run("info", "--lang", "en")
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert bool(done.err) == bool(said)


def test_message_cannot_steer_the_terminal(run):
    done = run("suggest", "x\x1b[2J\x07y")
    refused(done, 2)
    assert "\x1b" not in done.err
    assert "[2J" in done.err


def test_long_message_is_shortened():
    text = shown("a" * 500 + "b" * 5000 + "c" * 500)
    assert len(text) < 1010
    assert text.startswith("aaa")
    assert text.endswith("ccc")


def test_members_that_the_dataset_does_not_know_are_told(run, tmp_path):
    path = tmp_path / "register.json"
    members = ["01099001", "01099002", "01099003", "09999999"]
    register = {"id": "a", "name": "Allianz", "type": "horizontal-rural", "service": "tourism",
                "members": members, "complete": True, "source": "made up"}  # fmt: skip
    path.write_text(json.dumps({"cooperations": [register]}), encoding="utf-8")
    done = run("backtest", str(path), "--format", "json")
    assert done.code == 0
    assert "09999999" in done.err
    assert done.json["cooperations"] == 1


def test_a_command_says_how_missing_data_are_added(atlas):
    with pytest.raises(UnknownUnitError) as error:
        atlas.unit("48291")
    told, code = explain(error.value, "de")
    assert code == 2
    assert "zu Postleitzahlen liegen hier keine Daten vor" in told
    assert "geoplan data enrich" in told
