"""A month of a small ward, played through the commands, watched as the worker watches."""

import heapq
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sauro.cases import queries as cases
from sauro.core.actor import SYSTEM, Actor
from sauro.core.clock import at_local, local
from sauro.lateness.queries import letters as waiting_letters
from sauro.lateness.services import letters, pacing, watching
from sauro.offices import queries as offices
from sauro.onestop.rules import Outcome
from sauro.onestop.services import handling, intake
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import World

_LOOKS = (time(8, 0), time(10, 0), time(14, 0), time(16, 0))
_SIGNS = (time(10, 30), time(16, 30))
_TAKES = {"receive": 90, "hand_over": 45, "appraise": 500, "sign": 180, "stamp": 60}
_DRAFT = "Đề nghị cấp giấy chứng nhận."


@dataclass
class Month:
    """One run: filings on every working day, four looks of the watch, heads who sign or not."""

    world: World
    signs: bool
    a_day: int = 2
    rng: random.Random = field(default_factory=lambda: random.Random(2026))  # noqa: S311
    counts: Counter[str] = field(default_factory=Counter)
    queue: list[tuple[datetime, int]] = field(default_factory=list)

    def play(self, since: date, days: int) -> None:
        """Play working days; then let three weeks pass in which nothing new is filed."""
        calendar = offices.working_calendar()
        applicant = worlds.citizen()
        for n in range(days + 21):
            day = since + timedelta(days=n)
            if not calendar.is_working(day):
                continue
            moments = [(at_local(day, hour), "watch") for hour in _LOOKS]
            moments += [(at_local(day, hour), "sign") for hour in _SIGNS if self.signs]
            if n < days:
                moments += [(at_local(day, time(8, 20)), "file")] * self.a_day
            for at, what in sorted(moments):
                self._work_until(at)
                self._happen(what, applicant, at)
            self._work_until(at_local(day, time(17)))
            pacing.count_paces(by=SYSTEM, now=at_local(day, time(18)))

    def _happen(self, what: str, applicant: Actor, now: datetime) -> None:
        if what == "watch":
            done = watching.watch(reminds=False, by=SYSTEM, now=now)
            self.counts.update(drafted=done.drafted, sent=done.sent, breaches=done.breaches)
        elif what == "sign":
            rows = waiting_letters.to_sign(self.world.head, now=now)
            if rows:
                chosen = [row.case_id for row in rows]
                signed = letters.sign_many(chosen, by=self.world.head, now=now)
                self.counts["signed"] += sum(not one.refusal for one in signed)
        else:
            case_id, _code = worlds.filed(self.world, applicant, now=now)
            self.counts["filed"] += 1
            self._plan(case_id, now)

    def _plan(self, case_id: int, now: datetime) -> None:
        """Put the open step of a case into the queue: as usual, or one in eight far longer."""
        task = cases.open_task(case_id)
        if task is None or task.step == "return":
            return
        overruns = self.rng.random() < 0.12
        share = self.rng.uniform(2, 5) if overruns else self.rng.uniform(0.4, 1.2)
        minutes = max(int(_TAKES[task.step] * share), 1)
        at = offices.working_calendar().after_minutes(local(now), minutes)
        heapq.heappush(self.queue, (at, case_id))

    def _work_until(self, at: datetime) -> None:
        while self.queue and self.queue[0][0] <= at:
            now, case_id = heapq.heappop(self.queue)
            self._act(case_id, now)
            self._plan(case_id, now)

    def _act(self, case_id: int, now: datetime) -> None:
        task = cases.open_task(case_id)
        by = worlds.holder(self.world, case_id)
        step = task.step if task else ""
        if step == "receive":
            intake.accept(case_id, by=by, now=now)
        elif step == "hand_over":
            intake.hand_over(case_id, by=by, now=now)
        elif step == "appraise":
            handling.propose(case_id, Outcome.GRANTED, _DRAFT, by=by, now=now)
        elif step == "sign" and self.rng.random() < 0.1:
            handling.send_back(case_id, "Bổ sung căn cứ.", by=by, now=now)
        elif step == "sign":
            handling.approve(case_id, by=by, now=now)
        else:
            handling.issue(case_id, by=by, now=now)
