"""Why a dossier is promised for its day: its term day by day, and every time it stood still."""

from dataclasses import dataclass
from datetime import date, datetime

from sauro.core.clock import local
from sauro.core.explain import Explanation, Line
from sauro.core.reckoning import explain_due, written, written_moment
from sauro.core.text import _
from sauro.core.workdays import Unit, WorkingCalendar
from sauro.onestop import assigning, pausing
from sauro.onestop.models import Pause
from sauro.onestop.pauses import DEFAULTS, REASONS, Policy, Reason
from sauro.onestop.queries import DossierPage

_NOT_COUNTED = "Không tính"
_GOES_ON: dict[Policy, str] = {
    Policy.RESUME: _("Khi tính tiếp, hạn lùi đúng bằng thời gian đã dừng"),
    Policy.RESTART: _("Khi tính tiếp, thời hạn tính lại từ đầu"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRow:
    """A time that a dossier stood still, or does (until is None).

    expected_on: when it should end, said by the official whose word it is; None where a step of
    the process waits. is_checked: whether the article it goes on by was read in the law.
    """

    reason: Reason
    policy: Policy
    source: str
    is_checked: bool
    note: str
    since: datetime
    expected_on: date | None
    until: datetime | None

    @property
    def by_word(self) -> bool:
        """Test whether an official said so, rather than a step that waits."""
        return self.expected_on is not None

    @property
    def why(self) -> str:
        """Return what is waited for, in words."""
        return REASONS[self.reason]

    @property
    def goes_on(self) -> str:
        """Return what the time does then, in words."""
        return _GOES_ON[self.policy]


def pauses(dossier_id: int) -> list[PauseRow]:
    """Return every time a dossier stood still, oldest first. One query."""
    return [_row(pause) for pause in Pause.objects.filter(dossier_id=dossier_id).order_by("since")]


def pause_of(dossier: DossierPage) -> PauseRow | None:
    """Return why a dossier stands still now. One query where it does, else none."""
    if dossier.paused_at is None or dossier.ended_at is not None:
        return None
    return next((row for row in pauses(dossier.case_id) if row.until is None), None)


def _row(pause: Pause) -> PauseRow:
    provision = DEFAULTS[Reason(pause.reason)].provision(local(pause.since).date())
    return PauseRow(
        reason=Reason(pause.reason),
        policy=Policy(pause.policy),
        source=pause.source,
        is_checked=provision.checked or pause.source != provision.source,
        note=pause.note,
        since=pause.since,
        expected_on=pause.expected_on,
        until=pause.until,
    )


def explained(dossier: DossierPage, calendar: WorkingCalendar) -> Explanation | None:
    """Return how the legal term comes to its end: each day, then each pause that put it off.

    None before it starts, and where the end was set otherwise. One query where it stood still.
    """
    if dossier.started_at is None:
        return None
    start, term = local(dossier.started_at), dossier.limit.term
    try:
        whole = explain_due(calendar, start, term)
        due = assigning.legal_due(start, dossier.limit, calendar)
    except (LookupError, ValueError):
        return None
    if dossier.legal_due_at == due and dossier.paused_at is None:
        return whole
    lines = []
    for pause in pauses(dossier.case_id):
        if pause.since < start or (pause.policy is Policy.RESTART and pause.until):
            continue
        if pause.until:
            since, until = local(pause.since), local(pause.until)
            due = pausing.moved_by(local(due), since, until, term, calendar)
        lines.append(_line(pause, due, is_exact=term.unit is Unit.WORKING_HOUR))
    if dossier.legal_due_at != due:
        return None
    when = written_moment(due) if term.unit is Unit.WORKING_HOUR else written(due.date())
    return Explanation(f"{when} ({term})", (*whole.lines, *lines))


def shortened(whole: Explanation) -> Explanation:
    """Return an explanation without the days that simply counted: first, last, and what is not."""
    counted = [line for line in whole.lines if not line.rule.startswith(_NOT_COUNTED)]
    ends = (counted[0], counted[-1])
    kept = (line for line in whole.lines if line in ends or line not in counted)
    return Explanation(whole.value, tuple(kept))


def _line(pause: PauseRow, due: datetime, *, is_exact: bool) -> Line:
    """Return one pause as a line: since when and until when, why, and what became of the end."""
    since = written_moment(local(pause.since))
    why = f"{_NOT_COUNTED}: {pause.why}. {pause.note}".rstrip(" .")
    if pause.until is None:
        return Line(
            fact=_("Tạm dừng từ {since}").format(since=since),
            rule=f"{why}. {pause.goes_on}",
            source=pause.source,
        )
    until = written_moment(local(pause.until))
    end = written_moment(due) if is_exact else written(due.date())
    return Line(
        fact=_("Tạm dừng từ {since} đến {until}").format(since=since, until=until),
        rule=why,
        source=pause.source,
        amount=_("hạn lùi đến {end}").format(end=end),
    )
