"""Numbers for sources beside what rests on them, and the list that they lead to."""

import datetime

from geoplan.messages import Message
from geoplan.networks.citations import cited
from geoplan.rules.facts import Day

HEADING = Message("Sources")
COMPARED = Message("rules compared with it on {day}")


class Citations:
    """The sources of one answer, numbered as they come."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, datetime.date | None]] = {}

    def beside(self, text: str, source: str | None, as_of: datetime.date | None = None) -> str:
        """``text`` with the number of its source; as it is where it has none."""
        if source is None:
            return text
        number, day = self._found.get(source, (len(self._found) + 1, None))
        self._found[source] = number, day or as_of
        return f"{text} [{number}]"

    def lines(self, lang: str) -> list[str]:
        """The list: number, title, address, and when rules were last compared with it."""
        if not self._found:
            return []
        lines = [f"{HEADING.text(lang)}:"]
        for source, (number, as_of) in self._found.items():
            said = "" if as_of is None else f" ({COMPARED.filled(day=Day(as_of)).text(lang)})"
            lines.append(f"[{number}] {cited(source, lang)}{said}")
        return lines
