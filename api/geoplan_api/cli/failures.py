"""What is told when something went wrong, and the exit code that goes with it."""

import contextlib
import errno
import io
import os
import sys
import traceback
from typing import Any

import typer

from geoplan.errors import GeoplanError, RequestError, reason_of
from geoplan.messages import Message, translated

DATA_OR_SYSTEM_FAILED = 1
REQUEST_WRONG = 2
INTERRUPTED = 130
"""128 + SIGINT, as shells count."""
READER_GONE = 141
"""128 + SIGPIPE: whoever read the output (``head``) has seen enough."""

MAX_MESSAGE = 1000
"""Characters; a longer message repeats a long value that helps nobody."""
DEBUG_VARIABLE = "GEOPLAN_DEBUG"

REASONS = {
    errno.EADDRINUSE: Message("the port is in use; --port chooses another"),
    errno.EADDRNOTAVAIL: Message("this machine has no such address"),
}
"""What the system says of ports and addresses, for people."""


class SystemFailedError(GeoplanError):
    """The system refused what the command needs: a port, a device."""


def report(error: BaseException, lang: str) -> int:
    """Tell ``error`` in one message on stderr, in ``lang``; return the exit code."""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, OSError):
        _let_go_of_stdout()
    if isinstance(error, BrokenPipeError):
        return READER_GONE
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(error)
    text, code = explain(error, lang)
    # The candidates of a name are all told, however many: one of them is meant.
    candidates = len(", ".join(getattr(error, "nearest", ())))
    print(shown(text, MAX_MESSAGE + candidates), file=sys.stderr)  # noqa: T201 - the one message of a failed command
    return code


def explain(error: BaseException, lang: str) -> tuple[str, int]:
    """The sentence that tells ``error``, and the exit code."""
    match error:
        case GeoplanError():
            code = REQUEST_WRONG if isinstance(error, RequestError) else DATA_OR_SYSTEM_FAILED
            told = [error.text(lang), *([] if error.remedy is None else [error.remedy.text(lang)])]
            return " ".join(told), code
        case typer.TyperException():
            return f"{_usage(error, lang).text(lang)} {_hint(error).text(lang)}", REQUEST_WRONG
        case OSError():
            message = Message("The system refused: {reason}.", reason=system_reason(error))
            return message.text(lang), DATA_OR_SYSTEM_FAILED
    message = Message(
        "Unexpected failure ({kind}: {reason}). With {variable}=1 the command shows where it happened.",
        kind=type(error).__name__, reason=str(error) or "–", variable=DEBUG_VARIABLE,
    )  # fmt: skip
    return message.text(lang), DATA_OR_SYSTEM_FAILED


def _usage(error: Any, lang: str) -> Message:
    """Say what typer found wrong with the arguments; it says so in English only.

    Its classes are told apart by name because typer keeps them in a private module.
    """
    param = getattr(error, "param", None)
    match type(error).__name__:
        case "NoSuchOption":
            return Message("There is no option {option}.", option=error.option_name)
        case "BadOptionUsage" if "requires an argument" in error.message:
            return Message("The option {option} needs a value.", option=error.option_name)
        case "BadOptionUsage":
            return Message(
                "The option {option} is not used right: {reason}",
                option=error.option_name,
                reason=error.message,
            )
        case "MissingParameter" if param is not None:
            named = param.opts[0] if param.param_type_name == "option" else translated(param.metavar, lang)
            return Message("{name} is missing.", name=named)
        case "UsageError" if "extra argument" in error.message:
            return Message(
                "There are more arguments than expected: {arguments}. A name with blanks goes in quotes.",
                arguments=error.message.partition("(s) (")[2].removesuffix(")"),
            )
    return Message("{reason}", reason=error.format_message())


def _hint(error: Any) -> Message:
    ctx = getattr(error, "ctx", None)
    possible = getattr(error, "possibilities", None)
    if possible:
        return Message("Nearest valid values: {values}.", values=", ".join(sorted(possible)))
    path = ctx.command_path if ctx is not None else "geoplan"
    return Message("“{command} --help” shows what there is.", command=path)


def system_reason(error: OSError) -> Message:
    """Why the system refused, as :func:`geoplan.errors.reason_of`, with the file."""
    reason = REASONS.get(error.errno or 0, reason_of(error))
    return Message("{reason} ({path})", reason=reason, path=error.filename) if error.filename else reason


def shown(text: str, most: int = MAX_MESSAGE) -> str:
    """``text`` as a terminal may show it: control characters written out, shortened where very long."""
    safe = "".join(char if char.isprintable() or char == "\n" else repr(char)[1:-1] for char in text)
    return safe if len(safe) <= most else f"{safe[: most // 2]} … {safe[-most // 2 :]}"


def _let_go_of_stdout() -> None:
    # Python flushes stdout once more when it ends, and would complain about the same again.
    with contextlib.suppress(OSError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
