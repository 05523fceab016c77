"""A month that is watched: with heads who sign no promise passes in silence; without, all do."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import F

from sauro.cases.models import Case
from sauro.core.actor import SYSTEM
from sauro.lateness.models import Breach, Charge, Letter, Verdict
from sauro.lateness.services import judging
from sauro.lateness.tests.month import Month
from sauro.onestop.models import Apology
from sauro.onestop.tests import world as worlds

pytestmark = pytest.mark.django_db
SINCE = date(2026, 10, 1)
END = datetime(2026, 12, 1, tzinfo=UTC)


def test_when_heads_sign_in_time_every_late_case_has_its_letter_and_nothing_is_breached() -> None:
    month = Month(worlds.build(), signs=True)

    month.play(SINCE, 30)

    late = Case.objects.filter(finished_at__gt=F("dossier__apology__promised_before"))
    unsaid = Case.objects.filter(finished_at__gt=F("promised_at"), dossier__apology=None)
    assert month.counts["filed"] == 44
    assert late.count() >= 4
    assert (unsaid.count(), month.counts["chậm xin lỗi"], Breach.objects.count()) == (0, 0, 0)
    assert all(
        apology.signed_at < apology.promised_before < case.finished_at
        for case in late
        for apology in [Apology.objects.get(pk=case.pk)]
        if case.finished_at
    )
    assert Letter.objects.filter(signed_at__isnull=False, sent_at=None).count() == 0
    assert month.counts["sent"] == month.counts["signed"] >= late.count()
    letters = Letter.objects.filter(pk__in=late.values("pk"))
    a_day_before = letters.filter(signed_at__lte=F("send_by"))
    assert a_day_before.count() * 4 >= letters.count() * 3


def test_when_nobody_signs_every_late_case_is_a_breach() -> None:
    month = Month(worlds.build(), signs=False)

    month.play(SINCE, 30)

    for case_id in Case.objects.filter(finished_at__isnull=False).values_list("pk", flat=True):
        judging.judge(case_id, by=SYSTEM, now=END)

    late = set(Case.objects.filter(finished_at__gt=F("promised_at")).values_list("pk", flat=True))
    assert len(late) >= 4
    assert set(Breach.objects.values_list("case_id", flat=True)) == late
    assert Breach.objects.filter(drafted=True).exists()


def test_every_late_case_of_the_month_is_charged_to_the_minute() -> None:
    month = Month(worlds.build(), signs=True)
    month.play(SINCE, 30)
    finished = Case.objects.filter(finished_at__isnull=False).values_list("pk", flat=True)

    for case_id in finished:
        judging.judge(case_id, by=SYSTEM, now=END)

    assert Verdict.objects.filter(original="LATE").count() >= 4
    for verdict in Verdict.objects.all():
        charges = Charge.objects.filter(verdict=verdict)
        assert sum(charge.delay for charge in charges) == verdict.delay
        assert (verdict.delay > 0) == (verdict.original == "LATE")
