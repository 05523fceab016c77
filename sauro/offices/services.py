"""What can be done to offices, posts and the working calendar.

Verbs: open_office, close_office, open_post, appoint, end_appointment, set_special_days,
change_days, load_offices; of opening hours: `offices.opening`.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from operator import itemgetter

from django.db.models import Max, Q

from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotFound, NotNow
from sauro.core.statements import execute
from sauro.core.text import _, tidy
from sauro.events import services as events
from sauro.offices import keeping, rules
from sauro.offices.calendars import DaySetting, ordinary, plan_of
from sauro.offices.models import Office, Official, Post, Revision, SpecialDay
from sauro.offices.rules import (
    NewOffice,
    NewPost,
    Role,
    SpecialDayPlan,
)
from sauro.people import services as people

_NO_OFFICE = _("Không có cơ quan này.")
_CLOSED = _("Cơ quan “{name}” đã giải thể. Chọn cơ quan khác.")


@command
def open_office(office: NewOffice, *, by: Actor, now: datetime) -> int:
    """Open an office and return its id.

    :raises Invalid: the code is taken, the office above is unknown, or a detail cannot be so
    """
    rules.check_office(office)
    if Office.objects.filter(code=office.code).exists():
        raise Invalid(_("Mã “{code}” đã có cơ quan dùng. Xem lại mã."), "code", code=office.code)
    above = Office.objects.filter(code=office.parent).first() if office.parent else None
    if office.parent and above is None:
        raise Invalid(_("Không có cơ quan cấp trên “{code}”."), "parent", code=office.parent)
    details = {**asdict(office), "name": tidy(office.name), "parent": above}
    opened = Office.objects.create(**details)
    keeping.changed(keeping.ROSTER)
    events.record("office.opened", opened, by=by, at=now, code=office.code)
    return opened.pk


@command
def close_office(office_id: int, *, until: date, by: Actor, now: datetime) -> None:
    """Close an office from a day on.

    :raises NotNow: it is closed, or an open office or an official is still in it
    """
    office = _lock_office(office_id)
    below = Office.objects.filter(parent=office, until__isnull=True).count()
    if below:
        raise NotNow(
            _("Cơ quan này còn {count} đơn vị trực thuộc. Giải thể hoặc chuyển trước."), count=below
        )
    inside = Official.objects.filter(post__office=office, until__isnull=True).count()
    if inside:
        raise NotNow(_("Còn {count} người giữ vị trí. Kết thúc bổ nhiệm trước."), count=inside)
    _check_after(office.since, until)
    Post.objects.filter(office=office, until__isnull=True).update(until=until)
    office.until = until
    office.save(update_fields=["until"])
    keeping.changed(keeping.ROSTER)
    events.record("office.closed", office, by=by, at=now, until=until.isoformat())


@command
def open_post(
    office_id: int, role: Role, title: str, *, since: date, by: Actor, now: datetime
) -> int:
    """Open a post in an office and return its id.

    :raises Invalid: no title
    :raises NotNow: the office is closed
    """
    office = _lock_office(office_id)
    if not tidy(title):
        raise Invalid(_("Ghi tên vị trí, ví dụ: Chuyên viên."), field="title")
    last = Post.objects.filter(office=office, role=role).aggregate(last=Max("number"))["last"] or 0
    post = Post.objects.create(
        office=office, role=role, number=last + 1, title=tidy(title), since=since
    )
    keeping.changed(keeping.ROSTER)
    events.record("post.opened", post, by=by, at=now, office=office_id, role=role.value)
    return post.pk


@command
def appoint(post_id: int, person_id: int, *, since: date, by: Actor, now: datetime) -> int:
    """Put a person into a post from a day on, and return the official's id.

    :raises NotNow: somebody holds the post then, or the post has ended
    """
    post = Post.objects.select_for_update().filter(pk=post_id).first()
    if post is None:
        raise NotFound(_("Không có vị trí này."))
    if since < post.since or (post.until and since >= post.until):
        raise NotNow(_("Vị trí này không có vào ngày {day}."), day=f"{since:%d/%m/%Y}")
    overlapping = Q(until__isnull=True) | Q(until__gt=since)
    if Official.objects.filter(overlapping, post=post).exists():
        raise NotNow(_("Vị trí này đang có người giữ. Kết thúc bổ nhiệm người đó trước."))
    official = Official.objects.create(post=post, person_id=person_id, since=since)
    keeping.changed(keeping.ROSTER)
    events.record("official.appointed", official, by=by, at=now, post=post_id, person=person_id)
    return official.pk


@command
def end_appointment(official_id: int, *, until: date, by: Actor, now: datetime) -> None:
    """End an appointment: `until` is the first day the official no longer holds the post.

    :raises NotNow: it has ended
    :raises Invalid: it would end before it began
    """
    official = Official.objects.select_for_update().filter(pk=official_id).first()
    if official is None:
        raise NotFound(_("Không có cán bộ này."))
    if official.until is not None:
        raise NotNow(_("Người này đã thôi giữ vị trí."))
    _check_after(official.since, until)
    official.until = until
    official.save(update_fields=["until"])
    keeping.changed(keeping.ROSTER)
    events.record("official.left", official, by=by, at=now, until=until.isoformat())


@command
def set_special_days(
    year: int, days: Sequence[SpecialDayPlan], *, by: Actor, now: datetime
) -> bool:
    """Make these the special days of a year; return whether anything changed.

    Days of that year that were set by hand stay as they are, and so do those of one office.

    :raises Invalid: a day of another year, twice in the list, or made up on a weekday
    """
    rules.check_year(year, days)
    fields = ("day", "kind", "name", "source", "status")
    of_province = SpecialDay.objects.filter(day__year=year, office=None)
    by_hand = set(of_province.filter(by_hand=True).values_list("day", flat=True))
    wanted = sorted(
        (d.day, d.kind.value, tidy(d.name), d.source, d.status.value)
        for d in days
        if d.day not in by_hand
    )
    of_year = of_province.filter(by_hand=False)
    if list(of_year.order_by("day").values_list(*fields)) == wanted:
        return False
    revision = Revision.objects.get(pk=keeping.changed(keeping.CALENDAR))
    of_year.delete()
    SpecialDay.objects.bulk_create(
        SpecialDay(**dict(zip(fields, values, strict=True))) for values in wanted
    )
    chosen = [f"{day:%Y-%m-%d} {kind}" for day, kind, *_rest in wanted]
    events.record("calendar.year_set", revision, by=by, at=now, year=year, days=chosen)
    return True


@command
def change_days(settings: Sequence[DaySetting], *, by: Actor, now: datetime) -> list[DaySetting]:
    """Set special days one by one and return what they were, so that it can be put back.

    A day of the province that is to be nothing special is kept as an ordinary one, so that
    the yearly data does not bring it back.

    :raises Invalid: a day cannot be so
    """
    for setting in settings:
        if setting.plan is not None:
            rules.check_day(setting.plan)
    revision = Revision.objects.get(pk=keeping.changed(keeping.CALENDAR))
    was = [_set_day(setting) for setting in settings]
    for setting, before in zip(settings, was, strict=True):
        events.record(
            "calendar.day_set",
            revision,
            by=by,
            at=now,
            day=setting.day.isoformat(),
            office=setting.office_id,
            kind=setting.plan.kind.value if setting.plan else "",
            name=setting.plan.name if setting.plan else "",
            source=setting.plan.source if setting.plan else "",
            was=f"{before.plan.kind} {before.plan.name}" if before.plan else "",
        )
    return was


def _set_day(setting: DaySetting) -> DaySetting:
    day, office_id, plan = setting.day, setting.office_id, setting.plan
    found = SpecialDay.objects.select_for_update().filter(day=day, office=office_id)
    row = found.values("day", "kind", "name", "source", "status", "by_hand").first()
    if plan is None and setting.by_hand and office_id is None and row:
        plan = ordinary(plan_of(row))
    found.delete()
    if plan is not None:
        SpecialDay.objects.create(
            day=day,
            office_id=office_id,
            kind=plan.kind.value,
            name=tidy(plan.name),
            source=tidy(plan.source),
            status=plan.status.value,
            by_hand=setting.by_hand,
        )
    was, by_hand = (plan_of(row), row["by_hand"]) if row else (None, False)
    return DaySetting(day=day, office_id=office_id, plan=was, by_hand=by_hand)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """How much of a plan was new."""

    offices: int
    posts: int
    officials: int


_OPEN_ALL = """
INSERT INTO offices_office (code, slug, name, short_name, kind, level, place_id, address, phone,
    since, source, is_synthetic)
SELECT code, slug, name, short_name, kind, level, place_id, address, phone, since, source,
    is_synthetic
FROM jsonb_to_recordset(%(given)s::jsonb) AS g (code text, slug text, name text, short_name text,
    kind text, level text, place_id bigint, address text, phone text, since date, source text,
    is_synthetic boolean)
ORDER BY code
ON CONFLICT (code) DO NOTHING RETURNING id
"""
_PUT_BELOW = """
UPDATE offices_office o SET parent_id = above.id
FROM jsonb_to_recordset(%(given)s::jsonb) AS g (code text, parent text)
JOIN offices_office above ON above.code = g.parent
WHERE o.code = g.code AND o.id = ANY(%(ids)s) RETURNING o.id
"""
_OPEN_POSTS = """
INSERT INTO offices_post (office_id, role, number, title, since)
SELECT o.id, role, number, title, g.since
FROM jsonb_to_recordset(%(given)s::jsonb) AS g (office text, role text, number int, title text,
    since date)
JOIN offices_office o ON o.code = g.office
ORDER BY o.code, role, number
ON CONFLICT (office_id, role, number) DO NOTHING RETURNING id
"""
_APPOINT_ALL = """
INSERT INTO offices_official (person_id, post_id, since)
SELECT * FROM unnest(%(persons)s::bigint[], %(posts)s::bigint[], %(since)s::date[]) RETURNING id
"""
_RECORDS = {
    "office": ("office.opened", "jsonb_build_object('code', x.code)"),
    "post": ("post.opened", "jsonb_build_object('office', x.office_id, 'role', x.role)"),
    "official": (
        "official.appointed",
        "jsonb_build_object('post', x.post_id, 'person', x.person_id)",
    ),
}


@command
def load_offices(
    offices: Sequence[NewOffice], posts: Sequence[NewPost], *, by: Actor, now: datetime
) -> Loaded:
    """Open many offices and posts and appoint their holders, in a dozen statements.

    What exists stays as it is, known by office code and by role and number of the post; a post
    that was ever held is not filled again. So loading a plan twice changes nothing.

    :raises Invalid: an office cannot be so, or belongs to one that nobody knows; none is opened
    """
    for office in offices:
        rules.check_office(office)
    opened = _open_all(offices)
    _record_all("office", opened, by=by, now=now)
    given = json.dumps([_plain(post) for post in posts])
    created = [row[0] for row in execute(_OPEN_POSTS, {"given": given})]
    _record_all("post", created, by=by, now=now)
    appointed = _appoint_all(posts, by=by, now=now)
    _record_all("official", appointed, by=by, now=now)
    if opened or created or appointed:
        keeping.changed(keeping.ROSTER)
    return Loaded(offices=len(opened), posts=len(created), officials=len(appointed))


def _open_all(offices: Sequence[NewOffice]) -> list[int]:
    given = json.dumps(
        [{**asdict(office), "since": office.since.isoformat()} for office in offices]
    )
    opened = [row[0] for row in execute(_OPEN_ALL, {"given": given})]
    execute(_PUT_BELOW, {"given": given, "ids": opened})
    below = {office.code: office.parent for office in offices if office.parent}
    lost = Office.objects.filter(pk__in=opened, parent__isnull=True, code__in=below)
    for code in lost.order_by("code").values_list("code", flat=True)[:1]:
        raise Invalid(_("Không có cơ quan cấp trên “{code}”."), "parent", code=below[code])
    return opened


def _appoint_all(posts: Sequence[NewPost], *, by: Actor, now: datetime) -> list[int]:
    never_held = Post.objects.filter(office__code__in={post.office for post in posts})
    free = {
        (code, role, number): pk
        for pk, code, role, number in never_held.filter(official__isnull=True).values_list(
            "pk", "office__code", "role", "number"
        )
    }
    taken = [
        (free[post.office, post.role, post.number], post, post.holder)
        for post in posts
        if post.holder and (post.office, post.role, post.number) in free
    ]
    taken.sort(key=itemgetter(0))
    given = {
        "persons": people.register_all([holder for *_rest, holder in taken], by=by, now=now),
        "posts": [post_id for post_id, *_rest in taken],
        "since": [post.since for _post_id, post, _holder in taken],
    }
    return [row[0] for row in execute(_APPOINT_ALL, given)]


def _plain(post: NewPost) -> dict[str, object]:
    return {
        "office": post.office,
        "role": post.role.value,
        "number": post.number,
        "title": post.title,
        "since": post.since.isoformat(),
    }


def _record_all(what: str, ids: Sequence[int], *, by: Actor, now: datetime) -> None:
    verb, data = _RECORDS[what]
    statement = events.RECORD.format(
        verb=f"'{verb}'", subject=f"offices.{what}", subject_id="x.id", data=data
    )
    source = f" FROM offices_{what} x WHERE x.id = ANY(%(ids)s) ORDER BY x.id"
    execute(statement + source, {**events.recorded_by(by, now), "ids": list(ids)})


def _lock_office(office_id: int) -> Office:
    office = Office.objects.select_for_update().filter(pk=office_id).first()
    if office is None:
        raise NotFound(_NO_OFFICE)
    if office.until is not None:
        raise NotNow(_CLOSED, name=office.name)
    return office


def _check_after(since: date, until: date) -> None:
    if until <= since:
        raise Invalid(
            _("Ngày kết thúc phải sau ngày bắt đầu {day}."), "until", day=f"{since:%d/%m/%Y}"
        )
