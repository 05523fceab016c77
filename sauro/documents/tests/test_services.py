"""Keeping files and papers: once, whole, and with a trace; crashes lose and leave nothing."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from sauro.core.actor import SYSTEM
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotFound, TooLarge
from sauro.documents import jobs, queries, services
from sauro.documents.models import Counter, Paper, StoredFile
from sauro.documents.queries import FileRow
from sauro.documents.rules import Form
from sauro.documents.tests.factories import CODE, FILLED, NUMBERS, acceptance
from sauro.documents.tests.test_uploads import image, pdf
from sauro.events.models import Event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 5, 7, 33, tzinfo=UTC)


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    settings.CLAMAV_SOCKET = ""
    return tmp_path / "files"


def store(content: bytes, name: str = "giay-to.pdf") -> FileRow:
    return services.store(BytesIO(content), name=name, by=SYSTEM, now=NOW)


def on_disk(files: Path) -> list[Path]:
    return sorted(path for path in files.rglob("*") if path.is_file())


def test_a_file_is_kept_under_its_hash_and_can_be_opened(files: Path) -> None:
    kept = store(pdf())

    path, media_type = queries.open_file(kept.id)
    assert path == files / kept.sha256[:2] / kept.sha256[2:4] / kept.sha256
    assert (path.read_bytes(), media_type, kept.size) == (pdf(), "application/pdf", len(pdf()))
    assert queries.file_facts([kept.id])[kept.id].scan_label == "chưa quét mã độc"


def test_the_same_content_is_kept_once_however_often_it_is_sent(files: Path) -> None:
    first, second = store(pdf(), "a.pdf"), store(pdf(), "b.pdf")

    assert (first.id, first.name, second.name) == (second.id, "a.pdf", "b.pdf")
    assert len(on_disk(files)) == 1
    assert list(Event.objects.order_by("seq").values_list("verb", "data__name")) == [
        ("file.stored", "a.pdf"),
        ("file.stored", "b.pdf"),
    ]


def test_what_is_on_the_shelf_is_never_written_again(files: Path) -> None:
    store(pdf())
    before = on_disk(files)[0].stat()

    store(pdf())

    after = on_disk(files)[0].stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_damaged_shelf_is_a_fault_not_a_file(files: Path) -> None:
    kept = store(pdf())
    queries.open_file(kept.id)[0].write_bytes(b"short")

    with pytest.raises(OSError, match="is not what was stored"):
        store(pdf())


@pytest.mark.parametrize(
    ("content", "refusal"), [(b"MZ", Invalid), (b"%" * (10 * 1024 * 1024 + 1), TooLarge)]
)
def test_a_refused_file_leaves_nothing(
    files: Path, content: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        store(content)

    assert not StoredFile.objects.exists()
    assert not Event.objects.exists()
    assert on_disk(files) == []


def test_a_crash_while_writing_leaves_only_an_unfinished_file_that_is_swept(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_self: Path, _target: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as power_cut:
        power_cut.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            store(pdf())
    (left,) = on_disk(files)
    assert left.parent.name == "unfinished"
    assert not StoredFile.objects.exists()

    kept = store(pdf())
    _age(left, hours=7)
    swept = services.sweep(by=SYSTEM, now=NOW)

    assert swept == 1
    assert on_disk(files) == [queries.open_file(kept.id)[0]]


def test_bytes_of_an_undone_command_are_swept_and_those_of_others_are_not(files: Path) -> None:
    kept = store(pdf(1))
    with pytest.raises(Invalid):
        _store_and_refuse(pdf(2))
    for path in on_disk(files):
        _age(path, hours=7)
    assert len(on_disk(files)) == 2

    jobs.sweep(0)
    jobs.sweep(0)

    assert on_disk(files) == [queries.open_file(kept.id)[0]]


def test_what_was_left_a_moment_ago_may_still_be_in_use(files: Path) -> None:
    with pytest.raises(Invalid):
        _store_and_refuse(pdf())
    _age(on_disk(files)[0], hours=5)

    assert services.sweep(by=SYSTEM, now=NOW) == 0
    assert len(on_disk(files)) == 1


@command
def _store_and_refuse(content: bytes) -> None:
    store(content)
    raise Invalid("không")


def _age(path: Path, *, hours: int) -> None:
    then = (NOW - timedelta(hours=hours)).timestamp()
    os.utime(path, (then, then))


def test_a_missing_file_is_not_found() -> None:
    with pytest.raises(NotFound):
        queries.open_file(404)


@pytest.mark.parametrize("size", [1, 20])
def test_facts_about_files_take_one_query(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ids = [store(image("PNG", (10, 10 + n)), "a.png").id for n in range(size)]

    with django_assert_num_queries(1):
        assert len(queries.file_facts(ids)) == size


def issue(form: Form = Form.MAU_01, now: datetime = NOW) -> queries.PaperRow:
    return services.issue(
        form,
        FILLED[form],
        subject="cases.case",
        subject_id=7,
        number=NUMBERS[form],
        by=SYSTEM,
        now=now,
    )


def test_a_paper_is_kept_with_what_it_says_and_who_issued_it() -> None:
    row = issue()

    paper = Paper.objects.get()
    assert (row.form, row.number, row.title) == (
        Form.MAU_01,
        "0117/TTPVHCC",
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    )
    assert row.file_name == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả 0117-TTPVHCC.pdf"
    assert (paper.data["code"], paper.data["due_at"]) == (CODE, "2026-03-10T10:00:00+00:00")
    assert paper.issued_by == "Hệ thống"
    assert queries.open_file(row.file_id)[0].read_bytes().startswith(b"%PDF-1.7")
    assert Event.objects.get().verb == "paper.issued"
    assert queries.paper(row.id) == row


def test_the_papers_of_a_subject_come_oldest_first() -> None:
    later = issue(Form.MAU_02, NOW + timedelta(days=1))
    first = issue(Form.MAU_01)

    assert queries.papers("cases.case", 7) == [first, later]
    assert queries.papers("cases.case", 8) == []


@pytest.mark.parametrize("size", [1, 20])
def test_the_papers_of_a_subject_take_one_query(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(size):
        issue(now=NOW + timedelta(minutes=n))

    with django_assert_num_queries(1):
        assert len(queries.papers("cases.case", 7)) == size


def test_an_unfinished_paper_is_refused_and_leaves_nothing(files: Path) -> None:
    with pytest.raises(Invalid) as refusal:
        services.issue(
            Form.MAU_01,
            acceptance(receiver=""),
            subject="cases.case",
            subject_id=7,
            number="1/T",
            by=SYSTEM,
            now=NOW,
        )

    assert "Người tiếp nhận hồ sơ" in str(refusal.value)
    assert not Paper.objects.exists()
    assert on_disk(files) == []


def test_papers_are_set_one_at_a_time_however_many_ask() -> None:
    from sauro.documents import typesetting  # noqa: PLC0415 - only here

    with ThreadPoolExecutor(4) as many:
        made = list(
            many.map(lambda _: typesetting.pdf(Form.MAU_01, acceptance(), "1/T", NOW), range(8))
        )

    assert len(set(made)) == 1


@command
def number(book: str, on: date) -> int:
    return services.next_number(book, on=on)


@command
def number_and_refuse(book: str, on: date) -> None:
    services.next_number(book, on=on)
    raise Invalid("không")


def test_numbers_run_from_one_in_each_book_and_year() -> None:
    given = [
        number("H15.24133/QĐ", date(2026, 12, 31)),
        number("H15.24133/QĐ", date(2026, 12, 31)),
        number("H15.24133/TB", date(2026, 12, 31)),
        number("H15.24133/QĐ", date(2027, 1, 1)),
    ]

    assert given == [1, 2, 1, 1]


def test_an_undone_command_gives_its_number_back() -> None:
    number("QĐ", date(2026, 1, 5))
    with pytest.raises(Invalid):
        number_and_refuse("QĐ", date(2026, 1, 5))

    assert number("QĐ", date(2026, 1, 5)) == 2


def test_a_number_is_given_inside_a_command_only() -> None:
    with pytest.raises(RuntimeError):
        services.next_number("QĐ", on=date(2026, 1, 5))


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_numbers_without_a_gap_or_a_twin() -> None:
    def ask(_: int) -> int:
        try:
            return number("QĐ", date(2026, 1, 5))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as many:
        given = sorted(many.map(ask, range(24)))

    assert given == list(range(1, 25))
    assert Counter.objects.get().value == 24


@pytest.mark.parametrize(
    "broken",
    [
        {"sha256": "XYZ"},
        {"size": 0},
        {"scan": "PERHAPS"},
    ],
)
def test_the_database_keeps_no_file_that_cannot_be(broken: dict[str, object]) -> None:
    row = {"sha256": "a" * 64, "size": 1, "media_type": "x", "scan": "CLEAN", "created_at": NOW}

    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.create(**{**row, **broken})


@pytest.mark.parametrize("broken", [{"form": "MAU_99"}, {"number": ""}])
def test_the_database_keeps_no_paper_that_cannot_be(broken: dict[str, object]) -> None:
    row = {
        "form": "MAU_01",
        "number": "1",
        "subject": "x",
        "subject_id": 1,
        "data": {},
        "file_id": store(pdf()).id,
        "issued_at": NOW,
        "issued_by": "x",
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.create(**{**row, **broken})
