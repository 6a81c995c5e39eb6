"""Decide what an item is: its title, whom it is from, where it belongs, and whether it waits."""
