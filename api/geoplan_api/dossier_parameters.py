"""Which parameters the request for a dossier may have, within which bounds."""

from typing import Annotated

from pydantic import Field

from geoplan.networks import ShareKey
from geoplan.rules import Depth
from geoplan_api.parameters import AnswerQuery, TextList, Word
from geoplan_api.weights import read_weights
from geoplan_dossier import Format

Day = Annotated[str, Field(max_length=10)]


class FileQuery(AnswerQuery):
    """Which file?"""

    format: Format = Field(
        default=Format.PDF,
        description="`csv` is written for the spreadsheet of the language: in German with semicolons and"
        " decimal commas (as `csv-excel`), in English as `csv-plain`, which programs read in any language.",
    )
    on: Day | None = Field(
        default=None, description="The day the rules are asked for (ISO date); by default today.",
        json_schema_extra={"format": "date"}, examples=["2026-11-22"],
    )  # fmt: skip


class PlanDossierQuery(FileQuery):
    """Which file of a plan?"""


class DossierQuery(FileQuery):
    """Whose dossier?"""

    members: TextList = Field(
        min_length=1, description="Ids or unambiguous names, parted by commas.",
        examples=["05570044,05570032"],
    )  # fmt: skip
    service: Word = Field(description="Key of a service field.", examples=["heat-planning"])
    seeds: TextList = Field(
        default="", description="Which of the members have asked for it, parted by commas."
    )
    weights: TextList = Field(
        default="", description="Other weights, parted by commas.", examples=["closeness:4,border_share:0.5"]
    )
    depth: Word | None = Field(
        default=None, description="How deeply they work together; by default as usual for the service.",
        json_schema_extra={"enum": [*Depth, None]},
    )  # fmt: skip
    key: Word = Field(
        default=ShareKey.EQUAL.value,
        description="How cost is shared: equal, population or mixed.",
        json_schema_extra={"enum": list(ShareKey)},
    )

    def member_list(self) -> list[str]:
        """The members."""
        return _parts(self.members)

    def seed_list(self) -> list[str]:
        """Who has asked for the network."""
        return _parts(self.seeds)

    def weight_map(self) -> dict[str, float]:
        """The changed weights by criterion.

        Raises
        ------
        InvalidValueError
            Not pairs of ``criterion:number``.
        """
        return read_weights(_parts(self.weights), ":")


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
