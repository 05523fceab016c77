"""What is in the database, in figures that a person can check against the sources."""

from datetime import date
from itertools import count, takewhile

from django.conf import settings

from sauro.offices import queries as offices
from sauro.places import queries as places
from sauro.procedures import queries as procedures
from sauro.ui.formats import number

_FIRST_YEAR = 2024


def totals(*, on: date) -> list[tuple[str, int, str]]:
    """Return (label, count, note) of everything that a load brings in."""
    return _places(on) + _offices(on) + _procedures()


def _places(on: date) -> list[tuple[str, int, str]]:
    found = places.counts(on=on)
    home = places.communes(settings.PROVINCE["code"], on=on)
    wards = sum(place.type_word == "Phường" for place in home)
    estimated = sum(place.population_is_estimate for place in home)
    return [
        ("tỉnh, thành phố", found.provinces, f"{number(found.old_provinces)} đã kết thúc"),
        ("xã, phường, đặc khu", found.communes, f"{number(found.estimates)} có dân số ước tính"),
        (
            f"trong đó ở {settings.PROVINCE['name']}",
            len(home),
            f"{wards} phường, {len(home) - wards} xã; {estimated} có dân số ước tính",
        ),
        ("quận, huyện cũ", found.old_districts, "đã kết thúc"),
        ("xã, phường cũ", found.old_communes, "đã kết thúc"),
        (
            "dòng đơn vị cũ vào đơn vị mới",
            found.successions,
            f"{number(found.partial)} chỉ một phần",
        ),
        ("ranh giới", found.outlines, "giản lược, không có giá trị pháp lý"),
    ]


def _offices(on: date) -> list[tuple[str, int, str]]:
    years = takewhile(bool, (offices.special_days(year) for year in count(_FIRST_YEAR)))
    days = [day for year in years for day in year]
    estimated = sum(day.status == "estimate" for day in days)
    roster = offices.roster(on)
    return [
        ("ngày nghỉ, ngày hoán đổi", len(days), f"{estimated} dự kiến"),
        ("cơ quan, đơn vị", len(roster.offices), "mã dưới cấp tỉnh là giả định"),
        ("cán bộ", len(roster.officials), "người giả định"),
    ]


def _procedures() -> list[tuple[str, int, str]]:
    found = procedures.counts()
    return [
        ("thủ tục có đủ nội dung", found.full, f"{number(found.versions)} phiên bản"),
        ("thủ tục chỉ có tên", found.listed, "tháng 4/2025, chưa kiểm lại"),
        ("thủ tục không còn công bố", found.gone, "giữ để trả lời câu hỏi cũ"),
    ]
