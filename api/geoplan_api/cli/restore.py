"""``geoplan restore``: a backup put into an empty store."""

from pathlib import Path
from typing import Annotated

import typer

from geoplan.messages import IsoMoment, Message
from geoplan.plans.backup import restore as restore_backup
from geoplan_api.cli.plan.desk import opened, say


def restore(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="FILE", help="What “geoplan backup” has written.")],
) -> None:
    """Fill an empty store with all of a backup, or with nothing."""
    with opened() as store:
        made = restore_backup(store, source)
    said = Message(
        "Restored as of {taken} (plans: {plans}, versions: {versions}, tokens: {tokens}).",
        taken=IsoMoment(made.taken), plans=made.rows["plans"], versions=made.rows["plan_versions"],
        tokens=made.rows["plan_tokens"],
    )  # fmt: skip
    say(context, said)
