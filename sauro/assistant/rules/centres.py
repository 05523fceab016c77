"""Questions about where a centre is and when it is open (hỏi nơi, giờ làm việc). Pure."""

import re

from sauro.core.text import fold
from sauro.core.workdays import Sessions

_DOOR = (
    r"(?:trung tam(?: phuc vu)?(?: hanh chinh cong)?|bo phan (?:mot cua|tiep nhan)|mot cua"
    r"|(?:uy ban|ubnd)(?: nhan dan)?(?: xa| phuong)?)"
)
_WHEN = (
    r"(?:may gio|gio (?:mo cua|lam viec|hanh chinh)|mo cua|lam viec|so dien thoai|thu bay|chu nhat)"
)
_ASKS = re.compile(
    rf"\b(?:{_DOOR}\b.*\b(?:o dau|dia chi|gan nhat|gan (?:toi|day|nha)|{_WHEN})"
    rf"|(?:{_WHEN}|gan nhat|dia chi(?: cua)?)\b.*\b{_DOOR}"
    r"|(?:thu bay|chu nhat|thu 7|cuoi tuan)\b.*\b(?:co lam viec|co mo cua|lam viec khong)"
    r"|(?:gio lam viec|may gio (?:mo|dong) cua|nop o dau gan nhat)\b)"
)
_PLACE = re.compile(
    r"(?:^|\s)((?:xã|phường|thị trấn|buôn|thôn|xa|phuong|thi tran|buon)\s.+"
    r"|(?:ở|tại|gần|tai|gan)\s(?!đâu|dau|nhất|nhat|đây|day|tôi|toi|nhà|nha)\S.*)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\b(?:ở đâu|o dau|mấy giờ|may gio|có làm|co lam|mở cửa|mo cua|làm việc|lam viec|địa chỉ"
    r"|dia chi|là gì|vậy|ạ|hả|thế|không|khong)\b.*",
    re.IGNORECASE,
)


def asks(question: str) -> bool:
    """Test whether somebody wants to know where a centre is or when it is open."""
    return bool(_ASKS.search(" ".join(re.findall(r"\w+", fold(question)))))


def place_of(question: str) -> str:
    """Return the part of a question that may name a place, "" if there is none."""
    found = _PLACE.search(" ".join(question.split()))
    if not found:
        return ""
    named = re.sub(r"^(?:ở|tại|gần|tai|gan)\s", "", found[1], flags=re.IGNORECASE)
    return _TAIL.sub("", named).strip(" ?.,!")


def told(sessions: Sessions) -> str:
    """Return opening hours in words: "7:30-11:30, 13:30-17:00"."""
    return ", ".join(f"{a.hour}:{a.minute:02}-{b.hour}:{b.minute:02}" for a, b in sessions)
