"""What every answer has: fields that may grow, and where the data come from."""

from pydantic import BaseModel, ConfigDict, Field


class Described(BaseModel):
    """A part of an answer; later versions may add fields."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)


class Data(Described):
    """Where the data come from; show ``attribution`` wherever you show the data."""

    dataset: str
    vintage: str = Field(description="Territorial status, ISO date.")
    licence: str
    attribution: str
    population_source: str | None


class Links(Described):
    """Where this page of a list is, and those beside it; from the root of the server on."""

    self: str
    next: str | None = None
    prev: str | None = None
