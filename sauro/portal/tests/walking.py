"""Walking through a filing with the test client: each helper is a step of the citizen's."""

from typing import Any

from django.test import Client

from sauro.onestop.models import Draft
from sauro.onestop.tests.world import World


def text(answer: Any) -> str:  # noqa: ANN401 - the test client's own response
    """Return the whole page."""
    return str(answer.content.decode())


def main(answer: Any) -> str:  # noqa: ANN401
    """Return what the page says, without the frame that names its address."""
    return text(answer).partition("<main")[2].partition("</main>")[0]


def begun(client: Client) -> str:
    """Begin a filing and return the address of its draft."""
    client.post("/nop/1.001612")
    return f"/ban-nhap/{Draft.objects.get().key}"


def said(client: Client, address: str, slug: str, /, **given: object) -> Any:  # noqa: ANN401
    """Answer a page as it stands now."""
    sent = {"revision": Draft.objects.get().revision, **given}
    return client.post(f"{address}/{slug}", sent)


def paper_slug(client: Client, address: str) -> str:
    """Return the page of the only paper that is asked."""
    page = client.get(f"{address}/kiem-tra")
    return "giay-to-" + text(page).split("/giay-to-")[1].split("?")[0].split('"')[0]


def filled(client: Client, world: World) -> str:
    """Fill a filing up to its check page and return the address of its draft."""
    address = begun(client)
    said(client, address, "noi-dung", noi_dung="Mở quán cà phê rang xay")
    said(client, address, "nguoi-nop", nop_cho="self")
    said(client, address, "noi-co-viec", noi="nha")
    said(client, address, "trung-tam", trung_tam=world.centre_id)
    said(client, address, "lien-lac")
    said(client, address, paper_slug(client, address), cach="brought")
    said(client, address, "nhan-ket-qua", nhan="ONLINE")
    return address
