"""Loading the offices of the province, with posts and officials; see `staffing` for the plan."""

from datetime import datetime

from django.conf import settings

from sauro.core.clock import local_day
from sauro.deployment import staffing
from sauro.deployment.loading_files import Folder
from sauro.deployment.loading_report import Outcome
from sauro.offices import queries as offices
from sauro.places import queries as places


def load(folder: Folder, *, now: datetime) -> Outcome:
    """Open the offices of the province and of its communes, and fill their posts.

    :raises NotFound: the places are not loaded
    :raises Invalid: a file cannot be read
    """
    for name in ("offices/template.json", "offices/staffing.json", "people/names.json"):
        folder.document(name)
    on = local_day(now)
    home = settings.PROVINCE
    province = places.by_code("PROVINCE", home["code"], on=on)
    communes = places.communes(home["code"], on=on)
    loaded = staffing.load(province, communes, h_code=home["h_code"], now=now)
    there = offices.roster(on)
    return Outcome(
        total=len(there.offices) + len(there.officials),
        added=loaded.offices + loaded.posts + loaded.officials,
        changed=0,
    )
