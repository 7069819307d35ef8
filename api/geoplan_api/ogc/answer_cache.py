"""The bytes of the last answers, so that what many ask for is made once."""

import threading
from collections import OrderedDict

_KEPT_BYTES = 32 * 2**20


class AnswerCache:
    """Answers by their tags, up to a number of bytes."""

    def __init__(self, limit: int = _KEPT_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, tag: str) -> bytes | None:
        """The answer with this tag, where it is still there."""
        with self._lock:
            if tag not in self._kept:
                return None
            self._kept.move_to_end(tag)
            return self._kept[tag]

    def put(self, tag: str, content: bytes) -> None:
        """Keep an answer; those that were not asked for the longest make room."""
        if len(content) > self._limit // 8:
            return
        with self._lock:
            self._size += len(content) - len(self._kept.pop(tag, b""))
            self._kept[tag] = content
            while self._size > self._limit:
                self._size -= len(self._kept.popitem(last=False)[1])
