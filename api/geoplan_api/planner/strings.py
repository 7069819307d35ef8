"""What the scripts of the planner page say, in the reader's language."""

from geoplan.messages import Message

STRINGS = {
    "loading": Message("The list is being computed …"),
    "no_answer": Message("The server does not answer. What is on this page stays; please try again."),
    "try_again": Message("Try again"),
    "no_map": Message("The map could not be loaded. List and table say the same."),
    "refused": Message("That cannot be answered:"),
    "copied": Message("Copied"),
    "found_one": Message("{count} found"),
    "found_none": Message("Nothing found"),
    "without": Message("without “{words}”"),
    "undo": Message("Undo"),
    "redo": Message("Redo"),
}


def script_strings(lang: str) -> dict[str, str]:
    """The sentences by the names that ``static/planner`` knows; numbers and words are filled in there."""
    return {
        name: message.filled(count="{count}", words="{words}").text(lang) for name, message in STRINGS.items()
    }
