"""What an official paper must say, and what a file must be like to be taken. Pure.

A form is a frozen value whose fields are the blanks of the paper. A blank that nobody filled
is found by `check_complete` before anything is printed.
"""

# ruff: noqa: RUF009 - `_blank` declares a field and gives no value

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sauro.core.errors import Invalid
from sauro.core.text import _

UNSIGNED: Final = _("Bản trình diễn — chưa ký số")
"""Printed where a signature belongs until papers are signed."""


class Form(StrEnum):
    """The kinds of paper; Mẫu 01–07 are those of Thông tư 03/2025/TT-VPCP."""

    MAU_01 = "MAU_01"
    MAU_02 = "MAU_02"
    MAU_03 = "MAU_03"
    MAU_04 = "MAU_04"
    MAU_05 = "MAU_05"
    MAU_06 = "MAU_06"
    MAU_07 = "MAU_07"
    RESULT = "RESULT"
    REFUSAL = "REFUSAL"
    RECEIPT = "RECEIPT"


TITLES: Final[Mapping[Form, str]] = {
    Form.MAU_01: _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    Form.MAU_02: _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    Form.MAU_03: _("Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
    Form.MAU_04: _("Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"),
    Form.MAU_05: _("Thông báo dừng giải quyết hồ sơ"),
    Form.MAU_06: _("Phiếu kiểm soát quá trình giải quyết hồ sơ"),
    Form.MAU_07: _("Sổ theo dõi hồ sơ"),
    Form.RESULT: _("Kết quả giải quyết thủ tục hành chính"),
    Form.REFUSAL: _("Văn bản trả lời không giải quyết hồ sơ"),
    Form.RECEIPT: _("Biên lai thu phí, lệ phí"),
}
UNNUMBERED: Final = frozenset({Form.MAU_06, Form.MAU_07})


def _blank(label: str, *, optional: bool = False) -> Any:  # noqa: ANN401 - stands for any field
    """Declare a blank of a form under the words printed before it."""
    return field(metadata={"label": label, "optional": optional})


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The two lines at the top left and the place named in the date line.

    agency: the body that issues; its parent stands above it. place: as in "Tân Lập, ngày …".
    """

    parent: str = _blank(_("Cơ quan chủ quản"))
    agency: str = _blank(_("Cơ quan ban hành"))
    place: str = _blank(_("Địa danh"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Whose dossier it is, as printed; honorific and name together ("Ông Y Khoa Êban")."""

    name: str = _blank(_("Họ tên người nộp"))
    address: str = _blank(_("Địa chỉ"))
    phone: str = _blank(_("Số điện thoại"), optional=True)
    email: str = _blank(_("Email"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs: the lines above the signature ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH") and the name."""

    capacity: tuple[str, ...] = _blank(_("Chức vụ người ký"))
    name: str = _blank(_("Họ tên người ký"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Headed:
    """What every paper of the one-stop shop begins with."""

    letterhead: Letterhead = _blank(_("Cơ quan"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfDossier(_Headed):
    """A paper about one dossier."""

    code: str = _blank(_("Mã hồ sơ"))
    applicant: Applicant = _blank(_("Người nộp hồ sơ"))
    request: str = _blank(_("Nội dung yêu cầu giải quyết"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance(_OfDossier):
    """Mẫu 01 (giấy tiếp nhận hồ sơ và hẹn trả kết quả): what was received and when it is due.

    tracking_url: short, without personal data; it becomes the QR code.
    limit: in words ("3 ngày làm việc"). fee: in words, with how it was paid.
    """

    tracking_url: str = _blank(_("Địa chỉ theo dõi hồ sơ"))
    components: tuple[str, ...] = _blank(_("Thành phần hồ sơ nộp"))
    sets: int = _blank(_("Số lượng hồ sơ"))
    limit: str = _blank(_("Thời gian giải quyết hồ sơ theo quy định"))
    received_at: datetime = _blank(_("Thời gian nhận hồ sơ"))
    due_at: datetime = _blank(_("Thời gian trả kết quả"))
    return_by: str = _blank(_("Đăng ký nhận kết quả tại"))
    fee: str = _blank(_("Phí, lệ phí"), optional=True)
    book: str = _blank(_("Quyển số"))
    entry: int = _blank(_("Số thứ tự"))
    receiver: str = _blank(_("Người tiếp nhận hồ sơ"))
    hotline: str = _blank(_("Điện thoại phản ánh"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequest(_OfDossier):
    """Mẫu 02 (phiếu yêu cầu bổ sung, hoàn thiện hồ sơ): what is still needed, why, by when."""

    wanted: tuple[str, ...] = _blank(_("Nội dung cần bổ sung"))
    reason: str = _blank(_("Lý do"))
    until: datetime | None = _blank(_("Hạn bổ sung"), optional=True)
    contact: str = _blank(_("Người liên hệ"))
    contact_phone: str = _blank(_("Số điện thoại liên hệ"))
    guide: str = _blank(_("Người hướng dẫn"))


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeRefusal(_OfDossier):
    """Mẫu 03 (phiếu từ chối tiếp nhận giải quyết hồ sơ): why it is not taken, what to do next."""

    reasons: tuple[str, ...] = _blank(_("Lý do không tiếp nhận"))
    advice: str = _blank(_("Cách làm tiếp"))
    receiver: str = _blank(_("Người tiếp nhận hồ sơ"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Apology(_OfDossier):
    """Mẫu 04 (văn bản xin lỗi và đề nghị gia hạn): whose fault the delay is, and the new day.

    late_party: the body that is late; named because it answers for it.
    """

    received_at: datetime = _blank(_("Ngày tiếp nhận hồ sơ"))
    promised_at: datetime = _blank(_("Thời gian hẹn trả kết quả"))
    late_party: str = _blank(_("Cơ quan chậm giải quyết"))
    reason: str = _blank(_("Lý do chậm"))
    new_due_at: datetime = _blank(_("Ngày trả kết quả mới"))
    recipients: tuple[str, ...] = _blank(_("Nơi nhận"))
    signatory: Signatory = _blank(_("Thủ trưởng cơ quan"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StopNotice(_OfDossier):
    """Mẫu 05 (thông báo dừng giải quyết hồ sơ): the ground, what happens next, papers returned."""

    received_at: datetime = _blank(_("Ngày tiếp nhận hồ sơ"))
    grounds: tuple[str, ...] = _blank(_("Căn cứ, lý do dừng"))
    next_steps: str = _blank(_("Hướng xử lý"))
    returned: tuple[str, ...] = _blank(_("Giấy tờ trả lại"), optional=True)
    recipients: tuple[str, ...] = _blank(_("Nơi nhận"))
    signatory: Signatory = _blank(_("Người ký"))


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """One hand-over of a dossier: given and taken at one moment, and how the step ended."""

    giver_office: str = _blank(_("Cơ quan giao"))
    giver: str = _blank(_("Người giao"))
    taker_office: str = _blank(_("Cơ quan nhận"))
    taker: str = _blank(_("Người nhận"))
    at: datetime = _blank(_("Thời gian giao, nhận"))
    outcome: str = _blank(_("Kết quả giải quyết hồ sơ"))
    note: str = _blank(_("Ghi chú"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSheet(_Headed):
    """Mẫu 06 (phiếu kiểm soát quá trình giải quyết hồ sơ): the whole way of one dossier."""

    code: str = _blank(_("Mã số hồ sơ"))
    request: str = _blank(_("Nội dung yêu cầu giải quyết"))
    handler: str = _blank(_("Cơ quan giải quyết hồ sơ"))
    partners: tuple[str, ...] = _blank(_("Cơ quan phối hợp"), optional=True)
    hand_overs: tuple[HandOver, ...] = _blank(_("Các lần giao, nhận"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the register."""

    code: str = _blank(_("Mã hồ sơ"))
    procedure: str = _blank(_("Tên thủ tục"))
    sets: int = _blank(_("Số lượng hồ sơ"))
    applicant: str = _blank(_("Tên cá nhân, tổ chức"))
    contact: str = _blank(_("Địa chỉ, số điện thoại"))
    handler: str = _blank(_("Cơ quan chủ trì giải quyết"))
    received_on: date = _blank(_("Ngày nhận"))
    due_on: date | None = _blank(_("Ngày hẹn trả"), optional=True)
    returned_on: date | None = _blank(_("Ngày trả"), optional=True)
    return_by: str = _blank(_("Phương thức nhận kết quả"))
    receipt: str = _blank(_("Ký nhận"), optional=True)
    note: str = _blank(_("Ghi chú"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register(_Headed):
    """Mẫu 07 (sổ theo dõi hồ sơ): the dossiers of one centre in a period, days inclusive."""

    book: str = _blank(_("Quyển số"))
    first_on: date = _blank(_("Từ ngày"))
    last_on: date = _blank(_("Đến ngày"))
    entries: tuple[Entry, ...] = _blank(_("Các hồ sơ"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A line "label: value" in a decision or certificate."""

    label: str = _blank(_("Tên mục"))
    value: str = _blank(_("Nội dung mục"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(_Headed):
    """A decision or certificate (kết quả giải quyết) in the layout of Nghị định 30/2020/NĐ-CP.

    kind: QUYẾT ĐỊNH, GIẤY CHỨNG NHẬN… deciding: whose authority precedes a decision, else "".
    """

    code: str = _blank(_("Mã hồ sơ"))
    kind: str = _blank(_("Tên loại văn bản"))
    about: str = _blank(_("Trích yếu nội dung"))
    deciding: str = _blank(_("Thẩm quyền ban hành"), optional=True)
    grounds: tuple[str, ...] = _blank(_("Căn cứ ban hành"))
    paragraphs: tuple[str, ...] = _blank(_("Nội dung"))
    facts: tuple[Fact, ...] = _blank(_("Thông tin được ghi nhận"), optional=True)
    tracking_url: str = _blank(_("Địa chỉ kiểm tra"))
    recipients: tuple[str, ...] = _blank(_("Nơi nhận"))
    signatory: Signatory = _blank(_("Người ký"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalLetter(_OfDossier):
    """A letter that says a dossier cannot be granted, on what ground, and where to complain."""

    grounds: tuple[str, ...] = _blank(_("Căn cứ"))
    reasons: tuple[str, ...] = _blank(_("Lý do không giải quyết"))
    advice: str = _blank(_("Cách làm tiếp"))
    complaint: str = _blank(_("Nơi khiếu nại"))
    recipients: tuple[str, ...] = _blank(_("Nơi nhận"))
    signatory: Signatory = _blank(_("Người ký"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One thing paid for; the amount in whole đồng."""

    name: str = _blank(_("Khoản thu"))
    amount: int = _blank(_("Số tiền"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(_OfDossier):
    """A receipt (biên lai thu phí, lệ phí); `in_words` is the total written out."""

    charges: tuple[Charge, ...] = _blank(_("Các khoản thu"))
    in_words: str = _blank(_("Số tiền bằng chữ"))
    paid_at: datetime = _blank(_("Thời gian nộp"))
    paid_by: str = _blank(_("Hình thức nộp"))
    collector: str = _blank(_("Người thu"))


Content = (
    Acceptance
    | SupplementRequest
    | IntakeRefusal
    | Apology
    | StopNotice
    | ControlSheet
    | Register
    | Result
    | RefusalLetter
    | Receipt
)
CONTENT: Final[Mapping[Form, type[Content]]] = {
    Form.MAU_01: Acceptance,
    Form.MAU_02: SupplementRequest,
    Form.MAU_03: IntakeRefusal,
    Form.MAU_04: Apology,
    Form.MAU_05: StopNotice,
    Form.MAU_06: ControlSheet,
    Form.MAU_07: Register,
    Form.RESULT: Result,
    Form.REFUSAL: RefusalLetter,
    Form.RECEIPT: Receipt,
}


def check_complete(form: Form, content: Content, number: str) -> None:
    """Refuse a paper on which something would be left blank.

    :raises Invalid: names the first blank nobody filled
    :raises TypeError: the content belongs to another form
    """
    if type(content) is not CONTENT[form]:
        raise TypeError(f"{form} is not written on {type(content).__name__}")
    if not number.strip() and form not in UNNUMBERED:
        raise Invalid(_("Giấy này chưa có số. Lấy số trong sổ rồi lập lại giấy."), field="number")
    for name, label in _left_blank(content):
        message = _("Giấy này còn thiếu mục “{label}”. Điền mục đó rồi lập lại giấy.")
        raise Invalid(message, field=name, label=label)


def _left_blank(value: object) -> Iterator[tuple[str, str]]:
    for blank in fields(value):  # type: ignore[arg-type]  # every part is a dataclass
        given = getattr(value, blank.name)
        label = blank.metadata["label"]
        if given is None or given in ("", ()):
            if not blank.metadata["optional"]:
                yield blank.name, label
            continue
        for part in given if isinstance(given, tuple) else (given,):
            if isinstance(part, str) and not part.strip():
                yield blank.name, label
            elif hasattr(part, "__dataclass_fields__"):
                yield from _left_blank(part)


def as_data(value: object) -> Any:  # noqa: ANN401 - plain data of any shape
    """Return what a paper says as plain data for keeping: days and instants in ISO 8601."""
    if hasattr(value, "__dataclass_fields__"):
        return {blank.name: as_data(getattr(value, blank.name)) for blank in fields(value)}  # type: ignore[arg-type]
    if isinstance(value, tuple):
        return [as_data(part) for part in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


class Scan(StrEnum):
    """Whether a virus scanner has read a file (quét mã độc)."""

    NOT_SCANNED = "NOT_SCANNED"
    CLEAN = "CLEAN"


SCAN_LABELS: Final[Mapping[Scan, str]] = {
    Scan.NOT_SCANNED: _("chưa quét mã độc"),
    Scan.CLEAN: _("đã quét, không thấy mã độc"),
}

PAGES_AT_MOST: Final = 500
OBJECTS_AT_MOST: Final = 20_000
# A JPEG is opened at a fraction of its size, a PNG whole: 25 million are a page of A3 at 300 dpi.
PIXELS_AT_MOST: Final[Mapping[str, int]] = {"JPEG": 60_000_000, "PNG": 25_000_000}
LONGEST_EDGE: Final = 2_500
LONGEST_NAME: Final = 150
ENDINGS: Final[Mapping[str, str]] = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}
