"""Figures set by law: a value, its unit, the day it came into force and the article it is in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Provision(Generic[T]):
    """One value of a legal figure (mức luật định).

    source: the article that sets it. checked: False shows the badge "chưa kiểm chứng":
    the figure is recalled, not read in the text, and a lawyer must look before it is relied on.
    """

    value: T
    source: str
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Legal(Generic[T]):
    """A figure over time. A decision taken today about last year asks for last year's figure."""

    unit: str
    in_force: Mapping[date, Provision[T]]

    def provision(self, day: date) -> Provision[T]:
        """Return the value in force on `day` with its source.

        :raises LookupError: nothing was in force yet
        """
        started = [first for first in self.in_force if first <= day]
        if not started:
            raise LookupError(f"no provision in force on {day:%Y-%m-%d}")
        return self.in_force[max(started)]

    def on(self, day: date) -> T:
        """Return the bare value in force on `day`; raises like `provision`."""
        return self.provision(day).value
