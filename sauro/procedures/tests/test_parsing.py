"""Reading records: what the source says is kept, what it garbled is mended and reported."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given as having
from hypothesis import strategies as st

from sauro.core.errors import Invalid
from sauro.core.workdays import Term, Unit
from sauro.procedures.rules import Channel, Fee, FeeKind, Law, Level, Reading, parse, read
from sauro.procedures.tests.factories import raw


def method(**given: Any) -> dict[str, Any]:  # noqa: ANN401
    base = {"channel": "direct", "duration": 1, "unit": "working_day", "fees": [], "note": ""}
    return {**base, **given}


def paper(name: str, original: int | None = 1, copy: int | None = 0) -> dict[str, Any]:
    return {"name": name, "original": original, "copy": copy, "form": ""}


def papers(*items: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"case": "", "items": list(items)}]


def fees(*given: tuple[int | None, str | None, str]) -> tuple[Fee, ...]:
    rows = [{"amount": amount, "currency": money, "note": note} for amount, money, note in given]
    return parse(raw(methods=[method(fees=rows)])).methods[0].fees


def test_a_record_is_read_whole() -> None:
    record = parse(raw())

    assert record.code == "1.001193"
    assert record.name == "Thủ tục đăng ký khai sinh"
    assert record.levels == (Level.COMMUNE,)
    assert record.level_label == "Cấp xã"
    assert record.methods[0].channel is Channel.DIRECT
    assert record.methods[0].term == Term(1, Unit.WORKING_DAY)
    assert record.methods[0].fees == (Fee(amount=8000, kind=FeeKind.SET, note="/bản"),)
    assert record.legal_basis == ("60/2014/QH13: Luật Hộ tịch",)
    assert record.results == ("Giấy khai sinh",)
    assert record.snapshot_on == date(2026, 7, 1)


def test_a_clean_record_has_no_findings() -> None:
    assert read(raw()).findings == ()


@pytest.mark.parametrize("code", ["", "1001193", "1.00119", "0.001193", "1.001193.H15"])
def test_a_record_without_a_national_code_is_refused(code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse(raw(code=code))

    assert refusal.value.field == "code"


def test_a_record_without_a_name_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        parse(raw(name=" . "))

    assert str(refusal.value) == "Thủ tục 1.001193 không có tên."


def test_a_name_does_not_end_in_its_own_code() -> None:
    record = parse(raw("1.010719", "Cấp giấy phép môi trường (cấp Bộ) (1.010719)"))

    assert record.name == "Cấp giấy phép môi trường (cấp Bộ)"


@pytest.mark.parametrize(
    ("duration", "unit", "term"),
    [
        (3, "working_day", Term(3, Unit.WORKING_DAY)),
        (15, "day", Term(15, Unit.DAY)),
        (2, "month", Term(2, Unit.MONTH)),
        (8, "hour", Term(8, Unit.WORKING_HOUR)),
        (1.5, "working_day", Term(12, Unit.WORKING_HOUR)),
    ],
)
def test_a_term_is_read_in_its_unit(duration: float, unit: str, term: Term) -> None:
    record = parse(raw(methods=[method(duration=duration, unit=unit)]))

    assert record.methods[0].term == term
    assert record.methods[0].term_note == ""


@pytest.mark.parametrize(
    ("duration", "unit", "why"),
    [
        (None, None, "Bản công bố quốc gia không ghi thời hạn cụ thể."),
        (1, None, "Bản công bố quốc gia không ghi thời hạn cụ thể."),
        (0, "hour", "Giải quyết ngay khi nhận đủ giấy tờ."),
        (0.5, "hour", "Bản công bố quốc gia không ghi thời hạn cụ thể."),
        (3, "fortnight", "Bản công bố quốc gia không ghi thời hạn cụ thể."),
    ],
)
def test_a_term_that_is_none_says_why(duration: float | None, unit: str | None, why: str) -> None:
    record = parse(raw(methods=[method(duration=duration, unit=unit)]))

    assert record.methods[0].term is None
    assert record.methods[0].term_note == why


@pytest.mark.parametrize(
    ("amount", "note", "kind", "label"),
    [
        (50_000, "", FeeKind.SET, "50.000 đồng"),
        (0, "", FeeKind.ZERO, "0 đồng theo bản công bố"),
        (0, "Phí : 0 Đồng", FeeKind.ZERO, "0 đồng theo bản công bố"),
        (0, "Không có.", FeeKind.FREE, "Không thu"),
        (0, "Miễn lệ phí (Thông tư số 47/2019/TT-BTC)", FeeKind.FREE, "Không thu"),
        (0, "do Hội đồng nhân dân cấp tỉnh quyết định", FeeKind.NOTE, "Theo ghi chú"),
        (0, "50.000 đồng/giấy", FeeKind.NOTE, "Theo ghi chú"),
    ],
)
def test_a_zero_is_only_free_where_the_note_says_so(
    amount: int, note: str, kind: FeeKind, label: str
) -> None:
    found = fees((amount, "VND", note))

    assert found == (Fee(amount=amount, kind=kind, note=note),)
    assert found[0].label == label


def test_an_amount_that_lost_its_thousands_gets_them_back_from_its_note() -> None:
    reading = read(raw(methods=[method(fees=[
        {"amount": 135, "currency": "VND", "note": "135.000 đồng/lần."}])]))  # fmt: skip

    assert reading.record.methods[0].fees[0].amount == 135_000
    assert reading.findings[0].reason == "fees"


@pytest.mark.parametrize(
    ("amount", "note"),
    [
        (25, "25.000.000đ/giấy thông hành"),
        (155, "Thẻ tạm trú 2 năm: 155 USD/thẻ."),
        (40, "4.000 đ"),
    ],
)
def test_a_small_amount_that_its_note_does_not_explain_is_not_believed(
    amount: int, note: str
) -> None:
    assert fees((amount, "VND", note)) == (Fee(amount=0, kind=FeeKind.NOTE, note=note),)


def test_other_money_becomes_a_note_and_never_a_number() -> None:
    rows = [{"amount": 10, "currency": "USD", "note": "/bản"}]

    record = parse(raw(methods=[method(fees=rows)]))

    assert record.methods[0].fees == ()
    assert record.methods[0].note == "10 USD/bản"


def test_the_same_fee_and_the_same_method_stand_once() -> None:
    row = {"amount": 8000, "currency": "VND", "note": "/bản"}

    reading = read(raw(methods=[method(fees=[row, row]), method(fees=[row])]))

    assert len(reading.record.methods) == 1
    assert len(reading.record.methods[0].fees) == 1
    assert [finding.reason for finding in reading.findings] == ["fees", "methods"]


def test_a_number_of_sheets_that_swallowed_a_year_gives_it_back() -> None:
    item = paper("Đơn theo Mẫu số 01 kèm Thông tư số 02/2026/TT-BNNMT ngày 01/01/", 20261, 1)

    component = parse(raw(components=papers(item))).cases[0].items[0]

    assert component.name.endswith("ngày 01/01/2026")
    assert (component.originals, component.copies) == (1, 1)


def test_a_number_of_sheets_that_swallowed_a_form_number_gives_it_back() -> None:
    component = (
        parse(raw(components=papers(paper("Đơn đăng ký theo Mẫu số", 181)))).cases[0].items[0]
    )

    assert component.name == "Đơn đăng ký theo Mẫu số 18"
    assert component.originals == 1


def test_a_scrap_of_a_sentence_is_no_paper_and_is_reported() -> None:
    reading = read(raw(components=papers(paper("hoặc", 0, 1), paper("Tờ khai"))))

    assert [item.name for item in reading.record.cases[0].items] == ["Tờ khai"]
    assert reading.findings[0].reason == "components"


def test_a_key_follows_the_words_not_the_order() -> None:
    one = parse(raw(components=papers(paper("Tờ khai"), paper("Giấy chứng sinh"))))
    other = parse(raw(components=papers(paper("Giấy chứng sinh"), paper("Tờ khai"))))

    keys = {item.name: item.key for item in one.cases[0].items}

    assert keys == {item.name: item.key for item in other.cases[0].items}


def test_names_cut_at_commas_are_joined() -> None:
    record = parse(raw(implementer=["Ủy ban Nhân dân xã", "phường", "thị trấn.", "Sở Tư pháp"]))

    assert record.implementers == ("Ủy ban Nhân dân xã, phường, thị trấn", "Sở Tư pháp")


def test_a_step_loses_the_number_it_repeats() -> None:
    steps = parse(raw(steps=["Bước 1: - Bước 1: Nộp hồ sơ.", "- Bước 2: Nhận kết quả."])).steps

    assert [(step.label, step.paragraphs) for step in steps] == [
        ("Bước 1", ("Nộp hồ sơ.",)),
        ("Bước 2", ("Nhận kết quả.",)),
    ]


def test_what_hangs_below_a_numbered_step_belongs_to_it() -> None:
    steps = parse(
        raw(steps=["Bước 1: Nộp hồ sơ", "- Trực tiếp;", "- Trực tuyến.", "Bước 2: Nhận"])
    ).steps

    assert [step.paragraphs for step in steps] == [
        ("Nộp hồ sơ", "Trực tiếp;", "Trực tuyến."),
        ("Nhận",),
    ]


def test_a_sentence_cut_in_two_is_joined() -> None:
    steps = parse(raw(steps=["- Người yêu cầu đến Trung tâm", "nộp hồ sơ."])).steps

    assert steps[0].paragraphs == ("Người yêu cầu đến Trung tâm nộp hồ sơ.",)


def test_a_long_step_becomes_short_paragraphs_and_loses_no_word() -> None:
    text = " ".join(f"Câu thứ {n} dài vừa phải để đọc." for n in range(60))

    step = parse(raw(steps=[text])).steps[0]

    assert len(step.paragraphs) > 3
    assert max(map(len, step.paragraphs)) <= 420
    assert " ".join(step.paragraphs) == text


def test_a_law_whose_number_was_glued_to_its_title_is_taken_apart() -> None:
    laws = [{"code": "", "title": "Nghị định của Chính phủ về đăng ký doanh nghiệp168/2025/NĐ-CP"}]

    record = parse(raw(legal_basis=laws))

    title = "Nghị định của Chính phủ về đăng ký doanh nghiệp"
    assert record.laws == (Law("168/2025/NĐ-CP", title),)
    assert record.legal_basis == (f"168/2025/NĐ-CP: {title}",)


@pytest.mark.parametrize("nothing", ["", "Không", "Không có.", "Không quy định"])
def test_requirements_that_say_nothing_are_none(nothing: str) -> None:
    assert parse(raw(requirements=nothing)).requirements == ""


# The real records.


def test_every_record_of_the_catalogue_can_be_read(readings: Mapping[str, Reading]) -> None:
    assert len(readings) == 2849


def test_no_two_papers_of_a_record_have_one_key(readings: Mapping[str, Reading]) -> None:
    for reading in readings.values():
        keys = [item.key for case in reading.record.cases for item in case.items]
        assert len(keys) == len(set(keys)), reading.record.code


def test_what_was_mended_in_the_catalogue_is_counted(readings: Mapping[str, Reading]) -> None:
    found = Counter(f.reason for reading in readings.values() for f in reading.findings)

    assert set(found) == {"components", "fees", "implementer", "legal_basis", "methods", "subjects"}
    assert found["fees"] > 250
    assert found["components"] > 500


def test_no_fee_of_the_catalogue_is_below_a_thousand(readings: Mapping[str, Reading]) -> None:
    amounts = {f.amount for r in readings.values() for m in r.record.methods for f in m.fees}

    assert min(amounts - {0}) >= 1_000


def test_certified_copies_keep_the_fee_of_the_commune_and_the_words_of_the_embassy(
    readings: Mapping[str, Reading],
) -> None:
    here, embassy = readings["2.000815"].record.methods

    assert here.fees == (Fee(amount=2_000, kind=FeeKind.SET, note="/trang"),)
    assert "từ trang thứ 3 trở lên thu 1.000 đồng/trang" in here.note
    assert "200.000 đồng/bản" in here.note
    assert embassy.fees == ()
    assert embassy.note == "Tại cơ quan đại diện: 10 USD/bản."
    assert here.term is None


def test_birth_is_free_by_a_bare_zero_which_is_said(readings: Mapping[str, Reading]) -> None:
    record = readings["1.001193"].record

    assert [method.channel for method in record.methods] == ["ONLINE", "POST", "DIRECT"]
    assert {fee.kind for method in record.methods for fee in method.fees} == {FeeKind.ZERO}
    assert record.name == "Thủ tục đăng ký khai sinh"
    assert len(record.steps) == 17
    assert all(len(step.paragraphs) >= 1 for step in record.steps)


def test_a_household_business_has_two_cases_and_its_council_sets_the_fee(
    readings: Mapping[str, Reading],
) -> None:
    record = readings["1.001612"].record

    assert [len(case.items) for case in record.cases] == [6, 2]
    assert record.cases[1].items[0].name == "Giấy đề nghị đăng ký hộ kinh doanh;"
    direct = record.methods[2]
    assert direct.channel is Channel.DIRECT
    assert direct.fees[0].amount == 50_000
    assert "Hội đồng nhân dân tỉnh quyết định" in direct.fees[0].note
    assert record.levels == (Level.COMMUNE, Level.MINISTRY)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 30_000) | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
_PARTS = ("implementer", "level", "subjects", "steps", "methods", "components", "legal_basis",
          "results", "requirements", "snapshot", "flags", "keywords")  # fmt: skip
_METHOD = st.fixed_dictionaries(
    {
        "channel": st.sampled_from(["direct", "online", "post", "pigeon"]),
        "duration": st.none() | st.integers(-3, 400) | st.floats(-1, 40),
        "unit": st.sampled_from(["working_day", "day", "hour", "month", "moon", None]),
        "fees": st.lists(
            st.fixed_dictionaries(
                {
                    "amount": st.none() | st.integers(-5, 10**9),
                    "currency": st.sampled_from(["VND", "USD", None]),
                    "note": st.text(max_size=30) | st.none(),
                }
            ),
            max_size=3,
        ),
        "note": st.text(max_size=40),
    }
)


@having(part=st.sampled_from(_PARTS), value=_JSON)
def test_nothing_in_a_part_of_a_record_makes_reading_fail(part: str, value: object) -> None:
    assert parse({**raw(), part: value}).code == "1.001193"


@having(methods=st.lists(_METHOD, max_size=4))
def test_however_methods_are_filled_fees_are_whole_and_terms_positive(
    methods: list[dict[str, Any]],
) -> None:
    for way in parse(raw(methods=methods)).methods:
        assert way.term is None or way.term.value >= 1
        assert (way.term is None) == bool(way.term_note)
        assert all(fee.amount == 0 or fee.amount >= 1_000 for fee in way.fees)


@having(names=st.lists(st.text(max_size=20), max_size=8))
def test_keys_are_unique_whatever_the_papers_are_called(names: list[str]) -> None:
    record = parse(raw(components=papers(*(paper(name) for name in names))))

    keys = [item.key for case in record.cases for item in case.items]
    assert len(keys) == len(set(keys))
