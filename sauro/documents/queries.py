"""Reading files and papers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sauro.core.errors import NotFound
from sauro.core.text import _
from sauro.documents import rules, shelf
from sauro.documents.models import Paper, StoredFile
from sauro.documents.rules import Form, Scan

_GONE = _("Không có tệp này, hoặc bạn chưa được xem. Quay lại hồ sơ rồi mở lại tệp.")


@dataclass(frozen=True, slots=True)
class FileRow:
    """A kept file, under the name it was last sent with."""

    id: int
    sha256: str
    size: int
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known about a kept file; `scan_label` says honestly whether it was scanned."""

    id: int
    sha256: str
    size: int
    media_type: str
    pages: int | None
    scan: Scan
    scan_label: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PaperRow:
    """An issued paper."""

    id: int
    form: Form
    number: str
    file_id: int
    issued_at: datetime
    issued_by: str

    @property
    def title(self) -> str:
        """Return what people call the form."""
        return rules.TITLES[self.form]

    @property
    def file_name(self) -> str:
        """Return a name to save the paper under."""
        number = f" {self.number.replace('/', '-')}" if self.number else ""
        return f"{self.title}{number}.pdf"


def open_file(file_id: int) -> tuple[Path, str]:
    """Return where a file's bytes are and their media type. One query.

    Whether the reader may see it was settled by the caller.

    :raises NotFound: there is no such file
    """
    kept = StoredFile.objects.filter(pk=file_id).values_list("sha256", "media_type").first()
    if kept is None:
        raise NotFound(_GONE)
    return shelf.path_of(kept[0]), kept[1]


def file_facts(file_ids: Collection[int]) -> dict[int, FileFacts]:
    """Return what is known about these files, by id. One query."""
    return {
        file.pk: FileFacts(
            id=file.pk,
            sha256=file.sha256,
            size=file.size,
            media_type=file.media_type,
            pages=file.pages,
            scan=Scan(file.scan),
            scan_label=rules.SCAN_LABELS[Scan(file.scan)],
            created_at=file.created_at,
        )
        for file in StoredFile.objects.filter(pk__in=file_ids).order_by("pk")
    }


def papers(subject: str, subject_id: int) -> list[PaperRow]:
    """Return the papers issued about a subject, oldest first. One query."""
    found = Paper.objects.filter(subject=subject, subject_id=subject_id)
    return [_row(paper) for paper in found.order_by("issued_at", "pk")]


def paper(paper_id: int) -> PaperRow:
    """Return one paper. One query.

    :raises NotFound: there is no such paper
    """
    found = Paper.objects.filter(pk=paper_id).first()
    if found is None:
        raise NotFound(_GONE)
    return _row(found)


def _row(paper: Paper) -> PaperRow:
    return PaperRow(
        id=paper.pk,
        form=Form(paper.form),
        number=paper.number,
        file_id=paper.file_id,
        issued_at=paper.issued_at,
        issued_by=paper.issued_by,
    )
