from datetime import timedelta

import pytest

from sauro.cases import queries as cases
from sauro.cases.models import Case
from sauro.core.errors import Changed, Invalid, NotFound, NotNow, NotPermitted
from sauro.desk import signing
from sauro.desk.services import leading, printing, taking
from sauro.desk.tests import world
from sauro.desk.tests.world import AFTER_THREE, MONDAY
from sauro.documents.rules import Form
from sauro.events.models import Event
from sauro.onestop.models import Dossier
from sauro.onestop.rules import Applicant, Channel, Filing, State
from sauro.onestop.services import handling, intake, waiting
from sauro.people.models import Person
from sauro.people.rules import NewPerson

pytestmark = pytest.mark.django_db


def state(case_id: int) -> str:
    return Case.objects.values_list("state", flat=True).get(pk=case_id)


def verbs(case_id: int) -> list[str]:
    rows = Event.objects.filter(subject="cases.case", subject_id=case_id).order_by("seq")
    return [data.get("verb", "OPEN") for data in rows.values_list("data", flat=True)]


def test_taking_in_before_three_accepts_and_hands_over_in_one_operation() -> None:
    here = world.build()
    case_id, _code = world.filed(here)

    went = taking.take_in(case_id, by=here.clerk, now=MONDAY)

    assert went is True
    assert state(case_id) == State.PROCESSING
    assert verbs(case_id) == ["OPEN", "ACCEPT", "HAND_OVER"]
    moved = Event.objects.filter(subject_id=case_id, verb="case.moved")
    assert len(set(moved.values_list("operation", flat=True))) == 1


def test_taking_in_after_three_leaves_the_papers_with_the_clerk_until_morning() -> None:
    here = world.build()
    case_id, _code = world.filed(here)

    went = taking.take_in(case_id, by=here.clerk, now=AFTER_THREE)

    task = cases.open_task(case_id)
    assert went is False
    assert state(case_id) == State.ACCEPTED
    assert task is not None
    assert (task.step, task.official_id) == ("hand_over", here.clerk.official_id)


def test_who_takes_in_hands_over_even_when_another_clerk_was_in_turn() -> None:
    here = world.build(clerks=2)
    ids = [world.filed(here)[0] for _ in range(4)]

    for case_id in ids:
        taking.take_in(case_id, by=world.holder(here, case_id), now=MONDAY)

    assert {state(case_id) for case_id in ids} == {State.PROCESSING}


def test_taking_in_on_an_old_page_changes_nothing() -> None:
    here = world.build()
    case_id, _code = world.filed(here)

    with pytest.raises(Changed):
        taking.take_in(case_id, seen=99, by=here.clerk, now=MONDAY)

    assert state(case_id) == State.REGISTERED
    assert verbs(case_id) == ["OPEN"]


def test_only_who_holds_a_dossier_takes_it_in() -> None:
    here = world.build()
    case_id, _code = world.filed(here)

    with pytest.raises(NotPermitted):
        taking.take_in(case_id, by=here.specialist, now=MONDAY)

    assert state(case_id) == State.REGISTERED


def walk_in(here: world.World) -> Filing:
    return Filing(
        version_id=here.version_id,
        centre_id=here.centre_id,
        place_id=here.place.pk,
        applicant=Applicant(person_id=0, name="H'Bĭă Ayŭn", pid="900190000777"),
        channel=Channel.COUNTER,
        answers={"paper.k1": "brought"},
    )


def test_a_walk_in_is_registered_once_and_their_papers_go_on_at_once() -> None:
    here = world.build()
    person = NewPerson(name="H'Bĭă Ayŭn", pid="900190000777", sex="F")

    first = taking.receive_walk_in(person, walk_in(here), by=here.clerk, now=MONDAY)
    second = taking.receive_walk_in(person, walk_in(here), by=here.clerk, now=MONDAY)

    assert first.code == "H15.24133.01-20261123-0000001"
    assert second.code == "H15.24133.01-20261123-0000002"
    assert Person.objects.filter(pid="900190000777").count() == 1
    assert state(first.id) == State.PROCESSING
    assert Dossier.objects.get(pk=first.id).answers == {"paper.k1": "brought"}


def test_a_walk_in_is_not_taken_at_an_office_that_has_no_counter() -> None:
    here = world.build()
    person = NewPerson(name="H'Bĭă Ayŭn", pid="900190000777", sex="F")

    with pytest.raises(NotPermitted):
        taking.receive_walk_in(person, walk_in(here), by=here.specialist, now=MONDAY)

    assert not Person.objects.filter(pid="900190000777").exists()
    assert not Case.objects.exists()


def test_several_results_are_signed_at_once_and_a_bad_row_stays_alone() -> None:
    here = world.build()
    rows = [world.proposed(here) for _ in range(3)]
    chosen = [(pk, code, world.version_of(pk)) for pk, code in rows]
    chosen[1] = (*rows[1], 1)

    signed = list(signing.sign_each(chosen, None, by=here.head, now=MONDAY))

    assert [row.code for row in signed] == [code for _pk, code in rows]
    assert [bool(row.refusal) for row in signed] == [False, True, False]
    assert "vừa được người khác cập nhật" in signed[1].refusal
    steps = [Case.objects.get(pk=pk).step for pk, _code in rows]
    assert steps == ["stamp", "sign", "stamp"]


def test_signing_needs_at_least_one_row() -> None:
    with pytest.raises(Invalid):
        signing.check_batch([])


def test_who_does_not_lead_signs_nothing() -> None:
    here = world.build()
    case_id, code = world.proposed(here)

    chosen = [(case_id, code, world.version_of(case_id))]
    signed = list(signing.sign_each(chosen, None, by=here.specialist, now=MONDAY))

    assert signed[0].refusal != ""
    assert Case.objects.get(pk=case_id).step == "sign"


def test_a_leader_gives_a_step_to_a_colleague_of_who_holds_it() -> None:
    here = world.build()
    case_id, _code = world.filed(here)
    taking.take_in(case_id, by=here.clerk, now=MONDAY)
    before = cases.open_task(case_id)
    holder = world.holder(here, case_id)
    other = here.colleague if holder == here.specialist else here.specialist

    to = leading.reassign(
        case_id, other.official_id or 0, "Nghỉ phép từ hôm nay", by=here.head, now=MONDAY
    )

    after = cases.open_task(case_id)
    assert before is not None
    assert after is not None
    assert to.id == other.official_id
    assert (after.official_id, after.step, after.due_at) == (
        other.official_id,
        "appraise",
        before.due_at,
    )
    assert verbs(case_id)[-1] == "REASSIGN"


def test_nobody_but_a_leader_of_the_office_reassigns() -> None:
    here = world.build()
    case_id, _code = world.filed(here)
    taking.take_in(case_id, by=here.clerk, now=MONDAY)

    with pytest.raises(NotPermitted):
        leading.reassign(
            case_id, here.colleague.official_id or 0, "Nghỉ", by=here.specialist, now=MONDAY
        )

    assert verbs(case_id)[-1] == "HAND_OVER"


def test_a_step_is_not_given_to_somebody_in_another_post() -> None:
    here = world.build()
    case_id, _code = world.filed(here)
    taking.take_in(case_id, by=here.clerk, now=MONDAY)

    with pytest.raises(Invalid) as refused:
        leading.reassign(case_id, here.stamp.official_id or 0, "Nghỉ", by=here.head, now=MONDAY)

    assert refused.value.field == "official"


def test_an_apology_on_an_old_page_promises_nothing() -> None:
    here = world.build()
    case_id, _code = world.filed(here)
    taking.take_in(case_id, by=here.clerk, now=MONDAY)

    with pytest.raises(Changed):
        leading.apologise(
            case_id,
            "Chờ trích đo địa chính",
            MONDAY + timedelta(days=10),
            seen=1,
            by=here.head,
            now=MONDAY,
        )

    assert verbs(case_id)[-1] == "HAND_OVER"


def test_papers_handed_in_at_the_counter_end_the_wait() -> None:
    here = world.build()
    case_id, _code = world.filed(here)
    waiting.ask(case_id, ["Giấy ủy quyền"], "Còn thiếu", by=here.clerk, now=MONDAY)

    taking.take_supplement(
        case_id, seen=world.version_of(case_id), by=world.holder(here, case_id), now=MONDAY
    )

    assert state(case_id) == State.ACCEPTED


def test_the_slip_of_a_supplement_is_printed_once_until_the_dossier_moves() -> None:
    here = world.build()
    case_id, code = world.filed(here)
    waiting.ask(case_id, ["Giấy ủy quyền"], "Còn thiếu", by=here.clerk, now=MONDAY)

    first = printing.print_slip(code, Form.MAU_02, by=here.clerk, now=MONDAY)
    again = printing.print_slip(code, Form.MAU_02, by=here.clerk, now=MONDAY)

    assert first.number == "1/BSHS-TTPVHCC"
    assert again.id == first.id


@pytest.mark.parametrize("form", [Form.MAU_03, Form.MAU_05, Form.MAU_06])
def test_each_end_and_way_of_a_dossier_has_its_slip(form: Form) -> None:
    here = world.build()
    case_id, code = world.filed(here)
    if form is Form.MAU_03:
        intake.reject(case_id, "Sai thẩm quyền. Nộp tại Sở.", by=here.clerk, now=MONDAY)
    else:
        taking.take_in(case_id, by=here.clerk, now=MONDAY)
    if form is Form.MAU_05:
        by = world.holder(here, case_id)
        handling.stop(case_id, "Người nộp đề nghị dừng", by=by, now=MONDAY)

    paper = printing.print_slip(code, form, by=here.clerk, now=MONDAY)

    assert paper.form is form


@pytest.mark.parametrize("form", [Form.MAU_02, Form.MAU_03, Form.MAU_05, Form.MAU_06])
def test_a_slip_of_what_did_not_happen_is_refused(form: Form) -> None:
    here = world.build()
    _case_id, code = world.filed(here)

    with pytest.raises(NotNow):
        printing.print_slip(code, form, by=here.clerk, now=MONDAY)


def test_a_stranger_prints_no_slip() -> None:
    here = world.build()
    _case_id, code = world.filed(here)

    with pytest.raises(NotFound):
        printing.print_slip(code, Form.MAU_06, by=here.stranger, now=MONDAY)


def test_the_book_of_a_day_is_printed_with_its_dossiers() -> None:
    here = world.build()
    world.filed(here)

    paper = printing.print_book(here.centre_id, MONDAY.date(), by=here.clerk, now=MONDAY)

    assert paper.form is Form.MAU_07
