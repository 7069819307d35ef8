"""All that a check found of one dataset, and whether it can be used."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geoplan.inspection.finding import Finding, Severity

_ORDER = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """The result of a check."""

    path: Path
    product: str | None
    """VG250, VG5000 …; ``None`` where it is not known."""
    vintage: str | None
    municipalities: int | None
    """Features that can be read, ``None`` where none can."""
    findings: Sequence[Finding]

    @property
    def usable(self) -> bool:
        """Say whether the dataset can be installed."""
        return not self.of(Severity.ERROR)

    def of(self, severity: Severity) -> list[Finding]:
        """The findings of one severity."""
        return [finding for finding in self.findings if finding.severity == severity]

    def to_dict(self, lang: str) -> dict[str, Any]:
        """As JSON."""
        counts = Counter(finding.severity for finding in self.findings)
        return {
            "path": str(self.path),
            "usable": self.usable,
            "product": self.product,
            "vintage": self.vintage,
            "municipalities": self.municipalities,
            "counts": {severity.value: counts[severity] for severity in Severity},
            "findings": [finding.to_dict(lang) for finding in sorted_findings(self.findings)],
        }


def sorted_findings(findings: Sequence[Finding]) -> list[Finding]:
    """The worst first; of one severity in the order they were found."""
    return sorted(findings, key=lambda finding: _ORDER[finding.severity])
