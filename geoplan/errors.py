"""What can go wrong, named for what the user or the data did.

::

    GeoplanError
    ├── RequestError               the request was wrong (exit code 2, HTTP 4xx)
    │   ├── UnknownUnitError       no unit has this id or name
    │   ├── AmbiguousUnitError     several units have this name
    │   ├── InvalidKeyError        not an AGS, ARS or county key
    │   ├── UnknownChoiceError     an unknown service, type, criterion, level, dataset …
    │   ├── InvalidValueError      a number or text out of its bounds
    │   ├── UnknownPlanError       there is no such plan, or no such version of it
    │   ├── StaleVersionError      somebody else has changed the plan in the meantime
    │   ├── NotPermittedError      whoever asks may not do this
    │   ├── NotAuthenticatedError  nobody knows who asks
    │   ├── MissingFileError       a file that was named is not there
    │   └── OutputError            the output cannot be written where it was asked for
    └── DataError                  the data failed (exit code 1, HTTP 503)
        ├── DatasetError           a dataset cannot be read or is not one
        ├── PlanStoreError         the store of the plans cannot be opened, read or written
        │   └── PlanStoreFailedError   its database failed
        ├── FeatureStoreError      the database of the features does not answer or holds other data
        ├── EnrichmentError        a file of figures cannot be read or does not fit the dataset
        └── RegisterError          a register of cooperations cannot be read

Every error is a :class:`~geoplan.messages.Message`, so the doors can show it in the reader's language,
and carries the nearest valid values.
"""

import errno
from collections.abc import Sequence

from geoplan.messages import Message


class GeoplanError(Exception):
    """Base of all errors that geoplan raises on purpose.

    Parameters
    ----------
    message
        What happened, naming the value.
    value
        The offending value as it was given.
    nearest
        The nearest valid values, best first.
    """

    def __init__(self, message: Message, *, value: object = None, nearest: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.value = value
        self.nearest = tuple(nearest)
        self.names_nearest = True
        """Whether :meth:`text` adds the nearest values; not where the message names them itself."""
        self.remedy: Message | None = None
        """What whoever runs geoplan can do about it; the command line says it, pages do not."""

    def text(self, lang: str) -> str:
        """Say what happened in ``lang`` (``"de"`` or ``"en"``), with the nearest valid values."""
        said = self.message.text(lang)
        if not (self.nearest and self.names_nearest):
            return said
        hint = Message("Nearest valid values: {values}.", values=", ".join(self.nearest))
        return f"{said} {hint.text(lang)}"

    def __str__(self) -> str:
        return self.text("en")


class RequestError(GeoplanError):
    """The request was wrong."""


class UnknownUnitError(RequestError):
    """No unit has this id or name."""


class AmbiguousUnitError(RequestError):
    """Several units have this name; ``nearest`` lists them."""


class InvalidKeyError(RequestError):
    """Not an AGS, ARS or county key."""


class UnknownChoiceError(RequestError):
    """An unknown service, type, criterion, level or dataset; ``nearest`` lists the known ones."""


class InvalidValueError(RequestError):
    """A number or text out of its bounds."""


class UnknownPlanError(RequestError):
    """There is no such plan, or no such version of it."""


class StaleVersionError(RequestError):
    """Somebody else has changed the plan in the meantime; nothing was written."""


class NotPermittedError(RequestError):
    """Whoever asks may not do this; nothing was written."""


class NotAuthenticatedError(RequestError):
    """Nobody knows who asks: the token is missing, wrong or no longer good. It is never repeated."""


class MissingFileError(RequestError):
    """A file that was named is not there."""


class OutputError(RequestError):
    """The output cannot be written where it was asked for."""


class DataError(GeoplanError):
    """The data failed."""


class DatasetError(DataError):
    """A dataset cannot be read or is not one."""


class PlanStoreError(DataError):
    """The store of the plans cannot be opened, read or written."""


class PlanStoreFailedError(PlanStoreError):
    """The database of the plans failed. The message names it, which is for whoever runs it."""


class FeatureStoreError(DataError):
    """The database of the features does not answer, or holds other data."""


class EnrichmentError(DataError):
    """A file of figures cannot be read, or does not fit the dataset."""


class RegisterError(DataError):
    """A register of cooperations cannot be read."""


def missing_file(path: object) -> MissingFileError:
    """The error for a file that was named and is not there."""
    return MissingFileError(Message("There is no file “{path}”.", path=str(path)), value=str(path))


SYSTEM_REASONS = {
    errno.EACCES: Message("no permission"),
    errno.EISDIR: Message("it is a folder"),
    errno.ENOENT: Message("there is no such file"),
    errno.ENOSPC: Message("no space left"),
}
"""What the system says most often, for people."""


def reason_of(error: OSError) -> Message:
    """Why the system refused; the usual reasons in the reader's language, others as the system says them."""
    known = SYSTEM_REASONS.get(error.errno or 0)
    return Message("{reason}", reason=known or error.strerror or type(error).__name__)
