"""How signatures are seen (hình chữ ký, con dấu): drawn by typst as files of one page.

A seal is drawn once and kept; a leader's stamp carries its moment and is drawn each time.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings

from sauro.core.clock import local
from sauro.documents import typesetting
from sauro.documents.demo_keys import MARK
from sauro.documents.signing import Part, Signer


@contextmanager
def stamp(part: Part, signer: Signer, above: str, at: datetime) -> Iterator[str | None]:
    """Give the path of the drawing of a signature; None for initials, which are not seen.

    above: the body above the office, as it stands in the ring of the seal.
    """
    if part is Part.INITIAL:
        yield None
        return
    if part is Part.SEAL:
        yield str(_seal(signer.office, above))
        return
    blanks = {
        "name": typesetting.printable(signer.name),
        "label": "Ký bởi",
        "post": typesetting.printable(signer.post),
        "at": local(at).isoformat(timespec="seconds"),
        "demo": settings.DEMO,
    }
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(typesetting.drawn("stamp", blanks))
        file.flush()
        yield file.name


def _seal(office: str, above: str) -> Path:
    below = MARK if settings.DEMO else "CHỮ KÝ SỐ"
    blanks: dict[str, Any] = {
        "office": typesetting.printable(office),
        "above": typesetting.printable(above),
        "below": below,
    }
    said = json.dumps(blanks, ensure_ascii=False).encode()
    path = Path(settings.KEYS_DIR) / "seals" / f"{hashlib.sha256(said).hexdigest()[:32]}.pdf"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as made:
            made.write(typesetting.drawn("seal", blanks))
        Path(made.name).rename(path)
    return path
