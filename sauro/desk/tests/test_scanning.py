"""One scan of all papers, split into its papers at the counter."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from sauro.core.errors import Invalid
from sauro.desk.tests import world
from sauro.desk.tests.browser import ROOT, signed_in, text
from sauro.documents import leaves
from sauro.documents import queries as files
from sauro.onestop.models import Attachment, Dossier

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hour")]
FORM = f"{ROOT}tiep-nhan/1.001612"
COLOURS = ("red", "green", "blue", "black")


def scanned(colours: tuple[str, ...] = COLOURS) -> SimpleUploadedFile:
    pages = [Image.new("RGB", (600, 850), colour) for colour in colours]
    made = BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:])
    return SimpleUploadedFile("quet.pdf", made.getvalue(), "application/pdf")


def taken(here: world.World) -> tuple[Client, str]:
    """Take a dossier in, and return the browser and the address where its papers are scanned."""
    clerk = signed_in(here.clerk)
    person = {"name": "Phạm Văn Lợi", "pid": "900091004227", "phone": "0500000123"}
    clerk.post(FORM, {**person, "place": str(here.place.pk), "return_by": "CENTRE"})
    return clerk, f"{ROOT}tiep-nhan/quet/{Dossier.objects.get().case.code}"


def papers(page: str) -> list[str]:
    """Return the names of the boxes for pages."""
    return [part.partition('"')[0] for part in page.split('name="p.')[1:]]


def test_one_scan_becomes_a_file_for_each_paper() -> None:
    clerk, address = taken(world.build())
    page = text(clerk.post(address, {"ban_quet": scanned()}, follow=True))
    assert "4 trang" in page
    first, *_others, last = papers(page)
    assert last == "khac"

    answer = clerk.post(address, {f"p.{first}": "1, 3-4", "p.khac": "2"}, follow=True)

    assert "Đã tách thành" in text(answer)
    kept = {one.component: one for one in Attachment.objects.all()}
    assert set(kept) == {first, "khac"}
    pages = PdfReader(files.open_file(kept[first].file_id)[0]).pages
    seen = [page.images[0].image for page in pages]
    colours = [image.convert("RGB").resize((1, 1)).tobytes() for image in seen if image]
    assert [max(range(3), key=colour.__getitem__) for colour in colours[:2]] == [0, 2]
    assert len(seen) == 3
    assert kept["khac"].name == "Giấy tờ khác.pdf"
    assert "đã có tệp" in text(clerk.post(address, {"ban_quet": scanned()}, follow=True))


def test_the_pages_are_seen_small_by_the_one_who_scanned_them() -> None:
    here = world.build()
    clerk, address = taken(here)
    assert clerk.get(f"{address}/1.jpg").status_code == 404
    clerk.post(address, {"ban_quet": scanned()})

    picture = Image.open(BytesIO(clerk.get(f"{address}/2.jpg").content))

    assert max(picture.size) == 320
    assert clerk.get(f"{address}/5.jpg").status_code == 404
    assert clerk.get(f"{address}/0.jpg").status_code == 404
    assert signed_in(here.specialist).get(f"{address}/2.jpg").status_code == 404


@pytest.mark.parametrize(
    ("typed", "other", "said"),
    [
        ("", "", "ít nhất một giấy tờ"),
        ("1-9", "", "Bản quét có 4 trang"),
        ("0", "", "Bản quét có 4 trang"),
        ("3-1", "", "Bản quét có 4 trang"),
        ("một", "", "Ghi trang như"),
        ("1-2-3", "", "Ghi trang như"),
        ("²", "", "Ghi trang như"),
        ("1,1", "", "hai lần"),
        ("1-2", "2", "hai giấy tờ"),
    ],
)
def test_what_cannot_be_split_is_refused_and_nothing_typed_is_lost(
    typed: str, other: str, said: str
) -> None:
    clerk, address = taken(world.build())
    first = papers(text(clerk.post(address, {"ban_quet": scanned()}, follow=True)))[0]

    answer = clerk.post(address, {f"p.{first}": typed, "p.khac": other})

    assert answer.status_code == 422
    assert said in text(answer)
    assert f'value="{typed}"' in text(answer)
    assert not Attachment.objects.exists()


def test_a_picture_and_a_broken_file_are_no_scan() -> None:
    clerk, address = taken(world.build())
    made = BytesIO()
    Image.new("RGB", (90, 90)).save(made, "PNG")

    picture = clerk.post(address, {"ban_quet": SimpleUploadedFile("a.pdf", made.getvalue())})
    broken = clerk.post(address, {"ban_quet": SimpleUploadedFile("a.pdf", b"%PDF-1.7 broken")})

    assert (picture.status_code, broken.status_code) == (422, 422)
    assert "Quét tất cả vào một tệp PDF" in text(picture)
    assert "bị hỏng" in text(broken)


def test_a_scan_is_split_for_the_dossier_it_was_made_for() -> None:
    here = world.build()
    clerk, first = taken(here)
    clerk.post(first, {"ban_quet": scanned()})
    clerk.post(FORM, {"name": "H'Bia Niê", "pid": "", "phone": "0500000124",
                      "place": str(here.place.pk), "return_by": "CENTRE"})  # fmt: skip
    second = f"{ROOT}tiep-nhan/quet/{Dossier.objects.latest('pk').case.code}"

    answer = clerk.post(second, {"p.khac": "1"})

    assert answer.status_code == 422
    assert not Attachment.objects.exists()


def test_other_offices_and_citizens_scan_nothing() -> None:
    here = world.build()
    _clerk, address = taken(here)

    assert signed_in(here.stranger).get(address).status_code in {403, 404}
    assert Client().get(address).status_code == 302


def test_pages_are_read_as_people_write_them() -> None:
    assert leaves.read_pages("1–3; 5 , 4", 5) == (1, 2, 3, 5, 4)
    assert leaves.read_pages(" , ", 5) == ()
    with pytest.raises(Invalid):
        leaves.read_pages("1,2-", 5)
