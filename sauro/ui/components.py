"""What components there are: read from the comments that stand above them in the templates."""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "templates" / "ui"
_MACRO = re.compile(r"{% macro ([a-z]\w*)\(")
_COMMENT = re.compile(r"{# ([a-z]\w*)(\(.*?\).*?) #}", re.DOTALL)


@cache
def signatures() -> dict[str, str]:
    """Return what each component takes and is for, by "file.name"; "" where nothing is said."""
    found: dict[str, str] = {}
    for file in sorted(FOLDER.glob("*.html")):
        if file.stem == "gallery":
            continue
        text = file.read_text(encoding="utf-8")
        said = dict(_COMMENT.findall(text))
        found |= {f"{file.stem}.{name}": said.get(name, "") for name in _MACRO.findall(text)}
    return found
