"""Why a request is turned away before anybody looks at what it asks for."""

from geoplan.errors import DataError, RequestError


class TooLargeError(RequestError):
    """The body is larger than this server takes."""


class AddressTooLongError(RequestError):
    """The address is longer than this server reads."""


class UnsupportedMediaError(RequestError):
    """The body is of another kind than this resource reads."""


class TooSlowError(RequestError):
    """The body came too slowly."""


class TooManyRequestsError(RequestError):
    """Whoever asks has asked too often; ``value`` is after how many seconds they may again."""


class TimeLimitError(DataError):
    """The answer took longer than a request may."""
