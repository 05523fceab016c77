"""A small country for tests: Đắk Lắk and its neighbours, with real names and successions."""

from datetime import UTC, date, datetime

from sauro.core.actor import SYSTEM
from sauro.places import services
from sauro.places.rules import Level, NewOutline, NewPlace, NewSuccession
from sauro.places.services import Loaded

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
MERGED_ON = date(2025, 7, 1)
RENAMED_ON = date(2026, 4, 30)
_SOURCE = "kiểm thử"
_SNAPSHOT = date(2026, 8, 1)


def old(level: Level, code: str, name: str, parent: str = "", flags: str = "") -> NewPlace:
    """Return a unit that ended with the merger."""
    above = {Level.DISTRICT: Level.PROVINCE, Level.COMMUNE: Level.DISTRICT}.get(level)
    return NewPlace(
        level=level,
        code=code,
        name=name,
        parent=parent,
        parent_level=above,
        until=MERGED_ON,
        flags=tuple(flags.split()),
        source=_SOURCE,
        snapshot_on=_SNAPSHOT,
    )


def new(level: Level, code: str, name: str, parent: str = "") -> NewPlace:
    """Return a unit that began with the merger."""
    above = Level.PROVINCE if level is Level.COMMUNE else None
    return NewPlace(
        level=level,
        code=code,
        name=name,
        parent=parent,
        parent_level=above,
        since=MERGED_ON,
        population=1000 if level is Level.COMMUNE else None,
        population_basis="source" if level is Level.COMMUNE else "",
        source=_SOURCE,
        snapshot_on=_SNAPSHOT,
    )


def went(old_code: str, new_code: str, *, partly: bool = False) -> NewSuccession:
    """Return the succession of two communes in the merger."""
    return NewSuccession(
        old_level=Level.COMMUNE,
        old=old_code,
        new_level=Level.COMMUNE,
        new=new_code,
        on=MERGED_ON,
        is_partial=partly,
    )


def province_went(old_code: str, new_code: str) -> NewSuccession:
    """Return the succession of two provinces in the merger."""
    return NewSuccession(
        old_level=Level.PROVINCE,
        old=old_code,
        new_level=Level.PROVINCE,
        new=new_code,
        on=MERGED_ON,
        is_partial=False,
    )


P, D, C = Level.PROVINCE, Level.DISTRICT, Level.COMMUNE
PLACES = (
    old(P, "66", "Tỉnh Đắk Lắk"),
    old(P, "54", "Tỉnh Phú Yên"),
    old(P, "56", "Tỉnh Khánh Hòa"),
    new(P, "66", "Tỉnh Đắk Lắk"),
    new(P, "56", "Tỉnh Khánh Hòa"),
    old(P, "10", "Tỉnh Lào Cai"),
    old(P, "15", "Tỉnh Yên Bái"),
    old(P, "58", "Tỉnh Ninh Thuận"),
    new(P, "15", "Tỉnh Lào Cai"),
    old(D, "555", "Thành phố Tuy Hòa", "54"),
    old(D, "561", "Huyện Sông Hinh", "54"),
    old(D, "562", "Huyện Tây Hòa", "54"),
    old(D, "643", "Thành phố Buôn Ma Thuột", "66"),
    old(D, "645", "Huyện Ea H'leo", "66"),
    old(D, "647", "Huyện Buôn Đôn", "66"),
    old(D, "568", "Thành phố Nha Trang", "56"),
    old(D, "080", "Thành phố Lào Cai", "10"),
    old(D, "132", "Thành phố Yên Bái", "15"),
    old(D, "582", "Thành phố Phan Rang - Tháp Chàm", "58"),
    old(C, "22024", "Phường 9", "555"),
    old(C, "22033", "Phường Phú Đông", "555"),
    old(C, "22039", "Xã Hòa Kiến", "555"),
    old(C, "22225", "Xã Ea Bar", "561"),
    old(C, "24250", "Xã Ea Bar", "647"),
    old(C, "22270", "Xã Hòa Phú", "562"),
    old(C, "24175", "Xã Hòa Phú", "643"),
    old(C, "24121", "Phường Tân Lập", "643"),
    old(C, "24130", "Phường Tân Lợi", "643"),
    old(C, "22369", "Phường Tân Lập", "568"),
    old(C, "24184", "Xã Ea H'leo", "645"),
    old(C, "24199", "Xã Ea Nam", "645", flags="successors_disputed"),
    old(C, "02683", "Phường Nam Cường", "080"),
    old(C, "04279", "Phường Nam Cường", "132"),
    old(C, "22771", "Phường Đông Hải", "582"),
    new(C, "02671", "Phường Cam Đường", "15"),
    new(C, "04279", "Phường Nam Cường", "15"),
    new(C, "22779", "Phường Đông Hải", "56"),
    new(C, "22015", "Phường Tuy Hòa", "66"),
    new(C, "22045", "Phường Bình Kiến", "66"),
    new(C, "22240", "Phường Phú Yên", "66"),
    new(C, "22225", "Xã Ea Bá", "66"),
    new(C, "22237", "Xã Ea Ly", "66"),
    new(C, "24250", "Xã Ea Nuôl", "66"),
    new(C, "22250", "Xã Sơn Thành", "66"),
    new(C, "24175", "Xã Hòa Phú", "66"),
    new(C, "24121", "Phường Tân Lập", "66"),
    new(C, "24133", "Phường Buôn Ma Thuột", "66"),
    new(C, "24184", "Xã Ea H'Leo", "66"),
    new(C, "22366", "Phường Nha Trang", "56"),
)
SUCCESSIONS = (
    province_went("66", "66"),
    province_went("54", "66"),
    province_went("56", "56"),
    province_went("58", "56"),
    province_went("10", "15"),
    province_went("15", "15"),
    went("02683", "02671"),
    went("04279", "04279"),
    went("22771", "22779"),
    went("22024", "22015", partly=True),
    went("22024", "22045", partly=True),
    went("22033", "22240"),
    went("22039", "22045"),
    went("22225", "22225", partly=True),
    went("22225", "22237", partly=True),
    went("24250", "24250"),
    went("22270", "22250"),
    went("24175", "24175"),
    went("24121", "24121"),
    went("24130", "24133"),
    went("22369", "22366"),
    went("24184", "24184"),
    went("24199", "24184"),
)
SQUARE = {"type": "Polygon", "coordinates": [[[108, 12], [109, 12], [109, 13], [108, 12]]]}
OUTLINES = (
    NewOutline(level=P, code="66", outline=SQUARE),
    NewOutline(level=C, code="22015", outline=SQUARE),
)


def load() -> Loaded:
    """Load the small country."""
    return services.load_places(PLACES, SUCCESSIONS, OUTLINES, by=SYSTEM, now=NOW)
