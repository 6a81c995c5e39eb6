"""What the officer writes to contributors, as drafts: reminders and questions.

Pure: values in, a Draft out.
"""

from bulletin.letters.question import Asking, question, questions_of
from bulletin.letters.reminder import reminder

__all__ = ["Asking", "question", "questions_of", "reminder"]
