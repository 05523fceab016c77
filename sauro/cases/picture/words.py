"""What people read in a picture: verbs, places, parties and lengths of time. Pure."""

from collections.abc import Mapping
from typing import Any

from sauro.cases.rules import At, Party
from sauro.core.workdays import LABELS
from sauro.offices.rules import ROLE_LABELS

VERBS: Mapping[str, str] = {  # those that lead on first: it is the order people read them in
    "ACCEPT": "Nhận hồ sơ",
    "HAND_OVER": "Chuyển xử lý",
    "ADVANCE": "Đạt, chuyển tiếp",
    "FINISH": "Xong, phát hành kết quả",
    "FINISH_AT_ONCE": "Xong ngay tại quầy",
    "HAND_BACK": "Đã trả kết quả",
    "COMPLETE": "Đã bổ sung",
    "COMPLETE_AT_INTAKE": "Đã bổ sung (khi nhận)",
    "PAID": "Đã nộp tiền",
    "PAID_AT_INTAKE": "Đã nộp phí (khi nhận)",
    "SEND_BACK": "Trả lại làm thêm",
    "REOPEN": "Mở lại",
    "ASK": "Cần bổ sung giấy tờ",
    "ASK_AT_INTAKE": "Cần bổ sung ngay khi nhận",
    "ASK_FEE": "Cần nộp tiền",
    "ASK_FEE_AT_INTAKE": "Cần nộp phí ngay khi nhận",
    "REJECT": "Từ chối nhận",
    "STOP": "Dừng xử lý",
    "AGREE_WITHDRAWAL": "Đồng ý cho rút",
    "CANCEL": "Người nộp hủy",
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


def ordered(moves: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return outcomes in the order people read them; what is kept as JSON has none of its own."""
    order = {verb: place for place, verb in enumerate(VERBS)}
    return sorted(moves.items(), key=lambda move: (order.get(move[0], len(order)), move[0]))


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
