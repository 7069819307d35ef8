"""The planner page speaks one language: that of its address, whatever the browser prefers."""

import re

import pytest

from geoplan import messages

HTML = {"accept": "text/html", "accept-language": "en-GB,en;q=0.9"}
QUESTION = "/?unit=01099001&lang=de"
GROUP = f"{QUESTION}&with=01099002,02099002"
PANELS = ("build", "check", "compare", "save", "embed", "white-spots")


class Recording(dict):
    """A catalogue that remembers what it was asked for in vain."""

    def __init__(self, kept):
        super().__init__(kept)
        self.lacking = set()

    def get(self, template, default=None):
        if template not in self and re.search(r"[^\W\d_]{2}", re.sub(r"\{[^}]*\}", "", template)):
            self.lacking.add(template)
        return super().get(template, default)


@pytest.fixture
def catalogue(monkeypatch):
    """The German catalogue, watched."""
    german = Recording(messages._catalogue("de"))
    monkeypatch.setattr(messages, "_catalogue", lambda lang: german if lang == "de" else {})
    return german


@pytest.mark.parametrize(
    "path",
    [
        "/?lang=de", "/?q=Neudorf&lang=de", "/?q=xyzzy&lang=de", QUESTION,
        f"{QUESTION}&service=it&why=01099002",
        f"{QUESTION}&type=horizontal-metropolitan", f"{GROUP}&view=table",
        *(f"{GROUP}&pin=01099001,01099003&panel={panel}" for panel in PANELS),
    ],
)  # fmt: skip
def test_every_sentence_of_a_page_is_german(village_client, catalogue, path):
    html = village_client.get(path, headers=HTML).text
    assert '<html lang="de"' in html
    assert catalogue.lacking == set()


@pytest.mark.parametrize(
    ("lang", "told"), [("de", r"\d+ Vorschläge, an erster Stelle \w+"), ("en", r"\d+ suggestions; the first")]
)
def test_what_a_screen_reader_is_told_is_in_the_language_of_the_page(village_client, lang, told):
    html = village_client.get(f"/?unit=01099001&lang={lang}", headers=HTML).text
    assert re.search(rf'id="status"[^>]*>{told}', html)
