"""An SMTP server that takes everything and is far away, so that its replies come late."""

import asyncio
import re
import sys
from collections import deque

_COMMAND = re.compile(rb"[^\n]*\n")


class Distant(asyncio.Protocol):
    """One connection: a reply leaves a round trip after what it answers, that to a message a little later.

    Replies to commands that came together leave together, as over a long line.
    """

    def __init__(self, round_trip: float, acceptance: float, *, pipelining: bool) -> None:
        self._delay = (round_trip, round_trip + acceptance)
        self._offers = b"250-far\r\n250-PIPELINING\r\n250 8BITMIME\r\n" if pipelining else b"250 far\r\n"
        self._data = bytearray()
        self._in_message = False
        self._clear = 0.0
        self._replies: deque[bytes] = deque()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101
        self._transport = transport
        self._answer(b"220 far\r\n", self._delay[0])

    def data_received(self, data: bytes) -> None:
        """Answer whatever is whole."""
        self._data += data
        while True:
            if self._in_message:
                end = self._data.find(b"\r\n.\r\n")
                if end < 0:
                    return
                del self._data[: end + 5]
                self._in_message = False
                self._answer(b"250 taken\r\n", self._delay[1])
            elif match := _COMMAND.match(self._data):
                verb = match[0][:4].upper()
                del self._data[: match.end()]
                self._in_message = verb == b"DATA"
                replies = {b"EHLO": self._offers, b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}
                self._answer(replies.get(verb, b"250 ok\r\n"), self._delay[0])
            else:
                return

    def _answer(self, reply: bytes, delay: float) -> None:
        """Let a reply leave in its time, after those before it."""
        loop = asyncio.get_running_loop()
        self._clear = max(self._clear, loop.time() + delay)
        self._replies.append(reply)
        loop.call_at(self._clear, self._say_next)

    def _say_next(self) -> None:
        """Let the oldest reply go: of calls for the same moment, any may come first."""
        self._transport.write(self._replies.popleft())


async def serve(port: int, round_trip: float, acceptance: float, *, pipelining: bool) -> None:
    """Serve until killed."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Distant(round_trip, acceptance, pipelining=pipelining), "127.0.0.1", port, backlog=200
    )
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(
        serve(
            int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), pipelining=sys.argv[4] == "pipelining"
        )
    )
