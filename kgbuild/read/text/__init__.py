"""Files of every kind become articles, each parted into blocks."""
