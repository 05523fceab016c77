"""Signatures inside a PDF (PAdES): fields to be signed, signing, adding the time, looking.

Each of them appends to the file: what was signed before stays, byte for byte, its beginning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Final, cast

from asn1crypto import x509 as asn1
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from sauro.documents import keys
from sauro.documents.keys import Unlocked
from sauro.documents.signing import Finding

_MM: Final = 72 / 25.4
_A4_HEIGHT: Final = 297.0
_ROOM: Final = 16_384
UNREADABLE: Final = (PdfError, SignatureValidationError, SigningError, ValueError, KeyError)


@dataclass(frozen=True, slots=True)
class Box:
    """Where a signature is seen: page from 0, left and top edge and size in millimetres."""

    page: int
    left: float
    top: float
    width: float
    height: float

    @property
    def corners(self) -> tuple[int, int, int, int]:
        """Return the corners in points from the lower left of the sheet."""
        upper = _A4_HEIGHT - self.top
        mm = (self.left, upper - self.height, self.left + self.width, upper)
        return tuple(round(one * _MM) for one in mm)  # type: ignore[return-value]


def prepared(content: bytes, boxes: Mapping[str, Box | None]) -> bytes:
    """Return the paper with an empty field for each signature; one without a box is unseen."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    for name, box in boxes.items():
        spec = SigFieldSpec(name) if box is None else _seen(name, box)
        fields.append_signature_field(writer, spec)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _seen(name: str, box: Box) -> SigFieldSpec:
    return SigFieldSpec(name, on_page=box.page, box=box.corners)


def signed(
    content: bytes,
    field: str,
    key: Unlocked,
    *,
    reason: str,
    place: str,
    stamp: str | None,
    clock: TimeStamper | None,
) -> bytes:
    """Return the paper with the field signed (PAdES B-B, or B-T where `clock` answers).

    stamp: the file of one page that is seen in the field's box.
    """
    writer = IncrementalPdfFileWriter(BytesIO(content))
    style = None
    if stamp:
        style = StaticStampStyle(
            background=ImportedPdfPage(stamp), border_width=0, background_opacity=1
        )
    metadata = signers.PdfSignatureMetadata(
        field_name=field,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        reason=reason,
        location=place,
    )
    signer = signers.PdfSigner(metadata, signer=key.signer, timestamper=clock, stamp_style=style)
    out: BytesIO = signer.sign_pdf(writer, bytes_reserved=_ROOM)
    return out.getvalue()


def add_time(content: bytes, field: str, clock: TimeStamper) -> bytes:
    """Return the paper with the time of an authority behind its signatures."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    stamper = signers.PdfTimeStamper(clock, field_name=field)
    out: BytesIO = stamper.timestamp_pdf(writer, "sha256", bytes_reserved=_ROOM)
    return out.getvalue()


def look(content: bytes, now: datetime) -> list[Finding]:
    """Return what is found about each signature of a file; none in what cannot be read."""
    try:
        reader = PdfFileReader(BytesIO(content))
        found = list(reader.embedded_regular_signatures)
        stamps = list(reader.embedded_timestamp_signatures)
    except UNREADABLE:
        return []
    later = _later_time(stamps, now)
    return [_finding(one, later, now) for one in found]


def _later_time(stamps: list[Any], now: datetime) -> datetime | None:
    """Return the time that a stamp of its own proves for the signatures before it."""
    for stamp in stamps:
        try:
            status = validate_pdf_timestamp(stamp, _trust(now))
        except UNREADABLE:
            continue
        if status.intact and status.valid and status.trusted:
            return status.timestamp
    return None


def _finding(embedded: Any, later: datetime | None, now: datetime) -> Finding:  # noqa: ANN401
    certificate: asn1.Certificate = embedded.signer_cert
    said = embedded.self_reported_timestamp
    moment = _inside(certificate, said or now)
    try:
        status = validate_pdf_signature(embedded, _trust(moment), _trust(now))
        whole = bool(status.intact and status.valid)
        last = status.modification_level in {
            ModificationLevel.NONE,
            ModificationLevel.LTA_UPDATES,
            ModificationLevel.FORM_FILLING,
        }
        known = bool(status.trusted)
        stamped = status.timestamp_validity
        proven = stamped.timestamp if stamped and stamped.valid and stamped.trusted else later
    except UNREADABLE:
        whole, last, known, proven = False, False, False, None
    return Finding(
        signer=str(certificate.subject.native.get("common_name", "")),
        is_whole=whole,
        is_last_word=last,
        is_known_issuer=known,
        signed_at=said,
        proven_at=proven,
        since=certificate.not_valid_before,
        until=certificate.not_valid_after,
        serial=f"{certificate.serial_number:x}",
    )


def _inside(certificate: asn1.Certificate, at: datetime) -> datetime:
    """Return a moment of the certificate's life: whether it had ended is judged elsewhere."""
    since, until = certificate.not_valid_before, certificate.not_valid_after
    return cast(datetime, min(max(at, since), until))


def _trust(moment: datetime) -> ValidationContext:
    return ValidationContext(
        trust_roots=keys.roots(),
        other_certs=list(keys.chain()),
        allow_fetching=False,
        revocation_mode="soft-fail",
        moment=moment,
    )
