"""``geoplan data crosswalk``: what became of the units of one vintage in another."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from geoplan.boundaries.catalogue import dataset_path
from geoplan.crosswalk import (
    Change,
    Crosswalk,
    build_crosswalk,
    lineage_of,
    parse_kind,
    save_lineage,
    write_crosswalk,
)
from geoplan.crosswalk.files import ENDINGS
from geoplan.errors import OutputError, UnknownChoiceError, reason_of
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.units import PARENT_LEVELS, PLACE_LEVELS, Level
from geoplan_api.cli.data.crosswalk_tables import print_changes, print_migration
from geoplan_api.cli.global_options import GlobalOptions
from geoplan_api.cli.options import format_option, split_list
from geoplan_api.cli.output import check_writable, csv_text, write_csv, write_file, write_json
from geoplan_api.cli.session import open_atlas

LEVELS = [level.value for level in (*PLACE_LEVELS, *PARENT_LEVELS)]
CSV = ".csv"
CSV_COLUMNS = (
    "old_id", "old_name", "level", "kind", "new_id", "new_name", "share", "population_share", "new_share",
    "dropped",
)  # fmt: skip


def crosswalk(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The older dataset, by name or path.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The newer dataset, by name or path.")],
    *,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="KIND,…",
            help="These changes only: merged, split, border-change, renamed, re-keyed, gone, unchanged.",
        ),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option("--level", metavar="LEVEL", help="This level only: municipality, county …"),
    ] = None,
    members: Annotated[
        list[str] | None,
        typer.Option("--members", metavar="ID,…", help="Bring this list of members to the newer dataset."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write all of it to a file: .parquet, .json or .csv."),
    ] = None,
    save: Annotated[
        bool,
        typer.Option(
            "--save", help="Keep the old keys and names beside the newer dataset: search finds them then."
        ),
    ] = False,
    form: Annotated[str, format_option("table", "json", "csv")] = "table",
) -> None:
    """Write what changed between two datasets."""
    kinds, on_level = [parse_kind(text) for text in split_list(only or ())], _level(level)
    _check_out(out)
    made = _built(context.obj, old, new)
    lang, wanted = context.obj.lang, split_list(members or ())
    if save:
        _save(made, new, lang)
    if out is not None:
        _write(made, out, lang)
    elif wanted:
        _migrate(made, wanted, form, lang)
    else:
        _show(made, made.changes(only=kinds, level=on_level), form, lang)


def _level(text: str | None) -> Level | None:
    if text is not None and text not in LEVELS:
        message = Message("There is no level “{value}” here.", value=text)
        raise UnknownChoiceError(message, value=text, nearest=nearest_values(text, LEVELS))
    return None if text is None else Level(text)


def _check_out(out: Path | None) -> None:
    if out is None:
        return
    if out.is_dir():
        raise OutputError(Message("“{path}” is a folder, not a file.", path=str(out)), value=str(out))
    if out.suffix.lower() not in (*ENDINGS, CSV):
        message = Message("“{path}” has an ending that no crosswalk is written with.", path=str(out))
        raise UnknownChoiceError(message, value=out.suffix, nearest=(*ENDINGS, CSV))
    check_writable(out)


def _built(options: GlobalOptions, old: str, new: str) -> Crosswalk:
    return build_crosswalk(open_atlas(replace(options, data=old)), open_atlas(replace(options, data=new)))


def _save(made: Crosswalk, new: str, lang: str) -> None:
    lineage = lineage_of(made)
    try:
        path = save_lineage(dataset_path(new), lineage)
    except OSError as error:
        raise _refused(dataset_path(new), error) from error
    said = Message(
        "{count:n0} old keys and names kept in {path}", count=len(lineage.ancestors), path=str(path)
    )
    typer.echo(said.text(lang), err=True)


def _refused(path: Path, error: OSError) -> OutputError:
    message = Message("“{path}” cannot be written: {reason}.", path=str(path), reason=reason_of(error))
    return OutputError(message, value=str(path))


def _write(made: Crosswalk, out: Path, lang: str) -> None:
    if out.suffix.lower() == CSV:
        write_file(out, csv_text(CSV_COLUMNS, _rows(made.changes_of_all), lang))
    else:
        try:
            write_crosswalk(out, made)
        except OSError as error:
            raise _refused(out, error) from error
    typer.echo(Message("Crosswalk: {path}", path=str(out)).text(lang), err=True)


def _migrate(made: Crosswalk, members: list[str], form: str, lang: str) -> None:
    migration = made.migrate(members)
    if form == "json":
        write_json({"migration": migration.to_dict(), "old": made.old.to_dict(), "data": made.new.to_dict()})
    elif form == "csv":
        write_csv(CSV_COLUMNS, _rows(made.change(one) for one in members if made.has_old(one)), lang)
    else:
        print_migration(made, migration, lang)


def _show(made: Crosswalk, changes: list[Change], form: str, lang: str) -> None:
    if form == "json":
        answer = {
            **made.to_dict(), "changes": [change.to_dict() for change in changes],
            "appeared": [one.to_dict() for one in made.appeared], "data": made.new.to_dict(),
        }  # fmt: skip
        write_json(answer)
    elif form == "csv":
        write_csv(CSV_COLUMNS, _rows(changes), lang)
    else:
        print_changes(made, changes, lang)


def _rows(changes: Iterable[Change]) -> list[list[Any]]:
    """One row per old unit and successor; a unit that is gone has one without a successor."""
    return [
        [change.id, change.name, change.level.value, change.kind]
        + ([None] * 5 if one is None else [one.id, one.name, one.share, one.population_share, one.new_share])
        + [change.dropped]
        for change in changes
        for one in (change.successors or (None,))
    ]
