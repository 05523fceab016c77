"""Reading people and their accounts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_

from django.db.models import Q

from sauro.core.errors import NotFound
from sauro.core.text import _, fold
from sauro.people import rules
from sauro.people.models import Account, Person

_FIELDS = (
    "id",
    "name",
    "pid",
    "sex",
    "born_on",
    "phone",
    "email",
    "address",
    "place_id",
    "is_synthetic",
)
_DIGITS_OF_A_NUMBER = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person; what is not known is "" or None. The masked forms are for everybody else."""

    id: int
    name: str
    pid: str
    pid_masked: str
    sex: str
    born_on: date | None
    phone: str
    phone_masked: str
    email: str
    address: str
    place_id: int | None
    is_synthetic: bool


def person(person_id: int) -> PersonRow:
    """Return a person. One query.

    :raises NotFound: there is none with that id
    """
    rows = _read(Q(pk=person_id), limit=1)
    if not rows:
        raise NotFound(_("Không có người này."))
    return rows[0]


def persons(person_ids: Collection[int]) -> Mapping[int, PersonRow]:
    """Return persons by id; who does not exist is left out. One query."""
    return {row.id: row for row in _read(Q(pk__in=set(person_ids)), limit=len(person_ids))}


def by_pid(pid: str) -> PersonRow | None:
    """Return the person with an identification number, if registered. One query."""
    rows = _read(Q(pid=rules.check_pid(pid) or None), limit=1) if pid else []
    return rows[0] if rows else None


def search(text: str, *, limit: int = 10) -> list[PersonRow]:
    """Return persons by identification number, telephone number or part of a name, by name.

    Every word of a name must begin a word of theirs. One query, none for an empty text.
    """
    digits = "".join(char for char in text if char.isdigit())
    if len(digits) >= _DIGITS_OF_A_NUMBER:
        return _read(Q(pid=digits) | Q(phone=digits), limit=limit)
    words = fold(text).split()
    if not words:
        return []
    begins = (Q(folded_name__startswith=w) | Q(folded_name__contains=f" {w}") for w in words)
    return _read(reduce(and_, begins), limit=limit)


def account_of(person_id: int) -> str | None:
    """Return the login of a person's account, if they have one. One query."""
    return Account.objects.filter(person_id=person_id).values_list("login", flat=True).first()


def owner_of(login: str) -> int | None:
    """Return the id of the person whose login this is, if anybody's. One query."""
    rows = Account.objects.filter(login=login.strip().lower())
    return rows.values_list("person_id", flat=True).first()


def _read(which: Q, *, limit: int) -> list[PersonRow]:
    rows = Person.objects.filter(which).order_by("folded_name", "pk").values_list(*_FIELDS)
    return [
        PersonRow(
            id=pk,
            name=name,
            pid=pid or "",
            pid_masked=rules.mask_pid(pid or ""),
            sex=sex,
            born_on=born_on,
            phone=phone,
            phone_masked=rules.mask_phone(phone),
            email=email,
            address=address,
            place_id=place_id,
            is_synthetic=is_synthetic,
        )
        for pk, name, pid, sex, born_on, phone, email, address, place_id, is_synthetic in rows[
            :limit
        ]
    ]
