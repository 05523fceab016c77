"""Numbers of papers (cấp số): one after another in a book, from 1 again every year."""

from datetime import date

from sauro.core.commands import operation_id
from sauro.core.statements import execute

_NEXT = """
INSERT INTO documents_counter (book, year, value) VALUES (%(book)s, %(year)s, 1)
ON CONFLICT (book, year) DO UPDATE SET value = documents_counter.value + 1
RETURNING value
"""


def next_number(book: str, *, on: date) -> int:
    """Return the next number of `book` in the year of `on`; inside a command only.

    No number is given twice or left out: the book is held until the command is over, and a
    command that is undone gives its number back. Book: agency and type, e.g. "H15.24133/TTPVHCC".

    :raises RuntimeError: no command is running
    """
    operation_id()
    ((value,),) = execute(_NEXT, {"book": book, "year": on.year})
    return int(value)
