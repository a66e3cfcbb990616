"""Claims become one graph: knows RDF, knows no language."""
