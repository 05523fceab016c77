"""A form for a procedure that nobody wrote one for yet, from what is published of it. Pure.

It asks little: for whom, which earlier paper where the matter is to change or end one, and why.
The papers themselves and what is wanted in the person's own words are asked by the filing.
"""

from sauro.core.text import _, fold
from sauro.forms.rules.shape import Condition, Form, Kind, Page, Question

_EARLIER = ("cap lai", "cap doi", "gia han", "dieu chinh", "thay doi", "sua doi", "thu hoi",
            "cham dut", "bien dong", "bo sung", "dinh chinh", "tra lai")  # fmt: skip
_ORGANISATIONS = ("doanh nghiep", "to chuc", "hop tac xa", "hiep hoi", "truong", "co quan", "quy ")


def generate(name: str, subjects: tuple[str, ...] = ()) -> Form:
    """Return the form of a procedure by its name and who may ask for it (đối tượng)."""
    words = fold(name)
    who = fold(" ".join(subjects)) or words
    pages = []
    if any(word in f"{who} " for word in _ORGANISATIONS):
        pages.append(_applicant())
    if any(word in words for word in _EARLIER):
        pages.append(_earlier())
    return Form(title=name, pages=tuple(pages))


def _applicant() -> Page:
    is_organisation = (Condition("applicant_kind", ("organisation",)),)
    return Page(
        "ben-de-nghi",
        _("Việc này là của ai?"),
        _("Bên đề nghị"),
        (
            Question(
                key="applicant_kind",
                label=_("Bên đề nghị"),
                kind=Kind.CHOICE,
                options=(
                    ("person", _("Cá nhân, hộ gia đình")),
                    ("organisation", _("Doanh nghiệp, tổ chức")),
                ),
            ),
            Question(
                key="organisation_name",
                label=_("Tên doanh nghiệp, tổ chức"),
                kind=Kind.TEXT,
                when=is_organisation,
            ),
            Question(
                key="organisation_number",
                label=_("Mã số doanh nghiệp, mã số thuế"),
                kind=Kind.TEXT,
                longest=20,
                is_needed=False,
                when=is_organisation,
            ),
        ),
    )


def _earlier() -> Page:
    return Page(
        "giay-da-cap",
        _("Giấy đã cấp trước đây"),
        _("Giấy đã cấp"),
        (
            Question(key="earlier_number", label=_("Số của giấy đã cấp"), kind=Kind.TEXT),
            Question(key="earlier_on", label=_("Ngày cấp"), kind=Kind.DATE, is_needed=False),
            Question(key="earlier_by", label=_("Cơ quan đã cấp"), kind=Kind.TEXT, is_needed=False),
            Question(key="change", label=_("Nội dung thay đổi hoặc lý do"), kind=Kind.AREA),
        ),
    )
