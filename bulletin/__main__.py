"""Where the program starts: the `bulletin` command, and `python -m bulletin`."""

import gc


def main() -> None:
    """Load the command line and run it."""
    # Loading makes tens of thousands of objects and no garbage; looking for some every 700 objects, as is
    # usual, costs a tenth of the time that `bulletin status` takes.
    gc.set_threshold(200_000)
    from bulletin.cli import main as run

    run()


if __name__ == "__main__":
    main()
