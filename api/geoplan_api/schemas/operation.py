"""What those are answered who run the server or embed its pages."""

from typing import Literal

from pydantic import BaseModel, Field


class Health(BaseModel):
    """The process runs."""

    status: Literal["ok"]


class Readiness(Health):
    """Questions can be answered."""

    dataset: str
    vintage: str
    version: str = Field(description="Of geoplan.")
    data_version: str = Field(description="Of the data: another one after they were reloaded.")
    plans: Literal["ok", "none"] = Field(
        description="Whether the store of the plans answers; none where no plan or token was made yet."
    )


class OEmbed(BaseModel):
    """An embed, as oEmbed 1.0 describes it."""

    version: Literal["1.0"]
    type: Literal["rich"]
    provider_name: str
    provider_url: str
    title: str
    html: str
    width: int
    height: int
