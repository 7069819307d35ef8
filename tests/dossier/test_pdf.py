"""The PDF is tagged PDF/UA, says what it should, stays the same, and takes no text for markup."""

import io
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from geoplan import Level
from geoplan_dossier import Format, make_dossier, render
from geoplan_dossier.document import title_of
from geoplan_dossier.writers import pdf as writer
from geoplan_dossier.writers.glyphs import MISSING, RANGES, displayable
from tests.dossier.conftest import DAY, NASTY


def reader(dossier, lang="de") -> PdfReader:
    return PdfReader(io.BytesIO(render(dossier, Format.PDF, lang)))


def text_of(found: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in found.pages).split())


@pytest.fixture(scope="module")
def read(six) -> PdfReader:
    return reader(six)


def test_it_is_tagged_and_says_so(read):
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF boolean is an object
    assert root["/Lang"] == "de"
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_it_has_a_title(read, six):
    assert read.metadata.title == title_of(six, "de")
    assert read.metadata.title.startswith("Kommunale Wärmeplanung: Beelen")


def test_the_map_has_a_text(read):
    def alts(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            return [alt for part in node for alt in alts(part)]
        if not isinstance(node, dict):
            return []
        own = [str(node["/Alt"])] if "/Alt" in node else []
        return own + (alts(node["/K"]) if "/K" in node else [])

    found = alts(read.trailer["/Root"]["/StructTreeRoot"])
    assert any("Beelen" in alt and "Kreis" in alt for alt in found)


def test_members_and_sums_are_on_the_pages(read, six):
    said = text_of(read)
    for member in six.members:
        assert member.unit.name in said
    assert "98.933" in said
    assert "179.000" in said
    assert "GeoBasis-DE" in said


def test_what_is_copied_is_what_is_read(read, six):
    said = "".join(page.extract_text() for page in read.pages)
    assert "\u200b" not in said
    whole = "".join(said.split())
    addresses = [one.source for one in six.network.checks if (one.source or "").startswith("https://")]
    assert addresses
    assert all(address in whole for address in addresses)


def test_no_page_is_empty(read):
    assert all(len(page.extract_text()) > 200 for page in read.pages)


def test_it_is_written_in_english_too(six):
    found = reader(six, "en")
    assert found.trailer["/Root"]["/Lang"] == "en"
    assert "98,933" in text_of(found)


def test_the_same_dossier_gives_the_same_bytes(apart):
    assert render(apart, Format.PDF, "de") == render(apart, Format.PDF, "de")


def test_names_and_plans_are_never_markup(nasty):
    said = text_of(reader(nasty))
    for name in ("#panic(", "$x^2$", "=1+1", "<script>", "C:\\Ort", "*fett*", "#[", "=Bauhof #1"):
        assert name in said, name
    assert len(NASTY) == len(nasty.members)


def test_every_character_that_is_kept_can_be_shown(apart, full_plan):
    every = " ".join(chr(code) for first, last in RANGES for code in range(first, last + 1))
    assert MISSING not in displayable(every.replace(MISSING, ""))
    dossier = replace(apart, request=replace(apart.request, plan=replace(full_plan, summary=every)))
    assert render(dossier, Format.PDF, "de").startswith(b"%PDF")


def test_what_cannot_be_shown_is_a_box():
    assert displayable({"a": ["😀 e\u0301\u200b", 1, None]}) == {"a": [f"{MISSING} é", 1, None]}
    assert displayable("36 Monate, 57.600 €, 1 %, Wert, €, 12 km²") == (
        "36\xa0Monate, 57.600\xa0€, 1\xa0%, Wert,\xa0€, 12\xa0km²"
    )
    assert displayable("3 Jahresberichte für 2 Kommunen") == "3 Jahresberichte für 2 Kommunen"
    assert [displayable(text) for text in ("\u200b", "\u0301", "", " ")] == [MISSING, MISSING, "", " "]


@pytest.mark.property
def test_no_text_keeps_the_pdf_from_being_written(apart, full_plan):
    # The dossier is no argument of the inner function: Hypothesis would write it out for every case.
    # A document takes its time whatever is in it, so each has several texts.
    texts = st.lists(st.text(min_size=1, max_size=60).filter(str.strip), min_size=1, max_size=12)

    @settings(max_examples=10)
    @given(texts=texts)
    @example(texts=["\U000110b0"])
    def is_written(texts):
        risks = tuple(replace(full_plan.risks[0], text=text) for text in texts)
        plan = replace(full_plan, title=texts[0], summary=texts[-1], risks=risks)
        dossier = replace(apart, request=replace(apart.request, plan=plan))
        assert render(dossier, Format.PDF, "de").startswith(b"%PDF")

    is_written()


def test_the_template_reaches_no_file_of_this_machine(six, monkeypatch, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    monkeypatch.chdir(tmp_path)
    for path in ("secret.txt", str(secret), "../secret.txt"):
        monkeypatch.setattr(writer, "_template", lambda path=path: f'#read("{path}")'.encode())
        with pytest.raises(RuntimeError, match=r"not found|escape"):
            render(six, Format.PDF, "de")


def test_a_large_network_is_laid_out(atlas):
    county = atlas.units.row("05570")
    members = [atlas.units.ids[row] for row in atlas.hierarchy.members(county, Level.MUNICIPALITY).tolist()]
    dossier = make_dossier(atlas, members, service="climate-management", on=DAY)
    assert 4 <= len(reader(dossier).pages) <= 8


def test_the_library_needs_no_network():
    """Sockets are closed before the first page is laid out."""
    code = (
        "import socket\n"
        "def closed(*_, **__): raise OSError('no network')\n"
        "socket.socket.connect = socket.getaddrinfo = closed\n"
        "import geoplan\n"
        "from geoplan_dossier import Format, make_dossier, render\n"
        "made = make_dossier(geoplan.load_atlas(), ['Telgte', 'Ostbevern'], service='it')\n"
        "assert render(made, Format.PDF, 'de').startswith(b'%PDF')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
