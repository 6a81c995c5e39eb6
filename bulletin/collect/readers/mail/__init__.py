"""Read e-mail as people save it: .eml, .msg, and the text of a message, each down to its contribution.

- `opening`, a file of one mail program or another as a `letter`; `saved`, one that is text alone
- `body`, the letter's words as lines
- `forwarded`, back to the message that is the contribution
- `cutting`, what stands round its words, and `form`, the labels in them
- `contribution`, all of these in their order
"""
