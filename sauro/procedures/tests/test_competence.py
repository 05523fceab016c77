"""Who handles what: the agency named, the level published, the field, in this order."""

from collections import Counter
from collections.abc import Mapping

import pytest

from sauro.procedures.rules import Level, Reading, competence, parse
from sauro.procedures.rules.handlers import HANDLERS
from sauro.procedures.tests.factories import raw


@pytest.mark.parametrize(
    ("code", "level", "unit"),
    [
        ("1.001193", Level.COMMUNE, "van-phong"),
        ("2.000815", Level.COMMUNE, "van-phong"),
        ("2.000635", Level.COMMUNE, "van-phong"),
        ("1.001612", Level.COMMUNE, "phong-kinh-te"),
        ("1.013225", Level.COMMUNE, "phong-kinh-te"),
        ("1.012753", Level.COMMUNE, "phong-kinh-te"),
        ("1.011607", Level.COMMUNE, "phong-van-hoa-xa-hoi"),
        ("1.004222", Level.COMMUNE, "cong-an-xa"),
        ("1.014061", Level.COMMUNE, "cong-an-xa"),
        ("1.013133", Level.COMMUNE, "ban-chi-huy-quan-su-xa"),
        ("1.012787", Level.PROVINCE, "so-nong-nghiep-moi-truong"),
        ("1.011441", Level.PROVINCE, "so-nong-nghiep-moi-truong"),
        ("2.001583", Level.PROVINCE, "so-tai-chinh"),
        ("1.009664", Level.PROVINCE, "so-tai-chinh"),
        ("3.000333", Level.PROVINCE, "cong-an-tinh"),
        ("1.001456", Level.PROVINCE, "cong-an-tinh"),
        ("1.007695", Level.PROVINCE, "thue-tinh"),
        ("1.001613", Level.PROVINCE, "bao-hiem-xa-hoi-tinh"),
        ("1.007863", Level.PROVINCE, "chi-cuc-hai-quan-khu-vuc"),
        ("1.002270", Level.PROVINCE, "thi-hanh-an-dan-su-tinh"),
    ],
)
def test_well_known_procedures_go_where_people_know_them(
    readings: Mapping[str, Reading], code: str, level: Level, unit: str
) -> None:
    found = competence(readings[code].record)

    assert (found.level, found.unit_hint) == (level, unit)


def test_an_answer_says_what_it_follows_from_and_that_nobody_checked_it() -> None:
    found = competence(parse(raw()))

    level, unit = found.explanation.lines
    assert level.fact == "Cấp thực hiện theo công bố: Cấp xã"
    assert level.rule == "Cấp xã giải quyết"
    assert unit.fact == "Lĩnh vực Hộ tịch"
    assert unit.rule == "Văn phòng HĐND và UBND cấp xã xem xét"
    assert unit.source.endswith("(chưa kiểm chứng)")
    assert found.checked is False


def test_a_procedure_of_a_ministry_says_where_it_is_filed() -> None:
    record = parse(raw(level=["Cấp bộ"], implementer=["Cục Hàng không Việt Nam"]))

    found = competence(record)

    assert found.level is Level.MINISTRY
    assert found.unit_hint == ""
    assert found.agency == "Cục Hàng không Việt Nam"
    assert found.explanation.lines[-1].rule.startswith("Nộp tại cơ quan này")


def test_a_court_is_not_of_the_province_whatever_level_is_published() -> None:
    record = parse(raw(level=["Cấp tỉnh", "Cấp xã"], implementer=["Tòa án nhân dân tỉnh"]))

    assert competence(record).level is Level.MINISTRY


def test_the_nearest_level_named_in_the_name_is_taken() -> None:
    record = parse(
        raw(
            name="Đăng ký xe thực hiện tại cấp trung ương, cấp tỉnh, cấp xã",
            promulgator="Bộ Công an",
            level=["Cấp bộ", "Cấp tỉnh", "Cấp xã"],
            implementer=["Công an cấp Xã"],
        )
    )

    assert competence(record).unit_hint == "cong-an-xa"


def test_every_unit_of_the_configuration_has_a_name() -> None:
    for provision in HANDLERS.in_force.values():
        given = provision.value
        units = {rule.unit for rule in given.implementers if rule.unit}
        units |= {unit for _words, unit in (*given.communes, *given.departments)}
        units |= {*given.promulgators.values(), given.usual}
        assert units <= set(given.names)


def test_every_record_has_an_answer_and_only_ministries_have_no_unit(
    readings: Mapping[str, Reading],
) -> None:
    answers = [competence(reading.record) for reading in readings.values()]

    assert all(bool(a.unit_hint) == (a.level is not Level.MINISTRY) for a in answers)
    assert all(len(a.explanation.lines) == 2 for a in answers)
    assert Counter(a.level for a in answers)[Level.COMMUNE] > 300
