"""Plain values: money, legal figures, explanations, state tables and refusals."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.core.errors import Changed, Invalid, NotFound, NotNow, NotPermitted, Refusal, TooLarge
from sauro.core.explain import Explanation, Line, from_data
from sauro.core.law import Legal, Provision
from sauro.core.money import Dong, share, written
from sauro.core.workflow import Workflow

BASE = Legal(
    unit="đồng/tháng",
    in_force={
        date(2021, 7, 1): Provision(360_000, "Nghị định 20/2021/NĐ-CP, Điều 4"),
        date(2024, 7, 1): Provision(500_000, "Nghị định 76/2024/NĐ-CP", checked=False),
    },
)
LIFE = Workflow(
    moves={("NEW", "TAKE"): "OPEN", ("OPEN", "CLOSE"): "DONE", ("OPEN", "RETURN"): "NEW"},
    first=frozenset({"NEW"}),
    ended=frozenset({"DONE"}),
    labels={"NEW": "Mới", "OPEN": "Đang làm", "DONE": "Xong"},
)


class TestMoney:
    def test_it_is_written_as_people_here_write_it(self) -> None:
        assert written(100_000) == "100.000 đồng"
        assert written(0) == "0 đồng"
        assert written(1_234_567) == "1.234.567 đồng"

    @pytest.mark.parametrize(
        ("amount", "rate", "expected"),
        [
            (100_000, Fraction(1, 2), 50_000),
            (15, Fraction(1, 2), 8),
            (14, Fraction(1, 10), 1),
            (16, Fraction(1, 10), 2),
        ],
    )
    def test_a_share_is_rounded_half_up(self, amount: int, rate: Fraction, expected: int) -> None:
        assert share(Dong(amount), rate) == expected

    @pytest.mark.parametrize(("amount", "rate"), [(-1, Fraction(1)), (1, Fraction(-1))])
    def test_negative_money_has_no_share(self, amount: int, rate: Fraction) -> None:
        with pytest.raises(ValueError, match="share"):
            share(Dong(amount), rate)

    @given(st.integers(0, 10**12), st.fractions(0, 1))
    def test_a_share_and_the_rest_differ_from_the_whole_by_no_more_than_one(
        self, amount: int, rate: Fraction
    ) -> None:
        both = share(Dong(amount), rate) + share(Dong(amount), 1 - rate)

        assert 0 <= both - amount <= 1


class TestLegalFigure:
    def test_it_is_the_one_in_force_on_the_day_of_the_facts(self) -> None:
        assert BASE.on(date(2021, 7, 1)) == 360_000
        assert BASE.on(date(2024, 6, 30)) == 360_000
        assert BASE.on(date(2024, 7, 1)) == 500_000
        assert BASE.on(date(2030, 1, 1)) == 500_000

    def test_it_says_where_it_stands_and_whether_anybody_looked(self) -> None:
        assert BASE.provision(date(2022, 1, 1)) == Provision(
            360_000, "Nghị định 20/2021/NĐ-CP, Điều 4", checked=True
        )
        assert not BASE.provision(date(2025, 1, 1)).checked

    def test_before_it_was_in_force_there_is_none(self) -> None:
        with pytest.raises(LookupError, match="2021-06-30"):
            BASE.on(date(2021, 6, 30))


class TestExplanation:
    def test_it_survives_storing(self) -> None:
        explained = Explanation("3 ngày", (Line("Một", "Hai", "Điều 3", "4"), Line("Chỉ vậy")))

        assert from_data(explained.as_data()) == explained

    def test_what_is_not_an_explanation_is_not_read_as_one(self) -> None:
        with pytest.raises(KeyError):
            from_data({"lines": []})


class TestWorkflow:
    def test_a_verb_leads_on(self) -> None:
        assert LIFE.next("NEW", "TAKE") == "OPEN"
        assert LIFE.verbs("OPEN") == {"CLOSE", "RETURN"}
        assert LIFE.allows("OPEN", "NEW")
        assert not LIFE.allows("NEW", "DONE")

    def test_what_is_not_in_the_table_is_refused_in_the_words_of_the_page(self) -> None:
        with pytest.raises(NotNow, match="“Xong”"):
            LIFE.next("DONE", "TAKE")

    def test_nothing_leaves_the_end(self) -> None:
        assert [LIFE.verbs(state) for state in LIFE.ended] == [frozenset()]


class TestRefusal:
    def test_the_sentence_is_filled_with_its_facts(self) -> None:
        refusal = Invalid("Nội dung dài quá {limit} ký tự.", field="text", limit=500)

        assert str(refusal) == "Nội dung dài quá 500 ký tự."
        assert (refusal.field, refusal.facts) == ("text", {"limit": 500})
        assert refusal.message == "Nội dung dài quá {limit} ký tự."

    def test_each_kind_has_its_own_status_and_code(self) -> None:
        kinds = (NotFound, NotPermitted, NotNow, Changed, TooLarge, Invalid)

        assert [kind.status for kind in kinds] == [404, 403, 409, 409, 413, 422]
        assert len({kind.code for kind in (*kinds, Refusal)}) == 7
