"""Make TLS that is always verified, and say in words why a relay failed to prove itself."""

import ssl
import sys
from pathlib import Path

from bulletin.errors import RelayError

_EXPIRED = 10
_NOT_YET = 9
_SELF_SIGNED = 18
_UNKNOWN_AUTHORITY = (2, 19, 20, 21)
_WRONG_NAME = (62, 64)


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Give a context that wants TLS 1.2 or later and a certificate that proves the host's name.

    Raises:
        RelayError: the file of certificates cannot be used.
    """
    try:
        context = _verifying(ca_file)
    except (OSError, ValueError) as error:
        why = "holds no certificate" if isinstance(error, ssl.SSLError) else getattr(error, "strerror", "")
        raise RelayError(
            f"the ca_file of [relay], {ca_file}, cannot be used: {why}; nothing was sent",
            "it holds certificates in PEM form: lines between BEGIN CERTIFICATE and END CERTIFICATE",
        ) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _verifying(ca_file: Path | None) -> ssl.SSLContext:
    """Do as `ssl.create_default_context`, which would note a session's keys where SSLKEYLOGFILE says."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if sys.version_info >= (3, 13):
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN | ssl.VERIFY_X509_STRICT
    if ca_file:
        context.load_verify_locations(ca_file)
    else:
        context.load_default_certs()
    return context


def unproven(error: ssl.SSLError, name: str, host: str) -> RelayError:
    """Say why there is no TLS with a relay."""
    if isinstance(error, ssl.SSLCertVerificationError):
        detail, hint = _certificate(error.verify_code, host)
        return RelayError(f"the relay {name} {detail}; nothing was sent and no password left", hint)
    reason = (error.reason or "").replace("_", " ").lower()
    if "wrong version number" in reason or "http request" in reason:
        reason = "it does not speak TLS on this port"
        hint = "smtps:// is for port 465, smtp+starttls:// for port 587"
    else:
        hint = "it must offer TLS 1.2 or later. Ask whoever runs the relay"
    words = f"no encryption could be agreed with the relay {name} ({reason or 'its TLS is broken'})"
    return RelayError(f"{words}; nothing was sent and no password left", hint)


def _certificate(code: int, host: str) -> tuple[str, str]:
    """Give what is wrong with a certificate, by OpenSSL's number, and what to do."""
    ask = "ask whoever runs the relay for a new certificate"
    if code == _EXPIRED:
        return "has a certificate that has expired", f"see that this computer's clock is right, or {ask}"
    if code == _NOT_YET:
        return "has a certificate that is not valid yet", "see that this computer's clock is right"
    if code in _WRONG_NAME:
        return (
            f"has a certificate for another name than {host}",
            "write the relay's own name into its address",
        )
    if code == _SELF_SIGNED or code in _UNKNOWN_AUTHORITY:
        made = "made for itself" if code == _SELF_SIGNED else "of an authority this computer does not know"
        return (
            f"has a certificate {made}, so it may be anybody's",
            "if IT has an authority of its own, name the file of its certificate: ca_file in [relay]",
        )
    return "has a certificate that does not hold", ask
