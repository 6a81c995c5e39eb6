"""Where deliveries go: a relay's address, and the transport it names."""
