"""A text becomes parsed paragraphs: pipeline, tokens, clauses, quotation marks, repairs of the parse."""
