"""Matches become claims: who does what to whom, when, by whose word, and whether it happened."""
