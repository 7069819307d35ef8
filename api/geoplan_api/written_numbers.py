"""Numbers as people of a language write them, made such as programs read."""

import re

from babel.numbers import get_decimal_symbol

GROUPED = {"de": re.compile(r"-?\d{1,3}(\.\d{3})+(,\d*)?"), "en": re.compile(r"-?\d{1,3}(,\d{3})+(\.\d*)?")}
"""Numbers with thousands parted, as each language writes them."""


def plain_number(text: str, lang: str) -> str:
    """``text`` without parted thousands and with a decimal point; what is no number stays none."""
    if GROUPED[lang].fullmatch(text):
        text = text.replace("." if get_decimal_symbol(lang) == "," else ",", "")
    return text.replace(",", ".")


def number_entry(value: float, lang: str) -> str:
    """A number as it stands in a field that :func:`plain_number` reads: nothing parted, nothing rounded."""
    return f"{value:g}".replace(".", get_decimal_symbol(lang))
