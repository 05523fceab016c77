"""Who handles what in a province of two tiers: the configuration that `competence` reads. Pure.

Compiled from general knowledge of how departments and communes are organised since 2025-07-01,
not from a published list: every answer says so. A province changes a row, adds a day in force
and a source; answers given earlier keep the row they were given by.

Words are matched in folded text, first match wins, so the narrow stands before the wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sauro.core.law import Legal, Provision
from sauro.core.text import _
from sauro.procedures.rules.records import Level

OFFICE = "van-phong"
ECONOMY = "phong-kinh-te"
SOCIETY = "phong-van-hoa-xa-hoi"
POLICE_OF_COMMUNE = "cong-an-xa"
MILITARY_OF_COMMUNE = "ban-chi-huy-quan-su-xa"
POLICE = "cong-an-tinh"
MILITARY = "bo-chi-huy-quan-su-tinh"
TAX = "thue-tinh"
INSURANCE = "bao-hiem-xa-hoi-tinh"
TREASURY = "kho-bac-nha-nuoc-khu-vuc"
CUSTOMS = "chi-cuc-hai-quan-khu-vuc"
BANK = "ngan-hang-nha-nuoc-khu-vuc"
ENFORCEMENT = "thi-hanh-an-dan-su-tinh"
FARMING = "so-nong-nghiep-moi-truong"
BUILDING = "so-xay-dung"
FINANCE = "so-tai-chinh"
JUSTICE = "so-tu-phap"
HOME = "so-noi-vu"
HEALTH = "so-y-te"
EDUCATION = "so-giao-duc-dao-tao"
CULTURE = "so-van-hoa-the-thao-du-lich"
TRADE = "so-cong-thuong"
SCIENCE = "so-khoa-hoc-cong-nghe"
FAITH = "so-dan-toc-ton-giao"
FOREIGN = "so-ngoai-vu"
INSPECTORATE = "thanh-tra-tinh"
ZONES = "bql-kcn"
CHAIR = "vp-ubnd"
# Agencies of ministries in the province: what their ministry publishes is theirs.
VERTICAL = frozenset({POLICE, MILITARY, BANK})


@dataclass(frozen=True, slots=True)
class Rule:
    """Where one of the `words` occurs, this level and this unit handle it. unit "": see field.

    alone: it does this work by itself, whatever level the catalogue gives.
    """

    words: tuple[str, ...]
    level: Level
    unit: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Handlers:
    """The whole configuration of a day.

    names: unit by slug, as people call it. implementers: by the agency that the record names.
    communes, departments: unit by field, the field's words to slug. promulgators: department by
    the ministry that published it, where the field says nothing. usual: of a commune, else.
    """

    names: dict[str, str]
    implementers: Sequence[Rule]
    communes: Sequence[tuple[tuple[str, ...], str]]
    departments: Sequence[tuple[tuple[str, ...], str]]
    promulgators: dict[str, str]
    usual: str


_C, _P, _M = Level.COMMUNE, Level.PROVINCE, Level.MINISTRY

_NAMES = {
    OFFICE: _("Văn phòng HĐND và UBND cấp xã"),
    ECONOMY: _("Phòng Kinh tế cấp xã (ở phường: Phòng Kinh tế, Hạ tầng và Đô thị)"),
    SOCIETY: _("Phòng Văn hóa - Xã hội cấp xã"),
    POLICE_OF_COMMUNE: _("Công an cấp xã"),
    MILITARY_OF_COMMUNE: _("Ban Chỉ huy Quân sự cấp xã"),
    POLICE: _("Công an tỉnh"),
    MILITARY: _("Bộ Chỉ huy Quân sự tỉnh"),
    TAX: _("Thuế tỉnh"),
    INSURANCE: _("Bảo hiểm xã hội tỉnh"),
    TREASURY: _("Kho bạc Nhà nước khu vực"),
    CUSTOMS: _("Chi cục Hải quan khu vực"),
    BANK: _("Ngân hàng Nhà nước Khu vực"),
    ENFORCEMENT: _("Thi hành án dân sự tỉnh"),
    FARMING: _("Sở Nông nghiệp và Môi trường"),
    BUILDING: _("Sở Xây dựng"),
    FINANCE: _("Sở Tài chính"),
    JUSTICE: _("Sở Tư pháp"),
    HOME: _("Sở Nội vụ"),
    HEALTH: _("Sở Y tế"),
    EDUCATION: _("Sở Giáo dục và Đào tạo"),
    CULTURE: _("Sở Văn hóa, Thể thao và Du lịch"),
    TRADE: _("Sở Công Thương"),
    SCIENCE: _("Sở Khoa học và Công nghệ"),
    FAITH: _("Sở Dân tộc và Tôn giáo"),
    FOREIGN: _("Sở Ngoại vụ"),
    INSPECTORATE: _("Thanh tra tỉnh"),
    ZONES: _("Ban Quản lý các khu công nghiệp"),
    CHAIR: _("Văn phòng Ủy ban nhân dân tỉnh"),
}

# Agencies that stand in the province but belong to a ministry handle their matters themselves,
# whatever level the catalogue gives them; a port authority or a court is not of this province.
_IMPLEMENTERS = (
    Rule(("hai quan",), _P, CUSTOMS, alone=True),
    Rule(("toa an",), _M, alone=True),
    Rule(("cang vu", "chi cuc hang hai", "dang kiem"), _M, alone=True),
    Rule(("co quan dai dien", "quan khu", "bo tu lenh thu do"), _M, alone=True),
    Rule(("cong an cap xa", "cong an xa", "cong an phuong"), _C, POLICE_OF_COMMUNE),
    Rule(("ban chi huy quan su cap xa",), _C, MILITARY_OF_COMMUNE),
    Rule(("cap xa", "ubnd xa", "nhan dan xa", "cap xa phuong"), _C),
    Rule(("thue tinh", "thue co so"), _P, TAX, alone=True),
    Rule(("bao hiem xa hoi", "bhxh"), _P, INSURANCE, alone=True),
    Rule(("kho bac",), _P, TREASURY, alone=True),
    Rule(("ngan hang nha nuoc khu vuc", "chi nhanh tinh"), _P, BANK, alone=True),
    Rule(("thi hanh an dan su",), _P, ENFORCEMENT, alone=True),
    Rule(("bien phong", "chi huy quan su cap tinh", "quan su tinh"), _P, MILITARY, alone=True),
    Rule(("cong an tinh", "cong an cap tinh", "phong canh sat", "phong quan ly xuat nhap canh"),
         _P, POLICE),
    Rule(("phong xuat nhap canh",), _P, POLICE),
    Rule(("khu cong nghiep", "khu kinh te", "khu che xuat"), _P, ZONES),
    Rule(("van phong dang ky dat dai",), _P, FARMING, alone=True),
    Rule(("kiem lam", "chi cuc thuy san", "thu y cap tinh",
          "so nong nghiep", "ve nong nghiep va moi truong", "thuy san cap tinh",
          "quan ly dat dai cap tinh"),
         _P, FARMING),
    Rule(("so tu phap", "tro giup phap ly"), _P, JUSTICE),
    Rule(("so xay dung",), _P, BUILDING),
    Rule(("so tai chinh", "dang ky kinh doanh cap tinh"), _P, FINANCE),
    Rule(("so noi vu",), _P, HOME),
    Rule(("so y te",), _P, HEALTH),
    Rule(("so giao duc",), _P, EDUCATION),
    Rule(("so van hoa", "so du lich"), _P, CULTURE),
    Rule(("so cong thuong",), _P, TRADE),
    Rule(("so khoa hoc",), _P, SCIENCE),
    Rule(("so dan toc",), _P, FAITH),
    Rule(("so ngoai vu",), _P, FOREIGN),
    Rule(("thanh tra tinh",), _P, INSPECTORATE),
    Rule(("cap tinh", "ubnd tinh", "nhan dan tinh"), _P),
)  # fmt: skip

_COMMUNES = (
    (("ho tich", "chung thuc", "nuoi con nuoi", "quoc tich", "boi thuong nha nuoc", "hoa giai",
      "khieu nai", "to cao", "thi dua", "tu phap", "tiep can thong tin", "can bo", "cong chuc"),
     OFFICE),
    (("giam ngheo", "bao tro", "nguoi co cong", "giao duc", "y te", "van hoa", "the thao",
      "gia dinh", "tre em", "lao dong", "viec lam", "chinh sach", "ton giao", "dan toc",
      "bao hiem", "du lich", "te nan", "an toan thuc pham", "thu vien"), SOCIETY),
    (("nghia vu quan su", "dan quan", "tuyen sinh quan su"), MILITARY_OF_COMMUNE),
    (("cu tru", "can cuoc", "xuat nhap canh", "phuong tien giao thong", "phong chay",
      "dinh danh"), POLICE_OF_COMMUNE),
    (("dat dai", "xay dung", "quy hoach", "kinh doanh", "hop tac xa", "to hop tac", "doanh nghiep",
      "nong", "lam nghiep", "thuy", "chan nuoi", "thu y", "trong trot", "moi truong", "tai nguyen",
      "khoang san", "bien", "nha o", "ha tang", "duong", "hang hai", "cong san", "dau tu", "gia",
      "ngan sach", "de dieu", "thien tai", "kiem lam"), ECONOMY),
)  # fmt: skip

_DEPARTMENTS = (
    (("khu cong nghiep", "khu kinh te"), ZONES),
    (("thue", "phi le phi"), TAX),
    (("hai quan",), CUSTOMS),
    (("bhxh", "bhyt", "bao hiem xa hoi"), INSURANCE),
    (("kho bac",), TREASURY),
    (("thi hanh an",), ENFORCEMENT),
    (("thu y", "chan nuoi", "trong trot", "thuy loi", "thuy san", "lam nghiep", "kiem lam",
      "dat dai", "moi truong", "tai nguyen nuoc", "khoang san", "khi tuong", "bien va hai dao",
      "da dang sinh hoc", "bien doi khi hau", "nong", "de dieu", "do dac", "giam ngheo"), FARMING),
    (("xay dung", "nha o", "quy hoach", "kien truc", "duong bo", "duong sat", "duong thuy",
      "hang hai", "dang kiem", "ha tang", "do thi", "bat dong san", "vat lieu",
      "kiem dinh ky thuat"), BUILDING),
    (("ho tich", "chung thuc", "cong chung", "luat su", "giam dinh tu phap", "dau gia", "hoa giai",
      "trong tai", "thua phat lai", "quan tai vien", "quoc tich", "tro giup phap ly",
      "tu van phap luat", "nuoi con nuoi", "boi thuong nha nuoc", "bien phap bao dam"), JUSTICE),
    (("doanh nghiep", "dau tu", "dau thau", "cong san", "quan ly gia", "hop tac xa", "to hop tac",
      "tai chinh", "ngan sach", "du tru", "chung khoan", "bao hiem", "thong ke"), FINANCE),
    (("nguoi co cong", "lao dong", "viec lam", "thi dua", "luu tru", "cong chuc"), HOME),
    (("bao tro", "tre em", "duoc", "kham benh", "an toan thuc pham", "dan so", "y te"), HEALTH),
    (("giao duc", "dao tao", "tuyen sinh"), EDUCATION),
    (("van hoa", "the thao", "du lich", "bao chi", "xuat ban", "gia dinh", "di san"), CULTURE),
    (("dien", "xang dau", "hoa chat", "thuong mai", "luu thong hang hoa", "canh tranh"), TRADE),
    (("khoa hoc", "cong nghe", "buu chinh", "vien thong", "so huu tri tue"), SCIENCE),
    (("ton giao", "dan toc"), FAITH),
    (("lanh su", "doi ngoai", "hoi nghi quoc te"), FOREIGN),
    (("khieu nai", "to cao", "tiep cong dan", "tai san thu nhap"), INSPECTORATE),
)  # fmt: skip

_PROMULGATORS = {
    "bo cong an": POLICE,
    "bo quoc phong": MILITARY,
    "ngan hang nha nuoc viet nam": BANK,
    "bo nong nghiep va moi truong": FARMING,
    "bo xay dung": BUILDING,
    "bo tai chinh": FINANCE,
    "bo tu phap": JUSTICE,
    "bo noi vu": HOME,
    "bo y te": HEALTH,
    "bo giao duc va dao tao": EDUCATION,
    "bo van hoa the thao va du lich": CULTURE,
    "bo cong thuong": TRADE,
    "bo khoa hoc va cong nghe": SCIENCE,
    "bo dan toc va ton giao": FAITH,
    "bo ngoai giao": FOREIGN,
    "thanh tra chinh phu": INSPECTORATE,
}

HANDLERS: Legal[Handlers] = Legal(
    unit="cơ quan giải quyết",
    in_force={
        date(2025, 7, 1): Provision(
            Handlers(_NAMES, _IMPLEMENTERS, _COMMUNES, _DEPARTMENTS, _PROMULGATORS, OFFICE),
            "Cấu hình của tỉnh theo cơ cấu hai cấp (Nghị định 45/2025/NĐ-CP, 150/2025/NĐ-CP)",
            checked=False,
        ),
    },
)
