"""Find each picture its place: one name for good, and the items it goes with."""
