"""Questions that name no procedure (câu hỏi thiếu tên việc): of the one talked of before. Pure.

"Thủ tục này lệ phí bao nhiêu?" is about some procedure, and every word of it fits them all.
"""

import re

from sauro.core.text import fold

# What is said of any procedure; a question of nothing else is about one that it does not name.
_ANY = re.compile(
    r"\b(?:thu tuc|ho so|ket qua|le phi|chi phi|muc phi|mien phi|giay to(?: goc)?|ban goc|ban chinh"
    r"|ban sao|ban chup|to khai|co quan|tham quyen|quy trinh|can bo|tiep nhan|giai quyet|thoi gian"
    r"|thoi han|ky duyet|xac minh|truc tuyen|qua mang|online|hoan tat|bat buoc|truong hop|dieu kien"
    r"|phieu hen|chuan bi|co mat|tra loi|cho doi|nguoi than|nguoi nha|hop le|uy quyen|mang theo"
    r"|duoc giam|giam (?:le )?phi|xuat trinh|bo sung|bao lau|bao nhieu|the nao"
    r"|nhu the nao|khi nao|bao gio|o dau|lam sao)\b"
)
_PLAIN = """
    a ai anh ba bac ban bang buoc buoi bo buu can cac cach cai chau chi chieu cho chung chu chua co
    con cua cung da dang dau de den di dien do dong duoc em gi gian gio gom gui ha ho hom hay
    hon hoi khac khi khong la lai lam lan lau len loai luc ma may mat minh mot muon nam nao nay neu
    ngay nhan nhat nhe nhieu nhieu nho nhung nop nua ong o phai qua ra roi sang sao sau se ta tai
    theo thi thu tien tinh toi tra truoc trong tu tui tuan thang tuyen vao vay ve viec voi xa xong
"""
_OF_A_PROCEDURE = re.compile(r"\b(?:thu tuc|ho so|ket qua|le phi|phi|giay to|nop|quy trinh)\b")


def names_nothing(question: str) -> bool:
    """Test whether a question is about some procedure but has no word of any."""
    text = " ".join(re.findall(r"[a-z0-9]+", fold(question)))
    if not _OF_A_PROCEDURE.search(text):
        return False
    return frozenset(_PLAIN.split()).issuperset(_ANY.sub(" ", text).split())
