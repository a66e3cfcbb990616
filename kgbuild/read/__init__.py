"""Text becomes claims: knows language, knows no RDF."""
