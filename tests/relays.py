"""A real SMTP relay on loopback for tests: it records, refuses, defers, hangs up and dawdles as told."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Self

from aiosmtpd.smtp import SMTP, Envelope, Session

from bulletin.deliver.relays.sandbox import LoopbackServer


@dataclass(frozen=True)
class Taken:
    """One message the relay took: envelope and bytes."""

    sender: str
    recipient: str
    message: bytes


@dataclass
class Relay:
    """A relay that listens on `127.0.0.1:port` while it is entered.

    replies: (phase, address) to the replies given in turn, the last one for ever; the phases are MAIL, RCPT,
    DATA and DOT; the address is the recipient's, or the sender's for MAIL.
    drops: (phase, address) to how often the connection is dropped there; phases RCPT, DATA, BODY, DOT (the
    message is lost) and TAKEN (the message is recorded, and then the connection dropped unanswered).
    """

    replies: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    drops: dict[tuple[str, str], int] = field(default_factory=dict)
    slow: float = 0.0
    greeting: str = ""
    taken: list[Taken] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    connections: int = 0
    smtputf8: bool = True
    size_limit: int = 2**25

    def __enter__(self) -> Self:
        self._server = LoopbackServer(lambda loop: _Session(self, loop)).start()
        self.port = self._server.port
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()

    def counts(self) -> Counter[str]:
        """How many copies each recipient has."""
        return Counter(taken.recipient for taken in self.taken)

    def answer(self, phase: str, address: str) -> str | None:
        """The reply to give here, or None for the usual one."""
        replies = self.replies.get((phase, address), [])
        return replies.pop(0) if len(replies) > 1 else replies[0] if replies else None

    def drops_at(self, phase: str, address: str) -> bool:
        """Whether the connection is to be dropped here, this time."""
        left = self.drops.get((phase, address), 0)
        self.drops[phase, address] = left - 1
        return left > 0


class _Session(SMTP):
    """One connection to the relay."""

    def __init__(self, relay: Relay, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            self,
            hostname="localhost",
            ident="test relay",
            loop=loop,
            enable_SMTPUTF8=relay.smtputf8,
            data_size_limit=relay.size_limit,
        )
        self.relay = relay
        relay.connections += 1

    async def push(self, status: Any) -> None:
        if self.relay.greeting and str(status).startswith("220 "):
            status = self.relay.greeting
        await super().push(status)

    async def smtp_RSET(self, arg: str | None) -> None:  # noqa: N802  aiosmtpd's
        self.relay.commands.append("RSET")
        await super().smtp_RSET(arg)

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802  aiosmtpd's
        recipient = self.envelope.rcpt_tos[0]
        if reply := self.relay.answer("DATA", recipient):
            await self.push(reply)
        elif self.relay.drops_at("BODY", recipient):
            await self.push("354 go on")
            await self._reader.readline()
            await self.hang_up()
        elif self.relay.drops_at("DATA", recipient):
            await self.hang_up()
        else:
            await super().smtp_DATA(arg)

    async def hang_up(self) -> None:
        """Drop the connection and wait for this session to be cancelled."""
        self.transport.abort()
        await asyncio.sleep(60)

    async def handle_MAIL(  # noqa: N802  aiosmtpd's
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.relay.commands.append(" ".join(["MAIL", *options]))
        if reply := self.relay.answer("MAIL", address):
            return reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  aiosmtpd's
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.relay.drops_at("RCPT", address):
            await self.hang_up()
        reply = self.relay.answer("RCPT", address) or "250 OK"
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's
        recipient = envelope.rcpt_tos[0]
        await asyncio.sleep(self.relay.slow)
        if self.relay.drops_at("DOT", recipient):
            await self.hang_up()
        if reply := self.relay.answer("DOT", recipient):
            return reply
        self.relay.taken.append(Taken(envelope.mail_from, recipient, envelope.original_content))
        if self.relay.drops_at("TAKEN", recipient):
            await self.hang_up()
        return "250 2.0.0 OK: queued"
