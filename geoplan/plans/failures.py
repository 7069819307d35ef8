"""What the database says when it fails, as an error of ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from geoplan.errors import PlanStoreFailedError
from geoplan.messages import Message


@contextmanager
def told_as_store_error(place: str) -> Iterator[None]:
    """Tell whatever the database raises as a failure of the store at ``place``.

    Raises
    ------
    PlanStoreFailedError
        The database failed; nothing of the transaction was written.
    """
    try:
        yield
    except SQLAlchemyError as error:
        raise store_error(place, error) from error


def store_error(place: str, error: Exception) -> PlanStoreFailedError:
    """The failure of the store at ``place``, in one line."""
    reason = str(getattr(error, "orig", None) or error).strip().split("\n", 1)[0]
    message = Message(
        "The store of the plans at {place} failed: {reason}.", place=place, reason=reason.rstrip(".")
    )
    return PlanStoreFailedError(message, value=place)
