"""The life of a dossier: the whitelist of the law, and nothing else."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.core.clock import HERE
from sauro.core.errors import Invalid, NotNow
from sauro.core.workdays import SpecialDay, Term, Unit, WorkingCalendar
from sauro.onestop import assigning, rules
from sauro.onestop.rules import Limit, State, Verb

# Section 2.3 of the specification, by national code. 8 → 4 is for provinces that use "stopped"
# as a pause; this one does not (docs/decisions).
WHITELIST = {
    *((1, to) for to in (2, 3, 5, 6, 7)),
    *((2, to) for to in (4, 9, 5, 7, 8)),
    *((4, to) for to in (5, 6, 7, 8, 9)),
    *((5, to) for to in (2, 4, 7, 8)),
    *((6, to) for to in (2, 4, 7, 8)),
    (9, 10),
    (9, 4),
}
CALENDAR = WorkingCalendar(
    {
        date(2026, 4, 27): SpecialDay("Nghỉ bù Giỗ Tổ"),
        date(2026, 4, 30): SpecialDay("Ngày Chiến thắng"),
    }
)


def _at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HERE)


def test_the_transitions_between_states_are_exactly_the_whitelist() -> None:
    code = rules.NATIONAL_CODES

    changes = {
        (code[State(a)], code[State(b)]) for (a, _verb), b in rules.WORKFLOW.moves.items() if a != b
    }

    assert changes == WHITELIST


def test_nothing_leaves_an_ended_state() -> None:
    assert all(not rules.WORKFLOW.verbs(state) for state in rules.ENDED)


def test_every_other_state_leads_to_an_end() -> None:
    ending: set[str] = set(rules.ENDED)
    for _round in State:
        ending |= {a for (a, _verb), b in rules.WORKFLOW.moves.items() if b in ending}

    assert ending == set(State)


def test_the_national_codes_are_those_of_the_portal() -> None:
    assert rules.NATIONAL_CODES[State.REGISTERED] == 1
    assert rules.NATIONAL_CODES[State.SUPPLEMENT_REQUESTED] == 5
    assert rules.NATIONAL_CODES[State.RETURNED] == 10


@given(state=st.sampled_from(list(State)), verb=st.sampled_from(list(Verb)))
def test_a_verb_either_follows_the_table_or_is_refused(state: State, verb: Verb) -> None:
    if (state, verb) in rules.WORKFLOW.moves:
        assert rules.WORKFLOW.next(state, verb) == rules.WORKFLOW.moves[state, verb]
    else:
        with pytest.raises(NotNow):
            rules.WORKFLOW.next(state, verb)


@pytest.mark.parametrize(
    ("code", "fits"),
    [
        ("000.00.00.H15-210705-0042", True),
        ("G09.20-20260609-0092637", True),
        ("H15.05-20260803-0000012", True),
        ("H15-2026-1", False),
    ],
)
def test_a_dossier_code_has_the_shape_of_the_rule(code: str, fits: bool) -> None:  # noqa: FBT001
    assert bool(rules.SHAPE.match(code)) is fits


def test_a_new_code_fits_the_rule() -> None:
    assert rules.SHAPE.match(rules.code_prefix("H15.24133", date(2026, 11, 23)) + "0000012")


def test_a_code_is_found_however_it_is_typed() -> None:
    assert rules.tidy_code(" h15.24133 -20261123- 0000012 ") == "H15.24133-20261123-0000012"


def test_an_online_filing_is_answered_within_eight_working_hours() -> None:
    assert rules.reply_due(CALENDAR, _at(2, 10)) == _at(3, 10)
    assert rules.reply_due(CALENDAR, _at(6, 20)) == _at(9, 17)


def test_papers_received_by_three_are_handed_over_the_same_day() -> None:
    assert rules.hand_over_due(CALENDAR, _at(5, 15)) == _at(5, 17)


def test_papers_received_after_three_are_handed_over_in_the_next_working_morning() -> None:
    assert rules.hand_over_due(CALENDAR, _at(24, 15, 20, month=4)) == _at(28, 11, 30, month=4)


def test_hours_that_start_after_three_count_from_the_next_morning() -> None:
    limit = Limit(Term(8, Unit.WORKING_HOUR), "")

    assert assigning.legal_due(_at(5, 14, 59), limit, CALENDAR) == _at(6, 14, 59)
    assert assigning.legal_due(_at(5, 15, 1), limit, CALENDAR) == _at(6, 17)


def test_a_procedure_without_a_term_says_so() -> None:
    limit = rules.limit_of(None, "Thủ tục 1.001193", date(2026, 3, 2))

    assert limit.term == Term(5, Unit.WORKING_DAY)
    assert not limit.published
    assert limit.source.startswith("Thủ tục chưa công bố thời hạn")


@pytest.mark.parametrize("note", ["", "  ", "ok", "."])
def test_a_reason_must_be_a_reason(note: str) -> None:
    with pytest.raises(Invalid, match="Ghi rõ lý do"):
        rules.check_note(note)


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_rating_is_one_to_five(score: int) -> None:
    with pytest.raises(Invalid):
        rules.check_rating(score)
