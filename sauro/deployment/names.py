"""People who do not exist (người giả định): names, numbers and addresses by place.

Everything is drawn from the generator passed in, so that one seed gives one province.
Numbers lie in the ranges that `people.rules` keeps for people who do not exist.
"""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import TypedDict

from django.conf import settings

from sauro.core.text import fold
from sauro.people import rules
from sauro.places.queries import PlaceRow

_PREFIXES = rules.TEST_PREFIXES
_SERIALS = 1_000_000
# Officials are numbered under the first two prefixes; citizens lie above, at random.
_CITIZENS_FROM, _CITIZENS_TO = 2 * _SERIALS, _SERIALS * len(_PREFIXES)
_FIRST_WESTERN_COMMUNE = "24000"
_HAS_MAIL = 0.35


class SyntheticPerson(TypedDict):
    """The keywords with which a person who does not exist is registered."""

    name: str
    pid: str
    sex: str
    born_on: date
    phone: str
    email: str
    address: str
    is_synthetic: bool


class _Lists:
    """The lists of the data folder, ready to draw from; under each name by sex where it matters."""

    def __init__(self) -> None:
        names, peoples = (
            json.loads((settings.DATA_DIR / "people" / file).read_text("utf-8"))
            for file in ("names.json", "peoples.json")
        )
        self.surnames: list[str] = [name for name, _weight in names["surnames_weighted"]]
        self.weights = [weight for _name, weight in names["surnames_weighted"]]
        self.streets: list[str] = names["streets"]
        self.mix: dict[str, str] = peoples["mix"]["communes"]
        self.mix_west: str = peoples["mix"]["west"]
        self.mix_east: str = peoples["mix"]["east"]
        self.middle = {sex: _split(text) for sex, text in peoples["middle"].items()}
        self.given = {
            people: {sex: _split(text) for sex, text in by_sex.items()}
            for people, by_sex in peoples["given"].items()
        }
        self.family: dict[str, list[str]] = {
            people: _split(text) for people, text in peoples["family"].items()
        }
        self.family["tay"] = self.family["nung"] = names["tay_nung"]["surnames"]
        self.clans = {people: names[people]["clans"] for people in ("ede", "mnong")}
        self.villages = {where: _split(text) for where, text in peoples["villages"].items()}
        for sex, key, first in (("M", "male", "Y "), ("F", "female", "H' ")):
            self.given["ede"][sex] += [n.removeprefix(first) for n in names["ede"][key]]


def _split(text: str) -> list[str]:
    return text.split(" | ")


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    return _Lists()


def people_of(rng: Random, place: PlaceRow) -> str:
    """Return one of the peoples who live in a place, by their share there."""
    lists = _lists()
    usual = lists.mix_west if _is_western(place) else lists.mix_east
    shares = [part.split() for part in lists.mix.get(place.code, usual).split(", ")]
    return rng.choices([name for name, _ in shares], [int(share) for _, share in shares])[0]


def _is_western(place: PlaceRow) -> bool:
    return place.code >= _FIRST_WESTERN_COMMUNE


def synthetic_name(rng: Random, people: str, sex: str) -> str:
    """Return a name as that people gives them, for "M" or "F".

    Ê Đê and M'nông: "Y" or "H'", name, clan. Gia Rai and Mông: clan, name. The others: family
    name, middle name, given name.
    """
    lists = _lists()
    if people in lists.clans:
        first = "Y " if sex == "M" else "H'"
        return f"{first}{rng.choice(lists.given[people][sex])} {rng.choice(lists.clans[people])}"
    if people in lists.given and people != "kinh":
        return f"{rng.choice(lists.family[people])} {rng.choice(lists.given[people][sex])}"
    family = (
        rng.choice(lists.family[people])
        if people in lists.family
        else rng.choices(lists.surnames, lists.weights)[0]
    )
    return f"{family} {rng.choice(lists.middle[sex])} {rng.choice(lists.given['kinh'][sex])}"


def pid_of_nobody(serial: int, sex: str, born_on: date) -> str:
    """Return the identification number of a person who does not exist.

    serial: 0 to 49,999,999; different serials give different numbers.
    """
    prefix = _PREFIXES[serial // _SERIALS]
    century = 2 * (born_on.year // 100 - 19) + (sex == "F")
    return f"{prefix}{century}{born_on:%y}{serial % _SERIALS:06}"


def phone_of_nobody(serial: int) -> str:
    """Return a telephone number that reaches nobody."""
    return f"{rules.TEST_PHONE_PREFIX}{serial % _SERIALS:06}"


def mail_of_nobody(name: str, serial: int) -> str:
    """Return a mail address that reaches nobody."""
    return f"{fold(name).replace(' ', '.')}.{serial % 1000}@{rules.TEST_MAIL_DOMAIN}"


def synthetic_citizen(rng: Random, place_row: PlaceRow) -> SyntheticPerson:
    """Return a grown-up who might live in a place."""
    people = people_of(rng, place_row)
    sex = rng.choice("MF")
    born_on = date(1948, 1, 1) + timedelta(days=int(rng.triangular(0, 21_500, 14_000)))
    name = synthetic_name(rng, people, sex)
    serial = rng.randrange(_CITIZENS_FROM, _CITIZENS_TO)
    return SyntheticPerson(
        name=name,
        pid=pid_of_nobody(serial, sex, born_on),
        sex=sex,
        born_on=born_on,
        phone=phone_of_nobody(serial),
        email=mail_of_nobody(name, serial) if rng.random() < _HAS_MAIL else "",
        address=_address(rng, people, place_row),
        is_synthetic=True,
    )


def _address(rng: Random, people: str, place: PlaceRow) -> str:
    lists = _lists()
    if place.name.startswith("Phường"):
        if people == "ede":
            return rng.choice(lists.villages["town"])
        return f"{rng.randrange(1, 400)} {rng.choice(lists.streets)}"
    if people in lists.villages:
        return rng.choice(lists.villages[people])
    if _is_western(place):
        return f"Thôn {rng.randrange(1, 16)}"
    return rng.choice(lists.villages["east"])


def official_of(rng: Random, place: PlaceRow | Sequence[PlaceRow], serial: int) -> SyntheticPerson:
    """Return a person who might work in a place, or in one of several.

    serial: their own number below 2,000,000, which makes them different from everybody else.
    """
    home = rng.choice(place) if isinstance(place, Sequence) else place
    sex = rng.choice("MF")
    born_on = date(1968, 1, 1) + timedelta(days=rng.randrange(12_400))
    name = synthetic_name(rng, people_of(rng, home), sex)
    return SyntheticPerson(
        name=name,
        pid=pid_of_nobody(serial, sex, born_on),
        sex=sex,
        born_on=born_on,
        phone=phone_of_nobody(serial),
        email=mail_of_nobody(name, serial),
        address="",
        is_synthetic=True,
    )
