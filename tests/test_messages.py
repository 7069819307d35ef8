"""Every sentence that geoplan can say is kept in German too, with the same fields, and nothing else is."""

import ast
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from geoplan.messages import LANGUAGES, Message, alphabetical, as_written, format_number, translated

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [
    ROOT / "geoplan",
    ROOT / "maps" / "geoplan_maps",
    ROOT / "dossier" / "geoplan_dossier",
    ROOT / "api" / "geoplan_api",
]
CATALOGUE = ROOT / "geoplan" / "locale" / "de" / "geoplan.po"


class Templates(ast.NodeVisitor):
    """Collect what a module says: ``Message(...)``, ``translated(...)`` and the ``help=`` of commands.

    A template may be given through a name, a table or a choice that stands in the same module.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.assigned: dict[str, list[ast.expr]] = {}
        self.said: list[ast.expr] = []
        self.texts: set[str] = set()
        self.parameters: set[str] = set()
        self.visit(ast.parse(path.read_text(encoding="utf-8")))

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name):
                self.assigned.setdefault(target.id, []).append(node.value)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if isinstance(node.target, ast.Name) and node.value:
            self.assigned.setdefault(node.target.id, []).append(node.value)
        self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> None:
        self.parameters.add(node.arg)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name):
            literal = isinstance(node.args[0], ast.Constant) if node.args else False
            if node.func.id == "Message" or (node.func.id == "translated" and literal):
                self.said.append(node.args[0])
        self.said += [
            option.value
            for option in node.keywords
            if option.arg == "help" and isinstance(option.value, ast.Constant)
        ]
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.texts.add(node.value)

    def templates(self) -> set[str]:
        return set().union(*map(self.strings, self.said))

    def strings(self, node: ast.expr) -> set[str]:
        """All texts that an expression may become; none where it is handed in, and so written elsewhere."""
        if isinstance(node, ast.Constant):
            return {node.value}
        return set().union(*map(self.strings, self.choices(node)))

    def choices(self, node: ast.expr) -> list[ast.expr]:
        match node:
            case ast.IfExp(body=one, orelse=other):
                return [one, other]
            case ast.Dict(values=values):
                return values
            case ast.Subscript(value=value):
                return [value]
            case ast.Name(id=name) if name in self.assigned:
                return self.assigned[name]
        if isinstance(node, ast.Name) and node.id in self.parameters:
            return []
        if isinstance(node, ast.Attribute) and node.attr == "template":
            return []
        where = f"{self.path.relative_to(ROOT)}:{node.lineno}"
        raise AssertionError(f"{where}: the template is not written in this module: {ast.unparse(node)}")


def modules() -> list[Templates]:
    return [Templates(path) for folder in SOURCES for path in sorted(folder.rglob("*.py"))]


def page_templates() -> set[str]:
    """What the pages say: ``say("…")`` in the templates of the web application."""
    found = set()
    for folder in SOURCES:
        for path in folder.rglob("*.html"):
            page = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
            said = (
                call.args[0] for call in page.find_all(nodes.Call) if getattr(call.node, "name", "") == "say"
            )
            found |= {text.value for text in said if isinstance(text, nodes.Const)}
    return found


def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="de", abort_invalid=True)


def fields(template: str) -> set[tuple[str, str]]:
    """The fields of a template with how each is written: ``{border_km:n1}`` → ("border_km", "n1")."""
    parts = string.Formatter().parse(template)
    return {(name, spec or "") for _, name, spec, _ in parts if name is not None}


def has_words(template: str) -> bool:
    """Say whether there is anything to translate beside the fields."""
    return any(char.isalpha() for literal, *_ in string.Formatter().parse(template) for char in literal)


def test_every_message_is_translated():
    said = page_templates().union(*(module.templates() for module in modules()))
    kept = {entry.id for entry in catalogue() if entry.id and entry.string and not entry.fuzzy}
    assert sorted(filter(has_words, said - kept)) == []


def test_no_translation_is_stale():
    texts = page_templates().union(*(module.texts for module in modules()))
    kept = {entry.id for entry in catalogue() if entry.id}
    assert sorted(kept - texts) == []
    assert list(catalogue().obsolete) == []


def test_translations_have_the_same_fields():
    entries = {entry.id: entry.string for entry in catalogue() if entry.id}
    differing = {one: other for one, other in entries.items() if fields(one) != fields(other)}
    assert differing == {}


def test_translation_is_used():
    said = Message("Nearest valid values: {values}.", values="Telgte")
    assert said.text("en") == "Nearest valid values: Telgte."
    assert said.text("de") != said.text("en")
    assert "Telgte" in said.text("de")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_template_without_translation_stays_as_it_is(lang):
    assert translated("no such template {x}", lang) == "no such template {x}"


@pytest.mark.parametrize(
    ("lang", "number", "share"), [("en", "1,234.5", "43%"), ("de", "1.234,5", "43\u00a0%")]
)
def test_numbers_are_written_as_the_language_writes_them(lang, number, share):
    assert format_number(1234.49999, 1, lang) == number
    assert Message("{x:n1}", x=1234.49999).text(lang) == number
    assert Message("{x:p0}", x=0.4261).text(lang) == share
    assert Message("{x:s3}", x=190399).text("de") == "190.000"
    assert Message("{x:s3}", x=9996.4).text("de") == "10.000"


@pytest.mark.parametrize("value", [0.005, 0.015, 0.125, 0.375, 0.8051, 0.7949, -0.005, 1.0, 1e-9])
def test_differences_are_computed_from_what_is_written(value):
    assert format_number(as_written(value, 2), 2, "en") == format_number(value, 2, "en")
    assert as_written(as_written(value, 2), 2) == as_written(value, 2)


def test_the_alphabet_is_that_of_a_german_dictionary():
    words = [
        "Öffentlicher Nahverkehr",
        "Wasser",
        "IT",
        "Integriertes Konzept",
        "Straße",
        "Strasse",
        "Ordnung",
    ]
    assert sorted(words, key=alphabetical) == [
        "Integriertes Konzept", "IT", "Öffentlicher Nahverkehr", "Ordnung", "Straße", "Strasse", "Wasser"
    ]  # fmt: skip


def test_message_in_a_message_is_in_the_same_language():
    inner = Message("{x:n1}", x=2.5)
    assert Message("<{inner}>", inner=inner).text("de") == "<2,5>"
    assert Message("<{inner}>", inner=inner).text("en") == "<2.5>"


@pytest.mark.parametrize(
    ("value", "written"), [(81_599, "81.600"), (81_550, "81.600"), (999.6, "1.000"), (0, "0"), (7, "7")]
)
def test_an_estimate_is_written_to_three_figures_half_up(value, written):
    assert Message("{amount:s3}", amount=value).text("de") == written
