"""What service fields look like."""

from geoplan_api.schemas.answer import Data, Described


class Service(Described):
    """A service field."""

    key: str
    label: str


class Services(Described):
    """All service fields of the catalogue."""

    services: list[Service]
    data: Data


class ServiceAnswer(Service):
    """One service field."""

    data: Data
