"""Tokens: only the right one opens, and the store cannot give it away."""

import datetime
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from geoplan.errors import InvalidValueError, NotAuthenticatedError, UnknownChoiceError
from geoplan.plans import Role, open_store, tokens
from geoplan.plans.decoding import decode
from geoplan.plans.exchange import export_plans
from geoplan.plans.tables import TOKENS
from geoplan.plans.tokens import (
    Scope,
    WantedToken,
    authenticate,
    create_token,
    has_usable_token,
    list_tokens,
    revoke_token,
    without_tokens,
)

DAY = datetime.timedelta(days=1)


@pytest.fixture
def made(store):
    return create_token(store, WantedToken(name="Bauamt", scope=Scope.WRITE))


@pytest.fixture
def clock(monkeypatch):
    """Let days go by."""

    def go_on(days: int) -> None:
        later = tokens.today() + days * DAY
        monkeypatch.setattr(tokens, "today", lambda: later)

    return go_on


def test_the_right_one_opens(store, made, url):
    assert re.fullmatch(r"geoplan_[0-9a-f]{12}_[0-9a-f]{64}", made.text)
    other = open_store(url)
    token = authenticate(other, made.text)
    other.close()
    assert (token.id, token.name, token.scope) == (made.token.id, "Bauamt", Scope.WRITE)
    assert (token.actor.name, token.actor.role) == ("Bauamt", Role.COORDINATOR)


def test_the_store_keeps_no_secret(store, made, chief):
    secret = made.text.rpartition("_")[2]
    with store.reading() as connection:
        row = connection.execute(select(TOKENS)).one()
    assert secret not in str(tuple(row))
    assert len(row.digest) == 64
    assert row.digest != secret
    assert secret not in repr(made)
    assert secret not in str(list_tokens(store))
    assert row.digest not in str(list_tokens(store))
    assert row.digest not in str(export_plans(store, chief))


def test_no_two_are_alike(store):
    wanted = WantedToken(name="Bauamt", scope=Scope.READ)
    assert len({create_token(store, wanted).text for _ in range(20)}) == 20


def guesses(made, other):
    """What somebody may try who has seen some of it."""
    _, token_id, secret = made.text.split("_")
    flipped = ("0" if secret[0] != "0" else "1") + secret[1:]
    start = f"geoplan_{token_id}_"
    return {
        "empty": "", "blank": " ", "id alone": token_id, "secret alone": secret, "no secret": start,
        "unknown id": f"geoplan_{'0' * 12}_{secret}", "first digit": start + flipped,
        "another's secret": start + other.text.split("_")[2], "truncated": made.text[:-1],
        "longer": f"{made.text}0", "very long": start + "0" * 1_000_000, "non-ASCII": start + "é" * 64,
        "other digits": made.text.replace("0", "٠") + "٠", "upper case": made.text.upper(),
        "line break": f"{made.text}\n", "blank before": f" {made.text}", "NUL": f"{made.text}\x00",
        "half a character": "\ud800", "SQL": f"{start}' OR 1=1 --",
        "wildcard": f"geoplan_{'%' * 12}_{secret}",
    }  # fmt: skip


def test_guesses_open_nothing(store, made):
    other = create_token(store, WantedToken(name="Hauptamt", scope=Scope.ADMIN))
    for kind, guess in guesses(made, other).items():
        with pytest.raises(NotAuthenticatedError) as told:
            authenticate(store, guess)
        error = told.value
        assert (error.value, error.nearest) == (None, ()), kind
        assert str(error) == "The token is not known here.", kind
    assert all(token.last_used is None for token in list_tokens(store))
    assert authenticate(store, made.text)


def test_any_text_opens_nothing(store):
    # The store is opened once: it is the guesses that differ.
    @settings(max_examples=200, deadline=None)
    @given(guess=st.text(max_size=200) | st.from_regex(r"geoplan_[0-9a-f]{12}_[0-9a-f]{64}"))
    def opens_nothing(guess):
        with pytest.raises(NotAuthenticatedError):
            authenticate(store, guess)

    opens_nothing()


def test_a_revoked_one_opens_nothing(store, made):
    assert has_usable_token(store)
    done = revoke_token(store, made.token.id)
    assert done.revoked is not None
    with pytest.raises(NotAuthenticatedError, match="revoked"):
        authenticate(store, made.text)
    assert not has_usable_token(store)
    assert [token.id for token in list_tokens(store)] == [made.token.id]
    with pytest.raises(InvalidValueError, match="before"):
        revoke_token(store, made.token.id)
    assert list_tokens(store) == (done,)


def test_a_lost_one_is_revoked_by_its_text(store, made):
    assert revoke_token(store, made.text).id == made.token.id


@pytest.mark.parametrize("given", ["nope", "", "\x00", "geoplan_000000000000_" + "a" * 64, "x" * 5000])
def test_unknown_ones_are_not_revoked(store, made, given):
    with pytest.raises(InvalidValueError) as told:
        revoke_token(store, given)
    assert "aaaa" not in str(told.value)
    assert has_usable_token(store)


def test_the_last_day_counts(store, clock):
    last = tokens.today() + 2 * DAY
    made = create_token(store, WantedToken(name="Bauamt", scope=Scope.READ, expires=last))
    clock(2)
    assert authenticate(store, made.text).expires == last
    assert has_usable_token(store)
    clock(1)
    with pytest.raises(NotAuthenticatedError, match="expired"):
        authenticate(store, made.text)
    assert not has_usable_token(store)
    assert not list_tokens(store)[0].to_dict()["usable"]


def test_only_whoever_has_it_is_told_that_it_is_revoked(store, made):
    revoke_token(store, made.token.id)
    with pytest.raises(NotAuthenticatedError, match="not known"):
        authenticate(store, f"geoplan_{made.token.id}_{'0' * 64}")


def test_the_day_of_use_is_kept(store, made, clock, monkeypatch):
    assert list_tokens(store)[0].last_used is None
    authenticate(store, made.text)
    first = tokens.today()
    assert list_tokens(store)[0].last_used == first
    with monkeypatch.context() as patched:
        patched.setattr(store, "writing", lambda: pytest.fail("once a day is enough"))
        authenticate(store, made.text)
    clock(1)
    authenticate(store, made.text)
    assert list_tokens(store)[0].last_used == first + DAY


def test_scopes_hold_those_before():
    allowed = [[one.allows(least) for least in Scope] for one in Scope]
    assert allowed == [[True, False, False], [True, True, False], [True, True, True]]
    assert [one.role for one in Scope] == [Role.READER, Role.COORDINATOR, Role.COORDINATOR]


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a\x00", "\ud800", "x" * 201])
def test_no_name(store, name):
    with pytest.raises(InvalidValueError):
        create_token(store, WantedToken(name=name, scope=Scope.READ))
    assert list_tokens(store) == ()


def test_one_that_has_expired_is_not_made(store):
    with pytest.raises(InvalidValueError) as told:
        create_token(store, WantedToken(name="a", scope=Scope.READ, expires=tokens.today() - DAY))
    assert told.value.nearest == (tokens.today().isoformat(),)
    assert list_tokens(store) == ()


def test_scopes_are_named():
    with pytest.raises(UnknownChoiceError) as told:
        decode(WantedToken, {"name": "a", "scope": "wrte"})
    assert told.value.nearest[0] == "write"


def test_texts_lose_their_tokens(made):
    secret = made.text.rpartition("_")[2]
    for text in (made.text, f"a {made.text}, b", made.text[:-3], f"x={made.text}&y"):
        assert secret[:20] not in without_tokens(text)
        assert made.token.id in without_tokens(text)
    assert without_tokens("geoplan plan token create") == "geoplan plan token create"
