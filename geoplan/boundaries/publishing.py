"""How a dataset gets into the store and out of it: in one step, whatever happens meanwhile."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from geoplan.boundaries.active import active_dataset, set_active
from geoplan.boundaries.canonical import read_canonical
from geoplan.boundaries.durable import sync_folder, sync_tree
from geoplan.boundaries.store import generations, store_folder, stored_datasets, stored_path
from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.messages import Message
from geoplan.nearest import nearest_values

DRAFT = ".draft-"
_GENERATION_NAME = "%Y%m%dT%H%M%S.%f"


def publish(name: str, write: Callable[[Path], object]) -> Path:
    """Put a dataset into the store under ``name``; one that was there stays until the next is published.

    The caller holds :func:`~geoplan.boundaries.lock.store_lock`.

    Parameters
    ----------
    write
        Writes the canonical form into the folder it is given.

    Raises
    ------
    DatasetError
        What was written cannot be read again.
    """
    place = stored_path(name)
    place.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=place, prefix=DRAFT))
    try:
        draft.chmod(0o755)  # mkdtemp keeps others of this machine out
        write(draft)
        read_canonical(draft)
        sync_tree(draft)
        folder = place / _next_generation(place)
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        _drop_if_empty(place)
        raise
    sync_folder(place)
    _drop_older(place, kept=2)
    return folder


def _next_generation(place: Path) -> str:
    """The time of day as a name; a clock that was set back must not make the new one the older one."""
    now = datetime.now(UTC)
    newest = generations(place)[-1:]
    if newest:
        last = datetime.strptime(newest[0].name, _GENERATION_NAME).replace(tzinfo=UTC)
        now = max(now, last + timedelta(microseconds=1))
    return now.strftime(_GENERATION_NAME)


def sweep() -> None:
    """Clear away what interrupted changes left, and generations that were replaced; needs the lock."""
    if not store_folder().is_dir():
        return
    for place in store_folder().iterdir():
        if place.name.startswith(DRAFT):
            shutil.rmtree(place, ignore_errors=True)
        if not place.is_dir():
            continue
        for draft in place.glob(f"{DRAFT}*"):
            shutil.rmtree(draft, ignore_errors=True)
        _drop_older(place, kept=1)
        _drop_if_empty(place)


def _drop_older(place: Path, *, kept: int) -> None:
    for folder in generations(place)[:-kept]:
        _discard(folder)


def _discard(folder: Path) -> None:
    """Delete a folder; it is out of the way before the first of its files is."""
    aside = folder.with_name(f"{DRAFT}{folder.name}")
    folder.rename(aside)
    shutil.rmtree(aside, ignore_errors=True)


def _drop_if_empty(place: Path) -> None:
    try:
        place.rmdir()
    except OSError:
        return


def use(name: str, *, embedded: str) -> None:
    """Make a dataset the one that is used where none is named.

    Raises
    ------
    UnknownChoiceError
        There is none of this name.
    """
    if name == embedded:
        set_active(None)
        return
    _check_known(name, [embedded])
    set_active(name)


def remove(name: str, *, force: bool = False) -> None:
    """Delete a dataset of the store; needs the lock.

    Raises
    ------
    UnknownChoiceError
        There is none of this name.
    InvalidValueError
        It is the active one, and ``force`` does not say to delete it nevertheless.
    """
    _check_known(name, [])
    if name == active_dataset():
        if not force:
            message = Message(
                "“{value}” is the active dataset. “geoplan data use NAME” chooses another, --force deletes it"
                " nevertheless.",
                value=name,
            )
            raise InvalidValueError(message, value=name)
        set_active(None)
    place = stored_path(name)
    aside = Path(tempfile.mkdtemp(dir=store_folder(), prefix=DRAFT))
    place.rename(aside / name)
    shutil.rmtree(aside, ignore_errors=True)


def _check_known(name: str, others: list[str]) -> None:
    stored = stored_datasets()
    if name not in stored:
        message = Message("There is no dataset “{value}” in the store.", value=name)
        raise UnknownChoiceError(message, value=name, nearest=nearest_values(name, [*stored, *others]))
