"""Uploads: what is taken, what is refused and in which words; nothing but a refusal is raised."""

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from sauro.core.errors import Invalid, Refusal, TooLarge
from sauro.documents import rules, uploads
from sauro.documents.uploads import Taken, safe_name

MB = 1024 * 1024


def image(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (10, 60, 90)).save(out, kind, **options)
    return out.getvalue()


def pdf(pages: int = 1, **changed: object) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    for name, value in changed.items():
        if name == "password":
            writer.encrypt(str(value))
        elif name == "root":
            writer.root_object.update(value)  # type: ignore[call-overload]
        elif name == "attached":
            writer.add_attachment(*value)  # type: ignore[misc]
        elif name == "script":
            writer.add_open_action(JavaScript(str(value)))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def zipped(name: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as file:
        file.writestr(name, "x")
    return out.getvalue()


def take(content: bytes, name: str = "giay-to.pdf") -> Taken:
    return uploads.take(content, name=name)


def test_a_pdf_is_kept_as_it_is() -> None:
    content = pdf(3)

    assert take(content) == Taken(content, "application/pdf", 3, "giay-to.pdf")


def test_a_photo_is_turned_upright_and_made_smaller_and_says_nothing_about_where_it_was() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera của bà H'Bĭa"
    exif.get_ifd(0x8825)[2] = (12.0, 40.0, 30.0)
    photo = image(size=(4000, 3000), exif=exif, comment=b"secret")

    taken = take(photo, "IMG_0001.JPG")

    drawn = Image.open(BytesIO(taken.content))
    assert (taken.media_type, taken.name) == ("image/jpeg", "IMG_0001.JPG")
    assert drawn.size == (1875, 2500)
    assert dict(drawn.getexif()) == {}
    assert b"secret" not in taken.content
    assert b"Camera" not in taken.content


def test_a_see_through_png_stays_one_and_loses_what_was_written_in_it() -> None:
    out = BytesIO()
    picture = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    picture.info["Comment"] = "secret"
    picture.save(out, "PNG", exif=b"Exif\0\0secret")

    taken = take(out.getvalue(), "dau.png")

    drawn = Image.open(BytesIO(taken.content))
    assert (drawn.format, drawn.mode, drawn.getpixel((0, 0))) == ("PNG", "RGBA", (255, 0, 0, 0))
    assert b"secret" not in taken.content


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "RGBA", "I;16"])
def test_pictures_of_every_kind_are_taken(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (30, 20)).save(out, "JPEG" if mode == "CMYK" else "PNG")

    assert take(out.getvalue(), "quet").pages == 1


def test_a_photo_whose_notes_cannot_be_read_is_taken_without_them() -> None:
    assert take(image(exif=b"Exif\0\0rubbish"), "anh.jpg").media_type == "image/jpeg"


def test_what_hides_behind_a_picture_is_not_kept() -> None:
    taken = take(image() + zipped("x.exe") + b"<script>", "anh.jpg")

    assert b"PK" not in taken.content
    assert b"<script>" not in taken.content


def test_a_file_is_named_for_what_it_is() -> None:
    assert take(image(), "anh.pdf").name == "anh.jpg"
    assert take(image("PNG"), "anh").name == "anh.png"
    assert take(image(), "anh.jpeg").name == "anh.jpeg"
    assert take(pdf(), "anh.png").name == "anh.pdf"


def test_a_hundred_pages_are_one_paper_and_are_counted() -> None:
    assert take(pdf(100)).pages == 100


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
EXE = b"MZ\x90\0" + b"\0" * 60 + b"PE\0\0"


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "don.pdf", "trống"),
        (EXE, "don.pdf", "không phải PDF, JPEG hay PNG"),
        (b"<!doctype html><script>alert(1)</script>", "anh.png", "không phải PDF, JPEG hay PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", "a.jpg", "không phải PDF"),
        (zipped("a.exe"), "don.pdf", "tệp nén"),
        (zipped("word/document.xml"), "don.docx", "Lưu thành PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "don.doc", "Lưu thành PDF"),
        (b"Rar!\x1a\x07", "don.rar", "tệp nén"),
        (HEIC, "IMG_1.HEIC", "Tương thích nhất"),
        (b"GIF89a", "anh.gif", "JPEG hoặc PNG"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "anh.webp", "JPEG hoặc PNG"),
        (b"A" * 2000 + pdf(), "don.pdf", "không phải PDF"),
        (b"GIF89a" + pdf(), "don.pdf", "JPEG hoặc PNG"),
        (EXE + pdf(), "don.pdf", "không phải PDF"),
        (pdf() + zipped("x.exe"), "don.pdf", "giấu một tệp khác"),
        (pdf() + b"MZ" * 2000, "don.pdf", "giấu một tệp khác"),
        (b"%PDF-1.7\nrubbish", "don.pdf", "bị hỏng"),
        (pdf()[: len(pdf()) // 3], "don.pdf", "bị hỏng"),
        (b"%PDF-1.4\n%%EOF", "don.pdf", "bị hỏng"),
        (pdf(0), "don.pdf", "không có trang nào"),
        (pdf(password="x"), "don.pdf", "mật khẩu"),
        (pdf(script="app.alert(1)"), "don.pdf", "lệnh tự chạy"),
        (pdf(501), "don.pdf", "quá 500 trang"),
        (pdf(attached=("hoa-don.exe", b"hi")), "don.pdf", "đính kèm một chương trình"),
        (pdf(attached=("anh.jpg", EXE)), "don.pdf", "đính kèm một chương trình"),
        (image()[:200], "anh.jpg", "bị hỏng"),
        (b"\xff\xd8\xff" + b"x" * 50, "anh.jpg", "bị hỏng"),
        (b"\x89PNG\r\n\x1a\n", "anh.png", "bị hỏng"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_what_to_do(
    content: bytes, name: str, said: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        take(content, name)

    assert said in str(refusal.value)


@pytest.mark.parametrize("kind", ["/Launch", "/JavaScript", "/ImportData"])
def test_a_pdf_that_acts_when_opened_is_refused(kind: str) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject(kind)})

    with pytest.raises(Invalid) as refusal:
        take(pdf(root={NameObject("/OpenAction"): action}))

    assert "lệnh tự chạy" in str(refusal.value)


def test_an_action_hidden_in_spelling_or_in_a_list_of_lists_is_found() -> None:
    key = NameObject("/JavaScript")
    nested = ArrayObject([ArrayObject([DictionaryObject({key: TextStringObject("x")})])])
    plain = pdf(root={NameObject("/Names"): nested})
    spelled = plain.replace(b"/JavaScript", b"/J#61vaScript")

    for content in (plain, spelled):
        with pytest.raises(Invalid, match="lệnh tự chạy"):
            take(content)


def test_an_invoice_with_its_data_attached_is_taken() -> None:
    assert take(pdf(attached=("hoa-don.xml", b"<HDon/>"))).pages == 1


def test_a_picture_that_unpacks_to_a_huge_one_is_refused_unopened() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99))

    with pytest.raises(Invalid, match="25 triệu điểm ảnh"):
        take(bomb, "anh.png")


class _Endless:
    """A file of 300 MB that counts how much of it was read."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int) -> bytes:
        self.given += size
        return b"%" * size if self.given < 300 * MB else b""


def test_a_file_over_the_limit_is_refused_without_being_read_through() -> None:
    endless = _Endless()

    with pytest.raises(TooLarge) as refusal:
        uploads.read(endless, name="phim.mp4", limit=10 * MB)

    assert "lớn hơn 10 MB" in str(refusal.value)
    assert endless.given == 10 * MB + 1


def test_a_file_of_exactly_the_limit_is_not_too_large() -> None:
    assert uploads.read(BytesIO(b"x" * 100), name="a", limit=100) == b"x" * 100
    with pytest.raises(TooLarge):
        uploads.read(BytesIO(b"x" * 101), name="a", limit=100)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Hoa\\giấy khai sinh.pdf", "giấy khai sinh.pdf"),
        ("Gia\u0302\u0301y.pdf", "Giấy.pdf"),
        ("anh\u202egpj.exe", "anhgpj.exe"),
        ("a\x00b\nc.pdf", "abc.pdf"),
        ("<b>.pdf", "_b_.pdf"),
        ("...", "tep"),
        ("", "tep"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_name_is_made_fit_for_any_disk_and_page(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    seed=st.sampled_from([pdf(2, script="x"), pdf(1), image(), image("PNG")]),
    where=st.floats(0, 1, exclude_max=True),
    put=st.binary(min_size=0, max_size=40),
    cut=st.integers(0, 40),
)
def test_no_bytes_get_anything_but_a_file_or_a_refusal(
    seed: bytes, where: float, put: bytes, cut: int
) -> None:
    at = int(len(seed) * where)
    mutated = seed[:at] + put + seed[at + cut :]

    try:
        taken = take(mutated)
    except Refusal:
        return
    assert taken.media_type in rules.ENDINGS
    if taken.media_type == "application/pdf":
        assert len(PdfReader(BytesIO(taken.content)).pages) == taken.pages
