"""Sending: once, late if need be, through outages and deaths of the worker."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from sauro.core.actor import SYSTEM
from sauro.core.errors import NotFound
from sauro.events.models import Event
from sauro.notices import jobs, mailing, queries, rules, services
from sauro.notices.models import Delivery
from sauro.notices.rules import State
from sauro.notices.services import Sending
from sauro.notices.tests.factories import TOLD
from sauro.notices.tests.mail_servers import MailServer
from sauro.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def server(settings: Settings) -> type[MailServer]:
    settings.EMAIL_BACKEND = "sauro.notices.tests.mail_servers.MailServer"
    settings.DEFAULT_FROM_EMAIL = "dichvucong@daklak.example"
    settings.PUBLIC_ADDRESS = "https://dvc.daklak.example"
    MailServer.restart()
    return MailServer


def tell(key: str = "a", email: str = "ong@thu.example", now: datetime = TOLD) -> int:
    return services.tell(
        PersonFactory.create(email=email).pk,
        key=key,
        subject="Hồ sơ đã có kết quả",
        body="Ông Y Blŭk Êban nhận kết quả tại Trung tâm.",
        link="/t/7K2M9QXA",
        by=SYSTEM,
        now=now,
    )


def work(start: datetime, end: datetime, *, every: timedelta = timedelta(minutes=1)) -> None:
    """Let the worker run from `start` to `end`."""
    while start <= end:
        jobs.send_batch(now=start)
        start += every


def send_at(now: datetime) -> None:
    work(now, now)


def test_a_message_is_sent_with_the_address_of_its_page_and_is_settled() -> None:
    tell()

    send_at(TOLD + SECOND)

    (mail,) = MailServer.taken
    assert (mail.to, mail.subject) == (["ong@thu.example"], "Hồ sơ đã có kết quả")
    assert mail.body.startswith("Ông Y Blŭk Êban nhận kết quả tại Trung tâm.\n\n")
    assert "\n\nhttps://dvc.daklak.example/t/7K2M9QXA\n\n" in mail.body
    assert mail.message()["Auto-Submitted"] == "auto-generated"
    row = Delivery.objects.get(channel="EMAIL")
    assert (row.state, row.attempts, row.sent_at) == ("SENT", 1, TOLD + SECOND)


def test_the_job_run_twice_sends_once() -> None:
    tell()

    jobs.send_due(0)
    jobs.send_due(0)

    assert len(MailServer.taken) == 1


def test_the_whole_life_of_a_message_is_in_the_log() -> None:
    MailServer.is_away = True
    tell()
    send_at(TOLD)
    MailServer.is_away = False
    send_at(TOLD + timedelta(minutes=2))

    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "notice.told",
        "delivery.tried",
        "delivery.put_off",
        "delivery.tried",
        "delivery.sent",
    ]


def test_a_message_under_way_is_nobody_elses() -> None:
    tell()

    first = services.claim(limit=10, by=SYSTEM, now=TOLD)
    second = services.claim(limit=10, by=SYSTEM, now=TOLD + SECOND)

    assert (len(first), second) == (1, [])


def test_of_a_worker_that_died_before_sending_nothing_is_lost() -> None:
    tell()
    services.claim(limit=10, by=SYSTEM, now=TOLD)

    send_at(TOLD + rules.LEASE - SECOND)
    assert MailServer.taken == []
    send_at(TOLD + rules.LEASE)

    assert len(MailServer.taken) == 1
    assert Delivery.objects.get(channel="EMAIL").attempts == 2


def test_a_worker_that_died_after_sending_leaves_a_twin_that_mail_programs_can_tell() -> None:
    tell()
    for _sending in mailing.send(services.claim(limit=10, by=SYSTEM, now=TOLD)):
        pass

    send_at(TOLD + rules.LEASE)

    first, second = (mail.message()["Message-ID"] for mail in MailServer.taken)
    assert first == second
    assert Delivery.objects.get(channel="EMAIL").state == "SENT"


def test_a_worker_killed_in_the_middle_of_many_keeps_what_it_had_settled() -> None:
    for number in range(5):
        tell(str(number))
    sendings = mailing.send(services.claim(limit=10, by=SYSTEM, now=TOLD))
    for _number in range(3):
        services.settle(next(sendings), by=SYSTEM, now=TOLD)
    sendings.close()

    send_at(TOLD + rules.LEASE)

    assert len(MailServer.taken) == 5
    assert len({mail.message()["Message-ID"] for mail in MailServer.taken}) == 5
    assert Delivery.objects.filter(state="SENT").count() == 5


def test_a_late_report_of_a_message_taken_over_changes_nothing() -> None:
    tell()
    (old,) = services.claim(limit=1, by=SYSTEM, now=TOLD)
    services.claim(limit=1, by=SYSTEM, now=TOLD + rules.LEASE)

    with pytest.raises(NotFound):
        services.settle(Sending(old.delivery_id, old.attempt), by=SYSTEM, now=TOLD + rules.LEASE)

    assert Delivery.objects.get(channel="EMAIL").state == "WAITING"


def test_a_day_without_the_mail_server_loses_nothing_and_doubles_nothing() -> None:
    MailServer.is_away = True
    for hour in range(24):
        tell(str(hour), f"so{hour}@thu.example", TOLD + timedelta(hours=hour))
    work(TOLD, TOLD + timedelta(days=1), every=timedelta(minutes=10))
    assert queries.waiting_count() == 24

    MailServer.is_away = False
    work(TOLD + timedelta(days=1), TOLD + timedelta(days=2), every=timedelta(minutes=10))

    assert sorted(mail.to[0] for mail in MailServer.taken) == sorted(
        f"so{hour}@thu.example" for hour in range(24)
    )
    assert queries.waiting_count() == 0
    assert queries.undelivered() == []


def test_an_absent_server_is_called_once_for_a_whole_batch() -> None:
    MailServer.is_away = True
    for number in range(20):
        tell(str(number))

    send_at(TOLD)

    assert MailServer.calls == 1
    assert set(Delivery.objects.filter(channel="EMAIL").values_list("next_at", "trouble")) == {
        (TOLD + timedelta(minutes=1), "ConnectionRefusedError 111")
    }


def test_a_server_that_hangs_up_in_the_middle_gets_the_rest_later() -> None:
    MailServer.hangs_up_after = 2
    for number in range(5):
        tell(str(number))

    send_at(TOLD)
    assert (len(MailServer.taken), queries.waiting_count()) == (2, 3)
    MailServer.hangs_up_after = 1000
    send_at(TOLD + timedelta(minutes=1))

    assert (len(MailServer.taken), queries.waiting_count()) == (5, 0)


def test_after_five_days_it_is_given_up_and_said_so(caplog: pytest.LogCaptureFixture) -> None:
    MailServer.is_away = True
    notice = tell()

    with caplog.at_level(logging.ERROR):
        work(TOLD, TOLD + timedelta(days=6), every=timedelta(hours=1))

    (given_up,) = queries.undelivered()
    assert (given_up.notice_id, given_up.trouble) == (notice, "ConnectionRefusedError 111")
    assert Event.objects.filter(verb="delivery.given_up").count() == 1
    assert [record.message for record in caplog.records] == ["gave up sending a notice"]
    assert "thu.example" not in caplog.text
    person = Delivery.objects.get(channel="EMAIL").notice.person_id
    said = queries.notices_for(person)[0].ways
    assert said.startswith("Thư điện tử: không gửi được, đã thôi thử;")


@pytest.mark.parametrize(("code", "state"), [(550, State.GAVE_UP), (451, State.WAITING)])
def test_an_address_refused_for_good_is_not_tried_again_and_others_are_not_held_up(
    code: int, state: State
) -> None:
    MailServer.refused = {"sai@thu.example": code}
    tell("a", "sai@thu.example")
    tell("b", "dung@thu.example")

    send_at(TOLD)

    states = dict(Delivery.objects.filter(channel="EMAIL").values_list("address", "state"))
    assert states == {"sai@thu.example": state, "dung@thu.example": "SENT"}
    assert Delivery.objects.get(address="sai@thu.example").trouble == (
        f"SMTPRecipientsRefused [{code}]"
    )


def test_in_development_mail_becomes_a_file(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    tell()

    send_at(TOLD)

    (file,) = tmp_path.iterdir()
    assert "ong@thu.example" in file.read_text()
    assert Delivery.objects.get(channel="EMAIL").state == "SENT"


def test_a_hostile_subject_adds_no_header() -> None:
    services.tell(
        PersonFactory.create(email="ong@thu.example").pk,
        key="x",
        subject="Kết quả\r\nBcc: tat-ca@thu.example",
        body="x",
        link="",
        by=SYSTEM,
        now=datetime(2026, 3, 5, tzinfo=UTC),
    )

    send_at(TOLD)

    assert MailServer.taken[0].message()["Bcc"] is None
