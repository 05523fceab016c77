from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.cases import checking
from sauro.cases.models import Case, Process, Task
from sauro.cases.rules import Clock
from sauro.core.clock import local
from sauro.core.errors import Invalid, NotNow, NotPermitted
from sauro.core.workdays import SpecialDay, WorkingCalendar
from sauro.events import queries as events
from sauro.offices import queries as offices
from sauro.onestop import explaining, pauses
from sauro.onestop import queries as onestop
from sauro.onestop.models import Pause
from sauro.onestop.pauses import Policy, Reason
from sauro.onestop.rules import Outcome
from sauro.onestop.services import handling, pausing, waiting
from sauro.onestop.tests import steps
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import MONDAY
from sauro.procedures.models import ProcedureVersion

CALENDAR = WorkingCalendar({date(2026, 11, 24): SpecialDay("Ngày nghỉ")})
moments = st.datetimes(datetime(2026, 10, 1), datetime(2026, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
NOTE = "Chờ văn bản của cơ quan thuế."
SOON = date(2026, 11, 27)
LATER = MONDAY + timedelta(days=2)  # Wednesday 08:00 there; Tuesday is a holiday


@given(moments, st.integers(0, 20_000), st.integers(1, 20_000))
def test_what_was_left_before_a_pause_is_left_after_it(
    since: datetime, stood: int, ahead: int
) -> None:
    until = since + timedelta(minutes=stood)
    end = CALENDAR.after_minutes(local(since.replace(second=0, microsecond=0)), ahead)

    moved = pauses.moved(CALENDAR, end, since, until)

    left = CALENDAR.minutes_between(local(since), local(end))
    assert CALENDAR.minutes_between(local(until), local(moved)) == left or left == 0


def test_an_end_that_had_passed_stays_where_it_was() -> None:
    clock = Clock(
        due_at=MONDAY, started_at=MONDAY, promised_at=MONDAY, legal_due_at=MONDAY, paused_at=LATER
    )

    resumed, stood = pauses.resumed(clock, CALENDAR, LATER + timedelta(hours=1))

    assert stood == 60
    assert resumed == replace(clock, paused_at=None)


def test_the_step_decides_and_else_the_law() -> None:
    day = date(2026, 11, 23)

    law = pauses.policy_of(Reason.SUPPLEMENT, "", "Quy trình đất đai, bản 2", day)
    step = pauses.policy_of(Reason.SUPPLEMENT, "RESUME", "Quy trình đất đai, bản 2", day)
    fee = pauses.policy_of(Reason.PAYMENT, "", "Quy trình đất đai, bản 2", day)

    assert (law.policy, law.source) == (
        Policy.RESTART,
        "Nghị định 61/2018/NĐ-CP, Điều 19 khoản 4",
    )
    assert (step.policy, step.source) == (Policy.RESUME, "Quy trình đất đai, bản 2")
    assert fee.policy is Policy.RESUME


@pytest.mark.django_db
def test_another_agency_is_waited_for_to_the_minute() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)
    appraiser = worlds.holder(here, case_id)
    before = Case.objects.get(pk=case_id)
    step_due = Task.objects.get(case_id=case_id, done_at=None).due_at

    pausing.pause(case_id, Reason.OTHER_AGENCY, NOTE, SOON, by=appraiser, now=MONDAY)
    stopped = Case.objects.get(pk=case_id)
    pausing.go_on(case_id, by=appraiser, now=LATER)

    after = Case.objects.get(pk=case_id)
    assert stopped.paused_at == MONDAY
    assert (stopped.state, after.state) == ("PROCESSING", "PROCESSING")
    assert after.paused_at is None
    calendar = offices.working_calendar()
    for earlier, later in (
        (before.promised_at, after.promised_at),
        (before.legal_due_at, after.legal_due_at),
        (step_due, Task.objects.get(case_id=case_id, done_at=None).due_at),
    ):
        assert earlier is not None
        assert later is not None
        moved_by = calendar.minutes_between(local(earlier), local(later))
        assert moved_by == 480  # one working day: Monday 08:00 to Wednesday 08:00
    pause = Pause.objects.get()
    assert (pause.minutes, pause.policy, pause.reason) == (480, "RESUME", "OTHER_AGENCY")
    verbs = [line.data.get("verb") for line in events.history("cases.case", case_id)]
    assert verbs[-2:] == ["PAUSE", "GO_ON"]
    assert checking.differing([case_id]) == []


@pytest.mark.django_db
def test_a_pause_is_refused_where_it_makes_no_sense() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)
    appraiser = worlds.holder(here, case_id)
    pause, go_on = pausing.pause, pausing.go_on

    steps.refused(NotPermitted, case_id, lambda: _pause(case_id, here.stranger))
    steps.refused(
        Invalid,
        case_id,
        lambda: pause(case_id, Reason.SUPPLEMENT, NOTE, SOON, by=appraiser, now=MONDAY),
    )
    steps.refused(  # the appraiser asks for money by the step's own way
        Invalid,
        case_id,
        lambda: pause(case_id, Reason.PAYMENT, NOTE, SOON, by=appraiser, now=MONDAY),
    )
    steps.refused(
        Invalid,
        case_id,
        lambda: pause(case_id, Reason.OTHER_AGENCY, NOTE, MONDAY.date(), by=appraiser, now=MONDAY),
    )
    steps.refused(NotNow, case_id, lambda: go_on(case_id, by=appraiser, now=MONDAY))
    _pause(case_id, appraiser)
    steps.refused(NotNow, case_id, lambda: _pause(case_id, appraiser))


def _pause(case_id: int, by: Any) -> None:  # noqa: ANN401
    pausing.pause(case_id, Reason.FORCE_MAJEURE, "Lũ cô lập xã.", SOON, by=by, now=MONDAY)


@pytest.mark.django_db
def test_a_fee_stops_the_time_and_paying_lets_it_go_on() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)
    before = Case.objects.get(pk=case_id)

    waiting.ask_fee(case_id, "Nộp lệ phí trước bạ.", by=worlds.holder(here, case_id), now=MONDAY)
    waiting_state = Case.objects.get(pk=case_id).state
    waiting.paid(case_id, "BL-0001", by=worlds.holder(here, case_id), now=LATER)

    after = Case.objects.get(pk=case_id)
    assert waiting_state == "PAYMENT_REQUESTED"
    assert after.state == "PROCESSING"
    assert after.started_at == before.started_at
    assert after.promised_at == datetime(2026, 11, 30, 10, 0, tzinfo=UTC)  # Friday 17:00, a day on
    with pytest.raises(NotNow):
        waiting.paid(case_id, "BL-0001", by=worlds.holder(here, case_id), now=LATER)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("policy", "due"),
    [
        ("RESTART", datetime(2026, 11, 30, 10, 0, tzinfo=UTC)),
        ("RESUME", datetime(2026, 11, 30, 10, 0, tzinfo=UTC)),  # Friday, one working day on
    ],
)
def test_a_supplement_starts_the_term_again_or_lets_it_go_on(policy: str, due: datetime) -> None:
    here = worlds.build()
    _set_policy(policy)
    case_id = steps.appraised(here)
    started = Case.objects.get(pk=case_id).started_at

    holder = worlds.holder(here, case_id)
    waiting.ask(case_id, ["Giấy ủy quyền"], "Thiếu chữ ký.", by=holder, now=MONDAY)
    afternoon = LATER + timedelta(hours=6)
    waiting.complete(case_id, by=worlds.holder(here, case_id), now=afternoon)

    case = Case.objects.get(pk=case_id)
    assert (case.started_at == started) == (policy == "RESUME")
    assert case.promised_at == due
    assert Pause.objects.get().policy == policy


def _set_policy(policy: str) -> None:
    process = Process.objects.get()
    for step in process.definition["steps"]:
        if step["key"] == "supplement":
            step["pause"] = policy
    process.save()


@pytest.mark.django_db
def test_a_cut_of_the_term_is_for_new_dossiers_only() -> None:
    # The first dossier has three days; the province cuts to one; its supplement restarts three.
    here = worlds.build()
    old = steps.appraised(here)
    first = ProcedureVersion.objects.get()
    record = {
        **first.record,
        "methods": [{**method, "duration": 1} for method in first.record["methods"]],
    }
    first.until = date(2026, 11, 23)
    first.save()
    second = ProcedureVersion.objects.create(
        procedure=first.procedure,
        number=2,
        since=date(2026, 11, 23),
        record=record,
        digest="1" * 64,
        decision="12/QĐ-UBND",
        source="kiểm thử",
        snapshot_on=date(2026, 11, 23),
    )
    new = steps.appraised(replace(here, version_id=second.pk), worlds.citizen("Vũ Thị Hằng"))
    holder = worlds.holder(here, old)
    waiting.ask(old, ["Giấy ủy quyền"], "Thiếu chữ ký.", by=holder, now=MONDAY)
    waiting.complete(old, by=worlds.holder(here, old), now=LATER)

    promised = {case.pk: case.promised_at for case in Case.objects.all()}
    assert promised[old] == datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
    assert promised[new] == datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_a_step_that_waits_is_not_ended_by_word() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)
    waiting.ask_fee(case_id, "Nộp lệ phí trước bạ.", by=worlds.holder(here, case_id), now=MONDAY)

    holder = worlds.holder(here, case_id)
    steps.refused(NotNow, case_id, lambda: pausing.go_on(case_id, by=holder, now=LATER))

    assert Pause.objects.get().expected_on is None


@pytest.mark.django_db
def test_nothing_is_issued_while_the_time_stands_still_by_word() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)
    appraiser = worlds.holder(here, case_id)
    handling.propose(case_id, Outcome.GRANTED, "Đủ điều kiện.", by=appraiser, now=MONDAY)
    _pause(case_id, here.head)
    handling.approve(case_id, by=here.head, now=MONDAY)
    stamp = worlds.holder(here, case_id)

    steps.refused(NotNow, case_id, lambda: handling.issue(case_id, by=stamp, now=LATER))
    pausing.go_on(case_id, by=stamp, now=LATER)
    handling.issue(case_id, by=stamp, now=LATER)

    assert Case.objects.get(pk=case_id).state == "DONE"


@pytest.mark.django_db
def test_the_explanation_of_the_term_names_the_pause_and_comes_to_the_same_day() -> None:
    here = worlds.build()
    citizen = worlds.citizen()
    case_id = steps.appraised(here, citizen)
    appraiser = worlds.holder(here, case_id)
    code = Case.objects.get(pk=case_id).code
    calendar = offices.working_calendar()

    pausing.pause(case_id, Reason.OTHER_AGENCY, NOTE, SOON, by=appraiser, now=MONDAY)
    standing = onestop.dossier_for(citizen, code)
    during = explaining.explained(standing, calendar)
    pause = explaining.pause_of(standing)
    pausing.go_on(case_id, by=appraiser, now=LATER)
    after = explaining.explained(onestop.dossier_for(citizen, code), calendar)

    assert pause
    assert (pause.by_word, pause.expected_on, pause.is_checked) == (True, SOON, False)
    assert during
    assert during.lines[-1].rule.startswith("Không tính: Chờ cơ quan khác trả lời.")
    assert after
    assert after.value == "Thứ Hai, 30/11/2026 (3 ngày làm việc)"
    assert after.lines[-1].fact == (
        "Tạm dừng từ 08:00 Thứ Hai, 23/11/2026 đến 08:00 Thứ Tư, 25/11/2026"
    )
    assert after.lines[-1].amount == "hạn lùi đến Thứ Hai, 30/11/2026"
    short = explaining.shortened(after)
    assert short.lines[-1] == after.lines[-1]
    assert all("Ngày thứ 1" not in line.rule for line in short.lines)
