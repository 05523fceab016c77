"""`make module`: the files of a new module, and the places where the others must learn of it."""

import re
import sys
from pathlib import Path
from string import Template

from config.progress import say

_PATTERNS = Path(__file__).with_name("new_module")
_NOUN = re.compile(r"[a-z]{3,30}")
_ROW = re.compile(r"[A-Z][A-Za-z]{2,30}")
_NEXT = """\
Đã tạo sauro/{module}/. Còn phải:
  1. .importlinter: đặt {module} vào đúng tầng (bỏ dấu ngoặc nếu đã có chỗ)
  2. config/settings.py: thêm "sauro.{module}" vào INSTALLED_APPS
  3. config/urls.py: path("{path}/", include("sauro.{module}.urls"))
  4. docs/glossary.md: thêm phân hệ {module} và lớp {row}
  5. .venv/bin/sauro makemigrations {module} --name TÊN
  6. sửa câu đầu của __init__.py và models.py, rồi chạy: make check test
"""


def module(name: str, row: str, term: str, root: Path) -> int:
    """Write module `name`, whose first table is `row`; return the exit code.

    term: the Vietnamese noun, in lower case.
    """
    folder = root / "sauro" / name
    if not _NOUN.fullmatch(name) or not _ROW.fullmatch(row):
        sys.stderr.write(
            "Tên phân hệ là danh từ tiếng Anh số nhiều, lớp là số ít: petitions Petition\n"
        )
        return 2
    if folder.exists():
        sys.stderr.write(f"Đã có sauro/{name}.\n")
        return 1
    said = _words(name, row, term)
    for pattern in sorted(_PATTERNS.rglob("*.txt")):
        place = folder / pattern.relative_to(_PATTERNS).with_suffix("")
        if pattern.parent.name == "templates":
            place = place.parent / name / place.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(Template(pattern.read_text("utf-8")).substitute(said), "utf-8")
    say(_NEXT.format(module=name, row=row, path=said["path"]), ending="")
    return 0


def _words(name: str, row: str, term: str) -> dict[str, str]:
    return {
        "module": name,
        "Module": name.capitalize(),
        "Row": row,
        "row": re.sub(r"(?<=[a-z])(?=[A-Z])", "_", row).lower(),
        "term": term,
        "Term": term[:1].upper() + term[1:],
        "path": name,
    }
