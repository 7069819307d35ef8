"""Which parameters a request may have, within which bounds."""

from typing import Annotated, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from geoplan.suggestions import TYPES
from geoplan.suggestions.suggest import Asked
from geoplan.units import Level
from geoplan_api.answers import MAX_IDS, MAX_LIMIT, MAX_TEXT
from geoplan_api.paging import Page
from geoplan_api.weights import read_weights

CLEAN_TEXT = r"^[^\x00-\x1f\x7f-\x9f]*$"
"""No control characters: no unit has one in its name, and they break whatever shows them."""
MAX_LIST = 4000
"""Characters of a list: 200 partners of 20 characters."""
MAX_ORDER = 10
MAX_OFFSET = 100_000

Text = Annotated[str, Field(min_length=1, max_length=MAX_TEXT, pattern=CLEAN_TEXT)]
Word = Annotated[str, Field(max_length=MAX_TEXT, pattern=CLEAN_TEXT)]
TextList = Annotated[str, Field(max_length=MAX_LIST, pattern=CLEAN_TEXT)]
IdList = Annotated[str, Field(min_length=1, max_length=MAX_IDS * 20, pattern=CLEAN_TEXT)]
Limit = Annotated[int, Field(ge=1, le=MAX_LIMIT)]
Offset = Annotated[int, Field(ge=0, le=MAX_OFFSET)]

UnitId = Annotated[
    str,
    Path(
        description="Id of a unit (AGS, association, county, state key …) or a name that is unambiguous.",
        min_length=1, max_length=MAX_TEXT, pattern=CLEAN_TEXT, examples=["05570044", "Telgte"],
    ),
]  # fmt: skip


class AnswerQuery(BaseModel):
    """What every answer can be asked for. A parameter that is not known is an error: it would be a slip."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    lang: Literal["de", "en"] | None = Field(
        default=None, description="Language of the answer; else as `Accept-Language` says, else German."
    )
    dataset: Word | None = Field(
        default=None, description="Dataset (vintage) to answer from, by name; else that of the server."
    )


class FeaturesQuery(AnswerQuery):
    """An answer that can be had as GeoJSON."""

    format: Literal["json", "geojson"] | None = Field(
        default=None, description="`geojson` as an alternative to `Accept: application/geo+json`."
    )


class UnitQuery(FeaturesQuery):
    """Which fields of a row?"""

    fields: TextList | None = Field(
        default=None, description="Only these fields of each row, parted by commas; `id` is always there.",
        examples=["name,population"],
    )  # fmt: skip


class PagedQuery(UnitQuery):
    """Which part of a list? `links` and the header `Link` say where the next one is."""

    offset: Offset = Field(default=0, description="So many rows are left out at the beginning.")

    def page(self, limit: int | None) -> Page:
        """The rows from the offset on, at most ``limit``."""
        return Page(offset=self.offset, limit=limit)


class UnitsQuery(PagedQuery):
    """Which units?"""

    q: Text | None = Field(
        default=None,
        description="A name, a part of one, a key, a postcode or coordinates; typos are forgiven.",
        examples=["Telgte"],
    )
    near: Text | None = Field(
        default=None,
        description="A unit or coordinates (latitude, longitude): of units that fit `q` alike, the near go"
        " first.",
        examples=["Marburg", "50.81, 8.77"],
    )
    level: Level | None = Field(default=None, description="Units of this level only.")
    ids: IdList | None = Field(
        default=None,
        description=f"Exactly these units, parted by commas, at most {MAX_IDS}; without `q`, `near`, `level`"
        " and paging. Ids that are not known are told in `unknown`.",
        examples=["05570044,05570008"],
    )
    limit: Limit = Field(default=10, description="At most so many units.")


class NeighboursQuery(PagedQuery):
    """Which neighbours?"""

    limit: Limit | None = Field(default=None, description="At most so many neighbours; by default all.")

    order: int = Field(
        default=1,
        ge=1,
        le=MAX_ORDER,
        description="1: shares a border line; 2: neighbours' neighbours too, and so on.",
    )


class PartnersQuery(AnswerQuery):
    """Which cooperation is it about?"""

    partners: TextList = Field(
        default="", alias="with", description="Ids of partners already on board, parted by commas.",
        examples=["05570008,05570016"],
    )  # fmt: skip
    type: Word = Field(
        default="any",
        description="Form of cooperation; `horizontal` asks for any horizontal one, `any` for all.",
        json_schema_extra={"enum": list(TYPES)},
    )
    service: Word | None = Field(
        default=None, description="Key of a service field, see /api/v1/services.", examples=["heat-planning"]
    )
    weights: TextList = Field(
        default="", description="Other weights, parted by commas.", examples=["closeness:4,border_share:0.5"]
    )

    as_level: Literal["association"] | None = Field(
        default=None, alias="as", description="Associations of municipalities stand for their members."
    )

    def partner_list(self) -> list[str]:
        """The partners already on board."""
        return [part.strip() for part in self.partners.split(",") if part.strip()]

    def weight_map(self) -> dict[str, float]:
        """The changed weights by criterion.

        Raises
        ------
        InvalidValueError
            Not pairs of ``criterion:number``.
        """
        return read_weights([part for part in self.weights.split(",") if part.strip()], ":")

    def asked(self) -> Asked:
        """What is asked for beside the asking unit; errors as in :meth:`weight_map`."""
        return Asked(
            partners=self.partner_list(), type=self.type, service=self.service,
            weights=self.weight_map(), as_level=self.as_level,
        )  # fmt: skip


class QuestionQuery(PartnersQuery):
    """What is to be suggested?"""

    limit: Limit = Field(default=20, description="At most so many suggestions.")


class SuggestionsQuery(QuestionQuery, PagedQuery):
    """What is to be suggested, and in which form?"""

    stability: bool = Field(
        default=False, description="Add to each how often it is among the first five under other weights."
    )
    constellations: bool = Field(
        default=False, description="Add small connected groups of the best candidates to talk to together."
    )


class LevelQuery(AnswerQuery):
    """In which form?"""

    format: Literal["geojson", "geojsonseq", "ndjson"] | None = Field(
        default=None,
        description="`geojson`, `geojsonseq` (RFC 8142) or `ndjson` (rows without geometry) as an alternative"
        " to `Accept`.",
    )


class WhiteSpotsQuery(FeaturesQuery):
    """Partners for which service?"""

    service: Word = Field(description="Key of a service field.", examples=["heat-planning"])
    type: Word = Field(
        default="horizontal", description="Form of cooperation.", json_schema_extra={"enum": list(TYPES)}
    )
