"""Index 766: the worked example of the spec, real provinces, and what is unknown."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.measures import criteria
from sauro.measures.rules import index766
from sauro.measures.rules.index766 import Count, Score

DOCUMENT, PORTAL = criteria.index_766()


def of(numerator: int, denominator: int) -> Count:
    return Count(Fraction(numerator), Fraction(denominator))


# The counts of the spec's worked example (4.5); 3.3 is already multiplied by the sync ratio.
EXAMPLE = {
    "PUBLISH_ON_TIME": of(95, 100),
    "PUBLIC_UPDATE_ON_TIME": of(90, 100),
    "PUBLIC_CONTENT_FULL": of(100, 100),
    "DOSSIER_SYNC": of(9_800, 10_000),
    "ON_TIME": of(9_700, 10_000),
    "ONLINE_OFFER": of(1_800, 2_000),
    "ONLINE_USED": of(700, 1_000),
    "ONLINE_DOSSIER": of(45, 100),
    "PAY_DOSSIER": of(3_600, 6_000),
    "PAY_TTHC_USED": of(60, 100),
    "PAY_TTHC_INTEGRATED": of(90, 100),
    "E_RESULT": of(82, 100),
    "DIGITISED": of(76, 100),
    "REUSED": of(40, 100),
    "SYNC_STORAGE": of(85, 100),
    "POP_DOSSIER": of(50, 100),
    "POP_TTHC": of(25, 100),
    "E_CERT_COPY": of(60, 100),
    "PETITION_ON_TIME": of(48, 50),
    "PETITION_SATISFIED": of(45, 50),
    "RECEIVE_SATISFIED": of(955, 1_000),
}
# Counts that the portal published on 10 October 2026, and the points it gave.
PROVINCES = {
    "Hải Phòng": (
        {
            "PUBLISH_ON_TIME": of(0, 62),
            "PUBLIC_UPDATE_ON_TIME": of(57, 74),
            "PUBLIC_CONTENT_FULL": of(59, 59),
            "DOSSIER_SYNC": of(614_012, 614_012),
            "ON_TIME": of(645_282, 726_177),
            "E_RESULT": of(621_971, 726_177),
            "DIGITISED": of(224_316, 726_177),
            "REUSED": of(181_565, 726_177),
            "SYNC_STORAGE": of(9_789, 726_177),
            "POP_DOSSIER": of(360_560, 726_177),
            "POP_TTHC": of(425, 1_326),
            "PETITION_ON_TIME": of(455, 856),
            "PETITION_SATISFIED": of(349, 856),
            "RECEIVE_SATISFIED": of(644_988, 726_177),
        },
        {"transparency": 11.08, "progress": 17.77, "digitisation": 10.69, "satisfaction": 11.56},
    ),
    "Tây Ninh": (
        {
            "PUBLISH_ON_TIME": of(1, 48),
            "PUBLIC_UPDATE_ON_TIME": of(44, 46),
            "PUBLIC_CONTENT_FULL": of(47, 47),
            "ON_TIME": of(441_868, 534_466),
            "E_RESULT": of(383_698, 534_466),
            "DIGITISED": of(202_903, 534_466),
            "REUSED": of(271_990, 534_466),
            "SYNC_STORAGE": of(148_928, 534_466),
            "POP_DOSSIER": of(339_698, 534_466),
            "POP_TTHC": of(426, 1_306),
            "PETITION_ON_TIME": of(280, 510),
            "PETITION_SATISFIED": of(225, 510),
            "RECEIVE_SATISFIED": of(441_609, 534_466),
        },
        {"transparency": 11.95, "progress": 16.53, "digitisation": 12.13, "satisfaction": 11.45},
    ),
    "Lạng Sơn": (
        {
            "PUBLISH_ON_TIME": of(0, 49),
            "PUBLIC_UPDATE_ON_TIME": of(48, 49),
            "PUBLIC_CONTENT_FULL": of(48, 48),
            "ON_TIME": of(188_485, 207_216),
            "E_RESULT": of(154_690, 207_216),
            "DIGITISED": of(52_321, 207_216),
            "REUSED": of(41_233, 207_216),
            "SYNC_STORAGE": of(2_880, 207_216),
            "POP_DOSSIER": of(131_570, 207_216),
            "POP_TTHC": of(261, 1_308),
            "PETITION_ON_TIME": of(25, 64),
            "PETITION_SATISFIED": of(23, 64),
            "RECEIVE_SATISFIED": of(188_452, 207_216),
        },
        {"transparency": 11.92, "progress": 18.19, "digitisation": 9.72, "satisfaction": 10.50},
    ),
}


def groups(score: Score) -> dict[str, float | None]:
    return {g.group.key: None if g.value is None else float(g.value) for g in score.groups}


def one(code: str, numerator: int, denominator: int) -> float | None:
    criterion = PORTAL.named(code)
    assert criterion is not None
    value = index766.points(criterion, of(numerator, denominator)).value
    return None if value is None else float(value)


def test_the_worked_example_gives_86_10_and_86_86_with_the_other_threshold() -> None:
    by_portal, by_document = index766.score(PORTAL, EXAMPLE), index766.score(DOCUMENT, EXAMPLE)

    assert groups(by_portal) == {
        "transparency": 17.18,
        "progress": 19.4,
        "online": 10.2,
        "payment": 7.1,
        "digitisation": 15.06,
        "satisfaction": 17.16,
    }
    assert by_portal.value == Fraction("86.10")
    assert by_document.value == Fraction("86.86")


@pytest.mark.parametrize("name", PROVINCES)
def test_a_province_gets_the_points_that_the_portal_gave_it(name: str) -> None:
    counts, published = PROVINCES[name]

    given_points = groups(index766.score(PORTAL, counts))

    assert {key: given_points[key] for key in published} == published


def test_edges_without_a_denominator_are_what_the_document_says() -> None:
    assert one("PETITION_ON_TIME", 0, 0) == 6
    assert one("PETITION_SATISFIED", 0, 0) == 6
    assert one("RECEIVE_SATISFIED", 0, 0) == 0
    assert one("DOSSIER_SYNC", 0, 0) == 0
    assert one("ONLINE_DOSSIER", 50, 100) == 6
    assert one("ONLINE_DOSSIER", 49, 100) == 5.88


def test_a_group_with_a_criterion_unknown_is_said_to_be_unknown_within_bounds() -> None:
    payment = next(
        group
        for group in index766.score(
            PORTAL, {"PAY_DOSSIER": of(9, 10), "PAY_TTHC_USED": of(1, 2)}
        ).groups
        if group.group.key == "payment"
    )

    assert payment.value is None
    assert (payment.known, payment.at_most) == (Fraction("6.65"), Fraction("8.65"))
    assert "3.5" in payment.unknown


def test_the_version_in_force_is_that_of_the_day() -> None:
    known = criteria.index_766()

    assert index766.in_force(known, date(2025, 12, 31)).key == "2022"
    assert index766.in_force(known, date(2026, 1, 1)).key == "2026"
    with pytest.raises(LookupError):
        index766.in_force(known, date(2022, 7, 31))


def test_the_maxima_of_the_groups_make_a_hundred() -> None:
    assert sum(group.max for group in PORTAL.groups) == 100


@given(
    st.sampled_from([criterion.code for criterion in PORTAL.criteria]),
    st.integers(0, 10**7),
    st.integers(0, 10**7),
    st.integers(1, 10**7),
)
def test_more_done_never_gives_fewer_points_and_never_more_than_the_maximum(
    code: str, done: int, more: int, total: int
) -> None:
    criterion = PORTAL.named(code)
    assert criterion is not None

    less = index766.points(criterion, of(done, total)).value
    greater = index766.points(criterion, of(done + more, total)).value

    assert less is not None
    assert greater is not None
    assert 0 <= less <= greater <= criterion.max
