"""A network as it is handed over: PDF, spreadsheet, GIS files, and a record that can be verified.

Needs the extra ``dossier``.
"""

from geoplan_dossier.dossier import Dossier
from geoplan_dossier.formats import Format, file_name, plain_name, render
from geoplan_dossier.making import make_dossier, named_by
from geoplan_dossier.reading import Record, read_record
from geoplan_dossier.request import DossierRequest
from geoplan_dossier.verification import Difference, Verdict, Verification, verify

__all__ = [
    "Difference",
    "Dossier",
    "DossierRequest",
    "Format",
    "Record",
    "Verdict",
    "Verification",
    "file_name",
    "make_dossier",
    "named_by",
    "plain_name",
    "read_record",
    "render",
    "verify",
]
