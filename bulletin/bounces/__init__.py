"""Judge what comes back: who is not there any more, who wants to leave, and what proves nothing."""

from bulletin.bounces.judge import Ruling, Verdict, judge_letter, judge_request
from bulletin.bounces.known import Known, Person, rid_of, token_of

__all__ = ["Known", "Person", "Ruling", "Verdict", "judge_letter", "judge_request", "rid_of", "token_of"]
