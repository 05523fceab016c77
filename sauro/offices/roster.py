"""The roster (danh bạ): every office, post and official of one day, read once and asked often.

Opening and moving cases asks it thousands of times a minute; it is rebuilt when anything in
the module changes (see `queries.roster`). Pure: rows in, answers out.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sauro.core.errors import NotFound
from sauro.core.text import _
from sauro.offices.rules import OfficeRow, OfficialRow, Role

_LEADERS = (Role.HEAD, Role.DEPUTY)


@dataclass(frozen=True)
class Roster:
    """Who works where on one day. officials: by office, role and then id."""

    offices: Sequence[OfficeRow]
    officials: Sequence[OfficialRow]
    _office: dict[int, OfficeRow] = field(init=False, repr=False)
    _official: dict[int, OfficialRow] = field(init=False, repr=False)
    _posts: dict[tuple[int, str], list[OfficialRow]] = field(init=False, repr=False)
    _units: dict[int, list[OfficeRow]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        posts: dict[tuple[int, str], list[OfficialRow]] = defaultdict(list)
        for official in self.officials:
            posts[official.office_id, official.role].append(official)
        units: dict[int, list[OfficeRow]] = defaultdict(list)
        for office in self.offices:
            if office.place_id is not None:
                units[office.place_id].append(office)
        for name, value in (
            ("_office", {office.id: office for office in self.offices}),
            ("_official", {official.id: official for official in self.officials}),
            ("_posts", dict(posts)),
            ("_units", dict(units)),
        ):
            object.__setattr__(self, name, value)

    def office(self, office_id: int) -> OfficeRow:
        """Return an office that is open this day.

        :raises NotFound: there is none with that id
        """
        office = self._office.get(office_id)
        if office is None:
            raise NotFound(_("Cơ quan này không còn hoạt động."))
        return office

    def official(self, official_id: int) -> OfficialRow:
        """Return an official who holds a post this day.

        :raises NotFound: there is none with that id
        """
        official = self._official.get(official_id)
        if official is None:
            raise NotFound(_("Cán bộ này không còn giữ vị trí."))
        return official

    def at(self, office_id: int, role: str) -> Sequence[OfficialRow]:
        """Return the officials of a role at an office itself, by id."""
        return self._posts.get((office_id, role), ())

    def units(self, place_id: int) -> Sequence[OfficeRow]:
        """Return the offices of a place, by id."""
        return self._units.get(place_id, ())

    def pick(self, office_id: int, role: str, seed: int) -> OfficialRow:
        """Return who is in turn: the officials of the role take turns by `seed`.

        An office without that role is served by the one above it, then by its own head.

        :raises NotFound: nobody up to the top holds the role or heads the office
        """
        office: OfficeRow | None = self.office(office_id)
        while office is not None:
            there = self.at(office.id, role)
            if there:
                return there[seed % len(there)]
            office = self._office.get(office.parent_id) if office.parent_id else None
        return self.head(office_id)

    def head(self, office_id: int) -> OfficialRow:
        """Return who answers for an office: its head, else a deputy, else the head above.

        :raises NotFound: nobody up to the top
        """
        office: OfficeRow | None = self.office(office_id)
        while office is not None:
            for role in _LEADERS:
                if self.at(office.id, role):
                    return self.at(office.id, role)[0]
            office = self._office.get(office.parent_id) if office.parent_id else None
        raise NotFound(_("Cơ quan này chưa có người phụ trách. Báo Sở Nội vụ bổ nhiệm."))
