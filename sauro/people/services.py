"""What can be done to a person.

Verbs: register, find_or_register, register_all, change_details, open_account, sign_in.

Events say that something was done, never what a person is called or numbered: the log is for
ever, a person's details are not.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction

from sauro.core.actor import VISITOR, Actor, ActorKind
from sauro.core.clock import local_day
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotFound, NotNow, NotPermitted
from sauro.core.statements import execute
from sauro.core.text import _, fold
from sauro.events import services as events
from sauro.people import rules
from sauro.people.models import Account, Person
from sauro.people.rules import NewPerson

_WRONG = _(
    "Tên đăng nhập hoặc mật khẩu chưa đúng. Nhập sai {attempts} lần liền thì chờ {minutes} phút."
)


@command
def register(
    name: str,
    *,
    pid: str = "",
    sex: str = "",
    born_on: date | None = None,
    phone: str = "",
    email: str = "",
    address: str = "",
    place_id: int | None = None,
    is_synthetic: bool = False,
    by: Actor,
    now: datetime,
) -> int:
    """Register a person and return their id.

    :raises Invalid: a detail cannot be so, or somebody has this identification number
    """
    given = NewPerson(
        name=name,
        pid=pid,
        sex=sex,
        born_on=born_on,
        phone=phone,
        email=email,
        address=address,
        place_id=place_id,
        is_synthetic=is_synthetic,
    )
    person = _created(rules.checked(given, on=local_day(now)))
    events.record(
        "person.registered", person, by=by, at=now, place=place_id, synthetic=is_synthetic
    )
    return person.pk


@command
def find_or_register(
    name: str,
    *,
    pid: str = "",
    sex: str = "",
    born_on: date | None = None,
    phone: str = "",
    email: str = "",
    address: str = "",
    place_id: int | None = None,
    is_synthetic: bool = False,
    by: Actor,
    now: datetime,
) -> int:
    """Return the id of the person with this identification number, registering them if new.

    Without a number nobody can be told apart, so a new person is registered. The details of a
    person who is found stay as they are.

    :raises Invalid: a detail cannot be so
    """
    number = rules.check_pid(pid, sex=sex, born_on=born_on)
    given = NewPerson(
        name=name,
        pid=number,
        sex=sex,
        born_on=born_on,
        phone=phone,
        email=email,
        address=address,
        place_id=place_id,
        is_synthetic=is_synthetic,
    )
    return register_all([given], by=by, now=now)[0]


_REGISTER_ALL = """
WITH given AS (
    SELECT * FROM jsonb_to_recordset(%(given)s::jsonb) AS g (name text, folded_name text, pid text,
        sex text, born_on date, phone text, email text, address text, place_id bigint,
        is_synthetic boolean, turn int)
)
INSERT INTO people_person (name, folded_name, pid, sex, born_on, phone, email, address, place_id,
    is_synthetic)
SELECT name, folded_name, nullif(pid, ''), sex, born_on, phone, email, address, place_id,
    is_synthetic FROM given ORDER BY turn
ON CONFLICT (pid) DO NOTHING RETURNING id, pid
"""
_RECORD_ALL = (
    events.RECORD.format(
        verb="'person.registered'",
        subject="people.person",
        subject_id="p.id",
        data="jsonb_build_object('place', p.place_id, 'synthetic', p.is_synthetic)",
    )
    + " FROM people_person p WHERE p.id = ANY(%(ids)s) ORDER BY p.id"
)


@command
def register_all(persons: Sequence[NewPerson], *, by: Actor, now: datetime) -> list[int]:
    """Register a set of persons in three statements and return their ids, in the same order.

    A person whose identification number is known is returned as they are.

    :raises Invalid: a detail of one of them cannot be so; none is registered
    """
    today = local_day(now)
    stored = [rules.checked(person, on=today) for person in persons]
    rows = [_row(person, turn) for turn, person in enumerate(stored)]
    made = execute(_REGISTER_ALL, {"given": json.dumps(rows)})
    execute(_RECORD_ALL, {**events.recorded_by(by, now), "ids": [pk for pk, _pid in made]})
    numbered = dict(
        Person.objects.filter(pid__in={p.pid for p in stored if p.pid}).values_list("pid", "pk")
    )
    unnumbered = iter(sorted(pk for pk, pid in made if pid is None))
    return [numbered[person.pid] if person.pid else next(unnumbered) for person in stored]


def _row(person: NewPerson, turn: int) -> dict[str, object]:
    born_on = person.born_on.isoformat() if person.born_on else None
    return {
        **asdict(person),
        "born_on": born_on,
        "folded_name": fold(person.name),
        "turn": turn,
    }


def _created(person: NewPerson) -> Person:
    try:
        with transaction.atomic():
            return Person.objects.create(
                **{**asdict(person), "pid": person.pid or None}, folded_name=fold(person.name)
            )
    except IntegrityError as known:
        raise Invalid(
            _("Số định danh này đã có trong danh sách. Tìm theo số để mở người đó."), field="pid"
        ) from known


@command
def change_details(
    person_id: int,
    *,
    phone: str | None = None,
    email: str | None = None,
    address: str | None = None,
    place_id: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Change how a person is reached; what is None stays as it was.

    :raises NotPermitted: neither the person themselves nor an official
    :raises NotFound: there is no such person
    :raises Invalid: a detail cannot be so
    """
    if by.person_id != person_id and by.kind not in {ActorKind.OFFICIAL, ActorKind.SYSTEM}:
        raise NotPermitted(_("Chỉ người đứng tên hoặc cán bộ đổi được thông tin này."))
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFound(_("Không có người này."))
    given = {
        "phone": None if phone is None else rules.check_phone(phone),
        "email": None if email is None else rules.check_email(email),
        "address": None if address is None else rules.check_address(address),
        "place_id": place_id,
    }
    changed = sorted(
        name for name, value in given.items() if value not in {None, getattr(person, name)}
    )
    for name in changed:
        setattr(person, name, given[name])
    person.save(update_fields=changed)
    events.record("person.details_changed", person, by=by, at=now, changed=changed)


@command
def open_account(person_id: int, login: str, password: str, *, by: Actor, now: datetime) -> int:
    """Give a person a login and return the account's id.

    :raises Invalid: the login is taken, or login or password cannot be so
    :raises NotNow: the person has an account
    """
    stored = rules.check_login(login)
    rules.check_password(password, stored)
    if Account.objects.filter(person_id=person_id).exists():
        raise NotNow(_("Người này đã có tài khoản. Đăng nhập bằng tài khoản đó."))
    if Account.objects.filter(login=stored).exists():
        raise Invalid(_("Tên đăng nhập này có người dùng rồi. Chọn tên khác."), field="login")
    account = Account.objects.create(
        person_id=person_id, login=stored, password=make_password(password)
    )
    events.record("account.opened", account, by=by, at=now, person=person_id)
    return account.pk


def sign_in(login: str, password: str, *, now: datetime) -> int:
    """Return the id of the person who signs in with this login and password.

    The same sentence answers a wrong login, a wrong password, and a locked or closed account,
    after the same work, so that nobody learns which logins exist. Like `events.record`, this is
    not a command itself: a failed attempt must be counted although it is refused.

    :raises Invalid: they may not
    """
    person_id = _attempt(login, password, now=now)
    if person_id is None:
        raise Invalid(
            _WRONG,
            field="password",
            attempts=rules.ATTEMPTS_BEFORE_LOCK,
            minutes=rules.LOCK_MINUTES,
        )
    return person_id


@lru_cache(maxsize=1)
def _nobodys_password() -> str:
    """Return a hash to check against where there is no account, so that it takes as long."""
    return make_password("no account has this password")


@command
def _attempt(login: str, password: str, *, now: datetime) -> int | None:
    """Check and count one attempt; return the person's id, or None if they may not."""
    # The lock makes attempts on one account wait for each other: each of them is counted.
    account = Account.objects.select_for_update().filter(login=login.strip().lower()).first()
    is_right = check_password(password, account.password if account else _nobodys_password())
    if account is None:
        return None
    is_locked = account.locked_until is not None and now < account.locked_until
    if is_locked or not account.is_active:
        events.record("account.sign_in_refused", account, by=VISITOR, at=now, locked=is_locked)
        return None
    if not is_right:
        _count_failure(account, now)
        return None
    account.failed_count, account.locked_until = 0, None
    account.save(update_fields=["failed_count", "locked_until"])
    owner = Actor(kind=ActorKind.CITIZEN, label="Chủ tài khoản", person_id=account.person_id)
    events.record("account.signed_in", account, by=owner, at=now)
    return account.person_id


def _count_failure(account: Account, now: datetime) -> None:
    account.failed_count += 1
    verb = "account.sign_in_failed"
    if account.failed_count >= rules.ATTEMPTS_BEFORE_LOCK:
        account.failed_count = 0
        account.locked_until = now + timedelta(minutes=rules.LOCK_MINUTES)
        verb = "account.locked"
    account.save(update_fields=["failed_count", "locked_until"])
    events.record(verb, account, by=VISITOR, at=now)
