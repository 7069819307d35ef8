"""``geoplan data list | install | use | remove | check`` as they are typed."""

import json
from pathlib import Path

import pytest

from geoplan_api.cli.program import run as run_program
from tests.archives import sketch, tiny_zip, write_folder, zipped
from tests.fileserver import running, status, whole


@pytest.fixture
def geoplan(capsys, tmp_path, monkeypatch):
    """Run a command in a store of its own; returns exit code, stdout, stderr."""
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path / "home"))

    def geoplan(*arguments: str, lang: str = "en") -> tuple[int, str, str]:
        capsys.readouterr()
        code = run_program(["--lang", lang, *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return geoplan


@pytest.fixture
def archive(tmp_path):
    return str(tiny_zip(tmp_path / "archive"))


def test_from_nothing_to_a_current_dataset(geoplan, archive):
    code, out, err = geoplan("data", "install", "vg250-ew-2023", "--from", archive, "--use")
    assert code == 0
    assert out == "vg250-ew-2023: 9 municipalities, territorial status 31 December 2023, installed.\n"
    assert "is the active dataset now" in err
    assert json.loads(geoplan("info", "--format", "json")[1])["data"]["vintage"] == "2023-12-31"


def test_a_mirror_is_asked_and_its_failure_is_one_message(geoplan, archive):
    with running() as server:
        url = server.serve(status(403))
        code, out, err = geoplan("data", "install", "--from", url)
        assert (code, out) == (1, "")
        assert "refuses access (403)" in err
        assert "Traceback" not in err
        server.serve(whole(Path(archive).read_bytes()))
        assert geoplan("data", "install", "--from", url, "--format", "shape")[0] == 0


def test_the_list_marks_the_active_dataset_and_names_the_products(geoplan, archive):
    geoplan("data", "install", "--from", archive, "--use")
    listed = json.loads(geoplan("data", "list", "--format", "json")[1])
    by_name = {row["name"]: row for row in listed["datasets"]}
    assert by_name["vg250-ew-2023"]["active"]
    assert not by_name["de-2016"]["active"]
    assert listed["data"]["vintage"] == by_name["vg250-ew-2023"]["vintage"]
    assert {"dataset", "licence", "attribution", "population_source"} <= listed["data"].keys()
    assert by_name["vg250-ew-2023"]["source"].endswith(".zip")
    assert by_name["vg250-ew-2023"]["size_bytes"] > 1000
    assert {product["id"] for product in listed["products"]} == {"vg250-ew", "vg250", "vg5000"}
    assert all(product["url"].startswith("https://daten.gdz.bkg.bund.de/") for product in listed["products"])
    for lang in ("de", "en"):
        code, out, _ = geoplan("data", "list", lang=lang)
        assert code == 0
        assert "●" in out


def test_a_damaged_dataset_is_listed_as_such(geoplan, archive, tmp_path):
    geoplan("data", "install", "--from", archive)
    next((tmp_path / "home").rglob("source.json")).write_text("{")
    rows = json.loads(geoplan("data", "list", "--format", "json")[1])["datasets"]
    assert [row["usable"] for row in rows] == [True, False]
    assert "damaged" in geoplan("data", "list")[1]


def test_use_and_remove(geoplan, archive):
    geoplan("data", "install", "--from", archive, "--name", "mine")
    assert geoplan("data", "use", "mine")[0] == 0
    code, _, err = geoplan("data", "remove", "mine")
    assert code == 2
    assert "--force" in err
    assert geoplan("data", "use", "de-2016")[0] == 0
    assert geoplan("data", "remove", "mine")[0] == 0
    code, _, err = geoplan("data", "use", "mnie")
    assert code == 2
    assert "There is no dataset “mnie”" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["install", "vg300"], "vg5000, vg250"),
        (["install", "vg250-1990"], "begins with 2009"),
        (["install", "vg250-1" + "0" * 5000], "was not published"),
        (["install"], "Name a product"),
        (["install", "vg250", "--format", "tiff"], "gpkg, shape"),
        (["install", "vg250", "--crs", "utm33"], "utm32s"),
        (["install", "--from", "no/such.zip"], "There is nothing"),
        (["install", "--from", "ftp://host/x.zip"], "no address"),
        (["install", "--from", "x.zip", "--name", "Groß"], "no name of a dataset"),
        (["check", "no/such.zip"], "There is nothing"),
        (["remove", "de-2016"], "no dataset “de-2016” in the store"),
    ],
)
def test_a_wrong_request_exits_with_2_and_says_why(geoplan, arguments, words):
    code, out, err = geoplan("data", *arguments)
    assert (code, out) == (2, "")
    assert words in err


def test_check_exits_with_0_for_good_and_1_for_bad_boundaries(geoplan, archive, tmp_path):
    code, out, err = geoplan("data", "check", archive, "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out)["usable"]
    drawn = sketch()
    drawn.columns["ARS"][0] = "77"
    broken = str(zipped(write_folder(drawn, tmp_path / "broken")))
    code, out, _ = geoplan("data", "check", broken, "--format", "json")
    assert code == 1
    assert json.loads(out)["findings"][0]["units"] == [{"id": "77", "name": "Aburg"}]
    for lang in ("de", "en"):
        code, out, _ = geoplan("data", "check", broken, lang=lang)
        assert code == 1
        assert "Aburg (77)" in out
    code, out, err = geoplan("data", "install", "--from", broken)
    assert (code, out) == (1, "")
    assert "Aburg (77)" in err


def test_an_installed_dataset_is_checked_by_its_name(geoplan, archive):
    geoplan("data", "install", "--from", archive, "--name", "mine")
    assert json.loads(geoplan("data", "check", "mine", "--format", "json")[1])["municipalities"] == 10


def test_a_table_shows_some_of_many_and_says_how_many_more(geoplan, tmp_path, monkeypatch):
    drawn = sketch()
    drawn.columns["EWZ"] = [-1] * 11
    drawn.columns["ARS"] = [f"77000000{number:04d}" for number in range(11)]
    archive = str(zipped(write_folder(drawn, tmp_path / "many")))
    monkeypatch.setattr("geoplan_api.cli.data.check.SHOWN", 3)
    said = json.loads(geoplan("data", "check", archive, "--format", "json")[1])
    assert sum(finding["code"] == "key" for finding in said["findings"]) == 11
    assert "8 more of the kind “key”" in geoplan("data", "check", archive)[1]


def test_help_names_all_commands_in_both_languages(geoplan):
    for lang in ("de", "en"):
        out = geoplan("data", "--help", lang=lang)[1]
        for name in ("list", "install", "use", "remove", "check"):
            assert f"  {name} " in out
