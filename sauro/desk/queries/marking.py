"""Where a dossier stands in the picture of its process: what is done, who holds what is open."""

from datetime import datetime

from sauro.cases import queries as cases
from sauro.cases.picture import Here, Marks
from sauro.cases.rules import Process
from sauro.core.clock import local, local_day
from sauro.core.text import _
from sauro.desk.queries.picture import official
from sauro.offices import queries as offices
from sauro.onestop.queries import DossierPage
from sauro.ui.formats import moment_short


def marked(dossier: DossierPage, *, now: datetime) -> tuple[Process, Marks]:
    """Return the process that a dossier runs under, and its marks in the picture. One query."""
    tasks = cases.tasks(dossier.case_id)
    roster = offices.roster(local_day(now))
    done = {
        task.step: _("xong {at}").format(at=moment_short(local(task.done_at)))
        for task in tasks
        if task.done_at is not None
    }
    still = {
        task.step: Here(
            who=official(roster, task.official_id).name,
            due=_("trước {at}").format(at=moment_short(local(task.due_at))),
            late=task.due_at < now,
        )
        for task in tasks
        if task.done_at is None
    }
    ahead = {step: at for step, at in done.items() if step not in still}
    return cases.process(dossier.process_id), Marks(done=ahead, open=still)
