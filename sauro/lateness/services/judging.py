"""Judging finished cases: judge one, judge_next by following the log."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection

from sauro.core.actor import Actor
from sauro.core.clock import local
from sauro.core.commands import command
from sauro.core.errors import NotNow
from sauro.core.explain import Explanation, Line
from sauro.core.text import _
from sauro.core.workdays import Term, Unit, WorkingCalendar
from sauro.events import queries as log
from sauro.events import services as events
from sauro.lateness.models import Charge, Verdict
from sauro.lateness.queries import facts as found
from sauro.lateness.queries.facts import CaseFacts
from sauro.lateness.rules import charging, verdicts
from sauro.lateness.rules.charging import Account
from sauro.lateness.rules.verdicts import Found, Synced
from sauro.lateness.services import duties
from sauro.offices import queries as offices
from sauro.onestop.rules import State

_READER = "lateness.judging"
_BATCH = 200
_FINISHED = frozenset({State.DONE, State.STOPPED, State.WITHDRAWN})


@command
def judge(case_id: int, *, by: Actor, now: datetime) -> Verdict:
    """Store the verdicts of a finished case, with all they stand on; judging again revises them.

    :raises NotNow: the case is not finished, or its legal time never began
    """
    case = found.facts(case_id)
    end = case.finished_at or case.ended_at
    if end is None or case.started_at is None or case.promised_first is None:
        raise NotNow(_("Hồ sơ chưa kết thúc hoặc chưa được tiếp nhận nên chưa có kết luận."))
    calendar = offices.working_calendar()
    stops = found.stops_of([case_id])[case_id]
    account = charging.account(
        calendar,
        found.course(
            found.spans_of([case_id])[case_id],
            stops,
            started_at=case.started_at,
            due_at=case.promised_first,
            end_at=end,
        ),
    )
    index = verdicts.index_766(_synced(case, now))
    fields = _fields(case, end, account, index, calendar=calendar, now=now)
    verdict, is_new = Verdict.objects.update_or_create(case_id=case_id, defaults=fields)
    _write_charges(verdict, account)
    events.record(
        "verdict.given" if is_new else "verdict.revised",
        verdict,
        by=by,
        at=now,
        original=fields["original"],
        official=fields["official"],
        index_766=fields["index_766"],
        delay=account.delay,
    )
    duties.record_breach_of(case_id, by=by, now=now)
    return verdict


@command
def judge_next(*, by: Actor, now: datetime) -> int:
    """Judge the cases that finished since the last call; return how many events were read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_READER])
    rows = log.unread(_READER, "cases.case", limit=_BATCH)
    if not rows:
        return 0
    for case_id in sorted({row.subject_id for row in rows if row.data.get("to") in _FINISHED}):
        try:
            judge(case_id, by=by, now=now)
        except NotNow:
            continue  # rejected, or opened again since
    events.advance(_READER, rows[-1].txid)
    return len(rows)


def _synced(case: CaseFacts, period_end: datetime) -> Synced:
    """Return a case as index 766 sees it."""
    ended = local(case.ended_at) if case.ended_at else None
    return Synced(
        accepted_at=local(case.started_at) if case.started_at else None,
        done_at=local(case.finished_at) if case.finished_at else None,
        returned_at=ended if case.state == State.RETURNED else None,
        stopped_at=ended if case.state in {State.STOPPED, State.REJECTED} else None,
        withdrawn_at=ended if case.state == State.WITHDRAWN else None,
        asked=case.asked,
        promised_at=local(case.promised_at) if case.promised_at else None,
        period_end=local(period_end),
    )


def _fields(
    case: CaseFacts,
    end: datetime,
    account: Account,
    index: Found,
    *,
    calendar: WorkingCalendar,
    now: datetime,
) -> dict[str, Any]:
    first, last = case.promised_first or end, case.promised_at or end
    original = verdicts.against(local(end), local(first))
    official = verdicts.against(local(end), local(last))
    term = Term(case.limit_value, Unit(case.limit_unit))
    started = case.started_at or end
    target = verdicts.target(
        calendar, local(started), term, local(case.legal_due_at or first), stood=account.waited
    )
    return {
        "ended_at": end,
        "promised_first": first,
        "promised_last": last,
        "target_at": target,
        "original": original,
        "official": official,
        "index_766": index.verdict,
        "rule_766": index.rule,
        "minutes": account.minutes,
        "waited": account.waited,
        "delay": account.delay,
        "inputs": _inputs(case, calendar),
        "explanation": _explained(case, end, index, first, last).as_data(),
        "judged_at": now,
    }


def _explained(
    case: CaseFacts, end: datetime, index: Found, first: datetime, last: datetime
) -> Explanation:
    """Return the verdicts line by line."""
    original = verdicts.against(local(end), local(first))
    official = verdicts.against(local(end), local(last))
    term = Term(case.limit_value, Unit(case.limit_unit))
    return Explanation(
        verdicts.LABELS[original],
        (
            Line(_("Thời hạn {term}").format(term=term), "", case.limit_source),
            Line(_("Bắt đầu tính {at}").format(at=verdicts.said(local(case.started_at or end)))),
            Line(
                _("Hẹn trả lần đầu {at}").format(at=verdicts.said(local(first))),
                _("Xong lúc {at}").format(at=verdicts.said(local(end))),
                amount=verdicts.LABELS[original],
            ),
            Line(
                _("Hẹn trả sau cùng {at}").format(at=verdicts.said(local(last))),
                amount=verdicts.LABELS[official],
            ),
            *index.explanation.lines,
        ),
    )


def _inputs(case: CaseFacts, calendar: WorkingCalendar) -> dict[str, Any]:
    """Return all that was compared, as plain data."""
    plain = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(case).items()
        if name not in {"who", "title", "asked"}
    }
    asked = [
        [one.asked_at.isoformat(), one.completed_at.isoformat() if one.completed_at else None]
        for one in case.asked
    ]
    return {**plain, "asked": asked, "calendar": calendar.version, "strict_multi": False}


def _write_charges(verdict: Verdict, account: Account) -> None:
    Charge.objects.filter(verdict=verdict).delete()
    Charge.objects.bulk_create(
        Charge(
            verdict=verdict,
            task_id=share.span.id,
            official_id=share.span.official_id,
            office_id=share.span.office_id,
            step=share.span.step,
            party=share.span.party,
            minutes=share.minutes,
            waited=share.waited,
            over=share.over,
            delay=share.delay,
            caused_by=share.caused_by,
        )
        for share in account.shares
    )
