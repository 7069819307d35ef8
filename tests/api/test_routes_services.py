"""The service catalogue over HTTP."""

from geoplan.services import load_services
from geoplan_api import schemas


def test_services(village_client):
    answer = village_client.get("/api/v1/services").json()
    schemas.Services.model_validate(answer)
    assert [one["key"] for one in answer["services"]] == list(load_services())


def test_service(village_client):
    for lang in ("de", "en"):
        answer = village_client.get("/api/v1/services/heat-planning", params={"lang": lang}).json()
        schemas.ServiceAnswer.model_validate(answer)
        assert answer["label"] == load_services()["heat-planning"].label(lang)
