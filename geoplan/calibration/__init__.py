"""Which weights find the partners that the boundaries record: learn them, and say how sure they are."""

from geoplan.calibration.fit import CALIBRATED_CRITERIA, Fit, fit_weights
from geoplan.calibration.ground_truth import Bundle, associations, read_bundles
from geoplan.calibration.report import calibrate

__all__ = [
    "CALIBRATED_CRITERIA",
    "Bundle",
    "Fit",
    "associations",
    "calibrate",
    "fit_weights",
    "read_bundles",
]
