"""What the signs on the map mean, in one or two lines below it."""

from collections.abc import Mapping
from enum import StrEnum
from html import escape

from geoplan.messages import Localised, Message
from geoplan_dossier.drawing.labels import text_width

SIZE = 10.5
SWATCH, GAP, LINE, ABOVE = 22.0, 6.0, 17.0, 15.0


class Sign(StrEnum):
    """A sign on the map."""

    MEMBER = "member"
    HOLDER = "holder"
    NEIGHBOUR = "neighbour"
    COUNTY_LINE = "county-line"
    STATE_LINE = "state-line"
    GAP = "gap"


TEXTS: dict[Sign, Localised] = {
    Sign.MEMBER: Message("member with its number"),
    Sign.NEIGHBOUR: Message("neighbour"),
    Sign.COUNTY_LINE: Message("county line"),
    Sign.STATE_LINE: Message("state line"),
    Sign.GAP: Message("gap between the pieces"),
}
OUTER = 'fill="none" stroke="#1d3f5e" stroke-width="4" stroke-linejoin="round"'
INNER = 'fill="none" stroke="#fff" stroke-width="1.2"'
"""What makes two lines of the outline of a member that holds others."""
_AREA = '<rect x="{x:.1f}" y="{top:.1f}" width="22" height="10" {style}/>'
_STROKE = '<path d="M{x:.1f},{middle:.1f} h22" fill="none" {style}/>'
_SWATCHES = {
    Sign.MEMBER: (_AREA, 'fill="#b7cbdc" stroke="#1d3f5e" stroke-width="1.6"'),
    Sign.HOLDER: (
        f'{_AREA}<rect x="{{x:.1f}}" y="{{top:.1f}}" width="22" height="10" {INNER}/>',
        OUTER,
    ),
    Sign.NEIGHBOUR: (_AREA, 'fill="#eceae4" stroke="#b9b6ad" stroke-width="0.8"'),
    Sign.COUNTY_LINE: (_STROKE, 'stroke="#6b6b6b" stroke-width="1.1" stroke-dasharray="6 2.2 1.2 2.2"'),
    Sign.STATE_LINE: (_STROKE, 'stroke="#333" stroke-width="2.4" stroke-dasharray="9 3"'),
    Sign.GAP: (_STROKE, 'stroke="#000" stroke-width="1.6" stroke-dasharray="2 2.5"'),
}


def legend(signs: Mapping[Sign, Localised], lang: str, width: float, top: float) -> tuple[list[str], float]:
    """The legend below ``top`` within ``width``, and where it ends; ``signs`` with what they mean."""
    parts: list[str] = []
    x, y = 0.0, top + ABOVE
    for sign, meaning in signs.items():
        text = meaning.text(lang)
        wide = SWATCH + GAP + text_width(text, SIZE) + 3 * GAP
        if x and x + wide > width:
            x, y = 0.0, y + LINE
        shape, style = _SWATCHES[sign]
        parts.append(shape.format(x=x + 1, top=y - 5, middle=y, style=style))
        parts.append(
            f'<text x="{x + SWATCH + GAP:.1f}" y="{y + 3.5:.1f}" font-family="Libertinus Serif" '
            f'font-size="{SIZE:g}">{escape(text)}</text>'
        )
        x += wide
    return parts, y + 8
