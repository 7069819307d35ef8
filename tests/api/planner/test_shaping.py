"""What the service field changes in the list, said from the weights."""

import re

import pytest

from geoplan.services import load_services
from geoplan.suggestions.weights import service_factor
from geoplan_api.planner import PlannerContext, PlannerState
from geoplan_api.planner.shaping import service_effect


def said(atlas, unit="05570044", lang="en", **state):
    state = PlannerState(unit=unit, lang=lang, **state)
    context = PlannerContext(atlas=atlas, state=state, lang=lang, base="", desk=False)
    return " ".join(one.text(lang) for one in service_effect(context))


def test_without_a_service_field_nothing_is_said(atlas):
    assert said(atlas) == ""


@pytest.mark.parametrize(
    ("service", "state", "told"),
    [
        ("heat-planning", {"unit": "03254020"},
         "Hier weniger Gewicht: ähnliche Größe, Anziehung der Stadt. "
         "Die Reihenfolge bleibt wie ohne Aufgabenfeld."),
        ("wastewater", {}, "Hier mehr Gewicht: gemeinsame Grenze; weniger: "),
        ("wastewater", {}, "Nicht dabei, weil dafür nicht üblich: vertikal: Landkreis und Gemeinden."),
        ("heat-planning", {"unit": "08336"}, "Es gelten die allgemeinen Gewichte"),
        ("building-yard", {}, "wie es an bestehenden Gemeindeverbänden gelernt wurde"),
    ],
)  # fmt: skip
def test_it_says_what_the_weights_say(atlas, service, state, told):
    assert told in said(atlas, lang="de", service=service, **state)


def test_another_order_is_not_called_the_same(atlas):
    assert "The order stays" not in said(atlas, service="climate-network")


def test_a_weight_of_ones_own_is_not_the_doing_of_the_service(atlas):
    assert "similar size" in said(atlas, service="heat-planning")
    assert "similar size" not in said(atlas, service="heat-planning", weights=(("size_parity", 3.0),))


def test_each_criterion_that_is_named_is_shaped(atlas):
    """Nothing is named that the service field leaves as it is."""
    for key, service in load_services().items():
        named = re.findall(r"(?:[Mm]ore|[Ll]ess)(?: weight here)?: ([^;.]+)", said(atlas, service=key))
        if "common border" in ", ".join(named):
            assert service_factor(service, "border_share") != 1
