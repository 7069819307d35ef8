"""The map of a network as an SVG: members, neighbours, county and state lines, gaps, names, scale.

Lightness and line style tell everything, so it is read in greyscale print too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

import numpy as np
import shapely

from geoplan.messages import Localised, Message, format_number
from geoplan_dossier.dossier import Dossier
from geoplan_dossier.drawing.ground import Gap, Ground
from geoplan_dossier.drawing.labels import Label, Wish, place_labels, text_width
from geoplan_dossier.drawing.legend import INNER, OUTER, TEXTS, Sign, legend
from geoplan_dossier.drawing.seats import seat_of
from geoplan_maps.backdrop import Backdrop, Frame, build_backdrop, simplified
from geoplan_maps.wgs84 import Geometries
from geoplan_maps.wording import holder_label

WIDTH, HEIGHT = 660.0, 420.0
"""Of the map, without the legend; 4 units are about a millimetre on A4."""
FONT = "Libertinus Serif"
DETAIL = 0.5
"""Units; finer detail cannot be seen on paper."""
AROUND = 0.12
"""How much of the extent is shown around the members."""
LEAST_M = 6000.0
"""The map shows at least so much in height: a small island should not float in nothing."""
NAME, SMALL_NAME, NEIGHBOUR_NAME, SMALL = 12.5, 10.5, 9.5, 9.0
"""Font sizes."""
FEW = 10
"""So many members are all named; of more, those are named whose name has room."""
CLEAR = (1.06, 0.8)
"""Width and height that are kept clear of borders: of the text, which may be bold, and of the font size."""
WIDE_KM = 70.0
"""Across; on a wider map lines are thinner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """From metres to units of the drawing."""

    frame: Frame
    scale: float
    """Units a metre."""

    @classmethod
    def of(cls, members: Geometries) -> "View":
        """A view of the members and a little around, in the proportions of the drawing."""
        near = Frame.around(members)
        near = near.widened(AROUND * near.extent_m)
        height = max(near.north - near.south, (near.east - near.west) * HEIGHT / WIDTH, LEAST_M)
        width = height * WIDTH / HEIGHT
        x, y = (near.west + near.east) / 2, (near.south + near.north) / 2
        frame = Frame(west=x - width / 2, east=x + width / 2, south=y - height / 2, north=y + height / 2)
        return cls(frame=frame, scale=WIDTH / width)

    @property
    def kilometres(self) -> float:
        """How much is seen, from west to east."""
        return (self.frame.east - self.frame.west) / 1000

    @property
    def thinness(self) -> float:
        """By how much lines are thinner than on a map of a county."""
        return float(min(1.0, max(0.45, WIDE_KM / self.kilometres)))

    def path(self, geometry: shapely.Geometry) -> str:
        """The ``d`` of a path, one decimal; areas are closed."""
        shown = shapely.clip_by_rect(
            geometry, self.frame.west, self.frame.south, self.frame.east, self.frame.north
        )
        flat = shapely.get_parts(shapely.get_parts(shown)).tolist()
        return " ".join(part for shape in flat for part in self._parts(shape))

    def _parts(self, shape: shapely.Geometry) -> Iterator[str]:
        area = shapely.get_type_id(shape) == shapely.GeometryType.POLYGON
        lines = shapely.get_rings(shape).tolist() if area else [shape]
        for line in lines:
            points = [f"{x:.1f},{y:.1f}" for x, y in self.points(shapely.get_coordinates(line))]
            if len(points) > 1:
                yield "M" + " ".join(points) + ("Z" if area else "")

    def points(self, xy: np.ndarray) -> list[tuple[float, float]]:
        """Metres as units of the drawing, y downwards."""
        x = (xy[:, 0] - self.frame.west) * self.scale
        y = (self.frame.north - xy[:, 1]) * self.scale
        return list(zip(x.tolist(), y.tolist(), strict=True))

    def clipped(self, geometry: shapely.Geometry) -> shapely.Geometry:
        """What is seen of an area."""
        return shapely.intersection(geometry, self.frame.box)


def draw(dossier: Dossier, ground: Ground, lang: str) -> str:
    """Draw the map with its legend."""
    view = View.of(ground.members)
    tolerance = DETAIL / view.scale
    shapes = simplified(np.concatenate([ground.filled, ground.neighbours]), tolerance)
    members, neighbours = shapes[: len(ground.filled)], shapes[len(ground.filled) :]
    backdrop = build_backdrop(dossier.atlas, view.frame, tolerance)
    signs = _signs(dossier, ground, backdrop)
    key, height = legend(signs, lang, WIDTH, HEIGHT)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:.0f}">',
        *_areas(view, backdrop, members, neighbours),
        *_lines(view, backdrop, ground),
        *_written(_labels(dossier, view, ground, lang)),
        *_scale_bar(view, lang),
        f'<rect x="0.4" y="0.4" width="{WIDTH - 0.8:g}" height="{HEIGHT - 0.8:g}" fill="none" '
        'stroke="#777" stroke-width="0.8"/>',
        *key,
        "</svg>",
    ]
    return "".join(parts)


def _signs(dossier: Dossier, ground: Ground, backdrop: Backdrop) -> dict[Sign, Localised]:
    holders = [one.unit for one in dossier.network.holders]
    texts = TEXTS | {Sign.HOLDER: holder_label(holders)}
    shown = {
        Sign.MEMBER: True,
        Sign.HOLDER: bool(holders),
        Sign.NEIGHBOUR: len(ground.neighbours) > 0,
        Sign.COUNTY_LINE: not shapely.is_empty(backdrop.county_lines),
        Sign.STATE_LINE: not shapely.is_empty(backdrop.state_lines),
        Sign.GAP: bool(ground.gaps),
    }
    return {sign: texts[sign] for sign, there in shown.items() if there}


def _areas(view: View, backdrop: Backdrop, members: Geometries, neighbours: Geometries) -> Iterator[str]:
    yield f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#fff"/>'
    yield _path(view, backdrop.land, 'fill="#f6f6f3"')
    for shape in neighbours.tolist():
        yield _path(view, shape, 'fill="#eceae4" stroke="#b9b6ad" stroke-width="0.7"')
    for shape in members.tolist():
        yield _path(view, shape, 'fill="#b7cbdc" stroke="#fff" stroke-width="1.2"')


def _lines(view: View, backdrop: Backdrop, ground: Ground) -> Iterator[str]:
    thin = view.thinness
    yield _path(view, backdrop.county_lines, f'fill="none" stroke="#6b6b6b" stroke-width="{1.1 * thin:.2f}" '
                'stroke-dasharray="6 2.2 1.2 2.2"')  # fmt: skip
    yield _path(view, shapely.union_all(ground.filled),
                'fill="none" stroke="#1d3f5e" stroke-width="1.8" stroke-linejoin="round"')  # fmt: skip
    for holder in ground.outlined.tolist():
        yield _path(view, holder, OUTER)
        yield _path(view, holder, INNER)
    yield _path(view, backdrop.state_lines, f'fill="none" stroke="#222" stroke-width="{2.6 * thin:.2f}" '
                'stroke-dasharray="9 3"')  # fmt: skip
    for gap in ground.gaps:
        if gap.touches:
            (x, y), *_ = view.points(shapely.get_coordinates(gap.point))
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="none" stroke="#000" stroke-width="1.6"/>'
        else:
            yield _path(view, gap.line, 'fill="none" stroke="#000" stroke-width="1.6" '
                        'stroke-dasharray="2 2.5"')  # fmt: skip


def _path(view: View, geometry: shapely.Geometry, style: str) -> str:
    path = view.path(geometry)
    return f'<path d="{path}" fill-rule="evenodd" {style}/>' if path else ""


def _labels(dossier: Dossier, view: View, ground: Ground, lang: str) -> list[Label]:
    many = len(dossier.members) > FEW
    own = [
        _wish(view, shape, (f"{member.number} {member.title}", str(member.number)), many=many)
        for member, shape in zip(dossier.members, ground.members.tolist(), strict=True)
    ]
    own.sort(key=lambda wish: -len(wish.texts))
    seen = [view.clipped(shape) for shape in ground.neighbours.tolist()]
    others = [
        _neighbour_wish(view, shape, unit.title)
        for unit, shape in zip(dossier.neighbours, seen, strict=True)
        if not shapely.is_empty(shape)
    ]
    gaps = [_gap_wish(view, gap, lang) for gap in ground.gaps if not gap.touches]
    return place_labels([*own, *gaps, *(wish for wish in others if wish.texts)], WIDTH, HEIGHT)


def _gap_wish(view: View, gap: Gap, lang: str) -> Wish:
    (x, y), *_ = view.points(shapely.get_coordinates(gap.point))
    return Wish(x=x, y=y - SMALL, texts=(Message("{km:n1} km", km=gap.km).text(lang),), size=SMALL)


def _wish(view: View, shape: shapely.Geometry, texts: tuple[str, str], *, many: bool) -> Wish:
    """A member is always numbered; of many, those are named whose name has room."""
    sizes = (SMALL_NAME, SMALL) if many else (NAME, SMALL_NAME)
    for size in sizes:
        x, y, within = _seat(view, shape, texts[0], size)
        if within:
            return Wish(x=x, y=y, texts=texts, size=size, must=True, own=True)
    if not many:
        return Wish(x=x, y=y, texts=texts, size=size, must=True, own=True)
    x, y, _ = _seat(view, shape, texts[1], sizes[0])
    return Wish(x=x, y=y, texts=texts[1:], size=sizes[0], must=True, own=True)


def _neighbour_wish(view: View, shape: shapely.Geometry, name: str) -> Wish:
    x, y, within = _seat(view, shape, name, NEIGHBOUR_NAME)
    return Wish(x=x, y=y, texts=(name,) if within else (), size=NEIGHBOUR_NAME)


def _seat(view: View, shape: shapely.Geometry, text: str, size: float) -> tuple[float, float, bool]:
    """Where a text lies in an area, units of the drawing, and whether all of it does."""
    metre, (across, down) = 1 / view.scale, CLEAR
    seat = seat_of(shape, across * text_width(text, size) * metre, down * size * metre, metre)
    (x, y), *_ = view.points(np.array([[seat.x, seat.y]]))
    return x, y, seat.within


def _written(labels: Iterable[Label]) -> Iterator[str]:
    for label in labels:
        colour, weight = ("#0b1d2c", "bold") if label.own else ("#55524a", "normal")
        halo = "#fff" if label.own else "#f1f0ec"
        yield _text(label.x, label.y + 0.32 * label.size, label.text, (
            f'font-size="{label.size:g}" font-weight="{weight}" fill="{colour}" text-anchor="middle" '
            f'stroke="{halo}" stroke-width="2.2" stroke-opacity="0.8" stroke-linejoin="round" '
            'paint-order="stroke"'
        ))  # fmt: skip


def _text(x: float, y: float, text: str, style: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FONT}" {style}>{escape(text)}</text>'


def scale_km(kilometres_across: float) -> float:
    """A round length, at most a quarter of the map: 1, 2 or 5 times a power of ten."""
    most = kilometres_across / 4
    power = 10.0 ** np.floor(np.log10(most))
    return float(max(step * power for step in (1, 2, 5) if step * power <= most))


def _scale_bar(view: View, lang: str) -> Iterator[str]:
    length = scale_km(view.kilometres)
    wide, right, y = length * 1000 * view.scale, WIDTH - 14, HEIGHT - 14
    said = f"{format_number(length, 0 if length >= 1 else 1, lang)} km"
    yield f'<rect x="{right - wide - 8:.1f}" y="{y - 22:g}" width="{wide + 16:.1f}" height="30" fill="#fff" '
    yield 'fill-opacity="0.85"/>'
    yield f'<path d="M{right - wide:.1f},{y - 4:g} v4 h{wide:.1f} v-4" fill="none" stroke="#222" '
    yield 'stroke-width="1.3"/>'
    yield _text(right - wide / 2, y - 7, said, f'font-size="{SMALL + 1:g}" text-anchor="middle"')
