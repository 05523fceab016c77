"""Why an address means what it means, in words that a person can check. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sauro.core.explain import Explanation, Line
from sauro.places.rules.units import DISPUTED, FLAGS, Level, PlaceRow

MERGED_ON = date(2025, 7, 1)
PROVINCES_MERGED = "Nghị quyết 202/2025/QH15 của Quốc hội"
DISTRICTS_ENDED = "Nghị quyết 203/2025/QH15 của Quốc hội"
COMMUNES_MERGED = {
    "66": "Nghị quyết 1660/NQ-UBTVQH15 ngày 16/6/2025 của Ủy ban Thường vụ Quốc hội",
}
_MOST_EXPLAINED = 4


@dataclass(frozen=True, slots=True)
class Change:
    """A step from an old unit to a new one."""

    old: int
    new: int
    on: date
    is_partial: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What was understood. read: the units named; matches: today's communes they lead to.

    unread: a commune in the address that nobody knows. similar: the matches are only spelt
    alike. unsure: the kind of unit, or the end of the address, did not fit.
    """

    read: Sequence[PlaceRow]
    changes: Sequence[Change]
    matches: Sequence[PlaceRow]
    unread: str
    similar: bool
    unsure: bool


def must_ask(meaning: Meaning) -> bool:
    """Test whether the person has to choose or confirm; nobody else can know."""
    disputed = any(DISPUTED in row.flags for row in meaning.read)
    doubtful = meaning.similar or meaning.unsure or bool(meaning.unread)
    return len(meaning.matches) != 1 or disputed or doubtful


def explain(meaning: Meaning, rows: Mapping[int, PlaceRow]) -> Explanation:
    """Return how the address led to its matches; `rows` holds every unit in the changes."""
    lines = []
    if len(meaning.read) > _MOST_EXPLAINED:
        lines.append(_many(meaning.read))
    else:
        for row in meaning.read:
            lines += _about(row, meaning.changes, rows)
    lines += _doubts(meaning)
    return Explanation(_value(meaning), tuple(dict.fromkeys(lines)))


def _value(meaning: Meaning) -> str:
    count = len(meaning.matches)
    if count == 0:
        return "Chưa rõ xã, phường"
    if not must_ask(meaning):
        return meaning.matches[0].full_name
    if count == 1:
        return f"Có thể là {meaning.matches[0].full_name}"
    return f"Một trong {count} xã, phường"


def _many(read: Sequence[PlaceRow]) -> Line:
    provinces = len({row.province_name for row in read})
    return Line(
        f"Có {len(read)} đơn vị mang tên này, ở {provinces} tỉnh, thành phố",
        rule="Ghi thêm huyện cũ hoặc tỉnh để hẹp lại",
    )


def _about(row: PlaceRow, changes: Sequence[Change], rows: Mapping[int, PlaceRow]) -> list[Line]:
    """Return the story of one unit that the address names."""
    source = _data_of(row)
    if row.level == Level.PROVINCE and row.until is None:
        return [Line(f"Địa chỉ nói tới {row.name}", rule="Cần thêm tên xã, phường", source=source)]
    if row.until is None:
        return [Line(f"{row.full_name} là tên đang dùng", source=source)]
    steps = _steps(row, changes, rows)
    lines = [_ending(row)]
    lines += _province_change(row, steps, rows)
    if row.level == Level.COMMUNE:
        lines += [_step(step, rows) for step in steps]
    if row.level == Level.DISTRICT:
        rule = "Cần tên xã, phường để biết địa chỉ nay thuộc đâu"
        lines.append(Line(f"Địa bàn {row.name} nay gồm nhiều xã, phường", rule=rule))
    if DISPUTED in row.flags:
        lines.append(Line(FLAGS[DISPUTED], rule="Cần bạn xác nhận", source=source))
    return lines


def _ending(row: PlaceRow) -> Line:
    fact = f"{row.full_name} không còn từ {_day(row.until)}"
    if row.until != MERGED_ON:
        return Line(fact, source=_data_of(row))
    if row.level == Level.PROVINCE:
        return Line(fact, source=PROVINCES_MERGED)
    return Line(fact, rule="Không còn cấp huyện từ 01/7/2025", source=DISTRICTS_ENDED)


def _steps(row: PlaceRow, changes: Sequence[Change], rows: Mapping[int, PlaceRow]) -> list[Change]:
    """Return the changes that lead on from a unit, in order."""
    reached = {row.id}
    if row.level == Level.DISTRICT:
        reached |= {id_ for id_, other in rows.items() if other.parent_id == row.id}
    found = []
    for change in sorted(changes, key=lambda change: (change.on, change.old, change.new)):
        if change.old in reached:
            found.append(change)
            reached.add(change.new)
    return found


def _province_change(
    row: PlaceRow, steps: Sequence[Change], rows: Mapping[int, PlaceRow]
) -> list[Line]:
    """Return the merger of the unit's province, if its name is another since."""
    merged = {
        rows[step.new].province_name
        for step in steps
        if step.on == MERGED_ON and rows[step.new].province_name != row.province_name
    }
    return [
        Line(
            f"{row.province_name} nhập vào {name} từ {_day(MERGED_ON)}",
            source=PROVINCES_MERGED,
        )
        for name in sorted(merged)
    ]


def _step(change: Change, rows: Mapping[int, PlaceRow]) -> Line:
    old, new = rows[change.old], rows[change.new]
    since = f"từ {_day(change.on)}"
    if change.on != MERGED_ON:
        return Line(f"{old.name} đổi thành {new.full_name} {since}", source=_data_of(new))
    source = COMMUNES_MERGED.get(
        new.province_code,
        f"Nghị quyết của Ủy ban Thường vụ Quốc hội về sắp xếp cấp xã năm 2025, {new.province_name}",
    )
    if not change.is_partial:
        return Line(f"{old.name} nhập vào {new.full_name} {since}", source=source)
    return Line(
        f"Một phần {old.name} nhập vào {new.full_name} {since}",
        rule="Đơn vị cũ chia cho nhiều nơi, cần biết thôn, khối hoặc đường",
        source=source,
    )


def _doubts(meaning: Meaning) -> list[Line]:
    lines = []
    if meaning.unread:
        where = f" ở {meaning.read[0].name}" if len(meaning.read) == 1 else ""
        lines.append(Line(f"Không có đơn vị nào tên “{meaning.unread}”{where}"))
    elif not meaning.read:
        lines.append(Line("Không có đơn vị nào có tên đúng như vậy"))
    if meaning.similar and meaning.matches:
        lines.append(Line("Có tên viết gần giống", rule="Cần bạn xác nhận"))
    if meaning.unsure:
        lines.append(Line("Có chỗ trong địa chỉ không khớp", rule="Cần bạn xác nhận"))
    if len(meaning.matches) > 1:
        fact = f"Có {len(meaning.matches)} xã, phường có thể đúng"
        lines.append(Line(fact, rule="Bạn chọn, chúng tôi không đoán thay"))
    return lines


def _data_of(row: PlaceRow) -> str:
    return f"Dữ liệu địa bàn ngày {_day(row.snapshot_on)}"


def _day(day: date | None) -> str:
    """Write a day as in 01/7/2025."""
    return f"{day:%d}/{day.month}/{day.year}" if day else ""
