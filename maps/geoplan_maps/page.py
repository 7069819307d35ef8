"""How map, legend, table and sources become one page that needs nothing else."""

import html
import json
from collections.abc import Mapping
from typing import Any

from branca.element import Figure
from jinja2 import Environment, FunctionLoader
from markupsafe import Markup

from geoplan.messages import Message
from geoplan_maps.content import Content
from geoplan_maps.features import FeatureCollection
from geoplan_maps.inlined import asset, scripts, styles
from geoplan_maps.wording import PAGE

_JSON_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})

NOTEBOOK_HEIGHT = "44rem"
"""Height of the page inside a notebook."""

_TEMPLATES = Environment(loader=FunctionLoader(asset), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def json_block(data: object) -> Markup:
    """``data`` as JSON that is safe inside a ``script`` element, whatever names it holds."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_JSON_ESCAPES))


class Page(Figure):
    """The root of a folium map that renders as a whole page.

    What comes from the data goes into the page here and never through folium's own templates: those
    are compiled a second time after they are filled, so a name with braces would run as a template.
    """

    def __init__(
        self,
        content: Content,
        layers: dict[str, FeatureCollection],
        words: Mapping[str, Message] | None = None,
    ) -> None:
        super().__init__(title=content.title)
        self.content = content
        self.layers = layers
        self.words = {**PAGE, **(words or {})}

    def render(self, **kwargs: Any) -> str:
        """The page as HTML."""
        for child in self._children.values():
            child.render(**kwargs)
        text = {name: message.text(self.content.lang) for name, message in self.words.items()}
        return _TEMPLATES.get_template("page.html.jinja").render(
            content=self.content,
            layers={name: json_block(data) for name, data in self.layers.items()},
            text=text,
            texts=json_block({**text, "map": self.content.map_title}),
            styles=Markup(styles()),
            scripts=Markup(scripts()),
            header=Markup(self.header.render(**kwargs)),
            map=Markup(self.html.render(**kwargs)),
            script=Markup(self.script.render(**kwargs)),
        )

    def _repr_html_(self, **kwargs: Any) -> str:
        """The page in a frame of its own, for notebooks."""
        title, page = html.escape(self.content.title), html.escape(self.render(**kwargs))
        style = f"width:100%;height:{NOTEBOOK_HEIGHT};border:0"
        return f'<iframe title="{title}" style="{style}" srcdoc="{page}"></iframe>'
