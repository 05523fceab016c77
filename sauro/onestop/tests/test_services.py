"""A dossier's whole way through the commands, and everything that is refused on it."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from sauro.cases import checking
from sauro.cases import queries as cases
from sauro.cases.models import Case, Task
from sauro.core.actor import VISITOR, Actor
from sauro.core.errors import Changed, Invalid, NotFound, NotNow, NotPermitted
from sauro.events import queries as events
from sauro.onestop import plans, queries, rules
from sauro.onestop.models import Draft, SupplementRequest
from sauro.onestop.rules import Channel, Outcome, State
from sauro.onestop.services import filing, handling, intake, returning, waiting
from sauro.onestop.services.filing import Answers
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.steps import LATER, REASON, accepted, appraised, done, refused, state
from sauro.onestop.tests.world import MONDAY, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return worlds.build()


def test_a_filing_waits_for_the_clerk_of_the_chosen_centre(world: World) -> None:
    case_id, code = worlds.filed(world)

    assert code == "H15.24133.01-20261123-0000001"
    assert rules.SHAPE.match(code)
    case = Case.objects.get(pk=case_id)
    assert (case.state, case.step) == (State.REGISTERED, "receive")
    assert case.due_at == datetime(2026, 11, 25, 1, tzinfo=UTC)  # 8 working hours, 24/11 is off
    assert case.promised_at is None
    assert worlds.holder(world, case_id) == world.clerk


def test_accepting_starts_the_legal_time_and_gives_the_promise(world: World) -> None:
    case_id = accepted(world)

    case = Case.objects.get(pk=case_id)
    assert (case.state, case.step, case.started_at) == (State.ACCEPTED, "hand_over", MONDAY)
    promise = datetime(2026, 11, 27, 10, tzinfo=UTC)  # 3 working days, 24/11 is a holiday
    assert (case.promised_at, case.legal_due_at, case.due_at) == (promise,) * 3


def test_papers_at_the_counter_are_accepted_at_once(world: World) -> None:
    person = worlds.citizen()
    given = worlds.given(world, person, Channel.COUNTER)

    opened = filing.receive(given, by=world.clerk, now=MONDAY)

    assert state(opened.id) == State.ACCEPTED
    assert checking.broken() == []


def test_only_the_clerks_of_a_centre_receive_at_its_counter(world: World) -> None:
    given = worlds.given(world, worlds.citizen(), Channel.COUNTER)

    with pytest.raises(NotPermitted):
        filing.receive(given, by=world.stranger, now=MONDAY)

    assert Case.objects.count() == 0


def test_a_dossier_goes_from_filing_to_a_rated_result(world: World) -> None:
    person = worlds.citizen()
    case_id = done(world, person)

    case = Case.objects.get(pk=case_id)
    assert (case.state, case.outcome, case.finished_at) == (State.DONE, Outcome.GRANTED, LATER)

    returning.hand_back(case_id, by=world.clerk, now=LATER)
    returning.rate(case_id, 5, "Nhanh gọn", by=person, now=LATER)

    assert state(case_id) == State.RETURNED
    assert cases.open_task(case_id) is None
    steps = Task.objects.filter(case_id=case_id).order_by("pk").values_list("step", flat=True)
    assert list(steps) == ["receive", "hand_over", "appraise", "sign", "stamp", "return"]
    assert checking.broken() == []


@pytest.mark.parametrize("size", [1, 8])
def test_the_lists_of_a_person_ask_once_however_long_they_are(
    world: World, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = worlds.citizen()
    for _number in range(size):
        worlds.filed(world, person)
        filing.start_draft(world.version_id, by=person, now=MONDAY)

    with django_assert_num_queries(1):
        assert len(queries.dossiers_of(person.person_id or 0)) == size
    with django_assert_num_queries(1):
        assert plans.drafts_of(person.person_id or 0)


def test_every_task_on_the_way_has_its_six_clarities(world: World) -> None:
    case_id = done(world)

    for task in cases.tasks(case_id):
        assert all([task.official_id, task.work, task.office_id, task.head_id, task.product])
        assert task.due_at > task.opened_at


def test_a_refusal_to_grant_is_signed_and_given_like_any_result(world: World) -> None:
    case_id = done(world, outcome=Outcome.REFUSED)

    assert Case.objects.get(pk=case_id).outcome == Outcome.REFUSED


def test_a_supplement_is_asked_once_and_the_term_starts_again(world: World) -> None:
    person = worlds.citizen()
    case_id = appraised(world, person)
    appraiser = worlds.holder(world, case_id)

    waiting.ask(case_id, ["Văn bản ủy quyền"], REASON, by=appraiser, now=LATER)

    case = Case.objects.get(pk=case_id)
    assert (case.state, case.paused_at) == (State.SUPPLEMENT_REQUESTED, LATER)
    friday = datetime(2026, 11, 27, 2, tzinfo=UTC)
    waiting.complete(case_id, by=person, now=friday)
    case = Case.objects.get(pk=case_id)
    assert (case.state, case.step, case.paused_at) == (State.PROCESSING, "appraise", None)
    assert case.promised_at == datetime(2026, 12, 2, 10, tzinfo=UTC)
    again = refused(
        NotNow,
        case_id,
        lambda: waiting.ask(case_id, ["Nữa"], REASON, by=appraiser, now=friday),
    )
    assert again.startswith("Hồ sơ này đã yêu cầu bổ sung một lần.")


def test_a_supplement_at_intake_leaves_the_legal_time_not_started(world: World) -> None:
    person = worlds.citizen()
    case_id, _code = worlds.filed(world, person)
    waiting.ask(case_id, ["Giấy chứng sinh"], REASON, by=world.clerk, now=MONDAY)

    assert Case.objects.get(pk=case_id).started_at is None

    waiting.complete(case_id, by=person, now=LATER)

    case = Case.objects.get(pk=case_id)
    assert (case.state, case.started_at) == (State.ACCEPTED, LATER)


@pytest.mark.parametrize(("items", "reason"), [([], REASON), (["  "], REASON), (["Giấy"], "")])
def test_a_supplement_says_what_and_why(world: World, items: list[str], reason: str) -> None:
    case_id, _code = worlds.filed(world)

    refused(
        Invalid,
        case_id,
        lambda: waiting.ask(case_id, items, reason, by=world.clerk, now=MONDAY),
    )

    assert SupplementRequest.objects.count() == 0


def test_a_rejected_filing_ends_with_its_reason(world: World) -> None:
    case_id, _code = worlds.filed(world)

    intake.reject(case_id, "Không thuộc thẩm quyền.", by=world.clerk, now=MONDAY)

    assert state(case_id) == State.REJECTED
    assert events.history("cases.case", case_id)[-1].data["note"] == "Không thuộc thẩm quyền."


def test_one_takes_back_a_filing_that_was_not_accepted_yet(world: World) -> None:
    person = worlds.citizen()
    case_id, _code = worlds.filed(world, person)

    intake.cancel(case_id, by=person, now=LATER)

    assert state(case_id) == State.WITHDRAWN


def test_a_withdrawal_of_an_accepted_dossier_moves_nothing_until_agreed(world: World) -> None:
    person = worlds.citizen()
    case_id = appraised(world, person)
    appraiser = worlds.holder(world, case_id)
    refused(NotNow, case_id, lambda: waiting.agree_withdrawal(case_id, by=appraiser, now=LATER))

    waiting.ask_withdrawal(case_id, "Đổi ý", by=person, now=LATER)

    assert state(case_id) == State.PROCESSING
    waiting.agree_withdrawal(case_id, by=appraiser, now=LATER)
    assert state(case_id) == State.WITHDRAWN


def test_a_signer_sends_a_draft_back_with_the_reason(world: World) -> None:
    case_id = appraised(world)
    appraiser = worlds.holder(world, case_id)
    handling.propose(case_id, Outcome.GRANTED, "Đề nghị cấp.", by=appraiser, now=LATER)

    handling.send_back(case_id, "Thiếu căn cứ.", by=world.head, now=LATER)

    assert Case.objects.get(pk=case_id).step == "appraise"
    assert worlds.holder(world, case_id) == appraiser


def test_a_result_with_a_mistake_is_taken_back_and_the_promise_stays(world: World) -> None:
    case_id = done(world)
    promise = Case.objects.get(pk=case_id).promised_at

    returning_clerk = worlds.holder(world, case_id)
    handling.reopen(case_id, "Sai ngày sinh.", by=returning_clerk, now=LATER)

    case = Case.objects.get(pk=case_id)
    assert (case.state, case.step, case.outcome) == (State.PROCESSING, "appraise", "")
    assert (case.promised_at, case.finished_at) == (promise, None)


def test_a_late_dossier_is_apologised_for_once_with_one_new_promise(world: World) -> None:
    case_id = appraised(world)
    late = datetime(2026, 11, 30, 2, tzinfo=UTC)
    new = datetime(2026, 12, 4, 10, tzinfo=UTC)

    returning.apologise(case_id, "Chờ ý kiến thẩm định.", new, by=world.head, now=late)

    case = Case.objects.get(pk=case_id)
    assert (case.promised_at, case.legal_due_at) == (new, datetime(2026, 11, 27, 10, tzinfo=UTC))
    said = refused(
        NotNow,
        case_id,
        lambda: returning.apologise(
            case_id, "Lần nữa.", new + timedelta(days=1), by=world.head, now=late
        ),
    )
    assert "hẹn lại một lần" in said
    assert checking.broken() == []


def test_a_rating_is_given_once_by_the_applicant_when_there_is_a_result(world: World) -> None:
    person = worlds.citizen()
    early = appraised(world, person)
    refused(NotNow, early, lambda: returning.rate(early, 5, "", by=person, now=LATER))
    case_id = done(world, person)

    returning.rate(case_id, 4, "", by=person, now=LATER)

    refused(NotNow, case_id, lambda: returning.rate(case_id, 1, "", by=person, now=LATER))
    refused(
        NotPermitted, case_id, lambda: returning.rate(case_id, 1, "", by=world.clerk, now=LATER)
    )


class TestDrafts:
    def _ready(self, world: World, person: Actor) -> str:
        key = filing.start_draft(world.version_id, by=person, now=MONDAY)
        chosen = Answers(centre_id=world.centre_id, place_id=world.place.pk)
        filing.answer(key, chosen, seen=1, by=person, now=MONDAY)
        return key

    def test_a_draft_sent_twice_is_one_dossier(self, world: World) -> None:
        person = worlds.citizen()
        key = self._ready(world, person)

        first = filing.submit(key, by=person, now=MONDAY)
        second = filing.submit(key, by=person, now=LATER)

        assert first == second
        assert Case.objects.count() == 1

    def test_a_draft_without_a_centre_or_a_place_is_not_sent(self, world: World) -> None:
        person = worlds.citizen()
        key = filing.start_draft(world.version_id, by=person, now=MONDAY)

        with pytest.raises(Invalid, match="Chọn Trung tâm nhận hồ sơ"):
            filing.submit(key, by=person, now=MONDAY)

        assert Case.objects.count() == 0

    def test_a_strangers_draft_is_not_there(self, world: World) -> None:
        key = self._ready(world, worlds.citizen())
        stranger = worlds.citizen("Lê Văn Lạ")

        for attempt in (
            lambda: filing.submit(key, by=stranger, now=MONDAY),
            lambda: queries.draft(stranger, key),
            lambda: filing.submit("not-a-key", by=stranger, now=MONDAY),
        ):
            with pytest.raises(NotFound, match="Không có bản nháp này"):
                attempt()

        assert Case.objects.count() == 0

    def test_a_page_saved_elsewhere_is_refused_and_keeps_what_was_saved(self, world: World) -> None:
        person = worlds.citizen()
        key = self._ready(world, person)

        with pytest.raises(Changed, match="chưa ghi gì"):
            filing.answer(key, Answers(values={"phone": "0"}), seen=1, by=person, now=MONDAY)

        assert "phone" not in Draft.objects.get(key=key).answers

    def test_a_visitor_has_no_draft(self, world: World) -> None:
        with pytest.raises(NotPermitted, match="Đăng nhập"):
            filing.start_draft(world.version_id, by=VISITOR, now=MONDAY)

    def test_beginning_again_takes_up_the_unsent_draft(self, world: World) -> None:
        person = worlds.citizen()

        first = filing.start_draft(world.version_id, by=person, now=MONDAY)
        second = filing.start_draft(world.version_id, by=person, now=LATER)

        assert first == second


class TestSeeing:
    def test_the_applicant_and_the_offices_of_a_dossier_see_it(self, world: World) -> None:
        person = worlds.citizen()
        _case_id, code = worlds.filed(world, person)

        for actor in (person, world.clerk, world.specialist, world.head):
            assert queries.dossier_for(actor, code).code == code

    def test_a_strangers_code_and_a_wrong_one_are_answered_alike(self, world: World) -> None:
        _case_id, code = worlds.filed(world)
        stranger = worlds.citizen("Lê Văn Lạ")

        said = set()
        for actor in (stranger, world.stranger, VISITOR):
            for typed in (code, "H15.24133.01-20261123-9999999"):
                with pytest.raises(NotFound) as refusal:
                    queries.dossier_for(actor, typed)
                said.add(str(refusal.value))

        assert said == {"Không có hồ sơ nào với mã này. Xem lại mã in dưới mã QR."}

    def test_the_code_and_four_digits_open_the_tracking(self, world: World) -> None:
        _case_id, code = worlds.filed(world)

        assert queries.may_track(code.lower(), "0001")
        assert not queries.may_track(code, "9999")
        assert not queries.may_track("H15-x", "0001")
        assert queries.dossier_for(VISITOR, code, shown=frozenset({code})).code == code

    def test_search_finds_without_marks_and_only_in_ones_offices(self, world: World) -> None:
        person = worlds.citizen("Y Bhĭŏ Ayŭn")
        _case_id, code = worlds.filed(world, person)

        assert [row.code for row in queries.search(world.clerk, "bhio ayun")] == [code]
        assert [row.code for row in queries.search(world.clerk, code[-7:])] == [code]
        assert queries.search(world.stranger, "bhio ayun") == []
        assert queries.search(person, "bhio ayun") == []
