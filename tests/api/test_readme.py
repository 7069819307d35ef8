"""What README says can be copied works."""

import re
from pathlib import Path

import pytest

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
ADDRESSES = re.findall(r"`(/(?:embed|api/v1/units|api/v1/services)[^` ]*)`", README)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_answers(client, address):
    assert client.get(address).status_code == 200


def test_the_register_is_shown_before_it_is_used():
    uses = [found.start() for found in re.finditer(r"register\.json", README)]
    assert README.index("A register of cooperations is a JSON file") < min(uses)
    assert {one.partition("?")[0] for one in ADDRESSES} >= {"/embed/networks", "/embed/white-spots/05570"}
