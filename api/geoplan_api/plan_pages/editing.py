"""A section as a form: what stands in it, what was entered, and what is wrong with that."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from geoplan.errors import GeoplanError
from geoplan.messages import Localised, Message
from geoplan.plans import Plan, StoredPlan
from geoplan.plans.reading import changed
from geoplan_api.plan_pages import vocabulary
from geoplan_api.plan_pages.fields import EntryError, Field, Kind
from geoplan_api.plan_pages.sections import Row, Section

BLANK_ROWS = 1
MORE_ROWS = 3
MOST_ROWS = 1000
REMOVE = "remove"
HERE = Message(
    "The plan was changed in the meantime (version {version}), “{section}” too. Nothing was overwritten: what"
    " was entered stands below, what is kept now above it. Saving again puts what was entered in its place."
)
ELSEWHERE = Message(
    "The plan was changed in the meantime (version {version}), “{section}” was not. What was entered stands"
    " below; saving again keeps both."
)
_NAME = re.compile(r"([0-9]{1,4})\.([a-z_]{1,30})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a form."""

    texts: Mapping[str, str]
    """What stands in each field."""
    remove: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)
    """What is wrong, by field, in the reader's language."""

    def is_blank(self, section: Section) -> bool:
        """Whether nothing was entered."""
        return not any(self.texts.get(one.name, "").strip() for one in section.fields if one.says_something)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionForm:
    """A section as it is edited."""

    section: Section
    entries: tuple[Entry, ...]
    choices: Mapping[str, Mapping[str, Localised]]
    version: int
    """That of the plan on which the form is laid over."""
    problem: str = ""
    """What is wrong with the whole."""
    newer: str = ""
    """What somebody else has done in the meantime; empty where nobody has."""

    def options(self, one: Field) -> Mapping[str, Localised]:
        """What can be chosen in a field."""
        return self.choices.get(one.name) or one.choices

    def with_problem(self, problem: str) -> "SectionForm":
        """The same with what is wrong with it."""
        return replace(self, problem=problem)

    @property
    def has_problems(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.problem or self.newer) or any(entry.problems for entry in self.entries)


def opened(section: Section, plan: Plan, version: int, lang: str) -> SectionForm:
    """The form with what the plan holds, and room for one more."""
    document = plan.to_dict()
    entries = tuple(
        Entry(texts={one.name: one.entry(row.get(one.name), lang) for one in section.fields})
        for row in section.rows_of(document)
    )
    return SectionForm(
        section=section, entries=(*entries, *_blank(section, BLANK_ROWS)), choices=section.choices(document),
        version=version,
    )  # fmt: skip


def entered(section: Section, plan: Plan, version: int, given: Mapping[str, str]) -> SectionForm:
    """The form as it was sent."""
    texts: dict[int, dict[str, str]] = {}
    for name, text in given.items():
        found = _NAME.fullmatch(name)
        if found and int(found[1]) < MOST_ROWS:
            texts.setdefault(int(found[1]), {})[found[2]] = text
    entries = tuple(Entry(texts=row, remove=row.pop(REMOVE, "") != "") for _, row in sorted(texts.items()))
    if not section.is_list:
        entries = entries[:1] or (Entry(texts={}),)
    return SectionForm(
        section=section, entries=entries, choices=section.choices(plan.to_dict()), version=version
    )


def with_room(form: SectionForm) -> SectionForm:
    """The form with room for more entries."""
    return replace(form, entries=(*form.entries, *_blank(form.section, MORE_ROWS)))


def outdated(form: SectionForm, versions: tuple[StoredPlan, ...], lang: str) -> SectionForm:
    """The form laid over the newest version: what was entered stays, and what has changed is told."""
    newest = versions[-1]
    before = next((one.plan for one in versions if one.version == form.version), None)
    rows_of = form.section.rows_of
    same = before is not None and rows_of(before.to_dict()) == rows_of(newest.plan.to_dict())
    message = ELSEWHERE if same else HERE
    newer = message.filled(section=form.section.title, version=newest.version).text(lang)
    return replace(form, version=newest.version, newer=newer)


def applied(form: SectionForm, plan: Plan, lang: str) -> tuple[Plan | None, SectionForm]:
    """The plan with what was entered; ``None`` where that cannot be, and then the form says why."""
    section = form.section
    kept = [entry for entry in form.entries if not (section.is_list and _is_out(entry, section))]
    if section.is_list:
        form = replace(form, entries=tuple(kept))
    read = [_read(section, entry, lang) for entry in kept]
    if any(problems for _, problems in read):
        marked = zip(kept, read, strict=True)
        return None, replace(
            form, entries=tuple(replace(entry, problems=problems) for entry, (_, problems) in marked)
        )
    try:
        changes = section.changes_of(plan.to_dict(), [row for row, _ in read])
        return changed(plan, changes), form
    except GeoplanError as error:
        return None, replace(form, problem=told(error, section, lang))


def told(error: GeoplanError, section: Section, lang: str) -> str:
    """What is wrong, with the name that the field has on the page."""
    path = str(error.message.values.get("field", ""))
    last = path.rpartition(".")[2].partition("[")[0]
    labels = {one.name: one.label for one in section.fields}
    fact = vocabulary.FACTS.get(str(error.message.values.get("fact")))
    if last not in labels and fact is None:
        return error.text(lang)
    shown = {"field": labels[last]} if fact is None else {"fact": fact}
    return Message(error.message.template, **{**error.message.values, **shown}).text(lang)


def _is_out(entry: Entry, section: Section) -> bool:
    return entry.remove or entry.is_blank(section)


def _read(section: Section, entry: Entry, lang: str) -> tuple[Row, dict[str, str]]:
    row: Row = {}
    problems: dict[str, str] = {}
    for one in section.fields:
        try:
            value: Any = one.read(entry.texts.get(one.name, ""), lang)
        except EntryError as error:
            problems[one.name] = error.message.text(lang)
            continue
        # What is left out of a list is as usual; a single value that was cleared is cleared.
        if value is not None or not section.is_list:
            row[one.name] = value
    return row, problems


def _blank(section: Section, count: int) -> tuple[Entry, ...]:
    if not section.is_list:
        return ()
    texts = {one.name: one.usual for one in section.fields}
    return tuple(Entry(texts=texts) for _ in range(count))


def control_of(one: Field) -> str:
    """The type of the input element."""
    return {Kind.DATE: "date", Kind.TIME: "datetime-local", Kind.LINK: "url"}.get(one.kind, "text")
