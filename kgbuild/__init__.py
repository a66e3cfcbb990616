"""A folder of news about diplomacy becomes a knowledge graph that an analyst can trust."""

__version__ = "0.1.0"
