"""The order of work: a module for each verb of an issue's life, from `new` to `archive`."""
