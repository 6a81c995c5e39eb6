"""Judge while a run goes on whether it should: too many refused, or nobody reached for too long."""

import time
from collections.abc import Callable

from bulletin.errors import RelayError
from bulletin.model.delivery import Attempt, Outcome

_IN_A_ROW = 20
_FEW = 20
_SHARE = 0.05
_PATIENCE = 120.0
_LOST_IN_A_ROW = 5
_HINT = (
    "look at the replies: bulletin report. When the cause is found, bulletin send --only failed offers "
    "theirs once more, and the same command goes on with the others"
)


class Breaker:
    """Stops a run when 20 people running are refused, or 5 % of all once 20 are; 4yz never does."""

    def __init__(self) -> None:
        self._row = self._refused = self._answered = 0

    def judge(self, attempt: Attempt) -> None:
        """Take an attempt into account.

        Raises:
            RelayError: so many are refused that going on would harm the sender's name.
        """
        if attempt.outcome is Outcome.ACCEPTED:
            self._row, self._answered = 0, self._answered + 1
        elif attempt.outcome is Outcome.REJECTED and attempt.reply.startswith("5"):
            self._row, self._refused, self._answered = (
                self._row + 1,
                self._refused + 1,
                self._answered + 1,
            )
            if self._row >= _IN_A_ROW:
                raise RelayError(f"{self._row} people running were refused, so the run has stopped", _HINT)
            if self._refused >= _FEW and self._refused >= _SHARE * self._answered:
                raise RelayError(
                    f"{self._refused} of {self._answered:,} people were refused, so the run has stopped",
                    _HINT,
                )


class Outage:
    """Knows for how long no connection has worked.

    lost_at: the keys of whoever connections were lost at. patience: seconds after which a relay that has
    worked is given up.
    """

    def __init__(self, patience: float = _PATIENCE, now: Callable[[], float] = time.monotonic) -> None:
        self._worked = False
        self._at_first: Callable[[], None] = lambda: None
        self._patience = patience
        self._now = now
        self._since: float | None = None
        self._row = 0
        self.lost_at: set[str] = set()

    def ended(self) -> None:
        """A connection works."""
        if not self._worked:
            self._worked = True
            self._at_first()
        self._since = None
        self._row = 0

    def when_it_works(self, do: Callable[[], None]) -> None:
        """Do something when the first connection has worked: at once, where one has."""
        self._at_first = do
        if self._worked:
            do()

    def lost(self, key: str) -> bool:
        """Connections were lost at somebody; tell whether at so many people running that it is the relay.

        One person counts once in a run: some are answered 421 whenever they are offered.
        """
        self._row += key not in self.lost_at
        self.lost_at.add(key)
        return self._row >= _LOST_IN_A_ROW

    def met(self, error: RelayError) -> None:
        """No connection could be had, just now.

        Raises:
            RelayError: none worked since the run began, or for longer than anybody should wait.
        """
        now = self._now()
        since = self._since = now if self._since is None else self._since
        if not self._worked or now - since > self._patience:
            raise error
