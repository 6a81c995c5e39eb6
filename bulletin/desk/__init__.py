"""The local web face: an issue's editions beside their findings, on loopback, reloading as files change."""

from bulletin.desk.server import serve
from bulletin.desk.view import Fault, Proof, View

__all__ = ["Fault", "Proof", "View", "serve"]
