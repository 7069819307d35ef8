"""Whether the columns of the municipalities are there, and their names and keys what they should be."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePath

import numpy as np

from geoplan.boundaries.archive import Archive, Layer
from geoplan.boundaries.bkg import KEY_COLUMNS
from geoplan.errors import InvalidKeyError
from geoplan.inspection.finding import ASK_PUBLISHER, Finding, error, info, warning
from geoplan.inspection.layer import PlaceLayer
from geoplan.keys import ags_from_ars, parse_ars
from geoplan.messages import Message
from geoplan.nearest import nearest_values

NEEDED = ("GEN", "BEZ", "GF")
KNOWN_COLUMNS = frozenset(
    [
        "ADE", "AGS", "AGS_0", "AGS_G", "ARS", "ARS_0", "BEGINN", "BEM", "BEZ", "BSG", "DEBKG_ID", "DLM_ID",
        "EWZ", "EWZ_KFL", "FID", "FK_S3", "GEN", "GF", "IBZ", "KFL", "LKZ", "NBD", "NUTS", "OBJID", "OBJID_Z",
        "RAU", "RAU_RS", "RS", "RS_0", "SDV_ARS", "SDV_RS", "SHAPE_AREA", "SHAPE_LENG", "SN_G", "SN_K",
        "SN_L", "SN_R", "SN_V1", "SN_V2", "USE", "WSK"
    ]
)  # fmt: skip
"""What the products of the publisher had over the years."""
_NAME_CHARACTERS = frozenset(" -./(),'’‘`´&0123456789*–")
_LOST = "\ufffd"
_MISREAD = "Ã"
LAND = 4


def check_columns(places: PlaceLayer) -> Iterator[Finding]:
    """Missing and unexpected columns."""
    have = {name.upper() for name in places.fields}
    if not have & set(KEY_COLUMNS):
        yield _missing(places, " / ".join(KEY_COLUMNS), KEY_COLUMNS[0])
    for name in NEEDED:
        if name not in have:
            yield _missing(places, name, name)
    unexpected = sorted(name for name in places.fields if name.upper() not in KNOWN_COLUMNS)
    if unexpected:
        names = ", ".join(unexpected[:10])
        text = Message("Columns that the product does not have: {names}.", names=names)
        yield info("columns-unexpected", text, mend=Message("They are not read."))


def _missing(places: PlaceLayer, column: str, wanted: str) -> Finding:
    unknown = [name for name in places.fields if name.upper() not in KNOWN_COLUMNS]
    nearest = nearest_values(wanted, unknown)[:1] if unknown else []
    text = Message("The layer {layer} has no column {column}.", layer=places.layer.name, column=column)
    if not nearest:
        return error("column-missing", text)
    mend = Message(
        "Rename the column {found} to {wanted} if it is the one, or fetch the archive again.",
        found=nearest[0],
        wanted=wanted,
    )
    return error("column-missing", text, mend=mend)


def check_texts(places: PlaceLayer, archive: Archive) -> Iterator[Finding]:
    """Missing names, and umlauts that were read in another encoding."""
    no_encoding = not _has_sibling(places.layer, archive, ".cpg")
    broken = [row for row, name in enumerate(places.names) if not _is_clean(name)]
    lost = [row for row in broken if _LOST in places.names[row] or not _is_mendable(places.names[row])]
    for row in lost:
        text = Message("{place}: the name has characters that no name has.", place=str(places.place(row)))
        yield warning("encoding", text, places.place(row), mend=_ENCODING_MEND)
    mended = len(broken) - len(lost)
    if mended:
        first = places.place(next(row for row in broken if row not in set(lost)))
        text = Message(
            "{count:n0} names are UTF-8 that was read as Latin-1, {place} the first of them.",
            count=mended,
            place=str(first),
        )
        yield warning("encoding", text, first, mend=Message("They are read as UTF-8."))
    if no_encoding and not broken:
        text = Message(
            "The file that names the encoding of {layer} (.cpg) is missing.", layer=places.layer.name
        )
        yield info("encoding-unnamed", text, mend=Message("The names look right as they are."))
    for row in np.flatnonzero([not name.strip() for name in places.names]).tolist():
        text = Message("A municipality with the key {key} has no name.", key=places.keys[row] or "–")
        yield error("name-missing", text, places.place(row), mend=ASK_PUBLISHER)


_ENCODING_MEND = Message("Put the .cpg file with the right encoding beside the layer (UTF-8 or ISO-8859-1).")


def _is_clean(name: str) -> bool:
    return _MISREAD not in name and all(char.isalpha() or char in _NAME_CHARACTERS for char in name)


def _is_mendable(name: str) -> bool:
    try:
        return _is_clean(name.encode("latin-1").decode("utf-8"))
    except UnicodeError:
        return False


def _has_sibling(layer: Layer, archive: Archive, suffix: str) -> bool:
    """Say whether a shapefile has its file with ``suffix``; other formats need none."""
    if not layer.source.lower().endswith(".shp"):
        return True
    stem = PurePath(layer.source).stem.lower()
    names = (PurePath(file).name.lower() for file in archive.files)
    return any(name == f"{stem}{suffix}" for name in names)


def check_keys(places: PlaceLayer) -> Iterator[Finding]:
    """Keys that are none, and AGS that are not those of their ARS."""
    for row, key in enumerate(places.keys):
        place = places.place(row)
        try:
            parsed = parse_ars(key)
        except InvalidKeyError as problem:
            text = Message("{place}: {reason}", place=str(place), reason=problem.message)
            yield error("key", text, place, mend=ASK_PUBLISHER)
            continue
        if parsed != key:
            text = Message("{place}: the key is not written as 12 digits.", place=str(place))
            yield error("key", text, place, mend=ASK_PUBLISHER)
        elif places.ags[row] and places.ags[row] != ags_from_ars(key):
            text = Message(
                "{place}: the AGS {ags} is not that of the ARS, {expected}.",
                place=str(place),
                ags=places.ags[row],
                expected=ags_from_ars(key),
            )
            yield error("key-mismatch", text, place, mend=ASK_PUBLISHER)


def check_duplicates(places: PlaceLayer) -> Iterator[Finding]:
    """Keys that several features have: parts of one municipality, or two municipalities."""
    rows_by_ags: dict[str, list[int]] = defaultdict(list)
    for row, key in enumerate(places.keys):
        rows_by_ags[ags_from_ars(key)].append(row)
    several = [rows for key, rows in rows_by_ags.items() if key and len(rows) > 1]
    merged = []
    for rows in several:
        if len({places.names[row] for row in rows} | {""}) > 2 or len({places.keys[row] for row in rows}) > 1:
            yield _two_municipalities(places, rows)
        else:
            merged.append(rows)
    if merged:
        text = Message(
            "Municipalities with several features (GF): {count:n0}, with {parts:n0} features in all.",
            count=len(merged),
            parts=sum(len(rows) for rows in merged),
        )
        first = [places.place(rows[0]) for rows in merged]
        yield info("parts", text, *first, mend=Message("The parts are merged; no part is dropped."))


def _two_municipalities(places: PlaceLayer, rows: Sequence[int]) -> Finding:
    found = [places.place(row) for row in rows]
    text = Message(
        "One key stands for different municipalities: {places}.",
        places=", ".join(dict.fromkeys(str(place) for place in found)),
    )
    return error("key-duplicate", text, *found, mend=ASK_PUBLISHER)


def check_population(places: PlaceLayer) -> Iterator[Finding]:
    """Whether there are inhabitants."""
    if "EWZ" not in {name.upper() for name in places.fields}:
        mend = Message("VG250-EW has them; “geoplan data enrich” adds them from other sources.")
        yield info("population-none", Message("The product has no numbers of inhabitants."), mend=mend)
        return
    land = places.area_codes >= LAND
    unknown = np.flatnonzero(land & ~(places.population >= 0)).tolist()
    if unknown:
        text = Message("The number of inhabitants is unknown for {count:n0} features.", count=len(unknown))
        yield warning(
            "population-unknown",
            text,
            *(places.place(row) for row in unknown),
            mend=Message("It stays unknown; “geoplan data enrich” adds it from other sources."),
        )
