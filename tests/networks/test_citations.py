"""Sources are called by their titles wherever they are cited."""

from geoplan import check_network
from geoplan.networks.citations import cited, source_titles


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
    assert cited(address) == f"interkommunales.nrw: häufige Fragen, {address}"
    assert cited("geoplan: Einordnung des Projekts") == "geoplan: Einordnung des Projekts"
