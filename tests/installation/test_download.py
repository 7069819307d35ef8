"""Downloads from a server that behaves in every way that servers do."""

import hashlib

import pytest

from geoplan.errors import DatasetError, InvalidValueError
from geoplan.installation.address import parse_address
from geoplan.installation.download import Patience, download
from tests.fileserver import cut, stalled, status, whole, wrong_length

BODY = bytes(range(256)) * 2000


@pytest.fixture
def fetch(tmp_path, patience):
    def fetch(url, **options):
        return download(parse_address(url), tmp_path / "downloads", **{"patience": patience, **options})

    return fetch


def test_a_file_comes_whole_with_its_checksum(server, fetch):
    seen = []
    got = fetch(server.serve(whole(BODY)), progress=lambda done, total: seen.append((done, total)))
    assert got.path.read_bytes() == BODY
    assert got.sha256 == hashlib.sha256(BODY).hexdigest()
    assert seen[-1] == (len(BODY), len(BODY))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_a_slow_server_is_waited_for_as_long_as_it_sends(server, fetch):
    got = fetch(server.serve(whole(BODY, pause_s=0.02, chunk=50_000)))
    assert got.path.read_bytes() == BODY
    assert len(server.asked) == 1


@pytest.mark.parametrize("code", [404, 408, 429, 500, 502, 503])
def test_a_passing_failure_is_tried_again(server, fetch, code):
    assert fetch(server.serve(status(code), whole(BODY))).size == len(BODY)


def test_what_is_not_there_twice_is_not_there(server, fetch):
    with pytest.raises(DatasetError, match="does not have it \\(404\\)"):
        fetch(server.serve(status(404)))
    assert len(server.asked) == 2


def test_a_server_that_fails_on_is_given_up(server, fetch):
    with pytest.raises(DatasetError, match="the server says 500"):
        fetch(server.serve(status(500)))
    assert len(server.asked) == 3


@pytest.mark.parametrize("code", [401, 403])
def test_access_refused_is_not_asked_for_again(server, fetch, code):
    with pytest.raises(DatasetError, match=f"refuses access \\({code}\\)"):
        fetch(server.serve(status(code)))
    assert len(server.asked) == 1


def test_a_cut_connection_goes_on_where_it_broke(server, fetch):
    got = fetch(server.serve(cut(BODY, 1000), cut(BODY, 2000), whole(BODY)))
    assert got.path.read_bytes() == BODY
    assert [headers.get("Range") for _, headers in server.asked] == [None, "bytes=1000-", "bytes=3000-"]


def test_a_connection_that_breaks_often_but_gets_on_is_not_given_up(server, fetch):
    got = fetch(server.serve(*[cut(BODY, 40_000)] * 12, whole(BODY)))
    assert got.path.read_bytes() == BODY


def test_the_next_call_goes_on_too(server, fetch):
    url = server.serve(cut(BODY, 1000), status(403))
    with pytest.raises(DatasetError):
        fetch(url)
    server.serve(whole(BODY))
    assert fetch(url).path.read_bytes() == BODY
    assert server.asked[-1][1]["Range"] == "bytes=1000-"


def test_a_file_that_changed_meanwhile_comes_from_its_beginning(server, fetch):
    other = BODY[::-1]
    got = fetch(server.serve(cut(BODY, 1000, etag='"one"'), whole(other, etag='"two"')))
    assert got.path.read_bytes() == other


def test_without_a_mark_of_the_file_nothing_is_continued(server, fetch):
    got = fetch(server.serve(cut(BODY, 1000, etag=None), whole(BODY, etag=None)))
    assert got.path.read_bytes() == BODY
    assert "Range" not in server.asked[-1][1]


def test_a_server_that_announces_more_than_it_sends_is_given_up(server, fetch):
    with pytest.raises(DatasetError, match="broke off after"):
        fetch(server.serve(wrong_length(BODY, len(BODY) + 500)))


def test_a_server_that_stalls_is_asked_again(server, fetch):
    got = fetch(server.serve(stalled(BODY, 1.5), whole(BODY)))
    assert got.path.read_bytes() == BODY


@pytest.mark.parametrize("answer", [whole(BODY), wrong_length(BODY, 10**12)])
def test_a_file_that_is_too_large_is_refused_before_it_fills_the_disk(server, fetch, answer):
    small = Patience(tries=3, timeout_s=0.5, backoff_s=0.01, max_bytes=len(BODY) // 2)
    with pytest.raises(DatasetError, match="are allowed"):
        fetch(server.serve(answer), patience=small)
    assert len(server.asked) == 1


def test_a_redirect_is_followed(server, fetch):
    server.serve(whole(BODY), path="/there.zip")
    assert fetch(server.serve(status(302, Location="/there.zip"))).size == len(BODY)


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://127.0.0.1/x", "gopher://x/", "data:,x"])
def test_a_redirect_to_something_else_is_not(server, fetch, target):
    with pytest.raises(DatasetError, match="redirects to something else"):
        fetch(server.serve(status(302, Location=target)))


def test_a_redirect_in_a_circle_ends(server, fetch):
    with pytest.raises(DatasetError):
        fetch(server.serve(status(302, Location="/file.zip")))
    assert len(server.asked) < 30


def test_a_password_is_sent_to_the_server_and_never_told(server, fetch):
    url = server.serve(status(403)).replace("//", "//reader:geheim@")
    with pytest.raises(DatasetError) as refused:
        fetch(url + "?token=secret")
    assert server.asked[0][1]["Authorization"].startswith("Basic ")
    for lang in ("de", "en"):
        assert "geheim" not in refused.value.text(lang)
        assert "secret" not in refused.value.text(lang)


def test_a_password_is_not_passed_on_to_where_the_server_redirects_to(server, fetch):
    server.serve(whole(BODY), path="/there.zip")
    fetch(server.serve(status(302, Location="/there.zip")).replace("//", "//reader:geheim@"))
    assert "Authorization" not in server.asked[-1][1]


def test_nobody_there_is_told_without_a_traceback(fetch):
    with pytest.raises(DatasetError, match="no connection"):
        fetch("http://127.0.0.1:9/file.zip")


@pytest.mark.parametrize(
    "text",
    ["ftp://host/x", "file:///etc/passwd", "http://", "http://[::1", "http://host:port/x", "https://a b/"],
)
def test_an_address_of_another_kind_is_refused(text):
    with pytest.raises(InvalidValueError, match="no address to fetch from"):
        parse_address(text)
