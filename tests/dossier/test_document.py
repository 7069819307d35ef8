"""What the document says, before it is laid out.

The file in ``golden`` is the German text of a real dossier as the template gets it, without the sources:
after a change of data, rules or words write it anew with ``GEOPLAN_GOLDEN=write`` and read what has changed.
"""

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from geoplan import Atlas
from geoplan.plans import read_plan
from geoplan.plans.origin import begun
from geoplan.rules import RuleKind, Status
from geoplan_dossier import Dossier, make_dossier
from geoplan_dossier.document import document
from geoplan_dossier.document.parts import cell
from geoplan_dossier.sheets.overview import overview
from tests.dossier.conftest import DAY

GOLDEN = Path(__file__).with_name("golden") / "telgte.json"
NOT_KEPT = ("references", "facts")
"""Parts that change with every source or version."""
CHECKSUM = re.compile("[0-9a-f]{64}$")


def strings(value) -> str:
    return json.dumps(value, ensure_ascii=False)


def headings(dossier: Dossier, lang: str) -> list[str]:
    return [part["text"] for part in document(dossier, lang)["parts"] if part["part"] == "heading"]


def test_the_document_is_that_which_was_read(six):
    said = document(six, "de")
    said["parts"] = [part for part in said["parts"] if part["part"] not in NOT_KEPT]
    said["parts"][-1]["text"] = CHECKSUM.sub("", said["parts"][-1]["text"])
    if os.environ.get("GEOPLAN_GOLDEN") == "write":
        GOLDEN.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", "utf-8")
        return
    assert said == json.loads(GOLDEN.read_text("utf-8"))


def test_it_says_everything_that_is_asked_of_it(six):
    assert {"The members", "Why they fit", "Checks", "Legal forms", "Cost of coordination", "Assumptions",
            "Shares of the members", "Next steps", "How the fit is computed", "Data", "Sources"} <= set(
        headings(six, "en")
    )  # fmt: skip


def test_every_check_and_assumption_stands_in_it(six):
    said = strings(document(six, "en"))
    for check in six.network.checks:
        assert strings(check.text.text("en")).strip('"') in said
    for one in six.network.cost.assumptions:
        assert one.label.text("en") in said


def test_sums_are_those_of_the_network(six):
    said = strings(document(six, "de"))
    assert "98.933" in said
    assert "57.800" in said
    assert "57.750" not in said


def test_a_plan_is_part_of_it(nasty):
    found = headings(nasty, "en")
    assert {"The plan", "Goals", "Participants", "How it is decided", "Responsibilities", "Finance plan",
            "Meetings", "Risks", "Documents", "Measured values", "Checklist"} <= set(found)  # fmt: skip
    said = document(nasty, "en")
    assert said["heading"] == said["title"] == "=Bauhof #1 – „gemeinsam“"
    assert "10,000.75" in strings(said)  # the sum of both years


def test_without_a_plan_the_first_steps_stand_in_it(six):
    assert "The plan" not in headings(six, "en")
    steps = next(part for part in document(six, "en")["parts"] if part["part"] == "list" and
                 isinstance(part["items"][0], dict))  # fmt: skip
    assert steps["items"][0] == cell(
        "A contact who may decide at each partner", "Name a person at each partner who may decide."
    )
    # The service field is given, so nobody is told to choose one.
    assert "Task named" not in strings(document(six, "en"))


def test_every_citation_leads_to_a_source(six):
    parts = document(six, "de")["parts"]
    numbers = {one["number"] for one in next(p for p in parts if p["part"] == "references")["items"]}
    said = strings([part for part in parts if part["part"] != "references"])
    cited = {f"[{number}]" for number in range(1, 100) if f"[{number}]" in said}
    assert cited
    assert cited <= numbers


def test_a_single_member_has_a_document(grid: Atlas):
    dossier = make_dossier(grid, ["m00"], service="it", on=DAY)
    said = strings(document(dossier, "en"))
    assert "no partner to fit" in said
    assert "no legal form is advised on" in said


def test_unknown_inhabitants_are_named(grid: Atlas):
    dossier = make_dossier(grid, ["m30", "m31"], service="it", on=DAY)
    said = strings(document(dossier, "en"))
    assert "at least 9,000 inhabitants" in said
    assert "Inhabitants unknown: Ort m31." in said
    figures = dict(overview(dossier, "en").rows)
    assert "Inhabitants" not in figures
    assert figures["Inhabitants, at least"] == 9000
    assert figures["Municipalities whose inhabitants are unknown"] == 1


def test_a_county_among_its_own_municipalities_is_proposed_to_coordinate(atlas: Atlas):
    proposed = "Vorschlag für die Rolle von Kreis Warendorf: Koordination; vereinbart ist das noch nicht."
    members = ["05570", "05570044"]
    assert proposed in strings(document(make_dossier(atlas, members, service="it", on=DAY), "de"))
    plan = begun(
        read_plan({"title": "IT", "network": {"members": members, "service": "it"}}, plan_id="it"), atlas
    )
    said = strings(document(make_dossier(atlas, members, service="it", on=DAY, plan=plan), "de"))
    assert "Koordination (Vorschlag)" in said
    assert proposed not in said


def test_seeds_and_weights_are_told(grid: Atlas):
    dossier = make_dossier(
        grid, ["m00", "m01"], service="it", on=DAY, seeds=["m01"], weights={"closeness": 2.5}
    )
    said = strings(document(dossier, "en"))
    assert "those who asked for the network: Ort m01." in said
    assert "closeness 2.50" in said


@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_field_is_left_open(nasty, six, apart, lang):
    for dossier in (nasty, six, apart):
        said = document(dossier, lang)
        said.pop("page")
        assert "{" not in strings([part.get("text", "") for part in said["parts"]])


def test_only_what_is_open_is_said_to_be_open(six):
    def first(*statuses):
        kept = [
            one for one in six.network.checks if one.kind is RuleKind.REQUIREMENT and one.status in statuses
        ]
        dossier = replace(six, network=replace(six.network, checks=kept))
        return strings(document(dossier, "de"))

    assert "Zuerst die offenen Anforderungen klären: " in first(Status.UNCLEAR)
    assert "Zuerst die " not in first(Status.MET)


def test_the_technical_proof_stands_at_the_end_and_labels_begin_with_a_capital(six):
    parts = document(six, "de")["parts"]
    assert "SHA-256" not in strings(parts[:-1])
    assert CHECKSUM.search(parts[-1]["text"])
    bars = next(part for part in parts if part["part"] == "bars")
    assert all(row["cell"]["text"][0].isupper() for row in bars["rows"])
