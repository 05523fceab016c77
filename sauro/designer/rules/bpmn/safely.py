"""Reading XML that a stranger may have made: nothing in it is believed, run or fetched. Pure."""

from typing import NoReturn
from xml.etree import ElementTree as ET
from xml.parsers import expat

from sauro.core.errors import Invalid, TooLarge
from sauro.core.text import _

LARGEST = 1024 * 1024
_DEEPEST = 40
_MOST = 20_000
_KB = 1024

_NOT_XML = _("Tệp này không phải BPMN. Chọn tệp .bpmn hoặc .xml lấy từ phần mềm vẽ quy trình.")
_TOO_LARGE = _("Tệp lớn hơn {limit} KB. Một quy trình không cần tới thế; xem lại có chọn nhầm tệp.")
_DECLARES = _(
    "Tệp có khai báo DTD hoặc thực thể (DOCTYPE, ENTITY). Vì an toàn, tệp như thế không được mở. "
    "Xuất lại từ phần mềm vẽ quy trình dưới dạng BPMN 2.0."
)
_TOO_DEEP = _("Tệp có quá nhiều lớp hoặc quá nhiều phần, không giống một quy trình. Xem lại tệp.")


def parse(content: bytes) -> ET.Element:
    """Return the root of an XML document without a DTD, small and shallow enough to be meant.

    :raises TooLarge: it is larger than any process
    :raises Invalid: it is no XML, declares a document type or entities, or is too deep
    """
    if len(content) > LARGEST:
        raise TooLarge(_TOO_LARGE, limit=LARGEST // _KB)
    _check(content)
    try:
        return ET.fromstring(content)  # noqa: S314 - checked: no document type, so no entity
    except ET.ParseError as cause:
        raise Invalid(_NOT_XML, field="file") from cause


def _check(content: bytes) -> None:
    """Read the document once without building anything, and refuse at the first bad sign."""
    depth = count = 0

    def start(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > _DEEPEST or count > _MOST:
            raise Invalid(_TOO_DEEP, field="file")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def declared(*_what: object) -> NoReturn:
        raise Invalid(_DECLARES, field="file")

    reader = expat.ParserCreate()
    reader.StartElementHandler = start
    reader.EndElementHandler = end
    reader.StartDoctypeDeclHandler = declared
    reader.EntityDeclHandler = declared
    reader.ExternalEntityRefHandler = declared
    try:
        reader.Parse(content, True)  # noqa: FBT003 - expat's own signature
    except (expat.ExpatError, ValueError, LookupError) as cause:
        raise Invalid(_NOT_XML, field="file") from cause
