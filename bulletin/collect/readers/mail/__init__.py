"""Read e-mail as people save it: .eml, .msg, and the text of a message, each down to its contribution."""
