"""Reading files and papers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import Count, Q

from sauro.core.errors import NotFound
from sauro.core.text import _
from sauro.documents import rules, shelf
from sauro.documents.models import Certificate, Paper, Signature, StoredFile
from sauro.documents.rules import Form, Scan
from sauro.documents.signing import PART_LABELS, Part

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
    is_signed: bool = False

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


def waiting_for(subject: str, subject_id: int, part: Part) -> PaperRow | None:
    """Return the newest signed paper of a subject if it waits for this signature. Two queries."""
    newest = (
        Paper.objects.filter(subject=subject, subject_id=subject_id)
        .exclude(check_code=None)
        .order_by("issued_at", "pk")
        .last()
    )
    if newest is None:
        return None
    done = Signature.objects.filter(paper=newest).count()
    return _row(newest) if newest.order[done : done + 1] == [part.value] else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureRow:
    """A signature as it was made. post: held that day. timed_at: None while time is pending."""

    part: Part
    name: str
    post: str
    office: str
    signed_at: datetime
    timed_at: datetime | None
    digest: str
    serial: str
    until: datetime
    revoked_at: datetime | None
    is_demo: bool

    @property
    def part_label(self) -> str:
        """Return what the signature is for."""
        return PART_LABELS[self.part]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPaper:
    """A paper as somebody who checks it may know it. digest: of its newest bytes."""

    id: int
    title: str
    number: str
    agency: str
    subject: str
    subject_id: int
    issued_at: datetime
    file_id: int
    digest: str
    signatures: list[SignatureRow]
    is_complete: bool
    is_replaced: bool


def paper_by_code(code: str) -> CheckedPaper | None:
    """Return the paper with this code for checking, None if there is none. Four queries."""
    found = Paper.objects.select_related("file").filter(check_code=code).first()
    return _checked(found) if found and code else None


def paper_by_digest(sha256: str) -> CheckedPaper | None:
    """Return the paper of which some issued version has exactly these bytes. Five queries."""
    known = Q(digest=sha256) | Q(timed_digest=sha256)
    paper_id = Signature.objects.filter(known).values_list("paper_id", flat=True).first()
    if paper_id is None:
        return None
    return _checked(Paper.objects.select_related("file").get(pk=paper_id))


def _checked(paper: Paper) -> CheckedPaper:
    made = signatures(paper.pk)
    newer = Paper.objects.filter(
        subject=paper.subject, subject_id=paper.subject_id, check_code__isnull=False
    ).filter(Q(issued_at__gt=paper.issued_at) | Q(issued_at=paper.issued_at, pk__gt=paper.pk))
    return CheckedPaper(
        id=paper.pk,
        title=rules.TITLES[Form(paper.form)],
        number=paper.number,
        agency=paper.data["letterhead"]["agency"],
        subject=paper.subject,
        subject_id=paper.subject_id,
        issued_at=paper.issued_at,
        file_id=paper.file_id,
        digest=paper.file.sha256,
        signatures=made,
        is_complete=len(made) == len(paper.order),
        is_replaced=newer.exists(),
    )


def signatures(paper_id: int) -> list[SignatureRow]:
    """Return the signatures of a paper in their order. One query."""
    found = Signature.objects.filter(paper=paper_id).select_related("certificate")
    return [
        SignatureRow(
            part=Part(one.part),
            name=one.signer_name,
            post=one.post,
            office=one.office,
            signed_at=one.signed_at,
            timed_at=one.timed_at,
            digest=one.timed_digest or one.digest,
            serial=one.certificate.serial,
            until=one.certificate.until,
            revoked_at=one.certificate.revoked_at,
            is_demo=one.certificate.is_demo,
        )
        for one in found.order_by("turn")
    ]


def revocations(serials: Collection[str]) -> dict[str, datetime]:
    """Return when these certificates were revoked, of those that were. One query."""
    found = Certificate.objects.filter(serial__in=serials, revoked_at__isnull=False)
    return {serial: at for serial, at in found.values_list("serial", "revoked_at") if at}


def has_certificate(subject: str, subject_id: int, now: datetime) -> bool:
    """Test whether somebody has a certificate in force. One query."""
    return Certificate.objects.filter(
        subject=subject, subject_id=subject_id, revoked_at=None, since__lte=now, until__gt=now
    ).exists()


def without_time(*, limit: int) -> list[int]:
    """Return papers with a signature whose time is pending, the longest first. One query."""
    found = Signature.objects.filter(timed_at=None).order_by("signed_at", "pk")
    return list(dict.fromkeys(found.values_list("paper_id", flat=True)[:limit]))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedPaper:
    """A signed paper in somebody's store (kho dữ liệu)."""

    id: int
    subject_id: int
    title: str
    about: str
    number: str
    agency: str
    issued_at: datetime
    check_code: str
    size: int
    is_complete: bool


@dataclass(frozen=True, slots=True)
class KeptFile:
    """The file of a signed paper, by the name it is handed in under."""

    file_id: int
    name: str


def kept_file(paper_id: int, subject: str, subject_ids: Iterable[int]) -> KeptFile | None:
    """Return the file of a signed paper that is about one of these, else None. One query."""
    found = Paper.objects.filter(pk=paper_id, subject=subject, subject_id__in=subject_ids)
    row = found.exclude(check_code=None).values_list("file_id", "number").first()
    return KeptFile(row[0], f"Kết quả số {row[1].replace('/', '-')}.pdf") if row else None


def signed_papers(subject: str, subject_ids: Collection[int]) -> list[OwnedPaper]:
    """Return the newest signed paper of each subject, newest first. One query."""
    found = (
        Paper.objects.filter(subject=subject, subject_id__in=subject_ids)
        .exclude(check_code=None)
        .select_related("file")
        .annotate(made=Count("signature"))
        .order_by("-issued_at", "-pk")
    )
    newest: dict[int, Paper] = {}
    for paper in found:
        newest.setdefault(paper.subject_id, paper)
    return [
        OwnedPaper(
            id=paper.pk,
            subject_id=paper.subject_id,
            title=rules.TITLES[Form(paper.form)],
            about=str(paper.data.get("about") or paper.data.get("request") or ""),
            number=paper.number,
            agency=paper.data["letterhead"]["agency"],
            issued_at=paper.issued_at,
            check_code=paper.check_code or "",
            size=paper.file.size,
            is_complete=paper.made == len(paper.order),  # type: ignore[attr-defined]
        )
        for paper in newest.values()
    ]


def _row(paper: Paper) -> PaperRow:
    return PaperRow(
        id=paper.pk,
        form=Form(paper.form),
        number=paper.number,
        file_id=paper.file_id,
        issued_at=paper.issued_at,
        issued_by=paper.issued_by,
        is_signed=paper.check_code is not None,
    )
