"""What the log says, and what it never says."""

import json
import logging

from config.logging import Lines


def _line(message: str, **facts: object) -> dict[str, object]:
    record = logging.makeLogRecord({"name": "sauro", "levelname": "INFO", "msg": message, **facts})
    line: dict[str, object] = json.loads(Lines().format(record))
    return line


def test_a_record_is_one_object_with_its_facts_beside_it() -> None:
    line = _line("could not send notice", notice=31, attempt=2, request=object())

    del line["at"]
    assert line == {
        "level": "INFO",
        "logger": "sauro",
        "said": "could not send notice",
        "notice": 31,
        "attempt": 2,
    }


def test_a_persons_numbers_never_reach_the_log() -> None:
    said = ValueError("Key (pid)=(066191000118) already exists, phone 0905000118")

    line = _line("refused", exc_info=(ValueError, said, None), pid="066191000118")

    assert line["pid"] == "•••"
    assert "Key (pid)=(•••) already exists, phone •••" in str(line["traceback"])


def test_dates_and_amounts_stay_readable() -> None:
    assert _line("on 2026-03-02: 12345678 dong")["said"] == "on 2026-03-02: 12345678 dong"
