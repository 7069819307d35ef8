"""An amount that is known as a range only."""

from dataclasses import dataclass
from decimal import Decimal

from geoplan.messages import Message, to_figures

ABOUT = Message("about €{low:n0} to €{high:n0}")


def three_figures(amount: Decimal) -> Decimal:
    """An amount, EUR, to three figures."""
    return to_figures(amount, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRange:
    """From the lower to the upper value, EUR, exact to the cent."""

    low: Decimal
    high: Decimal

    @property
    def rounded(self) -> "CostRange":
        """To three figures: more would pretend a precision that an estimate does not have."""
        return CostRange(low=three_figures(self.low), high=three_figures(self.high))

    @property
    def text(self) -> Message:
        """The range in words, rounded."""
        about = self.rounded
        return ABOUT.filled(low=about.low, high=about.high)
