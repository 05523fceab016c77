"""Which part of a procedure a question asks for (phần được hỏi). Pure.

Phrases are compared without marks, longest first; what a phrase says of a part is worth more the
more words it has. Some words name a part only where nothing better does ("tiền", "nộp").
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from sauro.core.text import fold


class Part(StrEnum):
    """A part of what is published of a procedure; the value is its name in question files."""

    FEES = "phi_le_phi"
    TIME = "thoi_han"
    PAPERS = "thanh_phan_ho_so"
    WHERE = "noi_nop"
    WAYS = "cach_thuc"
    STEPS = "trinh_tu"
    CONDITIONS = "dieu_kien"
    RESULTS = "ket_qua"
    LAWS = "can_cu"
    SUBJECTS = "doi_tuong"
    OVERVIEW = "tong_quan"


LABELS = {
    Part.FEES: "Phí, lệ phí",
    Part.TIME: "Thời hạn giải quyết",
    Part.PAPERS: "Thành phần hồ sơ",
    Part.WHERE: "Nơi nộp, cơ quan giải quyết",
    Part.WAYS: "Cách thức thực hiện",
    Part.STEPS: "Trình tự thực hiện",
    Part.CONDITIONS: "Yêu cầu, điều kiện",
    Part.RESULTS: "Kết quả",
    Part.LAWS: "Căn cứ pháp lý",
    Part.SUBJECTS: "Đối tượng thực hiện",
    Part.OVERVIEW: "Tóm tắt",
}
# Other names of the parts in question files, folded.
ALIASES: Mapping[str, Part] = {
    "fees": Part.FEES,
    "fee": Part.FEES,
    "le_phi": Part.FEES,
    "phi": Part.FEES,
    "processing_time": Part.TIME,
    "time": Part.TIME,
    "term": Part.TIME,
    "duration": Part.TIME,
    "thoi_gian": Part.TIME,
    "components": Part.PAPERS,
    "documents": Part.PAPERS,
    "papers": Part.PAPERS,
    "ho_so": Part.PAPERS,
    "forms": Part.PAPERS,
    "bieu_mau": Part.PAPERS,
    "where": Part.WHERE,
    "agency": Part.WHERE,
    "co_quan": Part.WHERE,
    "co_quan_thuc_hien": Part.WHERE,
    "online": Part.WAYS,
    "methods": Part.WAYS,
    "submission": Part.WAYS,
    "cach_thuc_thuc_hien": Part.WAYS,
    "steps": Part.STEPS,
    "procedure": Part.STEPS,
    "trinh_tu_thuc_hien": Part.STEPS,
    "requirements": Part.CONDITIONS,
    "conditions": Part.CONDITIONS,
    "yeu_cau": Part.CONDITIONS,
    "yeu_cau_dieu_kien": Part.CONDITIONS,
    "results": Part.RESULTS,
    "result": Part.RESULTS,
    "legal_basis": Part.LAWS,
    "legal": Part.LAWS,
    "can_cu_phap_ly": Part.LAWS,
    "subjects": Part.SUBJECTS,
    "doi_tuong_thuc_hien": Part.SUBJECTS,
    "overview": Part.OVERVIEW,
    "general": Part.OVERVIEW,
}
_PHRASES: Mapping[Part, tuple[str, ...]] = {
    Part.FEES: (
        r"(le )?phi( la)? (bao )?nhieu",
        r"(bao )?nhieu (tien|phi|le phi|dong)",
        r"nhiu tien",
        r"(mat|het|ton|dong|nop|tra|thu) (bao )?(nhieu|nhiu)( (tien|phi))?",
        r"gia (bao nhieu|ca)",
        r"le phi",
        r"phi",
        r"chi phi",
        r"mien phi",
        r"tien (le )?phi",
        r"co mat tien",
        r"co (thu|ton|dong|phai tra) (tien|phi)",
        r"tien nong",
        r"may dong",
        r"may (tram|chuc|ngan)",
        r"ton kem",
        r"muc thu",
        r"dong tien",
        r"phai dong",
        r"bao nhieu mot (ban|to|trang)",
        r"tinh tien",
        r"ton tien",
        r"may tien",
        r"gia mot",
        r"tien dau",
        r"nhieu tien",
    ),
    Part.TIME: (
        r"(trong )?bao lau",
        r"may (ngay|hom|bua|tuan|thang|tieng|gio)",
        r"bao nhieu (ngay|tuan|thang|lau)",
        r"thoi (han|gian)( giai quyet| xu ly| cap)?",
        r"(khi|luc|chung|hoi|ngay) nao (thi )?(co|xong|nhan|lay|duoc|tra)",
        r"bao gio (thi )?(co|xong|nhan|lay|duoc|tra)",
        r"chung nao",
        r"(co )?lau (khong|hong|ko)",
        r"mat may",
        r"cho may",
        r"trong ngay",
        r"bao lau thi",
        r"ngay nao (thi )?(lay|nhan|xong)",
        r"nhanh nhat",
        r"may ngay (thi )?(co|xong)",
        r"bao nhieu ngay lam viec",
        r"lay lien",
        r"lay ngay",
    ),
    Part.PAPERS: (
        r"(can|mang|chuan bi|kem|dem|gom|xuat trinh) (theo )?(nhung )?(loai )?(giay to|giay|ho so)",
        r"(nop|co) (theo )?(nhung )?(loai )?(giay to|giay) (gi|nao|chi)",
        r"giay to (gi|nao|chi)",
        r"giay (gi|chi|nao)",
        r"ho so (gom|bao gom|can|gi|nao|co|nhu the nao)",
        r"thanh phan (ho so)?",
        r"(can|mang|chuan bi|dem|nop|kem) (theo )?(nhung )?(gi|chi)",
        r"mang theo",
        r"bieu mau",
        r"mau (don|to khai|nao|so)",
        r"to khai",
        r"chuan bi",
        r"ban sao hay ban chinh",
        r"may bo (ho so)?",
        r"bao nhieu bo",
        r"can nhung",
        r"gom nhung",
        r"giay to can",
        r"ho so day du",
        r"can co (nhung )?gi",
        r"phai co (nhung )?gi",
        r"giay to (can )?thiet",
        r"bo ho so",
    ),
    Part.WHERE: (
        r"o dau",
        r"(nop|lam|den|toi|ra|xin|dang ky|cap|lay|di) (o )?(dau|mo|cho nao|co quan nao)",
        r"noi (nop|tiep nhan|nao|lam)",
        r"co quan (nao|giai quyet|tiep nhan|co tham quyen)",
        r"cho nao",
        r"dia (chi|diem)",
        r"(xa|phuong|so|phong|cong an|uy ban|ubnd|don vi) nao",
        r"tham quyen",
        r"ai (giai quyet|cap|co tham quyen|tiep nhan|ky|xu ly)",
        r"noi (giai quyet|thuc hien)",
        r"den dau",
        r"ra dau",
        r"len dau",
        r"khac (tinh|xa|noi)",
        r"dau$",
        r"dau (vay|the|a|ha|ta)",
    ),
    Part.WAYS: (
        r"truc tuyen",
        r"online",
        r"qua mang",
        r"tren mang",
        r"(o|tai) nha",
        r"buu dien",
        r"buu chinh",
        r"cach thuc",
        r"hinh thuc (nop|nao)",
        r"vneid",
        r"cong dich vu cong",
        r"qua internet",
        r"app",
        r"qua dien thoai",
        r"gui (ho so )?qua",
        r"nop qua",
        r"may cach",
        r"tren dien thoai",
    ),
    Part.STEPS: (
        r"trinh tu",
        r"(cac|may|tung|gom may) buoc",
        r"buoc (nao|1|dau)",
        r"quy trinh",
        r"(lam|tien hanh|thuc hien|dang ky|xin|nop|dang ki) (nhu )?(the nao|sao|ra sao)",
        r"nhu the nao",
        r"lam sao",
        r"the nao",
        r"man rang",
        r"lam cach nao",
        r"ra sao",
        r"huong dan",
        r"cach lam",
        r"cach (dang ky|xin|nop|khai)",
        r"phai lam (gi|sao)",
        r"lam kieu gi",
        r"bat dau tu",
        r"rang",
        r"sao de",
        r"muon .* thi (phai )?lam",
        r"can lam (gi|nhung gi)",
        r"lam gi",
    ),
    Part.CONDITIONS: (
        r"dieu kien",
        r"yeu cau (gi|nao|dieu kien)",
        r"(bao nhieu|may|du) tuoi",
        r"du dieu kien",
        r"(co|can) bat buoc",
        r"bat buoc phai",
        r"co duoc (phep )?",
        r"duoc khong",
        r"truong hop nao",
        r"co phai",
        r"khi nao (thi )?(duoc|phai|bi)",
        r"co bi",
        r"tieu chuan",
        r"co can (phai )?",
    ),
    Part.RESULTS: (
        r"ket qua",
        r"(nhan|lay) (duoc )?(giay|gi|ket qua)",
        r"duoc cap (giay )?gi",
        r"cap giay gi",
        r"duoc nhan gi",
        r"ban dien tu",
        r"san pham",
    ),
    Part.LAWS: (
        r"can cu( phap ly| vao)?",
        r"phap ly",
        r"(luat|nghi dinh|thong tu|van ban|quy dinh|dieu) nao",
        r"theo (luat|nghi dinh|thong tu|quy dinh)( nao)?",
        r"co so phap ly",
        r"quy dinh (o|tai) dau",
        r"van ban (phap luat|quy pham)",
        r"nghi dinh",
        r"thong tu",
    ),
    Part.SUBJECTS: (
        r"ai (duoc|phai|co quyen|co the|la nguoi|can)",
        r"doi tuong( nao)?",
        r"nhung ai",
        r"(danh|ap dung) cho ai",
        r"nguoi nao",
        r"to chuc nao",
    ),
}
# Said of nearly everything: they count only where nothing else does.
_WEAK = {
    Part.STEPS: 0.45,
    Part.CONDITIONS: 0.5,
    Part.SUBJECTS: 0.7,
    Part.WAYS: 0.8,
    Part.LAWS: 0.9,
    Part.RESULTS: 0.75,
}
_ONE_WORD = 0.6
# Said of one part only, whatever else is said beside it.
_PLAIN = {
    Part.STEPS: re.compile(r"\b(buoc nao|(may|tung|cac|nhung) buoc|trinh tu|quy trinh)\b"),
    Part.WAYS: re.compile(
        r"\b(online|truc tuyen|qua mang|tren mang|qua buu (dien|chinh)|gui buu dien)\b"
    ),
    Part.RESULTS: re.compile(r"\bket qua (nhan|lay|se|duoc|la)\b|\bket qua .*giay gi\b"),
    Part.PAPERS: re.compile(r"\b(may|bao nhieu|nhung|cac) (loai )?giay to\b"),
}
_PLAIN_WORTH = 4.0


@cache
def _patterns() -> tuple[tuple[Part, re.Pattern[str]], ...]:
    return tuple(
        (part, re.compile(rf"(?<!\w)(?:{phrase})(?!\w)"))
        for part, phrases in _PHRASES.items()
        for phrase in phrases
    )


def asked(question: str) -> Part:
    """Return the part that a question asks for; OVERVIEW where it names none."""
    worth = scores(question)
    return max(worth, key=lambda part: worth[part]) if worth else Part.OVERVIEW


def scores(question: str) -> dict[Part, float]:
    """Return how strongly a question names each part it names at all."""
    text = " ".join(re.findall(r"\w+", fold(question)))
    worth = {part: _PLAIN_WORTH for part, plain in _PLAIN.items() if plain.search(text)}
    for part, pattern in _patterns():
        for match in pattern.finditer(text):
            said = match.group().split()
            value = (len(said) if len(said) > 1 else _ONE_WORD) * _WEAK.get(part, 1.0)
            # What comes last is usually what is asked; what comes first says of whom.
            value += 0.3 * match.end() / (len(text) or 1)
            worth[part] = max(worth.get(part, 0.0), value)
    return worth


def named(text: str) -> Part | None:
    """Return the part that a question file means by a name; None where it is not one of ours."""
    key = "_".join(re.findall(r"\w+", fold(text)))
    known: dict[str, Part] = {part.value: part for part in Part}
    return known.get(key) or ALIASES.get(key)
