"""What a search finds besides procedures: units, old and new, laws, and our own pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sauro.core.text import _, fold
from sauro.laws import queries as laws
from sauro.offices import queries as offices
from sauro.offices.rules import Kind
from sauro.places import queries as places

_MOST = 3
_UNIT_WORDS = ("xa ", "phuong ", "huyen ", "thi tran ", "thanh pho ", "tinh ", "tp ", "quan ")
_LAW_WORDS = ("luat", "nghi dinh", "thong tu", "quyet dinh", "dieu ", "nghi quyet", "bo luat")
# (address, what it is, words that ask for it)
_PAGES = (
    ("/tra-cuu", _("Tra cứu hồ sơ"), ("tra cuu ho so", "ho so den dau", "ma ho so", "tinh trang")),
    ("/cua-toi", _("Hồ sơ của tôi"), ("ho so cua toi", "ban nhap", "tin bao")),
    ("/giay-to-cua-toi", _("Giấy tờ của tôi"), ("giay to cua toi", "kho giay to")),
    ("/kiem-tra", _("Kiểm tra giấy tờ đã ký"), ("kiem tra giay to", "chu ky so", "giay to gia")),
    ("/xep-hang/", _("Lấy số, xem đông hay vắng"), ("lay so", "xep hang", "dong hay vang")),
    ("/phap-luat/", _("Tra luật"), ("tra luat", "van ban phap luat")),
    ("/tro-ly", _("Hỏi trợ lý"), ("tro ly", "hoi dap", "chatbot")),
    ("/chu-to", _("Chữ to"), ("chu to", "co chu", "phong to")),
)


@dataclass(frozen=True, slots=True)
class Other:
    """Something that is no procedure. note: what it is, or what became of an old unit."""

    title: str
    note: str
    address: str


def beside(text: str, *, on: date) -> Sequence[Other]:
    """Return what else a text names, at most three of each kind. Up to nine queries."""
    folded = f"{fold(text)} "
    found = [Other(title, "", address) for address, title, words in _PAGES if _says(folded, words)]
    if folded.startswith(_UNIT_WORDS):
        found += _units(text, on)
    if any(word in folded for word in _LAW_WORDS):
        found += _laws(text, on)
    return found


def _says(folded: str, words: Sequence[str]) -> bool:
    return any(word in folded for word in words)


def _units(text: str, on: date) -> list[Other]:
    known = places.resolve(text, on=on)
    found: list[Other] = []
    for place in known.matches[:_MOST]:
        centres = [o for o in offices.units_of(place.id, on=on) if o.kind == Kind.CENTRE]
        note = "; ".join(filter(None, (centre.address for centre in centres)))
        address = f"/xep-hang/{centres[0].code}" if centres else ""
        found.append(Other(place.full_name, note, address))
    return found


def _laws(text: str, on: date) -> list[Other]:
    answer = laws.find(text, on=on, limit=_MOST)
    if answer.article:
        law, number = answer.article.law, answer.article.number
        title = _("Điều {number}. {title}").format(number=number, title=answer.article.title)
        return [Other(title, law.name, f"/phap-luat/{law.slug}/dieu-{number}")]
    return [Other(law.name, law.number, f"/phap-luat/{law.slug}") for law in answer.laws[:_MOST]]
