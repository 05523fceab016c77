"""What a signed file is worth, judged from what was found in it; the order of signing; codes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sauro.documents.signing import Finding, Verdict, code_of, grouped, judge, tidy_code

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
FOUND = Finding(
    signer="A",
    is_whole=True,
    is_known_issuer=True,
    signed_at=NOW,
    proven_at=NOW,
    since=NOW - timedelta(days=1),
    until=NOW + timedelta(days=1),
    serial="1",
)
LONG_AFTER = NOW + timedelta(days=400)


@pytest.mark.parametrize(
    ("changed", "now", "wanted"),
    [
        ({}, NOW, Verdict.VALID),
        ({}, LONG_AFTER, Verdict.VALID),
        ({"proven_at": None}, LONG_AFTER, Verdict.EXPIRED),
        ({"proven_at": NOW - timedelta(days=2)}, NOW, Verdict.EXPIRED),
        ({"revoked_at": NOW}, NOW, Verdict.REVOKED),
        ({"revoked_at": NOW + timedelta(hours=1)}, LONG_AFTER, Verdict.VALID),
        ({"is_last_word": False}, NOW, Verdict.TAMPERED),
        ({"is_known_issuer": False}, NOW, Verdict.STRANGE),
    ],
)
def test_a_proof_is_judged_at_the_moment_it_can_show(
    changed: dict[str, object], now: datetime, wanted: Verdict
) -> None:
    assert judge([replace(FOUND, **changed)], is_ours=True, now=now) is wanted  # type: ignore[arg-type]


def test_an_unknown_and_a_replaced_paper_are_told_so() -> None:
    assert judge([FOUND], is_ours=False, now=NOW) is Verdict.UNKNOWN
    assert judge([FOUND], is_ours=True, is_replaced=True, now=NOW) is Verdict.REPLACED
    assert judge([], is_ours=False, now=NOW) is Verdict.UNSIGNED


def test_a_code_has_no_letters_that_look_alike_and_reads_back() -> None:
    code = code_of(bytes(range(200, 212)))

    assert len(code) == 12
    assert not set(code) & set("01ILOU")
    assert tidy_code(grouped(code).lower()) == code
