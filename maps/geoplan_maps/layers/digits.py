"""How whole numbers are written as short text that a browser reads at once and gzip makes shorter still.

A number is folded to one without sign (0, -1, 1, -2, 2 … → 0, 1, 2, 3, 4 …) and written to the base 45,
lowest digit first. The 90 characters are those from ``#`` to ``}`` without the backslash, so that nothing
has to be escaped in JSON: the first 45 end a number, the other 45 say that more digits follow.
"""

from collections.abc import Iterable

BASE = 45
ALPHABET = "".join(chr(code) for code in range(ord("#"), ord("~")) if chr(code) != "\\")


def written(numbers: Iterable[int]) -> str:
    """The numbers as text, one after the other."""
    digits: list[str] = []
    for number in numbers:
        rest = number * 2 if number >= 0 else -number * 2 - 1
        while rest >= BASE:
            rest, digit = divmod(rest, BASE)
            digits.append(ALPHABET[BASE + digit])
        digits.append(ALPHABET[rest])
    return "".join(digits)
