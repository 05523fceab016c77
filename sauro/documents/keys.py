"""Keys that sign (khóa ký): loaded once and kept at hand, from a file or from a PKCS#11 token.

The library reads a key anew at each signature, which is most of the time a signature takes;
here the loaded key is held as long as its holder signs, and no longer.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from asn1crypto import algos, pem
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from django.conf import settings
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sauro.documents import demo_keys

TOKEN: Final = "pkcs11:"  # noqa: S105 - no password
"""A certificate whose key has this before its label has it on a token."""

_RSA = algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"})
_CURVE = algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"})


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A key at hand for one holder; kept in memory only while they sign."""

    certificate_id: int
    serial: str
    signer: Signer


class HeldKey(Signer):
    """A signer with its key already loaded."""

    def __init__(
        self,
        key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
        certificate: asn1.Certificate,
        chain: SimpleCertificateStore,
    ) -> None:
        self._key = key
        mechanism = _RSA if isinstance(key, rsa.RSAPrivateKey) else _CURVE
        super().__init__(
            signing_cert=certificate, cert_registry=chain, signature_mechanism=mechanism
        )

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002, ARG002 - as the library calls it
    ) -> bytes:
        """Return the raw signature of `data`."""
        if digest_algorithm != "sha256":
            raise ValueError(f"papers are signed over sha256, not {digest_algorithm}")
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


def unlock(certificate_id: int, serial: str, written: str, key: str, pin: str) -> Unlocked | None:
    """Return a key at hand, None if the PIN does not open it.

    written: the certificate as PEM. key: "file", or "pkcs11:" and the label on the token.
    """
    certificate = certificate_of(written)
    if key.startswith(TOKEN):
        signer = _on_token(key.removeprefix(TOKEN), certificate, pin)
        return Unlocked(certificate_id, serial, signer) if signer else None
    opened = demo_keys.open_kept(serial, pin)
    if opened is None:
        return None
    return Unlocked(certificate_id, serial, HeldKey(opened, certificate, chain()))


def certificate_of(written: str) -> asn1.Certificate:
    """Return a certificate written as PEM."""
    _kind, _headers, der = pem.unarmor(written.encode())
    return asn1.Certificate.load(der)


def roots() -> list[asn1.Certificate]:
    """Return the authorities that are trusted: those given to us, else the sandbox's."""
    if settings.TRUSTED_CERTIFICATES:
        return list(_trusted(settings.TRUSTED_CERTIFICATES))
    return [_plain(demo_keys.sandbox().root)] if settings.DEMO else []


def chain() -> SimpleCertificateStore:
    """Return the certificates that stand between a signer and the root."""
    store = SimpleCertificateStore()
    store.register_multiple(roots())
    if settings.DEMO:
        store.register(_plain(demo_keys.sandbox().issuer))
    return store


@lru_cache(maxsize=4)
def _trusted(path: str) -> tuple[asn1.Certificate, ...]:
    with open(path, "rb") as file:  # noqa: PTH123 - a path as the operator wrote it
        found = pem.unarmor(file.read(), multiple=True)
        return tuple(asn1.Certificate.load(der) for _kind, _headers, der in found)


def _plain(pair: demo_keys.Pair) -> asn1.Certificate:
    return asn1.Certificate.load(pair.certificate.public_bytes(serialization.Encoding.DER))


def _on_token(label: str, certificate: asn1.Certificate, pin: str) -> Signer | None:
    """Return the signer of a token; its session stays open, because opening takes 30 ms."""
    import pkcs11.exceptions  # noqa: PLC0415 - an extra that only places with tokens install
    from pyhanko.sign.pkcs11 import PKCS11Signer  # noqa: PLC0415

    try:
        session = _session(settings.PKCS11_MODULE, settings.PKCS11_TOKEN, pin)
    except (pkcs11.exceptions.PinIncorrect, pkcs11.exceptions.PinLocked):
        return None
    return PKCS11Signer(session, signing_cert=certificate, ca_chain=list(chain()), key_label=label)


@lru_cache(maxsize=32)
def _session(module: str, token: str, pin: str) -> Any:  # noqa: ANN401 - the library has no types for it
    from pyhanko.config.pkcs11 import TokenCriteria  # noqa: PLC0415
    from pyhanko.sign.pkcs11 import open_pkcs11_session  # noqa: PLC0415

    criteria = TokenCriteria(label=token)
    return open_pkcs11_session(module, token_criteria=criteria, user_pin=pin)
