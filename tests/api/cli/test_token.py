"""Tokens at a terminal: shown once, listed without their secrets, revoked."""

import datetime
import re
import sys

import pytest

from geoplan.messages import IsoDay
from geoplan.plans import open_store
from geoplan.plans.tokens import authenticate

TEXT = re.compile(r"geoplan_([0-9a-f]{12})_([0-9a-f]{64})\n")
TOMORROW = (datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)).isoformat()


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path / "home"))


@pytest.fixture
def made(run):
    done = run("plan", "token", "create", "Bauamt", "--scope", "write", "--expires", TOMORROW)
    assert done.code == 0
    return TEXT.fullmatch(done.out)


def test_the_token_goes_to_stdout_alone(run, made):
    store = open_store()
    token = authenticate(store, made[0].strip())
    store.close()
    assert (token.name, token.scope, str(token.expires)) == ("Bauamt", "write", TOMORROW)


def test_the_hint_says_how_it_is_used_and_not_what_it_is(run):
    done = run("plan", "token", "create", "Bauamt", "--scope", "read", "--lang", "en")
    token_id, secret = TEXT.fullmatch(done.out).groups()
    assert "Authorization: Bearer" in done.err
    assert f"revoke {token_id}" in done.err
    assert secret not in done.err


def test_a_list_without_secrets(run, made):
    (listed,) = run("plan", "token", "list", "--format", "json").json["tokens"]
    assert (listed["id"], listed["name"], listed["scope"], listed["usable"]) == (
        made[1],
        "Bauamt",
        "write",
        True,
    )
    assert (listed["expires"], listed["last_used"], listed["revoked"]) == (TOMORROW, None, None)
    table = run("plan", "token", "list", "--lang", "en").out
    assert all(word in table for word in (made[1], "Bauamt", "write", IsoDay(TOMORROW).text("en"), "valid"))
    assert made[2] not in table + str(listed)


def test_an_empty_list_says_how_to_make_one(run):
    assert run("plan", "token", "list", "--format", "json").json == {"tokens": []}
    assert "geoplan plan token create" in run("plan", "token", "list").out


@pytest.mark.parametrize("by", [0, 1])
def test_revoke_by_id_or_by_the_token_itself(run, made, by):
    done = run("plan", "token", "revoke", made[by].strip(), "--lang", "en")
    assert (done.code, done.out) == (0, "")
    assert made[1] in done.err
    assert made[2] not in done.err
    (listed,) = run("plan", "token", "list", "--format", "json").json["tokens"]
    assert listed["revoked"] is not None
    assert "revoked" in run("plan", "token", "list", "--lang", "en").out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("create", "x"), "--scope"),
        (("create", "x", "--scope", "wrte"), "write"),
        (("create", "", "--scope", "read"), "name"),
        (("create", "x", "--scope", "read", "--expires", "tomorrow"), "tomorrow"),
        (("create", "x", "--scope", "read", "--expires", "2020-01-01"), "2020-01-01"),
        (("revoke", "nope"), "nope"),
        (("revok", "x"), "revoke"),
    ],
)
def test_what_is_wrong_is_named(run, arguments, told):
    done = run("plan", "token", *arguments)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert done.err.count("\n") == 1
    assert run("plan", "token", "list", "--format", "json").json == {"tokens": []}


@pytest.mark.parametrize("command", [(), ("create",), ("list",), ("revoke",)])
def test_help(run, command):
    done = run("plan", "token", *command, "--help", "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(" ".join(["Usage: geoplan plan token", *command]))


def test_without_the_extra_it_says_what_to_install(run, monkeypatch):
    for name in [one for one in sys.modules if one.startswith(("geoplan.plans", "geoplan_api.cli.plan"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    done = run("plan", "token", "list")
    assert (done.code, done.out) == (1, "")
    assert "geoplan[plans]" in done.err
