"""Typesetting (in giấy tờ): what a form says, in the words of the paper, as PDF/A by typst.

The same content at the same moment gives the same bytes. About 10 ms a paper.
"""

import json
import unicodedata
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any, Final

import fontpkg_noto_serif
import segno
import typst
from django.conf import settings
from fontTools.ttLib import TTFont

from sauro.core.clock import local, local_day
from sauro.core.money import written
from sauro.documents import rules
from sauro.documents.rules import Applicant, Charge, Content, Form
from sauro.documents.sealing import Box
from sauro.documents.signing import grouped

FONTS: Final = fontpkg_noto_serif.ROOT / "files"
_PAPERS: Final = Path(__file__).parent / "papers"
_WEEKDAYS: Final = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_STAND_INS: Final = {"≤": "<=", "≥": ">=", "→": "->", "●": "•", "☐": "[ ]", "☑": "[x]"}
_HONORIFICS: Final = frozenset({"Ông", "Bà"})
# The compiler keeps fonts and parsed templates, and serves one caller at a time.
_turn = Lock()


def pdf(form: Form, content: Content, number: str, now: datetime, *, check_code: str = "") -> bytes:
    """Return the paper as PDF/A-2a, dated the day of `now`.

    check_code: with it the paper has room for signatures, and how to check them.
    """
    blanks = _blanks(form, content, number, now, check_code)
    with _turn:
        made = _compiler().compile(
            input=str(_PAPERS / f"{form.value.lower()}.typ"),
            format="pdf",
            sys_inputs={"data": blanks},
            pdf_standards=["a-2a"],
            timestamp=int(now.timestamp()),
        )
    if not isinstance(made, bytes):
        raise TypeError(f"{form} was not set as one file")
    return made


def places(
    form: Form, content: Content, number: str, now: datetime, *, check_code: str
) -> dict[str, Box]:
    """Return where the signatures of a paper are to be seen, by what they are for."""
    blanks = _blanks(form, content, number, now, check_code)
    found = typst.query(
        str(_PAPERS / f"{form.value.lower()}.typ"),
        "<signature-place>",
        field="value",
        root=str(_PAPERS),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": blanks},
    )
    return {
        one["name"]: Box(one["page"] - 1, one["left"], one["top"], one["width"], one["height"])
        for one in json.loads(found)
    }


def drawn(name: str, blanks: dict[str, Any]) -> bytes:
    """Return a drawing of the papers' folder (a stamp, a seal) as PDF, filled with `blanks`."""
    with _turn:
        made = _compiler().compile(
            input=str(_PAPERS / f"{name}.typ"),
            format="pdf",
            sys_inputs={"data": json.dumps(blanks, ensure_ascii=False)},
            timestamp=0,
        )
    if not isinstance(made, bytes):
        raise TypeError(f"{name} was not set as one file")
    return made


def _blanks(form: Form, content: Content, number: str, now: datetime, check_code: str) -> str:
    printed = words(form, content, number, now)
    printed["check_code"] = grouped(check_code)
    if check_code:
        printed["check_url"] = check_url(check_code)
        printed["check_qr"] = _qr(printed["check_url"])
    return json.dumps(printed, ensure_ascii=False)


def check_url(check_code: str) -> str:
    """Return the address that tells whether a paper is genuine."""
    return f"{settings.PUBLIC_ADDRESS}/kiem-tra/{check_code}"


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=str(_PAPERS), font_paths=[str(FONTS)], ignore_system_fonts=True)


def words(form: Form, content: Content, number: str, now: datetime) -> dict[str, Any]:
    """Return every blank of a paper as it is printed."""
    printed: dict[str, Any] = _words(content)
    printed["number"] = printable(number)
    printed["title"] = rules.TITLES[form]
    printed["unsigned"] = rules.UNSIGNED
    printed["dated"] = f"{printable(content.letterhead.place)}, {long_day(local_day(now))}"
    if "tracking_url" in printed:
        printed["qr"] = _qr(printed["tracking_url"])
    if isinstance(content, rules.Receipt):
        printed["total"] = written(sum(charge.amount for charge in content.charges))
    return printed


def _words(value: object) -> Any:  # noqa: ANN401 - plain data of any shape
    if isinstance(value, Charge):
        said: Any = {"name": printable(value.name), "amount": written(value.amount)}
    elif isinstance(value, Applicant):
        said = _named(value)
    elif hasattr(value, "__dataclass_fields__"):
        said = {one.name: _words(getattr(value, one.name)) for one in fields(value)}  # type: ignore[arg-type]
    elif isinstance(value, tuple):
        said = [_words(part) for part in value]
    elif isinstance(value, datetime):
        said = _moment(local(value))
    elif isinstance(value, date):
        said = _short(value)
    elif isinstance(value, str):
        said = printable(value)
    else:
        said = "" if value is None else value
    return said


def printable(text: str) -> str:
    """Return `text` in letters the paper's fonts have; what they lack is seen to be missing.

    An archival PDF may not contain a letter that no font in it draws, and nobody's dossier may
    fail for an emoji in a name.
    """
    known = _letters()
    kept = (char for char in unicodedata.normalize("NFC", text) if char >= " ")
    return "".join(char if ord(char) in known else _stand_in(char) for char in kept)


def _stand_in(char: str) -> str:
    if unicodedata.category(char) == "Co":
        # Private letters come from word processors, where they are the dots of lists.
        return "•"
    return _STAND_INS.get(char, "\ufffd")


@cache
def _letters() -> frozenset[int]:
    return frozenset.intersection(*(_letters_of(path) for path in FONTS.glob("*.ttf")))


def _letters_of(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _named(one: Applicant) -> dict[str, str]:
    """Return an applicant with the name as it stands inside a sentence, and without "Ông"."""
    honorific, _space, rest = one.name.partition(" ")
    has_honorific = honorific in _HONORIFICS and rest != ""
    return {
        "name": printable(one.name),
        "inline": printable(f"{honorific.lower()} {rest}" if has_honorific else one.name),
        "bare": printable(rest if has_honorific else one.name),
        "address": printable(one.address),
        "phone": printable(one.phone),
        "email": printable(one.email),
    }


def _moment(at: datetime) -> dict[str, str]:
    day = long_day(at.date())
    weekday = _WEEKDAYS[at.weekday()]
    return {
        "full": f"{at:%H} giờ {at:%M} phút, {day}",
        "due": f"{at:%H} giờ {at:%M} phút, {weekday}, {day}",
        "day": day,
        "weekday": weekday,
        "short": f"{at:%H:%M} {_short(at.date())}",
    }


def long_day(day: date) -> str:
    """Return "ngày 05 tháng 02 năm 2026": a zero before days under 10 and months 1 and 2."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)  # noqa: PLR2004 - as said above
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _short(day: date) -> str:
    month = f"{day.month:02}" if day.month < 3 else str(day.month)  # noqa: PLR2004 - as above
    return f"{day.day:02}/{month}/{day.year}"


def _qr(text: str) -> str:
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()
