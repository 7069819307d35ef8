"""The sections of a plan that can be edited: their fields, and how they lie in the plan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from geoplan.messages import Localised, Message
from geoplan.services import load_services
from geoplan_api.plan_pages import shapes, vocabulary
from geoplan_api.plan_pages.facts import fact_fields
from geoplan_api.plan_pages.fields import Field, Kind

Row = dict[str, Any]
Document = Mapping[str, Any]
"""A plan as JSON has it."""


NOTHING = Message("Nothing here yet.")


def _nothing(_plan: Document) -> dict[str, dict[str, Localised]]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a plan that is read and edited as one."""

    key: str
    """In the address; where ``rows`` is not given also the name in the plan."""
    title: Message
    fields: tuple[Field, ...]
    one: Message | None = None
    """What a single entry is called; ``None``: the section is no list."""
    none: Message = NOTHING
    rows: Callable[[Document], list[Row]] | None = None
    changes: Callable[[Document, list[Row]], dict[str, Any]] | None = None
    choices: Callable[[Document], Mapping[str, Mapping[str, Localised]]] = field(default=_nothing)
    """Choices that the plan itself gives, by field."""

    @property
    def is_list(self) -> bool:
        """Whether it holds any number of entries."""
        return self.one is not None

    def rows_of(self, plan: Document) -> list[Row]:
        """What the plan holds, as rows of values by field."""
        return list(plan[self.key]) if self.rows is None else self.rows(plan)

    def changes_of(self, plan: Document, rows: list[Row]) -> dict[str, Any]:
        """What the plan is changed in, that it holds these rows."""
        return {self.key: rows} if self.changes is None else self.changes(plan, rows)


def _services() -> dict[str, Localised]:
    return {key: service.label for key, service in load_services().items()}


BASICS = Section(
    key="basics", title=Message("Title and summary"), rows=shapes.basics_rows, changes=shapes.basics_changes,
    fields=(
        Field(name="title", label=Message("Title"), required=True),
        Field(name="summary", label=Message("Summary"), kind=Kind.LONG),
        Field(
            name="staff_informed", label=Message("Staff informed on"), kind=Kind.DATE,
            hint=Message("The day on which employees and their representatives were told."),
        ),
    ),
)  # fmt: skip
NETWORK = Section(
    key="network", title=Message("Network"), rows=shapes.network_rows, changes=shapes.network_changes,
    fields=(
        Field(name="service", label=Message("Service field"), kind=Kind.CHOICE, choices=_services()),
        Field(
            name="members", label=Message("Members"), kind=Kind.LINES,
            hint=Message("One a line: key (AGS, of a county its own), or an unambiguous name."),
        ),
    ),
)  # fmt: skip
FACTS = Section(
    key="facts", title=Message("Stated by the partners"), rows=shapes.fact_rows,
    changes=shapes.fact_changes, none=Message("Nothing stated yet."),
    fields=fact_fields(vocabulary.FACTS),
)  # fmt: skip
GOALS = Section(
    key="goals", title=Message("Goals"), one=Message("Goal"), rows=shapes.goal_rows,
    changes=shapes.goal_changes, none=Message("No goals yet."),
    fields=(
        Field(name="text", label=Message("Goal"), kind=Kind.LONG, required=True),
        Field(name="was", label=Message("Goal"), kind=Kind.HIDDEN),
    ),
)  # fmt: skip
INDICATORS = Section(
    key="indicators", title=Message("Indicators"), one=Message("Indicator"), rows=shapes.indicator_rows,
    changes=shapes.indicator_changes, choices=shapes.goal_choices, none=Message("No indicators yet."),
    fields=(
        Field(name="name", label=Message("Indicator"), required=True),
        Field(name="goal", label=Message("Goal"), kind=Kind.CHOICE, required=True),
        Field(name="unit", label=Message("Unit")),
        Field(name="baseline", label=Message("Baseline"), kind=Kind.NUMBER),
        Field(name="target", label=Message("Target"), kind=Kind.NUMBER),
        Field(name="target_year", label=Message("Target year"), kind=Kind.WHOLE),
        Field(name="key", label=Message("Key"), kind=Kind.HIDDEN),
    ),
)  # fmt: skip
MONITORING = Section(
    key="monitoring", title=Message("Measured values"), one=Message("Value"),
    choices=shapes.indicator_choices,
    none=Message("No values yet."),
    fields=(
        Field(name="indicator", label=Message("Indicator"), kind=Kind.CHOICE, required=True),
        Field(name="on", label=Message("Day"), kind=Kind.DATE, required=True),
        Field(name="value", label=Message("Value"), kind=Kind.NUMBER, required=True),
        Field(name="note", label=Message("Note")),
    ),
)  # fmt: skip
PARTICIPANTS = Section(
    key="participants", title=Message("Participants and council decisions"),
    one=Message("Participating body"),
    rows=shapes.participant_rows, changes=shapes.participant_changes, none=Message("No participants yet."),
    fields=(
        Field(name="name", label=Message("Name"), required=True),
        Field(
            name="role", label=Message("Role"), kind=Kind.CHOICE, choices=vocabulary.PARTICIPANT_ROLES,
            usual="open",
        ),
        Field(
            name="contact", label=Message("Contact"),
            hint=Message("A person who may decide, or a post."),
        ),
        Field(
            name="result", label=Message("Council decision"), kind=Kind.CHOICE,
            choices=vocabulary.RESOLUTIONS, usual="open",
        ),
        Field(name="decided", label=Message("Decided on"), kind=Kind.DATE),
        Field(name="reference", label=Message("Council paper")),
        Field(
            name="unit", label=Message("Key"), kind=Kind.KEY,
            hint=Message("AGS, of a county its own key; empty for a company or an agency."),
        ),
    ),
)  # fmt: skip
DECISIONS = Section(
    key="decisions", title=Message("Decision structure"), rows=lambda plan: [dict(plan["decisions"])],
    changes=lambda _plan, rows: {"decisions": rows[0]},
    fields=(
        Field(
            name="bodies", label=Message("Bodies"), kind=Kind.LINES,
            hint=Message("One a line, such as steering group, assembly."),
        ),
        Field(name="voting", label=Message("How they vote"), kind=Kind.LONG),
        Field(name="exit_rules", label=Message("Rules for leaving"), kind=Kind.LONG),
        Field(name="conflict_steps", label=Message("Steps in a conflict"), kind=Kind.LONG),
    ),
)  # fmt: skip
RESPONSIBILITIES = Section(
    key="responsibilities", title=Message("Responsibilities"), one=Message("Task"),
    none=Message("No responsibilities yet."),
    fields=(
        Field(name="task", label=Message("Task"), required=True),
        Field(name="who", label=Message("Who"), required=True),
        Field(name="full_time_posts", label=Message("Full-time posts"), kind=Kind.NUMBER),
    ),
)  # fmt: skip
FINANCE = Section(
    key="finance", title=Message("Finance"), one=Message("Year"), none=Message("No years yet."),
    fields=(
        Field(name="year", label=Message("Year"), kind=Kind.WHOLE, required=True),
        Field(name="cost_eur", label=Message("Cost"), kind=Kind.MONEY),
        Field(name="grant_eur", label=Message("Grant"), kind=Kind.MONEY),
        Field(name="own_eur", label=Message("Own funds"), kind=Kind.MONEY),
    ),
)  # fmt: skip
MEETINGS = Section(
    key="meetings", title=Message("Meetings"), one=Message("Meeting"), none=Message("No meetings yet."),
    fields=(
        Field(name="title", label=Message("Title"), required=True),
        Field(name="starts", label=Message("Begins"), kind=Kind.TIME, required=True),
        Field(name="minutes", label=Message("Minutes"), kind=Kind.WHOLE),
        Field(
            name="rhythm", label=Message("Repeated"), kind=Kind.CHOICE, choices=vocabulary.RHYTHMS,
            usual="once",
        ),
        Field(name="count", label=Message("How many times"), kind=Kind.WHOLE),
        Field(
            name="kind", label=Message("Kind"), kind=Kind.CHOICE, choices=vocabulary.MEETING_KINDS,
            usual="meeting",
        ),
        Field(name="place", label=Message("Place")),
        Field(name="key", label=Message("Key"), kind=Kind.HIDDEN),
    ),
)  # fmt: skip
DOCUMENTS = Section(
    key="documents", title=Message("Documents"), one=Message("Document"), none=Message("No documents yet."),
    fields=(
        Field(name="title", label=Message("Title"), required=True),
        Field(
            name="link", label=Message("Link"), kind=Kind.LINK, required=True,
            hint=Message("An address with https://; the file stays where it is."),
        ),
        Field(
            name="kind", label=Message("Kind"), kind=Kind.CHOICE, choices=vocabulary.DOCUMENT_KINDS,
            usual="other",
        ),
        Field(name="on", label=Message("Day"), kind=Kind.DATE),
    ),
)  # fmt: skip
RISKS = Section(
    key="risks", title=Message("Risks"), one=Message("Risk"), none=Message("No risks yet."),
    fields=(
        Field(name="text", label=Message("What may go wrong"), kind=Kind.LONG, required=True),
        Field(
            name="likelihood", label=Message("Likelihood"), kind=Kind.CHOICE, choices=vocabulary.DEGREES,
            usual="medium",
        ),
        Field(
            name="impact", label=Message("Impact"), kind=Kind.CHOICE, choices=vocabulary.DEGREES,
            usual="medium",
        ),
        Field(name="response", label=Message("What is done about it"), kind=Kind.LONG),
    ),
)  # fmt: skip

SECTIONS = {
    section.key: section
    for section in (
        BASICS, NETWORK, FACTS, GOALS, INDICATORS, MONITORING, PARTICIPANTS, DECISIONS, RESPONSIBILITIES,
        FINANCE, MEETINGS, DOCUMENTS, RISKS,
    )
}  # fmt: skip
"""By their names in the address, in the order of the page."""
SECTION_OF_FACTOR = {
    "service": "network", "contacts": "participants", "goals": "goals", "staff-informed": "basics",
    "letter-of-intent": "documents", "responsibilities": "responsibilities", "staff": "responsibilities",
    "finance": "finance", "risks": "risks", "council-decisions": "participants", "contract": "documents",
    "decision-structure": "decisions", "exit-rules": "decisions", "conflict-steps": "decisions",
    "indicators": "indicators", "meetings": "meetings", "monitoring": "monitoring", "report": "documents",
}  # fmt: skip
"""Where it is entered what a factor of the checklist asks for."""
