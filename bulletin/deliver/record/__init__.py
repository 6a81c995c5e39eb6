"""The ledger: who was offered their copy and what came of it, durable at each step."""
