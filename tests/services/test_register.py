import json
import logging
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.errors import MissingFileError, RegisterError
from geoplan.services import Cooperation, CooperationRegister, read_register
from geoplan.services.register import parse_register

VALID = {
    "cooperations": [
        {
            "id": "konvoi",
            "name": "Konvoi Münsterland",
            "type": "horizontal-rural",
            "service": "heat-planning",
            "members": ["05570044", "05570028"],
            "complete": True,
            "source": "made up",
        },
        {
            "id": "allianz",
            "name": "Allianz",
            "type": "urban-rural",
            "service": None,
            "legal_form": "cooperative",
            "members": ["05570044", "05570008"],
            "complete": False,
            "source": "made up",
            "instrument": "ILE",
        },
    ]
}


def written(tmp_path, document):
    path = tmp_path / "register.json"
    path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    return path


def failure(document):
    with pytest.raises(RegisterError) as caught:
        parse_register(document)
    return caught.value


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_register_is_read(tmp_path):
    register = read_register(written(tmp_path, VALID))
    assert register.cooperations[0] == Cooperation(
        id="konvoi",
        name="Konvoi Münsterland",
        type="horizontal-rural",
        service="heat-planning",
        legal_form=None,
        members=("05570044", "05570028"),
        complete=True,
        source="made up",
    )
    assert register.cooperations[1].service is None
    assert register.cooperations[1].legal_form == "cooperative"
    assert register.warnings == ()


def test_a_byte_order_mark_does_not_matter(tmp_path):
    assert read_register(str(written(tmp_path, b"\xef\xbb\xbf" + json.dumps(VALID).encode()))).cooperations


def test_an_unknown_service_is_kept_with_a_warning(cooperation, caplog):
    cooperation["service"] = "heat-plannin"
    with caplog.at_level(logging.WARNING):
        register = parse_register({"cooperations": [cooperation]})
    assert register.cooperations[0].service == "heat-plannin"
    assert register.cooperations[0].known_service is None
    [warning] = register.warnings
    assert str(warning) == (
        "Cooperation “Konvoi”: the catalogue has no service “heat-plannin”; it counts as none."
        " Nearest valid values: heat-planning."
    )
    assert caplog.messages == [str(warning)]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("id", "", "cooperations[0].id: expected a text that is not empty, found ."),
        ("name", None, "cooperations[0].name: this field is missing."),
        (
            "type",
            "horizontal",
            "cooperations[0].type: “horizontal” is not known. Nearest valid values: horizontal-",
        ),
        ("service", 5, "cooperations[0].service: expected a text that is not empty, found 5."),
        ("legal_form", [], "cooperations[0].legal_form: expected a text that is not empty, found []."),
        ("members", "05570044", "cooperations[0].members: expected a list, found 05570044."),
        ("members", ["05570044"], "cooperations[0].members: a cooperation has at least two members, not 1."),
        ("members", ["a", "b", "a"], "cooperations[0].members[2]: “a” stands in the list twice."),
        (
            "members",
            ["a", None],
            "cooperations[0].members[1]: expected a text that is not empty, found None.",
        ),
        ("complete", "yes", "cooperations[0].complete: expected true or false, found yes."),
        ("source", None, "cooperations[0].source: this field is missing."),
    ],
)
def test_a_bad_field_is_named(cooperation, field, value, said):
    cooperation[field] = value
    assert str(failure({"cooperations": [cooperation]})).startswith(said)


@pytest.mark.parametrize("field", ["id", "name", "type", "service", "members", "complete", "source"])
def test_a_missing_field_is_named(cooperation, field):
    del cooperation[field]
    assert str(failure({"cooperations": [cooperation]})) == f"cooperations[0].{field}: this field is missing."


@pytest.mark.parametrize(
    ("number", "meant"), [(9679124, "09679124"), (12063036, "12063036"), (2000, "02000"), (9, "09")]
)
def test_a_key_written_as_a_number_names_what_it_meant(cooperation, number, meant):
    cooperation["members"][2] = number
    error = failure({"cooperations": [cooperation]})
    assert str(error).startswith("cooperations[0].members[2]: expected a text")
    assert meant in error.nearest


def test_ids_are_distinct(cooperation):
    error = failure({"cooperations": [cooperation, cooperation | {"id": "other"}, cooperation]})
    assert str(error) == "cooperations[2].id: “konvoi” is the id of cooperations[0] too."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xfe\xff", "not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b"9" * 5000, "not JSON"),
        (b"[]", "/: expected a table of named fields, found []."),
        (b"{}", "cooperations: this field is missing."),
        (b'{"cooperation": []}', "cooperations: this field is missing. Nearest valid values: cooperation."),
        (b'{"cooperations": {}}', "cooperations: expected a list, found {}."),
        (b'{"cooperations": [7]}', "cooperations[0]: expected a table of named fields, found 7."),
    ],
)
def test_a_file_that_is_no_register_is_named(tmp_path, content, said):
    path = written(tmp_path, content)
    with pytest.raises(RegisterError) as caught:
        read_register(path)
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(path)[:20])


def test_a_file_that_is_not_there_is_a_wrong_request(tmp_path):
    with pytest.raises(MissingFileError, match=r"There is no file “.*absent\.json”"):
        read_register(tmp_path / "absent.json")


@pytest.mark.parametrize("name", [".", "nul\0.json"])
def test_a_path_that_cannot_be_read_is_an_error(tmp_path, name):
    with pytest.raises(RegisterError, match=r"cannot be read|not JSON"):
        read_register(f"{tmp_path}/{name}")


# ── damaged files: never another exception than RegisterError ───────────────────────────────────────────

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner)
)


def paths_of(value, path=()):
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in inner:
        yield from paths_of(part, (*path, step))


PATHS = list(paths_of(VALID))


def damaged(path, value):
    if not path:
        return value
    document = deepcopy(VALID)
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return document


def assert_read_or_rejected(read):
    try:
        register = read()
    except RegisterError as error:
        said = error.text("en")
        assert said.encode()
        assert "\n" not in said
    else:
        assert isinstance(register, CooperationRegister)
        assert all(len(set(one.members)) >= 2 for one in register.cooperations)


@pytest.mark.property
@given(st.sampled_from(PATHS), JSON)
def test_any_value_anywhere_is_read_or_rejected(path, value):
    assert_read_or_rejected(lambda: parse_register(damaged(path, value)))


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("registers") / "register.json"


@pytest.mark.property
@given(st.data())
def test_any_damage_to_the_bytes_is_read_or_rejected(file, data):
    content = json.dumps(VALID, ensure_ascii=False).encode()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 40)))
    file.write_bytes(content[:start] + data.draw(st.binary(max_size=8)) + content[end:])
    assert_read_or_rejected(lambda: read_register(file))


# ── look-ups ────────────────────────────────────────────────────────────────────────────────────────────

UNITS = "abcdef"
COOPERATIONS = st.lists(
    st.tuples(st.sampled_from(["waste", "it", None]), st.sets(st.sampled_from(UNITS), min_size=2)), max_size=6
).map(
    lambda drawn: CooperationRegister(
        tuple(
            Cooperation(
                id=f"k{number}",
                name=f"K {number}",
                type="horizontal-rural",
                service=service,
                legal_form=None,
                members=tuple(sorted(members)),
                complete=True,
                source="made up",
            )
            for number, (service, members) in enumerate(drawn)
        )
    )
)


@pytest.mark.property
@given(COOPERATIONS)
def test_ties_go_both_ways(register):
    for one in UNITS:
        for other, shared in register.partners_of(one).items():
            assert other != one
            assert shared == register.shared(one, other) == register.shared(other, one)
            assert register.partners_of(other)[one] == shared


@pytest.mark.property
@given(COOPERATIONS, st.sampled_from(["waste", "it"]))
def test_partners_in_a_service_are_partners(register, service):
    for unit in UNITS:
        everybody = register.partners_of(unit)
        for partner, ties in register.partners_of(unit, service).items():
            assert ties == tuple(tie for tie in everybody[partner] if tie.service == service)
            assert ties


@pytest.mark.property
@given(COOPERATIONS)
def test_a_hidden_cooperation_leaves_no_trace(register):
    for hidden in register.cooperations:
        left = register.without(hidden.id)
        assert len(left.cooperations) == len(register.cooperations) - 1
        assert all(hidden not in left.of(unit) for unit in UNITS)
        assert left.without(hidden.id) == left


def test_an_empty_register_knows_nothing():
    assert CooperationRegister().partners_of("a") == {}
    assert CooperationRegister().shared("a", "b") == ()
    assert CooperationRegister() == CooperationRegister(())


def test_members_that_a_dataset_lacks_are_left_out_and_named():
    register = parse_register(VALID).known({"05570044", "05570028"})
    assert [one.id for one in register.cooperations] == ["konvoi"]
    assert register.cooperations[0].complete
    [warning] = register.warnings
    assert str(warning) == "Cooperation “Allianz”: the dataset does not know 1 of 2 members: 05570008."


def test_a_cooperation_that_lacks_members_is_no_longer_complete(cooperation):
    register = parse_register({"cooperations": [cooperation]}).known({"05570044", "05570008"})
    assert register.cooperations[0].members == ("05570044", "05570008")
    assert not register.cooperations[0].complete


# ── real data ───────────────────────────────────────────────────────────────────────────────────────────


def test_real_cooperations_are_read(shared_data):
    register = read_register(shared_data / "cooperations" / "cooperations.json")
    assert len(register.cooperations) == 10
    assert register.warnings == ()
    assert all(one.service == one.known_service for one in register.cooperations)
    [hamburg] = register.of("02000")
    assert hamburg.id == "emr-hamburg"
    assert len(register.partners_of("02000")) == 20
    assert register.without("emr-hamburg").of("02000") == ()
