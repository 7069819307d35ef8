"""Who shares what with whom: the register of existing cooperations, read from JSON and checked."""

import json
import logging
from collections.abc import Container
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from geoplan.errors import RegisterError, missing_file, reason_of
from geoplan.evidence import Table
from geoplan.evidence.table import shown
from geoplan.messages import Message
from geoplan.nearest import close_values
from geoplan.services.catalogue import load_services
from geoplan.services.service import COOPERATION_TYPES

LOG = logging.getLogger(__name__)

FEWEST_MEMBERS = 2
KEY_DIGITS = (2, 3, 5, 8, 9)
"""Lengths of German keys; a number that is one digit short has lost its leading zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation:
    """One existing cooperation."""

    id: str
    name: str
    type: str
    """One of the four forms of cooperation."""
    service: str | None
    """As the register names it, perhaps a field that the catalogue lacks; ``None`` where unknown."""
    legal_form: str | None
    members: tuple[str, ...]
    """Ids of the members, each once."""
    complete: bool
    """Whether these are all members."""
    source: str

    @property
    def known_service(self) -> str | None:
        """The service if the catalogue has it; one that it lacks counts as none."""
        return self.service if self.service in load_services() else None


@dataclass(frozen=True)
class CooperationRegister:
    """Known cooperations, with look-ups by member."""

    cooperations: tuple[Cooperation, ...] = ()
    """Ids are distinct."""
    warnings: tuple[Message, ...] = field(default=(), compare=False)
    """What was odd about the register but no reason to reject it."""

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place, cooperation in enumerate(self.cooperations):
            for member in cooperation.members:
                places.setdefault(member, []).append(place)
        return places

    def of(self, unit_id: str) -> tuple[Cooperation, ...]:
        """The cooperations that a unit is in, in the order of the register."""
        return tuple(self.cooperations[place] for place in self._places.get(unit_id, ()))

    def shared(self, one: str, other: str) -> tuple[Cooperation, ...]:
        """The cooperations that two units are in together."""
        others = set(self._places.get(other, ()))
        return tuple(self.cooperations[place] for place in self._places.get(one, ()) if place in others)

    def partners_of(self, unit_id: str, service: str | None = None) -> dict[str, tuple[Cooperation, ...]]:
        """Whom a unit works with, and in which cooperations; of one ``service`` only where it is given."""
        partners: dict[str, tuple[Cooperation, ...]] = {}
        for cooperation in self.of(unit_id):
            if service is None or cooperation.service == service:
                for member in cooperation.members:
                    if member != unit_id:
                        partners[member] = (*partners.get(member, ()), cooperation)
        return partners

    def without(self, cooperation_id: str) -> "CooperationRegister":
        """The register as if this cooperation were not known."""
        kept = tuple(one for one in self.cooperations if one.id != cooperation_id)
        return CooperationRegister(kept, self.warnings)

    def known(self, units: Container[str]) -> "CooperationRegister":
        """The register as far as a dataset knows the members.

        Members that ``units`` lacks are left out and named in ``warnings``; the cooperation is then no
        longer complete. One that keeps fewer than two members is left out.
        """
        kept, warnings = [], list(self.warnings)
        for cooperation in self.cooperations:
            members = tuple(member for member in cooperation.members if member in units)
            whole = len(members) == len(cooperation.members)
            if not whole:
                warnings.append(_unknown_members(cooperation, set(members)))
            if len(members) >= FEWEST_MEMBERS:
                kept.append(cooperation if whole else replace(cooperation, members=members, complete=False))
        return CooperationRegister(tuple(kept), tuple(warnings))


def _unknown_members(cooperation: Cooperation, known: set[str]) -> Message:
    unknown = [member for member in cooperation.members if member not in known]
    return Message(
        "Cooperation “{name}”: the dataset does not know {count} of {all} members: {members}.",
        name=cooperation.name, count=len(unknown), all=len(cooperation.members), members=", ".join(unknown),
    )  # fmt: skip


def read_register(path: str | Path) -> CooperationRegister:
    """Read a register of cooperations.

    Raises
    ------
    MissingFileError
        There is no such file.
    RegisterError
        The file cannot be read, is not JSON, or an entry is wrong; the message names the file, the entry
        and the field, as in ``cooperations[3].members[2]``.
    """
    try:
        return parse_register(_read_json(path))
    except RegisterError as error:
        message = Message("{file}: {problem}", file=shown(str(path)), problem=error.message)
        raise RegisterError(message, value=error.value, nearest=error.nearest) from error


def _read_json(path: str | Path) -> object:
    try:
        return json.loads(Path(path).read_bytes())
    except FileNotFoundError as error:
        raise missing_file(path) from error
    except OSError as error:
        message = Message("cannot be read ({reason}).", reason=reason_of(error))
        raise RegisterError(message, value=str(path)) from error
    except RecursionError as error:
        raise RegisterError(Message("nested too deeply."), value=str(path)) from error
    except ValueError as error:  # not JSON, not UTF-8, a number without end, a NUL in the path
        raise RegisterError(
            Message("not JSON ({reason}).", reason=shown(str(error))), value=str(path)
        ) from error


def parse_register(document: object) -> CooperationRegister:
    """Check the values of a register; fields that this version does not know are read over.

    Raises
    ------
    RegisterError
        An entry is wrong; the message names the entry and the field.
    """
    entries = Table(document, error=RegisterError).tables("cooperations")
    cooperations = tuple(_cooperation(entry) for entry in entries)
    _check_ids(cooperations, entries)
    warnings = tuple(_unknown_service(one) for one in cooperations if one.service != one.known_service)
    for warning in warnings:
        LOG.warning("%s", warning)
    return CooperationRegister(cooperations, warnings)


def _cooperation(entry: Table) -> Cooperation:
    cooperation = Cooperation(
        id=entry.text("id"),
        name=entry.text("name"),
        type=entry.known_text("type", COOPERATION_TYPES),
        service=entry.nullable_text("service"),
        legal_form=entry.optional_text("legal_form"),
        members=entry.distinct_texts("members", hint=_with_leading_zero),
        complete=entry.flag("complete"),
        source=entry.text("source"),
    )
    if len(cooperation.members) < FEWEST_MEMBERS:
        problem = Message(
            "a cooperation has at least two members, not {count}", count=len(cooperation.members)
        )
        entry.fail("members", problem, cooperation.members)
    return cooperation


def _with_leading_zero(value: object) -> list[str]:
    """What a key written as a number may have been: a text, perhaps with a leading zero that is lost."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 10 ** max(KEY_DIGITS):
        return []
    digits = str(value)
    return [digits.zfill(length) for length in KEY_DIGITS if 0 <= length - len(digits) <= 1]


def _check_ids(cooperations: tuple[Cooperation, ...], entries: list[Table]) -> None:
    first: dict[str, int] = {}
    for place, cooperation in enumerate(cooperations):
        if cooperation.id in first:
            problem = Message(
                "“{value}” is the id of cooperations[{place}] too",
                value=cooperation.id,
                place=first[cooperation.id],
            )
            entries[place].fail("id", problem, cooperation.id)
        first[cooperation.id] = place


def _unknown_service(cooperation: Cooperation) -> Message:
    service = str(cooperation.service)
    nearest = close_values(service, load_services())
    said = Message(
        "Cooperation “{name}”: the catalogue has no service “{service}”; it counts as none.",
        name=cooperation.name, service=service,
    )  # fmt: skip
    if not nearest:
        return said
    hint = Message("Nearest valid values: {values}.", values=", ".join(nearest))
    return Message("{said} {hint}", said=said, hint=hint)
