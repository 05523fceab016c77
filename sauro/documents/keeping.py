"""Keeping bytes (lưu tệp): on the shelf and as a row, once, inside the command that wants it."""

from datetime import datetime

from sauro.documents import shelf
from sauro.documents.models import StoredFile
from sauro.documents.rules import Scan


def keep(
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
