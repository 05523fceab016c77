"""The counter: a card read, what is known of who has come, and help with the filing."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from sauro.cases.models import Case
from sauro.core.errors import NotNow
from sauro.desk.queries import arrivals
from sauro.desk.tests import world
from sauro.desk.tests.browser import ROOT, signed_in, text
from sauro.events import queries as log
from sauro.onestop.models import Assistance, Dossier
from sauro.onestop.rules import Channel, Consent
from sauro.onestop.services import assisting
from sauro.people.models import Person
from sauro.procedures.rules import Component

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hour")]
FORM = f"{ROOT}tiep-nhan/1.001612"
CARD = "900091004227|241234567|Phạm Văn Lợi|12031991|Nam|42 Nguyễn Văn Cừ|25122021"


def _given(here: world.World, **more: str) -> dict[str, str]:
    person = {"name": "Phạm Văn Lợi", "pid": "900091004227", "phone": "0500000123"}
    return {**person, "place": str(here.place.pk), "return_by": "CENTRE", **more}


def test_a_card_fills_in_a_person_nobody_has_met_and_the_hand_goes_to_the_phone() -> None:
    here = world.build()

    page = text(signed_in(here.clerk).post(FORM, {"card": CARD, "look": "1"}))

    assert 'value="Phạm Văn Lợi"' in page
    assert 'value="900091004227"' in page
    assert 'name="born_on" value="12/03/1991"' in page
    assert "Lần đầu đến đây, sinh 12/03/1991, nam" in page
    assert "autofocus" in page.partition('id="phone"')[2].partition(">")[0]
    assert not Person.objects.filter(pid="900091004227").exists()


def test_a_card_that_cannot_be_one_keeps_what_was_typed_and_says_what_to_do() -> None:
    here = world.build()

    answer = signed_in(here.clerk).post(
        FORM, {"card": "abc|def", "name": "Phạm Văn Lợi", "look": "1"}
    )

    assert answer.status_code == 422
    assert "Quét lại, hoặc gõ 12 số trên thẻ" in text(answer)
    assert 'value="Phạm Văn Lợi"' in text(answer)


def test_the_card_of_the_next_person_leaves_nothing_of_the_last_one() -> None:
    here = world.build()

    page = text(
        signed_in(here.clerk).post(FORM, {**_given(here), "card": "900190000001", "look": "1"})
    )

    assert "Phạm Văn Lợi" not in page
    assert "0500000123" not in page


def test_a_registered_person_comes_with_what_is_known_of_them() -> None:
    here = world.build()
    clerk = signed_in(here.clerk)
    clerk.post(FORM, _given(here))

    page = text(clerk.post(FORM, {"card": "900091004227", "look": "1"}))

    assert "đã có trong danh bạ" in page
    assert 'value="0500000123"' in page


def test_the_same_matter_twice_is_asked_about_and_taken_in_when_it_is_meant() -> None:
    here = world.build()
    clerk = signed_in(here.clerk)
    clerk.post(FORM, _given(here))

    asked = clerk.post(FORM, _given(here))
    taken = clerk.post(FORM, _given(here, anyway="1"))

    assert asked.status_code == 409
    assert "Người này đang có hồ sơ của chính thủ tục này" in text(asked)
    assert "H15.24133.01-20261123-0000001" in text(asked)
    assert taken.status_code == 302
    assert Dossier.objects.count() == 2


def test_a_result_given_before_stands_for_the_paper_and_is_named_in_the_dossier() -> None:
    here = world.build()
    clerk = signed_in(here.clerk)
    clerk.post(FORM, _given(here))
    earlier = Case.objects.get()
    done = world.MONDAY + timedelta(minutes=5)
    Case.objects.update(
        state="RETURNED", step="", outcome="GRANTED", finished_at=done, ended_at=done
    )
    papers = [
        Component(
            key="k1", name="Bản sao Giấy chứng nhận đăng ký hộ kinh doanh", originals=0, copies=1
        ),
        Component(key="k2", name="Giấy đề nghị", originals=1, copies=0),
    ]

    known = arrivals.arrival(earlier.owed_to_id, here.version_id, papers)

    assert [(held.key, held.code) for held in known.held] == [("k1", earlier.code)]
    assert known.twins == []


def test_arrivals_take_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    here = world.build()
    clerk = signed_in(here.clerk)
    for _ in range(3):
        clerk.post(FORM, _given(here, anyway="1"))
    person = Person.objects.get(pid="900091004227").pk
    arrivals.arrival(person, here.version_id, [])

    with django_assert_num_queries(1):
        known = arrivals.arrival(person, here.version_id, [])

    assert len(known.twins) == 3


def test_help_with_a_filing_is_kept_with_consent_and_is_never_online() -> None:
    here = world.build()

    signed_in(here.clerk).post(FORM, _given(here, assisted="1", consent="HEARD"))

    kept = Assistance.objects.select_related("dossier").get()
    assert (kept.consent, kept.official_id) == (Consent.HEARD, here.clerk.official_id)
    assert kept.dossier.channel == Channel.COUNTER
    history = log.history("onestop.dossier", kept.dossier_id)
    assert [line.verb for line in history] == ["dossier.assisted"]


def test_help_without_consent_is_not_taken_in() -> None:
    here = world.build()

    answer = signed_in(here.clerk).post(FORM, _given(here, assisted="1"))

    assert answer.status_code == 422
    assert "chọn cách người nộp đồng ý" in text(answer)
    assert Dossier.objects.count() == 0


def test_a_dossier_sent_online_cannot_be_called_assisted() -> None:
    here = world.build()
    case_id, _code = world.filed(here)

    with pytest.raises(NotNow):
        assisting.assist(case_id, Consent.SIGNED, by=here.clerk, now=world.MONDAY)


def test_a_whole_code_opens_its_procedure_at_once() -> None:
    here = world.build()

    answer = signed_in(here.clerk).get(f"{ROOT}tiep-nhan", {"q": "1.001612"})

    assert answer["Location"] == FORM
