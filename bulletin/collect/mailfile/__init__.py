"""Read e-mail as people save it: .eml, Outlook's .msg, and the text of a message, each down to its contribution."""
