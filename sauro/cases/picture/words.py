"""What people read in a picture: verbs, places, parties and lengths of time. Pure."""

from collections.abc import Mapping
from typing import Any

from sauro.cases.rules import At, Party
from sauro.core.workdays import LABELS
from sauro.offices.rules import ROLE_LABELS

VERBS: Mapping[str, str] = {
    "ACCEPT": "Nhận hồ sơ",
    "REJECT": "Từ chối nhận",
    "ASK_AT_INTAKE": "Cần bổ sung ngay khi nhận",
    "ASK_FEE_AT_INTAKE": "Cần nộp phí ngay khi nhận",
    "CANCEL": "Người nộp hủy",
    "HAND_OVER": "Chuyển xử lý",
    "FINISH_AT_ONCE": "Xong ngay tại quầy",
    "ADVANCE": "Đạt, chuyển tiếp",
    "SEND_BACK": "Trả lại làm thêm",
    "ASK": "Cần bổ sung giấy tờ",
    "ASK_FEE": "Cần nộp tiền",
    "AGREE_WITHDRAWAL": "Đồng ý cho rút",
    "STOP": "Dừng xử lý",
    "FINISH": "Xong, phát hành kết quả",
    "COMPLETE_AT_INTAKE": "Đã bổ sung (khi nhận)",
    "COMPLETE": "Đã bổ sung",
    "PAID_AT_INTAKE": "Đã nộp phí (khi nhận)",
    "PAID": "Đã nộp tiền",
    "HAND_BACK": "Đã trả kết quả",
    "REOPEN": "Mở lại",
}
PLACES: Mapping[str, str] = {
    At.DOOR: "Trung tâm nhận hồ sơ",
    At.UNIT: "Đơn vị giải quyết",
    At.AUTHORITY: "Cơ quan quyết định",
}
KINDS: Mapping[str, str] = {
    "WORK": "Làm việc",
    "OPINION": "Lấy ý kiến",
    "VISIT": "Đi thực địa",
    "WAIT": "Chờ",
}
CITIZEN = "Người nộp"
OTHER = "Cơ quan khác"


def verb(name: str) -> str:
    """Return what people call a verb; the verb itself where nobody named it."""
    return VERBS.get(name, name)


def role(name: str) -> str:
    """Return what people call a post; the post itself where nobody named it."""
    return {str(role): label for role, label in ROLE_LABELS.items()}.get(name, name)


def place(name: str) -> str:
    """Return what people call one of a case's offices."""
    return PLACES.get(name, name)


def whose(party: str, at: str, agency: str) -> str:
    """Return whose time a step runs on: the lane it is drawn in."""
    if party == Party.CITIZEN:
        return CITIZEN
    if party == Party.OTHER:
        return agency or OTHER
    return place(at)


def length(share: object, term: Mapping[str, Any] | None) -> str:
    """Return how long a step has: "3 ngày làm việc", "25% thời hạn", "" where nobody said."""
    if term:
        unit = {str(unit): label for unit, label in LABELS.items()}
        return f"{term.get('value')} {unit.get(str(term.get('unit')), '')}".strip()
    return f"{share}% thời hạn" if share else ""
