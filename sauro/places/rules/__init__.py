"""What places are and how people write them. Pure."""

from sauro.places.rules.explaining import Change, Meaning, explain, must_ask
from sauro.places.rules.reading import Candidate, Reading, guess, readings, unread
from sauro.places.rules.sifting import Gazetteer, sift
from sauro.places.rules.units import (
    CODE_LENGTHS,
    DISPUTED,
    FLAGS,
    TYPE_WORDS,
    Finding,
    Level,
    NewOutline,
    NewPlace,
    NewSuccession,
    PlaceRow,
    mended,
    short_name,
    type_word,
)
from sauro.places.rules.writing import Written, key_of, read

__all__ = [
    "CODE_LENGTHS",
    "DISPUTED",
    "FLAGS",
    "TYPE_WORDS",
    "Candidate",
    "Change",
    "Finding",
    "Gazetteer",
    "Level",
    "Meaning",
    "NewOutline",
    "NewPlace",
    "NewSuccession",
    "PlaceRow",
    "Reading",
    "Written",
    "explain",
    "guess",
    "key_of",
    "mended",
    "must_ask",
    "read",
    "readings",
    "short_name",
    "sift",
    "type_word",
    "unread",
]
