"""Certificates for tests: an authority of our own, and servers that prove themselves well or badly."""

import ssl
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import trustme

HOST = "127.0.0.1"


@lru_cache(maxsize=1)
def authority() -> trustme.CA:
    return trustme.CA()


def trusted(folder: Path) -> Path:
    """Write the authority's certificate as a ca_file."""
    path = folder / "authority.pem"
    authority().cert_pem.write_to_path(path)
    return path


def context(*names: str, expired: bool = False, by: trustme.CA | None = None) -> ssl.SSLContext:
    """Give a server's context with a certificate for these names, or for the host tests talk to."""
    past = datetime.now(UTC) - timedelta(days=1) if expired else None
    made = (by or authority()).issue_cert(*(names or (HOST,)), not_after=past)
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.configure_cert(found)
    return found


def self_signed() -> ssl.SSLContext:
    """Give a server's context whose certificate nobody but itself vouches for."""
    stranger = trustme.CA()
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with stranger.private_key_pem.tempfile() as key, stranger.cert_pem.tempfile() as certificate:
        found.load_cert_chain(certificate, key)
    return found


def old(version: ssl.TLSVersion) -> ssl.SSLContext:
    """Give a server's context that knows no later version of TLS than this."""
    found = context()
    found.set_ciphers("ALL:@SECLEVEL=0")
    found.minimum_version = found.maximum_version = version
    return found
