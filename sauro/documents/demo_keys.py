"""The sandbox of trust (hạ tầng khóa dùng thử): a root, an authority under it, keys in files.

Made where files are kept, once, and marked as a demo in every name: whoever reads a certificate
of it sees that no state authority issued it. Real signing uses PKCS#11 (`keys`).
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

MARK: Final = "BẢN TRÌNH DIỄN"
ORGANISATION: Final = "Sáu Rõ (BẢN TRÌNH DIỄN, không có giá trị pháp lý)"
DEMO_PIN: Final = "246810"
_BORN: Final = datetime(2025, 7, 1, tzinfo=UTC)
_YEARS: Final = timedelta(days=3650)
_TERM: Final = timedelta(days=1096)

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate and the key that belongs to it."""

    certificate: x509.Certificate
    key: Key


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The authorities of the demo."""

    root: Pair
    issuer: Pair
    clock: Pair


def sandbox() -> Sandbox:
    """Return the authorities of the demo, made the first time; the same ones ever after."""
    return _sandbox(Path(settings.KEYS_DIR))


@lru_cache(maxsize=4)
def _sandbox(folder: Path) -> Sandbox:
    with _alone(folder):
        if not (folder / "clock.key").exists():
            _make(folder)
        root, issuer, clock = (_read(folder, name) for name in ("root", "issuer", "clock"))
    return Sandbox(root, issuer, clock)


def issue(name: str, office: str, key: Key, *, now: datetime) -> x509.Certificate:
    """Return a certificate for three years from the day of `now`."""
    since = now.replace(hour=0, minute=0, second=0, microsecond=0)
    subject = _name(name, office)
    return _certificate(subject, key, sandbox().issuer, since=since, until=since + _TERM)


def new_key() -> ec.EllipticCurvePrivateKey:
    """Return a new key; on this curve a signature takes half the time of RSA."""
    return ec.generate_private_key(ec.SECP256R1())


def keep(serial: str, key: Key, pin: str) -> None:
    """Write a key under the serial number of its certificate, locked with `pin`."""
    lock = serialization.BestAvailableEncryption(pin.encode())
    _write(Path(settings.KEYS_DIR) / f"{serial}.key", _pem(key, lock))


def open_kept(serial: str, pin: str) -> Key | None:
    """Return a kept key; None if the PIN is wrong or there is none."""
    path = Path(settings.KEYS_DIR) / f"{serial}.key"
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), pin.encode())
    except (ValueError, TypeError, FileNotFoundError):
        return None
    return key if isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) else None


def _make(folder: Path) -> None:
    root_key, issuer_key = new_key(), new_key()
    # Time stamps of the sandbox are RSA: the library's own authority knows no other.
    clock_key = rsa.generate_private_key(65537, 2048)
    root_name = _name("CA gốc dùng thử", "")
    root = _signed(
        root_name, root_name, root_key, root_key, since=_BORN, until=_BORN + _YEARS, is_ca=True
    )
    top = Pair(root, root_key)
    issuer = _certificate(_name("CA cấp chứng thư dùng thử", ""), issuer_key, top, is_ca=True)
    below = Pair(issuer, issuer_key)
    clock = _certificate(_name("Dấu thời gian dùng thử", ""), clock_key, below, is_clock=True)
    for name, pair in (
        ("root", top),
        ("issuer", below),
        ("clock", Pair(clock, clock_key)),
    ):
        pem = pair.certificate.public_bytes(serialization.Encoding.PEM)
        _write(folder / f"{name}.crt", pem)
        _write(folder / f"{name}.key", _pem(pair.key, serialization.NoEncryption()))


def _certificate(
    subject: x509.Name,
    key: Key,
    above: Pair,
    *,
    since: datetime = _BORN,
    until: datetime = _BORN + _YEARS,
    is_ca: bool = False,
    is_clock: bool = False,
) -> x509.Certificate:
    return _signed(
        subject,
        above.certificate.subject,
        key,
        above.key,
        since=since,
        until=until,
        is_ca=is_ca,
        is_clock=is_clock,
    )


def _signed(
    subject: x509.Name,
    issuer: x509.Name,
    key: Key,
    by: CertificateIssuerPrivateKeyTypes,
    *,
    since: datetime,
    until: datetime,
    is_ca: bool = False,
    is_clock: bool = False,
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=not is_ca,
        content_commitment=not is_ca and not is_clock,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_ca,
        crl_sign=is_ca,
        encipher_only=False,
        decipher_only=False,
    )
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key())
    below = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(below, critical=False)
        .add_extension(above, critical=False)
    )
    if is_clock:
        stamps = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        made = made.add_extension(stamps, critical=True)
    return made.sign(by, hashes.SHA256())


def _name(name: str, office: str) -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
    ]
    if office:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, office[:64]))
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _pem(key: Key, lock: serialization.KeySerializationEncryption) -> bytes:
    shape = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, shape, lock)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f"{path.suffix}.new")
    beside.touch(mode=0o600)
    beside.write_bytes(content)
    beside.rename(path)


def _read(folder: Path, name: str) -> Pair:
    certificate = x509.load_pem_x509_certificate((folder / f"{name}.crt").read_bytes())
    key = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), None)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise TypeError(f"{name}.key is of another kind")
    return Pair(certificate, key)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes from making the sandbox at the same time."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
