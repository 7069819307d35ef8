"""A dataset while it is being enriched: units, columns, tables, reports so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from geoplan.boundaries.dataset import BoundaryDataset
from geoplan.enrichment.columns import Columns, Extras, read_numbers, read_texts
from geoplan.enrichment.figures import Figures
from geoplan.enrichment.join import Join, join_places, without_rows
from geoplan.enrichment.note import SourceNote
from geoplan.enrichment.postcodes import Postcode, read_postcodes_of
from geoplan.enrichment.report import JoinReport, Without
from geoplan.messages import Message
from geoplan.provenance import Provenance
from geoplan.units import Level, UnitTable


@dataclass(kw_only=True)
class Draft:
    """What is being made; the steps change it one after the other."""

    units: UnitTable
    provenance: Provenance
    columns: Columns
    extras: dict[str, Callable[[], bytes]]
    postcodes: list[Postcode]
    older: Mapping[str, Mapping[str, Any]]
    """Rows of the sources that were joined before, by kind."""
    population_vintage: str | None
    notes: dict[str, SourceNote] = field(default_factory=dict)
    reports: list[JoinReport] = field(default_factory=list)
    key_changes: dict[str, str] = field(default_factory=dict)
    """Ids of the dataset and the keys of the same municipalities where population or jobs are from."""

    @classmethod
    def of(cls, dataset: BoundaryDataset, population_vintage: str | None) -> "Draft":
        """Begin with what a dataset has."""
        extras: Extras = dataset.extras
        return cls(
            units=dataset.units,
            provenance=dataset.provenance,
            columns=Columns(
                numbers=read_numbers(extras, dataset.units.ids), texts=read_texts(extras, dataset.units.ids)
            ),
            extras=dict(extras),
            postcodes=list(read_postcodes_of(extras, dataset.units.ids).entries),
            older={str(row.get("kind")): row for row in dataset.enrichment},
            population_vintage=population_vintage,
        )

    @property
    def german(self) -> bool:
        """Whether keys are German ones."""
        return self.provenance.country == "DE"

    def join(self, figures: Figures) -> Join:
        """Join the figures of municipalities."""
        return join_places(self.units, self.provenance.vintage, figures.ids, figures.names, figures.area_km2)

    def remember_keys(self, join: Join) -> None:
        """Keep under which keys a source knows its municipalities; what was remembered first goes before."""
        self.key_changes = {change.joined_to: change.id for change in join.key_changes} | self.key_changes

    def add(self, report: JoinReport) -> None:
        """Keep a report and the note of its source."""
        self.reports.append(report)
        self.notes[report.note.kind] = report.note

    def report(
        self, figures: Figures, join: Join, *, flags: tuple[Message, ...] = (),
        details: Mapping[str, Any] | None = None,
    ) -> JoinReport:  # fmt: skip
        """The report on figures of municipalities."""
        units = self.units
        without = without_rows(units, join.row)
        wanted = len(units.rows_of(Level.MUNICIPALITY))
        return JoinReport(
            note=figures.note,
            rows=len(figures.ids),
            matched=len(figures.ids) - len(join.unmatched),
            unmatched=join.unmatched,
            key_changes=join.key_changes,
            units=wanted,
            covered=wanted - len(without),
            without=tuple(Without(id=units.ids[row], name=units.names[row]) for row in without),
            flags=flags,
            details=details or {},
        )
