import datetime
from pathlib import Path

import pytest

from geoplan.errors import DataError, UnknownChoiceError
from geoplan.evidence import Mark, Table, read_toml
from geoplan.messages import LANGUAGES, Message
from geoplan.services import find_service, load_services
from geoplan.services.catalogue import parse_legal_forms, parse_services
from geoplan.services.service import COOPERATION_TYPES, Duty, TaskLevel
from geoplan.suggestions.result import CooperationType

SNAPSHOT = Path(__file__).parent / "snapshots" / "test_catalogue" / "summary.txt"
CONTRACT_KEYS = [
    "waste",
    "heat-planning",
    "mobility-concept",
    "energy-partnership",
    "land-use-plan",
    "energy-efficiency",
    "resource-efficiency",
    "climate-mobility",
    "climate-management",
    "it",
    "payroll",
    "registry-office",
    "building-yard",
    "procurement",
    "business-park",
    "tourism",
    "fire-service",
    "schools",
    "flood-protection",
    "water-supply",
    "wastewater",
    "public-transport",
    "broadband",
    "wind-solar",
    "rural-development",
    "regional-development",
]
SERVICES = list(load_services().values())
each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.key)


@pytest.mark.parametrize("key", CONTRACT_KEYS)
def test_service_of_the_contract_is_there(key):
    assert find_service(key).key == key


@each_service
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_service_is_labelled_and_described(service, lang):
    assert service.label(lang).strip()
    assert service.description(lang).endswith(".")


def test_labels_are_distinct():
    for lang in LANGUAGES:
        assert len({service.label(lang) for service in SERVICES}) == len(SERVICES)


@each_service
def test_typical_numbers_of_partners_are_a_range(service):
    if service.partners_min is not None and service.partners_max is not None:
        assert 2 <= service.partners_min <= service.partners_max


@each_service
def test_every_group_of_values_has_its_evidence(service):
    assert set(service.statements) == {"task", "spatial", "legal_forms", "partners", "types"}
    for statement in service.statements.values():
        assert statement.sources
        if statement.mark is Mark.VERIFIED:
            assert any(source.url for source in statement.sources)


@each_service
def test_planning_weights_are_never_called_verified(service):
    assert service.statements["spatial"].mark is Mark.DERIVED


@each_service
def test_json_of_a_service(service):
    said = service.to_dict("en")
    assert said["key"] == service.key
    assert said["level"] in set(TaskLevel)
    assert said["duty"] in set(Duty)
    assert said["partners"] == {"min": service.partners_min, "max": service.partners_max}
    assert {form["kind"] for form in said["legal_forms"]} <= {"informal", "public-law", "private-law"}
    assert said["statements"]["task"]["mark"] in set(Mark)
    assert datetime.date.fromisoformat(said["as_of"]) == service.as_of


def test_types_are_those_of_suggestions():
    assert set(COOPERATION_TYPES) == set(CooperationType)


@pytest.mark.parametrize("kind", COOPERATION_TYPES)
def test_every_type_has_services(kind):
    assert any(service.suits(kind) for service in SERVICES)


def test_the_catalogue_is_read_once():
    assert load_services() is load_services()


def test_summary_is_the_reviewed_one():
    assert [_summary(service) for service in SERVICES] == SNAPSHOT.read_text("utf-8").splitlines()


def _summary(service):
    spatial = service.spatial
    weights = (
        spatial.contiguity,
        spatial.commuting,
        spatial.size_parity,
        spatial.same_county,
        spatial.network,
    )
    wishes = [name for name in ("asymmetry_wanted", "contiguity_required") if getattr(spatial, name)]
    return " | ".join([
        service.key, service.level, service.duty, "/".join(map(str, weights)), " ".join(wishes) or "-",
        f"{service.partners_min or ''}–{service.partners_max or ''}", " ".join(service.types),
        " ".join(form.key for form in service.legal_forms),
        "".join(statement.mark for statement in service.statements.values()),
    ])  # fmt: skip


def test_facts_that_were_read():
    heat, network = find_service("heat-planning"), find_service("climate-network")
    assert (heat.partners_min, heat.partners_max, heat.statements["partners"].mark) == (3, 6, Mark.VERIFIED)
    assert heat.duty is Duty.DUTY
    assert heat.contiguity_required is False
    assert network.partners_min == 6
    assert find_service("waste").level is TaskLevel.COUNTY
    assert find_service("energy-partnership").spatial.asymmetry_wanted
    assert find_service("wastewater").statements["task"].mark is Mark.UNVERIFIED


def test_a_label_fills_a_message():
    said = Message("{service}!", service=find_service("building-yard").label)
    assert said.text("en") == "Building yard!"


def test_source_of_the_task_is_an_address():
    assert find_service("land-use-plan").source.startswith("https://www.zrk-kassel.de/")
    assert find_service("land-use-plan").source_of("spatial").startswith("geoplan:")


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("heat-plan", "heat-planning"),
        ("Bauhof", "building-yard"),
        ("Feuerwehr", "fire-service"),
        ("wast", "waste"),
    ],
)
def test_an_unknown_service_names_the_nearest(asked, first):
    with pytest.raises(UnknownChoiceError) as caught:
        find_service(asked)
    assert caught.value.value == asked
    assert caught.value.nearest[0] == first
    assert str(caught.value).startswith(f"“{asked}” is not a known service. Nearest valid values: {first}")


FORMS = parse_legal_forms(read_toml("geoplan.services", "legal_forms.toml"))


def parsed(entry):
    sources = {"judgement": {"title": "judged"}, "law": {"title": "law", "url": "https://example.org"}}
    document = {"as_of": datetime.date(2026, 11, 22), "sources": sources, "services": {"yard": entry}}
    return parse_services(Table(document), FORMS)["yard"]


def test_a_valid_entry_is_read(service):
    read = parsed(service)
    assert read.contiguity_required
    assert read.spatial.network_kind is None
    assert [form.kind for form in read.legal_forms] == ["public-law"]


def test_what_is_known_of_single_states(service):
    evidence = {"mark": "V", "sources": ["law"]}
    states = {"05": {"level": "municipality", **evidence}, "06": {"level": "county", **evidence}}
    service["task"] |= {"level": "land-specific", "states": states}
    read = parsed(service)
    assert read.task_in(["05"]).level == "municipality"
    assert read.task_in(["06", "06"]).level == "county"
    for differing in (["05", "06"], ["05", "09"], ["09"], []):
        assert read.task_in(differing).level == "land-specific"


def test_open_bounds_are_none(service):
    del service["partners"]["min"], service["partners"]["max"]
    assert (parsed(service).partners_min, parsed(service).partners_max) == (None, None)


def without(entry, group, field):
    del entry[group][field]


def having(value):
    def change(entry, group, field):
        entry[group][field] = value

    return change


@pytest.mark.parametrize(
    ("change", "group", "field", "said"),
    [
        (having("town"), "task", "level", "services.yard.task.level: “town” is not known."),
        (having("must"), "task", "duty", "services.yard.task.duty: “must” is not known."),
        (having("Q"), "task", "mark", "services.yard.task.mark: “Q” is not known."),
        (having("V"), "task", "mark", "services.yard.task.sources: a statement marked V names a source"),
        (having(["nobody"]), "task", "sources", "services.yard.task.sources[0]: “nobody” is not known."),
        (without, "label", "de", "services.yard.label.de: this field is missing."),
        (having(""), "label", "en", "services.yard.label.en: expected a text that is not empty"),
        (without, "description", "en", "services.yard.description.en: this field is missing."),
        (
            having(4),
            "spatial",
            "contiguity",
            "services.yard.spatial.contiguity: expected a whole number from 0 to 3",
        ),
        (having(2), "spatial", "network", "services.yard.spatial.network_kind: this field is missing."),
        (
            having("no"),
            "spatial",
            "asymmetry_wanted",
            "services.yard.spatial.asymmetry_wanted: expected true or",
        ),
        (
            having(5),
            "partners",
            "min",
            "services.yard.partners: the least number (5) is above the largest (4).",
        ),
        (having(1), "partners", "min", "services.yard.partners.min: expected a whole number from 2"),
        (
            having(["club"]),
            "legal_forms",
            "usual",
            "services.yard.legal_forms.usual[0]: “club” is not known.",
        ),
        (having([]), "types", "suited", "services.yard.types.suited: expected a list of different values"),
        (
            having(["vertical", "vertical"]),
            "types",
            "suited",
            "services.yard.types.suited: expected a list of",
        ),
        (having(["diagonal"]), "types", "suited", "services.yard.types.suited[0]: “diagonal” is not known."),
        (having("x"), "task", "remark", "services.yard.task.remark: this field is not known."),
        (
            having({"05": {"level": "county", "mark": "D", "sources": ["judgement"]}}),
            "task",
            "states",
            "services.yard.task.states: the level is the same in all states.",
        ),
    ],
)
def test_a_damaged_entry_is_named(service, change, group, field, said):
    change(service, group, field)
    with pytest.raises(DataError) as caught:
        parsed(service)
    assert str(caught.value).startswith(said)
