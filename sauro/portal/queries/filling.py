"""What the pages of a filing show: the draft, its way, its procedure, its person, its places."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import cos, hypot, radians

from django.conf import settings

from sauro.core.actor import Actor
from sauro.core.clock import local, local_day
from sauro.core.errors import NotFound, Refusal
from sauro.core.explain import Explanation
from sauro.core.text import _, fold
from sauro.forms import queries as form_queries
from sauro.forms.rules import Kind, showing
from sauro.offices import queries as offices
from sauro.offices.rules import Level, OfficeRow
from sauro.onestop import queries as onestop
from sauro.onestop import routing
from sauro.onestop.queries import DraftPage, FileRow
from sauro.onestop.routing import Charge
from sauro.onestop.rules import Channel, Limit, ReturnBy
from sauro.people import queries as people
from sauro.people.queries import PersonRow
from sauro.places import queries as places
from sauro.places.queries import PlaceRow
from sauro.portal.rules import journey
from sauro.portal.rules.journey import Answer, Given, Handing, Slug, Stop, Way
from sauro.procedures import queries as procedures
from sauro.procedures.queries import ProcedurePage
from sauro.ui.formats import day as written_day

_NEAR_AT_MOST = 3
_MATTER = _("Nơi có việc, liên lạc, kết quả")
_OWN_SECTION = {
    Slug.CASE: _("Việc cần giải quyết"),
    Slug.CONTENT: _("Việc cần giải quyết"),
    Slug.FORM: _("Việc cần giải quyết"),
    Slug.APPLIES: _("Giấy tờ"),
    Slug.PAPER: _("Giấy tờ"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FillingPage:
    """One page of a filing with all that was answered."""

    draft: DraftPage
    procedure: ProcedurePage
    person: PersonRow
    given: Given
    way: Way
    stop: Stop

    @property
    def files(self) -> Sequence[FileRow]:
        """Return the files of this page's paper."""
        paper = self.stop.paper
        return [file for file in self.draft.files if paper and file.component == paper.key]


def page(actor: Actor, key: str, slug: str) -> FillingPage:
    """Return a page of a draft of this person. Four queries, five where the form is not known yet.

    :raises NotFound: no such draft, or not theirs; or this filing has no such page
    """
    draft = onestop.draft(actor, key)
    procedure = procedures.version(draft.version_id)
    given = Given(
        component_case=draft.component_case,
        place_id=draft.place_id,
        centre_id=draft.centre_id,
        answers=draft.answers,
        said=draft.said,
        files=Counter(file.component for file in draft.files),
    )
    form = form_queries.form(draft.form_id, procedure.record)
    way = journey.way(procedure.record.cases, given, form)
    stop = way.find(slug) if slug else way.stops[0]
    if stop is None:
        raise NotFound(_("Hồ sơ này không có bước đó. Mở lại bản nháp để đi tiếp."))
    return FillingPage(
        draft=draft,
        procedure=procedure,
        person=people.person(actor.person_id or 0),
        given=given,
        way=way,
        stop=stop,
    )


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of a filing in its table of contents. left: what it still needs, "" if nothing."""

    slug: str
    title: str
    left: str


def contents(filling: FillingPage) -> Mapping[str, Sequence[Chapter]]:
    """Return the pages of a filing by section, with what each still needs. No query."""
    sections: dict[str, list[Chapter]] = {}
    way = filling.way
    for stop in way.stops[:-1]:
        title = stop.paper.title if stop.paper else stop.page.title if stop.page else stop.label
        left = journey.missing(stop, filling.given, way.cases, way.form)
        section = _OWN_SECTION.get(stop.kind, _MATTER)
        sections.setdefault(section, []).append(Chapter(stop.slug, title, left))
    return sections


def communes(day: date) -> Sequence[PlaceRow]:
    """Return the communes of this province on a day. One query."""
    return places.communes(settings.PROVINCE["code"], on=day)


def place_codes(filling: FillingPage, *, on: date) -> Mapping[str, str]:
    """Return the communes that a form may be answered with, name by code.

    One query, none where no question of the form asks for a commune.
    """
    asked = (part for q in filling.way.form.questions() for part in (q, *q.rows))
    if not any(question.kind is Kind.PLACE for question in asked):
        return {}
    return {place.code: place.name for place in communes(on)}


def plain_match(text: str, *, on: date) -> int | None:
    """Return the one commune of today that is called just so today; None for any doubt."""
    said = fold(text)
    same = [place for place in communes(on) if said in {fold(place.name), fold(place.short_name)}]
    return same[0].id if len(same) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """What typed words may mean. must_ask: the person alone can say which."""

    matches: Sequence[PlaceRow]
    must_ask: bool
    explanation: Explanation | None


def whereabouts(text: str, *, on: date) -> Whereabouts:
    """Return the communes of this province that typed words may mean, old names too."""
    if not text:
        return Whereabouts(matches=(), must_ask=False, explanation=None)
    found = places.resolve(text, on=on)
    here = settings.PROVINCE["code"]
    matches = [place for place in found.matches if place.province_code == here]
    return Whereabouts(
        matches=matches,
        must_ask=found.must_ask or len(matches) != 1,
        explanation=found.explanation,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Centres:
    """The centres to choose from: a few with what is near about each, then all by name."""

    near: Sequence[tuple[OfficeRow, str]]
    options: Sequence[tuple[int, str]]


def centres(filling: FillingPage, *, on: date) -> Centres:
    """Return the centres, those at the matter, at home and nearby first. Two queries."""
    everywhere = offices.centres(on=on)
    by_place = {o.place_id: o for o in everywhere if o.level == Level.COMMUNE}
    near: dict[int, tuple[OfficeRow, str]] = {}
    for place_id, why in (
        (filling.person.place_id, _("Nơi bạn ở")),
        (filling.given.place_id, _("Nơi có việc")),
    ):
        if place_id in by_place:
            centre = by_place[place_id]
            near.setdefault(centre.id, (centre, why))
    for place_id in _nearest(filling.given.place_id or filling.person.place_id, communes(on)):
        if len(near) < _NEAR_AT_MOST and place_id in by_place:
            centre = by_place[place_id]
            near.setdefault(centre.id, (centre, _("Gần nơi có việc")))
    return Centres(
        near=tuple(near.values()),
        options=[
            (office.id, office.name)
            for office in sorted(
                everywhere, key=lambda o: (o.level != Level.PROVINCE, fold(o.name))
            )
        ],
    )


def _nearest(place_id: int | None, known: Sequence[PlaceRow]) -> list[int]:
    """Return places by distance from one of them, as the crow flies; itself first."""
    here = next((place for place in known if place.id == place_id), None)
    if here is None or here.lat is None or here.lon is None:
        return []
    lat, lon = float(here.lat), float(here.lon)
    shrink = cos(radians(lat))

    def away(place: PlaceRow) -> float:
        return hypot(float(place.lat or 0) - lat, (float(place.lon or 0) - lon) * shrink)

    return [place.id for place in sorted(known, key=away)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """Who will handle a filing, in what time and for what money; refusal: why nobody will."""

    unit: str = ""
    authority: str = ""
    explanation: Explanation | None = None
    limit: Limit | None = None
    charge: Charge | None = None
    due_at: datetime | None = None
    refusal: str = ""


def handling(
    version_id: int, place_id: int | None, *, now: datetime, channel: Channel = Channel.ONLINE
) -> Handling:
    """Return who will handle a filing. due_at: if it is complete now. No query when known."""
    if place_id is None:
        return Handling()
    day = local_day(now)
    try:
        route = routing.route(version_id, place_id, on=day)
        limit = routing.limit(route, channel, on=day)
    except Refusal as refusal:
        return Handling(refusal=str(refusal))
    roster = offices.roster(day)
    return Handling(
        unit=roster.office(route.unit_id).name,
        authority=roster.office(route.authority_id).name,
        explanation=route.explanation,
        limit=limit,
        charge=route.fees[channel],
        due_at=offices.working_calendar().due_at(local(now), limit.term),
    )


def place_names(ids: Sequence[int | None], *, on: date) -> Mapping[int, str]:
    """Return the names of communes of this province by id. One query."""
    wanted = set(ids)
    return {place.id: place.name for place in communes(on) if place.id in wanted}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line to check. slug: the page to change it on, "" for what is not asked."""

    label: str
    value: str
    slug: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Lines to check that belong together. is_known: taken from the account."""

    title: str
    rows: Sequence[Row]
    is_known: bool = False


_RETURN_WORDS = {
    ReturnBy.CENTRE: _("Nhận tại Trung tâm đã chọn"),
    ReturnBy.ONLINE: _("Bản điện tử, tải về tại trang này"),
    ReturnBy.POST: _("Qua bưu điện, về địa chỉ đã ghi"),
}


def check(filling: FillingPage, *, on: date) -> Sequence[Group]:
    """Return everything that was answered, for a last look. One query."""
    return (
        Group(title=_("Người nộp"), rows=_known(filling), is_known=True),
        Group(title=_("Liên lạc"), rows=_contact(filling)),
        *_said(filling, on),
        Group(title=_("Việc cần giải quyết"), rows=_matter(filling, on)),
        Group(title=_("Giấy tờ"), rows=_papers(filling)),
    )


def _said(filling: FillingPage, on: date) -> list[Group]:
    """Return the answers to the form, one group for each of its pages."""
    places = place_codes(filling, on=on)
    groups: dict[str, list[Row]] = {}
    for line in showing.lines(filling.way.form, filling.given.said, places):
        row = Row(label=line.label, value=line.value or NOT_GIVEN, slug=f"{Slug.FORM}-{line.page}")
        groups.setdefault(line.section, []).append(row)
    return [Group(title=title, rows=rows) for title, rows in groups.items()]


def _known(filling: FillingPage) -> list[Row]:
    person = filling.person
    born = written_day(person.born_on) if person.born_on else ""
    rows = [
        Row(label=_("Họ và tên"), value=person.name),
        Row(label=_("Ngày sinh"), value=born),
        Row(label=_("Số định danh"), value=person.pid_masked),
    ]
    return [row for row in rows if row.value]


def _contact(filling: FillingPage) -> list[Row]:
    said = filling.given.answers
    rows = [
        Row(label=_("Điện thoại"), value=said.get(Answer.PHONE, ""), slug=Slug.CONTACT),
        Row(label=_("Thư điện tử"), value=said.get(Answer.EMAIL) or NOT_GIVEN, slug=Slug.CONTACT),
        Row(label=_("Địa chỉ"), value=said.get(Answer.ADDRESS, ""), slug=Slug.CONTACT),
    ]
    if filling.given.for_other:
        principal = said.get(Answer.PRINCIPAL, "")
        rows.insert(0, Row(label=_("Nộp thay cho"), value=principal, slug=Slug.BEHALF))
    return rows


def _matter(filling: FillingPage, on: date) -> list[Row]:
    given = filling.given
    names = place_names([given.place_id], on=on)
    centre = offices.roster(on).office(given.centre_id).name if given.centre_id else ""
    rows = [
        Row(label=_("Nơi có việc"), value=names.get(given.place_id or 0, ""), slug=Slug.PLACE),
        Row(label=_("Trung tâm nhận"), value=centre, slug=Slug.CENTRE),
    ]
    if filling.way.find(Slug.CONTENT) is not None:
        content = given.answers.get(Answer.CONTENT, "")
        rows.insert(0, Row(label=_("Nội dung"), value=content, slug=Slug.CONTENT))
    if filling.way.cases:
        rows.insert(0, Row(label=_("Trường hợp"), value=given.component_case, slug=Slug.CASE))
    by = given.answers.get(Answer.RETURN)
    words = _RETURN_WORDS[ReturnBy(by)] if by in set(ReturnBy) else ""
    return [*rows, Row(label=_("Nhận kết quả"), value=words, slug=Slug.RETURN)]


def _papers(filling: FillingPage) -> list[Row]:
    rows = []
    for stop in filling.way.stops:
        if stop.paper is None:
            continue
        count = filling.given.files.get(stop.paper.key, 0)
        handing = filling.given.answers.get(journey.paper_answer(stop.paper.key))
        words = _("{count} tệp").format(count=count) if count else ""
        if handing == Handing.RESULT and not count:
            words = _("Kết quả của việc trước, tự gửi kèm")
        if handing == Handing.BROUGHT:
            brought = _("nộp bản giấy tại Trung tâm")
            words = f"{words}, {brought}" if words else brought.capitalize()
        rows.append(Row(label=stop.paper.title, value=words, slug=stop.slug))
    return rows or [Row(label=_("Giấy tờ"), value=_("Không phải nộp giấy tờ nào"))]


NOT_GIVEN = _("Chưa cung cấp")
