"""Archives that were damaged on purpose, by seed: what must be noticed, and what may be harmless."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

Members = dict[str, bytes]
Damage = Callable[[Members, np.random.Generator], None]

WGS84 = (
    b'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    b'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
PLACES = "_GEM"


def read_members(archive: Path) -> Members:
    """The files of an archive."""
    with zipfile.ZipFile(archive) as file:
        return {name: file.read(name) for name in file.namelist() if not name.endswith("/")}


def write_members(members: Members, archive: Path) -> Path:
    """Pack files."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return archive


def member(members: Members, ending: str) -> str:
    """The member whose name ends so."""
    return next(name for name in members if name.endswith(ending))


# ── tables: what a .dbf says ──


def _dbf_fields(content: bytes) -> tuple[int, int, dict[str, tuple[int, int]]]:
    """Start of the records, their length, and offset and length of each field in them."""
    start, length = struct.unpack_from("<HH", content, 8)
    fields, offset = {}, 1
    for at in range(32, start - 1, 32):
        name = content[at : at + 11].split(b"\0")[0].decode()
        size = content[at + 16]
        fields[name] = (offset, size)
        offset += size
    return start, length, fields


def _write_cell(members: Members, row: int, column: str, text: bytes) -> None:
    name = member(members, f"{PLACES}.dbf")
    content = bytearray(members[name])
    start, length, fields = _dbf_fields(content)
    offset, size = fields[column]
    at = start + row * length + offset
    content[at : at + size] = text[:size].ljust(size)
    members[name] = bytes(content)


def _cell(members: Members, row: int, column: str) -> bytes:
    content = members[member(members, f"{PLACES}.dbf")]
    start, length, fields = _dbf_fields(content)
    offset, size = fields[column]
    return content[start + row * length + offset :][:size].rstrip()


def _rows(members: Members) -> int:
    return struct.unpack_from("<I", members[member(members, f"{PLACES}.dbf")], 4)[0]


def _row(members: Members, rng: np.random.Generator) -> int:
    return int(rng.integers(_rows(members)))


def key_with_letters(members, rng):
    _write_cell(members, _row(members, rng), "ARS", b"05X1 5001001")


def key_too_short(members, rng):
    row = _row(members, rng)
    _write_cell(members, row, "ARS", _cell(members, row, "ARS")[1:])


def key_of_no_state(members, rng):
    row = _row(members, rng)
    _write_cell(members, row, "ARS", b"77" + _cell(members, row, "ARS")[2:])


def key_empty(members, rng):
    _write_cell(members, _row(members, rng), "ARS", b"")


def key_of_another(members, rng):
    one, other = rng.choice(_rows(members) // 2, 2, replace=False).tolist()
    other += _rows(members) // 2
    _write_cell(members, one, "ARS", _cell(members, other, "ARS"))


def key_of_no_county(members, rng):
    row = _row(members, rng)
    key = _cell(members, row, "ARS")
    _write_cell(members, row, "ARS", key[:2] + b"888" + key[5:])


def ags_of_another(members, rng):
    _write_cell(members, _row(members, rng), "AGS", b"09999999")


def name_empty(members, rng):
    _write_cell(members, _row(members, rng), "GEN", b"")


def name_in_another_encoding(members, rng):
    _write_cell(members, _row(members, rng), "GEN", "Müßüngen".encode("latin-1"))


def _rename_column(old: bytes) -> Damage:
    def rename(members, rng):
        name = member(members, f"{PLACES}.dbf")
        content = members[name]
        at = content.index(old + b"\0" * (11 - len(old)), 32)
        members[name] = content[:at] + (b"X" + old)[:10].ljust(11, b"\0") + content[at + 11 :]

    rename.__name__ = f"column_renamed_{old.decode()}"
    return rename


def table_without_its_end(members, rng):
    name = member(members, f"{PLACES}.dbf")
    members[name] = members[name][: int(len(members[name]) * rng.uniform(0.1, 0.9))]


# ── polygons: what a .shp says ──


def _record(members: Members, row: int) -> tuple[str, int, int]:
    """Name of the .shp, start and length of the content of a record."""
    index = members[member(members, f"{PLACES}.shx")]
    offset, length = struct.unpack_from(">ii", index, 100 + 8 * row)
    return member(members, f"{PLACES}.shp"), 2 * offset + 8, 2 * length


def _points(members: Members, row: int) -> tuple[str, int, np.ndarray]:
    name, start, _ = _record(members, row)
    content = members[name]
    parts, count = struct.unpack_from("<ii", content, start + 36)
    at = start + 44 + 4 * parts
    return name, at, np.frombuffer(content, "<f8", 2 * count, at).reshape(-1, 2).copy()


def _write(members: Members, name: str, at: int, new: bytes) -> None:
    members[name] = members[name][:at] + new + members[name][at + len(new) :]


def _change_points(members: Members, rng: np.random.Generator, change: Callable) -> None:
    name, at, points = _points(members, _row(members, rng))
    _write(members, name, at, change(points).astype("<f8").tobytes())


def coordinate_nan(members, rng):
    def change(points):
        points[1, int(rng.integers(2))] = np.nan
        return points

    _change_points(members, rng, change)


def coordinate_infinite(members, rng):
    def change(points):
        points[1] = np.inf
        return points

    _change_points(members, rng, change)


def coordinate_absurd(members, rng):
    def change(points):
        points[1] = 1e300 if rng.integers(2) else -4e9
        return points

    _change_points(members, rng, change)


def polygon_far_away(members, rng):
    _change_points(members, rng, lambda points: points + np.array([3e6, -2e6]))


def polygon_shifted(members, rng):
    """Towards the middle of the country, where others are."""
    west, south, east, north = struct.unpack_from("<4d", members[member(members, f"{PLACES}.shp")], 36)

    def change(points):
        inwards = np.sign([(west + east) / 2, (south + north) / 2] - points.mean(axis=0))
        return points + np.ptp(points, axis=0) * rng.uniform(0.3, 0.6) * np.where(inwards == 0, 1, inwards)

    _change_points(members, rng, change)


def polygon_without_extent(members, rng):
    _change_points(members, rng, lambda points: np.repeat(points[:1], len(points), axis=0))


def ring_crossing_itself(members, rng):
    def change(points):
        at = int(rng.integers(1, len(points) - 3)) if len(points) > 4 else 1
        points[[at, at + 1]] = points[[at + 1, at]]
        return points

    _change_points(members, rng, change)


def _number(offset: int, value: int, name: str) -> Damage:
    def change(members, rng):
        file, start, _ = _record(members, _row(members, rng))
        _write(members, file, start + offset, struct.pack("<i", value))

    change.__name__ = name
    return change


def polygons_without_their_end(members, rng):
    name = member(members, f"{PLACES}.shp")
    members[name] = members[name][: int(len(members[name]) * rng.uniform(0.1, 0.9))]


# ── files: what is in the archive ──


def _dropped(ending: str) -> Damage:
    def drop(members, rng):
        del members[member(members, ending)]

    drop.__name__ = f"dropped{ending}"
    return drop


def _emptied(ending: str) -> Damage:
    def empty(members, rng):
        members[member(members, ending)] = b""

    empty.__name__ = f"emptied{ending}"
    return empty


def _replaced(ending: str, content: bytes, label: str) -> Damage:
    def replace(members, rng):
        members[member(members, ending)] = content

    replace.__name__ = f"{label}{ending}"
    return replace


def table_of_another_layer(members, rng):
    members[member(members, f"{PLACES}.dbf")] = members[member(members, "_KRS.dbf")]


def noise_in_a_file(members, rng):
    """Bytes changed and packed again, so that the archive's checksums are right."""
    name = str(rng.choice([name for name in members if name.endswith((".shp", ".shx", ".dbf", ".prj"))]))
    content = bytearray(members[name])
    for at in rng.integers(0, len(content), 1 + len(content) // 200):
        content[at] = int(rng.integers(256))
    members[name] = bytes(content)


NOTICED: list[Damage] = [
    key_with_letters,
    key_too_short,
    key_of_no_state,
    key_empty,
    key_of_another,
    key_of_no_county,
    ags_of_another,
    name_empty,
    name_in_another_encoding,
    _rename_column(b"ARS"),
    _rename_column(b"GEN"),
    _rename_column(b"BEZ"),
    _rename_column(b"GF"),
    table_without_its_end,
    coordinate_nan,
    coordinate_infinite,
    coordinate_absurd,
    polygon_far_away,
    polygon_shifted,
    polygon_without_extent,
    _number(36, 2**30, "parts_without_end"),
    _number(40, 2**30, "points_without_end"),
    _number(0, 1, "polygon_as_point"),
    _number(0, 99, "shape_of_no_kind"),
    polygons_without_their_end,
    _dropped("_GEM.shp"),
    _dropped("_GEM.shx"),
    _dropped("_GEM.dbf"),
    _dropped("_GEM.prj"),
    _dropped("_KRS.dbf"),
    _dropped("_LAN.dbf"),
    _emptied("_GEM.shp"),
    _emptied("_GEM.dbf"),
    _emptied("_GEM.prj"),
    _replaced("_GEM.prj", WGS84, "wgs84"),
    _replaced("_GEM.prj", b"\0\1garbage", "garbage"),
    _replaced("_GEM.cpg", b"ISO-8859-1", "latin"),
    _dropped("aktualitaet.txt"),
    table_of_another_layer,
]
"""Each of these must be refused, or told in the report."""

TOLERATED: list[Damage] = [
    noise_in_a_file, ring_crossing_itself, _dropped("_GEM.cpg"), _dropped("_VWG.shp"), _dropped("_KRS.prj"),
    _emptied("aktualitaet.txt"),
]  # fmt: skip
"""These may be harmless, or change what nobody can know; they must not crash."""


# ── the archive itself ──


def bytes_flipped(content: bytes, rng: np.random.Generator) -> bytes:
    changed = bytearray(content)
    for at in rng.integers(0, len(content), int(rng.integers(1, 40))):
        changed[at] ^= int(rng.integers(1, 256))
    return bytes(changed)


def cut_short(content: bytes, rng: np.random.Generator) -> bytes:
    return content[: int(len(content) * rng.uniform(0.05, 0.99))]


def without_its_beginning(content: bytes, rng: np.random.Generator) -> bytes:
    return content[int(len(content) * rng.uniform(0.05, 0.9)) :]


def a_hole_of_zeros(content: bytes, rng: np.random.Generator) -> bytes:
    at = int(rng.integers(len(content) // 2))
    return content[:at] + bytes(200) + content[at + 200 :]


PACKED = [bytes_flipped, cut_short, without_its_beginning, a_hole_of_zeros]
"""Damage to the bytes of the archive: what comes out must be refused, or be what it was."""


# ── archives that are traps ──


def trap(kind: str, members: Members, archive: Path) -> Path:
    """An archive that is made to do harm."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        if kind == "nested":
            inner = archive.with_suffix(".inner")
            write_members(members, inner)
            file.write(inner, "vg250.zip")
            return archive
        for name, content in members.items():
            file.writestr(name, content)
        _set_trap(kind, file)
    return archive


def _set_trap(kind: str, file: zipfile.ZipFile) -> None:
    if kind == "link":
        entry = zipfile.ZipInfo("passwd")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        file.writestr(entry, "/etc/passwd")
    elif kind == "bomb":
        with file.open("bomb.txt", "w") as member:
            for _ in range(128):
                member.write(bytes(2**20))
    elif kind == "many":
        for number in range(2_500):
            file.writestr(f"{number}.txt", b"")
    else:
        file.writestr({"up": "../../up.txt", "root": "/etc/up.txt", "drive": "C:\\up.txt",
                       "control": "a\x1b[2Jb.txt", "long": "x" * 300}[kind], b"")  # fmt: skip


TRAPS = ["nested", "link", "bomb", "many", "up", "root", "drive", "control", "long"]
