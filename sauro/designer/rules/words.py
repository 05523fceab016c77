"""What people call the parts of a process, and the choices a clerk has for each. Pure."""

from collections.abc import Mapping
from typing import Any

from sauro.cases.picture import words
from sauro.cases.picture.flow import END, targets
from sauro.core.workdays import LABELS, Unit
from sauro.offices.rules import ROLE_LABELS

ROLES = tuple((str(role), label) for role, label in ROLE_LABELS.items())
PLACES = tuple((str(at), label) for at, label in words.PLACES.items())
UNITS = tuple((str(unit), LABELS[unit]) for unit in (Unit.WORKING_DAY, Unit.WORKING_HOUR, Unit.DAY))
VERBS = tuple(words.VERBS.items())
KINDS = (
    ("WORK", "Làm việc", "Một người làm, giao một kết quả"),
    ("OPINION", "Lấy ý kiến", "Hỏi nơi khác; có thể coi im lặng quá hạn là đồng ý"),
    ("VISIT", "Đi thực địa", "Xong khi có ngày đi và biên bản"),
    ("WAIT", "Chờ", "Chờ người nộp, hoặc chờ cơ quan khác"),
)
PARTIES = (("CITIZEN", "Người nộp hồ sơ"), ("OTHER", "Cơ quan khác"))
PAUSES = (
    ("RESUME", "Dừng, rồi tính tiếp phần còn lại"),
    ("RESTART", "Dừng, rồi tính lại từ đầu"),
    ("NONE", "Không dừng, thời hạn vẫn chạy"),
)
FIELDS: Mapping[str, str] = {
    "name": "tên bước",
    "kind": "loại bước",
    "work": "việc phải làm",
    "citizen_work": "lời cho người dân",
    "post": "người làm",
    "at": "nơi làm",
    "product": "kết quả",
    "length": "hạn",
    "moves": "rồi tới đâu",
    "joins": "đợi các nhánh",
    "silence": "khi im lặng",
    "party": "chờ ai",
    "agency": "cơ quan được chờ",
    "pause": "đồng hồ khi chờ",
    "note": "ghi chú",
    "basis": "căn cứ",
}
ABOUT: Mapping[str, str] = {
    "name": "tên quy trình",
    "basis": "căn cứ",
    "procedures": "thủ tục dùng quy trình này",
    "limit": "thời hạn theo luật",
}


def ordered(moves: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return outcomes in the order people read them."""
    return words.ordered(moves)


def verb(name: str) -> str:
    """Return what people call an outcome."""
    return words.verb(name)


def names_of(definition: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of the steps by key, those alike told apart by their number."""
    steps = definition.get("steps", ())
    names = [str(step.get("name") or "bước chưa có tên") for step in steps]
    return {
        step["key"]: f"{name} ({number})" if names.count(name) > 1 else name
        for number, (step, name) in enumerate(zip(steps, names, strict=True), start=1)
    }


def said(step: Mapping[str, Any], field: str, names: Mapping[str, str]) -> str:
    """Return one part of a step as people read it, "" where it says nothing."""
    if field == "length":
        return words.length(step.get("share"), step.get("term"))
    if field == "moves":
        return moves_said(step.get("moves") or {}, names)
    if field == "joins":
        return "đợi mọi nhánh xong" if step.get("joins") else ""
    value = str(step.get(field) or "")
    return _called(field, value)


def _called(field: str, value: str) -> str:
    tables: Mapping[str, Mapping[str, str]] = {
        "kind": {key: label for key, label, _hint in KINDS},
        "post": dict(ROLES),
        "at": dict(PLACES),
        "party": dict(PARTIES),
        "pause": dict(PAUSES),
        "silence": words.VERBS,
    }
    if field == "kind" and not value:
        return "Làm việc"
    return tables.get(field, {}).get(value, value)


def moves_said(moves: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return outcomes in one sentence: "Đạt, chuyển tiếp → Ký duyệt; Dừng xử lý → kết thúc"."""
    return "; ".join(
        f"{words.verb(verb)} → {led(move, names)}" for verb, move in words.ordered(moves)
    )


def led(move: object, names: Mapping[str, str]) -> str:
    """Return where an outcome leads: "Ký duyệt", or "Tính thuế + Đo đạc" for branches."""
    return " + ".join(_target(to, names) for to in targets(move))


def _target(key: str, names: Mapping[str, str]) -> str:
    return "kết thúc" if key == END else names.get(key, "bước không có")


def about_said(definition: Mapping[str, Any], field: str) -> str:
    """Return one part of a process as people read it."""
    if field == "procedures":
        return ", ".join(definition.get("procedures") or ())
    if field == "limit":
        return words.length(0, definition.get("limit"))
    return str(definition.get(field) or "")
