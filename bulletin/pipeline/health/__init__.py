"""What `doctor` looks at: the workspace, the lists, the relay, the names in the DNS."""
