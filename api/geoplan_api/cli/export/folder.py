"""How a whole folder leaves the command line: at once, or not at all."""

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from geoplan.errors import OutputError
from geoplan.messages import Message
from geoplan_api.cli.failures import system_reason


def check_folder(path: Path, *, force: bool) -> None:
    """Make sure, before the work is done, that a folder can be written at ``path``.

    Raises
    ------
    OutputError
        Something is there that must not be replaced, or writing is not allowed.
    """
    target = path.absolute()
    if target.exists() and not target.is_dir():
        raise _refused(Message("“{path}” is a file; a folder is written.", path=str(path)), path)
    if target in (Path.cwd(), *Path.cwd().parents):
        message = Message("“{path}” holds the folder that this command runs in.", path=str(path))
        raise _refused(message, path)
    if target.is_dir() and any(target.iterdir()) and not force:
        message = Message("The folder “{path}” is not empty; --force replaces it.", path=str(path))
        raise _refused(message, path)
    if not target.parent.is_dir():
        message = Message(
            "“{path}” cannot be written: there is no folder “{folder}”.",
            path=str(path), folder=str(path.parent),
        )  # fmt: skip
        raise _refused(message, path)
    if not os.access(target.parent, os.W_OK):
        raise _refused(Message("“{path}” cannot be written: no permission.", path=str(path)), path)


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files`` (by path below it) as the folder ``path``; what is there is replaced as a whole.

    Raises
    ------
    OutputError
        The system refused; what was there is there still.
    """
    target = path.absolute()
    draft = target.parent / f".{target.name}.{secrets.token_hex(4)}"
    try:
        for name, content in files.items():
            file = draft / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        _exchange(draft, target)
    except OSError as error:
        message = Message(
            "“{path}” cannot be written: {reason}.", path=str(path), reason=system_reason(error)
        )
        raise _refused(message, path) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _exchange(draft: Path, target: Path) -> None:
    """Put ``draft`` in the place of ``target``."""
    if not target.exists():
        draft.rename(target)
        return
    before = target.parent / f"{draft.name}.before"
    target.rename(before)
    try:
        draft.rename(target)
    except OSError:
        before.rename(target)
        raise
    shutil.rmtree(before)


def _refused(message: Message, path: Path) -> OutputError:
    return OutputError(message, value=str(path))
