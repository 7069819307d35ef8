"""A line in the search field: unit, service field and form in any order; what fits nothing is named."""

from urllib.parse import parse_qs, urlsplit

import pytest

from geoplan.services import load_services
from geoplan_api.planner.asking import searched, services_named

HTML = {"accept": "text/html"}


@pytest.mark.parametrize(
    ("text", "unit", "service", "form"),
    [
        ("Telgte Wärmeplanung", "05570044", "heat-planning", ""),
        ("wärme, Telgte", "05570044", "heat-planning", ""),
        ("Telgte · Kommunale Wärmeplanung", "05570044", "heat-planning", ""),
        ("Telgte heat planning", "05570044", "heat-planning", ""),
        ("Telgte vertikal Klimaschutznetzwerk", "05570044", "climate-network", "vertical"),
        ("Landkreis Lörrach Klimaschutznetzwerk", "08336", "climate-network", ""),
        ("Kreis Warendorf IT", "05570", "it", ""),
        ("Ostbevern IT und Digitalisierung", "05570032", "it", ""),
        ("Region Hannover Tourismus", "03241", "tourism", ""),
        ("Telgt Bauhof", "05570044", "building-yard", ""),
        ("Metropolregion Nürnberg", "mr-nuernberg", "", ""),
        ("Neustadt Hessen", "06534016", "", ""),
        ("Markt Schwaben", "09175127", "", ""),
    ],
)
def test_what_is_meant(atlas, text, unit, service, form):
    found = searched(atlas, text, "de", limit=20)
    assert (found.sure, found.service, found.form) == (unit, service, form)


@pytest.mark.parametrize(
    ("text", "unused"),
    [("Telgte xyzzy", ("xyzzy",)), ("xyzzy Telgte", ("xyzzy",)), ("Telgte ÖPNV Bauhof", ("ÖPNV",))],
)
def test_a_word_that_fits_nothing_is_named_and_nothing_is_decided(atlas, client, text, unused):
    found = searched(atlas, text, "de", limit=20)
    assert (found.unused, found.sure) == (unused, None)
    page = client.get("/", params={"q": text, "lang": "de"}, headers=HTML, follow_redirects=False)
    assert page.status_code == 200
    assert f"„{unused[0]}“ ist kein Name und kein Aufgabenfeld" in page.text
    assert "unit=05570044" in page.text


@pytest.mark.parametrize("key", load_services())
def test_each_service_field_is_found_by_its_names(atlas, key):
    label = load_services()[key].label
    for lang in ("de", "en"):
        found = searched(atlas, f"Telgte {label.text(lang).split(' (')[0]}", lang, limit=5)
        assert (found.sure, found.service) == ("05570044", key)


def test_places_and_kinds_are_no_service_fields():
    for word in ("Landkreis", "Stadt", "Gemeinde", "county", "Kreis", "Region", "und", "Amt"):
        assert services_named(word) == ()


def test_a_word_of_several_service_fields_offers_them(client):
    page = client.get("/?q=Telgte+Klimaschutz&lang=de", headers=HTML).text
    for key in ("climate-management", "climate-network", "climate-coordination"):
        assert f"unit=05570044&amp;service={key}" in page


def test_the_named_service_goes_along_with_each_choice(client):
    page = client.get("/?q=Neustadt+Bauhof&lang=de", headers=HTML).text
    assert page.count("service=building-yard") > 3
    sure = client.get("/?q=Telgte+Bauhof&lang=de&service=it", headers=HTML, follow_redirects=False)
    query = parse_qs(urlsplit(sure.headers["location"]).query)
    assert (query["unit"], query["service"]) == (["05570044"], ["building-yard"])


def test_a_service_field_alone_asks_for_whom(client):
    page = client.get("/?q=Wärmeplanung&lang=de", headers=HTML).text
    assert "Kommunale Wärmeplanung: für wen?" in page
    assert '<input type="hidden" name="service" value="heat-planning">' in page


def test_what_is_offered_while_typing_is_understood_alike(client):
    told = client.get("/found?q=Telgte+Wärme&lang=de").json()
    first = told["results"][0]
    assert (first["id"], first["service"], first["service_name"]) == (
        "05570044", "heat-planning", "Kommunale Wärmeplanung"
    )  # fmt: skip
    assert client.get("/found?q=Telgte+xyzzy&lang=de").json()["unused"] == ["xyzzy"]
    assert client.get("/found?q=48291&lang=de").json()["results"] == []
    assert client.get("/found?q=&lang=de").json()["results"] == []
