from dataclasses import replace
from datetime import datetime

import pytest

from sauro.core.clock import HERE
from sauro.core.workdays import WorkingCalendar
from sauro.onestop.rules import LABELS, Outcome, State
from sauro.portal.rules.status import Standing, Status, Tone, status

CALENDAR = WorkingCalendar({})
NOW = datetime(2026, 9, 25, 10, 0, tzinfo=HERE)  # a Friday
TUESDAY = datetime(2026, 9, 29, 17, 0, tzinfo=HERE)
RUNNING = Standing(
    state=State.PROCESSING,
    step="appraise",
    outcome="",
    now=NOW,
    due_at=TUESDAY,
    promised_at=TUESDAY,
)


def test_on_time_says_the_day_of_the_promise() -> None:
    said = status(RUNNING, CALENDAR)

    assert said == Status(
        said="Đang đúng hạn.", then="Hẹn trả Thứ Ba, 29/9.", tag="đúng hạn", tone=Tone.OK
    )


def test_waiting_for_a_signature_says_so() -> None:
    said = status(replace(RUNNING, step="sign"), CALENDAR)

    assert (said.said, said.then) == ("Đang chờ ký.", "Hẹn trả Thứ Ba, 29/9.")


def test_time_that_stands_still_is_never_late() -> None:
    late = datetime(2026, 10, 1, 10, 0, tzinfo=HERE)

    said = status(replace(RUNNING, now=late, stands=True), CALENDAR)

    assert said.said == "Thời hạn đang tạm dừng."
    assert (said.tag, said.is_late) == ("tạm dừng", False)


def test_late_counts_working_days_and_apologises() -> None:
    said = status(replace(RUNNING, now=datetime(2026, 10, 1, 10, 0, tzinfo=HERE)), CALENDAR)

    assert said.said == "Trễ hẹn 2 ngày."
    assert said.then == "Chúng tôi xin lỗi bạn."
    assert said.is_late


def test_late_with_an_apology_says_the_new_day() -> None:
    new = datetime(2026, 10, 5, 17, 0, tzinfo=HERE)
    late = replace(
        RUNNING, now=datetime(2026, 10, 1, 10, 0, tzinfo=HERE), promised_at=new, before=TUESDAY
    )

    said = status(late, CALENDAR)

    assert (said.said, said.then) == ("Trễ hẹn 2 ngày.", "Hẹn mới: Thứ Hai, 5/10.")


def test_late_on_the_evening_of_the_promise_counts_no_day_yet() -> None:
    said = status(replace(RUNNING, now=datetime(2026, 9, 29, 18, 0, tzinfo=HERE)), CALENDAR)

    assert (said.said, said.tag) == ("Trễ hẹn từ hôm nay.", "trễ hẹn")


@pytest.mark.parametrize(
    ("state", "outcome", "said", "then"),
    [
        (State.REGISTERED, "", "Đã nhận hồ sơ.", "Trung tâm trả lời trước 17:00 Thứ Ba, 29/9."),
        (
            State.SUPPLEMENT_REQUESTED,
            "",
            "Cần thêm 2 giấy tờ trước Thứ Ba, 29/9.",
            "Ngày hẹn tạm dừng tính.",
        ),
        (
            State.PAYMENT_REQUESTED,
            "",
            "Còn bước nộp 150.000 đồng trước Thứ Ba, 29/9.",
            "Ngày hẹn tạm dừng tính.",
        ),
        (State.DONE, Outcome.GRANTED, "Đã có kết quả.", "Nhận tại Trung tâm Tân Lập."),
        (
            State.DONE,
            Outcome.REFUSED,
            "Chưa giải quyết được.",
            "Lý do ở ngay dưới đây.",
        ),
        (State.RETURNED, Outcome.GRANTED, "Đã trả kết quả.", "Trả ngày Thứ Sáu, 25/9."),
        (
            State.REJECTED,
            "",
            "Trung tâm chưa nhận hồ sơ này.",
            "Lý do ở ngay dưới đây.",
        ),
        (State.WITHDRAWN, "", "Bạn đã rút hồ sơ.", "Rút ngày Thứ Sáu, 25/9."),
        (
            State.STOPPED,
            "",
            "Đã dừng giải quyết.",
            "Dừng ngày Thứ Sáu, 25/9.",
        ),
    ],
)
def test_every_other_state_has_its_two_sentences(
    state: State, outcome: str, said: str, then: str
) -> None:
    standing = replace(
        RUNNING,
        state=state,
        outcome=outcome,
        missing=2,
        fee=150_000,
        ended_at=NOW,
        centre="Trung tâm Tân Lập",
    )

    found = status(standing, CALENDAR)

    assert (found.said, found.then) == (said, then)


def test_a_late_reply_is_our_fault() -> None:
    late = replace(RUNNING, state=State.REGISTERED, now=datetime(2026, 9, 30, 10, 0, tzinfo=HERE))

    found = status(late, CALENDAR)

    assert found.then == "Trung tâm trả lời chậm hơn đã hứa, chúng tôi xin lỗi."


@pytest.mark.parametrize("state", list(LABELS))
def test_no_state_is_without_words(state: State) -> None:
    found = status(replace(RUNNING, state=state), CALENDAR)

    assert found.said.endswith(".")
    assert found.then.endswith(".")
    assert found.tag
