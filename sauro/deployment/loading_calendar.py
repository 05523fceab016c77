"""Loading the special days: holidays, days in lieu, swapped days, year by year."""

from collections import defaultdict
from datetime import datetime

from sauro.core.actor import SYSTEM
from sauro.core.errors import Invalid
from sauro.deployment.loading_files import Folder, day, one_of
from sauro.deployment.loading_report import Outcome
from sauro.offices import services
from sauro.offices.rules import DayKind, DayStatus, SpecialDayPlan

FILE = "offices/special_days.csv"
_COLUMNS = ("date", "kind", "name", "source", "status")


def load(folder: Folder, *, now: datetime) -> Outcome:
    """Set the special days of every year in the file; a bad row is reported and left out.

    :raises Invalid: the file cannot be read, or the days of a year contradict each other
    """
    years: dict[int, list[SpecialDayPlan]] = defaultdict(list)
    for line, row in folder.rows(FILE, _COLUMNS):
        try:
            special = _special_day(row)
        except Invalid as refusal:
            folder.reject(FILE, line, row["date"], refusal.field, str(refusal))
            continue
        if any(special.day == other.day for other in years[special.day.year]):
            message = f"Ngày {row['date']} có hai lần, giữ lần đầu."
            folder.reject(FILE, line, row["date"], "duplicate", message)
            continue
        years[special.day.year].append(special)
    changed = 0
    for year, days in sorted(years.items()):
        changed += len(days) * services.set_special_days(year, days, by=SYSTEM, now=now)
    return Outcome(total=sum(map(len, years.values())), added=0, changed=changed)


def _special_day(row: dict[str, str]) -> SpecialDayPlan:
    return SpecialDayPlan(
        day=day(row["date"]),
        kind=DayKind(one_of(row, "kind", list(DayKind))),
        name=row["name"],
        source=row["source"],
        status=DayStatus(one_of(row, "status", list(DayStatus))),
    )
