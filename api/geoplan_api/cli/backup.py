"""``geoplan backup``: the plans, their history and who may reach them, in one file."""

from pathlib import Path
from typing import Annotated

import typer

from geoplan.messages import Message
from geoplan.plans.backup import back_up
from geoplan_api.cli.output import check_writable
from geoplan_api.cli.plan.desk import opened, say


def backup(
    context: typer.Context,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where to; only you may read the file.")],
) -> None:
    """Write everything that the store of the plans holds; whoever works with it meanwhile need not stop."""
    check_writable(out)
    with opened() as store:
        made = back_up(store, out)
    said = Message(
        "Backup written: {out} (plans: {plans}, versions: {versions}, tokens: {tokens}).",
        out=str(out), plans=made.rows["plans"], versions=made.rows["plan_versions"],
        tokens=made.rows["plan_tokens"],
    )  # fmt: skip
    say(context, said)
