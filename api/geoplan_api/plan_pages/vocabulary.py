"""What the choices of a plan are called when people read them."""

from geoplan.messages import Message
from geoplan.networks.intentions import statable_facts
from geoplan.plans.model import Degree, DocumentKind, MeetingKind, ParticipantRole, Resolution, Rhythm
from geoplan.plans.states import Action
from geoplan.rules.facts import FACTS as DEFINITIONS
from geoplan.rules.facts import NO, YES

FACTS = {name: DEFINITIONS[name].label for name in statable_facts()}
YES_NO = {"yes": YES, "no": NO}
PARTICIPANT_ROLES = {
    ParticipantRole.OPEN.value: Message("still open"),
    ParticipantRole.LEAD.value: Message("lead"),
    ParticipantRole.MEMBER.value: Message("member"),
    ParticipantRole.COORDINATOR.value: Message("coordination"),
    ParticipantRole.PROPOSED_COORDINATOR.value: Message("coordination (proposal)"),
    ParticipantRole.GUEST.value: Message("guest"),
}
RESOLUTIONS = {
    Resolution.OPEN.value: Message("open"),
    Resolution.APPROVED.value: Message("approved"),
    Resolution.REJECTED.value: Message("rejected"),
}
DOCUMENT_KINDS = {
    DocumentKind.LETTER_OF_INTENT.value: Message("letter of intent"),
    DocumentKind.CONTRACT.value: Message("contract or statute"),
    DocumentKind.RESOLUTION.value: Message("council resolution"),
    DocumentKind.APPLICATION.value: Message("funding application"),
    DocumentKind.REPORT.value: Message("report"),
    DocumentKind.OTHER.value: Message("other"),
}
MEETING_KINDS = {
    MeetingKind.MEETING.value: Message("meeting"),
    MeetingKind.TRAINING.value: Message("training"),
}
RHYTHMS = {
    Rhythm.ONCE.value: Message("once"),
    Rhythm.WEEKLY.value: Message("weekly"),
    Rhythm.MONTHLY.value: Message("monthly"),
    Rhythm.QUARTERLY.value: Message("quarterly"),
    Rhythm.YEARLY.value: Message("yearly"),
}
DEGREES = {
    Degree.LOW.value: Message("low"),
    Degree.MEDIUM.value: Message("medium"),
    Degree.HIGH.value: Message("high"),
}
ACTIONS = {
    Action.CREATE.value: Message("begun"),
    Action.EDIT.value: Message("changed"),
    Action.MIGRATE.value: Message("brought to another dataset"),
    Action.ADVANCE.value: Message("new state: {state}"),
    Action.DELETE.value: Message("deleted"),
    Action.RESTORE.value: Message("restored"),
    Action.IMPORT.value: Message("imported"),
}
