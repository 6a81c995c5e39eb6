"""Take files as they come: out of the folder, told by kind, and read in a child process."""
