"""A plan whose network cannot be computed says why, what is kept and what leads on; other data say so too."""

import html

import pytest
from starlette.testclient import TestClient

from geoplan import load_atlas
from geoplan.plans import Actor, Role, open_store, read_plan
from geoplan.plans.origin import begun
from geoplan_api import Settings, create_app

ME = Actor(name="desk", role=Role.COORDINATOR)
GIVEN = {
    "title": "Netz",
    "network": {"members": ["01099001", "02099002"], "service": "building-yard"},
    "provenance": {"dataset": "Villages", "vintage": "2026-01-01"},
}
WHY = "Passung, Karte, Prüfungen, Kosten und Dossier lassen sich nicht berechnen: "


@pytest.fixture
def shown(tmp_path, monkeypatch):
    """The page of a plan on a desk with a dataset, as its reader sees it."""
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))

    def page(plan, data, *, address="/plans/netz?lang=de", **settings):
        store = open_store()
        store.create(plan, ME)
        store.close()
        application = create_app(Settings(data=str(data), **settings), desk=True)
        with TestClient(application, base_url="http://127.0.0.1:8000") as client:
            return html.unescape(client.get(address, headers={"accept": "text/html"}).text)

    return page


def plan(**changes):
    return read_plan({**GIVEN, **changes}, plan_id="netz")


def test_a_unit_that_the_dataset_does_not_know_is_named(shown, villages):
    members = ["01099001", "09999999"]
    page = shown(plan(network={**GIVEN["network"], "members": members}), villages)
    wanted = "Der verwendete Datensatz Villages (Gebietsstand 01.01.2026) enthält 09999999 nicht."
    assert f"{WHY}{wanted} Alle Angaben des Plans bleiben erhalten." in page
    assert "/plans/netz?edit=network&lang=de#network" in page
    # What needs the network would fail as well; the plan itself is there to be handed on.
    assert not any(text in page for text in ("/dossier?", "plan-map", "plan migrate", "Im Planer öffnen"))
    assert "/plans/netz/export.json" in page


def test_an_older_plan_is_led_to_the_dataset_in_use(shown, villages, later):
    made = begun(plan(), load_atlas(villages))
    page = shown(made, later)
    assert (
        f"{WHY}Der verwendete Datensatz Villages (Gebietsstand 01.01.2027) enthält Neudorf (02099002) nicht;"
        " der Plan beruht auf Villages (Gebietsstand 01.01.2026)."
    ) in page
    assert "<code>geoplan plan migrate netz</code>" in page
    assert "dataset=" not in page


def test_the_dataset_of_the_plan_is_offered_where_it_is_at_hand(shown, villages, later):
    made = begun(plan(), load_atlas(villages))
    page = shown(made, later, datasets=f"old={villages}, broken={villages.parent}")
    assert 'href="/plans/netz?dataset=old&lang=de">Mit dem Datensatz des Plans zeigen' in page


def test_back_from_another_dataset_leads_the_one_used_unasked(shown, villages, later):
    made = begun(plan(), load_atlas(villages))
    asked = "/plans/netz?lang=de&dataset=new&theme=dark"
    page = shown(made, villages, datasets=f"new={later}", address=asked)
    assert 'href="/plans/netz?lang=de&theme=dark">Mit dem Datensatz des Plans zeigen' in page


def test_a_newer_plan_is_not_brought_back(shown, villages, later):
    newer = {"dataset": "Villages", "vintage": "2027-01-01"}
    made = plan(network={**GIVEN["network"], "members": ["01099001", "02099009"]}, provenance=newer)
    page = shown(made, villages)
    assert "<code>geoplan data list</code>" in page
    assert "plan migrate" not in page


def test_a_weight_of_an_earlier_version_is_named(shown, villages):
    page = shown(plan(provenance={**GIVEN["provenance"], "weights": {"luck": 2.0}}), villages)
    assert f"{WHY}Das Kriterium „luck“ gibt es nicht." in page


def test_with_what_it_is_computed_is_told_where_the_plan_was_made_with_something_else(shown, villages, later):
    made = begun(
        plan(network={**GIVEN["network"], "members": ["01099001", "01099002"]}), load_atlas(villages)
    )
    page = shown(made, later)
    assert WHY not in page
    told = (
        "Gerechnet mit dem verwendeten Datensatz Villages (Gebietsstand 01.01.2027); der Plan beruht auf"
        " Villages (Gebietsstand 01.01.2026)."
    )
    assert page.count(told) == 1


def test_the_links_of_a_plan_stay_with_the_dataset_that_was_asked_for(shown, villages):
    made = begun(plan(), load_atlas(villages))
    asked = "/plans/netz?lang=de&dataset=old"
    page = shown(made, villages, datasets=f"old={villages}", address=asked)
    assert "/dossier?format=pdf&lang=de&dataset=old" in page
    assert "service=building-yard&with=02099002&lang=de&dataset=old" in page


def test_a_plan_that_is_not_there_to_be_compared_is_not_offered(shown, villages):
    store = open_store()
    for name, members in (("gut", ["01099002"]), ("fremd", ["01099002", "09999999"])):
        other = read_plan({**GIVEN, "title": name, "network": {"members": members}}, plan_id=name)
        store.create(other, ME)
    store.close()
    page = shown(plan(), villages)
    assert ">gut</a>" in page
    assert ">fremd</a>" not in page
