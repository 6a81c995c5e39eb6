"""Run the built-in relay: real SMTP on loopback, into a folder of .eml files."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Self

from aiosmtpd.smtp import SMTP

from bulletin.deliver.relays.folder import EmlFolder, message_id_of, settled
from bulletin.deliver.smtp.access import Access
from bulletin.deliver.smtp.client import SmtpTransport, loopback_transport
from bulletin.deliver.transport import Clock, Closing, Transport
from bulletin.errors import RelayError
from bulletin.model.delivery import Attempt, Delivery

_USUAL = Access()
_HOST = "127.0.0.1"
_SECONDS_TO_START = 10
_BLOCK = 64 * 1024
_TERMINATOR = b"\r\n.\r\n"


class LoopbackServer:
    """An SMTP server in a thread of its own, on a free port of this machine.

    aiosmtpd has a Controller for that, which fails where it is to find a free port.

    protocol: gives one aiosmtpd SMTP for each connection, given the loop it runs in.
    """

    def __init__(self, protocol: Callable[[asyncio.AbstractEventLoop], SMTP]) -> None:
        self.port = 0
        self._protocol = protocol
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="built-in relay", daemon=True)

    def start(self) -> Self:
        """Listen; give the server once its port is known."""
        self._thread.start()
        self._ready.wait(_SECONDS_TO_START)
        if not self.port:
            raise RelayError("the built-in relay cannot listen on this machine", "use folder:DIR instead")
        return self

    def stop(self) -> None:
        """Close every connection and end the thread."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()

    def _run(self) -> None:
        """Serve until stopped, then let every task end before the loop does."""
        loop = self._loop
        asyncio.set_event_loop(loop)
        try:
            server = loop.run_until_complete(loop.create_server(lambda: self._protocol(loop), _HOST, 0))
            self.port = server.sockets[0].getsockname()[1]
            self._ready.set()
            loop.run_forever()
            server.close()
            _end_tasks(loop)
        finally:
            self._ready.set()
            loop.close()


class Sandbox(Closing):
    """The built-in relay at work on one folder; every transport is a connection to it."""

    def __init__(self, folder: Path, clock: Clock, access: Access = _USUAL) -> None:
        self._clock = clock
        self._access = access
        try:
            self._folder = EmlFolder(folder)
        except OSError as error:
            raise RelayError(
                f"the built-in relay cannot write to {folder}: {error.strerror}", "use folder:DIR instead"
            ) from error
        self._server = LoopbackServer(lambda loop: _Session(self._folder, loop)).start()

    def connect(self) -> Transport:
        """Give one more transport to it."""
        return _Connected(loopback_transport(self.port, self._clock, self._access), self)

    @property
    def port(self) -> int:
        """Where it listens on this machine."""
        return self._server.port

    def settle(self, message_id: str) -> Attempt:
        """Look whether the message is in the folder: the relay writes it before it answers."""
        return settled(self._folder, message_id, self._clock)

    def close(self) -> None:
        """End the relay."""
        self._server.stop()


class _Connected(Closing):
    """The SMTP transport with a server of our own behind it: a rehearsal on the real path."""

    def __init__(self, smtp: SmtpTransport, sandbox: Sandbox) -> None:
        self._smtp = smtp
        self._sandbox = sandbox

    def stage(self, delivery: Delivery) -> Attempt | None:
        """Offer all of a delivery but its terminator."""
        return self._smtp.stage(delivery)

    def release(self, following: Delivery | None = None) -> Attempt:
        """Send the terminator and give the outcome."""
        return self._smtp.release(following)

    def settle(self, message_id: str) -> Attempt | None:
        """Ask the relay's folder."""
        return self._sandbox.settle(message_id)

    def close(self) -> None:
        """End the conversation."""
        self._smtp.close()


class SandboxTransport(_Connected):
    """One connection to a built-in relay of its own."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        sandbox = Sandbox(folder, clock)
        super().__init__(loopback_transport(sandbox.port, clock), sandbox)

    def close(self) -> None:
        """End the conversation and the relay."""
        super().close()
        self._sandbox.close()


class _Session(SMTP):
    """One connection to the built-in relay, which writes each message as it came, adding nothing."""

    def __init__(self, folder: EmlFolder, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(self, hostname="localhost", ident="sandbox", loop=loop, enable_SMTPUTF8=True)
        self._folder = folder

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802  the name is aiosmtpd's
        """Read one message by the block and answer for it; aiosmtpd reads line by line, slowly."""
        if await self.check_helo_needed():
            return
        if arg or not (self.envelope and self.envelope.rcpt_tos):
            await self.push("503 5.5.1 RCPT first, then DATA alone")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        message = await self._message()
        if message is not None:
            self._set_post_data_state()  # type: ignore[no-untyped-call]
            await self.push(self._take(message))

    async def _message(self) -> bytes | None:
        """Read up to the terminator and undo the stuffing (RFC 5321 4.5.2); None if the connection ends."""
        data = bytearray(b"\r\n")
        while not data.endswith(_TERMINATOR):
            block = await self._reader.read(_BLOCK)
            if not block:
                return None
            data += block
        return bytes(data[:-3]).replace(b"\r\n.", b"\r\n")[2:]

    def _take(self, message: bytes) -> str:
        """Put a message into the folder and give the reply."""
        if len(message) > (self.data_size_limit or len(message)):
            return "552 5.3.4 larger than SIZE allows"
        try:
            name = self._folder.publish(self._folder.prepare(message), message_id_of(message))
        except OSError as error:
            return f"452 4.3.1 cannot write it: {error.strerror}"
        return f"250 2.0.0 written as {name}"


def _end_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """Cancel what still runs and wait for it, so that no connection is left half closed."""
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())
