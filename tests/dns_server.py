"""A small DNS server on loopback for tests: it answers over UDP from a table, and counts what it is asked."""

import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rrset

Zone = Mapping[str, Mapping[str, list[str]]]


@dataclass
class DnsServer:
    """A server at `address` while it is entered; zone: names to kinds of record to their texts.

    A name whose records are None gets no answer at all, and one that is "SERVFAIL" a failure.
    """

    zone: Mapping[str, Mapping[str, list[str]] | str | None]
    asked: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", self._socket.getsockname())
        self._thread.join(5)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            data, peer = self._socket.recvfrom(4096)
            if not data:
                return
            answer = self._answer(dns.message.from_wire(data))
            if answer:
                self._socket.sendto(answer, peer)

    def _answer(self, query: dns.message.Message) -> bytes:
        question = query.question[0]
        name, kind = question.name.to_text().rstrip(".").lower(), question.rdtype.name
        self.asked.append(f"{kind} {name}")
        records = self.zone.get(name, {})
        if records is None:
            return b""
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        if isinstance(records, str):
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif name not in self.zone:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif texts := records.get(kind):
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *texts))
        return answer.to_wire(max_size=4096)
