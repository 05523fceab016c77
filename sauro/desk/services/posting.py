"""Lists of the post, taken in whole or not at all: take_posted, send_posted."""

from collections.abc import Sequence
from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases import services as case_services
from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.commands import command
from sauro.core.text import _
from sauro.desk.queries.posting import Brought, Sent
from sauro.desk.services import taking
from sauro.desk.services.holding import given_to
from sauro.offices import queries as offices
from sauro.onestop.services import posting, returning


@command
def take_posted(rows: Sequence[Brought], *, by: Actor, now: datetime) -> list[str]:
    """Take in what came by post and return the codes: each is filed when it was handed over."""
    codes = []
    for row in rows:
        filed = row.parcel.handed_at  # the legal time of filing, Decision 45/2016 article 7.4
        opened = taking.receive_walk_in(row.person, row.filing, by=by, now=filed)
        posting.came_by_post(opened.id, row.parcel, by=by, now=now)
        codes.append(opened.code)
    return codes


@command
def send_posted(rows: Sequence[Sent], *, by: Actor, now: datetime) -> list[str]:
    """Record which results the post took over and which it delivered; return their codes.

    A result that was delivered is given back: the dossier ends.
    """
    for row in rows:
        if row.is_new:
            posting.send_out(row.case_id, row.parcel, by=by, now=now)
        if row.delivered_at is not None:
            posting.arrived(row.parcel.number, row.delivered_at, by=by, now=now)
            _hand_back(row.case_id, by, now)
    return [row.code for row in rows]


def _hand_back(case_id: int, by: Actor, now: datetime) -> None:
    held = cases.lock(case_id)
    task = held.task
    if task is not None and task.official_id != by.official_id:
        mine = offices.roster(local_day(now)).official(by.official_id or 0)
        note = _("Bưu chính báo đã phát")
        case_services.reassign(held, given_to(mine, held, task, now), note, by=by, now=now)
    returning.hand_back(case_id, by=by, now=now)
