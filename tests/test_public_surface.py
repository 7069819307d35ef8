"""The names other people build on are there, and nothing else is public by accident."""

import inspect
from types import ModuleType

import numpy as np
import pytest

import geoplan
import geoplan.adjacency
import geoplan_api
import geoplan_maps
from geoplan.errors import InvalidValueError

CONTRACT = [
    (geoplan, "load_atlas"),
    (geoplan, "suggest"),
    (geoplan, "build_network"),
    (geoplan, "check_network"),
    (geoplan.adjacency, "build_adjacency"),
    (geoplan_maps, "render_map"),
    (geoplan_api, "create_app"),
]


@pytest.mark.parametrize(("module", "name"), CONTRACT)
def test_name_of_the_contract_is_exported(module, name):
    assert name in module.__all__
    assert callable(getattr(module, name))


def test_all_names_what_the_module_has():
    public = {
        name for name, value in vars(geoplan).items() if name[0] != "_" and not isinstance(value, ModuleType)
    }
    assert public == {name for name in geoplan.__all__ if not isinstance(getattr(geoplan, name), ModuleType)}
    assert len(geoplan.__all__) == len(set(geoplan.__all__))


@pytest.mark.parametrize("name", geoplan.__all__)
def test_public_name_is_documented(name):
    value = getattr(geoplan, name)
    if inspect.isfunction(value) or inspect.isclass(value) or inspect.ismodule(value):
        assert inspect.getdoc(value)


def test_suggest_takes_what_the_contract_says():
    parameters = inspect.signature(geoplan.suggest).parameters
    assert list(parameters) == [
        "atlas",
        "unit",
        "partners",
        "type",
        "service",
        "limit",
        "weights",
        "as_level",
    ]
    options = list(parameters.values())[2:]
    assert all(option.kind is option.KEYWORD_ONLY for option in options)
    assert {option.name: option.default for option in options} == {
        "partners": (),
        "type": "any",
        "service": None,
        "limit": 20,
        "weights": None,
        "as_level": None,
    }


def test_a_unit_stands_for_itself_wherever_one_is_named(atlas):
    telgte, ostbevern = atlas.unit("Telgte"), atlas.unit("Ostbevern")
    assert atlas.unit(telgte) == telgte
    assert atlas.neighbours(telgte) == atlas.neighbours("05570044")
    by_name = geoplan.suggest(atlas, "Telgte", partners=["Ostbevern"], limit=3)
    assert geoplan.suggest(atlas, telgte, partners=[ostbevern], limit=3).to_dict("en") == by_name.to_dict(
        "en"
    )
    network = geoplan.check_network(atlas, [telgte, ostbevern], service="it", seeds=[telgte])
    assert [member.id for member in network.members] == ["05570032", "05570044"]
    found = geoplan.build_network(
        atlas, [telgte], service="it", min_members=2, max_members=3, include=[ostbevern], candidates=5
    )
    assert {telgte, ostbevern} <= set(found.networks[0].members)


@pytest.mark.parametrize("wrong", [None, 5, 3.2, ["05570044"], np.int64(5570044)])
def test_what_is_neither_text_nor_unit_is_refused(atlas, wrong):
    for ask in (
        atlas.unit,
        atlas.neighbours,
        lambda unit: geoplan.suggest(atlas, unit),
        lambda unit: geoplan.suggest(atlas, "Telgte", partners=[unit]),
        lambda unit: geoplan.check_network(atlas, [unit], service="it"),
        lambda unit: geoplan.build_network(atlas, [unit], service="it"),
    ):
        with pytest.raises(InvalidValueError) as error:
            ask(wrong)
        assert repr(wrong) in str(error.value)


def test_load_atlas_takes_a_dataset():
    (dataset,) = inspect.signature(geoplan.load_atlas).parameters.values()
    assert dataset.name == "dataset"
    assert dataset.default is None


def test_build_adjacency_takes_geometries_first():
    first = next(iter(inspect.signature(geoplan.adjacency.build_adjacency).parameters))
    assert first == "geometries"


@pytest.mark.parametrize("name", ["units", "unit", "neighbours", "to_networkx"])
def test_atlas_offers_what_the_contract_says(name):
    fields = {*vars(geoplan.Atlas), *geoplan.Atlas.__dataclass_fields__}
    assert name in fields
