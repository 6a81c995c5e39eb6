"""Findings, files, people and totals, as lines for people and as JSON for programs."""
