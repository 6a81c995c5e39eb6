"""Read one kind of file each: its name and its bytes in, drafts of items out."""
