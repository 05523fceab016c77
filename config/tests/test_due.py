"""`sauro due` answers from the data files alone, explains, and refuses in one sentence."""

import json

import pytest

from config import cli


def asked(capsys: pytest.CaptureFixture[str], words: str) -> tuple[int, list[str], str]:
    """Return the exit code, the lines and the refusal of one question."""
    code = cli.main(["due", *words.split()])
    said = capsys.readouterr()
    return code, said.out.splitlines(), said.err


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("--start 2026-02-11 --days 5", "2026-02-25"),
        ("--start 2026-01-07 --days 3", "2026-01-10"),
        ("--start 2026-02-04 --days 15 --unit calendar-days", "2026-02-23"),
        ("--start 2026-02-06 --days 2 --unit weeks", "2026-02-23"),
        ("--start 2026-01-31 --days 1 --unit months", "2026-03-02"),
        ("--start 2024-02-29 --days 1 --unit years", "2025-02-28"),
        ("--start 2026-02-13T15:00 --days 8 --unit hours", "2026-02-23 15:00"),
        ("--start 2026-01-09T16:00 --days 4 --unit hours", "2026-01-10 10:00"),
        ("--start 2026-01-09T16:00 --days 4 --unit hours --way counter", "2026-01-10 11:00"),
        ("--start 2026-02-13T08:00Z --days 8 --unit hours", "2026-02-23 15:00"),
        ("--start 2026-07-01 --days 5 --backward", "2026-06-24"),
        ("--start 2026-02-23T15:00 --days 8 --unit hours --backward", "2026-02-13 15:00"),
        ("--start 2028-01-20 --days 5", "2028-02-03"),
    ],
)
def test_the_answer_is_one_line(
    words: str, answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(capsys, words) == (0, [answer], "")


def test_every_day_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    _code, lines, _refusal = asked(capsys, "--start 2026-11-20 --days 3 --explain")

    assert lines[0] == "2026-11-26"
    assert [" ".join(line.split()) for line in lines[2:]] == [
        "Thứ Sáu, 20/11/2026 không tính Ngày bắt đầu, không tính; Bộ luật Dân sự 2015, Điều 147",
        "Thứ Bảy, 21/11/2026 không tính Nghỉ cuối tuần; Bộ luật Lao động 2019, Điều 111",
        "Chủ Nhật, 22/11/2026 không tính Nghỉ cuối tuần; Bộ luật Lao động 2019, Điều 111",
        "Thứ Hai, 23/11/2026 Ngày thứ 1",
        "Thứ Ba, 24/11/2026 không tính Ngày Văn hóa Việt Nam; Nghị quyết 28/2026/QH16",
        "Thứ Tư, 25/11/2026 Ngày thứ 2",
        "Thứ Năm, 26/11/2026 Ngày thứ 3",
        "",
        "3 ngày làm việc: từ Thứ Sáu, 20/11/2026 đến 17:00 Thứ Năm, 26/11/2026.",
    ]


def test_hours_show_the_openings_they_use(capsys: pytest.CaptureFixture[str]) -> None:
    words = "--start 2026-01-09T16:00 --days 4 --unit hours --explain"

    _code, lines, _refusal = asked(capsys, words)

    assert "tính 60 phút, 16:00 đến 17:00" in lines[2]
    assert "tính 180 phút, 07:00 đến 10:00" in lines[3]


def test_machines_read_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    _code, lines, _refusal = asked(capsys, "--start 2028-01-20 --days 2 --json")

    told = json.loads("\n".join(lines))
    assert told["result"] == "2028-01-31T17:00:00+07:00"
    assert told["term"] == {"value": 2, "unit": "WORKING_DAY"}
    assert sum(day["counts"] for day in told["days"]) == 2
    assert any(day["estimate"] for day in told["days"])


UNITS = ("working-days", "calendar-days", "weeks", "months", "years", "hours")


@pytest.mark.parametrize(
    ("unit", "due", "start"),
    [
        ("working-days", "2026-03-06", "2026-03-02"),
        ("calendar-days", "2026-03-06", "2026-03-02"),
        (
            "weeks",
            "2026-03-18",
            "2026-02-13",
        ),  # two weeks before is Tết: a day to start on is worked
        ("months", "2026-05-04", "2025-12-31"),  # a Sunday, after three days off
        ("years", "2028-03-06", "2024-03-04"),
        ("hours", "2026-03-04 09:00", "2026-03-04 15:00"),
    ],
)
def test_every_unit_is_reckoned_forward_and_backward(
    unit: str, due: str, start: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = f"--start 2026-03-04 --days 2 --unit {unit}"

    forward, backward = asked(capsys, words), asked(capsys, f"{words} --backward")

    assert (forward[1], backward[1]) == ([due], [start])


@pytest.mark.parametrize("back", ["", " --backward"])
@pytest.mark.parametrize("unit", UNITS)
def test_machines_and_people_are_told_the_same_in_every_unit(
    unit: str, back: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = f"--start 2026-03-04 --days 2 --unit {unit}{back}"

    _code, [line], _refusal = asked(capsys, words)
    _code, lines, _refusal = asked(capsys, f"{words} --json")
    told = json.loads("\n".join(lines))

    assert told["result"].replace("T", " ").startswith(line)
    assert told["result"] == (told["start"] if back else told["due"])
    assert told["days"]


def test_the_table_of_the_term_over_tet_names_every_day_off(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _code, lines, _refusal = asked(capsys, "--start 2026-02-11 --days 5 --explain")

    assert lines[0] == "2026-02-25"
    table = [line for line in lines[2:] if "/2026" in line.split(";")[0]]
    assert sum("Ngày thứ" in line for line in table) == 5
    assert sum("Tết" in line for line in table) >= 5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--days 5", "Thiếu --start"),
        ("--start 2026-02-11", "Thiếu --days"),
        ("--start 2026-02-30 --days 5", "Không đọc được ngày “2026-02-30”"),
        ("--start hôm-nay --days 5", "Không đọc được ngày"),
        ("--start 2026-02-11 --days 0", "cần là số nguyên từ 1"),
        ("--start 2026-02-11 --days -3", "cần là số nguyên từ 1"),
        ("--start 2026-02-11 --days 2.5", "cần là số nguyên từ 1"),
        ("--start 2026-02-11 --days 5 --unit moons", "Không hiểu câu hỏi"),
        ("--start 1975-04-30 --days 5", "ngoài lịch làm việc đã biết"),
        ("--start 9999-12-31 --days 10000 --unit years", "ngoài lịch làm việc đã biết"),
        ("--start 2026-02-11 --days 5 --and more", "Không hiểu câu hỏi"),
        ("--start 2026-02-11T25:00 --days 8 --unit hours", "Không đọc được ngày"),
        ("--start 2026-02-11 --days 5 --way drone", "Không hiểu câu hỏi"),
        ("--start 2026-02-11 --days 99999999999", "cần là số nguyên từ 1"),
        ("--start 2024-01-03 --days 900 --backward", "ngoài lịch làm việc đã biết"),
        ("", "Thiếu --start"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(
    words: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines, refusal = asked(capsys, words)

    assert (code, lines) == (2, [])
    assert said in refusal
    assert refusal.count("\n") == 1
