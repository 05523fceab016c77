"""What the assistant does not answer (ngoài phạm vi), and to whom it sends the person. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum

from sauro.core.text import _, fold


class Outside(StrEnum):
    """Why a question is not answered from the catalogue."""

    GREETING = "greeting"
    THANKS = "thanks"
    WHO = "who"
    SECRET = "secret"  # noqa: S105 - a reason, not a password
    ACT = "act"
    OTHERS = "others"
    INJECTION = "injection"
    MINE = "mine"
    DOMAIN = "domain"
    ADVICE = "advice"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Reply:
    """One sentence for what is outside. desk: who helps; small: said for courtesy, no refusal."""

    why: Outside
    text: str
    desk: str = ""
    is_small_talk: bool = False


_CENTRE = _("Trung tâm Phục vụ hành chính công nơi Ông/Bà ở")
_REPLIES = {
    Outside.GREETING: Reply(
        Outside.GREETING,
        _("Xin chào. Ông/Bà cần hỏi thủ tục nào: giấy tờ, phí, thời hạn hay nơi nộp?"),
        is_small_talk=True,
    ),
    Outside.THANKS: Reply(
        Outside.THANKS, _("Cảm ơn Ông/Bà. Cần gì thêm xin cứ hỏi."), is_small_talk=True
    ),
    Outside.WHO: Reply(
        Outside.WHO,
        _(
            "Đây là máy trả lời từ thủ tục đã công bố của tỉnh, có dẫn nguồn; "
            "điều không có trong đó thì máy không trả lời."
        ),
        is_small_talk=True,
    ),
    Outside.SECRET: Reply(
        Outside.SECRET,
        _(
            "Đừng đưa mật khẩu, mã OTP hay ảnh giấy tờ tùy thân cho bất kỳ ai, kể cả ở đây. "
            "Nếu đã lỡ đưa, gọi ngay Công an cấp xã."
        ),
        _("Công an cấp xã"),
    ),
    Outside.ACT: Reply(
        Outside.ACT,
        _(
            "Trợ lý không đăng nhập, nộp hay thanh toán thay Ông/Bà được. "
            "Ông/Bà tự làm trên trang nộp hồ sơ, hoặc đến Trung tâm để được làm giúp."
        ),
        _CENTRE,
    ),
    Outside.OTHERS: Reply(
        Outside.OTHERS,
        _("Hồ sơ của người khác là thông tin riêng của họ, trợ lý không cho biết được."),
        _CENTRE,
    ),
    Outside.INJECTION: Reply(
        Outside.INJECTION,
        _("Trợ lý chỉ trả lời từ thủ tục đã công bố và luôn kèm nguồn; không bỏ cách làm đó được."),
        _CENTRE,
    ),
    Outside.MINE: Reply(
        Outside.MINE,
        _(
            "Hồ sơ của Ông/Bà đang ở bước nào xem tại trang Tra cứu hồ sơ: nhập mã hồ sơ, "
            "hoặc đăng nhập rồi mở Hồ sơ của tôi."
        ),
        _CENTRE,
    ),
    Outside.DOMAIN: Reply(
        Outside.DOMAIN,
        _("Điều này không có trong các thủ tục đã công bố, nên trợ lý không trả lời."),
        _CENTRE,
    ),
    Outside.ADVICE: Reply(
        Outside.ADVICE,
        _(
            "Trợ lý không đoán kết quả của một vụ việc và không góp ý cách làm trái quy định. "
            "Người thuộc diện được trợ giúp pháp lý thì gọi Trung tâm Trợ giúp pháp lý của tỉnh."
        ),
        _("Trung tâm Trợ giúp pháp lý nhà nước của tỉnh"),
    ),
    Outside.EMPTY: Reply(
        Outside.EMPTY,
        _("Xin viết câu hỏi về một thủ tục, ví dụ: làm giấy khai sinh cần giấy tờ gì?"),
        _CENTRE,
    ),
}
_ME = r"(toi|tui|bac|co|chu|em|con|chau|minh|ong|ba|anh|chi|me|bo|cha|nha (toi|minh))"
_DO = (
    r"(dang nhap|bam|nhan nut|nop|thanh toan|chuyen khoan|ky|dang ky|dat lich|huy|xoa|sua|"
    r"duyet|cap|gui|lam|dien|dong phat|khai)"
)
_CODES = r"(mat khau|otp|ma xac (thuc|nhan)|ma pin|so the ngan hang|so tai khoan ngan hang)"
_RULES: tuple[tuple[Outside, str], ...] = (
    (
        Outside.INJECTION,
        (
            r"(tu (gio|bay gio) (ban|em|may|ngươi)|ban (hien )?(la|hay|"
            r"phai) (mot )?(tro ly|ai|nguoi) "
            r"(khong|moi|khac|tu do)|bo qua (moi|cac|tat ca|nhung|het)|quen (het|moi|"
            r"cac|di) |dong vai|"
            r"gia vo|khong can (trich |dan |neu )?nguon|bo qua (quy tac|huong dan|luat le)|"
            r"(in|xuat|cho xem|hien) (ra |toan bo |het |noi dung )*"
            r"(cau lenh|cau hinh|co so du lieu|ma nguon)|"
            r"select .+ from |drop table|^system |khong (bi )?(rang buoc|gioi han)|"
            r"(la|lam) (chu tich|giam doc|quan tri)( tinh| he thong)? .*(ky|duyet|mo|cho)|"
            r"(cach|chi|giup) .*\b(lam gia|gia con dau|giay to gia)\b|"
            r"ignore|system prompt|jailbreak|developer mode|"
            r"prompt|hay tra loi (chac chan|bua|dai)|cu tra loi (chac chan|bua|dai)|"
            r"tiet lo (cau lenh|huong dan|he thong)|noi dung (cau lenh|he thong))"
        ),
    ),
    (
        Outside.SECRET,
        (
            rf"({_CODES}.*(dua|cho|gui|doc|nhap|noi|\bla )|(dua|cho|gui|doc|noi).*{_CODES}|"
            r"(chup|gui) .*(can cuoc|cccd|cmnd|ho chieu).*(zalo|facebook|messenger|"
            r"tin nhan|mang xa hoi)|"
            r"(bi lua|lua dao)|"
            r"(chup|gui|dua) .*(anh|hinh|hai mat) .*(can cuoc|cccd|cmnd|ho chieu|so do)|"
            r"(xung|gia|tu xung) (la )?(cong an|can bo|thue)|(bam|nhan|mo) (vao )?(cai )?(link|"
            r"duong dan|lien ket)|(link|duong dan) la|chuyen tien .*(nen|co nen|duoc khong)|"
            r"so (can cuoc|cccd) cua (ban|em) la)"
        ),
    ),
    (
        Outside.OTHERS,
        (
            r"((ho so|thong tin|so dien thoai|dia chi|can cuoc|cccd) cua (ong|ba|anh|"
            r"chi|nguoi|hang xom|"
            r"co|chu)? ?(khac|ta|ay|nguyen|tran|le|pham|hoang|vo|dang|bui|do|y |h')|"
            r"(cho (xem|biet|hoi)|doc|lay) .*(so (can cuoc|cccd|cmnd|dien thoai)|dia chi) "
            r"(cua|ba|ong|chi|anh)|so dien thoai (cua )?(chi|anh|ong|ba|co|chu) [a-z]+|"
            r"(vo|chong) (cu |toi |minh )?.*(ket hon|song) voi ai|ai (da |vua )?to cao|"
            r"(liet ke|danh sach|ke ten) .*(nguoi|ho dan|cong dan)|"
            r"(ong|ba|anh|chi) (?!khong)[a-z]+ .{0,30}co (bao nhieu|may) (dat|nha|thua|tai san)|"
            r"(hang xom|nguoi khac|nguoi ta|vo cu|chong cu).*(ho so|da nop|dang o buoc|nop chua)|"
            r"(xem|cho biet|tra|doc|in|liet ke) .*(ho so|thong tin|so dien thoai|danh sach) .*"
            r"(nguoi khac|hang xom|nguoi nop|moi nguoi|cac cong dan|ong [a-z]+ [a-z]+))"
        ),
    ),
    (
        Outside.ACT,
        (
            rf"({_DO} .*\b(ho|giup|gium|dum|dung|thay|luon cho) {_ME}( (nhe|di|voi|luon|"
            rf"nha|a|duoc khong))*$|"
            rf"\b(ho|giup|gium|dum|thay) {_ME} .*{_DO}.*(nhe|di|luon|nha|voi)$|"
            rf"^{_DO} .*cho {_ME} .*(luon|ngay|di|nhe|nha)( di| nhe)?$|"
            rf"{_DO} .*luon (di|nhe|nha)$|^{_DO} .*\b(ho|giup|gium|dum) (toi|tui|minh|em|bac)\b|"
            rf"^{_DO} .*ngay( bay gio)? (di|nhe|nha)$|^dat lich .*cho {_ME}$)"
        ),
    ),
    (
        Outside.MINE,
        (
            r"((ho so|don) (cua )?(toi|tui|minh|em|con|chau|bac)( da nop)? .*(dau roi|"
            r"xong chua|the nao roi|"
            r"den dau|toi dau|buoc nao|bao gio xong|duyet chua|co ket qua chua|"
            r"den buoc|tinh trang)|"
            r"(ma ho so|h15\.)[ :]*[a-z0-9.\-]+ .*(dau|chua|nao|roi)|"
            r"tra cuu ho so (cua )?(toi|minh))"
        ),
    ),
    (
        Outside.ADVICE,
        (
            r"(co nen (kien|to cao|khieu nai|ly hon)|kha nang thang|"
            r"toa( an)? (se |co )?(xu|phan|chia)|(tron|ne|khoi( phai)?|lach) (dong |nop )?thue|"
            r"(lo lot|hoi lo|boi duong|lo cho|chung chi cho) .*(can bo|cong an|lanh dao|ho so)|"
            r"phai chi bao nhieu cho can bo|(di tu|ngoi tu|phat tu) (may|bao nhieu)|"
            r"bi (xu )?phat (bao nhieu|the nao|may))"
        ),
    ),
    (Outside.THANKS, r"^(da |vang |ok |a |oi )*(xin )?(cam on|thank|thanks|tks)( .{0,40})?$"),
    (
        Outside.GREETING,
        (
            r"^(da |a |oi )*(xin )?(chao|hello|hi|alo|hey)( (ban|em|anh|chi|bac|chau|"
            r"co|chu|tro ly|admin|"
            r"cac ban|buoi (sang|chieu|toi)|nhe|nha|a))*$"
        ),
    ),
    (
        Outside.WHO,
        (
            r"^(ban|em|may|day|chau) (la (ai|gi)|ten (la )?gi|lam duoc (nhung )?gi|giup duoc gi)"
            r"( (vay|the|a|ha|nhi))?$"
        ),
    ),
)
_COMPILED = tuple((why, re.compile(rf"(?<!\w)(?:{pattern})")) for why, pattern in _RULES)
# These say that something is asked, so that "giúp tôi …" is a question, not an order.
_ASKS = re.compile(
    r"(?<!\w)(gi|chi|nao|dau|sao|may|nhieu|nhiu|lau|khong|ko|hong|ai|the nao|rang|"
    r"bao gio|phi)(?!\w)"
)
# What people ask a machine that no office answers; each a few words, without marks.
_OFF = re.compile(
    r"(?<!\w)(gia (vang|xang|dat nen|ca phe|tieu|usd|do la|chung khoan|lua|heo|coin|bitcoin)|"
    r"thoi tiet|nau (canh|an|com|pho|bun)|mon an|cong thuc nau|bong da|ty so|doi tuyen|xo so|"
    r"ket qua xo so|uong thuoc|thuoc gi|dau (dau|bung|lung|hong)|chua benh|trieu chung|tu vi|"
    r"boi toan|cung hoang dao|ke chuyen|lam tho|bai tho|viet (van|tho|code)|lap trinh|python|"
    r"giai (toan|bai tap)|dich sang tieng (anh|phap|nhat)|bai hat|ca si|phim (hay|gi)|game|"
    r"nguoi yeu|tan gai|ty gia|co phieu|mua (xe|dien thoai|nha) (nao|gi)|du lich (o dau|dau)|"
    r"quan an|nha hang nao|khach san nao|tong thong|ai thang|bau cu my|giam can|lam dep|da mun|"
    r"trong cay gi|nuoi con gi|sua (xe|may tinh|dien thoai)|wifi|mat khau wifi|"
    r"chon truong nao|bon phan|ra bong|(mua|dat|gia) ve (xe|tau|may bay)|(?<!ho )so de|lo de|"
    r"cung (giao thua|ram|ong tao|dat)|phuong trinh|bai van|gui tiet kiem|mua vang|bo an|"
    r"khach san|mua mua|"
    r"co mua (khong|ko)|may gio (da|chieu|phat)|(meo|heo|ga) (nha )?(toi|tui|em) |"
    r"cho nha (toi|tui|em) )(?!\w)"
)


def reply(why: Outside) -> Reply:
    """Return what is said for a reason."""
    return _REPLIES[why]


def looked_at(question: str) -> Reply | None:
    """Return the reply to what is outside by its form; None where the catalogue is asked."""
    text = " ".join(re.findall(r"[\w.'\-]+", fold(question)))
    if not re.search(r"\w{2}", text):
        return _REPLIES[Outside.EMPTY]
    for why, pattern in _COMPILED:
        if pattern.search(text) and not (why is Outside.ACT and _ASKS.search(text)):
            return _REPLIES[why]
    return None


def looks_off(question: str) -> bool:
    """Test whether a question has words of what no office answers, such as prices and recipes."""
    return bool(_OFF.search(fold(question)))
