"""``geoplan export site``: whole or not at all, and nothing of others is lost."""

from pathlib import Path

import pytest

from geoplan_api.cli.export import folder


def test_command(run, tmp_path):
    out = tmp_path / "site"
    done = run("export", "site", "--county", "01099", "--service", "heat-planning", "--out", str(out))
    assert (done.code, done.out) == (0, "")
    assert str(out) in done.err
    assert (out / "heat-planning" / "01099001.html").is_file()
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]


def test_both_languages(run, tmp_path):
    out = tmp_path / "site"
    assert run("export", "site", "--county", "01099", "--lang", "both", "--out", str(out)).code == 0
    assert '<html lang="de"' in (out / "index.html").read_text()
    assert '<html lang="en"' in (out / "en" / "index.html").read_text()
    assert run("suggest", "Altdorf", "--lang", "both").code == 2


def test_a_folder_in_use_is_left_alone(run, tmp_path):
    out = tmp_path / "site"
    out.mkdir()
    (out / "mine.txt").write_text("kept")
    asked = ("export", "site", "--county", "01099", "--out", str(out))
    refused = run(*asked)
    assert refused.code == 2
    assert "--force" in refused.err
    assert [entry.name for entry in out.iterdir()] == ["mine.txt"]
    assert run(*asked, "--force").code == 0
    assert not (out / "mine.txt").exists()
    assert (out / "index.html").is_file()


def test_a_failure_leaves_what_was_there(tmp_path, monkeypatch):
    out = tmp_path / "site"
    folder.write_folder(out, {"index.html": b"old"})
    real = Path.write_bytes

    def full(path, content):
        if path.name == "second.html":
            raise OSError(28, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(folder.OutputError):
        folder.write_folder(out, {"index.html": b"new", "second.html": b""})
    assert (out / "index.html").read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--county", "01099001"), "Altdorf"),
        (("--county", "01"), "Nordland"),
        (("--county", "Nirgendwo"), "Nirgendwo"),
        (("--county", "01099", "--service", "fun"), "fun"),
        (("--county", "01099", "--lang", "fr"), "fr"),
        (("--county", "01099", "--out", "nowhere/at/all"), "nowhere"),
        (("--county", "01099", "--out", "."), "."),
    ],
)
def test_refused(run, tmp_path, monkeypatch, arguments, named):
    monkeypatch.chdir(tmp_path)
    done = run("export", "site", "--out", str(tmp_path / "site"), *arguments)
    assert done.code == 2
    assert named in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place(run, tmp_path):
    (tmp_path / "site").write_text("a file")
    assert run("export", "site", "--county", "01099", "--out", str(tmp_path / "site"), "--force").code == 2


def test_help(run):
    assert "site" in run("export", "--help").out
