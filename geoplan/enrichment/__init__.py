"""What a dataset knows beyond boundaries: figures of publishers joined to its units, each with its source."""

from geoplan.enrichment.enrich import Enriched, EnrichmentFiles, enrich
from geoplan.enrichment.enrichment import Enrichment, register_of
from geoplan.enrichment.flows import Flows
from geoplan.enrichment.note import SourceNote
from geoplan.enrichment.postcodes import Postcode, Postcodes
from geoplan.enrichment.profiles import Profile, Profiles
from geoplan.enrichment.report import JoinReport

__all__ = [
    "Enriched",
    "Enrichment",
    "EnrichmentFiles",
    "Flows",
    "JoinReport",
    "Postcode",
    "Postcodes",
    "Profile",
    "Profiles",
    "SourceNote",
    "enrich",
    "register_of",
]
