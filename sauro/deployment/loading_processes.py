"""Loading the processes: every file is one process, published anew only where it changed."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sauro.cases import queries, services
from sauro.core.actor import SYSTEM
from sauro.core.errors import Invalid
from sauro.core.text import _
from sauro.deployment.loading_files import Folder
from sauro.deployment.loading_report import Outcome

_FOLDER = "processes"
_NEEDED = ("code", "name", "since", "steps")
_KEPT = ("basis", "procedures", "limit", "kind", "steps")


def load(folder: Folder, *, now: datetime) -> Outcome:
    """Publish the processes of the folder; a process that cannot run is refused with its file.

    :raises Invalid: a file is not JSON, lacks a part, or a step is unclear or never ends
    """
    files = sorted((folder.path / _FOLDER).glob("*.json"))
    added = changed = 0
    for file in files:
        content = _read(file)
        before = queries.latest_process(content["code"])
        published = services.publish_process(
            content["code"],
            content["name"],
            {key: content[key] for key in _KEPT if key in content},
            since=date.fromisoformat(content["since"]),
            by=SYSTEM,
            now=now,
        )
        added += before is None
        changed += before is not None and before.id != published
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
