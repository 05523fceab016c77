"""A province at work: days played through the same commands, with a fixed seed (synthetic).

People file by the hour, officials work through their queues with the time they have, make
mistakes, ask for supplements, run late in the fields that run late. Every change goes through
the commands that a click would call; only the clock is injected.
"""

import heapq
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from sauro.cases import queries as cases
from sauro.cases.queries import OpenTask
from sauro.cases.rules import Kind as TaskKind
from sauro.cases.rules import Party, Visit
from sauro.core.actor import SYSTEM, Actor, ActorKind
from sauro.core.clock import at_local, local
from sauro.core.errors import Refusal
from sauro.core.workdays import WorkingCalendar
from sauro.deployment import acting, names
from sauro.deployment.mix import MIX, Demand
from sauro.events import services as events
from sauro.lateness.queries import nudges
from sauro.lateness.services import letters, pacing, watching
from sauro.offices import queries as offices
from sauro.offices.roster import Roster
from sauro.offices.rules import Kind, OfficialRow
from sauro.onestop import synthetic
from sauro.onestop.rules import Applicant, Channel, Filing, Outcome, ReturnBy, Verb
from sauro.onestop.services import consenting, filing, handling, intake, returning, waiting
from sauro.people import services as people
from sauro.places import queries as places
from sauro.places.queries import PlaceRow
from sauro.procedures import queries as procedures

_HOURS = ((7, 14), (8, 26), (9, 20), (10, 10), (13, 10), (14, 14), (15, 6))
_ANSWERS_LATER = 0.85
_LOOKS = (time(8, 5), time(10, 30), time(14, 0), time(16, 0))
_HEADS_SIGN = 0.9  # at each look, of the letters that lie there
_ENOUGH_CITIZENS = 2_000
_SILENT = 0.35  # of those asked for an opinion keep silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to play. since, until: days, both inclusive; a_day: filings on a working day.

    goes_on: an earlier run was cut off; take up what it left and play the rest.
    """

    since: date
    until: datetime
    a_day: int
    seed: int = 2026
    goes_on: bool = False


@dataclass
class Played:
    """What happened, by verb; refusals are counted, never hidden."""

    counts: Counter[str] = field(default_factory=Counter)


@dataclass(order=True)
class _Due:
    at: datetime
    turn: int
    case_id: int = field(compare=False)
    task_id: int = field(compare=False)


T = TypeVar("T")


class Simulation:
    """One run. Deterministic for a plan and the data it starts from."""

    def __init__(self, plan: Plan, province_code: str) -> None:
        self.plan = plan
        self.rng = random.Random(plan.seed)  # noqa: S311 - a demo, not a secret
        self.played = Played()
        self.calendar: WorkingCalendar = offices.working_calendar()
        self.roster: Roster = offices.roster(plan.since)
        self.communes = places.communes(province_code, on=plan.since)
        self.weights = [max(place.population or 20_000, 5_000) for place in self.communes]
        self.centres = {
            office.place_id: office for office in self.roster.offices if office.kind == Kind.CENTRE
        }
        self.demands = [(demand, self._version(demand)) for demand in MIX]
        self.late = {version: demand.late for demand, version in self.demands}
        self.version_of: dict[int, int] = {}
        self.citizens: list[Applicant] = []
        self.free_at: dict[int, datetime] = {}
        self.queue: list[_Due] = []
        self.planned: set[int] = set()
        self.turn = 0
        left = synthetic.last_filed_at() if plan.goes_on else None
        self.began = left or at_local(plan.since, time.min)
        self.heads = random.Random(plan.seed)  # noqa: S311 - of their own, the rest stays as it is

    def _version(self, demand: Demand) -> int:
        return procedures.procedure(demand.code).version_id

    def play(self, progress: Callable[[date, int], None]) -> Played:
        """Play every day of the plan; call `progress` after each with the day and the filings."""
        for left in synthetic.unfinished() if self.plan.goes_on else ():
            self.version_of[left.case_id] = left.version_id
            self._plan_next(left.case_id, max(left.since, self.began))
        day = max(self.plan.since, local(self.began).date())
        while day <= local(self.plan.until).date():
            if self.calendar.is_working(day):
                self._day(day)
                progress(day, self.played.counts["nộp hồ sơ"])
            day += timedelta(days=1)
        events.seal(now=self.plan.until)
        return self.played

    def _day(self, day: date) -> None:
        arrivals = [(self._moment(day), self._file) for _ in range(self._arrivals())]
        looks = [(at_local(day, hour), self._look) for hour in _LOOKS]
        for at, happens in sorted([*arrivals, *looks], key=lambda pair: pair[0]):
            self._work_until(at)
            if self.began < at <= self.plan.until:
                happens(at)
        self._work_until(min(at_local(day, time(23, 59)), self.plan.until))

    def _arrivals(self) -> int:
        return max(0, round(self.rng.gauss(self.plan.a_day, self.plan.a_day * 0.12)))

    def _moment(self, day: date) -> datetime:
        hours, shares = zip(*_HOURS, strict=True)
        hour = self.rng.choices(hours, shares)[0]
        minute = self.rng.randrange(30, 60) if hour in (7, 13) else self.rng.randrange(60)
        return at_local(day, time(hour, minute, self.rng.randrange(60)))

    def _file(self, at: datetime) -> None:
        _demand, version_id = self.rng.choices(
            self.demands, [demand.share for demand, _ in self.demands]
        )[0]
        place = self.rng.choices(self.communes, self.weights)[0]
        applicant = self._applicant(place, at)
        online = self.rng.random() < 0.62  # noqa: PLR2004
        centre = self.centres[place.id if self.rng.random() < 0.9 else self._elsewhere()]  # noqa: PLR2004
        given = Filing(
            version_id=version_id,
            centre_id=centre.id,
            place_id=place.id,
            applicant=applicant,
            channel=Channel.ONLINE if online else Channel.COUNTER,
            return_by=ReturnBy.ONLINE if online else ReturnBy.CENTRE,
            is_synthetic=True,
        )
        if online:
            citizen = Actor(
                kind=ActorKind.CITIZEN, label=applicant.name, person_id=applicant.person_id
            )
            opened = self._try("nộp hồ sơ", lambda: filing.register(given, by=citizen, now=at))
        else:
            clerk = self.roster.pick(centre.id, "CLERK", self.rng.randrange(1_000))
            opened = self._try("nộp hồ sơ", lambda: filing.receive(given, by=_actor(clerk), now=at))
        if opened:
            self.version_of[opened.id] = version_id
            self._plan_next(opened.id, at)

    def _look(self, at: datetime) -> None:
        """Let the watch draft the letters that are owed, and most heads sign theirs."""
        if local(at).time() == _LOOKS[0]:
            pacing.count_paces(by=SYSTEM, now=at)
        watched = watching.watch(reminds=False, by=SYSTEM, now=at)
        self.played.counts.update(
            {"soạn thư xin lỗi": watched.sent, "chậm xin lỗi": watched.breaches}
        )
        for row in nudges.unsigned_letters():
            if self.heads.random() < _HEADS_SIGN:
                head = _actor(self.roster.official(row.head_id))
                case_id = row.case_id
                self._try("xin lỗi, hẹn lại", lambda: letters.sign(case_id, by=head, now=at))  # noqa: B023 - called at once

    def _elsewhere(self) -> int:
        return self.rng.choices(self.communes, self.weights)[0].id

    def _applicant(self, place: PlaceRow, at: datetime) -> Applicant:
        if len(self.citizens) >= _ENOUGH_CITIZENS:
            return self.rng.choice(self.citizens)
        given = names.synthetic_citizen(self.rng, place)
        person_id = people.find_or_register(**given, place_id=place.id, by=SYSTEM, now=at)
        applicant = Applicant(
            person_id=person_id,
            name=given["name"],
            pid=given["pid"],
            phone=given["phone"],
            email=given["email"],
            address=given["address"],
        )
        self.citizens.append(applicant)
        return applicant

    def _plan_next(self, case_id: int, now: datetime) -> None:
        """Put the open tasks of a case that are new into the queue of whoever holds them."""
        for task in cases.open_tasks(case_id):
            if task.id not in self.planned:
                self.planned.add(task.id)
                self._plan(task, self._begun(task, now))

    def _begun(self, task: OpenTask, now: datetime) -> datetime:
        if task.party == Party.CITIZEN:
            return self._citizen_acts(now)
        if task.kind == TaskKind.OPINION and self.rng.random() < _SILENT:
            return max(task.due_at, now) + timedelta(minutes=1)
        return self._office_acts(task, now)

    def _plan(self, task: OpenTask, at: datetime) -> None:
        self.turn += 1
        heapq.heappush(self.queue, _Due(at, self.turn, task.case_id, task.id))

    def _citizen_acts(self, now: datetime) -> datetime:
        days = self.rng.randint(1, 6) if self.rng.random() < _ANSWERS_LATER else 40
        return now + timedelta(days=days, minutes=self.rng.randrange(600))

    def _office_acts(self, task: OpenTask, now: datetime) -> datetime:
        here = local(now)
        allotted = max(self.calendar.minutes_between(here, local(task.due_at)), 10)
        overruns = self.rng.random() < self.late[self.version_of[task.case_id]]
        share = self.rng.uniform(1.6, 4.0) if overruns else self.rng.betavariate(2.2, 3.2)
        start = max(here, self.free_at.get(task.official_id, here))
        effort = self.rng.randint(4, 18)
        self.free_at[task.official_id] = self.calendar.after_minutes(start, effort)
        wait = max(int(allotted * share * 0.92), 3)
        return max(self.calendar.after_minutes(here, wait), self.free_at[task.official_id])

    def _work_until(self, at: datetime) -> None:
        while self.queue and self.queue[0].at <= min(at, self.plan.until):
            due = heapq.heappop(self.queue)
            task = next((t for t in cases.open_tasks(due.case_id) if t.id == due.task_id), None)
            if task is None:
                continue
            if self._act(task, due.at) is None and task in cases.open_tasks(due.case_id):
                # Refused: somebody else was quicker, or must act first. They look again tomorrow.
                self._plan(task, due.at + timedelta(days=1))
            self._plan_next(due.case_id, due.at)

    def _act(self, task: OpenTask, now: datetime) -> object:
        by = _actor(self.roster.official(task.official_id))
        process = cases.process(task.process_id)
        step = process.step(task.step)
        act = acting.act_of(step, process)
        verb, command = getattr(self, f"_{act}")(task, by, now, self.rng.random())
        return self._try(verb, lambda: command() or True)

    def _receive(self, task: OpenTask, by: Actor, now: datetime, chance: float) -> "_Act":
        case = task.case_id
        if chance < 0.02:  # noqa: PLR2004
            reason = "Việc này không thuộc thẩm quyền của tỉnh; nộp tại nơi cư trú."
            return "không tiếp nhận", lambda: intake.reject(case, reason, by=by, now=now)
        if chance < 0.05:  # noqa: PLR2004
            return "yêu cầu bổ sung", lambda: _ask(case, by, now)
        return "tiếp nhận", lambda: intake.accept(case, by=by, now=now)

    def _hand_over(self, task: OpenTask, by: Actor, now: datetime, _chance: float) -> "_Act":
        return "chuyển xử lý", lambda: intake.hand_over(task.case_id, by=by, now=now)

    def _appraise(self, task: OpenTask, by: Actor, now: datetime, chance: float) -> "_Act":
        case = task.case_id
        may_ask = Verb.ASK in cases.process(task.process_id).step(task.step).moves
        if chance < 0.03 and may_ask and not task.returned:  # noqa: PLR2004
            return "yêu cầu bổ sung", lambda: _ask(case, by, now)
        if chance < 0.036:  # noqa: PLR2004
            reason = "Người nộp có văn bản đề nghị dừng giải quyết."
            return "dừng xử lý", lambda: handling.stop(case, reason, by=by, now=now)
        outcome = Outcome.REFUSED if chance > 0.99 else Outcome.GRANTED  # noqa: PLR2004
        return "trình ký", lambda: handling.propose(case, outcome, _DRAFTS[outcome], by=by, now=now)

    def _sign(self, task: OpenTask, by: Actor, now: datetime, chance: float) -> "_Act":
        case = task.case_id
        if chance < 0.02:  # noqa: PLR2004
            reason = "Bổ sung căn cứ pháp lý vào dự thảo rồi trình lại."
            return "trả lại để sửa", lambda: handling.send_back(case, reason, by=by, now=now)
        return "ký duyệt", lambda: handling.approve(case, by=by, now=now)

    def _stamp(self, task: OpenTask, by: Actor, now: datetime, _chance: float) -> "_Act":
        return "đóng dấu, phát hành", lambda: handling.issue(task.case_id, by=by, now=now)

    def _return(self, task: OpenTask, by: Actor, now: datetime, chance: float) -> "_Act":
        return "trả kết quả", lambda: self._give(task, by, now, chance)

    def _give(self, task: OpenTask, by: Actor, now: datetime, chance: float) -> None:
        returning.hand_back(task.case_id, by=by, now=now)
        if chance < 0.4:  # noqa: PLR2004
            citizen = Actor(kind=ActorKind.CITIZEN, label=task.who, person_id=task.owed_to_id)
            score = self.rng.choices((5, 4, 3, 2, 1), (62, 27, 7, 3, 1))[0]
            returning.rate(task.case_id, score, "", by=citizen, now=now)

    def _finish(self, task: OpenTask, by: Actor, now: datetime, _chance: float) -> "_Act":
        note = "Đã làm xong, không có vướng mắc."
        return "xong việc trong nhánh", lambda: handling.advance(
            task.case_id, note, task_id=task.id, by=by, now=now
        )

    def _opinion(self, task: OpenTask, by: Actor, now: datetime, chance: float) -> "_Act":
        if now >= task.due_at:
            return "im lặng là đồng ý", lambda: consenting.consent_by_silence(
                task.case_id, task.id, by=SYSTEM, now=now
            )
        note = "Không có ý kiến khác." if chance < 0.9 else "Đề nghị làm rõ lối thoát nạn."  # noqa: PLR2004
        return "cho ý kiến", lambda: handling.advance(
            task.case_id, note, task_id=task.id, by=by, now=now
        )

    def _visit(self, task: OpenTask, by: Actor, now: datetime, _chance: float) -> "_Act":
        visit = Visit(local(now).date(), "Có mặt người nộp; hiện trạng đúng như hồ sơ.")
        return "xác minh thực địa", lambda: handling.record_visit(
            task.case_id, visit, task_id=task.id, by=by, now=now
        )

    def _fee(self, task: OpenTask, by: Actor, now: datetime, _chance: float) -> "_Act":
        note = "Lệ phí trước bạ 1.250.000 đồng, nộp tại Kho bạc Nhà nước hoặc trực tuyến."
        return "yêu cầu nộp tiền", lambda: waiting.ask_fee(
            task.case_id, note, task_id=task.id, by=by, now=now
        )

    def _payment(self, task: OpenTask, by: Actor, now: datetime, _chance: float) -> "_Act":
        if now > task.due_at:
            reason = "Quá hạn nộp tiền mà chưa nhận được chứng từ."
            return "dừng xử lý", lambda: handling.stop(task.case_id, reason, by=by, now=now)
        receipt = f"BL {task.id:07}"
        return "nộp tiền", lambda: waiting.paid(task.case_id, receipt, by=by, now=now)

    def _supplement(self, task: OpenTask, by: Actor, now: datetime, _chance: float) -> "_Act":
        if now > task.due_at:
            reason = "Quá hạn bổ sung mà chưa nhận được giấy tờ."
            return "dừng xử lý", lambda: handling.stop(task.case_id, reason, by=by, now=now)
        return "bổ sung đủ", lambda: waiting.complete(task.case_id, by=by, now=now)

    def _try(self, verb: str, command: Callable[[], T]) -> T | None:
        """Run a command and count it; a refusal is counted by its code and changes nothing."""
        try:
            done = command()
        except Refusal as refusal:
            self.played.counts[f"bị từ chối ({refusal.code})"] += 1
            return None
        self.played.counts[verb] += 1
        return done


_Act = tuple[str, Callable[[], object]]
_DRAFTS = {
    Outcome.GRANTED: "Hồ sơ đủ điều kiện. Đề nghị cấp kết quả theo đề nghị của người nộp.",
    Outcome.REFUSED: "Hồ sơ chưa đủ điều kiện theo quy định. Đề nghị không giải quyết.",
}


def _ask(case_id: int, by: Actor, now: datetime) -> None:
    items = ["Bản chính hoặc bản sao chứng thực giấy tờ chứng minh nhân thân"]
    waiting.ask(case_id, items, "Bản chụp gửi kèm bị mờ, thiếu trang.", by=by, now=now)


def _actor(official: OfficialRow) -> Actor:
    return Actor(
        kind=ActorKind.OFFICIAL,
        label=f"{official.name}, {official.title}",
        person_id=official.person_id,
        official_id=official.id,
        office_id=official.office_id,
        post=official.role,
        leads=official.leads,
    )
