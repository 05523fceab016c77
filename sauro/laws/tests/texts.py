"""A few law texts for tests: made up, but written as laws are written."""

from datetime import UTC, date, datetime
from typing import Any

from sauro.core.actor import SYSTEM
from sauro.laws import services
from sauro.laws.services import Loaded, Texts

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
OLD = ("81/2006/QH11", "Luật Cư trú 2006 số 81/2006/QH11")
NEW = ("68/2020/QH14", "Luật cư trú 2020 số 68/2020/QH14")
FAMILY = ("52/2014/QH13", "Luật Hôn nhân và gia đình 2014 số 52/2014/QH13")
CITED = [
    {"code": "68/2020/QH14", "n_procedures": "20", "title": "Luật Cư trú"},
    {"code": "64/2025/TT-BTC", "n_procedures": "125", "title": "Thông tư"},
]


def article(law: tuple[str, str], number: str, title: str, text: str) -> dict[str, Any]:
    """Return one record as the file has it."""
    body = f"Điều {number}. {title}\n{text}"
    return {"law": law[0], "law_title": law[1], "article": number, "title": title, "text": body}


ARTICLES = [
    article(OLD, "1", "Phạm vi", "Luật này quy định về quyền tự do cư trú."),
    article(OLD, "42", "Hiệu lực", "Luật này có hiệu lực từ ngày 01 tháng 7 năm 2007."),
    article(
        NEW,
        "20",
        "Điều kiện đăng ký thường trú",
        "1. Công dân có chỗ ở hợp pháp thì được đăng ký thường trú.\n"
        "2. Người thuê, mượn, ở nhờ được đăng ký thường trú khi chủ hộ đồng ý;\n"
        "a) Bảo đảm diện tích tối thiểu.",
    ),
    article(NEW, "25", "Tách hộ", "1. Thành viên hộ gia đình được tách hộ."),
    article(
        NEW,
        "38",
        "Điều khoản thi hành",
        "1. Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2021.\n"
        "2. Luật Cư trú số 81/2006/QH11 đã được sửa đổi, bổ sung một số điều theo Luật số "
        "36/2013/QH13 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành.",
    ),
    article(FAMILY, "8", "Điều kiện kết hôn", "Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi."),
    article(FAMILY, "131", "Hiệu lực", "Luật này có hiệu lực từ ngày 01 tháng 01 năm 2015."),
]


def load(articles: list[dict[str, Any]] | None = None) -> Loaded:
    """Load these texts."""
    texts = Texts(ARTICLES if articles is None else articles, CITED, "kiểm thử", date(2024, 11, 1))
    return services.load_laws(texts, by=SYSTEM, now=NOW)
