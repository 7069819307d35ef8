"""What things are called when people read them."""

import pytest

from geoplan_api.labels import Within


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Kreis Warendorf", "im Kreis Warendorf"),
        ("Landkreis Lörrach", "im Landkreis Lörrach"),
        ("Heidekreis", "im Heidekreis"),
        ("Amt Föhr-Amrum", "im Amt Föhr-Amrum"),
        ("Regionalverband Saarbrücken", "im Regionalverband Saarbrücken"),
        ("Saarland", "im Saarland"),
        ("Region Hannover", "in der Region Hannover"),
        ("Samtgemeinde Nord", "in der Samtgemeinde Nord"),
        ("Metropolregion Nürnberg", "in der Metropolregion Nürnberg"),
        ("Nordrhein-Westfalen", "in Nordrhein-Westfalen"),
        ("Rheinland-Pfalz", "in Rheinland-Pfalz"),
    ],
)
def test_german_says_in_which_it_is_as_people_do(name, said):
    assert Within(name).text("de") == said
    assert Within(name).text("en") == f"in {name}"
