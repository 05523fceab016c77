"""Life events (việc đang đến với gia đình): everyday names for groups of procedures. Pure.

Each names procedures by their national codes, so that a list is what the catalogue holds and
never a promise; a code that the catalogue has not is simply not shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sauro.core.text import _


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """Something that comes to a family. icon: of `ui`; codes: most wanted first."""

    slug: str
    title: str
    note: str
    icon: str
    codes: tuple[str, ...]


EVENTS = (
    LifeEvent(
        "sinh-con",
        _("Sinh con"),
        _("Khai sinh, thường trú, thẻ bảo hiểm y tế cho trẻ"),
        "baby",
        ("1.001193", "2.000986", "2.001023", "1.000689", "1.004222", "1.014062", "2.000635"),
    ),
    LifeEvent(
        "ket-hon",
        _("Kết hôn"),
        _("Đăng ký kết hôn, xác nhận độc thân"),
        "rings",
        ("1.000894", "1.004873", "2.000806", "1.004746", "1.000593"),
    ),
    LifeEvent(
        "nha-o",
        _("Xây, sửa nhà"),
        _("Giấy phép xây dựng, sửa chữa, gia hạn"),
        "home",
        ("1.013225", "1.013229", "1.013226", "1.013227", "1.013228", "1.013232"),
    ),
    LifeEvent(
        "dat-dai",
        _("Đất đai"),
        _("Sổ đỏ, sang tên, tách thửa, tặng cho con"),
        "land",
        ("1.012753", "1.013831", "1.012784", "1.012787", "1.013980", "1.012783", "1.011441"),
    ),
    LifeEvent(
        "kinh-doanh",
        _("Mở cửa hàng, hộ kinh doanh"),
        _("Đăng ký, thay đổi, tạm ngừng, chấm dứt"),
        "shop",
        ("1.001612", "2.000720", "1.001570", "1.001266", "2.000575", "1.009824", "2.001583"),
    ),
    LifeEvent(
        "nuong-ray",
        _("Làm nương rẫy, cà phê, hải sản"),
        _("Mã vùng trồng, tàu cá, mặt nước nuôi trồng"),
        "leaf",
        ("1.014776", "1.003650", "1.003634", "1.004692", "1.003563", "1.003681"),
    ),
    LifeEvent(
        "di-hoc",
        _("Đi học"),
        _("Chuyển trường, miễn học phí, học bổng"),
        "school",
        ("1.005099", "2.002481", "2.002478", "1.005144", "1.002407", "1.001714"),
    ),
    LifeEvent(
        "viec-lam",
        _("Việc làm"),
        _("Trợ cấp thất nghiệp, tìm việc, lý lịch tư pháp"),
        "work",
        ("1.001978", "1.001966", "2.000148", "1.000362", "3.000333", "1.000401", "2.000178"),
    ),
    LifeEvent(
        "suc-khoe",
        _("Sức khỏe, khuyết tật"),
        _("Thẻ bảo hiểm y tế, xác định khuyết tật, trợ cấp"),
        "heart",
        ("2.000639", "1.001294", "1.002438", "1.001699", "1.001776", "1.001753"),
    ),
    LifeEvent(
        "giay-to",
        _("Căn cước, cư trú"),
        _("Thẻ căn cước, thường trú, tạm trú"),
        "id",
        ("1.014061", "1.014062", "1.014064", "1.004222", "1.004194", "1.002755", "1.010040"),
    ),
    LifeEvent(
        "chung-thuc",
        _("Chứng thực, sao y"),
        _("Bản sao, chữ ký, giao dịch, di chúc"),
        "pen",
        ("2.000815", "2.000884", "2.001035", "2.000635", "2.001019", "2.000942"),
    ),
    LifeEvent(
        "qua-doi",
        _("Người thân qua đời"),
        _("Khai tử, mai táng phí, thừa kế"),
        "flower",
        ("1.000656", "1.005461", "1.001731", "2.001406", "2.001016", "2.002307", "1.008538"),
    ),
)


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One procedure of a plan. why: in a line; after: the code whose result it needs."""

    code: str
    why: str
    after: str = ""


# What an event of life asks for, in the order of the law: what needs an earlier result waits.
PLANS: Mapping[str, tuple[PlanPart, ...]] = {
    "sinh-con": (
        PlanPart("1.001193", _("Giấy tờ đầu tiên của trẻ, cấp kèm số định danh")),
        PlanPart("1.004222", _("Để trẻ có tên trong hộ của cha mẹ"), after="1.001193"),
        PlanPart("1.014062", _("Thẻ căn cước cho trẻ, nếu muốn"), after="1.001193"),
    ),
    "ket-hon": (
        PlanPart("1.004873", _("Khi kết hôn ở xã, phường khác nơi thường trú")),
        PlanPart("1.000894", _("Hai bên cùng ký tại Trung tâm"), after="1.004873"),
    ),
    "qua-doi": (
        PlanPart("1.000656", _("Trong 15 ngày kể từ ngày mất")),
        PlanPart("2.000635", _("Bản sao trích lục để làm các việc sau"), after="1.000656"),
    ),
}


# What people call the procedures they come for most; the rest go by their official names.
EVERYDAY = {
    "1.001193": _("Khai sinh"),
    "2.000815": _("Chứng thực bản sao"),
    "2.000635": _("Trích lục hộ tịch"),
    "1.000894": _("Kết hôn"),
    "1.004873": _("Xác nhận độc thân"),
    "1.004222": _("Thường trú"),
    "1.001612": _("Hộ kinh doanh"),
    "1.012787": _("Sang tên đất"),
    "1.012753": _("Sổ đỏ lần đầu"),
    "1.013225": _("Giấy phép xây dựng"),
    "1.014061": _("Thẻ căn cước"),
    "1.014062": _("Căn cước cho trẻ em"),
    "3.000333": _("Lý lịch tư pháp"),
}


def event(slug: str) -> LifeEvent | None:
    """Return the life event with this address, or None."""
    return next((each for each in EVENTS if each.slug == slug), None)
