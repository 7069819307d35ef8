"""Nothing of a request for plans is read before it is clear who asks."""

import pytest

from geoplan.plans import open_store
from geoplan.plans.tokens import Scope, WantedToken, create_token

PLANS = "/api/v1/plans"
BROKEN = ["{", "[1,", "", "null", "[" * 100_000, '{"network": 1}', "\x00"]


@pytest.mark.parametrize("sent", BROKEN)
@pytest.mark.parametrize(("method", "path"), [("POST", PLANS), ("PUT", f"{PLANS}/x")])
def test_a_body_of_nobody_is_not_parsed(answering, method, path, sent):
    answer = answering().request(method, path, content=sent, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["kind"]) == (401, "not-authenticated")


@pytest.mark.parametrize("sent", BROKEN)
def test_nor_is_one_of_a_reader_who_may_not_write(answering, sent):
    client = answering()
    made = create_token(open_store(), WantedToken(name="Bauamt", scope=Scope.READ)).text
    headers = {"content-type": "application/json", "authorization": f"Bearer {made}"}
    assert client.post(PLANS, content=sent, headers=headers).status_code == 403


def test_what_cannot_be_accepted_is_not_told_to_nobody(answering):
    headers = {"accept": "image/png"}
    assert answering().get(PLANS, headers=headers).status_code == 401


@pytest.mark.parametrize("sent", BROKEN)
def test_those_who_may_are_told_what_is_wrong(answering, sent):
    client = answering()
    made = create_token(open_store(), WantedToken(name="Bauamt", scope=Scope.WRITE)).text
    headers = {"content-type": "application/json", "authorization": f"Bearer {made}"}
    assert client.post(PLANS, content=sent, headers=headers).status_code in (400, 422)
