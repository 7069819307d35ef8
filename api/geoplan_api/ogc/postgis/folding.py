"""Texts without case or accents in the database, just as Python folds them.

PostgreSQL's ``lower`` and ``unaccent`` fold otherwise (``ß``, ``ł``), and by the version of its libraries.
Folding works character by character, so a function that knows the characters of the dataset is enough.
"""

from collections.abc import Callable, Iterable

from psycopg import sql

from geoplan_api.ogc.operands import FOLDS


def folding_functions(schema: str, texts: Iterable[str]) -> list[sql.Composed]:
    """The statements that make the functions for columns with these ``texts``."""
    letters = {letter for text in texts for letter in text}
    for _ in FOLDS:  # one may be folded after the other
        letters |= {folded for fold in FOLDS.values() for one in letters for folded in fold(one)}
    return [_function(schema, name, fold, sorted(letters)) for name, fold in FOLDS.items()]


def _function(schema: str, name: str, fold: Callable[[str], str], letters: list[str]) -> sql.Composed:
    changed = {letter: fold(letter) for letter in letters if fold(letter) != letter}
    # A letter without a counterpart in the second text is dropped.
    ordered = sorted((one for one in changed if len(changed[one]) < 2), key=lambda one: not changed[one])
    body: sql.Composable = sql.SQL("translate($1, {}, {})").format(
        "".join(ordered), "".join(changed[one] for one in ordered)
    )
    for letter in changed.keys() - set(ordered):
        body = sql.SQL("replace({}, {}, {})").format(body, letter, changed[letter])
    return sql.SQL(
        "CREATE FUNCTION {}(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN {}"
    ).format(sql.Identifier(schema, name), body)
