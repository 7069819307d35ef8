"""How a mapping and the polygons it names become a dataset."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.boundaries.assemble import assemble
from geoplan.boundaries.dataset import BoundaryDataset
from geoplan.boundaries.mapping import DatasetMapping, LevelMapping, PlaceMapping, parse_mapping
from geoplan.boundaries.measure import reproject
from geoplan.boundaries.metric import metric_crs
from geoplan.boundaries.polygons import PolygonFile, read_polygons
from geoplan.boundaries.raw import RawBoundaries, RawNames, RawPlaces
from geoplan.errors import DatasetError
from geoplan.messages import Message
from geoplan.provenance import Provenance
from geoplan.units import PARENT_LEVELS, Level

Parents = dict[Level, list[str | None]]


def read_mapped(path: Path, polygons: Path | None = None) -> BoundaryDataset:
    """Read the dataset that a mapping describes, at full resolution, into a metric CRS.

    Parameters
    ----------
    path
        The mapping.
    polygons
        The file to read in place of the one that the mapping names.

    Raises
    ------
    DatasetError
        The mapping cannot be used, its file not be read, a column is missing, an id empty, of two levels
        or shorter than a prefix, a number none, or a CRS is missing, unknown or not metric.
    """
    mapping = parse_mapping(path)
    file = read_polygons(polygons or mapping.file.path, mapping.file.layer)
    crs = mapping.file.crs or file.crs
    if crs is None:
        message = Message("“{path}” names no CRS: give it in the mapping (file.crs).", path=file.path)
        raise DatasetError(message, value=str(file.path))
    target = metric_crs(mapping.file.metric_crs, shapely.total_bounds(file.geometry), crs)
    raw = _raw(mapping, file, crs, target)
    has_population = not np.isnan(raw.places.population).all()
    return assemble(raw, _provenance(mapping, target, has_population=has_population))


def _raw(mapping: DatasetMapping, file: PolygonFile, crs: str, target: str) -> RawBoundaries:
    place = mapping.place
    ids = _keys(file, place.id)
    kept = [row for row, key in enumerate(ids) if key not in place.skip]
    parents = {level: _parent_keys(file, ids, one) for level, one in mapping.levels.items()}
    names = _texts(file, place.name)
    _check_distinct(file, {Level.MUNICIPALITY: ids, **parents})
    places = RawPlaces(
        ids=[ids[row] for row in kept],
        names=[names[row] or ids[row] for row in kept],
        designations=_designations(file, place, kept),
        levels=_levels(file, place, kept),
        ars=[None] * len(kept),
        parent_ids={
            level: [parents[level][row] if level in parents else None for row in kept]
            for level in PARENT_LEVELS
        },
        on_land=np.ones(len(kept), dtype=np.bool_),
        geometry=reproject(file.geometry[kept], crs, target),
        population=_population(file, place.population)[kept],
    )
    above = {
        level: _names(file, one, places.parent_ids[level], places, kept)
        for level, one in mapping.levels.items()
    }
    return RawBoundaries(places=places, parents=above, crs=target)


def _text(value: Any) -> str:
    """A value of any column as text; 10101.0 is 10101."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _texts(file: PolygonFile, column: str) -> list[str]:
    return [_text(value) for value in file.column(column)]


def _keys(file: PolygonFile, column: str) -> list[str]:
    keys = _texts(file, column)
    if "" in keys:
        message = Message(
            "“{path}”: the column “{column}” is empty in feature {row}.",
            path=file.path, column=column, row=keys.index("") + 1,
        )  # fmt: skip
        raise DatasetError(message, value=column)
    return keys


def _parent_keys(file: PolygonFile, ids: Sequence[str], level: LevelMapping) -> list[str | None]:
    if level.column is not None:
        keys = _texts(file, level.column)
        return [level.id_prefix + key if key else None for key in keys]
    length = level.prefix or 0
    short = next((key for key in ids if len(key) < length), None)
    if short is not None:
        message = Message(
            "“{path}”: the id “{value}” is shorter than the prefix of {length}.",
            path=file.path, value=short, length=length,
        )  # fmt: skip
        raise DatasetError(message, value=short)
    return [level.id_prefix + key[:length] for key in ids]


def _check_distinct(file: PolygonFile, keys: dict[Level, Any]) -> None:
    """No id may be on two levels."""
    seen: dict[str, Level] = {}
    for level, of_level in keys.items():
        for key in set(of_level) - {None}:
            if seen.setdefault(key, level) != level:
                message = Message(
                    "“{path}”: the id “{value}” is on two levels, {one} and {other}: give one of them an"
                    " id_prefix in the mapping.",
                    path=file.path, value=key, one=seen[key].value, other=level.value,
                )  # fmt: skip
                raise DatasetError(message, value=key)


def _designations(file: PolygonFile, place: PlaceMapping, kept: Sequence[int]) -> list[str]:
    if place.designation_column is None:
        return [place.designation] * len(kept)
    given = _texts(file, place.designation_column)
    return [given[row] or place.designation for row in kept]


def _levels(file: PolygonFile, place: PlaceMapping, kept: Sequence[int]) -> list[Level]:
    if place.unincorporated_column is None:
        return [Level.MUNICIPALITY] * len(kept)
    kinds = _texts(file, place.unincorporated_column)
    empty = place.unincorporated_values
    return [Level.UNINCORPORATED_AREA if kinds[row] in empty else Level.MUNICIPALITY for row in kept]


def _population(file: PolygonFile, column: str | None) -> NDArray[np.float64]:
    """Inhabitants; negative numbers stand for unknown."""
    if column is None:
        return np.full(len(file.geometry), np.nan)
    texts = _texts(file, column)
    try:
        numbers = np.array([float(text) if text else np.nan for text in texts])
    except ValueError as error:
        message = Message(
            "“{path}”: the column “{column}” has something else than numbers.", path=file.path, column=column
        )
        raise DatasetError(message, value=column) from error
    return np.where(numbers < 0, np.nan, numbers)


def _names(
    file: PolygonFile, level: LevelMapping, keys: Sequence[str | None], places: RawPlaces, kept: Sequence[int]
) -> RawNames:
    """The units of a level; one without a name is called as its only place, else by its id."""
    columns = None if level.name_column is None else _texts(file, level.name_column)
    members: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        if key is not None:
            members.setdefault(key, []).append(place)
    names = []
    for key, rows in members.items():
        bare = key.removeprefix(level.id_prefix)
        only = places.names[rows[0]] if len({places.ids[row] for row in rows}) == 1 else bare
        in_column = (
            next((columns[kept[row]] for row in rows if columns[kept[row]]), None) if columns else None
        )
        names.append(level.names.get(bare) or in_column or only)
    return RawNames(
        ids=list(members), names=names, designations=[level.designation] * len(members),
        ars=[None] * len(members),
    )  # fmt: skip


def _provenance(mapping: DatasetMapping, crs: str, *, has_population: bool) -> Provenance:
    texts = mapping.texts
    return Provenance(
        dataset=texts["name"], vintage=texts["vintage"], licence=texts["licence"],
        attribution=texts["attribution"], attribution_url=texts.get("attribution_url", ""),
        population_source=texts.get("population_source", texts["publisher"]) if has_population else None,
        publisher=texts["publisher"], country=texts.get("country"), crs=crs,
    )  # fmt: skip
