"""What can be done with documents: store, issue, next_number, sweep."""

from datetime import datetime
from itertools import islice

from django.conf import settings

from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.documents import rules, scanning, shelf, typesetting, uploads
from sauro.documents.models import Paper, StoredFile
from sauro.documents.numbering import next_number
from sauro.documents.pdfs import count_pages
from sauro.documents.queries import FileRow, PaperRow
from sauro.documents.rules import Content, Form, Scan
from sauro.events import services as events

__all__ = ["issue", "next_number", "store", "sweep"]

# The shelf as a whole, for events about no one file.
_SHELF = 0
_SWEPT_AT_ONCE = 1_000


@command
def store(content: uploads.Source, *, name: str, by: Actor, now: datetime) -> FileRow:
    """Keep an uploaded file, once however often it is sent; images are kept redrawn.

    :raises TooLarge: more than `settings.UPLOAD_LIMIT`
    :raises Invalid: not a PDF, JPEG or PNG that can be kept; the sentence says what to do
    """
    raw = uploads.read(content, name=name, limit=settings.UPLOAD_LIMIT)
    taken = uploads.take(raw, name=name)
    scan = scanning.scan(raw)
    file = _keep(taken.content, taken.media_type, taken.pages, scan, now)
    events.record("file.stored", file, by=by, at=now, name=taken.name, scan=scan.value)
    return FileRow(file.pk, file.sha256, file.size, file.media_type, taken.name)


@command
def issue(
    form: Form,
    data: Content,
    *,
    subject: str,
    subject_id: int,
    number: str,
    by: Actor,
    now: datetime,
) -> PaperRow:
    """Print an official paper about a subject and keep it.

    subject: as in the event log, e.g. "cases.case". number: as printed after "Số:".

    :raises Invalid: a blank of the form is not filled; `field` names it
    """
    rules.check_complete(form, data, number)
    made = typesetting.pdf(form, data, number, now)
    file = _keep(made, "application/pdf", count_pages(made), Scan.NOT_SCANNED, now)
    paper = Paper.objects.create(
        form=form,
        number=number,
        subject=subject,
        subject_id=subject_id,
        data=rules.as_data(data),
        file=file,
        issued_at=now,
        issued_by=by.label,
    )
    events.record("paper.issued", paper, by=by, at=now, form=form.value, sha256=file.sha256)
    return PaperRow(paper.pk, form, number, file.pk, now, by.label)


@command
def sweep(*, by: Actor, now: datetime) -> int:
    """Clear away what crashes and undone commands left on the disk; return how many files.

    Files that a row names are never touched; younger ones than six hours neither.
    """
    shelf.hold("sweep")
    swept = shelf.sweep_unfinished(now)
    old = shelf.old_files(now)
    while batch := set(islice(old, _SWEPT_AT_ONCE)):
        for sha256 in sorted(batch - _named(batch)):
            # Held first, asked again: a file that was stored meanwhile has its row by now.
            shelf.hold(sha256)
            if not _named({sha256}):
                shelf.remove(sha256)
                swept += 1
    events.record("file.swept", StoredFile(pk=_SHELF), by=by, at=now, files=swept)
    return swept


def _named(hashes: set[str]) -> set[str]:
    rows = StoredFile.objects.filter(sha256__in=hashes)
    return set(rows.values_list("sha256", flat=True))


def _keep(
    content: bytes, media_type: str, pages: int | None, scan: Scan, now: datetime
) -> StoredFile:
    """Return the row of `content`, new or known; both it and the bytes are held meanwhile."""
    sha256 = shelf.digest(content)
    shelf.hold(sha256)
    shelf.put(content, sha256)
    file, is_new = StoredFile.objects.get_or_create(
        sha256=sha256,
        defaults={
            "size": len(content),
            "media_type": media_type,
            "pages": pages,
            "scan": scan,
            "created_at": now,
        },
    )
    if not is_new and scan is Scan.CLEAN and file.scan != Scan.CLEAN:
        file.scan = scan
        file.save(update_fields=["scan"])
    return file
