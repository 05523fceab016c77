from datetime import UTC, datetime, timedelta
from time import sleep

import pytest

from sauro.cases.models import Case
from sauro.core.actor import SYSTEM
from sauro.core.clock import local
from sauro.core.errors import Invalid, NotFound, NotNow, NotPermitted
from sauro.documents.models import Paper
from sauro.events import queries as events
from sauro.lateness.models import Breach, Charge, Letter, Nudge, Pace, Verdict
from sauro.lateness.services import duties, judging, letters, pacing, reminding, watching
from sauro.notices.models import Notice
from sauro.onestop.models import Apology
from sauro.onestop.pauses import Reason
from sauro.onestop.rules import Outcome
from sauro.onestop.services import handling, pausing, returning, waiting
from sauro.onestop.tests import steps
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import MONDAY, World

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# Filed Monday 23/11 08:00, Tuesday is a holiday: promised Friday 27/11 17:00.
DUE = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
THURSDAY = MONDAY + 3 * DAY  # 08:00, the last day on which a letter may be sent


def _finished(world: World, at: datetime) -> int:
    """Return a case proposed late on the last day and finished at a moment."""
    case_id = steps.appraised(world)
    handling.propose(
        case_id,
        Outcome.GRANTED,
        "Đề nghị cấp giấy.",
        by=worlds.holder(world, case_id),
        now=at - HOUR,
    )
    handling.approve(case_id, by=world.head, now=at - HOUR)
    handling.issue(case_id, by=world.stamp, now=at)
    return case_id


def test_a_case_in_time_is_on_time_by_all_measures() -> None:
    here = worlds.build()
    case_id = _finished(here, DUE - HOUR)

    verdict = judging.judge(case_id, by=SYSTEM, now=DUE)

    assert (verdict.original, verdict.official, verdict.index_766) == ("ON_TIME",) * 3
    assert (verdict.delay, verdict.rule_766) == (0, 3)
    assert local(verdict.target_at) == local(MONDAY + 4 * DAY)  # three times eight hours
    assert events.history("lateness.verdict", case_id)[0].verb == "verdict.given"


def test_a_late_case_is_charged_task_by_task_with_all_inputs_stored() -> None:
    here = worlds.build()
    case_id = _finished(here, DUE + 3 * DAY)  # Monday 17:00: one working day late

    verdict = judging.judge(case_id, by=SYSTEM, now=DUE + 4 * DAY)

    charges = list(Charge.objects.filter(verdict=verdict).order_by("task_id"))
    assert (verdict.original, verdict.official, verdict.index_766) == ("LATE",) * 3
    assert verdict.delay == 480
    assert sum(charge.delay for charge in charges) == 480
    assert sum(charge.minutes for charge in charges) == verdict.minutes
    assert [charge.step for charge in charges if charge.delay] == ["appraise"]
    assert verdict.inputs["promised_first"] == "2026-11-27T10:00:00+00:00"
    assert verdict.inputs["limit_value"] == 3
    assert verdict.explanation["value"] == "Quá hạn"


def test_an_extended_case_is_late_by_the_first_promise_and_not_by_the_last() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)
    returning.apologise(case_id, "Nhiều hồ sơ.", DUE + 3 * DAY, by=here.head, now=THURSDAY)
    at = DUE + 3 * DAY - HOUR
    _finish(here, case_id, at)

    verdict = judging.judge(case_id, by=SYSTEM, now=at)

    assert (verdict.original, verdict.official, verdict.index_766) == ("LATE", "ON_TIME", "ON_TIME")
    assert verdict.promised_first == DUE
    assert verdict.promised_last == DUE + 3 * DAY


def test_a_term_that_started_again_is_measured_by_its_own_promise() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)
    returning.apologise(case_id, "Nhiều hồ sơ.", DUE + 3 * DAY, by=here.head, now=THURSDAY)
    holder = worlds.holder(here, case_id)
    waiting.ask(case_id, ["Giấy ủy quyền"], "Thiếu chữ ký.", by=holder, now=THURSDAY + HOUR)
    waiting.complete(case_id, by=worlds.holder(here, case_id), now=DUE + 5 * DAY)
    _finish(here, case_id, DUE + 6 * DAY)

    verdict = judging.judge(case_id, by=SYSTEM, now=DUE + 6 * DAY)

    assert verdict.promised_first == Case.objects.get(pk=case_id).promised_at
    assert (verdict.original, verdict.delay) == ("EARLY", 0)


def test_a_pause_after_an_apology_puts_off_the_first_promise_too() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)
    returning.apologise(case_id, "Nhiều hồ sơ.", DUE + 3 * DAY, by=here.head, now=THURSDAY)
    holder = worlds.holder(here, case_id)
    pausing.pause(
        case_id,
        Reason.FORCE_MAJEURE,
        "Lũ cô lập.",
        (THURSDAY + 9 * DAY).date(),
        by=holder,
        now=THURSDAY,
    )
    pausing.go_on(case_id, by=holder, now=THURSDAY + DAY)
    _finish(here, case_id, DUE + 3 * DAY)

    verdict = judging.judge(case_id, by=SYSTEM, now=DUE + 3 * DAY)

    assert verdict.promised_first == DUE + 3 * DAY  # a working day later: Monday
    assert (verdict.original, verdict.waited) == ("ON_TIME", 480)


def _finish(world: World, case_id: int, at: datetime) -> None:
    appraiser = worlds.holder(world, case_id)
    handling.propose(case_id, Outcome.GRANTED, "Đề nghị cấp giấy.", by=appraiser, now=at)
    handling.approve(case_id, by=world.head, now=at)
    handling.issue(case_id, by=world.stamp, now=at)


def test_a_case_that_was_opened_again_is_judged_anew() -> None:
    here = worlds.build()
    case_id = _finished(here, DUE - HOUR)
    judging.judge(case_id, by=SYSTEM, now=DUE)
    handling.reopen(case_id, "Sai họ tên.", by=here.clerk, now=DUE)
    with pytest.raises(NotNow):
        judging.judge(case_id, by=SYSTEM, now=DUE)
    _finish(here, case_id, DUE + 3 * DAY)

    verdict = judging.judge(case_id, by=SYSTEM, now=DUE + 3 * DAY)

    assert Verdict.objects.count() == 1
    assert verdict.original == "LATE"
    again = Charge.objects.filter(verdict=verdict, caused_by__isnull=False)
    assert {charge.step for charge in again} >= {"appraise", "sign", "stamp"}
    assert [e.verb for e in events.history("lateness.verdict", case_id)] == [
        "verdict.given",
        "verdict.revised",
    ]


@pytest.mark.django_db(transaction=True)
def test_finished_cases_are_judged_by_following_the_log() -> None:
    here = worlds.build()
    _finished(here, DUE - HOUR)

    read = 0
    for _look in range(100):  # what runs elsewhere on the server may hold the log back a moment
        read += judging.judge_next(by=SYSTEM, now=DUE)
        if read:
            break
        sleep(0.1)

    assert read == 6
    assert judging.judge_next(by=SYSTEM, now=DUE) == 0
    assert Verdict.objects.count() == 1


def test_a_letter_is_drafted_for_a_case_that_will_be_late_and_once_only() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)

    early = letters.draft(by=SYSTEM, now=MONDAY + HOUR)
    drafted = letters.draft(by=SYSTEM, now=THURSDAY + 8 * HOUR)
    again = letters.draft(by=SYSTEM, now=THURSDAY + 8 * HOUR)

    letter = Letter.objects.get()
    assert (early, drafted, again) == (0, 1, 0)
    assert (letter.case_id, letter.head_id) == (case_id, here.head.official_id)
    assert letter.send_by == datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
    assert letter.promised_before == DUE
    assert letter.promised_after > DUE
    assert "Hồ sơ còn ở bước thẩm định tại" in letter.reason


def test_one_press_signs_and_the_letter_goes_by_itself_with_one_new_promise() -> None:
    here = worlds.build()
    case_ids = [steps.appraised(here, worlds.citizen(f"Người {n}")) for n in range(3)]
    letters.draft(by=SYSTEM, now=THURSDAY + 8 * HOUR)

    signed = letters.sign_many([*case_ids, 10**9], by=here.head, now=THURSDAY + 8 * HOUR)
    sent = letters.send(by=SYSTEM, now=THURSDAY + 9 * HOUR)
    again = letters.send(by=SYSTEM, now=THURSDAY + 9 * HOUR)

    assert [one.refusal for one in signed][:3] == ["", "", ""]
    assert signed[3].refusal == "Không có thư xin lỗi nào chờ ký cho hồ sơ này."
    assert (sent, again) == (3, 0)
    assert Apology.objects.count() == 3
    assert Paper.objects.filter(form="MAU_04").count() == 3
    letter = Letter.objects.get(pk=case_ids[0])
    assert Case.objects.get(pk=case_ids[0]).promised_at == letter.promised_after
    assert events.history("lateness.letter", case_ids[0])[-1].data["in_time"] is True
    with pytest.raises(NotNow):
        letters.sign(case_ids[0], by=here.head, now=THURSDAY + 9 * HOUR)


def test_only_the_head_of_the_office_that_owes_it_signs() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)
    letters.draft(by=SYSTEM, now=THURSDAY + 8 * HOUR)

    for other in (here.specialist, here.stranger, here.clerk):
        with pytest.raises(NotPermitted):
            letters.sign(case_id, by=other, now=THURSDAY + 8 * HOUR)
    with pytest.raises(Invalid):
        letters.sign_many([], by=here.head, now=THURSDAY)
    with pytest.raises(Invalid):
        letters.sign_many(list(range(101)), by=here.head, now=THURSDAY)


def test_a_draft_can_be_mended_before_it_is_signed() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)
    letters.draft(by=SYSTEM, now=THURSDAY + 8 * HOUR)
    now = THURSDAY + 8 * HOUR

    letters.amend(case_id, "Thiếu người thẩm định.", DUE + 4 * DAY, by=here.head, now=now)

    assert Letter.objects.get().promised_after == DUE + 4 * DAY
    with pytest.raises(Invalid):
        letters.amend(case_id, "Thiếu người.", DUE, by=here.head, now=now)
    with pytest.raises(NotFound):
        letters.amend(10**9, "Thiếu người.", DUE + DAY, by=here.head, now=now)


def test_a_draft_is_dropped_when_the_case_is_done_or_waits_and_made_again_when_it_goes_on() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)
    letters.draft(by=SYSTEM, now=THURSDAY + 8 * HOUR)
    asked_at = THURSDAY + 8 * HOUR
    waiting.ask(
        case_id, ["Giấy ủy quyền"], "Thiếu chữ ký.", by=worlds.holder(here, case_id), now=asked_at
    )

    dropped = letters.drop(by=SYSTEM, now=asked_at)
    waiting.complete(case_id, by=worlds.holder(here, case_id), now=asked_at + DAY)
    later = Case.objects.get(pk=case_id).promised_at
    assert later is not None
    drafted = letters.draft(by=SYSTEM, now=later - DAY)

    assert (dropped, drafted) == (1, 1)
    assert Letter.objects.get().dropped_at is None
    assert Letter.objects.get().promised_before == later


def test_a_promise_that_passes_in_silence_is_a_breach_once() -> None:
    here = worlds.build()
    silent = steps.appraised(here)
    said = steps.appraised(here, worlds.citizen("Vũ Thị Hằng"))
    returning.apologise(said, "Nhiều hồ sơ.", DUE + 3 * DAY, by=here.head, now=THURSDAY)
    done = _finished(here, DUE - HOUR)

    before = duties.record_breaches(by=SYSTEM, now=DUE - HOUR)
    found = duties.record_breaches(by=SYSTEM, now=DUE + HOUR)
    again = duties.record_breaches(by=SYSTEM, now=DUE + HOUR)

    breach = Breach.objects.get()
    assert (before, found, again) == (0, 1, 0)
    assert breach.case_id == silent != done
    assert (breach.head_id, breach.drafted) == (here.head.official_id, False)
    assert events.history("lateness.breach", silent)[0].verb == "breach.recorded"


def test_a_breach_is_found_when_a_case_finished_late_is_judged() -> None:
    here = worlds.build()
    case_id = _finished(here, DUE + HOUR)

    assert duties.record_breaches(by=SYSTEM, now=DUE + DAY) == 0
    judging.judge(case_id, by=SYSTEM, now=DUE + DAY)
    assert Breach.objects.get().case_id == case_id
    assert duties.record_breach_of(case_id, by=SYSTEM, now=DUE + DAY) == 0


def test_holders_then_heads_then_the_province_are_reminded_once_each() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)
    due = Case.objects.get(pk=case_id).task_set.get(done_at=None).due_at
    moments = [due + after for after in (-HOUR, timedelta(0), 27 * HOUR, 8 * DAY)]
    told = [reminding.remind(by=SYSTEM, now=now) for now in moments for _again in range(2)]

    kinds = list(Nudge.objects.order_by("pk").values_list("kind", "official_id"))
    holder, head = worlds.holder(here, case_id).official_id, here.head.official_id
    assert kinds == [
        ("BEFORE_DUE", holder),
        ("ON_DUE", holder),
        ("TO_HEAD", head),
        ("TO_PROVINCE", head),
    ]
    assert told == [1, 0, 1, 0, 1, 0, 1, 0]
    assert Notice.objects.filter(link__startswith="/tre-han/vi-sao/").count() == 4
    assert events.history("lateness.nudge", Nudge.objects.earliest("pk").pk)


def test_a_case_that_waits_for_the_applicant_reminds_nobody() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)
    waiting.ask(
        case_id, ["Giấy ủy quyền"], "Thiếu.", by=worlds.holder(here, case_id), now=MONDAY + HOUR
    )

    assert reminding.remind(by=SYSTEM, now=MONDAY + 60 * DAY) == 0


def test_an_unsigned_letter_is_reminded_of_and_goes_up() -> None:
    here = worlds.build()
    steps.appraised(here)
    afternoon = THURSDAY + 6 * HOUR
    drafted = letters.draft(by=SYSTEM, now=afternoon)
    moments = (afternoon, afternoon, THURSDAY + 8 * HOUR, DUE, DUE)
    told = [reminding.remind_letters(by=SYSTEM, now=now) for now in moments]

    assert (drafted, told) == (1, [1, 1, 0, 1, 0])
    kinds = list(Nudge.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["SIGN", "SIGN_NOW", "UNSIGNED"]


def test_heads_get_the_list_of_the_week_on_its_first_working_day() -> None:
    here = worlds.build()
    steps.appraised(here)
    monday = MONDAY + 7 * DAY

    counts = [reminding.send_weekly(by=SYSTEM, now=now) for now in (monday, monday, monday + DAY)]

    assert counts == [1, 0, 0]
    notice = Notice.objects.get()
    assert notice.person_id == here.head.person_id
    assert notice.subject == "Danh sách đầu tuần: 1 trễ, 0 tới hạn trong tuần"


def test_a_head_reminds_by_hand_once_a_day() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)

    assert reminding.nudge(case_id, by=here.head, now=MONDAY) == 1
    with pytest.raises(NotNow):
        reminding.nudge(case_id, by=here.head, now=MONDAY + HOUR)
    assert reminding.nudge(case_id, by=here.head, now=MONDAY + 2 * DAY) == 1
    for other in (here.specialist, here.stranger):
        with pytest.raises(NotPermitted):
            reminding.nudge(case_id, by=other, now=MONDAY)


def test_the_pace_of_each_step_is_counted_from_what_was_done() -> None:
    here = worlds.build()
    steps.done(here)
    steps.done(here, worlds.citizen("Vũ Thị Hằng"))

    made = pacing.count_paces(by=SYSTEM, now=MONDAY + DAY)
    again = pacing.count_paces(by=SYSTEM, now=MONDAY + DAY)

    appraise = Pace.objects.get(step="appraise", office=None)
    assert (appraise.median, appraise.careful, appraise.sample) == (120, 120, 2)
    assert made == again == Pace.objects.count() == 10
    assert pacing.count_paces(by=SYSTEM, now=MONDAY + 90 * DAY) == 0


def test_a_round_of_the_watch_may_be_run_twice() -> None:
    here = worlds.build()
    steps.appraised(here)

    first = watching.watch(by=SYSTEM, now=THURSDAY + 8 * HOUR)
    second = watching.watch(by=SYSTEM, now=THURSDAY + 8 * HOUR)

    assert (first.drafted, first.reminded) == (1, 2)
    assert (second.drafted, second.dropped, second.sent, second.breaches) == (0, 0, 0, 0)


def test_what_is_signed_in_the_desk_needs_no_letter() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)
    returning.apologise(case_id, "Nhiều hồ sơ.", DUE + 3 * DAY, by=here.head, now=THURSDAY)

    assert letters.draft(by=SYSTEM, now=DUE - HOUR) == 0
