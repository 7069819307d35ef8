"""What the plan of a network holds, table by table; no rows where it holds nothing."""

from collections.abc import Iterable
from decimal import Decimal

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan.plans import Plan
from geoplan.plans.model import (
    Degree,
    DocumentKind,
    MeetingKind,
    Participant,
    ParticipantRole,
    Resolution,
    Rhythm,
)
from geoplan.rules.facts import FACTS
from geoplan.rules.stated import value_text
from geoplan.units import COUNTY_FREE, Level
from geoplan_dossier.cells import Column, Kind, Table

ROLES = {
    ParticipantRole.OPEN: Message("still open"),
    ParticipantRole.LEAD: Message("lead"),
    ParticipantRole.MEMBER: Message("member"),
    ParticipantRole.COORDINATOR: Message("coordination"),
    ParticipantRole.PROPOSED_COORDINATOR: Message("coordination (proposal)"),
    ParticipantRole.GUEST: Message("guest"),
}
RESOLUTIONS = {
    Resolution.OPEN: Message("open"),
    Resolution.APPROVED: Message("approved"),
    Resolution.REJECTED: Message("rejected"),
}
RHYTHMS = {
    Rhythm.ONCE: Message("once"),
    Rhythm.WEEKLY: Message("weekly"),
    Rhythm.MONTHLY: Message("monthly"),
    Rhythm.QUARTERLY: Message("quarterly"),
    Rhythm.YEARLY: Message("yearly"),
}
MEETING_KINDS = {MeetingKind.MEETING: Message("meeting"), MeetingKind.TRAINING: Message("training")}
DEGREES = {Degree.LOW: Message("low"), Degree.MEDIUM: Message("medium"), Degree.HIGH: Message("high")}
DOCUMENT_KINDS = {
    DocumentKind.LETTER_OF_INTENT: Message("letter of intent"),
    DocumentKind.CONTRACT: Message("contract"),
    DocumentKind.RESOLUTION: Message("resolution"),
    DocumentKind.APPLICATION: Message("application"),
    DocumentKind.REPORT: Message("report"),
    DocumentKind.OTHER: Message("other"),
}

COUNCIL = Message("council")
COUNTY_COUNCIL = Message("county council (Kreistag)")
COMPETENT_BODY = Message("body responsible there")
TIME = Message("{time} h")


def plan_tables(plan: Plan, atlas: Atlas, lang: str) -> list[Table]:
    """The tables that have rows; the atlas tells what the units of the participants are."""
    before = (facts(plan, lang), goals(plan, lang), participants(plan, atlas, lang))
    after = (responsibilities, finance, meetings, risks, documents, monitoring)
    return [table for table in (*before, *(make(plan, lang) for make in after)) if table.rows]


def facts(plan: Plan, lang: str) -> Table:
    """What the partners state of what rules ask for."""
    columns = (
        Column(key="fact", label=Message("Fact"), width=60),
        Column(key="value", label=Message("Stated"), width=30),
    )
    rows = tuple(
        (FACTS[key].label.text(lang) if key in FACTS else key, value_text(value, lang))
        for key, value in plan.facts.items()
    )
    return Table(key="facts", title=Message("Stated by the partners"), columns=columns, rows=rows)


def goals(plan: Plan, lang: str) -> Table:  # noqa: ARG001 - as all tables are made
    """The goals with their indicators."""
    columns = (
        Column(key="goal", label=Message("Goal"), width=50),
        Column(key="indicator", label=Message("Indicator"), width=34),
        Column(key="unit", label=Message("Unit"), width=10),
        Column(key="baseline", label=Message("Baseline"), kind=Kind.PLAIN, width=11),
        Column(key="target", label=Message("Target"), kind=Kind.PLAIN, width=11),
        Column(key="year", label=Message("Target year"), kind=Kind.YEAR, width=8),
    )
    rows = tuple(
        (goal.text, one.name, one.unit, one.baseline, one.target, one.target_year)
        for goal in plan.goals for one in goal.indicators
    )  # fmt: skip
    bare = tuple((goal.text, None, None, None, None, None) for goal in plan.goals if not goal.indicators)
    return Table(key="goals", title=Message("Goals"), columns=columns, rows=rows + bare)


def participants(plan: Plan, atlas: Atlas, lang: str) -> Table:
    """Who takes part, who decides there, and how."""
    columns = (
        Column(key="name", label=Message("Participant"), width=30),
        Column(key="role", label=Message("Role"), width=14),
        Column(key="contact", label=Message("Contact"), width=30),
        Column(key="body", label=Message("Decided by"), width=24),
        Column(key="result", label=Message("Decision"), width=20),
        Column(key="on", label=Message("Decided on"), kind=Kind.DAY, width=13),
        Column(key="reference", label=Message("Reference"), width=24),
    )
    rows = tuple(
        (
            one.name, ROLES[one.role].text(lang), one.contact, _body(one, atlas, lang),
            RESOLUTIONS[one.decision.result].text(lang), one.decision.on, one.decision.reference,
        )
        for one in plan.participants
    )  # fmt: skip
    return Table(key="participants", title=Message("Participants"), columns=columns, rows=rows)


def _body(participant: Participant, atlas: Atlas, lang: str) -> str | None:
    """Who decides for a participant; ``None`` for a company or an agency.

    What the council of a municipality is called differs by state and kind of place. Unions of counties that
    are called otherwise (Region Hannover) have no Kreistag, associations an assembly or a council.
    """
    if participant.unit is None:
        return None
    unit = atlas.units.get(participant.unit)
    if unit is None or atlas.provenance.country != "DE":
        return COMPETENT_BODY.text(lang)
    if unit.level is Level.MUNICIPALITY or unit.designation in COUNTY_FREE:
        return COUNCIL.text(lang)
    is_county = unit.level is Level.COUNTY and "kreis" in unit.title.lower()
    return (COUNTY_COUNCIL if is_county else COMPETENT_BODY).text(lang)


def responsibilities(plan: Plan, lang: str) -> Table:  # noqa: ARG001 - as all tables are made
    """Who does what."""
    columns = (
        Column(key="task", label=Message("Task"), width=40),
        Column(key="who", label=Message("Responsible"), width=30),
        Column(key="posts", label=Message("Full-time posts"), kind=Kind.PLAIN, width=14),
    )
    rows = tuple((one.task, one.who, one.full_time_posts) for one in plan.responsibilities)
    return Table(key="responsibilities", title=Message("Responsibilities"), columns=columns, rows=rows)


def finance(plan: Plan, lang: str) -> Table:
    """The money, year by year, with its sum."""
    columns = (
        Column(key="year", label=Message("Year"), kind=Kind.YEAR, width=8),
        Column(key="cost", label=Message("Cost, €"), kind=Kind.CENTS, width=16),
        Column(key="grant", label=Message("Grant, €"), kind=Kind.CENTS, width=16),
        Column(key="own", label=Message("Own share, €"), kind=Kind.CENTS, width=16),
    )
    rows = tuple((one.year, one.cost_eur, one.grant_eur, one.own_eur) for one in plan.finance)
    sums = (
        _sum(one.cost_eur for one in plan.finance), _sum(one.grant_eur for one in plan.finance),
        _sum(one.own_eur for one in plan.finance),
    )  # fmt: skip
    total = (Message("Sum").text(lang), *sums) if len(rows) > 1 else None
    return Table(key="finance", title=Message("Finance plan"), columns=columns, rows=rows, total=total)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; ``None`` where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def meetings(plan: Plan, lang: str) -> Table:
    """The meetings, series by series."""
    columns = (
        Column(key="title", label=Message("Meeting"), width=34),
        Column(key="kind", label=Message("Kind"), width=14),
        Column(key="starts", label=Message("First on"), kind=Kind.DAY, width=13),
        Column(key="time", label=Message("Time of day"), width=8),
        Column(key="rhythm", label=Message("Rhythm"), width=14),
        Column(key="count", label=Message("Number"), kind=Kind.WHOLE, width=8),
        Column(key="place", label=Message("Place"), width=24),
    )
    rows = tuple(
        (
            one.title, MEETING_KINDS[one.kind].text(lang), one.starts.date(),
            TIME.filled(time=f"{one.starts:%H:%M}").text(lang), RHYTHMS[one.rhythm].text(lang),
            one.count, one.place,
        )
        for one in plan.meetings
    )  # fmt: skip
    return Table(key="meetings", title=Message("Meetings"), columns=columns, rows=rows)


def risks(plan: Plan, lang: str) -> Table:
    """What may go wrong, and what is done about it."""
    columns = (
        Column(key="risk", label=Message("Risk"), width=44),
        Column(key="likelihood", label=Message("Likelihood"), width=20),
        Column(key="impact", label=Message("Impact"), width=14),
        Column(key="response", label=Message("Response"), width=44),
    )
    rows = tuple(
        (one.text, DEGREES[one.likelihood].text(lang), DEGREES[one.impact].text(lang), one.response)
        for one in plan.risks
    )
    return Table(key="risks", title=Message("Risks"), columns=columns, rows=rows)


def documents(plan: Plan, lang: str) -> Table:
    """The documents, by their links."""
    columns = (
        Column(key="title", label=Message("Document"), width=34),
        Column(key="kind", label=Message("Kind"), width=20),
        Column(key="on", label=Message("Date"), kind=Kind.DAY, width=13),
        Column(key="link", label=Message("Link"), width=60),
    )
    rows = tuple((one.title, DOCUMENT_KINDS[one.kind].text(lang), one.on, one.link) for one in plan.documents)
    return Table(key="documents", title=Message("Documents"), columns=columns, rows=rows)


def monitoring(plan: Plan, lang: str) -> Table:  # noqa: ARG001 - as all tables are made
    """What was measured."""
    names = {one.key: one.name for goal in plan.goals for one in goal.indicators}
    columns = (
        Column(key="indicator", label=Message("Indicator"), width=34),
        Column(key="on", label=Message("Date"), kind=Kind.DAY, width=13),
        Column(key="value", label=Message("Value"), kind=Kind.PLAIN, width=12),
        Column(key="note", label=Message("Note"), width=44),
    )
    rows = tuple(
        (names.get(one.indicator, one.indicator), one.on, one.value, one.note) for one in plan.monitoring
    )
    return Table(key="monitoring", title=Message("Measured values"), columns=columns, rows=rows)
