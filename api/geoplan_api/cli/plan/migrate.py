"""``geoplan plan migrate``: a plan of another dataset on the one that is in use now."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from geoplan.boundaries.catalogue import known_datasets
from geoplan.boundaries.source import read_source
from geoplan.crosswalk import Crosswalk, build_crosswalk, read_crosswalk, read_lineage
from geoplan.crosswalk.chain import Way, ways_of
from geoplan.crosswalk.files import ENDINGS
from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.plans.states import Action
from geoplan.plans.transfer import Transfer, transferred
from geoplan_api.cli.global_options import GlobalOptions
from geoplan_api.cli.options import format_option
from geoplan_api.cli.output import write_json
from geoplan_api.cli.plan.desk import PlanId, Version, expected_version, opened, say, whoever_types
from geoplan_api.cli.plan.transfer_tables import print_transfer
from geoplan_api.cli.session import open_atlas


def migrate(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    plan_id: PlanId,
    *,
    target: Annotated[
        str | None,
        typer.Option("--to", metavar="DATASET", help="The newer dataset; by default the one in use."),
    ] = None,
    lineage: Annotated[
        list[str] | None,
        typer.Option(
            "--lineage",
            metavar="OLD|FILE",
            help="The older dataset, or a file of “geoplan data crosswalk”; by default what the datasets"
            " know. Repeatable.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change and write nothing.")
    ] = False,
    accept: Annotated[
        bool,
        typer.Option(
            "--accept", help="Take all parts of a divided unit, and do without those that are gone."
        ),
    ] = False,
    version: Version = None,
    form: Annotated[str, format_option("table", "json")] = "table",
) -> None:
    """Keep the plan on the newer dataset as its next version, and write what has changed."""
    options: GlobalOptions = context.obj if target is None else replace(context.obj, data=target)
    atlas = open_atlas(options)
    crosswalks = [_crosswalk(options, one) for one in lineage or ()]
    with opened() as store:
        expected = expected_version(store, plan_id, version)
        change = transferred(store.get(plan_id).plan, atlas, *crosswalks, kept=_kept())
        if not dry_run:
            _check_decided(change, accept=accept)
            store.replace(change.plan, expected, whoever_types(), action=Action.MIGRATE)
    if form == "json":
        write_json({**change.to_dict(), "written": not dry_run})
    else:
        print_transfer(change, options.lang)
    if dry_run:
        say(context, Message("Nothing was written."))
    else:
        say(context, Message("The plan {id} is at version {version}.", id=plan_id, version=expected + 1))


def _crosswalk(options: GlobalOptions, lineage: str) -> Crosswalk:
    path = Path(lineage)
    if path.suffix.lower() in ENDINGS and path.is_file():
        return read_crosswalk(path)
    return build_crosswalk(open_atlas(replace(options, data=lineage)), open_atlas(options))


def _kept() -> list[Way]:
    """What the datasets of this machine know of older ones."""
    found = []
    for path in known_datasets().values():
        lineage = read_lineage(path)
        if lineage.ancestors:
            made = read_source(path).provenance
            found += ways_of(lineage, (made.dataset, made.vintage))
    return found


def _check_decided(change: Transfer, *, accept: bool) -> None:
    if change.undecided and not accept:
        message = Message(
            "To be decided: {units}. --dry-run shows the choice, --accept takes it. Nothing was written.",
            units=", ".join(change.undecided),
        )
        raise InvalidValueError(message, value=", ".join(change.undecided))
