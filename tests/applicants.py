"""People who file, pay and wait, whatever is down: run as `python -m tests.applicants COUNT`.

Each tries again what failed, and presses twice what worked. For every tenth a paper is signed.
What came of it is printed, a line of JSON for each person.
"""

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from typing import Any, TypeVar
from urllib.parse import urlsplit

import django

T = TypeVar("T")
_PROCEDURE = "1.001612"
_WARD = "24133"
_SIGNED_EACH = 10
_PATIENCE = 60


def main(count: int) -> None:
    """Let `count` people file and pay, eight at a time."""
    with ThreadPoolExecutor(8) as people:
        for said in people.map(_one, range(count)):
            sys.stdout.write(json.dumps(said) + "\n")


def again(work: Callable[[], T]) -> T:
    """Do something until it works: what is down comes up again."""
    from django.db import Error, close_old_connections  # noqa: PLC0415

    from sauro.core.errors import NotNow  # noqa: PLC0415

    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return work()
        except (NotNow, OSError, HTTPException, Error):
            close_old_connections()
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _one(number: int) -> dict[str, str]:
    from sauro.core import clock  # noqa: PLC0415 - after Django
    from sauro.core.actor import SYSTEM, Actor, ActorKind  # noqa: PLC0415
    from sauro.onestop.services import filing, paying  # noqa: PLC0415
    from sauro.payments import calling  # noqa: PLC0415
    from sauro.payments import services as payments  # noqa: PLC0415
    from sauro.people import services as people  # noqa: PLC0415
    from sauro.procedures import queries as procedures  # noqa: PLC0415

    name = "Y Khoa Êban"
    mail = f"nguoi-{number}@example.vn"
    person = people.register(name, phone="0500000001", email=mail, by=SYSTEM, now=clock.now())
    me = Actor(kind=ActorKind.CITIZEN, label=name, person_id=person)
    version = procedures.procedure(_PROCEDURE).version_id
    key = filing.start_draft(version, by=me, now=clock.now())
    filing.answer(key, _answers(), seen=1, by=me, now=clock.now())
    code = again(lambda: filing.submit(key, by=me, now=clock.now()))
    if filing.submit(key, by=me, now=clock.now()) != code:
        raise AssertionError(f"{code} was filed twice")
    case_id = _case(code)
    bill = paying.bill(case_id, by=me, now=clock.now())
    reference = payments.begin(bill, by=me, now=clock.now())
    address = again(lambda: calling.opened(reference, back="http://localhost/"))
    for _press in range(2):
        again(lambda: _press_pay(address))
    if number % _SIGNED_EACH == 0:
        _sign(case_id, number)
    return {"code": code, "reference": reference, "mail": mail}


def _press_pay(address: str) -> None:
    """Press "pay" on the gateway's page; where it then sends a browser does not matter here."""
    place = urlsplit(address)
    there = HTTPConnection(str(place.hostname), place.port, timeout=5)
    there.request("POST", place.path, body=b"do=pay")
    answer = there.getresponse()
    there.close()
    if answer.status not in (200, 303):
        raise ConnectionError(f"{address}: {answer.status}")


def _case(code: str) -> int:
    from sauro.onestop.models import Dossier  # noqa: PLC0415

    return int(Dossier.objects.values_list("pk", flat=True).get(case__code=code))


def _sign(case_id: int, number: int) -> None:
    from sauro.core.actor import SYSTEM  # noqa: PLC0415
    from sauro.core.clock import now  # noqa: PLC0415
    from sauro.documents import services  # noqa: PLC0415
    from sauro.documents.demo_keys import DEMO_PIN  # noqa: PLC0415
    from sauro.documents.rules import Form  # noqa: PLC0415
    from sauro.documents.signing import Part, Signer  # noqa: PLC0415
    from sauro.documents.tests.factories import FILLED  # noqa: PLC0415

    name, office = "Nguyễn Hoàng Nam", "Ủy ban nhân dân phường Tân Lập"
    whose = ("tests.applicant", case_id)
    paper = services.issue(
        Form.RESULT,
        FILLED[Form.RESULT],
        subject=whose[0],
        subject_id=case_id,
        number=f"{number}/TB-THU",
        order=(Part.LEADER,),
        by=SYSTEM,
        now=now(),
    )
    services.certify(*whose, name, office, DEMO_PIN, by=SYSTEM, now=now())
    key = services.unlock(*whose, DEMO_PIN, by=SYSTEM, now=now())
    signer = Signer(name=name, post="Chủ tịch", office=office)
    services.sign(paper.id, Part.LEADER, key, signer, by=SYSTEM, now=now())


def _answers() -> Any:  # noqa: ANN401 - Django is not set up yet where it would be named
    from sauro.core.clock import local_day, now  # noqa: PLC0415
    from sauro.offices import queries as offices  # noqa: PLC0415
    from sauro.onestop.services.filing import Answers  # noqa: PLC0415
    from sauro.places import queries as places  # noqa: PLC0415

    today = local_day(now())
    ward = next(place for place in places.communes("66", on=today) if place.code == _WARD)
    centre = next(one for one in offices.centres(on=today) if one.place_id == ward.id)
    return Answers(
        centre_id=centre.id, place_id=ward.id, values={"content": "Mở quán cà phê", "phone": ""}
    )


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
