"""Which error a problem of the server (RFC 9457) is: the same that the library raises itself."""

import json
from typing import Any

from geoplan import errors
from geoplan.client.transport import Answer
from geoplan.errors import DataError, GeoplanError, RequestError
from geoplan.messages import Message

NOT_FOUND = "not-found"
"""The kind of what the address names and does not exist."""


class ProblemError(Exception):
    """The problem as the server told it; the cause (``__cause__``) of the error that is raised."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{status}: {problem.get('detail', '')}")
        self.status = status
        self.problem = problem
        """``kind``, ``detail``, ``value``, ``nearest``, ``errors`` …"""


def _kind(error: type[GeoplanError]) -> str:
    name = error.__name__.removesuffix("Error")
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in name).lstrip("-")


_KINDS = {
    _kind(error): error
    for error in vars(errors).values()
    if isinstance(error, type) and issubclass(error, GeoplanError)
} | {NOT_FOUND: errors.UnknownChoiceError}


def raise_problem(answer: Answer) -> None:
    """Raise what an answer tells, where it is a problem.

    Raises
    ------
    GeoplanError
        Of the class that the library raises itself; an unknown kind is a RequestError below status 500 and a
        DataError from there on. Its cause is a :class:`ProblemError`.
    """
    # A redirect is one: whoever follows it may carry the token elsewhere.
    if answer.status < 300 or answer.status == 304:
        return
    problem = _read(answer)
    unknown = RequestError if answer.status < 500 else DataError
    error = _KINDS.get(str(problem.get("kind")), unknown)
    nearest = [str(one) for one in problem.get("nearest", ())]
    told = Message("{detail}", detail=str(problem.get("detail", "")))
    raised = error(told, value=problem.get("value"), nearest=nearest)
    # The server has named them already, in the language that it was asked in.
    raised.names_nearest = False
    raise raised from ProblemError(answer.status, problem)


def _read(answer: Answer) -> dict[str, Any]:
    try:
        problem = json.loads(answer.body)
    except ValueError:
        problem = None
    if isinstance(problem, dict):
        return problem
    return {"detail": f"HTTP {answer.status}", "status": answer.status}
