"""The reader's language: asked for, preferred by the browser, or German."""

import pytest

from geoplan_api.language import preferred


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "de"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("fr, en;q=0.5, de;q=0.8", "de"),
        ("de;q=0.1,en;q=0.2", "en"),
        ("de,en", "de"),
        ("en;q=0", "de"),
        ("en;q=much", "de"),
        ("EN", "en"),
        (",;,q=1", "de"),
        ("*", "de"),
    ],
)
def test_preferred(header, lang):
    assert preferred({"accept-language": header}, "de") == lang


@pytest.mark.parametrize(
    ("params", "header", "expected"),
    [
        ({}, "", "Schlüssel"),
        ({}, "en", "key"),
        ({"lang": "en"}, "de", "key"),
        ({"lang": "de"}, "en", "Schlüssel"),
    ],
)
def test_page_speaks_it(village_client, params, header, expected):
    assert expected in village_client.get("/", params=params, headers={"Accept-Language": header}).text


def test_explanations_speak_it(village_client):
    def reasons(lang):
        answer = village_client.get("/api/v1/units/Altdorf/suggestions", params={"lang": lang}).json()
        return [part["explanation"] for part in answer["suggestions"][0]["contributions"]]

    assert reasons("de") != reasons("en")
