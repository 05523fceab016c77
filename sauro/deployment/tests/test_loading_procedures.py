"""Loading the catalogue of procedures, and the command that loads everything."""

import gzip
import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from sauro.deployment import loading, loading_procedures
from sauro.deployment.loading import Dataset, Step
from sauro.deployment.loading_report import NAME
from sauro.deployment.management.commands.load import Command
from sauro.procedures import queries as procedures

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DATASETS = (Dataset("procedures", "Thủ tục", loading_procedures.load),)
TITLES = """code,name,field,promulgator,implementer,levels,has_full,in_2025_04,in_2026_07,status
1.001193,Đăng ký khai sinh,Hộ tịch,Bộ Tư pháp,,Cấp xã,1,1,1,current_2026_07
1.002211,Công nhận hòa giải viên,Phổ biến pháp luật,Bộ Tư pháp,,,0,1,0,listed_2025_04_unverified
1.000051,Báo cáo định kỳ,Công nghệ thông tin,Bộ Công an,,,0,1,0,gone_by_2026_07
"""


def record(code: str, name: str, **more: object) -> str:
    given: dict[str, object] = {
        "code": code,
        "name": name,
        "field": "Hộ tịch",
        "promulgator": "Bộ Tư pháp",
        "level": ["Cấp xã"],
        "source": "kiểm thử",
        "snapshot": "2026-07",
    }
    return json.dumps({**given, **more}, ensure_ascii=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "procedures").mkdir(parents=True)
    write(folder, loading_procedures.TITLES, TITLES)
    write(folder, loading_procedures.RECORDS, record("1.001193", "Đăng ký khai sinh"))
    return folder


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_bytes(gzip.compress(text.encode()))


def load(data: Path) -> Step:
    [step] = loading.load(
        data,
        data.parent / "var",
        now=NOW,
        began=lambda _dataset: None,
        ended=lambda _step: None,
        datasets=DATASETS,
    )
    return step


def rejected(data: Path) -> list[tuple[str, int, str]]:
    lines = (data.parent / "var" / NAME).read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    return [
        (entry["file"], entry["row"], entry["reason"])
        for entry in entries
        if entry["kind"] == "rejected"
    ]


def test_records_come_with_content_and_names_without(data: Path) -> None:
    step = load(data)

    found = procedures.counts()
    assert (step.outcome.total, step.outcome.added, step.refusal) == (3, 3, "")
    assert (found.full, found.listed, found.gone) == (1, 1, 1)
    assert rejected(data) == []


def test_a_second_load_changes_nothing(data: Path) -> None:
    load(data)

    step = load(data)

    assert (step.outcome.total, step.outcome.added, step.outcome.changed) == (3, 0, 0)


def test_a_changed_record_is_a_change_of_one(data: Path) -> None:
    load(data)
    changed = record("1.001193", "Đăng ký khai sinh", requirements="Có giấy chứng sinh")
    write(data, loading_procedures.RECORDS, changed)

    step = load(data)

    assert (step.outcome.added, step.outcome.changed) == (0, 1)
    assert procedures.counts().versions == 2


def test_bad_rows_are_left_out_and_reported_with_their_line(data: Path) -> None:
    good = record("1.001193", "Đăng ký khai sinh")
    lines = [good, good, '{"code": "1.00', record("1193", "Sai mã"), record("1.000999", " ")]
    write(data, loading_procedures.RECORDS, "\n".join(lines))
    write(data, loading_procedures.TITLES, TITLES + TITLES.splitlines()[2] + "\n")

    step = load(data)

    assert step.outcome.total == 3
    assert sorted(rejected(data)) == [
        (loading_procedures.TITLES, 5, "duplicate"),
        (loading_procedures.RECORDS, 2, "code"),
        (loading_procedures.RECORDS, 3, "broken_json"),
        (loading_procedures.RECORDS, 4, "code"),
        (loading_procedures.RECORDS, 5, "name"),
    ]


@pytest.mark.parametrize("name", [loading_procedures.TITLES, loading_procedures.RECORDS])
def test_a_file_that_broke_off_is_refused_and_nothing_is_loaded(data: Path, name: str) -> None:
    whole = (data / name).read_bytes()
    (data / name).write_bytes(whole[: len(whole) // 2])

    step = load(data)

    assert "không giải nén được" in step.refusal
    assert procedures.counts().versions == 0
    assert procedures.counts().listed == 0


def test_a_list_without_a_column_is_refused(data: Path) -> None:
    write(data, loading_procedures.TITLES, TITLES.replace(",status\n", "\n"))

    assert "thiếu cột: status" in load(data).refusal


def test_the_command_says_what_is_wrong_and_leaves_with_one(
    tmp_path: Path, settings: Settings
) -> None:
    settings.VAR_DIR = tmp_path / "var"
    out, complaints = StringIO(), StringIO()

    with pytest.raises(SystemExit) as left:
        call_command(Command(stdout=out, stderr=complaints), data=tmp_path / "nowhere")

    assert left.value.code == 1
    assert "Đơn vị hành chính          chưa nạp" in out.getvalue()
    assert "Không mở được tệp dữ liệu “sources.csv”" in complaints.getvalue()
    assert "0 thay đổi" in out.getvalue()


def test_the_report_counts_what_is_there_and_why_rows_are_not(
    data: Path, settings: Settings
) -> None:
    settings.VAR_DIR = data.parent / "var"
    lines = [record("1.001193", "Đăng ký khai sinh"), "{"]
    write(data, loading_procedures.RECORDS, "\n".join(lines))
    load(data)
    out = StringIO()

    call_command(Command(stdout=out), report=True)

    text = out.getvalue()
    assert "        1  thủ tục có đủ nội dung (1 phiên bản)" in text
    assert "        0  tỉnh, thành phố (0 đã kết thúc)" in text
    assert "        1  Loại: procedures, broken_json" in text
