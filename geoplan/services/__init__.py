"""The catalogue of service fields, and the register of existing cooperations: who shares what with whom."""

from geoplan.services.catalogue import find_service, load_legal_forms, load_services
from geoplan.services.register import Cooperation, CooperationRegister, read_register
from geoplan.services.service import LegalForm, Service, SpatialLogic

__all__ = [
    "Cooperation",
    "CooperationRegister",
    "LegalForm",
    "Service",
    "SpatialLogic",
    "find_service",
    "load_legal_forms",
    "load_services",
    "read_register",
]
