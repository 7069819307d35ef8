"""From a dataset and files of figures to an enriched dataset, with a report on every join."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from geoplan.boundaries.dataset import BoundaryDataset
from geoplan.enrichment.bases import check_bases
from geoplan.enrichment.columns import FIGURE_FILE, POSTCODE_FILE, REPORT_FILE, figure_table, packed
from geoplan.enrichment.draft import Draft
from geoplan.enrichment.note import SourceNote
from geoplan.enrichment.postcodes import Postcodes, postcode_table, sorted_entries
from geoplan.enrichment.readers.content import Content, read_content, vintage_in
from geoplan.enrichment.report import JoinReport
from geoplan.enrichment.steps import (
    add_bbsr,
    add_commuters,
    add_cooperations,
    add_jobs,
    add_population,
    add_postcodes,
    add_profiles,
)
from geoplan.errors import InvalidValueError
from geoplan.messages import SOURCE_LANGUAGE, Message

POPULATION = "population"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrichmentFiles:
    """The files of figures; those left out are not joined."""

    population: Path | None = None
    jobs: Path | None = None
    commuters: Path | None = None
    bbsr: Path | None = None
    postcodes: Path | None = None
    cooperations: Path | None = None
    profiles: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Enriched:
    """An enriched dataset."""

    dataset: BoundaryDataset
    population: Mapping[str, str]
    """The source of the population for the source row; empty where no new one was joined."""
    reports: tuple[JoinReport, ...]


def enrich(dataset: BoundaryDataset, files: EnrichmentFiles, *, allow_mixed: bool = False) -> Enriched:
    """Join figures to a dataset. The dataset that was given stays as it is.

    Parameters
    ----------
    allow_mixed
        Accept population, jobs and commuters of different times, and keep the older population where the new
        source has none; both are flagged in the reports.

    Raises
    ------
    EnrichmentError
        A file cannot be read; the message names sheet or line, column and value.
    RegisterError
        The register of cooperations cannot be read.
    InvalidValueError
        No file at all, or figures of different times.
    """
    contents = {
        field.name: read_content(path)
        for field in fields(files)
        if (path := getattr(files, field.name)) is not None
    }
    if not contents:
        raise InvalidValueError(Message("There is nothing to join: no file of figures was named."))
    draft = Draft.of(dataset, _population_vintage(dataset))
    _join_all(draft, contents, allow_mixed=allow_mixed)
    return _enriched(dataset, draft, _flagged(draft, allow_mixed=allow_mixed))


def _population_vintage(dataset: BoundaryDataset) -> str | None:
    """The date of the population that a dataset has already."""
    for row in dataset.enrichment:
        if row.get("kind") == POPULATION:
            return row.get("vintage")
    return vintage_in(dataset.provenance.population_source or "")


def _join_all(draft: Draft, contents: Mapping[str, Content], *, allow_mixed: bool) -> None:
    """Join the files, population and jobs before the commuters that are spread by them."""
    if POPULATION in contents:
        add_population(draft, contents[POPULATION], keep_older=allow_mixed)
    steps = {
        "jobs": add_jobs, "bbsr": add_bbsr, "postcodes": add_postcodes, "profiles": add_profiles,
        "cooperations": add_cooperations, "commuters": add_commuters,
    }  # fmt: skip
    for kind, step in steps.items():
        if kind in contents:
            if kind == "commuters":
                _flagged(draft, allow_mixed=allow_mixed)  # refuse before the long work
            step(draft, contents[kind])


def _flagged(draft: Draft, *, allow_mixed: bool) -> tuple[JoinReport, ...]:
    """The reports with flags where figures are of different times; refuses them where that is not allowed."""
    older = [_note(row) for kind, row in draft.older.items() if kind not in draft.notes]
    flags = check_bases(draft.population_vintage, [*draft.notes.values(), *older], allow_mixed=allow_mixed)
    return tuple(
        replace(report, flags=(*report.flags, *flags.get(report.note.kind, ()))) for report in draft.reports
    )


def _note(row: Mapping[str, Any]) -> SourceNote:
    """The note of a source that was joined before."""
    said = {field.name: row.get(field.name) for field in fields(SourceNote)}
    return SourceNote(**{**said, "kind": str(said["kind"]), "file": str(said["file"])})  # type: ignore[arg-type]


def _enriched(dataset: BoundaryDataset, draft: Draft, reports: tuple[JoinReport, ...]) -> Enriched:
    extras = dict(draft.extras)
    figures = packed(figure_table(draft.units.ids, draft.columns))
    extras[FIGURE_FILE] = lambda: figures
    if draft.postcodes:
        postcodes = packed(postcode_table(draft.units.ids, Postcodes(sorted_entries(draft.postcodes))))
        extras[POSTCODE_FILE] = lambda: postcodes
    told = _all_reports(dataset, reports)
    extras[REPORT_FILE] = lambda: told
    rows = {**draft.older, **{report.note.kind: _source_row(report) for report in reports}}
    population = draft.notes.get(POPULATION)
    return Enriched(
        dataset=replace(
            dataset,
            units=draft.units,
            provenance=draft.provenance,
            extras=extras,
            enrichment=tuple(rows[kind] for kind in sorted(rows)),
        ),
        population={} if population is None else _texts(population),
        reports=reports,
    )


def _texts(note: SourceNote) -> dict[str, str]:
    return {name: str(value) for name, value in note.to_dict().items() if value is not None}


def _source_row(report: JoinReport) -> dict[str, Any]:
    return {
        **report.note.to_dict(),
        "rows": report.rows,
        "matched": report.matched,
        "join_rate": round(report.rate, 6),
    }


def _all_reports(dataset: BoundaryDataset, reports: tuple[JoinReport, ...]) -> bytes:
    """All reports as JSON, those of earlier joins too where nothing newer took their place."""
    told: dict[str, Any] = {}
    if REPORT_FILE in dataset.extras:
        told = json.loads(dataset.extras[REPORT_FILE]())
    told |= {report.note.kind: report.to_dict(SOURCE_LANGUAGE) for report in reports}
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
