import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.core.errors import Invalid
from sauro.forms.rules import Condition, Form, Kind, Page, Question, checking, reading, showing
from sauro.forms.rules.generating import generate
from sauro.forms.rules.shape import ROWS_AT_MOST

YES = ("yes",)
PEOPLE = Question(
    key="people",
    label="Người cùng chuyển",
    kind=Kind.ROWS,
    least=1,
    most=ROWS_AT_MOST,
    rows=(Question(key="name", label="Họ tên", kind=Kind.NAME),),
)


def yes_no(key: str, *waits: tuple[str, tuple[str, ...]]) -> Question:
    when = tuple(Condition(other, values) for other, values in waits)
    return Question(key=key, label=f"Câu {key}", kind=Kind.YES_NO, when=when)


def form(*questions: Question) -> Form:
    return Form(title="Mẫu", pages=(Page("p", "Trang", "Trang", questions),))


def test_a_question_is_shown_only_when_the_one_it_waits_for_says_so() -> None:
    asked = form(yes_no("a"), yes_no("b", ("a", YES)), yes_no("c", ("b", ("no",))))

    assert [q.key for q in showing.shown(asked, asked.pages[0], {})] == ["a"]
    assert [q.key for q in showing.shown(asked, asked.pages[0], {"a": True})] == ["a", "b"]
    assert showing.kept(asked, {"a": False, "b": False, "c": True}) == {"a": False}


def test_questions_that_wait_for_each_other_are_found() -> None:
    asked = form(yes_no("a", ("b", YES)), yes_no("b", ("a", YES)), yes_no("c"))

    assert checking.circle(asked) == {"a", "b"}
    assert {fault.key for fault in checking.faults(asked)} == {"a", "b"}


def test_a_question_that_no_answers_lead_to_is_found() -> None:
    asked = form(yes_no("a"), yes_no("b", ("a", YES)), yes_no("c", ("b", YES), ("a", ("no",))))

    assert [(f.key, f.sentence) for f in checking.faults(asked)] == [
        ("c", "Không câu trả lời nào dẫn đến câu này. Sửa điều kiện.")
    ]


@given(st.data())
def test_a_question_is_reachable_exactly_when_some_answers_show_it(data: st.DataObject) -> None:
    keys = "abcd"
    waits = st.lists(st.tuples(st.sampled_from(keys), st.sampled_from([YES, ("no",)])), max_size=2)
    asked = form(*(yes_no(key, *data.draw(waits)) for key in keys))
    everything = [{k: bool(n >> i & 1) for i, k in enumerate(keys)} for n in range(16)]

    for question in asked.questions():
        is_ever_shown = any(showing.is_shown(asked, question, said) for said in everything)
        assert checking.is_reachable(asked, question) is is_ever_shown


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("Họ tên", "Họ tên đã có trong tài khoản, lấy từ cơ sở dữ liệu dân cư."),
        ("Số định danh của bạn", "Số định danh đã có trong tài khoản."),
        (
            "Ngày sinh người yêu cầu",
            "Ngày sinh đã có trong tài khoản, lấy từ cơ sở dữ liệu dân cư.",
        ),
    ],
)
def test_what_the_state_holds_of_the_applicant_is_not_asked(label: str, reason: str) -> None:
    asked = form(Question(key="x", label=label, kind=Kind.TEXT))

    assert checking.faults(asked) == [checking.Fault("x", reason)]


def test_what_the_state_does_not_hold_of_another_person_is_asked() -> None:
    assert checking.faults(form(Question(key="x", label="Họ tên mẹ", kind=Kind.NAME))) == []


def test_pages_are_put_so_that_what_decides_comes_first() -> None:
    late = Page("late", "Sau", "Sau", (yes_no("a"),))
    early = Page("early", "Trước", "Trước", (yes_no("b", ("a", YES)),))

    asked = Form(title="Mẫu", pages=(early, late))

    assert checking.in_order(asked) == ["late", "early"]
    assert [fault.key for fault in checking.warnings(asked)] == ["b"]


@pytest.mark.parametrize(
    ("kind", "typed", "answer"),
    [
        (Kind.NAME, {"x": unicodedata.normalize("NFD", "H’Bĭă  Mlô")}, "H'Bĭă Mlô"),
        (Kind.MONEY, {"x": "1.500.000 đ"}, 1_500_000),
        (Kind.DATE, {"x_d": "5", "x_m": "3", "x_y": "1990"}, "1990-03-05"),
        (Kind.PID, {"x": "066 089 000 000"}, "066089000000"),
        (Kind.PHONE, {"x": "+84 905 123 118"}, "0905123118"),
        (Kind.YES_NO, {"x": "no"}, False),
        (Kind.PLACE, {"x": "24133"}, "24133"),
    ],
)
def test_what_was_typed_is_kept_in_one_spelling(
    kind: Kind, typed: dict[str, str], answer: object
) -> None:
    question = Question(key="x", label="Câu", kind=kind)

    assert reading.read(question, typed, places={"24133"}) == answer


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        (Kind.DATE, {"x_d": "31", "x_m": "2", "x_y": "2026"}, "chưa là một ngày có thật"),
        (Kind.PID, {"x": "06608900000"}, "Số định danh có 12 chữ số"),
        (Kind.MONEY, {"x": "nhiều"}, "là một số, chỉ ghi chữ số"),
        (Kind.PLACE, {"x": "1"}, "Chọn xã, phường"),
        (Kind.TEXT, {"x": " "}, "Ghi “Câu {x}”."),
    ],
)
def test_a_refusal_says_what_to_mend_and_where(
    kind: Kind, typed: dict[str, str], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence) as refused:
        reading.read(Question(key="x", label="Câu {x}", kind=kind), typed, places={"24133"})
    assert refused.value.field == "x"


@given(st.lists(st.sampled_from(["Lê An", "H'Bĭă Mlô", "Ê Đê"]), min_size=1, max_size=200))
def test_rows_are_read_back_as_they_were_kept(names: list[str]) -> None:
    rows = [{"name": name} for name in names]

    assert reading.read(PEOPLE, reading.typed([PEOPLE], {"people": rows}), places=()) == rows


def test_more_than_two_hundred_rows_are_refused() -> None:
    typed = {f"people.{n}.name": "Lê An" for n in range(ROWS_AT_MOST + 1)}

    with pytest.raises(Invalid, match="nhận nhiều nhất 200 dòng"):
        reading.read(PEOPLE, typed, places=())


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("Cấp lại thẻ bảo hiểm y tế", ["giay-da-cap"]),
        ("Gia hạn giấy phép của doanh nghiệp", ["ben-de-nghi", "giay-da-cap"]),
        ("Thủ tục đăng ký kết hôn lưu động", []),
    ],
)
def test_a_procedure_without_a_form_gets_one_that_can_be_published(
    name: str, pages: list[str]
) -> None:
    made = generate(name)

    assert [page.key for page in made.pages] == pages
    assert checking.faults(made) == [] or not pages
