"""Who is acting: a visitor, a citizen, an official in a post, or the system itself."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """What sort of actor."""

    VISITOR = "VISITOR"
    CITIZEN = "CITIZEN"
    OFFICIAL = "OFFICIAL"
    SYSTEM = "SYSTEM"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The one on whose behalf a command runs (người thực hiện).

    label: name and post as they were at that moment, kept in the log for people to read.
    person_id: the citizen's or official's own person, None for a visitor and the system.
    official_id, office_id, post: of the post held today, for officials only.
    leads: the post heads its office, so it may sign and assign.
    """

    kind: ActorKind
    label: str
    person_id: int | None = None
    official_id: int | None = None
    office_id: int | None = None
    post: str = ""
    leads: bool = False


VISITOR = Actor(kind=ActorKind.VISITOR, label="Khách")
SYSTEM = Actor(kind=ActorKind.SYSTEM, label="Hệ thống")
