"""`sauro load`: the province's data, one dataset after the other, each whole or not at all.

A later dataset leans on the earlier ones, so the first that is refused ends the load; what was
loaded before it stays. The report is written whatever happens. Loading again changes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter

from django.db import transaction

from sauro.core.errors import Refusal
from sauro.deployment import (
    loading_calendar,
    loading_forms,
    loading_laws,
    loading_offices,
    loading_places,
    loading_procedures,
    loading_processes,
)
from sauro.deployment.loading_files import Folder
from sauro.deployment.loading_report import Entry, Kind, Outcome, Report


@dataclass(frozen=True, slots=True)
class Dataset:
    """One thing to load. name: in the report; label: for people."""

    name: str
    label: str
    load: Callable[..., Outcome]


DATASETS = (
    Dataset("places", "Đơn vị hành chính", loading_places.load),
    Dataset("calendar", "Ngày nghỉ, ngày hoán đổi", loading_calendar.load),
    Dataset("offices", "Cơ quan, cán bộ", loading_offices.load),
    Dataset("procedures", "Thủ tục hành chính", loading_procedures.load),
    Dataset("processes", "Quy trình", loading_processes.load),
    Dataset("forms", "Mẫu khai", loading_forms.load),
    Dataset("laws", "Văn bản pháp luật", loading_laws.load),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How loading one dataset went. refusal: why it was not loaded, "" if it was."""

    dataset: Dataset
    outcome: Outcome
    seconds: float
    repaired: int
    rejected: int
    refusal: str


def load(
    data: Path,
    var: Path,
    *,
    now: datetime,
    began: Callable[[Dataset], None],
    ended: Callable[[Step], None],
    datasets: Sequence[Dataset] = DATASETS,
) -> list[Step]:
    """Load the datasets of a folder in turn and write the report; return how each went.

    began, ended: told about each dataset, to show progress.
    """
    report = Report()
    steps: list[Step] = []
    try:
        for dataset in datasets:
            began(dataset)
            steps.append(_load_one(dataset, Folder(data, dataset.name, report), now=now))
            ended(steps[-1])
            if steps[-1].refusal:
                break
    finally:
        report.write(var)
    return steps


def _load_one(dataset: Dataset, folder: Folder, *, now: datetime) -> Step:
    start = perf_counter()
    outcome, refusal = Outcome(0, 0, 0), ""
    try:
        with transaction.atomic():
            outcome = dataset.load(folder, now=now)
    except Refusal as refused:
        refusal = str(refused)
        folder.report.add(
            Entry(
                dataset=dataset.name,
                kind=Kind.REFUSED,
                file=getattr(refused, "field", ""),
                reason=refused.code,
                message=refusal,
            )
        )
    return Step(
        dataset=dataset,
        outcome=outcome,
        seconds=perf_counter() - start,
        repaired=folder.report.count(dataset.name, Kind.REPAIRED),
        rejected=folder.report.count(dataset.name, Kind.REJECTED),
        refusal=refusal,
    )
