"""What the map says of a network: pieces, weak points, who is left alone, bodies that exist, levels."""

from collections.abc import Sequence
from dataclasses import replace

from geoplan.evidence import Mark
from geoplan.messages import Localised, Message
from geoplan.networks.contiguity import needs_contiguity
from geoplan.networks.footprint import Footprint
from geoplan.rules import Check, RuleKind, Status
from geoplan.services import Service
from geoplan.services.service import TaskLevel
from geoplan.suggestions.vertical import county_free
from geoplan.units import Level

HALF = 0.5
SAME_SERVICE = Message(", for the same service: join it or widen it")
OTHER_SERVICE = Message(", for another service: it could take this on")


def structure_checks(footprint: Footprint, service: Service) -> list[Check]:
    """All checks that need no rule of law or funding."""
    # Where the area need not be connected, what breaks it is worth knowing and no more.
    risk = RuleKind.ADVICE if needs_contiguity(service) else RuleKind.HINT
    found = [
        _contiguity(footprint, service),
        _articulation(footprint, risk),
        _enclosed(footprint, risk),
        _usual_size(footprint, service),
        *_existing_cooperations(footprint, service),
        *_associations(footprint),
    ]
    return found if footprint.atlas.provenance.country != "DE" else [*found, _level(footprint, service)]


def _check(  # noqa: PLR0913 - the parts of a check
    rule: str,
    status: Status,
    label: Message,
    text: Localised,
    *,
    kind: RuleKind = RuleKind.ADVICE,
    source: str | None = None,
    mark: Mark = Mark.DERIVED,
) -> Check:
    return Check(rule=rule, status=status, label=label, text=text, kind=kind, source=source, mark=mark)


def _contiguity(footprint: Footprint, service: Service) -> Check:
    label, source = Message("connected area"), service.source_of("spatial")
    kind = RuleKind.REQUIREMENT if needs_contiguity(service) else RuleKind.HINT
    pieces, own = footprint.components, footprint.without_holders
    if len(pieces) <= 1 and len(own.components) > 1:
        text = Message(
            "Only {names} joins the members: without it they form {count} separate pieces: {parts}.",
            names=footprint.names(footprint.holding), count=len(own.components), parts=_parts(own),
        )  # fmt: skip
        status = Status.UNCLEAR if needs_contiguity(service) else Status.MET
        return _check("contiguity", status, label, text, kind=kind, source=source)
    if len(pieces) <= 1:
        text = Message("All members form one connected area.")
        return _check("contiguity", Status.MET, label, text, kind=kind, source=source)
    parts = _parts(footprint)
    if needs_contiguity(service):
        text = Message(
            "The members form {count} separate pieces, though {service} needs a connected area: {parts}.",
            count=len(pieces), service=service.label, parts=parts,
        )  # fmt: skip
        return _check("contiguity", Status.MISSED, label, text, kind=kind, source=source)
    text = Message(
        "The members form {count} separate pieces, which {service} allows: {parts}.",
        count=len(pieces), service=service.label, parts=parts,
    )  # fmt: skip
    return _check("contiguity", Status.MET, label, text, kind=kind, source=source)


def _parts(footprint: Footprint) -> str:
    return " | ".join(footprint.names(footprint.rows[piece].tolist()) for piece in footprint.components)


def _articulation(footprint: Footprint, kind: RuleKind) -> Check:
    """Whose leaving breaks the area; a county makes no whole of municipalities that it holds."""
    label = Message("holds together if one leaves")
    own = footprint.without_holders
    whole = footprint if len(own.components) > 1 else own
    if not whole.articulation:
        text = Message("The area holds together whichever member leaves.")
        return _check("articulation", Status.MET, label, text, kind=kind)
    names = footprint.names(whole.rows[whole.articulation].tolist())
    text = (
        Message("Should {name} leave, the area falls into pieces.", name=names)
        if len(whole.articulation) == 1
        else Message("Should one of these leave, the area falls into pieces: {names}.", names=names)
    )
    return _check("articulation", Status.MISSED, label, text, kind=kind)


def _enclosed(footprint: Footprint, kind: RuleKind) -> Check:
    label = Message("nobody left alone outside")
    if not footprint.enclosed:
        text = Message("Nobody outside is surrounded by members only.")
        return _check("isolated-outside", Status.MET, label, text, kind=kind)
    text = Message(
        "Outside, yet surrounded by members only: {names}. Ask them first.",
        names=footprint.names(footprint.enclosed),
    )
    return _check("isolated-outside", Status.MISSED, label, text, kind=kind)


def _usual_size(footprint: Footprint, service: Service) -> Check:
    label, source = Message("usual number of partners for this task"), service.source_of("partners")
    mark = service.statements["partners"].mark
    low, high, count = service.partners_min or 2, service.partners_max, len(footprint.rows)
    inside = low <= count and (high is None or count <= high)
    text = (
        Message("Members: {count}; at least {low} are usual.", count=count, low=low)
        if high is None
        else Message("Members: {count}; {low} to {high} are usual.", count=count, low=low, high=high)
    )
    status = Status.MET if inside else Status.MISSED
    return _check("usual-size", status, label, text, source=source, mark=mark)


def _existing_cooperations(footprint: Footprint, service: Service) -> list[Check]:
    """Cooperations of the register that members are in already: joining one may do."""
    atlas, label = footprint.atlas, Message("is there cooperation already?")
    ids = [atlas.units.ids[row] for row in footprint.rows.tolist()]
    found = {one.id: one for member in ids for one in atlas.register.of(member)}
    if not atlas.register.cooperations:
        text = Message(
            "There are no data here on existing cooperations: ask the partners who already works together."
        )
        return [_check("existing-bodies", Status.UNCLEAR, label, text)]
    checks = []
    for cooperation in found.values():
        inside = [member for member in ids if member in cooperation.members]
        same = cooperation.service == service.key
        if not same and len(inside) < max(2, HALF * len(ids)):
            continue
        text = Message(
            "{name}: {inside} of {all} members are in it already{rest}.",
            name=cooperation.name, inside=len(inside), all=len(ids),
            rest=SAME_SERVICE if same else OTHER_SERVICE,
        )  # fmt: skip
        status = Status.MISSED if same else Status.UNCLEAR
        checks.append(
            _check(
                f"existing-bodies.{cooperation.id}", status, label, text,
                source=cooperation.source, mark=Mark.VERIFIED,
            )
        )  # fmt: skip
    text = Message("No cooperation of the register overlaps with this group for this service.")
    return checks or [_check("existing-bodies", Status.MET, label, text)]


def _associations(footprint: Footprint) -> list[Check]:
    """Associations of municipalities that are split, or that could do the task themselves."""
    atlas, checks = footprint.atlas, []
    split = []
    for association, places in footprint.associations().items():
        fellows = atlas.hierarchy.members(association, Level.MUNICIPALITY)
        missing = sorted(set(fellows.tolist()) - set(footprint.rows[places].tolist()))
        if missing:
            split.append((association, missing))
        elif len(places) == len(footprint.rows) > 1:
            text = Message(
                "The members are just {association}: it can take the task on, without a new body.",
                association=atlas.units.title(association),
            )
            checks.append(
                _check("existing-association", Status.UNCLEAR, Message("is there cooperation already?"), text)
            )
    label = Message("associations of municipalities stay whole")
    if not split:
        return [*checks, _check("associations-whole", Status.MET, label, Message("No association is split."))]
    return [*checks, _check("associations-whole", Status.MISSED, label, _split_text(footprint, split))]


def _split_text(footprint: Footprint, split: Sequence[tuple[int, list[int]]]) -> Message:
    title = footprint.atlas.units.title
    parts = " | ".join(f"{title(one)}: {_some(footprint, missing)}" for one, missing in split)
    return Message("Of these associations some members are missing: {parts}.", parts=parts)


SHOWN = 5


def _some(footprint: Footprint, rows: list[int]) -> str:
    more = f" (+{len(rows) - SHOWN})" if len(rows) > SHOWN else ""
    return footprint.names(rows[:SHOWN]) + more


def _level(footprint: Footprint, service: Service) -> Check:
    """Whether the members hold the task by law."""
    label, states = Message("members hold the task"), footprint.above(Level.STATE)
    task = service.task_in(states)
    level, statement = task.level, task.statement
    wrong = [row for row in footprint.rows.tolist() if not _holds(footprint, row, level)]
    if level == TaskLevel.LAND_SPECIFIC:
        status, text = Status.UNCLEAR, _unknown_level(footprint, service, states)
    elif statement.mark in (Mark.UNVERIFIED, Mark.CONFLICT):
        status, text = Status.UNCLEAR, Message("{level}", level=level.label)
    elif wrong:
        status = Status.MISSED if level == TaskLevel.COUNTY else Status.UNCLEAR
        text = Message("{level}; it is not that of {names}", level=level.label, names=footprint.names(wrong))
    else:
        status, text = Status.MET, Message("{level}: all members hold it", level=level.label)
    check = _check(
        "task-level", status, label, Message("{service}: {text}.", service=service.label, text=text),
        kind=RuleKind.REQUIREMENT, source=statement.reference, mark=statement.mark,
    )  # fmt: skip
    # What was read of this state belongs here; what is said of the service in general stands elsewhere.
    note = None if statement is service.statements["task"] else statement.note
    return replace(check, as_of=service.as_of, note=note)


def _unknown_level(footprint: Footprint, service: Service, states: Sequence[str]) -> Message:
    """That the states decide, and for which of them it is not kept what they have decided."""
    units, kept = footprint.atlas.units, service.by_state
    unknown = [one for one in states if one not in kept or kept[one].level == TaskLevel.LAND_SPECIFIC]
    names = ", ".join(units[one].name for one in unknown or states)
    if not names:
        return Message("{level}", level=service.level.label)
    if not unknown:
        return Message("{level}; it differs between {names}", level=service.level.label, names=names)
    return Message("{level}; for {names} that is not kept here", level=service.level.label, names=names)


def _holds(footprint: Footprint, row: int, level: TaskLevel) -> bool:
    own = footprint.atlas.units.level[row]
    if level == TaskLevel.COUNTY:
        return own == Level.COUNTY or (own == Level.MUNICIPALITY and county_free(footprint.atlas, row))
    if level == TaskLevel.MUNICIPALITY:
        return own in (Level.MUNICIPALITY, Level.ASSOCIATION)
    return True
