"""Whether what a language model wrote may be shown (kiểm soát câu diễn đạt lại). Pure.

A model only says again what the record says. It may leave out; it may not add: a number, an
address or much of a vocabulary that the sources have not makes the whole text worthless.
"""

import re
from collections.abc import Sequence

from sauro.core.text import fold

_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_LINK = re.compile(r"https?://|www\.|<|>|\S+@\S+")
_MOST_NEW, _LONGER = 0.35, 1.3
# Words that join sentences and are no claims.
_PLAIN = """
    ong ba a da thi va hoac nhe cua cho la se can phai co khong duoc o tai khi neu de voi gom cac
    nhung mot so sau day nhu vay nay do trong ngoai ra hay con cung cu the toi ban ma tu den theo
"""


def may_show(text: str, sources: Sequence[str]) -> bool:
    """Test whether a text says nothing that the sources do not.

    Every number of it is in them; it has no link, mark-up or e-mail; at most 35 % of its words
    are new; it is not longer than they are by a third.
    """
    told = " ".join(sources)
    if not text.strip() or _LINK.search(text) or len(text) > max(200, len(told) * _LONGER):
        return False
    if not numbers(text) <= numbers(told):
        return False
    known = frozenset(_words(told)) | frozenset(_PLAIN.split())
    said = _words(text)
    new = sum(word not in known for word in said)
    return bool(said) and new / len(said) <= _MOST_NEW


def numbers(text: str) -> frozenset[str]:
    """Return the numbers of a text, without the points that part thousands."""
    return frozenset(re.sub(r"[.,]", "", found).lstrip("0") for found in _NUMBER.findall(text))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", fold(text))
