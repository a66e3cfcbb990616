"""The ontology's examples become frames, and a predication that fits a frame is a match."""
