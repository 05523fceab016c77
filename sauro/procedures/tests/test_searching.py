"""Finding: everyday words, without marks, misspelt; the general before the special."""

from collections.abc import Callable

import pytest

from sauro.core.text import fold
from sauro.procedures.keeping import WORDING, wording
from sauro.procedures.rules import Level
from sauro.procedures.rules.searching import Entry, Index
from sauro.procedures.rules.spelling import words
from sauro.procedures.rules.wording import Use, Wording, read_entries

# What people say, and the procedure that it is about; several where more than one is right.
SPOKEN = [
    ("làm giấy khai sinh cho con", "1.001193"),
    ("tôi muốn làm khai sinh cho bé mới đẻ cần giấy tờ gì", "1.001193"),
    ("khaisinh", "1.001193"),
    ("khai sinh có yếu tố nước ngoài", "2.000528"),
    ("đăng ký khai sinh lưu động", "1.003583"),
    ("xin lại bản sao giấy khai sinh", "2.000635"),
    ("trích lục kết hôn", "2.000635"),
    ("sửa tên trong giấy khai sinh", "1.004859"),
    ("cưới vợ thì đăng ký ở đâu", "1.000894"),
    ("dang ky ket hnô", "1.000894"),
    ("lấy chồng nước ngoài", "2.000806"),
    ("giấy độc thân", "1.004873"),
    ("bố tôi mới mất", "1.000656"),
    ("giấy chứng tử", "1.000656"),
    ("sao y bằng đại học", "2.000815"),
    ("photo công chứng giấy tờ", "2.000815"),
    ("chung thuc chu ky", "2.000884"),
    ("nhập hộ khẩu cho vợ", "1.004222"),
    ("thuong chu", "1.004222"),
    ("cắt khẩu", "1.003197"),
    ("tách sổ hộ khẩu", "1.010038"),
    ("thuê trọ có phải báo công an không", "1.004194 2.001159"),
    ("bà con dưới quê lên ngủ lại mấy hôm", "2.001159"),
    ("làm căn cước", "1.014061 2.000200"),
    ("lam the can cuoc cho be 5 tuoi", "1.014062 1.012549"),
    ("mất cccd", "1.014064 2.001194"),
    ("đổi chứng minh sang căn cước", "1.014063 2.001195"),
    ("passport", "1.001456"),
    ("mất hộ chiếu", "1.010386 1.001445 1.010385"),
    ("lý lịch tư pháp", "3.000333"),
    ("cà vẹt xe bị mất", "1.013080 1.013082"),
    ("sổ đỏ", "1.012753 1.012783 1.012787 1.013978"),
    ("làm sổ đỏ lần đầu", "1.012753 1.013978"),
    ("sang tên sổ đỏ cho con", "1.012787 1.013831"),
    ("mất sổ đỏ phải làm sao", "1.012786"),
    ("tách thửa cho hai con", "1.012784"),
    ("thế chấp sổ đỏ vay ngân hàng", "1.011441"),
    ("chuyển đất vườn sang đất ở", "1.013949 1.013823"),
    ("xây nhà cấp 4", "1.013225"),
    ("sửa nhà có phải xin phép không", "1.013229"),
    ("tôi muốn mở quán phở", "1.001612"),
    ("mo tiem tap hoa", "1.001612"),
    ("đóng cửa tiệm tạp hóa", "1.001266"),
    ("tạm nghỉ bán 3 tháng", "1.001570"),
    ("mở công ty tnhh một mình", "2.001583"),
    ("rút bảo hiểm xã hội một lần", "1.001613"),
    ("xin công nhận hộ nghèo", "1.011607 1.011606"),
    ("chuyển trường cho con học cấp 2", "2.002481"),
    ("mã vùng trồng sầu riêng", "1.014776"),
    ("khoan giếng", "1.001662 1.004223"),
    ("di linh", "1.013133 1.013136"),
]


@pytest.mark.parametrize(("said", "codes"), SPOKEN)
def test_what_people_say_finds_the_procedure_among_the_first_three(
    whole_index: Index, said: str, codes: str
) -> None:
    found = [hit.entry.code for hit in whole_index.search(said, limit=3)]

    assert set(found) & set(codes.split())


@pytest.mark.parametrize("written", [str, fold])
def test_nine_in_ten_are_found_first_with_and_without_marks(
    whole_index: Index, written: Callable[[str], str]
) -> None:
    first = [
        whole_index.search(written(said), limit=1)[0].entry.code in codes.split()
        for said, codes in SPOKEN
    ]

    assert sum(first) / len(first) >= 0.9


def small(*entries: Entry) -> Index:
    return Index(entries, Wording(read_entries(["mở quán\tthay\tđăng ký hộ kinh doanh"])))


def entry(
    code: str, name: str, level: Level | None = Level.COMMUNE, *, has_full: bool = True
) -> Entry:
    return Entry(code=code, name=name, field="Hộ tịch", level=level, has_full=has_full)


def first(index: Index, text: str) -> str:
    return index.search(text)[0].entry.code


def test_what_can_be_filed_here_stands_before_what_cannot() -> None:
    index = small(
        entry("1.000001", "Cấp giấy phép lái xe", Level.MINISTRY),
        entry("1.000002", "Cấp giấy phép lái xe"),
        entry("1.000003", "Cấp giấy phép lái xe", has_full=False),
    )

    found = [hit.entry.code for hit in index.search("giấy phép lái xe")]

    assert found == ["1.000002", "1.000003", "1.000001"]


def test_the_special_case_waits_until_it_is_asked_for() -> None:
    index = small(
        entry("1.000001", "Đăng ký kết hôn có yếu tố nước ngoài"),
        entry("1.000002", "Đăng ký kết hôn lưu động"),
        entry("1.000003", "Đăng ký kết hôn"),
    )

    assert first(index, "kết hôn") == "1.000003"
    assert first(index, "kết hôn với người nước ngoài") == "1.000001"
    assert first(index, "ket hon luu dong") == "1.000002"


def test_marks_decide_between_words_that_fold_alike() -> None:
    index = small(entry("1.000001", "Đăng ký tàu cá"), entry("1.000002", "Đăng ký tấu cà"))

    assert first(index, "đăng ký tấu cà") == "1.000002"


def test_equal_scores_keep_the_order_of_the_catalogue() -> None:
    index = small(entry("1.000001", "Tách hộ"), entry("1.000002", "Tách hộ"))

    assert [hit.entry.code for hit in index.search("tách hộ")] == ["1.000001", "1.000002"]


@pytest.mark.parametrize("nothing", ["", "   ", "?!", "xyzzy", "' \" ; --", "%_\\"])
def test_nothing_said_finds_nothing(nothing: str) -> None:
    assert small(entry("1.000001", "Tách hộ")).search(nothing) == []


def test_an_empty_catalogue_finds_nothing() -> None:
    assert small().search("khai sinh") == []


def test_a_filter_leaves_out_and_does_not_reorder() -> None:
    index = small(entry("1.000001", "Tách hộ"), entry("1.000002", "Tách hộ", Level.PROVINCE))

    hits = index.search("tách hộ", keep=lambda e: e.level is Level.PROVINCE)

    assert [hit.entry.code for hit in hits] == ["1.000002"]


def test_a_whole_page_of_text_is_searched_all_the_same(whole_index: Index) -> None:
    hits = whole_index.search("tôi muốn đăng ký kết hôn với người cùng xã " * 200, limit=5)

    assert "1.000894" in [hit.entry.code for hit in hits]


def test_pairs_tell_how_much_of_a_name_was_said() -> None:
    index = small(entry("1.000001", "Đăng ký thành lập hộ kinh doanh"))

    assert index.search("mở quán")[0].matched == 3
    assert index.search("giá vàng hộ hôm nay")[0].matched == 0


@pytest.mark.parametrize(
    ("typing", "name"),
    [("đăng ký khai s", "khai sinh"), ("dang ky ket h", "kết hôn"), ("thường t", "thường trú")],
)
def test_what_is_still_being_typed_is_guessed(whole_index: Index, typing: str, name: str) -> None:
    assert name in whole_index.suggest(typing)[0].entry.name


def test_the_file_of_wording_is_sound_and_large_enough() -> None:
    lines = WORDING.read_text("utf-8").splitlines()
    entries = list(read_entries(lines))
    phrases = [tuple(word.folded for word in entry.phrase) for entry in entries]

    meaning = [entry for entry in entries if entry.meanings]
    assert len(meaning) >= 150
    assert all(bool(e.meanings) == (e.use in {Use.REPLACE, Use.ADD}) for e in entries)
    assert len(phrases) > 1_000


def test_every_meaning_is_in_words_of_the_catalogue(whole_index: Index) -> None:
    known = {word.folded for e in whole_index.entries for word in words(e.name)}
    meant = {
        word.folded
        for e in read_entries(WORDING.read_text("utf-8").splitlines())
        for meaning in e.meanings
        for word in meaning
    }

    assert meant - known == set()


def test_a_longer_phrase_counts_before_a_shorter_one() -> None:
    said = wording().said(words("xóa hộ khẩu"))

    runs = [" ".join(word.folded for word in run) for run, _weight in said.runs]
    assert runs == ["xoa dang ky thuong tru"]


def test_marks_left_out_are_understood_and_marks_put_otherwise_are_not() -> None:
    one = Wording(read_entries(["bán\tthay\tbuôn bán"]))

    assert one.said(words("ban")).runs[0][0] == tuple(words("buôn bán"))
    assert one.said(words("bàn")).runs[0][0] == tuple(words("bàn"))


def test_where_all_words_say_nothing_they_are_searched_as_they_are() -> None:
    one = Wording(read_entries(["làm\tbỏ", "gì\tbỏ"]))

    assert one.said(words("làm gì")).runs == ((tuple(words("làm gì")), 1.0),)


@pytest.mark.parametrize("line", ["một cụm", "\tthay\tnghĩa", "cụm\tđổi\tnghĩa"])
def test_a_line_of_wording_out_of_form_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        list(read_entries([line]))
