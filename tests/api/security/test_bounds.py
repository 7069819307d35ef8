"""What is too large, too deep, too long or too slow is turned away before anybody works on it."""

import http.client
import json
import socket
import time

import pytest
from starlette.responses import StreamingResponse

from geoplan_api.guarding.routes import check_depth

CHECK = "/api/v1/networks/check"
BODY = {"members": ["01099001", "01099002"], "service": "building-yard"}


def refused(answer, status, kind):
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["kind"] == kind
    assert "content-security-policy" in answer.headers


def test_what_is_within_bounds_is_answered(answering):
    assert answering(max_body_bytes=1_000, max_url_bytes=200).post(CHECK, json=BODY).status_code == 200


def test_a_large_body_is_not_read(answering):
    client = answering(max_body_bytes=1_000)
    refused(client.post(CHECK, content=b" " * 1_001), 413, "too-large")
    told = {"content-length": str(10**30)}
    refused(client.post(CHECK, content=b"{}", headers=told), 413, "too-large")


def test_a_large_body_in_pieces_is_not_read(answering):
    read = 0

    def pieces():
        nonlocal read
        for _ in range(10_000):
            read += 1
            yield b" " * 100

    # A test client collects the pieces before it sends them; what counts is what the application takes.
    refused(answering(max_body_bytes=1_000).post(CHECK, content=pieces()), 413, "too-large")


def test_pieces_over_a_socket(listening):
    port = listening(max_body_bytes=1_000)
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(f"POST {CHECK} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        for _ in range(11):
            line.sendall(b"64\r\n" + b" " * 100 + b"\r\n")
        answer = line.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in answer.lower()


@pytest.mark.parametrize("nested", ["[" * 100_000, '{"a":' * 33, '"[[" ' + "[{" * 20, "[" * 33 + "]" * 33])
def test_a_deep_body_is_not_parsed(answering, nested):
    answer = answering().post(CHECK, content=nested, headers={"content-type": "application/json"})
    refused(answer, 422, "invalid-value")
    assert "32" in answer.json()["detail"]


@pytest.mark.parametrize("told", ["[" * 20, '"[' * 20, "\\[" * 20])
def test_brackets_in_texts_are_not_deep(told):
    check_depth(json.dumps(BODY | {"members": [told] * 3}).encode(), 4)


def test_a_long_address_is_not_read(answering):
    client = answering(max_url_bytes=200)
    assert client.get("/api/v1/units", params={"q": "x" * 90}).status_code == 200
    refused(client.get("/api/v1/units", params={"q": "x" * 200}), 414, "address-too-long")
    refused(client.get(f"/{'x' * 200}"), 414, "address-too-long")


@pytest.mark.parametrize("field", ["members", "seeds", "companies"])
def test_long_lists_are_not_worked_on(answering, field):
    entry = 0.5 if field == "companies" else "01099001"
    answer = answering().post(CHECK, json=BODY | {field: [entry] * 5_000})
    refused(answer, 422, "invalid-value")


def test_a_slow_body_is_given_up(listening):
    port = listening(body_seconds=0.3)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    line.putrequest("POST", CHECK)
    line.putheader("Content-Length", "100")
    line.endheaders()
    line.send(b"{")
    answer = line.getresponse()
    assert answer.status == 408
    assert json.load(answer)["kind"] == "too-slow"
    line.close()


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n"])
def test_a_slow_head_is_given_up(listening, closed_after, sent):
    assert closed_after(listening(head_seconds=0.3), sent) < 3


def test_a_slow_second_head_is_given_up(listening, closed_after):
    sent = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\n"
    assert closed_after(listening(head_seconds=0.3), sent) < 3


def test_a_trickle_does_not_put_it_off(listening):
    with socket.create_connection(("127.0.0.1", listening(head_seconds=0.5)), timeout=5) as line:
        line.sendall(b"GET / HTTP/1.1\r\n")
        start = time.monotonic()
        with pytest.raises(ConnectionError):
            for number in range(100):
                line.sendall(f"X-{number}: 1\r\n".encode())
                time.sleep(0.05)
    assert time.monotonic() - start < 3


def slow(app):
    @app.get("/slow")
    def answer():
        time.sleep(1.5)


def test_an_answer_that_takes_too_long_is_given_up(answering):
    start = time.monotonic()
    client = answering(request_seconds=0.2, add=slow)
    answer = client.get("/slow")
    assert time.monotonic() - start < 1.2
    refused(answer, 503, "time-limit")
    assert answer.headers["retry-after"] == "5"
    assert client.get("/health/live").status_code == 200


def endless(app):
    @app.get("/endless")
    def answer():
        return StreamingResponse(b"x" * 65_536 for _ in iter(int, 1))


def test_a_reader_who_does_not_read_is_let_go(listening):
    port = listening(send_seconds=0.3, add=endless)
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(2)
        # What was under way is there; then it ends, though the answer does not.
        read = 0
        try:
            while some := line.recv(2**20):
                read += len(some)
                assert read < 2**28
        except ConnectionError:
            pass
    assert read


def test_more_connections_than_wanted(listening):
    port = listening(max_connections=10)
    lines = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(12)]
    try:
        time.sleep(0.2)
        lines[-1].sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"503" in lines[-1].recv(1_000)
    finally:
        for line in lines:
            line.close()
