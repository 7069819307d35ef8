"""One step a kind of figures: read the file, join it, put the figures where they belong, report."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from geoplan.enrichment.columns import (
    FLOW_FILE,
    PROFILE_FILE,
    REGISTER_FILE,
    packed,
)
from geoplan.enrichment.commuting import commuting
from geoplan.enrichment.counties import Masses
from geoplan.enrichment.draft import Draft
from geoplan.enrichment.figures import Figures, PostcodeFigures
from geoplan.enrichment.flows import flow_table
from geoplan.enrichment.join import NO_SUCH_KEY, Join, Unmatched
from geoplan.enrichment.note import Day
from geoplan.enrichment.population import (
    area_differences,
    area_flags,
    joined,
    summed_above,
    with_population,
)
from geoplan.enrichment.postcodes import Postcode
from geoplan.enrichment.profiles import Profile, Profiles, profile_table
from geoplan.enrichment.readers.commuters import read_commuters
from geoplan.enrichment.readers.content import Content
from geoplan.enrichment.readers.fixed_width import is_fixed_width, read_fixed_width
from geoplan.enrichment.readers.gazetteer import read_gazetteer
from geoplan.enrichment.readers.municipal_csv import read_bbsr, read_jobs, read_population
from geoplan.enrichment.readers.postcodes import read_postcodes
from geoplan.enrichment.readers.profiles import read_profiles
from geoplan.enrichment.readers.workbook import is_workbook
from geoplan.enrichment.report import JoinReport, Without
from geoplan.services import read_register
from geoplan.services.register import FEWEST_MEMBERS


def add_population(draft: Draft, content: Content, *, keep_older: bool) -> None:
    """Population, and what else the Gemeindeverzeichnis has: area, seat's postcode, centre, DEGURBA."""
    figures = _population_figures(draft, content)
    join = draft.join(figures)
    draft.remember_keys(join)
    new = with_population(draft.units, join, figures, keep_older=keep_older)
    draft.units = new.units
    draft.provenance = replace(draft.provenance, population_source=new.sources)
    draft.population_vintage = figures.note.vintage
    numbers = {name: values for name, values in figures.numbers.items() if name != "population"}
    for name, values in {**numbers, "published_area_km2": figures.area_km2}.items():
        if not np.isnan(values).all():
            column = joined(draft.units, join, values)
            is_area = name == "published_area_km2"
            draft.columns.numbers[name] = summed_above(draft.units, column) if is_area else column
    if "postcode" in figures.texts:
        _seats(draft, join, figures.texts["postcode"])
    differences = area_differences(draft.units, join, figures)
    flags = (*new.flags, *area_flags(differences))
    draft.add(draft.report(figures, join, flags=flags, details={"area_relative": differences}))


def _population_figures(draft: Draft, content: Content) -> Figures:
    if is_workbook(content):
        return read_gazetteer(content)
    if is_fixed_width(content):
        return read_fixed_width(content)
    return read_population(content, german=draft.german)


def _seats(draft: Draft, join: Join, postcodes: Sequence[str | None]) -> None:
    """The seat's postcode of each municipality; shares that are known of others stay."""
    found = {
        int(row): postcode
        for row, postcode in zip(join.row.tolist(), postcodes, strict=True)
        if row >= 0 and postcode is not None
    }
    known = {
        (entry.row, entry.postcode) for entry in draft.postcodes if not entry.seat or entry.share is not None
    }
    kept = [
        replace(entry, seat=found.get(entry.row) == entry.postcode)
        for entry in draft.postcodes
        if (entry.row, entry.postcode) in known
    ]
    new = [
        Postcode(row=row, postcode=postcode, share=None, seat=True)
        for row, postcode in found.items()
        if (row, postcode) not in known
    ]
    draft.postcodes = [*kept, *new]


def add_jobs(draft: Draft, content: Content) -> None:
    """Jobs at the place of work; a level above has their sum where all are known."""
    figures = read_jobs(content, german=draft.german)
    join = draft.join(figures)
    draft.remember_keys(join)
    column = joined(draft.units, join, figures.numbers["jobs"])
    draft.columns.numbers["jobs"] = summed_above(draft.units, column)
    draft.add(draft.report(figures, join, flags=area_flags(area_differences(draft.units, join, figures))))


def add_bbsr(draft: Draft, content: Content) -> None:
    """Types and regions of the BBSR."""
    figures = read_bbsr(content, german=draft.german)
    join = draft.join(figures)
    for name, texts in figures.texts.items():
        column: list[str | None] = [None] * len(draft.units)
        for row, text in zip(join.row.tolist(), texts, strict=True):
            if row >= 0:
                column[row] = text
        draft.columns.texts[name] = column
    draft.add(draft.report(figures, join))


def add_postcodes(draft: Draft, content: Content) -> None:
    """Postcodes, many to many; what is known of seats stays."""
    figures = read_postcodes(content, german=draft.german)
    municipal = _distinct(figures)
    join = draft.join(municipal)
    row_of = dict(zip(municipal.ids, join.row.tolist(), strict=True))
    seats = {(entry.row, entry.postcode) for entry in draft.postcodes if entry.seat}
    entries = {
        (row_of[key], postcode): Postcode(
            row=row_of[key],
            postcode=postcode,
            share=None if np.isnan(share) else float(share),
            seat=(row_of[key], postcode) in seats,
        )
        for key, postcode, share in zip(figures.ids, figures.postcodes, figures.shares, strict=True)
        if row_of[key] >= 0
    }
    for row, postcode in seats:
        entries.setdefault((row, postcode), Postcode(row=row, postcode=postcode, share=None, seat=True))
    draft.postcodes = list(entries.values())
    draft.add(draft.report(municipal, join))


def _distinct(figures: PostcodeFigures) -> Figures:
    ids = list(dict.fromkeys(figures.ids))
    return Figures(
        note=figures.note,
        ids=ids,
        names=[figures.names.get(one, "") for one in ids],
        area_km2=np.full(len(ids), np.nan),
    )


def add_profiles(draft: Draft, content: Content) -> None:
    """Service profiles; municipalities that the dataset does not have are reported."""
    figures = read_profiles(content, german=draft.german)
    ids = list(dict.fromkeys(figures.ids))
    municipal = Figures(note=figures.note, ids=ids, names=[""] * len(ids), area_km2=np.full(len(ids), np.nan))
    join = draft.join(municipal)
    row_of = dict(zip(ids, join.row.tolist(), strict=True))
    entries = tuple(
        Profile(row=row_of[one], service=service, has=has, needs=needs, offers=offers)
        for one, service, has, needs, offers in zip(
            figures.ids, figures.services, figures.has, figures.needs, figures.offers, strict=True
        )
        if row_of[one] >= 0
    )
    content_bytes = packed(profile_table(draft.units.ids, Profiles(entries)))
    draft.extras[PROFILE_FILE] = lambda: content_bytes
    draft.add(draft.report(municipal, join))


def add_cooperations(draft: Draft, content: Content) -> None:
    """The register of existing cooperations; it is kept as it is."""
    register = read_register(content.path)
    units = draft.units
    members = {member: one.name for one in register.cooperations for member in one.members}
    unmatched = tuple(
        Unmatched(id=member, name=name, why=NO_SUCH_KEY.filled(vintage=Day(draft.provenance.vintage)))
        for member, name in members.items()
        if member not in units
    )
    known = [
        one
        for one in register.cooperations
        if sum(member in units for member in one.members) >= FEWEST_MEMBERS
    ]
    kept = {one.id for one in known}
    draft.extras[REGISTER_FILE] = lambda: content.data
    draft.add(
        JoinReport(
            note=content.note("cooperations", {}),
            rows=len(members),
            matched=len(members) - len(unmatched),
            unmatched=unmatched,
            key_changes=(),
            units=len(register.cooperations),
            covered=len(known),
            without=tuple(
                Without(id=one.id, name=one.name) for one in register.cooperations if one.id not in kept
            ),
            flags=register.warnings,
        )
    )


def add_commuters(draft: Draft, content: Content) -> None:
    """Commuter flows: as published, and spread over municipalities where only counties are known."""
    figures = read_commuters(content, german=draft.german)
    masses = Masses(people=draft.units.population, jobs=draft.columns.numbers["jobs"])
    found = commuting(draft.units, draft.provenance.vintage, figures, masses, draft.key_changes)
    content_bytes = packed(flow_table(found.flows))
    draft.extras[FLOW_FILE] = lambda: content_bytes
    draft.add(found.report)
