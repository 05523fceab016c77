"""The way of one filing: which pages it has, in which order, and what each still needs. Pure.

The pages follow from the procedure's list of papers and from what was answered so far, so a
person is never shown a question that does not concern them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sauro.core.text import _, fold
from sauro.forms.rules import Form, Page
from sauro.forms.rules import reading as form_reading
from sauro.forms.rules import showing as form_showing
from sauro.onestop.rules import RESULT, ReturnBy
from sauro.procedures.rules import ComponentCase, papers
from sauro.procedures.rules.papers import Paper


class Slug(StrEnum):
    """The last part of a page's address.

    A paper's page is "giay-to-" and the paper's key, a form's is "cau-hoi-" and the page's key.
    """

    CASE = "truong-hop"
    CONTENT = "noi-dung"
    FORM = "cau-hoi"
    BEHALF = "nguoi-nop"
    PLACE = "noi-co-viec"
    CENTRE = "trung-tam"
    CONTACT = "lien-lac"
    APPLIES = "truong-hop-rieng"
    PAPER = "giay-to"
    RETURN = "nhan-ket-qua"
    CHECK = "kiem-tra"


class Answer(StrEnum):
    """The names under which a draft keeps what was said."""

    CONTENT = "content"
    BEHALF = "behalf"
    PRINCIPAL = "principal"
    PLACE_TEXT = "place_text"
    APPLIES = "applies"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    RETURN = "return_by"


class Behalf(StrEnum):
    """For whom somebody files."""

    SELF = "self"
    OTHER = "other"


class Handing(StrEnum):
    """How a paper comes: sent here, brought to the centre, or the result of an earlier filing."""

    SENT = "sent"
    BROUGHT = "brought"
    RESULT = RESULT


LONGEST_CONTENT = 1_000
LONGEST_LINE = 300
NONE_APPLY = "-"
NO_FORM = Form(title="", pages=())


def paper_answer(key: str) -> str:
    """Return the name under which a draft keeps how a paper comes."""
    return f"paper.{key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a draft says so far. said: to the form; files: how many were sent, by component."""

    component_case: str = ""
    place_id: int | None = None
    centre_id: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, object] = field(default_factory=dict)
    files: Mapping[str, int] = field(default_factory=dict)

    @property
    def for_other(self) -> bool:
        """Return whether somebody else's matter is filed."""
        return self.answers.get(Answer.BEHALF) == Behalf.OTHER

    @property
    def applies(self) -> frozenset[str]:
        """Return the keys of the papers of special cases that the person says apply."""
        said = self.answers.get(Answer.APPLIES, "")
        return frozenset(key for key in said.split(",") if key and key != NONE_APPLY)


@dataclass(frozen=True, slots=True)
class Stop:
    """One page of the way. label: its few words in the progress line."""

    slug: str
    label: str
    kind: Slug
    paper: Paper | None = None
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """All pages of a filing as it stands, the check page last."""

    stops: tuple[Stop, ...]
    cases: tuple[str, ...]
    lines: tuple[Paper, ...]
    form: Form = NO_FORM

    def find(self, slug: str) -> Stop | None:
        """Return the page with this address, or None where this filing has none."""
        return next((stop for stop in self.stops if stop.slug == slug), None)

    def number(self, stop: Stop) -> int:
        """Return which page it is, from 1."""
        return self.stops.index(stop) + 1

    def before(self, stop: Stop) -> Stop | None:
        """Return the page before, or None for the first."""
        at = self.stops.index(stop)
        return self.stops[at - 1] if at else None

    def after(self, stop: Stop) -> Stop:
        """Return the page after; the check page is the last and follows itself."""
        at = self.stops.index(stop)
        return self.stops[min(at + 1, len(self.stops) - 1)]

    def papers(self) -> tuple[Paper, ...]:
        """Return the papers that are asked, in order."""
        return tuple(stop.paper for stop in self.stops if stop.paper is not None)


def way(groups: Sequence[ComponentCase], given: Given, form: Form = NO_FORM) -> Way:
    """Return the pages of a filing of a procedure with these papers and form, as it stands.

    A form that says what is asked for in a line of its own spares the question for it.
    """
    cases = papers.cases(groups)
    lines = papers.papers(groups, given.component_case)
    stops = [Stop(Slug.CASE, _("Trường hợp"), Slug.CASE)] if cases else []
    if not form.summary:
        stops.append(Stop(Slug.CONTENT, _("Nội dung"), Slug.CONTENT))
    stops += [
        Stop(f"{Slug.FORM}-{asked.key}", asked.section, Slug.FORM, page=asked)
        for asked in form_showing.pages(form, given.said)
    ]
    if papers.has_proxy(lines):
        stops.append(Stop(Slug.BEHALF, _("Người nộp"), Slug.BEHALF))
    stops += [
        Stop(Slug.PLACE, _("Nơi có việc"), Slug.PLACE),
        Stop(Slug.CENTRE, _("Trung tâm nhận"), Slug.CENTRE),
        Stop(Slug.CONTACT, _("Liên lạc"), Slug.CONTACT),
    ]
    if papers.for_some(lines):
        stops.append(Stop(Slug.APPLIES, _("Trường hợp riêng"), Slug.APPLIES))
    wanted = papers.asked(lines, for_other=given.for_other, applies=given.applies)
    stops += [
        Stop(f"{Slug.PAPER}-{paper.key}", _("Giấy tờ"), Slug.PAPER, paper) for paper in wanted
    ]
    stops += [
        Stop(Slug.RETURN, _("Nhận kết quả"), Slug.RETURN),
        Stop(Slug.CHECK, _("Kiểm tra lại"), Slug.CHECK),
    ]
    return Way(tuple(stops), cases, lines, form)


def missing(stop: Stop, given: Given, cases: Sequence[str] = (), form: Form = NO_FORM) -> str:
    """Return what a page still needs, in the words of the fix; "" where it is answered."""
    said = given.answers
    if stop.paper is not None:
        return _missing_paper(stop.paper, given)
    if stop.page is not None:
        return form_reading.missing(form, stop.page.questions, given.said)
    sentence, is_said = {
        Slug.CASE: (_("Chọn trường hợp của bạn."), given.component_case in cases),
        Slug.CONTENT: (_("Ghi ngắn gọn việc bạn cần giải quyết."), is_content(said)),
        Slug.BEHALF: (_("Chọn nộp cho mình hay nộp thay."), _has_behalf(said)),
        Slug.PLACE: (_("Chọn xã, phường nơi có việc."), given.place_id is not None),
        Slug.CENTRE: (_("Chọn Trung tâm nhận hồ sơ."), given.centre_id is not None),
        Slug.CONTACT: (_("Ghi số điện thoại để chúng tôi gọi khi cần."), Answer.PHONE in said),
        Slug.APPLIES: (_("Cho biết bạn có thuộc trường hợp riêng nào."), Answer.APPLIES in said),
        Slug.RETURN: (_("Chọn cách nhận kết quả."), said.get(Answer.RETURN) in set(ReturnBy)),
        Slug.CHECK: ("", True),
    }[stop.kind]
    return "" if is_said else sentence


def is_content(said: Mapping[str, str]) -> bool:
    """Test whether the person said what they want, in at least a word."""
    return len(fold(said.get(Answer.CONTENT, ""))) > 1


def _has_behalf(said: Mapping[str, str]) -> bool:
    behalf = said.get(Answer.BEHALF)
    if behalf == Behalf.OTHER:
        return bool(said.get(Answer.PRINCIPAL))
    return behalf == Behalf.SELF


def _missing_paper(paper: Paper, given: Given) -> str:
    handing = given.answers.get(paper_answer(paper.key))
    if handing in {Handing.BROUGHT, Handing.RESULT} or given.files.get(paper.key):
        return ""
    return _("Gửi ảnh hoặc tệp của “{title}”, hoặc chọn nộp bản giấy.").format(title=paper.title)
