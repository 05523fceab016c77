"""What a question asks for, told from its words: so that the linter does not trust a mark. Pure."""

from sauro.core.text import fold
from sauro.forms.rules.shape import Question

_SELF = (
    "nguoi nop",
    "nguoi yeu cau",
    "nguoi de nghi",
    "cua ban",
    "cua toi",
    "nguoi khai",
    "ban la",
)
_FACTS = (
    ("so dinh danh", "pid"),
    ("so can cuoc", "pid"),
    ("cccd", "pid"),
    ("ho va ten", "name"),
    ("ho ten", "name"),
    ("ngay sinh", "born_on"),
    ("gioi tinh", "sex"),
    ("noi thuong tru", "address"),
    ("dia chi thuong tru", "address"),
    ("dien thoai", "phone"),
    ("thu dien tu", "email"),
    ("email", "email"),
)


def told(question: Question) -> tuple[str, str]:
    """Return (fact, whose) as marked, else as the words tell; ("", "") where they do not.

    Words that name nobody are taken to mean the person who fills the form in, except where the
    question is about somebody else by its mark.
    """
    if question.fact or question.whose:
        return question.fact, question.whose
    words = fold(question.label)
    fact = next((fact for start, fact in _FACTS if start in words), "")
    if not fact:
        return "", ""
    bare = next(start for start, _fact in _FACTS if start in words)
    is_own = any(mark in words for mark in _SELF) or words == bare
    return (fact, "self") if is_own else (fact, "other")
