"""What every paper of a dossier has in common: whose it is, what it asks, who writes it."""

from dataclasses import dataclass

from django.conf import settings

from sauro.cases import queries as cases
from sauro.cases.queries import TaskRow
from sauro.cases.rules import Held
from sauro.documents import queries as documents
from sauro.documents.queries import PaperRow
from sauro.documents.rules import Applicant as Addressee
from sauro.documents.rules import Form, Letterhead
from sauro.offices import queries as offices
from sauro.offices.rules import OfficeRow, honorific
from sauro.onestop.models import Dossier
from sauro.people import queries as people
from sauro.places import queries as places
from sauro.procedures import queries as procedures
from sauro.procedures.rules import ProcedureRecord

SUBJECT = "cases.case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Everything a paper about one dossier is filled from."""

    held: Held
    dossier: Dossier
    title: str
    record: ProcedureRecord
    tasks: list[TaskRow]
    addressee: Addressee

    @property
    def tracking_url(self) -> str:
        """Return where the dossier is followed."""
        return f"{settings.PUBLIC_ADDRESS}/ho-so/{self.held.code}"

    @property
    def request(self) -> str:
        """Return what is asked for, with the code of the procedure."""
        return f"{self.title} ({self.record.code})"


def issued(case_id: int, form: Form) -> PaperRow | None:
    """Return the newest paper of a form that a dossier has, None if it has none. One query."""
    found = [paper for paper in documents.papers(SUBJECT, case_id) if paper.form is form]
    return found[-1] if found else None


def whole(held: Held) -> Whole:
    """Return what the papers of a dossier are filled from. Five queries."""
    dossier = Dossier.objects.select_related("case").get(pk=held.id)
    person = people.person(held.owed_to_id)
    address = dossier.address or places.place(dossier.case.place_id).name
    return Whole(
        held=held,
        dossier=dossier,
        title=dossier.case.title,
        record=procedures.version(dossier.version_id).record,
        tasks=cases.tasks(held.id),
        addressee=Addressee(
            name=f"{honorific(person.sex)} {dossier.name}",
            address=address,
            phone=dossier.phone,
            email=dossier.email,
        ),
    )


def letterhead(office: OfficeRow, dossier: Dossier) -> Letterhead:
    """Return the head of a paper that an office writes about a dossier. Two queries."""
    province = settings.PROVINCE["label"]
    parent = offices.office(office.parent_id).name if office.parent_id else province
    place_id = office.place_id or dossier.case.place_id
    return Letterhead(parent=parent, agency=office.name, place=places.place(place_id).short_name)
