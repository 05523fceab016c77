"""Loading the forms: every file is the form of one procedure, published anew where it changed."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sauro.core.actor import SYSTEM
from sauro.core.errors import Invalid
from sauro.core.text import _
from sauro.deployment.loading_files import Folder
from sauro.deployment.loading_report import Outcome
from sauro.forms import queries, services

_FOLDER = "forms"
_NEEDED = ("procedure", "since", "schema", "ui")


def load(folder: Folder, *, now: datetime) -> Outcome:
    """Publish the forms of the folder; one that cannot be asked is refused with its file.

    :raises Invalid: a file is not JSON or lacks a part, or a question of it is to be mended
    """
    files = sorted((folder.path / _FOLDER).glob("*.json"))
    before = {row.code: row.id for row in queries.forms()}
    added = changed = 0
    for file in files:
        content = _read(file)
        code = content["procedure"]
        published = services.publish(
            code,
            content["schema"],
            content["ui"],
            since=date.fromisoformat(content["since"]),
            by=SYSTEM,
            now=now,
        )
        added += code not in before
        changed += code in before and before[code] != published
    return Outcome(total=len(files), added=added, changed=changed)


def _read(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        missing = [name for name in _NEEDED if name not in content]
    except (ValueError, TypeError) as cause:
        raise Invalid(
            _("Tệp {file} không đọc được, phải là JSON."), file.name, file=file.name
        ) from cause
    if missing:
        raise Invalid(_("Tệp {file} thiếu mục {part}."), file.name, file=file.name, part=missing[0])
    return dict(content)
