"""What the machine has checked of a filing, from the data at hand and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from sauro.core.errors import Invalid
from sauro.core.explain import Line
from sauro.core.money import written
from sauro.core.text import _
from sauro.onestop.queries import DossierPage
from sauro.people.rules import (
    check_name,
    check_phone,
    check_pid,
    is_test_pid,
    pid_warning,
    read_pid,
)
from sauro.procedures.rules import ProcedureRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at. ok: nothing is left for a person to decide. lines: how it came about."""

    ok: bool
    name: str
    said: str
    note: str = ""
    lines: Sequence[Line] = ()


def checks(dossier: DossierPage, record: ProcedureRecord, place: str, unit: str) -> list[Check]:
    """Return what was checked, what needs a human first. No query."""
    found = [
        _name(dossier),
        _number(dossier),
        _papers(dossier, record),
        _competence(dossier, place, unit),
        _term(dossier),
        _fee(dossier),
        _reachable(dossier),
    ]
    return sorted(found, key=lambda check: check.ok)


def _name(dossier: DossierPage) -> Check:
    try:
        check_name(dossier.name)
    except Invalid as refusal:
        return Check(ok=False, name=_("Họ tên"), said=dossier.name, note=str(refusal))
    return Check(ok=True, name=_("Họ tên"), said=_("Viết đúng cách, không lẫn số, ký hiệu"))


def _number(dossier: DossierPage) -> Check:
    name = _("Số định danh")
    if not dossier.pid:
        return Check(ok=False, name=name, said=_("Chưa có số"), note=_("Đối chiếu giấy tờ gốc."))
    try:
        check_pid(dossier.pid)
    except Invalid as refusal:
        return Check(ok=False, name=name, said=_("Chưa đúng dạng"), note=str(refusal))
    facts = read_pid(dossier.pid)
    said = _("Đủ 12 số, năm sinh {year}").format(year=facts.birth_year)
    if facts.province:
        said += _(", nơi đăng ký khai sinh {where}").format(where=facts.province)
    note = _("Chưa nối dữ liệu dân cư nên chưa so với thẻ.")
    if is_test_pid(dossier.pid):
        note = _("Số thuộc dải thử nghiệm, không phải của người thật.")
    warning = pid_warning(dossier.pid)
    return Check(ok=not warning, name=name, said=said, note=warning or note)


def _papers(dossier: DossierPage, record: ProcedureRecord) -> Check:
    chosen = dossier.component_case
    listed = {
        item.key
        for group in record.cases
        if not chosen or group.name in {"", chosen}
        for item in group.items
        if item.originals or item.copies
    }
    sent = {file.component for file in dossier.files}
    brought = {
        key.removeprefix("paper.")
        for key, how in dossier.answers.items()
        if key.startswith("paper.") and (how == "brought" or how.startswith("held:"))
    }
    came = (sent | brought) & listed
    name = _("Thành phần hồ sơ")
    if not listed:
        return Check(ok=True, name=name, said=_("Thủ tục không liệt kê giấy tờ"))
    said = _("Có {came} trên {listed} mục trong danh mục")
    return Check(
        ok=came == listed,
        name=name,
        said=said.format(came=len(came), listed=len(listed)),
        note="" if came == listed else _("Có mục chỉ dành cho một số trường hợp. Xem từng mục."),
    )


def _competence(dossier: DossierPage, place: str, unit: str) -> Check:
    return Check(
        ok=True,
        name=_("Thẩm quyền"),
        said=unit,
        note=_("Việc tại {place}").format(place=place),
        lines=dossier.route.lines,
    )


def _term(dossier: DossierPage) -> Check:
    return Check(
        ok=dossier.limit.published,
        name=_("Thời hạn"),
        said=str(dossier.limit.term),
        note=dossier.limit.source,
    )


def _fee(dossier: DossierPage) -> Check:
    said = written(dossier.fee) if dossier.fee else _("Không thu, hoặc thủ tục không ghi mức")
    return Check(ok=True, name=_("Lệ phí"), said=said, note=dossier.fee_note)


def _reachable(dossier: DossierPage) -> Check:
    name = _("Báo tin")
    try:
        phone = check_phone(dossier.phone)
    except Invalid as refusal:
        return Check(ok=False, name=name, said=dossier.phone, note=str(refusal))
    if phone or dossier.email:
        said = _("Có điện thoại") if phone else _("Có thư điện tử")
        return Check(ok=True, name=name, said=said)
    return Check(ok=False, name=name, said=_("Không có điện thoại, thư điện tử"))
