"""Editing a form question by question: nothing is lost, nobody writes JSON, the rest is refused."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from sauro.core.actor import Actor, ActorKind
from sauro.core.errors import Changed, Invalid, NotFound, NotPermitted
from sauro.forms import queries, services
from sauro.forms.models import FormVersion
from sauro.forms.rules import checking, editing, parse
from sauro.forms.rules.editing import Halves, Wish
from sauro.forms.rules.shape import Kind
from sauro.forms.tests.test_services import NOW
from sauro.procedures.tests.factories import ProcedureFactory

LEADER = Actor(kind=ActorKind.OFFICIAL, label="Nguyễn Hoàng Nam", official_id=1, leads=True)
CLERK = Actor(kind=ActorKind.OFFICIAL, label="Lê Thị Thu Hà", official_id=2)
CITIZEN = Actor(kind=ActorKind.CITIZEN, label="Y Khoa Êban", person_id=1)


def _form() -> Halves:
    halves = editing.with_page(editing.empty("Giấy phép"), "Công trình")
    halves = editing.with_question(
        halves, "cong-trinh", "", Wish(label="Loại nhà", kind=Kind.CHOICE, options=("Nhà ở", "Kho"))
    )
    return editing.with_question(
        halves,
        "cong-trinh",
        "",
        Wish(label="Số tầng", kind=Kind.NUMBER, when="loai_nha", is_="nha_o"),
    )


def test_a_form_is_made_question_by_question() -> None:
    form = parse(*_form())

    assert [question.key for question in form.questions()] == ["loai_nha", "so_tang"]
    floors = form.find("so_tang")
    assert floors is not None
    assert (floors.kind, floors.when[0].values) == (Kind.NUMBER, ("nha_o",))
    assert checking.faults(form) == []


def test_words_may_change_and_answers_keep_their_names() -> None:
    changed = editing.with_question(
        _form(),
        "cong-trinh",
        "loai_nha",
        Wish(label="Công trình nào?", kind=Kind.CHOICE, options=("Kho", "Nhà ở", "Nhà xưởng")),
    )

    house = parse(*changed).find("loai_nha")
    assert house is not None
    assert house.label == "Công trình nào?"
    assert [name for name, _title in house.options] == ["kho", "nha_o", "nha_xuong"]


def test_a_removed_question_is_waited_for_no_more() -> None:
    left = parse(*editing.without_question(_form(), "loai_nha"))

    floors = left.find("so_tang")
    assert floors is not None
    assert floors.when == ()
    assert checking.faults(left) == []


def test_questions_move_over_the_edge_of_their_page() -> None:
    halves = editing.with_page(_form(), "Chủ đầu tư")

    down = editing.moved(halves, "so_tang", 1)
    up = editing.moved(down, "so_tang", -1)

    assert [q.key for q in parse(*down).pages[1].questions] == ["so_tang"]
    assert up == halves
    assert editing.moved(halves, "loai_nha", -1) == halves


@pytest.mark.parametrize(
    "wish",
    [
        Wish(label=" ", kind=Kind.TEXT),
        Wish(label="Chọn", kind=Kind.CHOICE, options=("Một",)),
        Wish(label="Chờ", kind=Kind.TEXT, when="khong_co"),
        Wish(label="Chờ", kind=Kind.TEXT, when="loai_nha", is_="lau_dai"),
    ],
)
def test_what_is_no_question_is_refused_and_nothing_changes(wish: Wish) -> None:
    halves = _form()

    with pytest.raises(Invalid):
        editing.with_question(halves, "cong-trinh", "", wish)

    assert halves == _form()


def test_a_page_with_questions_is_not_removed_and_an_unknown_one_is_not_there() -> None:
    with pytest.raises(Invalid):
        editing.without_page(_form(), "cong-trinh")
    with pytest.raises(NotFound):
        editing.with_question(_form(), "khac", "", Wish(label="A", kind=Kind.TEXT))


@pytest.fixture
def code() -> str:
    return str(ProcedureFactory.create(code="9.000001", name="Giấy phép").code)


def _draft(code: str) -> queries.DraftPage:
    draft = queries.draft(code)
    assert draft is not None
    return draft


@pytest.mark.django_db
def test_a_draft_is_edited_checked_and_published_by_a_leader(code: str) -> None:
    number = services.begin(code, by=CLERK, now=NOW)
    assert services.begin(code, by=CLERK, now=NOW) == number
    services.change(number, _form(), seen=1, by=CLERK, now=NOW)
    with pytest.raises(NotPermitted):
        services.put_in_force(number, date(2026, 12, 1), seen=2, by=CLERK, now=NOW)

    services.put_in_force(number, date(2026, 12, 1), seen=2, by=LEADER, now=NOW)

    assert queries.draft(code) is None
    assert FormVersion.objects.get().since == date(2026, 12, 1)


@pytest.mark.django_db
def test_two_who_edit_at_once_do_not_overwrite_each_other(code: str) -> None:
    number = services.begin(code, by=CLERK, now=NOW)
    services.change(number, _form(), seen=1, by=CLERK, now=NOW)

    with pytest.raises(Changed):
        services.change(number, editing.empty("x"), seen=1, by=LEADER, now=NOW)

    assert len(_draft(code).form.pages) == 1


@pytest.mark.django_db
def test_a_form_that_asks_what_the_state_holds_is_kept_as_draft_but_not_published(
    code: str,
) -> None:
    number = services.begin(code, by=CLERK, now=NOW)
    page = editing.with_page(editing.empty("x"), "Ông bà")
    asks = editing.with_question(
        page, "ong-ba", "", Wish(label="Số định danh của bạn", kind=Kind.PID)
    )
    services.change(number, asks, seen=1, by=CLERK, now=NOW)

    assert "đã có trong tài khoản" in next(iter(_draft(code).faults.values()))
    with pytest.raises(Invalid):
        services.put_in_force(number, date(2026, 12, 1), seen=2, by=LEADER, now=NOW)


@pytest.mark.django_db
def test_a_draft_that_is_thrown_away_leaves_the_form_in_force(code: str) -> None:
    first = services.begin(code, by=CLERK, now=NOW)
    services.change(first, _form(), seen=1, by=CLERK, now=NOW)
    services.put_in_force(first, date(2026, 12, 1), seen=2, by=LEADER, now=NOW)
    second = services.begin(code, by=CLERK, now=NOW)

    services.throw_away(second, by=CLERK, now=NOW)

    assert len(queries.forms()) == 1
    for late in (services.throw_away,):
        with pytest.raises(NotFound):
            late(second, by=CLERK, now=NOW)


@pytest.mark.django_db
def test_only_officials_edit_forms(code: str, client: Client) -> None:
    with pytest.raises(NotPermitted):
        services.begin(code, by=CITIZEN, now=NOW)
    assert client.get("/mau-khai/").status_code == 302
    assert client.get(f"/mau-khai/{code}").status_code == 302


def test_rows_and_several_conditions_survive_a_change_of_words() -> None:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {
            "a": {"type": "boolean", "title": "A"},
            "b": {"type": "boolean", "title": "B"},
            "list": {
                "type": "array",
                "title": "Thành viên",
                "maxItems": 20,
                "items": {"type": "object", "properties": {"x": {"type": "string", "title": "X"}}},
            },
        },
    }
    when = [{"field": "a", "is": [True]}, {"field": "b", "is": [True]}]
    ui: dict[str, Any] = {
        "pages": [{"key": "p", "title": "P", "fields": ["a", "b", "list"]}],
        "fields": {"list": {"shown_when": when}},
    }

    wish = Wish(label="Người trong hộ", kind=Kind.TEXT, when="a", is_="yes")
    changed = parse(*editing.with_question((schema, ui), "p", "list", wish)).find("list")

    assert editing.condition((schema, ui), "list") == "a=yes"
    assert changed is not None
    assert (changed.kind, changed.label, len(changed.when)) == (Kind.ROWS, "Người trong hộ", 2)
    assert [row.key for row in changed.rows] == ["x"]
