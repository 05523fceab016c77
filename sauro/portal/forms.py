"""Reading what the pages of a filing send: what to save, or what to mend."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from sauro.core.errors import Invalid
from sauro.core.text import _, tidy
from sauro.forms.rules import reading, showing
from sauro.onestop.rules import ReturnBy
from sauro.onestop.services.filing import Answers
from sauro.people import rules as people
from sauro.people.queries import PersonRow
from sauro.portal.rules import journey
from sauro.portal.rules.journey import Answer, Behalf, Handing, Slug, Stop, Way


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a page said, or for each field what to mend. values: as typed, to show again."""

    answers: Answers | None
    errors: Mapping[str, str] = field(default_factory=dict)


def safe_way_back(way: str, otherwise: str) -> str:
    """Return a path of this site to go to, or `otherwise` for anything else."""
    is_path = way.startswith("/") and not way.startswith(("//", "/\\"))
    is_safe = is_path and url_has_allowed_host_and_scheme(way, allowed_hosts=None)
    return way if is_safe and way.isprintable() else otherwise


def revision(post: QueryDict) -> int:
    """Return the revision that the page showed; 0, which no draft has, for anything else."""
    sent = post.get("revision", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0  # noqa: PLR2004


def parse(stop: Stop, way: Way, post: QueryDict, person: PersonRow) -> Parsed:
    """Return what a question page said; places, centres and papers have their own way."""
    if stop.kind is Slug.CONTACT:
        return _contact(post, person)
    readers: dict[Slug, Callable[[], Answers]] = {
        Slug.CASE: lambda: _case(post, way),
        Slug.CONTENT: lambda: _content(post),
        Slug.BEHALF: lambda: _behalf(post),
        Slug.APPLIES: lambda: _applies(post, way),
        Slug.RETURN: lambda: _return(post),
    }
    try:
        return Parsed(readers[stop.kind]())
    except Invalid as mend:
        return Parsed(None, {mend.field: str(mend)})


def _case(post: QueryDict, way: Way) -> Answers:
    number = post.get("truong_hop", "")
    if not number.isdecimal() or not 1 <= int(number[:4]) <= len(way.cases):
        raise Invalid(_("Chọn trường hợp của bạn."), field="truong_hop")
    return Answers(component_case=way.cases[int(number[:4]) - 1])


def _content(post: QueryDict) -> Answers:
    said: dict[str, str] = {Answer.CONTENT: tidy(post.get("noi_dung", ""))}
    if not journey.is_content(said):
        raise Invalid(_("Ghi ngắn gọn việc bạn cần giải quyết."), field="noi_dung")
    if len(said[Answer.CONTENT]) > journey.LONGEST_CONTENT:
        raise Invalid(
            _("Nội dung dài quá {limit} ký tự. Rút gọn lại, phần còn lại gửi kèm thành tệp."),
            field="noi_dung",
            limit=journey.LONGEST_CONTENT,
        )
    return Answers(values=said)


def form_page(
    stop: Stop, way: Way, post: QueryDict, said: Mapping[str, object], places: Mapping[str, str]
) -> Parsed:
    """Return what a page of the form said, with all that was said before it.

    places: the communes that may be chosen, name by code.
    """
    if stop.page is None:
        return Parsed(Answers())
    typed = {name: post.get(name, "") for name in post}
    found, errors = reading.read_page(way.form, stop.page, typed, said, places=places)
    if errors:
        return Parsed(None, errors)
    about = showing.summary(way.form, found, places)[: journey.LONGEST_CONTENT]
    return Parsed(Answers(said=found, values={Answer.CONTENT: about} if way.form.summary else None))


def _behalf(post: QueryDict) -> Answers:
    behalf = post.get("nop_cho", "")
    if behalf not in set(Behalf):
        raise Invalid(_("Chọn nộp cho mình hay nộp thay."), field="nop_cho")
    principal = tidy(post.get("nguoi_duoc_thay", ""))
    if behalf == Behalf.OTHER:
        try:
            principal = people.check_name(principal)
        except Invalid as mend:
            raise Invalid(str(mend), field="nguoi_duoc_thay") from mend
    return Answers(
        values={
            Answer.BEHALF: behalf,
            Answer.PRINCIPAL: principal if behalf == Behalf.OTHER else "",
        }
    )


def centre(post: QueryDict) -> int:
    """Return the office that was chosen, from the cards or from the list.

    :raises Invalid: nothing was chosen
    """
    chosen = post.get("trung_tam", "")
    if chosen == "khac":
        chosen = post.get("trung_tam_khac", "")
    if not chosen.isdecimal():
        raise Invalid(_("Chọn Trung tâm nhận hồ sơ."), field="trung_tam")
    return int(chosen[:12])


def _applies(post: QueryDict, way: Way) -> Answers:
    known = {line.key for line in way.lines}
    chosen = [key for key in post.getlist("ap_dung") if key in known]
    return Answers(values={Answer.APPLIES: ",".join(chosen) or journey.NONE_APPLY})


def _return(post: QueryDict) -> Answers:
    chosen = post.get("nhan", "")
    if chosen not in set(ReturnBy):
        raise Invalid(_("Chọn cách nhận kết quả."), field="nhan")
    return Answers(values={Answer.RETURN: chosen})


def _contact(post: QueryDict, person: PersonRow) -> Parsed:
    checks = {
        "phone": (
            people.check_phone,
            person.phone,
            _("Ghi số điện thoại để chúng tôi gọi khi cần."),
        ),
        "email": (people.check_email, person.email, ""),
        "address": (people.check_address, person.address, _("Ghi số nhà, đường; hoặc thôn, buôn.")),
    }
    values: dict[str, str] = {}
    errors: dict[str, str] = {}
    for name, (check, known, needed) in checks.items():
        try:
            values[name] = check(post.get(name, "")) or known
        except Invalid as mend:
            errors[name] = str(mend)
            continue
        if needed and not values[name]:
            errors[name] = needed
    return Parsed(None, errors) if errors else Parsed(Answers(values=values))


@dataclass(frozen=True, slots=True)
class Where:
    """What the page of the place says: a place to take, or words to look up."""

    place_id: int | None
    text: str


def where(post: QueryDict, person: PersonRow) -> Where:
    """Return where the matter is said to lie.

    :raises Invalid: nothing was chosen or typed
    """
    chosen = post.get("noi", "")
    text = tidy(post.get("dia_chi", ""))
    if chosen == "nha" and person.place_id is not None:
        return Where(person.place_id, "")
    if chosen.isdecimal():
        return Where(int(chosen[:12]), "")
    if not text:
        raise Invalid(
            _("Ghi xã, phường nơi có việc. Tên cũ cũng được, ví dụ: Phường 9, Tuy Hòa."),
            field="dia_chi",
        )
    if len(text) > journey.LONGEST_LINE:
        raise Invalid(
            _("Địa chỉ dài quá {limit} ký tự. Chỉ ghi thôn, buôn và tên xã, phường."),
            field="dia_chi",
            limit=journey.LONGEST_LINE,
        )
    return Where(None, text)


def handing(post: QueryDict) -> Handing | None:
    """Return how a paper is said to come, if it is said."""
    said = post.get("cach", "")
    return Handing(said) if said in set(Handing) else None


def day(text: str) -> date:
    """Return the day that an address names, as 2026-07-01.

    :raises Invalid: it names none
    """
    try:
        return date.fromisoformat(text)
    except ValueError as bad:
        raise Invalid(_("Ghi ngày như 2026-07-01."), field="ngay") from bad


def digits(text: str) -> str:
    """Return the figures in what was typed, spaces and dashes aside."""
    return "".join(char for char in text if char.isdecimal() and char.isascii())
