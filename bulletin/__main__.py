"""`python -m bulletin`: the same program as the `bulletin` command."""

from bulletin.cli import main

main()
