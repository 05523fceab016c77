"""`@job`: the door for later. Work that the worker does, at least once, and safely twice.

A job takes plain arguments, reads the clock once and calls one command. Jobs are deferred
inside the command that wants them and vanish with it when it is undone.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from sauro.core import clock


def job(*, name: str, every: str | None = None) -> Callable[[Callable[..., None]], Any]:
    """Register work for the worker under a stable `name`.

    every: a cron line of five fields, or six with the seconds last, for work that repeats.
    The work receives `now` as its keyword; a repeated one skips when its last run still waits.
    """

    def declare(work: Callable[..., None]) -> Any:  # noqa: ANN401 - procrastinate's task type
        @wraps(work)
        def run(timestamp: int | None = None, **given: Any) -> None:  # noqa: ANN401, ARG001
            now: datetime = clock.now()
            work(now=now, **given)

        task = app.task(name=name, queueing_lock=name if every else None)(run)
        return app.periodic(cron=every)(task) if every else task

    return declare


@app.periodic(cron="* * * * *")
@app.task(name="core.rescue", queueing_lock="core.rescue")
async def rescue(timestamp: int | None = None) -> None:  # noqa: ARG001 - the cron's own time
    """Give the jobs of a worker that was killed back to the queue: every job may run twice.

    Repeated work that waits again already is not queued a second time.
    """
    for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=60):
        try:
            await app.job_manager.retry_job(stalled)
        except UniqueViolation:
            await app.job_manager.finish_job(stalled, status=Status.FAILED, delete_job=True)
