"""The assertions of the executable test suite of OGC API – Features (ets-ogcapi-features10), by their ids.

An id is ``class#method`` of the suite. Which abstract test of the standard each is, stands beside the test
that carries it. The tests are our own; the suite itself needs Java and a running server.
"""

from collections.abc import Callable

CORE = {
    "GeneralHttp": ["http"],
    "LandingPage": ["landingPageRetrieval", "landingPageValidation"],
    "ApiDefinition": ["openapiDocumentRetrieval", "apiDefinitionValidation"],
    "Conformance": ["validateConformanceOperationAndResponse"],
    "FeatureCollections": [
        "validateFeatureCollectionsMetadataOperation",
        "validateFeatureCollectionsMetadataOperationResponse_Links",
        "validateFeatureCollectionsMetadataOperationResponse_Items",
        "validateFeatureCollectionsMetadataOperationResponse_CrsProperty",
        "validateFeatureCollectionsMetadataOperationResponse_Content",
        "validateFeatureCollectionsMetadataOperationResponse_Links_v101",
        "validateFeatureCollectionsMetadataOperationResponse_Items_v101",
        "validateFeatureCollectionsMetadataOperationResponse_Items_Links_v101",
        "validateFeatureCollectionsMetadataOperationResponse_Extent_v101",
    ],
    "FeatureCollection": [
        "validateFeatureCollectionMetadataOperation", "validateFeatureCollectionMetadataResponse",
    ],
    "Features": [
        "validateFeaturesOperation", "validateFeaturesResponse_GeometryInCRS84",
        "validateFeaturesResponse_TypeProperty", "validateFeaturesResponse_FeaturesProperty",
        "validateFeaturesResponse_Links", "validateFeaturesResponse_TimeStamp",
        "validateFeaturesResponse_NumberMatched", "validateFeaturesResponse_NumberReturned",
    ],
    "FeaturesBBox": [
        "boundingBoxParameterDefinition", "validateFeaturesWithBoundingBoxOperation",
        "validateFeaturesWithBoundingBoxResponse", "validateFeaturesResponse_GeometryInCRS84",
        "validateFeaturesWithBoundingBoxResponse_TypeProperty",
        "validateFeaturesWithBoundingBoxResponse_FeaturesProperty",
        "validateFeaturesWithBoundingBoxResponse_Links", "validateFeaturesWithBoundingBoxResponse_TimeStamp",
        "validateFeaturesWithBoundingBoxResponse_NumberMatched", "validateFeaturesResponse_NumberReturned",
    ],
    "FeaturesLimit": [
        "limitParameterDefinition", "validateFeaturesWithLimitOperation", "validateFeaturesWithLimitResponse",
        "validateFeaturesWithLimitResponse_GeometryInCRS84", "validateFeaturesWithLimitResponse_TypeProperty",
        "validateFeaturesWithLimitResponse_FeaturesProperty", "validateFeaturesWithLimitResponse_Links",
        "validateFeaturesWithLimitResponse_TimeStamp", "validateFeaturesWithLimitResponse_NumberMatched",
        "validateFeaturesResponse_NumberReturned",
    ],
    "FeaturesTime": [
        "timeParameterDefinition", "validateFeaturesWithDateTimeOperation",
        "validateFeaturesWithDateTimeResponse", "validateFeaturesWithDateTimeResponse_GeometryInCRS84",
        "validateFeaturesWithDateTimeResponse_TypeProperty",
        "validateFeaturesWithDateTimeResponse_FeaturesProperty", "validateFeaturesWithDateTimeResponse_Links",
        "validateFeaturesWithDateTimeResponse_TimeStamp",
        "validateFeaturesWithDateTimeResponse_NumberMatched", "validateFeaturesResponse_NumberReturned",
    ],
    "FeaturesErrorConditions": [
        "validateFeaturesOperation_QueryParamInvalid", "validateFeaturesOperation_QueryParamUnknown",
    ],
    "Feature": ["featureOperation", "validateFeatureResponse"],
}  # fmt: skip
CRS = {
    "CrsRequirementClassPrecondition": ["verifyConformanceClass"],
    "DiscoveryCollectionsCrsUri": [
        "verifyCollectionsCrsIdentifierOfCrsProperty", "verifyCollectionsCrsIdentifierOfStorageCrs",
        "verifyCollectionsCollectionCrsIdentifierOfCrsProperty",
        "verifyCollectionsCollectionCrsIdentifierOfStorageCrs",
    ],
    "DiscoveryCollectionsDefaultCrs": ["verifyCollectionsPathCollectionCrsPropertyContainsDefaultCrs"],
    "DiscoveryCollectionsStorageCrs": ["verifyCollectionsPathCollectionCrsPropertyContainsStorageCrs"],
    "DiscoveryCollectionCrsUri": [
        "verifyCollectionCrsIdentifierOfCrsProperty", "verifyCollectionCrsIdentifierOfStorageCrsProperty",
    ],
    "DiscoveryCollectionDefaultCrs": ["verifyCollectionCrsIdentifierOfCrsProperty"],
    "DiscoveryCollectionStorageCrs": ["verifyCollectionCrsIdentifierOfCrsProperty"],
    "BBoxCrsParameter": ["verifyBboxCrsParameter"],
    "BBoxCrsParameterDefault": ["verifyBboxCrsParameterDefault"],
    "BBoxCrsParameterInvalid": ["verifyBboxCrsParameterInvalid"],
    "FeatureCrsParameter": ["verifyFeatureCrsParameter"],
    "FeatureCrsParameterDefault": ["verifyFeatureCrsParameterDefault"],
    "FeatureCrsParameterInvalid": ["verifyFeatureCrsParameterInvalid"],
    "FeatureCrsParameterTransform": [
        "verifyFeatureCrsParameterTransformWithCrsParameter",
        "verifyFeatureCrsParameterTransformWithoutCrsParameter",
    ],
    "FeaturesCrsParameter": ["verifyFeaturesCrsParameter"],
    "FeaturesCrsParameterDefault": ["verifyFeaturesCrsParameterDefault"],
    "FeaturesCrsParameterInvalid": ["verifyFeaturesCrsParameterInvalid"],
    "FeaturesCrsParameterTransform": [
        "verifyFeaturesPathGeometriesDefaultCrs", "verifyFeaturesPathTransformedGeometries",
    ],
}  # fmt: skip
ASSERTIONS = {f"{group}#{name}" for suite in (CORE, CRS) for group, names in suite.items() for name in names}
PORTED: dict[str, str] = {}
"""The id of each assertion that a test carries, and the abstract test of the standard that it stands for."""


def ets(*ids: str, test: str) -> Callable[[Callable], Callable]:
    """Say which assertions a test ports, and which abstract test they stand for."""

    def note(function: Callable) -> Callable:
        for one in ids:
            assert one in ASSERTIONS, one
            PORTED[one] = test
        return function

    return note
