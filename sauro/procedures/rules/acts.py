"""What is to be done with a thing: extended, given again, changed, ended (việc cần làm). Pure.

Names that differ in one word ("gia hạn tạm trú", "đăng ký tạm trú") share all the others, and
what is said most often about the thing would win. So a name that lacks the act that was asked
for stands behind those that have it; where no name has it, nothing changes.
"""

import re

from sauro.core.text import fold

_MISSING = 0.62
# (as people say it, as names have it): folded, whole words.
_ACTS = (
    (r"gia han|keo dai thoi (han|gian)|sap het han", r"gia han"),
    (
        r"cap lai|xin lai|lam lai|bi mat|lam mat|danh mat|roi mat|that lac|bi hong|bi rach|bi gay",
        r"cap lai|dang ky lai|mat ho chieu|ban sao|cap doi|cap, cap lai",
    ),
    (r"dang ky lai|so goc (da )?(bi )?(mat|that lac)|mat so goc|mat ca", r"dang ky lai"),
    (
        r"cap doi|doi (the|giay|so|bia|bien|ca vet|can cuoc|cccd|dang ky|chung nhan|bang|noi kham)",
        r"cap doi|doi chung nhan|thay doi|doi ten|doi the",
    ),
    (
        (
            r"thay doi|doi (dia chi|ten|ho|chu|nganh)|them nganh|them chu dem|cai chinh"
            r"|sua (ten|ngay|nam|ho|dem|sai|thong tin|giay)|bo sung|dinh chinh"
        ),
        r"thay doi|cai chinh|bo sung|cap nhat|bien dong|dieu chinh|sua doi|cap doi|sai sot",
    ),
    (r"dieu chinh|doi thiet ke", r"dieu chinh|thay doi"),
    (r"sua chua|cai tao|sua nha|nang (them )?tang|nang cap nha", r"sua chua|cai tao"),
    (r"tam (ngung|nghi|dung)|nghi tam", r"tam (ngung|dung)"),
    (
        r"cham dut|dong cua|nghi (ban )?(luon|han)|dong ma so|tra giay phep|huy ma so",
        r"cham dut|giai the|xoa|huy|thu hoi",
    ),
    (r"giai the", r"giai the"),
    (r"xoa|huy|cat (ho )?khau|rut ten", r"xoa|huy|cham dut|thu hoi"),
    (r"khoi phuc", r"khoi phuc"),
    (r"tich hop", r"tich hop"),
    (r"tam vang", r"tam vang"),
    (r"chuyen (nghia vu quan su )?di|quan su di noi khac", r"chuyen di"),
    (r"chuyen (nghia vu quan su )?den", r"chuyen den"),
    (r"trinh bao|bao (bi )?mat|khai bao (bi )?mat", r"trinh bao"),
    (r"tach", r"tach"),
    (r"hop thua", r"hop thua"),
    (r"di doi", r"di doi"),
    (r"hoa giai", r"hoa giai"),
    (r"giai quyet tranh chap", r"giai quyet tranh chap"),
    (r"the chap|bien phap bao dam", r"the chap|bao dam"),
    (r"tu choi (nhan )?(di san|thua ke)", r"tu choi"),
    (r"chia (di san|thua ke)|phan chia", r"phan chia"),
    (r"di chuc", r"di chuc"),
    (r"chung thuc|cong chung|sao y", r"chung thuc"),
    (r"chu ky|diem chi", r"chu ky"),
    (r"giam ho", r"giam ho"),
    (r"nhan (cha|me|con)(?! nuoi)|ngoai gia thu", r"nhan cha|nhan con"),
    (r"con nuoi", r"con nuoi"),
    (r"(khai|nop|dong|chiu|mien|giam) thue|thue (thu nhap|dat|tncn|truoc ba)", r"thue"),
    (r"truoc ba", r"truoc ba"),
    (r"van tai", r"van tai"),
    (r"thu y", r"thu y"),
    (r"quy hoach", r"quy hoach"),
    (r"tro giup phap ly|luat su mien phi", r"yeu cau tro giup phap ly"),
    (r"cap moi", r"cap moi"),
    (r"lan dau", r"lan dau"),
    (r"duoi (14|muoi bon)", r"duoi 14"),
    (r"(tu|du) (du )?14|14 tuoi tro len", r"tu du 14"),
    (r"mot (thanh vien|chu)|1 thanh vien", r"tnhh mot thanh vien"),
    (r"(hai|2) (thanh vien|nguoi)", r"hai thanh vien"),
    (r"doanh nghiep tu nhan|dntn", r"thanh lap doanh nghiep tu nhan"),
    (r"co phan", r"co phan"),
    (
        (
            r"yeu to nuoc ngoai|con lai|(voi|chong|vo|lay) ((ben|o|la) )?(nguoi )?"
            r"(nuoc ngoai|ngoai quoc|tay|han( quoc)?|dai loan|trung quoc|nhat( ban)?|my|lao"
            r"|campuchia|duc|phap|uc)|viet kieu"
        ),
        r"nuoc ngoai|nhap quoc tich",
    ),
    (r"trich luc|ban sao(?! (can cuoc|cccd|ho chieu|bang|giay to))", r"trich luc|ban sao"),
    (r"luu dong|tan nha", r"luu dong"),
)
_COMPILED = tuple(
    (re.compile(rf"\b(?:{said})\b"), re.compile(rf"\b(?:{named})\b")) for said, named in _ACTS
)


def asked(text: str) -> tuple[int, ...]:
    """Return the acts that folded words ask for."""
    return tuple(number for number, (said, _named) in enumerate(_COMPILED) if said.search(text))


def of_name(name: str) -> frozenset[int]:
    """Return the acts that a name has."""
    text = fold(name)
    return frozenset(n for n, (_said, named) in enumerate(_COMPILED) if named.search(text))


def worth(wanted: tuple[int, ...], has: frozenset[int]) -> float:
    """Return what the score of a name is multiplied by: less for each act that it lacks."""
    return float(_MISSING ** sum(act not in has for act in wanted))
