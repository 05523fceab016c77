"""What a person at the terminal sees while something long runs: which step, and how long."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

# Of `./run`: libraries (the shell's), database, fonts, files, tables, data, demo, server.
STEPS = 8


@dataclass
class Steps:
    """Numbered steps of one long run. done: how many came before, total: how many there are."""

    done: int
    total: int = STEPS

    @contextmanager
    def step(self, title: str, *, speaks: bool = False) -> Iterator[None]:
        """Announce a step and, when it is over, say how long it took.

        speaks: the step prints lines of its own, so the time goes on a line below them.
        """
        self.done += 1
        say(f"{self.done}/{self.total} {title}", ending="\n" if speaks else " … ")
        started = time.monotonic()
        yield
        taken = f"{time.monotonic() - started:.1f} giây".replace(".", ",")
        say(f"    xong sau {taken}" if speaks else taken)

    def skip(self, title: str, why: str) -> None:
        """Announce a step that there is no need for."""
        self.done += 1
        say(f"{self.done}/{self.total} {title} … {why}")


def say(text: str = "", *, ending: str = "\n") -> None:
    """Print for the person at the terminal, at once."""
    sys.stdout.write(text + ending)
    sys.stdout.flush()
