"""What a person's details must look like, and how little of them is shown. Pure.

Personal identification numbers (số định danh cá nhân): Law on Identification 2023; twelve
digits, the first three of the province of birth registration, then century and sex, then the
year of birth, then six at random; there is no check digit.

Numbers of people who do not exist: identification numbers that begin with 900 to 949, which is
no province (those end at 096) and no country; telephone numbers that begin with 0500, which was
the area code of Đắk Lắk until 2017 and begins no number since; e-mail addresses at ".example",
which is reserved and never delivered.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sauro.core.errors import Invalid
from sauro.core.text import _, tidy


class Sex(StrEnum):
    """Sex as the identification number has it; the empty string where it is not known."""

    MALE = "M"
    FEMALE = "F"


_PROVINCES_BY_CODE = """
001 Hà Nội|002 Hà Giang|004 Cao Bằng|006 Bắc Kạn|008 Tuyên Quang|010 Lào Cai|011 Điện Biên
012 Lai Châu|014 Sơn La|015 Yên Bái|017 Hòa Bình|019 Thái Nguyên|020 Lạng Sơn|022 Quảng Ninh
024 Bắc Giang|025 Phú Thọ|026 Vĩnh Phúc|027 Bắc Ninh|030 Hải Dương|031 Hải Phòng|033 Hưng Yên
034 Thái Bình|035 Hà Nam|036 Nam Định|037 Ninh Bình|038 Thanh Hóa|040 Nghệ An|042 Hà Tĩnh
044 Quảng Bình|045 Quảng Trị|046 Thừa Thiên Huế|048 Đà Nẵng|049 Quảng Nam|051 Quảng Ngãi
052 Bình Định|054 Phú Yên|056 Khánh Hòa|058 Ninh Thuận|060 Bình Thuận|062 Kon Tum|064 Gia Lai
066 Đắk Lắk|067 Đắk Nông|068 Lâm Đồng|070 Bình Phước|072 Tây Ninh|074 Bình Dương|075 Đồng Nai
077 Bà Rịa - Vũng Tàu|079 Thành phố Hồ Chí Minh|080 Long An|082 Tiền Giang|083 Bến Tre
084 Trà Vinh|086 Vĩnh Long|087 Đồng Tháp|089 An Giang|091 Kiên Giang|092 Cần Thơ|093 Hậu Giang
094 Sóc Trăng|095 Bạc Liêu|096 Cà Mau
"""
# The 63 provinces of before 2025: numbers keep the code they were given with.
PROVINCES: Mapping[str, str] = {
    part[:3]: part[4:] for part in _PROVINCES_BY_CODE.strip().replace("\n", "|").split("|")
}
TEST_PREFIXES = range(900, 950)
TEST_PHONE_PREFIX = "0500"
TEST_MAIL_DOMAIN = "daklak.example"

ATTEMPTS_BEFORE_LOCK = 5
LOCK_MINUTES = 15
SHORTEST_PASSWORD = 8
LONGEST_NAME = 100
LONGEST_ADDRESS = 300

_PID = re.compile(r"[0-9]{12}")
_PHONE = re.compile(r"0[235789][0-9]{8,9}")
_MAIL = re.compile(r"[^@\s<>,;\"']+@[^@\s.<>,;\"']+(\.[^@\s.<>,;\"']+)+")
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,49}")
_SEPARATORS = re.compile(r"[\s.\-()]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PidFacts:
    """What an identification number says. province: "" where the code is nobody's."""

    province: str
    sex: Sex
    birth_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A person's details as given; `checked` returns them as they are stored."""

    name: str
    pid: str = ""
    sex: str = ""
    born_on: date | None = None
    phone: str = ""
    email: str = ""
    address: str = ""
    place_id: int | None = None
    is_synthetic: bool = False


def read_pid(pid: str) -> PidFacts:
    """Return what a stored identification number says.

    :raises ValueError: it is not twelve digits
    """
    if not _PID.fullmatch(pid):
        raise ValueError("an identification number has twelve digits")
    century, is_female = divmod(int(pid[3]), 2)
    return PidFacts(
        province=PROVINCES.get(pid[:3], ""),
        sex=Sex.FEMALE if is_female else Sex.MALE,
        birth_year=1900 + 100 * century + int(pid[4:6]),
    )


def is_test_pid(pid: str) -> bool:
    """Test whether a number lies in the range of people who do not exist."""
    return bool(_PID.fullmatch(pid)) and int(pid[:3]) in TEST_PREFIXES


def check_pid(pid: str, *, sex: str = "", born_on: date | None = None) -> str:
    """Return an identification number as it is stored; "" stays "".

    :raises Invalid: it is not twelve digits, or contradicts the birth year or the sex
    """
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", pid))
    if not digits:
        return ""
    if not _PID.fullmatch(digits):
        raise Invalid(
            _("Số định danh có 12 chữ số, in trên thẻ căn cước. Xem lại số vừa nhập."), field="pid"
        )
    facts = read_pid(digits)
    if born_on and facts.birth_year != born_on.year:
        raise Invalid(
            _("Số định danh này ghi năm sinh {year}, ngày sinh vừa nhập thì khác. Xem lại cả hai."),
            field="pid",
            year=facts.birth_year,
        )
    if sex and facts.sex != sex:
        raise Invalid(
            _("Số định danh này ghi giới tính {sex}, mục giới tính thì khác. Xem lại cả hai."),
            field="pid",
            sex=_("nữ") if facts.sex is Sex.FEMALE else _("nam"),
        )
    return digits


def pid_warning(pid: str) -> str:
    """Return what a person should look at again in a well-formed number; "" for nothing."""
    if not pid or read_pid(pid).province or is_test_pid(pid):
        return ""
    return _(
        "Ba số đầu không phải mã tỉnh nào. Đúng với người sinh ở nước ngoài, nếu không xem lại."
    )


def check_name(name: str) -> str:
    """Return a name as it is stored, in any of the languages of the province.

    :raises Invalid: empty, too long, or with something in it that is in no name
    """
    tidied = tidy(name)
    if not any(char.isalpha() for char in tidied):
        raise Invalid(_("Ghi họ và tên như trên giấy tờ tùy thân."), field="name")
    if len(tidied) > LONGEST_NAME:
        raise Invalid(
            _("Họ tên dài quá {limit} ký tự. Xem lại chỗ thừa."), "name", limit=LONGEST_NAME
        )
    if not all(_may_be_in_a_name(char) for char in tidied):
        raise Invalid(
            _("Họ tên chỉ có chữ, không có số hay ký hiệu. Ví dụ: Lê Thị Hoa, H'Bĭă Mlô."),
            field="name",
        )
    return tidied


def _may_be_in_a_name(char: str) -> bool:
    return unicodedata.category(char) in {"Lu", "Ll", "Lt", "Lo", "Mn"} or char in " '-."


def check_phone(phone: str) -> str:
    """Return a telephone number of this country as it is stored, e.g. "0905123118".

    :raises Invalid: it is no such number
    """
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", phone))
    if not digits:
        return ""
    if digits.startswith(("+84", "0084")):
        digits = "0" + digits.partition("84")[2]
    elif digits.startswith("84") and len(digits) >= 11:  # noqa: PLR2004 - 84 and nine digits
        digits = "0" + digits[2:]
    if not _PHONE.fullmatch(digits):
        raise Invalid(
            _("Số điện thoại có 10 chữ số, bắt đầu bằng 0. Ví dụ: 0905 123 118."), field="phone"
        )
    return digits


def check_email(email: str) -> str:
    """Return an e-mail address as it is stored.

    :raises Invalid: mail could not be sent there
    """
    tidied = tidy(email)
    if not tidied:
        return ""
    name, _at, domain = tidied.rpartition("@")
    stored = f"{name}@{domain.lower()}"
    if not _MAIL.fullmatch(stored) or len(stored) > 254:  # noqa: PLR2004 - RFC 5321
        raise Invalid(
            _("Thư điện tử có dạng ten@noinhan.vn. Xem lại, hoặc để trống."), field="email"
        )
    return stored


def check_login(login: str) -> str:
    """Return a login name as it is stored: small Latin letters and figures.

    :raises Invalid: it is too short, too long or has other signs
    """
    stored = tidy(login).lower()
    if not _LOGIN.fullmatch(stored):
        raise Invalid(
            _("Tên đăng nhập có từ 3 chữ không dấu hoặc số, có thể có dấu chấm, gạch ngang."),
            field="login",
        )
    return stored


def check_password(password: str, login: str) -> None:
    """Refuse a password that is short or the login itself.

    :raises Invalid: the sentence says which
    """
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid(
            _("Mật khẩu có ít nhất {shortest} ký tự. Chọn mật khẩu dài hơn."),
            field="password",
            shortest=SHORTEST_PASSWORD,
        )
    if password.lower() == login:
        raise Invalid(_("Chọn mật khẩu khác tên đăng nhập."), field="password")


def checked(person: NewPerson, *, on: date) -> NewPerson:
    """Return a person's details as they are stored.

    :raises Invalid: the sentence says what to mend; its field is the detail
    """
    if person.sex not in {"", Sex.MALE, Sex.FEMALE}:
        raise Invalid(_("Chọn nam hoặc nữ, hoặc để trống."), field="sex")
    if person.born_on and not date(1900, 1, 1) <= person.born_on <= on:
        raise Invalid(
            _("Ngày sinh phải từ năm 1900 và không sau hôm nay. Xem lại năm."), field="born_on"
        )
    pid = check_pid(person.pid, sex=person.sex, born_on=person.born_on)
    return replace(
        person,
        name=check_name(person.name),
        pid=pid,
        sex=person.sex or (read_pid(pid).sex.value if pid else ""),
        phone=check_phone(person.phone),
        email=check_email(person.email),
        address=check_address(person.address),
    )


def check_address(address: str) -> str:
    """Return an address as it is stored.

    :raises Invalid: it is too long
    """
    tidied = tidy(address)
    if len(tidied) > LONGEST_ADDRESS:
        raise Invalid(
            _("Địa chỉ dài quá {limit} ký tự. Chỉ ghi số nhà, đường hoặc thôn, buôn."),
            field="address",
            limit=LONGEST_ADDRESS,
        )
    return tidied


def mask_pid(pid: str) -> str:
    """Return an identification number of which a stranger learns little: "0660 91•• ••27"."""
    return f"{pid[:4]} {pid[4:6]}•• ••{pid[-2:]}" if pid else ""


def mask_phone(phone: str) -> str:
    """Return a telephone number of which a stranger learns little: "0905 ••• 118"."""
    return f"{phone[:4]} ••• {phone[-3:]}" if phone else ""
