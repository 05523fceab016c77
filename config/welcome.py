"""What is printed when the platform is up: where it is, who may be played, and a code to scan."""

import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import segno

from config.progress import say

_EVERY = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared, not bound
_SOMEWHERE = ("192.0.2.1", 9)  # reserved for documentation: nothing is sent there


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the platform is reached. local: on this machine, near: from the same network or ""."""

    local: str
    near: str
    hosts: tuple[str, ...]

    @property
    def public(self) -> str:
        """The address to print on papers and codes."""
        return self.near or self.local


def addresses(host: str, port: int) -> Addresses:
    """Return where a server bound to `host` and `port` is reached."""
    if host not in _EVERY:
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        return Addresses(address, "", (host, "localhost", "127.0.0.1"))
    here = _own_address()
    near = f"http://{here}:{port}" if here else ""
    names = ("localhost", "127.0.0.1", "[::1]", socket.gethostname(), *([here] if here else []))
    return Addresses(f"http://localhost:{port}", near, names)


def show(where: Addresses, accounts: Path) -> None:
    """Print the address, the code for a phone on the same network, and the demo's accounts."""
    say()
    if where.near:
        segno.make(where.near, error="l").terminal(sys.stdout, border=2, compact=True)
        say(f"  Điện thoại cùng mạng: quét mã trên, hoặc mở {where.near}")
    with suppress(FileNotFoundError):
        say(accounts.read_text("utf-8"), ending="")
    say(f"\n  Mở {where.local}\n  Dừng: Ctrl-C\n")


def _own_address() -> str:
    """Return this machine's address on its network, or nothing when it is on none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(_SOMEWHERE)
        found = str(probe.getsockname()[0])
        return "" if found.startswith("127.") else found
    return ""
