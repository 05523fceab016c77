"""The accounts of the demo (tài khoản dùng thử): one of each kind of person, one password.

The same persons each time: they are found by the post they hold in the plan of `staffing`, so
a demo is walked through by name. Whoever may hold a dossier of the demo's ward can be played:
colleagues in the same role have the same login with a number, "canbo1cua2", "canbo1cua3".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from sauro.core.actor import SYSTEM
from sauro.core.clock import local_day
from sauro.offices import queries as offices
from sauro.offices.rules import OfficeRow, OfficialRow, Role
from sauro.onestop import keyring
from sauro.people import queries as people
from sauro.people import services
from sauro.places import queries as places

PASSWORD = "sauro2026"  # noqa: S105 - printed on the screen of the demo, for everybody
WARD = "24133"  # Phường Buôn Ma Thuột
CITIZEN_LOGIN = "congdan"
_CITIZEN_PAGE, _OFFICIAL_PAGE = "/", "/ban-lam-viec/"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Who signs in as what. office: what the office is, by slug. ward: in the demo's ward."""

    login: str
    office: str
    role: Role
    label: str
    ward: bool = True


DEMO_ACCOUNTS = (
    DemoAccount("canbo1cua", "trung-tam", Role.CLERK, "Cán bộ một cửa"),
    DemoAccount("tuphap", "van-phong", Role.SPECIALIST, "Công chức tư pháp - hộ tịch"),
    DemoAccount("chuyenvien", "phong-kinh-te", Role.SPECIALIST, "Chuyên viên phòng Kinh tế"),
    DemoAccount("xahoi", "phong-van-hoa-xa-hoi", Role.SPECIALIST, "Chuyên viên phòng Văn hóa"),
    DemoAccount("lanhdao", "ubnd-xa", Role.HEAD, "Chủ tịch phường, ký kết quả"),
    DemoAccount("congan", "cong-an-xa", Role.SPECIALIST, "Công an phường"),
    DemoAccount("truongcongan", "cong-an-xa", Role.HEAD, "Trưởng Công an phường"),
    DemoAccount("vanthu", "ubnd-xa", Role.STAMP, "Văn thư, đóng dấu"),
    DemoAccount("giamdoc", "trung-tam", Role.HEAD, "Giám đốc Trung tâm"),
    DemoAccount("canbotinh", "tt-pvhcc", Role.CLERK, "Cán bộ một cửa của tỉnh", ward=False),
    DemoAccount(
        "datdai", "so-nong-nghiep-moi-truong", Role.SPECIALIST, "Chuyên viên đất đai", ward=False
    ),
    DemoAccount(
        "giamdocmt", "so-nong-nghiep-moi-truong", Role.HEAD, "Giám đốc Sở NN và MT", ward=False
    ),
    DemoAccount(
        "vanthumt", "so-nong-nghiep-moi-truong", Role.STAMP, "Văn thư Sở NN và MT", ward=False
    ),
    DemoAccount("xaydung", "so-xay-dung", Role.SPECIALIST, "Chuyên viên xây dựng", ward=False),
    DemoAccount("giamdocso", "so-xay-dung", Role.HEAD, "Giám đốc Sở Xây dựng", ward=False),
    DemoAccount("vanthuso", "so-xay-dung", Role.STAMP, "Văn thư Sở Xây dựng", ward=False),
    DemoAccount("thue", "thue-tinh", Role.SPECIALIST, "Công chức thuế", ward=False),
    DemoAccount(
        "baohiem", "bao-hiem-xa-hoi-tinh", Role.SPECIALIST, "Viên chức bảo hiểm xã hội", ward=False
    ),
    DemoAccount("congantinh", "cong-an-tinh", Role.SPECIALIST, "Công an tỉnh", ward=False),
    DemoAccount("chutich", "ubnd-tinh", Role.HEAD, "Chủ tịch tỉnh", ward=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """An account as it is printed: who it is, what they do, and where they begin."""

    login: str
    name: str
    role: str
    office: str
    start: str


def ensure_accounts(now: datetime) -> int:
    """Open the demo's accounts that are missing and return how many were.

    :raises NotFound: the offices of the province are not loaded
    """
    opened = 0
    for login, person_id in _wanted(now):
        if people.owner_of(login) is None and people.account_of(person_id) is None:
            services.open_account(person_id, login, PASSWORD, by=SYSTEM, now=now)
            opened += 1
    _ensure_certificates(now)
    return opened


def _ensure_certificates(now: datetime) -> None:
    """Give who signs in the demo a certificate, and their offices one for the seal.

    Everybody else gets theirs with the first signature.
    """
    on = local_day(now)
    for account in DEMO_ACCOUNTS:
        for official in _holders(account, on):
            if official.leads:
                keyring.ensure_own(official.id, now=now)
            if account.role == Role.STAMP:
                keyring.ensure_seal(official.office_id, now=now)


def rows(on: date) -> list[AccountRow]:
    """Return the accounts to print: the citizen, then one official of each kind."""
    citizen_id = people.owner_of(CITIZEN_LOGIN)
    found = []
    if citizen_id is not None:
        name = people.person(citizen_id).name
        found.append(
            AccountRow(
                login=CITIZEN_LOGIN, name=name, role="Người dân", office="", start=_CITIZEN_PAGE
            )
        )
    for account in DEMO_ACCOUNTS:
        official = _holders(account, on)[0]
        found.append(
            AccountRow(
                login=account.login,
                name=official.name,
                role=account.label,
                office=official.office_name,
                start=_OFFICIAL_PAGE,
            )
        )
    return found


def _wanted(now: datetime) -> Iterator[tuple[str, int]]:
    """Yield login and person of every account."""
    on = local_day(now)
    yield CITIZEN_LOGIN, _citizen(now)
    for account in DEMO_ACCOUNTS:
        for turn, official in enumerate(_holders(account, on), start=1):
            yield (account.login if turn == 1 else f"{account.login}{turn}"), official.person_id


def _citizen(now: datetime) -> int:
    """Return the citizen of the demo, registered the first time."""
    ward = places.by_code("COMMUNE", WARD, on=local_day(now))
    return services.find_or_register(
        "H'Bĭă Mlô",
        pid="900191000118",
        sex="F",
        born_on=date(1991, 3, 8),
        phone="0500000118",
        email="hbia.mlo@daklak.example",
        address="Buôn Kô Siêr",
        place_id=ward.id,
        is_synthetic=True,
        by=SYSTEM,
        now=now,
    )


def _holders(account: DemoAccount, on: date) -> Sequence[OfficialRow]:
    """Return who holds the posts of an account's role at its office."""
    there = _ward_offices(on) if account.ward else _provincial_offices(on)
    office = next(office for office in there if office.slug == account.office)
    return offices.officials(office.id, account.role, on=on)


def _ward_offices(on: date) -> Sequence[OfficeRow]:
    return offices.roster(on).units(places.by_code("COMMUNE", WARD, on=on).id)


def _provincial_offices(on: date) -> Sequence[OfficeRow]:
    province = places.by_code("PROVINCE", settings.PROVINCE["code"], on=on)
    return offices.roster(on).units(province.id)
