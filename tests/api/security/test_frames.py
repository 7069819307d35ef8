"""Who may show a page in a frame, and what a browser may do with an answer."""

import pytest

from geoplan_api.security import HEADERS

PAGES = ["/", "/help", "/?unit=01099001", "/plans", "/docs", "/nothing", "/api/v1/units", "/ogc"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_shown_in_no_frame(answering, path):
    headers = answering(desk=True, client="127.0.0.1").get(path, headers={"accept": "text/html"}).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"


def test_embeds_are_shown_where_the_operator_says(answering):
    headers = answering(frame_ancestors="https://kreis.example").get("/embed/units/01099001").headers
    assert "frame-ancestors https://kreis.example 'self'" in headers["content-security-policy"]
    assert "x-frame-options" not in headers


@pytest.mark.parametrize("path", ["/", "/nothing", "/api/v1/plans", "/static/planner/base.css"])
def test_every_answer_has_its_headers(answering, path):
    headers = answering().get(path).headers
    assert [name for name in HEADERS if name not in headers] == []
    assert "server" not in headers


def test_https_stays_https(answering):
    assert "strict-transport-security" not in answering().get("/").headers
    told = answering(public_url="https://plan.example").get("/").headers["strict-transport-security"]
    assert told.startswith("max-age=")


def test_a_host_that_is_made_up_stands_in_no_link(answering):
    client = answering(public_url="https://plan.example")
    url = "https://plan.example/embed/units/01099001"
    answer = client.get("/oembed", params={"url": url}, headers={"host": "evil.example"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.text
