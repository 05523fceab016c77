"""Loading, publishing, withdrawing: nothing is overwritten, nothing is done twice."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from sauro.core.actor import SYSTEM
from sauro.core.errors import Invalid, NotFound, NotNow
from sauro.events import queries as events
from sauro.procedures import queries, services
from sauro.procedures.models import Edition, Procedure, ProcedureVersion
from sauro.procedures.rules import Status
from sauro.procedures.services import Loaded
from sauro.procedures.tests.factories import ProcedureFactory, VersionFactory, raw, title

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LISTED = title("1.005099", "Chuyển trường đối với học sinh tiểu học")


def load(*records: dict[str, object], titles: tuple[dict[str, str], ...] = (LISTED,)) -> Loaded:
    return services.load_catalogue(records, titles, by=SYSTEM, now=NOW)


def test_a_load_keeps_records_as_versions_and_names_without() -> None:
    loaded = load(raw())

    assert (loaded.added, loaded.changed, loaded.same) == (2, 0, 0)
    version = ProcedureVersion.objects.get()
    assert version.procedure.code == "1.001193"
    assert (version.number, version.since, version.until) == (1, date(2026, 7, 1), None)
    assert version.record == raw()
    listed = Procedure.objects.get(code="1.005099")
    assert (listed.status, listed.has_full) == (Status.LISTED, False)


def test_a_second_load_of_the_same_changes_nothing_and_records_nothing() -> None:
    load(raw())
    before = events.count()

    loaded = load(raw())

    assert (loaded.added, loaded.changed, loaded.same) == (0, 0, 2)
    assert ProcedureVersion.objects.count() == 1
    assert Edition.objects.count() == 1
    assert events.count() == before


def test_a_changed_record_becomes_a_new_version_and_the_old_one_stays_as_it_was() -> None:
    load(raw())

    loaded = load(raw(decision="999/QĐ-BTP", snapshot="2026-10"))

    assert (loaded.added, loaded.changed, loaded.same) == (0, 1, 1)
    old, new = ProcedureVersion.objects.order_by("number")
    assert (old.decision, old.until) == ("163/QĐ-BTP", date(2026, 10, 1))
    assert (new.decision, new.since, new.until) == ("999/QĐ-BTP", date(2026, 10, 1), None)


def test_what_a_load_does_not_give_is_left_alone() -> None:
    load(raw())

    loaded = load(titles=())

    assert (loaded.added, loaded.changed, loaded.same) == (0, 0, 0)
    assert queries.procedure("1.001193").status is Status.CURRENT


def test_a_bare_name_does_not_take_away_content() -> None:
    load(raw())

    load(titles=(title("1.001193", "Tên trong danh mục"),))

    assert queries.procedure("1.001193").has_full is True
    assert queries.procedure("1.001193").name == "Thủ tục đăng ký khai sinh"


def test_a_list_that_says_gone_makes_it_gone_and_keeps_the_content() -> None:
    load(raw())

    load(titles=(title("1.001193", "Khai sinh", status="gone_by_2026_07"),))

    page = queries.procedure("1.001193")
    assert (page.status, page.gone_on, page.has_full) == (Status.GONE, date(2026, 7, 1), True)


def test_a_load_turns_away_what_cannot_be_read_and_takes_the_rest() -> None:
    loaded = load(raw(), raw(code="không mã"))

    assert [finding.key for finding in loaded.rejected] == ["không mã"]
    assert loaded.added == 2


def test_a_load_is_one_edition_with_one_event() -> None:
    load(raw())

    edition = Edition.objects.get()
    history = events.history("procedures.edition", edition.pk)
    assert [(line.verb, line.data) for line in history] == [
        ("procedures.catalogue_changed", {"added": 2, "changed": 0, "withdrawn": 0})
    ]


@pytest.mark.parametrize("size", [1, 20])
def test_a_load_takes_the_same_statements_for_one_and_for_twenty(
    size: int, django_assert_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    with django_assert_num_queries(8):
        load(*(raw(f"1.2{n:05}") for n in range(size)), titles=())


def test_publishing_ends_the_version_before_and_is_recorded() -> None:
    load(raw())

    version_id = services.publish_version(
        "1.001193", raw(decision="9/QĐ"), since=date(2027, 1, 1), by=SYSTEM, now=NOW
    )

    page = queries.procedure("1.001193")
    assert (page.version_id, page.number, page.record.decision) == (version_id, 2, "9/QĐ")
    assert ProcedureVersion.objects.get(number=1).until == date(2027, 1, 1)
    procedure = Procedure.objects.get(code="1.001193")
    assert [line.verb for line in events.history("procedures.procedure", procedure.pk)] == [
        "procedure.version_published"
    ]


def test_publishing_gives_a_listed_procedure_its_content() -> None:
    load()

    services.publish_version(
        "1.005099", raw("1.005099", "Chuyển trường"), since=date(2026, 12, 1), by=SYSTEM, now=NOW
    )

    assert queries.procedure("1.005099").status is Status.CURRENT


def test_publishing_what_is_in_force_is_refused_and_changes_nothing() -> None:
    load(raw())

    with pytest.raises(NotNow):
        services.publish_version("1.001193", raw(), since=date(2027, 1, 1), by=SYSTEM, now=NOW)

    assert ProcedureVersion.objects.get().until is None


@pytest.mark.parametrize(
    ("record", "since", "field"),
    [
        (raw("1.000894", "Kết hôn"), date(2027, 1, 1), "code"),
        (raw(name=""), date(2027, 1, 1), "name"),
        (raw(decision="9/QĐ"), date(2020, 1, 1), "since"),
    ],
)
def test_publishing_what_does_not_fit_is_refused_and_changes_nothing(
    record: dict[str, object], since: date, field: str
) -> None:
    load(raw())

    with pytest.raises(Invalid) as refusal:
        services.publish_version("1.001193", record, since=since, by=SYSTEM, now=NOW)

    assert refusal.value.field == field
    assert ProcedureVersion.objects.count() == 1


def test_publishing_for_an_unknown_code_is_refused() -> None:
    with pytest.raises(NotFound):
        services.publish_version("1.999999", raw(), since=date(2027, 1, 1), by=SYSTEM, now=NOW)


def withdraw(on: date = date(2027, 1, 1)) -> int:
    return services.withdraw("1.001193", on=on, reason="Bãi bỏ", by=SYSTEM, now=NOW)


def test_a_withdrawn_procedure_is_gone_but_its_versions_stay() -> None:
    load(raw())
    version_id = queries.procedure("1.001193").version_id

    procedure_id = withdraw()

    page = queries.version(version_id)
    assert (page.status, page.gone_on, page.until) == (
        Status.GONE,
        date(2027, 1, 1),
        date(2027, 1, 1),
    )
    assert page.record.name == "Thủ tục đăng ký khai sinh"
    last = events.history("procedures.procedure", procedure_id)[-1]
    assert (last.verb, last.data["reason"]) == ("procedure.withdrawn", "Bãi bỏ")


def test_withdrawing_twice_is_refused() -> None:
    load(raw())
    withdraw()

    with pytest.raises(NotNow):
        withdraw()


def test_withdrawing_before_the_version_began_is_refused() -> None:
    load(raw())

    with pytest.raises(NotNow):
        withdraw(date(2020, 1, 1))

    assert queries.procedure("1.001193").status is Status.CURRENT


@pytest.mark.parametrize(
    ("constraint", "given"),
    [
        ("procedure_code_is_national", {"code": "1001193"}),
        ("procedure_has_a_name", {"name": "", "folded": ""}),
        ("procedure_status_is_known", {"status": "MAYBE"}),
        ("procedure_levels_are_known", {"levels": ["DISTRICT"]}),
        ("procedure_gone_has_a_day", {"status": "GONE"}),
        ("procedure_current_has_its_content", {"has_full": False}),
    ],
)
def test_the_database_keeps_what_always_holds_of_a_procedure(
    constraint: str, given: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ProcedureFactory.create(**given)


@pytest.mark.parametrize(
    ("constraint", "given"),
    [
        ("version_is_numbered_from_one", {"number": 0}),
        ("version_ends_after_it_begins", {"until": date(2020, 1, 1)}),
        ("version_says_its_source", {"source": ""}),
    ],
)
def test_the_database_keeps_what_always_holds_of_a_version(
    constraint: str, given: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        VersionFactory.create(**given)


def test_only_one_version_is_in_force() -> None:
    version = VersionFactory.create()

    with pytest.raises(IntegrityError, match="version_in_force_is_one"), transaction.atomic():
        VersionFactory.create(procedure=version.procedure, number=2)
    with pytest.raises(IntegrityError, match="version_has_its_own_number"), transaction.atomic():
        VersionFactory.create(procedure=version.procedure, until=date(2027, 1, 1))
