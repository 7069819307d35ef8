"""Networks over HTTP."""

import pytest

from geoplan_api.schemas import NetworkAnswer

CHECK = "/api/v1/networks/check"
BODY = {"members": ["01099001", "01099002"], "service": "building-yard"}
WRONG = {
    "unknown unit": ({**BODY, "members": ["Altdorf", "Altdrof"]}, 404, "unknown-unit", "Altdrof"),
    "ambiguous unit": ({**BODY, "members": ["Neudorf"]}, 409, "ambiguous-unit", "Neudorf"),
    "forest": ({**BODY, "members": ["01099901"]}, 422, "invalid-value", "Forst Tal"),
    "unknown service": ({**BODY, "service": "buildingyard"}, 422, "unknown-choice", "buildingyard"),
    "unknown depth": ({**BODY, "depth": "deep"}, 422, "unknown-choice", "deep"),
    "unknown key": ({**BODY, "key": "fair"}, 422, "unknown-choice", "fair"),
    "unknown assumption": ({**BODY, "assumptions": {"hour": 1}}, 422, "unknown-choice", "hour"),
    "assumption out of bounds": ({**BODY, "assumptions": {"years": 1000}}, 422, "invalid-value", "1000"),
    "no date": ({**BODY, "on": "2026-13-01"}, 422, "invalid-value", "2026-13-01"),
    "date of a machine": ({**BODY, "on": 1763800000}, 422, "invalid-value", "1763800000"),
    "nobody": ({**BODY, "members": []}, 422, "invalid-value", "members"),
    "too many": ({**BODY, "members": ["x"] * 201}, 422, "invalid-value", "members"),
    "one text": ({**BODY, "members": "01099001"}, 422, "invalid-value", "members"),
    "a number": ({**BODY, "members": [1099001]}, 422, "invalid-value", "members.0"),
    "control characters": ({**BODY, "members": ["a\x00b"]}, 422, "invalid-value", "members.0"),
    "no service": ({"members": ["01099001"]}, 422, "invalid-value", "service"),
    "misspelt": ({**BODY, "member": []}, 422, "invalid-value", "member"),
    "share above one": ({**BODY, "companies": [1.5]}, 422, "invalid-value", "companies.0"),
    "population unknown": (
        {**BODY, "members": ["01099001", "02099002"], "key": "population"}, 422, "invalid-value", "02099002",
    ),
    "a list": ([1, 2], 422, "invalid-value", "body"),
}  # fmt: skip


def test_members_can_be_had_as_geojson(village_client):
    answer = village_client.post(CHECK, json=BODY, headers={"Accept": "application/geo+json"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/geo+json")
    assert village_client.post(CHECK, json=BODY, params={"format": "geojson"}).json() == answer.json()
    collection = answer.json()
    assert [one["id"] for one in collection["features"]] == BODY["members"]
    assert all(one["geometry"]["coordinates"] for one in collection["features"])
    assert collection["network"]["members"] == BODY["members"]
    assert collection["data"]["dataset"] == "Villages"


def test_network_is_checked(village_client):
    answer = village_client.post(CHECK, json={**BODY, "depth": "shared-staff", "on": "2026-11-22"})
    assert answer.status_code == 200
    network = NetworkAnswer.model_validate(answer.json()).network
    assert network.members == BODY["members"]
    assert network.contiguous
    assert (network.counties, network.states) == (1, 1)
    assert network.cost.drivers.depth == "shared-staff"
    assert network.cost.low_eur < network.cost.high_eur
    assert sum(part.contribution for part in network.contributions) == pytest.approx(network.score, abs=1e-9)
    assert answer.json()["data"]["dataset"] == "Villages"


def test_order_of_members_does_not_matter(village_client):
    one, other = (
        village_client.post(CHECK, json={**BODY, "members": members, "on": "2026-11-22"}).json()
        for members in (BODY["members"], BODY["members"][::-1])
    )
    assert one == other


def test_language(village_client):
    said = {
        lang: village_client.post(f"{CHECK}?lang={lang}", json=BODY).json()["network"]["checks"][-1]["text"]
        for lang in ("de", "en")
    }
    assert said["de"] != said["en"]


def test_what_the_partners_intend(village_client):
    body = {
        **BODY, "service": "climate-network", "companies": [0.25, 0.5, 0.5, 1.0], "duration_months": 36,
        "meetings_per_year": 4, "participation_contract": True, "eligible_eur": 20000, "on": "2026-11-22",
        "key": "use", "use": {"01099001": 1, "01099002": 3}, "assumptions": {"years": 2},
    }  # fmt: skip
    network = village_client.post(CHECK, json=body).json()["network"]
    found = {check["rule"]: check["status"] for check in network["checks"]}
    for rule in ("min-participants", "company-share", "duration", "meetings", "contract"):
        assert found[f"nki-networks.{rule}"] == "met"
    grant = network["cost"]["grant"]
    assert (grant["low_eur"], grant["status"], grant["mark"]) == (12000, "estimate", "U")
    shares = {one["id"]: one["low_eur"] for one in network["cost"]["shares"]["members"]}
    assert sum(round(100 * share) for share in shares.values()) == round(100 * network["cost"]["low_eur"])


@pytest.mark.parametrize(("body", "status", "kind", "value"), WRONG.values(), ids=WRONG)
def test_wrong_request(village_client, body, status, kind, value):
    told = {}
    for lang in ("de", "en"):
        answer = village_client.post(CHECK, json=body, headers={"Accept-Language": lang})
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["kind"] == kind
        assert value in answer.json()["detail"]
        told[lang] = answer.json()["detail"]
    assert told["de"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"null"])
def test_body_that_is_no_json(village_client, content):
    answer = village_client.post(CHECK, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_check_is_posted(village_client):
    assert village_client.get(CHECK).status_code == 405


def test_body_of_the_description_is_an_example(client):
    description = client.get("/openapi.json").json()
    schema = description["components"]["schemas"]["CheckBody"]["properties"]
    body = {name: schema[name]["examples"][0] for name in ("members", "service", "on")}
    assert client.post(CHECK, json=body).status_code == 200
