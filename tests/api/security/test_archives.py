"""Archives and files of others are refused before they fill the disk or write where they should not."""

import io
import zipfile

import pytest

from geoplan.boundaries import guard
from geoplan.boundaries.guard import checked_members, verify_members
from geoplan.errors import DatasetError


def archive(tmp_path, *members, method=zipfile.ZIP_DEFLATED):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", method) as file:
        for name, content in members:
            file.writestr(name, content)
    return path


def members(path):
    with zipfile.ZipFile(path) as file:
        return checked_members(file, path)


def test_a_bomb_is_not_unpacked(tmp_path):
    with pytest.raises(DatasetError, match="times its size"):
        members(archive(tmp_path, ("a.shp", b"\0" * (guard.RATIO_FROM_BYTES + 1))))


def test_more_than_fits_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(guard, "MAX_TOTAL_BYTES", 1000)
    with pytest.raises(DatasetError, match="unpacks to"):
        members(archive(tmp_path, ("a", b"x" * 600), ("b", b"x" * 600)))


def test_too_many_files(tmp_path):
    with pytest.raises(DatasetError, match="files"):
        members(archive(tmp_path, *((str(number), b"") for number in range(guard.MAX_ENTRIES + 1))))


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "C:/x", "a\\..\\x", "x\x1b[2J"])
def test_a_name_that_points_outside(tmp_path, name):
    with pytest.raises(DatasetError, match="outside"):
        members(archive(tmp_path, (name, b"")))


def test_a_link(tmp_path):
    link = zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with pytest.raises(DatasetError, match="link"):
        members(archive(tmp_path, (link, "/etc/passwd")))


def test_a_size_that_is_a_lie(tmp_path):
    path = archive(tmp_path, ("a", b"x" * 5000), method=zipfile.ZIP_STORED)
    raw = bytearray(path.read_bytes())
    raw[60] ^= 1
    with zipfile.ZipFile(io.BytesIO(bytes(raw))) as file, pytest.raises(DatasetError, match="damaged"):
        verify_members(file, checked_members(file, path), path)
