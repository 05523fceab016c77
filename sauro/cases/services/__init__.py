"""What can be done to cases and their processes."""

from sauro.cases.services.migrating import Migrated, migrate, migrate_cases
from sauro.cases.services.moving import (
    NewCase,
    Opened,
    move,
    open_case,
    promise_again,
    reassign,
    set_clock,
)
from sauro.cases.services.publishing import publish_process
from sauro.cases.services.visiting import record_visit
from sauro.cases.writing import SUBJECT

__all__ = [
    "SUBJECT",
    "Migrated",
    "NewCase",
    "Opened",
    "migrate",
    "migrate_cases",
    "move",
    "open_case",
    "promise_again",
    "publish_process",
    "reassign",
    "record_visit",
    "set_clock",
]
