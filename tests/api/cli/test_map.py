"""``geoplan map`` writes one file in one step, or says before the work why it cannot."""

import os

import pytest

from geoplan_api.cli import map as map_command
from geoplan_api.cli.output import write_file


def test_map(run, tmp_path):
    out = tmp_path / "map.html"
    done = run("map", "Altdorf", "--service", "heat-planning", "--with", "Köthel", "--out", str(out))
    assert done.code == 0
    assert (str(out) in done.err, done.out) == (True, "")
    page = out.read_text(encoding="utf-8")
    assert "Altdorf" in page
    assert "Bergheim" in page
    assert list(tmp_path.iterdir()) == [out]


def test_map_has_the_rights_of_a_new_file(run, tmp_path):
    out, plain = tmp_path / "map.html", tmp_path / "plain"
    plain.touch()
    run("map", "Altdorf", "--out", str(out))
    assert out.stat().st_mode == plain.stat().st_mode


@pytest.mark.parametrize("out", ["", "nowhere/map.html", "plain/map.html"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_unwritable_output_is_told_before_the_work(run, tmp_path, monkeypatch, out, lang):
    (tmp_path / "plain").touch()
    monkeypatch.setattr(map_command, "open_atlas", pytest.fail)
    done = run("map", "Altdorf", "--out", str(tmp_path / out), "--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert str(tmp_path / out) in done.err


@pytest.mark.parametrize("name", ["map.pdf", "map", "map.html.png"])
def test_a_map_is_html_and_its_name_says_so(run, tmp_path, monkeypatch, name):
    monkeypatch.setattr(map_command, "open_atlas", pytest.fail)
    done = run("map", "Altdorf", "--out", str(tmp_path / name))
    assert (done.code, done.out) == (2, "")
    assert name in done.err
    assert str((tmp_path / name).with_suffix(".html")) in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_folder_without_permission(run, tmp_path):
    tmp_path.chmod(0o500)
    done = run("map", "Altdorf", "--out", str(tmp_path / "map.html"))
    tmp_path.chmod(0o700)
    assert done.code == 2


def test_missing_out(run):
    done = run("map", "Altdorf")
    assert done.code == 2
    assert "--out" in done.err


def test_old_file_stays_when_writing_fails(run, tmp_path, monkeypatch):
    out = tmp_path / "map.html"
    out.write_text("old", encoding="utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(map_command.Path, "replace", full)
    done = run("map", "Altdorf", "--out", str(out), "--lang", "en")
    assert done.code == 2
    assert "no space left" in done.err
    assert out.read_text(encoding="utf-8") == "old"


def test_file_is_replaced(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("a long old text", encoding="utf-8")
    write_file(path, "neu")
    assert path.read_text(encoding="utf-8") == "neu"
