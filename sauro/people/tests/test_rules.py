"""What a person's details must look like, and how little of them is shown."""

import unicodedata
from datetime import date

import pytest

from sauro.core.errors import Invalid
from sauro.people import rules
from sauro.people.rules import NewPerson, PidFacts, Sex

TODAY = date(2026, 11, 23)


class TestIdentificationNumber:
    @pytest.mark.parametrize(
        ("pid", "facts"),
        [
            (
                "066089000000",
                PidFacts(province="Đắk Lắk", sex=Sex.MALE, birth_year=1989),
            ),
            (
                "066190000000",
                PidFacts(province="Đắk Lắk", sex=Sex.FEMALE, birth_year=1990),
            ),
            (
                "022303000000",
                PidFacts(province="Quảng Ninh", sex=Sex.FEMALE, birth_year=2003),
            ),
            (
                "066205000000",
                PidFacts(province="Đắk Lắk", sex=Sex.MALE, birth_year=2005),
            ),
        ],
    )
    def test_it_says_province_sex_and_year_of_birth(self, pid: str, facts: PidFacts) -> None:
        assert rules.read_pid(pid) == facts
        assert rules.check_pid(pid, sex=facts.sex, born_on=date(facts.birth_year, 6, 1)) == pid
        assert rules.pid_warning(pid) == ""

    @pytest.mark.parametrize("typed", ["066 089 000000", "066.089.000000", " 066089000000\n"])
    def test_it_is_stored_without_the_gaps_that_people_type(self, typed: str) -> None:
        assert rules.check_pid(typed) == "066089000000"

    @pytest.mark.parametrize("typed", ["06608900000", "0660890000000", "06608900000a", "abc"])
    def test_anything_but_twelve_digits_is_refused(self, typed: str) -> None:
        with pytest.raises(Invalid, match="12 chữ số") as refused:
            rules.check_pid(typed)
        assert refused.value.field == "pid"

    def test_a_province_that_is_none_is_a_warning_and_no_refusal(self) -> None:
        assert rules.check_pid("999089000000") == "999089000000"
        assert rules.pid_warning("999089000000").startswith("Ba số đầu không phải mã tỉnh nào.")

    def test_the_year_of_birth_must_agree(self) -> None:
        with pytest.raises(Invalid, match="năm sinh 1989"):
            rules.check_pid("066089000000", born_on=date(1990, 1, 1))

    def test_the_sex_must_agree(self) -> None:
        with pytest.raises(Invalid, match="giới tính nam"):
            rules.check_pid("066089000000", sex="F")

    def test_there_are_63_provinces_and_none_is_in_the_range_of_test_numbers(self) -> None:
        assert len(rules.PROVINCES) == 63
        assert rules.PROVINCES["066"] == "Đắk Lắk"
        assert not {int(code) for code in rules.PROVINCES} & set(rules.TEST_PREFIXES)
        assert rules.is_test_pid("900089000001")
        assert rules.pid_warning("900089000001") == ""
        assert not rules.is_test_pid("066089000000")


class TestName:
    @pytest.mark.parametrize(
        "name",
        [
            "Nguyễn Thị Hoa",
            "Y Bhĭŏ Ayŭn",
            "H'Bĭă Mlô",
            "H' Hen Niê",
            "Y Krông Buôn Yă",
            "Rơ Châm H'Yéo",
            "Đinh Thị Hrưi",
            "La O Văn Tý",
            "Bùi Nguyễn Anh-Thư",
        ],
    )
    def test_names_of_the_province_are_kept_as_they_are(self, name: str) -> None:
        assert rules.check_name(name) == name
        assert rules.check_name(unicodedata.normalize("NFD", f"  {name} ")) == name

    def test_a_curly_apostrophe_becomes_a_plain_one(self) -> None:
        assert rules.check_name("H’Bĭă  Mlô") == "H'Bĭă Mlô"

    @pytest.mark.parametrize(
        "name",
        ["Nguyễn Văn 7", "Lê <b>Hoa</b>", "Trần@Bình", "Y Bhĭŏ\x00", "Hoa ☺", "Hoa\u202eabc"],
    )
    def test_what_is_in_no_name_is_refused(self, name: str) -> None:
        with pytest.raises(Invalid, match="chỉ có chữ") as refused:
            rules.check_name(name)
        assert refused.value.field == "name"

    @pytest.mark.parametrize("name", ["", "   ", "'", "-."])
    def test_an_empty_name_is_refused(self, name: str) -> None:
        with pytest.raises(Invalid, match="Ghi họ và tên"):
            rules.check_name(name)

    def test_a_name_longer_than_its_place_is_refused(self) -> None:
        assert rules.check_name("a" * 100) == "a" * 100
        with pytest.raises(Invalid, match="dài quá 100 ký tự"):
            rules.check_name("a" * 101)


class TestReach:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("0905 123 118", "0905123118"),
            ("0905.123.118", "0905123118"),
            ("(0262) 3 852 852", "02623852852"),
            ("+84 905 123 118", "0905123118"),
            ("0084905123118", "0905123118"),
            ("84905123118", "0905123118"),
            ("0500 000 118", "0500000118"),
            ("", ""),
        ],
    )
    def test_a_telephone_number_is_stored_one_way(self, typed: str, stored: str) -> None:
        assert rules.check_phone(typed) == stored

    @pytest.mark.parametrize("typed", ["1022", "0905 123", "123456789012", "0105123118", "số nhà"])
    def test_what_cannot_be_called_is_refused(self, typed: str) -> None:
        with pytest.raises(Invalid, match="10 chữ số"):
            rules.check_phone(typed)

    @pytest.mark.parametrize(
        ("typed", "stored"),
        [(" Loi.Pham@Daklak.Example ", "Loi.Pham@daklak.example"), ("a@b.vn", "a@b.vn"), ("", "")],
    )
    def test_a_mail_address_is_stored_tidy(self, typed: str, stored: str) -> None:
        assert rules.check_email(typed) == stored

    @pytest.mark.parametrize("typed", ["abc", "a@b", "a b@c.vn", "a@b..vn", "<a@b.vn>", "@b.vn"])
    def test_what_mail_cannot_reach_is_refused(self, typed: str) -> None:
        with pytest.raises(Invalid, match="Thư điện tử"):
            rules.check_email(typed)

    def test_an_address_longer_than_its_place_is_refused(self) -> None:
        with pytest.raises(Invalid, match="dài quá 300"):
            rules.check_address("x" * 301)


class TestMasked:
    def test_little_of_a_number_is_shown(self) -> None:
        assert rules.mask_pid("066091000027") == "0660 91•• ••27"
        assert rules.mask_phone("0905123118") == "0905 ••• 118"

    def test_what_is_not_known_stays_empty(self) -> None:
        assert (rules.mask_pid(""), rules.mask_phone("")) == ("", "")


class TestPerson:
    def test_the_sex_is_taken_from_the_number_where_it_was_not_said(self) -> None:
        person = rules.checked(NewPerson(name="H'Hen Niê", pid="066190000000"), on=TODAY)

        assert person.sex == "F"

    @pytest.mark.parametrize(
        ("details", "field"),
        [
            ({"sex": "X"}, "sex"),
            ({"born_on": date(2026, 11, 24)}, "born_on"),
            ({"born_on": date(1899, 12, 31)}, "born_on"),
            ({"pid": "1"}, "pid"),
            ({"phone": "1"}, "phone"),
            ({"email": "1"}, "email"),
        ],
    )
    def test_a_refusal_names_the_detail(self, details: dict[str, str], field: str) -> None:
        with pytest.raises(Invalid) as refused:
            rules.checked(NewPerson(name="Lê Hoa", **details), on=TODAY)  # type: ignore[arg-type]

        assert refused.value.field == field


class TestLogin:
    def test_it_is_stored_in_small_letters(self) -> None:
        assert rules.check_login(" CanBo1Cua ") == "canbo1cua"

    @pytest.mark.parametrize("login", ["ab", "cán bộ", "a b c", "-abc", "x" * 51, ""])
    def test_other_signs_are_refused(self, login: str) -> None:
        with pytest.raises(Invalid, match="Tên đăng nhập"):
            rules.check_login(login)

    @pytest.mark.parametrize("password", ["1234567", "canbo1cua", "CANBO1CUA"])
    def test_a_weak_password_is_refused(self, password: str) -> None:
        with pytest.raises(Invalid) as refused:
            rules.check_password(password, "canbo1cua")
        assert refused.value.field == "password"
