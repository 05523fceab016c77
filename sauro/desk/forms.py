"""What the desk's pages send, read into plain values; a field that is not there is empty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.http import QueryDict

from sauro.cases.queries import Filter
from sauro.core.clock import at_local
from sauro.core.errors import Invalid
from sauro.core.text import _, tidy
from sauro.desk import rules
from sauro.desk.queries.dossiers import Which
from sauro.onestop.pauses import BY_WORD, Reason
from sauro.onestop.rules import Applicant, Channel, Consent, Filing, ReturnBy, State
from sauro.people.cards import is_card, read_card
from sauro.people.rules import NewPerson, check_pid, checked

_CLOSING = time(17, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What came with a decision. seen: the version of the dossier that the page showed.

    task_id: the branch it is about, where there are several.
    """

    seen: int
    note: str = ""
    draft: str = ""
    items: Sequence[str] = ()
    ground: str = ""
    visited_on: str = ""
    pause_for: str = ""
    expected_on: str = ""
    task_id: int | None = None
    pin: str = ""


def decision(post: QueryDict) -> Decision:
    """Return a decision as sent. A page without its version counts as an old one."""
    other = post.get("other", "").strip()
    return Decision(
        seen=_number(post.get("seen")) or 0,
        note=post.get("note", ""),
        draft=post.get("draft", ""),
        items=[*post.getlist("items"), *([other] if other else [])],
        ground=post.get("ground", ""),
        visited_on=post.get("visited_on", ""),
        pause_for=post.get("pause_for", ""),
        expected_on=post.get("expected_on", ""),
        task_id=_number(post.get("task")),
        pin=post.get("pin", ""),
    )


def chosen(post: QueryDict) -> list[tuple[int, str, int]]:
    """Return id, code and version seen of the dossiers that were ticked, each once.

    A tick is "id:code:version"; one that is not is passed over, because the page never sent it.
    """
    found: dict[int, tuple[int, str, int]] = {}
    for tick in post.getlist("chosen"):
        case_id, _colon, rest = tick.partition(":")
        code, _colon, seen = rest.rpartition(":")
        number, version = _number(case_id), _number(seen)
        if number and version and code:
            found[number] = (number, code, version)
    return list(found.values())


def wanted(get: QueryDict) -> Filter:
    """Return the filter of a list; what is not known leaves the question open."""
    state = get.get("trang-thai", "")
    return Filter(
        state=state if state in set(State) else "",
        official_id=_number(get.get("can-bo")),
        is_late=get.get("tre") == "1",
    )


def which(get: QueryDict) -> Which:
    """Return which lines of the register are wanted; what is not known leaves the question open."""
    channel, state = get.get("kenh", ""), get.get("trang-thai", "")
    return Which(
        channel=channel if channel in set(Channel) else "",
        state=state if state in set(State) else "",
    )


def day_of(text: str, default: date) -> date:
    """Return a day written 23/11/2026 or 2026-11-23, `default` for nothing.

    :raises Invalid: it is no day
    """
    text = text.strip()
    if not text:
        return default
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, not an instant
        except ValueError:
            continue
    raise Invalid(_("Ghi ngày dạng 23/11/2026."), field="ngay")


def closing_of(text: str) -> datetime:
    """Return the closing hour of a day as an instant: when a new promise is due.

    :raises Invalid: no day was given, or it is no day
    """
    if not text.strip():
        raise Invalid(_("Chọn ngày hẹn mới."), field="promised_at")
    return at_local(day_of(text, date.min), _CLOSING)


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkIn:
    """What a clerk entered for somebody at the counter.

    consent: how they agreed that the clerk fills it in for them, None where they did it themselves.
    """

    person: NewPerson
    filing: Filing
    consent: Consent | None = None


def scanned(post: QueryDict, *, on: date) -> NewPerson | None:
    """Return who stands there, by the card or the number that was read; None for neither.

    Of a number alone no more than the number is known.

    :raises Invalid: it is neither a card nor a number; field is "card"
    """
    text = post.get("card", "").strip()
    if not text:
        return None
    if is_card(text):
        return read_card(text, on=on).person
    try:
        return NewPerson(name="", pid=check_pid(text))
    except Invalid as refusal:
        raise Invalid(str(refusal), field="card") from refusal


def walk_in(
    post: QueryDict, *, version_id: int, centre_id: int, keys: Sequence[str], on: date
) -> WalkIn:
    """Return what a clerk entered. keys: the papers that may be ticked as handed in.

    :raises Invalid: something is missing or cannot be so; its field says which
    """
    place_id = _number(post.get("place"))
    if place_id is None:
        raise Invalid(_("Chọn xã, phường nơi có việc."), field="place")
    person = checked(_person(post, place_id), on=on)
    return WalkIn(
        person=person,
        filing=Filing(
            version_id=version_id,
            centre_id=centre_id,
            place_id=place_id,
            applicant=Applicant(
                person_id=0,
                name=person.name,
                pid=person.pid,
                phone=person.phone,
                email=person.email,
                address=person.address,
            ),
            channel=Channel.COUNTER,
            component_case=post.get("component_case", "")[:500],
            answers=_brought(post, keys),
            return_by=_return_by(post.get("return_by", "")),
        ),
        consent=_consent(post),
    )


def _person(post: QueryDict, place_id: int) -> NewPerson:
    return NewPerson(
        name=post.get("name", ""),
        pid=post.get("pid", ""),
        sex=post.get("sex", ""),
        born_on=_born(post.get("born_on", "").strip()),
        phone=post.get("phone", ""),
        email=post.get("email", ""),
        address=post.get("address", ""),
        place_id=place_id,
    )


def _brought(post: QueryDict, keys: Sequence[str]) -> dict[str, str]:
    """Return what lies on the counter, what is used from the store, and what is asked for."""
    sent = set(post.getlist("papers"))
    content = tidy(post.get("content", ""))
    return {
        **{f"paper.{key}": f"held:{code}" for key, code in _held(post) if key in keys},
        **{f"paper.{key}": "brought" for key in keys if key in sent},
        **({"content": content} if content else {}),
    }


def _held(post: QueryDict) -> Sequence[tuple[str, str]]:
    """Return (paper, code of the dossier it was the result of) of what is used from the store."""
    ticks = (tick.partition(":") for tick in post.getlist("held"))
    return [(key, code[:64]) for key, _colon, code in ticks if code]


def _consent(post: QueryDict) -> Consent | None:
    if "assisted" not in post:
        return None
    given = post.get("consent", "")
    if given not in set(Consent):
        raise Invalid(_("Khai hộ thì chọn cách người nộp đồng ý."), field="consent")
    return Consent(given)


def _born(text: str) -> date | None:
    if not text:
        return None
    try:
        return day_of(text, date.min)
    except Invalid as refusal:
        raise Invalid(_("Ghi ngày sinh dạng 12/3/1991."), field="born_on") from refusal


def _return_by(value: str) -> ReturnBy:
    return ReturnBy(value) if value in set(ReturnBy) else ReturnBy.CENTRE


def _number(text: str | None) -> int | None:
    """Return a positive whole number that fits a key, else None."""
    if text and text.isascii() and text.isdigit() and len(text) <= 18:  # noqa: PLR2004
        return int(text) or None
    return None


def key(text: str | None) -> int:
    """Return a key as sent, 0 for what is none: nothing has that key."""
    return _number(text) or 0


def reason(given: Decision) -> str:
    """Return the reason of a refusal at intake."""
    return rules.ground(given.ground, given.note)


def pause_of(given: Decision) -> tuple[Reason, date]:
    """Return for what the time is to stand still, and the day on which it should go on.

    :raises Invalid: one of the two is missing, or cannot be so
    """
    if given.pause_for not in {str(reason) for reason in BY_WORD}:
        raise Invalid(_("Chọn lý do tạm dừng."), field="pause_for")
    if not given.expected_on.strip():
        raise Invalid(_("Ghi ngày dự kiến tính tiếp."), field="expected_on")
    return Reason(given.pause_for), day_of(given.expected_on, date.min)
