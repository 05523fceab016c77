"""Which offices handle a dossier, and why: from the procedure's level and where the matter lies.

Answers are kept for the day they are about: a published version never changes, and offices
that open or close do so from a day on.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sauro.cases import queries as cases
from sauro.cases.rules import Process
from sauro.core.errors import NotNow
from sauro.core.explain import Explanation, Line
from sauro.core.text import _
from sauro.offices import queries as offices
from sauro.offices.roster import Roster
from sauro.offices.rules import Kind, OfficeRow
from sauro.offices.rules import Level as OfficeLevel
from sauro.onestop import rules
from sauro.onestop.assigning import Desk
from sauro.onestop.rules import Channel, Limit
from sauro.places import queries as places
from sauro.procedures import queries as procedures
from sauro.procedures.rules import Channel as Way
from sauro.procedures.rules import Competence, FeeKind, Level, ProcedureRecord, competence


@dataclass(frozen=True, slots=True)
class Charge:
    """What a channel costs: whole đồng, and the words that stand beside it."""

    amount: int
    note: str


@dataclass(frozen=True, slots=True)
class Route:
    """Everything about a dossier that follows from its procedure, its place and the day."""

    procedure: str
    title: str
    unit_id: int
    authority_id: int
    limits: Mapping[Channel, Limit]
    fees: Mapping[Channel, Charge]
    explanation: Explanation
    explained: str


def process(procedure: str, *, on: date) -> Process:
    """Return the process of a dossier of this procedure that is opened on a day.

    The one that names the procedure, else the default. No query while nothing was published.

    :raises NotNow: none is in force
    """
    found = cases.process_for(procedure, otherwise=rules.DEFAULT_PROCESS, on=on)
    if found is None:
        raise NotNow(_("Chưa công bố quy trình giải quyết. Báo Trung tâm để được hướng dẫn."))
    return found


def desk(day: date) -> Desk:
    """Return who is there on a day and which minutes count. No query while nothing changed."""
    return Desk(offices.roster(day), offices.working_calendar())


@lru_cache(maxsize=20_000)
def route(version_id: int, place_id: int, *, on: date) -> Route:
    """Return who handles a dossier of this procedure for a matter in this place.

    :raises NotNow: it is not handled in this province, or no open office here is competent;
        the sentence says where to go
    """
    record = procedures.version(version_id).record
    answer = competence(record)
    roster = offices.roster(on)
    if answer.level is Level.MINISTRY:
        raise NotNow(
            _("Thủ tục này do {agency} giải quyết. Nộp trên Cổng Dịch vụ công quốc gia."),
            agency=record.promulgator,
        )
    if answer.level is Level.COMMUNE:
        unit, authority, lines = _at_commune(answer, place_id, roster)
    else:
        unit, authority, lines = _at_province(answer, roster)
    explanation = Explanation(unit.name, (*answer.explanation.lines, *lines))
    return Route(
        procedure=record.code,
        title=record.name,
        unit_id=unit.id,
        authority_id=authority.id,
        limits={channel: _limit(record, channel, on) for channel in Channel},
        fees={channel: _charge(record, channel) for channel in Channel},
        explanation=explanation,
        explained=json.dumps(explanation.as_data(), ensure_ascii=False),
    )


def _at_commune(
    answer: Competence, place_id: int, roster: Roster
) -> tuple[OfficeRow, OfficeRow, list[Line]]:
    place = places.place(place_id)
    here = roster.units(place_id)
    committee = next((office for office in here if office.kind == Kind.COMMITTEE), None)
    if committee is None:
        raise NotNow(
            _("Việc này do Ủy ban nhân dân cấp xã giải quyết. Chọn xã, phường nơi có việc.")
        )
    unit = next((o for o in here if o.slug == answer.unit_hint), committee)
    line = Line(
        f"Việc thuộc {place.name}",
        f"{committee.name} có thẩm quyền, {unit.name} thẩm định",
        "Nghị định 118/2025/NĐ-CP",
    )
    return unit, committee, [line]


def _at_province(answer: Competence, roster: Roster) -> tuple[OfficeRow, OfficeRow, list[Line]]:
    of_province = (o for o in roster.offices if o.level == OfficeLevel.PROVINCE)
    unit = next((o for o in of_province if o.slug == answer.unit_hint), None)
    if unit is None:
        raise NotNow(
            _("Chưa rõ cơ quan nào của tỉnh giải quyết thủ tục này. Gọi 1022 để được chỉ đúng nơi.")
        )
    line = Line("Thủ tục cấp tỉnh", f"{unit.name} có thẩm quyền", "Nghị định 118/2025/NĐ-CP")
    return unit, unit, [line]


_WAYS = {Channel.COUNTER: Way.DIRECT, Channel.ONLINE: Way.ONLINE, Channel.POST: Way.POST}


def _limit(record: ProcedureRecord, channel: Channel, on: date) -> Limit:
    """Return the published term of the channel, or of another where this one has none."""
    terms = {method.channel: method.term for method in record.methods if method.term}
    term = terms.get(_WAYS[channel]) or next(iter(terms.values()), None)
    return rules.limit_of(term, f"Thủ tục {record.code}, {record.decision}".rstrip(", "), on)


def _charge(record: ProcedureRecord, channel: Channel) -> Charge:
    """Return the fee of the channel. An amount counts only where the record sets one."""
    method = next((m for m in record.methods if m.channel == _WAYS[channel]), None)
    if method is None:
        return Charge(0, "")
    set_here = [fee for fee in method.fees if fee.kind is FeeKind.SET and fee.currency == "VND"]
    notes = [fee.note for fee in method.fees if fee.note] or [method.note]
    return Charge(set_here[0].amount if set_here else 0, notes[0])
