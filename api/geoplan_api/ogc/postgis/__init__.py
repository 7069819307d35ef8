"""The features of datasets in PostGIS: loaded once a dataset, asked with the same filters, never written to.

Each version of a dataset has a schema of its own, so that a server which is about to change to another one
answers from its own until then; the views in the schema ``geoplan`` show what was loaded last. Loading them
(``loading``) needs the driver of PostgreSQL, which a server that answers from memory does without.
"""

from geoplan_api.ogc.postgis.database import URL_VARIABLE, FeatureDatabase, open_features
from geoplan_api.ogc.postgis.source import InPostgis

__all__ = ["URL_VARIABLE", "FeatureDatabase", "InPostgis", "open_features"]
