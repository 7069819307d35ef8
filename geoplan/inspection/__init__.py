"""Whether boundaries can be used: keys, names, polygons, and how they fit together."""

from geoplan.inspection.check import check, check_dataset
from geoplan.inspection.finding import Finding, Place, Severity
from geoplan.inspection.report import CheckReport, sorted_findings

__all__ = ["CheckReport", "Finding", "Place", "Severity", "check", "check_dataset", "sorted_findings"]
