"""Reading places: today's units, what they were, and what an address means."""

from sauro.places.queries.addresses import Resolution, resolve
from sauro.places.queries.maps import OutlineRow, outlines, province_outlines
from sauro.places.queries.units import (
    Counts,
    by_code,
    communes,
    counts,
    place,
    provinces,
)
from sauro.places.rules import PlaceRow

__all__ = [
    "Counts",
    "OutlineRow",
    "PlaceRow",
    "Resolution",
    "by_code",
    "communes",
    "counts",
    "outlines",
    "place",
    "province_outlines",
    "provinces",
    "resolve",
]
