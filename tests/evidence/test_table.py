import datetime
from enum import StrEnum

import pytest

from geoplan.errors import DataError, RegisterError
from geoplan.evidence import LocalText, Mark, Source, Table, read_sources, read_toml
from geoplan.evidence.table import shown


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def failure(take, values, path="entry"):
    with pytest.raises(DataError) as caught:
        take(Table(values, path))
    return caught.value


def test_each_kind_of_value_is_taken():
    table = Table(
        {
            "text": " Telgte ",
            "texts": ["a", "b"],
            "number": 3,
            "flag": True,
            "day": datetime.date(2026, 11, 22),
            "colour": "red",
            "both": {"de": "Bauhof", "en": "building yard"},
            "inner": {"x": {"y": 1}},
            "rows": [{"a": 1}],
        }
    )
    assert table.text("text") == "Telgte"
    assert table.distinct_texts("texts") == ("a", "b")
    assert table.whole_number("number", 0, 3) == 3
    assert table.flag("flag") is True
    assert table.day("day") == datetime.date(2026, 11, 22)
    assert table.choice("colour", Colour) is Colour.RED
    assert table.local_text("both") == LocalText(de="Bauhof", en="building yard")
    [(name, inner)] = table.named_tables("inner")
    assert (name, inner.path) == ("x", "inner.x")
    assert [row.path for row in table.tables("rows")] == ["rows[0]"]
    table.finish()


def test_absent_options_are_none():
    table = Table({"a": None})
    assert table.optional_text("a") is None
    assert table.optional_text("b") is None
    assert table.optional_whole_number("c", 0, 1) is None
    table.finish()


def test_a_nullable_text_must_be_there():
    assert Table({"a": None}).nullable_text("a") is None
    assert Table({"a": "x"}).nullable_text("a") == "x"
    assert str(failure(lambda table: table.nullable_text("a"), {})) == "entry.a: this field is missing."


@pytest.mark.parametrize(
    ("take", "values", "said"),
    [
        (lambda t: t.text("a"), {}, "entry.a: this field is missing."),
        (
            lambda t: t.text("name"),
            {"nmae": "x"},
            "entry.name: this field is missing. Nearest valid values: nmae.",
        ),
        (lambda t: t.text("a"), {"a": 5}, "entry.a: expected a text that is not empty, found 5."),
        (lambda t: t.text("a"), {"a": "  "}, "entry.a: expected a text that is not empty, found   ."),
        (lambda t: t.text("a"), {"a": "x\0y"}, "entry.a: expected a text that is not empty, found x\\x00y."),
        (
            lambda t: t.text("a"),
            {"a": "\ud800"},
            "entry.a: expected a text that is not empty, found \\ud800.",
        ),
        (lambda t: t.distinct_texts("a"), {"a": "b"}, "entry.a: expected a list, found b."),
        (
            lambda t: t.distinct_texts("a"),
            {"a": ["b", 1]},
            "entry.a[1]: expected a text that is not empty, found 1.",
        ),
        (
            lambda t: t.distinct_texts("a"),
            {"a": ["b", "c", "b"]},
            "entry.a[2]: “b” stands in the list twice.",
        ),
        (
            lambda t: t.whole_number("a", 0, 3),
            {"a": 4},
            "entry.a: expected a whole number from 0 to 3, found 4.",
        ),
        (
            lambda t: t.whole_number("a", 0, 3),
            {"a": True},
            "entry.a: expected a whole number from 0 to 3, found True.",
        ),
        (lambda t: t.flag("a"), {"a": "yes"}, "entry.a: expected true or false, found yes."),
        (lambda t: t.day("a"), {"a": "2026"}, "entry.a: expected a date such as 2026-11-22, found 2026."),
        (
            lambda t: t.choice("a", Colour),
            {"a": "bleu"},
            "entry.a: “bleu” is not known. Nearest valid values: blue.",
        ),
        (lambda t: t.local_text("a"), {"a": {"de": "x"}}, "entry.a.en: this field is missing."),
        (lambda t: t.table("a"), {"a": []}, "entry.a: expected a table of named fields, found []."),
        (lambda t: t.finish(), {"odd": 1}, "entry.odd: this field is not known."),
    ],
)
def test_an_error_names_the_place_and_the_value(take, values, said):
    assert str(failure(take, values)) == said


def test_a_document_that_is_no_table_is_named_by_a_slash():
    with pytest.raises(RegisterError, match=r"^/: expected a table of named fields, found \[1\]\.$"):
        Table([1], error=RegisterError)


def test_inner_tables_raise_the_same_class():
    with pytest.raises(RegisterError, match=r"^rows\[0\]\.a: this field is missing\.$"):
        Table({"rows": [{}]}, error=RegisterError).tables("rows")[0].text("a")


SOURCES = {
    "read": Source(key="read", title="Gesetz", url="https://example.org/gesetz"),
    "judged": Source(key="judged", title="Einschätzung", url=None),
}


def test_a_statement_has_mark_sources_and_note():
    values = {"mark": "V", "sources": ["judged", "read"], "note": {"de": "Hinweis", "en": "note"}}
    statement = Table(values).statement(SOURCES)
    assert statement.mark is Mark.VERIFIED
    assert statement.reference == "Einschätzung"
    assert statement.to_dict("en") == {
        "mark": "V",
        "meaning": "read in the named source",
        "sources": [
            {"title": "Einschätzung", "url": None},
            {"title": "Gesetz", "url": "https://example.org/gesetz"},
        ],
        "note": "note",
    }


@pytest.mark.parametrize("mark", ["V", "C"])
def test_what_was_read_names_an_address(mark):
    error = failure(lambda table: table.statement(SOURCES), {"mark": mark, "sources": ["judged"]})
    assert str(error) == f"entry.sources: a statement marked {mark} names a source with an address."


@pytest.mark.parametrize("mark", ["U", "D"])
def test_a_judgement_needs_no_address_but_a_source(mark):
    assert Table({"mark": mark, "sources": ["judged"]}).statement(SOURCES).mark == mark
    error = failure(lambda table: table.statement(SOURCES), {"mark": mark, "sources": []})
    assert str(error) == "entry.sources: a statement names at least one source."


def test_a_bad_mark_names_the_marks():
    error = failure(lambda table: table.statement(SOURCES), {"mark": "X", "sources": ["read"]})
    assert str(error).startswith("entry.mark: “X” is not known.")
    assert set(error.nearest) == {"V", "U", "D", "C"}


def test_an_unknown_source_is_named():
    error = failure(lambda table: table.statement(SOURCES), {"mark": "V", "sources": ["raed"]})
    assert str(error) == "entry.sources[0]: “raed” is not known. Nearest valid values: read."


def test_sources_are_read_strictly():
    assert read_sources(Table({"sources": {"a": {"title": "A"}}})) == {
        "a": Source(key="a", title="A", url=None)
    }
    with pytest.raises(DataError, match=r"^sources\.a\.link: this field is not known\.$"):
        read_sources(Table({"sources": {"a": {"title": "A", "link": "x"}}}))


def test_a_shown_value_is_cut_and_printable():
    assert shown("x" * 100) == "x" * 60 + " …"
    assert shown(["y" * 500]).isprintable()
    assert len(shown({"a": list(range(10_000))})) < 100


def test_a_file_that_is_not_toml_is_an_error(tmp_path, monkeypatch):
    package = tmp_path / "odd_package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "odd.toml").write_text("a = ")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(DataError, match=r"^odd\.toml: not a TOML file"):
        read_toml("odd_package", "odd.toml")


def test_local_texts_speak_both_languages():
    text = LocalText(de="Bauhof", en="building yard")
    assert [text("de"), text.text("en")] == ["Bauhof", "building yard"]
