"""Files of every kind become articles, each parted into blocks: `corpus.read_corpus` is the entrance."""
