"""The graph answers a person: loads no spaCy."""
