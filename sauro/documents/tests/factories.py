"""Contents of every form, as a real dossier would fill them."""

from datetime import UTC, date, datetime

from sauro.documents import rules
from sauro.documents.rules import Content, Form

LETTERHEAD = rules.Letterhead(
    parent="Ủy ban nhân dân phường Tân Lập",
    agency="Trung tâm Phục vụ hành chính công",
    place="Tân Lập",
)
AUTHORITY = rules.Letterhead(
    parent="Tỉnh Đắk Lắk", agency="Ủy ban nhân dân phường Tân Lập", place="Tân Lập"
)
APPLICANT = rules.Applicant(
    name="Ông Y Blŭk Êban",
    address="42 đường Nguyễn Văn Cừ, buôn Păn Lăm, phường Tân Lập, tỉnh Đắk Lắk",
    phone="0914 000 226",
    email="yblukeban@thu.example",
)
HEAD = rules.Signatory(
    capacity=("TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"), name="H'Bĭa Niê Kdăm"
)
DIRECTOR = rules.Signatory(capacity=("Giám đốc",), name="Nguyễn Thị Hồng Ánh")
CODE = "H15.24133-20260305-0000117"
REQUEST = "Đăng ký thành lập hộ kinh doanh (1.001612)"
RECEIVED = datetime(2026, 3, 5, 7, 32, tzinfo=UTC)
DUE = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
NEW_DUE = datetime(2026, 3, 13, 10, 0, tzinfo=UTC)
COMPONENTS = (
    "Giấy đề nghị đăng ký thành lập hộ kinh doanh: 1 bản chính",
    "Giấy ủy quyền có công chứng hoặc chứng thực: 1 bản sao",
)
_DOSSIER = {"code": CODE, "applicant": APPLICANT, "request": REQUEST}


def acceptance(**changed: object) -> rules.Acceptance:
    """Return a filled Mẫu 01, with some blanks as given."""
    usual = {
        "letterhead": LETTERHEAD,
        **_DOSSIER,
        "tracking_url": "https://dvc.daklak.example/t/7K2M9QXA",
        "components": COMPONENTS,
        "sets": 1,
        "limit": "3 ngày làm việc",
        "received_at": RECEIVED,
        "due_at": DUE,
        "return_by": "Trung tâm Phục vụ hành chính công phường Tân Lập",
        "fee": "100.000 đồng, đã nộp, biên lai số 0004412",
        "book": "01/2026",
        "entry": 117,
        "receiver": "Lê Thị Thu Hà",
        "hotline": "1022",
    }
    return rules.Acceptance(**{**usual, **changed})  # type: ignore[arg-type]


CENTRE = ("Trung tâm Phục vụ hành chính công", "Lê Thị Thu Hà")
SPECIALIST = ("Phòng Kinh tế, Hạ tầng và Đô thị", "Trần Quốc Bảo")
LEADER = ("Lãnh đạo Ủy ban nhân dân", "H'Bĭa Niê Kdăm")


def _hand_over(
    giver: tuple[str, str], taker: tuple[str, str], hour: int, outcome: str, note: str = ""
) -> rules.HandOver:
    return rules.HandOver(
        giver_office=giver[0],
        giver=giver[1],
        taker_office=taker[0],
        taker=taker[1],
        at=datetime(2026, 3, 5, hour, 40, tzinfo=UTC),
        outcome=outcome,
        note=note,
    )


def _entry(number: int) -> rules.Entry:
    return rules.Entry(
        code=f"H15.24133-20260305-{number:07}",
        procedure="Đăng ký khai sinh" if number % 2 else "Đăng ký thành lập hộ kinh doanh",
        sets=1,
        applicant="Bà H'Nŭ Mlô" if number % 2 else "Ông Phạm Văn Lợi",
        contact="Buôn Păn Lăm, phường Tân Lập; 0914 000 226",
        handler="Phòng Văn hóa - Xã hội" if number % 2 else "Phòng Kinh tế, Hạ tầng và Đô thị",
        received_on=date(2026, 3, 5),
        due_on=date(2026, 3, 10),
        returned_on=None if number % 3 else date(2026, 3, 9),
        return_by="Trực tiếp" if number % 2 else "Bản điện tử",
        receipt="",
        note="",
    )


def register(entries: int) -> rules.Register:
    """Return a filled Mẫu 07 with so many lines."""
    return rules.Register(
        letterhead=LETTERHEAD,
        book="01/2026",
        first_on=date(2026, 3, 1),
        last_on=date(2026, 3, 31),
        entries=tuple(_entry(number) for number in range(1, entries + 1)),
    )


RECIPIENTS = ("Như trên", "Trung tâm Phục vụ hành chính công", "Lưu: VT, HS")

FILLED: dict[Form, Content] = {
    Form.MAU_01: acceptance(),
    Form.MAU_02: rules.SupplementRequest(
        letterhead=LETTERHEAD,
        **_DOSSIER,  # type: ignore[arg-type]
        wanted=(
            "Giấy ủy quyền có công chứng hoặc chứng thực của các thành viên hộ gia đình",
            "Số nhà của địa điểm kinh doanh",
        ),
        reason="Nhiều người trong nhà cùng đứng tên nhưng hồ sơ chưa có giấy ủy quyền.",
        until=datetime(2026, 3, 20, 10, 0, tzinfo=UTC),
        contact="bà Lê Thị Thu Hà",
        contact_phone="0262 000 1022",
        guide="Lê Thị Thu Hà",
    ),
    Form.MAU_03: rules.IntakeRefusal(
        letterhead=LETTERHEAD,
        **_DOSSIER,  # type: ignore[arg-type]
        reasons=("Ngành, nghề ghi trong giấy đề nghị thuộc danh mục cấm đầu tư kinh doanh.",),
        advice="Chọn ngành, nghề khác trong danh mục rồi nộp lại; không mất lệ phí.",
        receiver="Lê Thị Thu Hà",
    ),
    Form.MAU_04: rules.Apology(
        letterhead=LETTERHEAD,
        **_DOSSIER,  # type: ignore[arg-type]
        received_at=RECEIVED,
        promised_at=DUE,
        late_party="Phòng Kinh tế, Hạ tầng và Đô thị",
        reason="Chưa có ý kiến của cơ quan phòng cháy, chữa cháy.",
        new_due_at=NEW_DUE,
        recipients=RECIPIENTS,
        signatory=DIRECTOR,
    ),
    Form.MAU_05: rules.StopNotice(
        letterhead=LETTERHEAD,
        **_DOSSIER,  # type: ignore[arg-type]
        received_at=RECEIVED,
        grounds=("Ông Y Blŭk Êban có đơn đề nghị dừng giải quyết ngày 09 tháng 3 năm 2026.",),
        next_steps="Hồ sơ được lưu; khi cần, ông nộp hồ sơ mới và dùng lại giấy tờ đã số hóa.",
        returned=("Giấy ủy quyền: 1 bản chính",),
        recipients=RECIPIENTS,
        signatory=DIRECTOR,
    ),
    Form.MAU_06: rules.ControlSheet(
        letterhead=LETTERHEAD,
        code=CODE,
        request=REQUEST,
        handler="Phòng Kinh tế, Hạ tầng và Đô thị phường Tân Lập",
        partners=("Thuế cơ sở 1 tỉnh Đắk Lắk",),
        hand_overs=(
            _hand_over(CENTRE, SPECIALIST, 8, "Đúng hạn"),
            _hand_over(SPECIALIST, LEADER, 9, "Trước hạn"),
            _hand_over(LEADER, CENTRE, 10, "Quá hạn", "Chậm 20 phút"),
        ),
    ),
    Form.MAU_07: register(12),
    Form.RESULT: rules.Result(
        letterhead=AUTHORITY,
        code=CODE,
        kind="Giấy chứng nhận",
        about="Đăng ký hộ kinh doanh",
        deciding="",
        grounds=(
            "Căn cứ Nghị định số 168/2025/NĐ-CP ngày 30 tháng 6 năm 2025 của Chính phủ",
            "Xét hồ sơ mã số H15.24133-20260305-0000117",
        ),
        paragraphs=(
            "Ủy ban nhân dân phường Tân Lập chứng nhận hộ kinh doanh sau đây đã được đăng ký:",
        ),
        facts=(
            rules.Fact(label="Tên hộ kinh doanh", value="Cà phê Ŏ Ea Nuôl"),
            rules.Fact(label="Chủ hộ", value="Y Blŭk Êban"),
            rules.Fact(
                label="Địa điểm kinh doanh",
                value="42 đường Nguyễn Văn Cừ, buôn Păn Lăm, phường Tân Lập",
            ),
        ),
        tracking_url="https://dvc.daklak.example/t/7K2M9QXA",
        recipients=RECIPIENTS,
        signatory=HEAD,
    ),
    Form.REFUSAL: rules.RefusalLetter(
        letterhead=AUTHORITY,
        **_DOSSIER,  # type: ignore[arg-type]
        grounds=("Căn cứ Nghị định số 168/2025/NĐ-CP ngày 30 tháng 6 năm 2025 của Chính phủ",),
        reasons=(
            "Tên hộ kinh doanh trùng với hộ đã đăng ký trong phường.",
            "Địa điểm ghi trong hồ sơ không có trong bản đồ địa chính.",
        ),
        advice="Chọn tên khác, ghi lại địa điểm rồi nộp hồ sơ mới; lệ phí đã nộp được dùng tiếp.",
        complaint=(
            "ông gửi khiếu nại đến Chủ tịch Ủy ban nhân dân phường Tân Lập trong 90 ngày, "
            "hoặc khởi kiện tại Tòa án nhân dân."
        ),
        recipients=RECIPIENTS,
        signatory=HEAD,
    ),
    Form.RECEIPT: rules.Receipt(
        letterhead=LETTERHEAD,
        **_DOSSIER,  # type: ignore[arg-type]
        charges=(
            rules.Charge(name="Lệ phí đăng ký hộ kinh doanh", amount=100_000),
            rules.Charge(name="Phí cấp bản sao, 2 bản", amount=16_000),
        ),
        in_words="Một trăm mười sáu nghìn đồng",
        paid_at=RECEIVED,
        paid_by="Chuyển khoản qua mã VietQR",
        collector="Lê Thị Thu Hà",
    ),
}
NUMBERS: dict[Form, str] = {
    Form.MAU_01: "0117/TTPVHCC",
    Form.MAU_02: "0032/TTPVHCC",
    Form.MAU_03: "0008/TTPVHCC",
    Form.MAU_04: "0003/TTPVHCC",
    Form.MAU_05: "0002/TB-TTPVHCC",
    Form.MAU_06: "",
    Form.MAU_07: "",
    Form.RESULT: "41/GCN-UBND",
    Form.REFUSAL: "214/UBND-KTHTĐT",
    Form.RECEIPT: "0004412",
}
