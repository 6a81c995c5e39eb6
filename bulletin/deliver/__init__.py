"""Hand deliveries to a transport and keep the record of each: never lost, never twice."""
