"""What repeats, repeats as often as its line seems to say."""

from itertools import pairwise
from typing import Any

import pytest
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicTask

_START = 1_795_392_000.0  # a midnight
_TASKS = {task.task.name: task for task in app.periodic_registry.periodic_tasks.values()}
_OF_SECONDS = [name for name, task in _TASKS.items() if len(task.cron.split()) > 5]


def _runs(task: PeriodicTask[..., Any, Any], count: int = 200) -> list[float]:
    at, runs = _START, []
    for _run in range(count):
        at = float(task.croniter.get_next(float, start_time=at))
        runs.append(at)
    return runs


@pytest.mark.parametrize("name", _OF_SECONDS)
def test_a_job_of_seconds_runs_every_few_seconds_in_every_minute(name: str) -> None:
    gaps = {after - before for before, after in pairwise(_runs(_TASKS[name]))}

    assert len(gaps) == 1
    assert gaps.pop() <= 10


def test_there_are_jobs_of_seconds_and_others() -> None:
    assert 0 < len(_OF_SECONDS) < len(_TASKS)
