"""What can be done with documents: store, issue, next_number, sweep; certify, sign and the like."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from secrets import token_bytes

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotFound, NotNow
from sauro.core.text import _
from sauro.documents import (
    authority,
    demo_keys,
    keys,
    rules,
    scanning,
    sealing,
    shelf,
    stamps,
    typesetting,
    uploads,
)
from sauro.documents.keeping import keep
from sauro.documents.keys import Unlocked
from sauro.documents.models import Certificate, Paper, Signature, StoredFile
from sauro.documents.numbering import next_number
from sauro.documents.pdfs import count_pages
from sauro.documents.queries import FileRow, PaperRow
from sauro.documents.rules import Content, Form, Scan
from sauro.documents.signing import (
    ATTEMPTS_BEFORE_LOCK,
    CODE_LETTERS,
    LOCK_MINUTES,
    PART_LABELS,
    Part,
    Signer,
    check_turn,
    code_of,
)
from sauro.events import services as events

__all__ = [
    "add_time",
    "certify",
    "enrol",
    "issue",
    "next_number",
    "revoke",
    "sign",
    "store",
    "sweep",
    "unlock",
]

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
    file = keep(taken.content, taken.media_type, taken.pages, scan, now)
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
    order: Sequence[Part] = (),
    by: Actor,
    now: datetime,
) -> PaperRow:
    """Print an official paper about a subject and keep it.

    subject: as in the event log, e.g. "cases.case". number: as printed after "Số:".
    order: whose signatures it waits for, in turn; the paper has room for them and a code by
    which anybody checks it.

    :raises Invalid: a blank of the form is not filled; `field` names it
    """
    rules.check_complete(form, data, number)
    code = code_of(token_bytes(CODE_LETTERS)) if order else ""
    made = typesetting.pdf(form, data, number, now, check_code=code)
    if order:
        seen = typesetting.places(form, data, number, now, check_code=code)
        made = sealing.prepared(made, {part.value: seen.get(part.value) for part in order})
    file = keep(made, "application/pdf", count_pages(made), Scan.NOT_SCANNED, now)
    paper = Paper.objects.create(
        form=form,
        number=number,
        subject=subject,
        subject_id=subject_id,
        data=rules.as_data(data),
        file=file,
        issued_at=now,
        issued_by=by.label,
        check_code=code or None,
        order=[part.value for part in order],
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


@command
def certify(
    subject: str, subject_id: int, name: str, office: str, pin: str, *, by: Actor, now: datetime
) -> int:
    """Give somebody a key and a certificate of the sandbox; return the certificate's id.

    subject: "offices.official" or "offices.office", as in the event log.
    """
    key = demo_keys.new_key()
    made = demo_keys.issue(name, office, key, now=now)
    demo_keys.keep(f"{made.serial_number:x}", key, pin)
    return _enrolled(subject, subject_id, name, made, key="file", is_demo=True, by=by, now=now)


@command
def enrol(
    subject: str, subject_id: int, name: str, pem: str, label: str, *, by: Actor, now: datetime
) -> int:
    """Note down the certificate of a key that is on the token under `label`; return its id.

    :raises Invalid: this is no certificate
    """
    try:
        given = x509.load_pem_x509_certificate(pem.encode())
    except ValueError as unreadable:
        message = _("Không đọc được chứng thư này. Chọn tệp PEM do nơi cấp gửi.")
        raise Invalid(message, field="pem") from unreadable
    where = f"{keys.TOKEN}{label}"
    return _enrolled(subject, subject_id, name, given, key=where, is_demo=False, by=by, now=now)


def _enrolled(
    subject: str,
    subject_id: int,
    name: str,
    given: x509.Certificate,
    *,
    key: str,
    is_demo: bool,
    by: Actor,
    now: datetime,
) -> int:
    certificate = Certificate.objects.create(
        subject=subject,
        subject_id=subject_id,
        name=name,
        serial=f"{given.serial_number:x}",
        pem=given.public_bytes(Encoding.PEM).decode(),
        key=key,
        since=given.not_valid_before_utc,
        until=given.not_valid_after_utc,
        is_demo=is_demo,
    )
    serial = certificate.serial
    events.record("certificate.enrolled", certificate, by=by, at=now, serial=serial, demo=is_demo)
    return certificate.pk


@command
def revoke(certificate_id: int, reason: str, *, by: Actor, now: datetime) -> None:
    """Let a certificate sign nothing from now on; what it signed before stays valid.

    :raises NotFound: there is no such certificate
    :raises NotNow: it was revoked already
    :raises Invalid: no reason
    """
    certificate = Certificate.objects.select_for_update().filter(pk=certificate_id).first()
    if certificate is None:
        raise NotFound(_("Không có chứng thư này. Xem lại danh sách chứng thư."))
    if certificate.revoked_at is not None:
        raise NotNow(_("Chứng thư này đã bị thu hồi."))
    if not reason.strip():
        raise Invalid(_("Ghi lý do thu hồi, ví dụ: mất thiết bị ký."), field="reason")
    certificate.revoked_at, certificate.reason = now, reason.strip()
    certificate.save(update_fields=["revoked_at", "reason"])
    events.record("certificate.revoked", certificate, by=by, at=now, reason=reason.strip())


def unlock(subject: str, subject_id: int, pin: str, *, by: Actor, now: datetime) -> Unlocked:
    """Return the key of somebody at hand, opened with their PIN.

    Like signing in, this is no command itself: a wrong PIN is counted although it is refused.

    :raises Invalid: the PIN is wrong, or was so too often
    :raises NotNow: there is no certificate in force
    """
    opened = _opened(subject, subject_id, pin, by=by, now=now)
    if opened is None:
        raise Invalid(
            _("Mã PIN chưa đúng. Nhập sai {attempts} lần liền thì chờ {minutes} phút."),
            field="pin",
            attempts=ATTEMPTS_BEFORE_LOCK,
            minutes=LOCK_MINUTES,
        )
    return opened


@command
def _opened(
    subject: str, subject_id: int, pin: str, *, by: Actor, now: datetime
) -> Unlocked | None:
    held = Certificate.objects.select_for_update().filter(
        subject=subject, subject_id=subject_id, revoked_at=None, since__lte=now, until__gt=now
    )
    certificate = held.order_by("-since", "-pk").first()
    if certificate is None:
        raise NotNow(_("Chưa có chứng thư số còn hạn để ký. Báo quản trị của tỉnh để được cấp."))
    if certificate.locked_until is not None and now < certificate.locked_until:
        return None
    opened = keys.unlock(certificate.pk, certificate.serial, certificate.pem, certificate.key, pin)
    if opened is None:
        certificate.failed_count += 1
        if certificate.failed_count >= ATTEMPTS_BEFORE_LOCK:
            certificate.failed_count = 0
            certificate.locked_until = now + timedelta(minutes=LOCK_MINUTES)
        certificate.save(update_fields=["failed_count", "locked_until"])
        events.record("certificate.pin_refused", certificate, by=by, at=now)
    elif certificate.failed_count:
        certificate.failed_count, certificate.locked_until = 0, None
        certificate.save(update_fields=["failed_count", "locked_until"])
    return opened


@command
def sign(
    paper_id: int, part: Part, key: Unlocked, signer: Signer, *, by: Actor, now: datetime
) -> PaperRow:
    """Put the next signature on a paper, with the time of the authority if it answers.

    :raises NotNow: another signature comes first, or all are there
    """
    paper = Paper.objects.select_for_update(of=("self",)).select_related("file").get(pk=paper_id)
    done = Signature.objects.filter(paper=paper).count()
    check_turn(paper.order, done, part)
    made, timed_at = _signed(paper, part, key, signer, now)
    file = keep(made, "application/pdf", paper.file.pages, Scan.NOT_SCANNED, now)
    Signature.objects.create(
        paper=paper,
        turn=done + 1,
        part=part,
        signer_name=signer.name,
        post=signer.post,
        office=signer.office,
        official_id=signer.official_id,
        certificate_id=key.certificate_id,
        signed_at=now,
        file=file,
        digest=file.sha256,
        timed_at=timed_at,
    )
    paper.file = file
    paper.save(update_fields=["file"])
    events.record(
        "paper.signed",
        paper,
        by=by,
        at=now,
        part=part.value,
        sha256=file.sha256,
        post=signer.post,
        certificate=key.serial,
        timed=timed_at is not None,
    )
    return PaperRow(paper.pk, Form(paper.form), paper.number, file.pk, paper.issued_at, by.label)


def _signed(
    paper: Paper, part: Part, key: Unlocked, signer: Signer, now: datetime
) -> tuple[bytes, datetime | None]:
    """Return the signed bytes, and when the authority of time saw them: None if it is silent."""
    content = shelf.path_of(paper.file.sha256).read_bytes()
    letterhead = paper.data["letterhead"]
    with stamps.stamp(part, signer, letterhead["parent"], now) as stamp:
        how = {"reason": str(PART_LABELS[part]), "place": letterhead["place"], "stamp": stamp}
        clock = authority.authority(now)
        if clock is not None:
            try:
                return sealing.signed(content, part.value, key, clock=clock, **how), now
            except authority.UNANSWERED:
                authority.note_silence(now)
        return sealing.signed(content, part.value, key, clock=None, **how), None


@command
def add_time(paper_id: int, *, by: Actor, now: datetime) -> bool:
    """Add the time that the authority could not say when a paper was signed; return if it could.

    The stamp stands behind the signatures: what was signed stays the beginning of the file.
    """
    paper = Paper.objects.select_for_update(of=("self",)).select_related("file").get(pk=paper_id)
    waiting = list(Signature.objects.filter(paper=paper, timed_at=None).order_by("turn"))
    clock = authority.authority(now)
    if not waiting or clock is None:
        events.record("paper.time_awaited", paper, by=by, at=now)
        return False
    content = shelf.path_of(paper.file.sha256).read_bytes()
    try:
        made = sealing.add_time(content, f"TIME-{waiting[-1].turn}", clock)
    except authority.UNANSWERED:
        authority.note_silence(now)
        events.record("paper.time_awaited", paper, by=by, at=now)
        return False
    file = keep(made, "application/pdf", paper.file.pages, Scan.NOT_SCANNED, now)
    waiting[-1].timed_file, waiting[-1].timed_digest = file, file.sha256
    for signature in waiting:
        signature.timed_at = now
        signature.save(update_fields=["timed_at", "timed_file", "timed_digest"])
    paper.file = file
    paper.save(update_fields=["file"])
    events.record("paper.timed", paper, by=by, at=now, sha256=file.sha256)
    return True
