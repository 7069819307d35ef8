"""Sources are called by their titles wherever they are cited."""

import tomllib
from pathlib import Path

import geoplan
from geoplan import check_network
from geoplan.networks.citations import OWN, cited, source_titles


def test_what_a_check_rests_on_has_a_title(atlas):
    for service in ("heat-planning", "climate-network", "wastewater"):
        network = check_network(atlas, ["Telgte", "Ostbevern"], service=service)
        references = [check.source for check in network.checks]
        references += [form.source for form in network.legal_forms]
        references += [one.statement.reference for one in network.cost.assumptions]
        addresses = {one for one in references if one is not None and one.startswith("http")}
        assert addresses, service
        assert addresses <= set(source_titles()), service


def test_title_and_address_stand_together():
    address = "https://interkommunales.nrw/faq/"
    assert cited(address, "de") == f"interkommunales.nrw: häufige Fragen, {address}"
    assert cited("geoplan: Einordnung des Projekts", "en") == "geoplan: classification by the project"


def test_every_judgement_of_the_project_has_a_name_in_both_languages():
    texts = [path.read_text("utf-8") for path in Path(geoplan.__file__).parent.rglob("*.toml")]
    found = [one for text in texts for one in tomllib.loads(text).get("sources", {}).values()]
    titles = {one["title"] for one in found if "url" not in one}
    assert {one for one in titles if one.startswith("geoplan")} == set(OWN)
    assert all(name.text("de") == title for title, name in OWN.items())
