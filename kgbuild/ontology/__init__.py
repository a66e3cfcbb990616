"""The ontology: ontology/*.ttl as types, actors and words; the only place where vocabulary and world knowledge live."""

from kgbuild.ontology.actors import Actor, Actors, Tenure
from kgbuild.ontology.decisions import MERGING, Decision, Decisions, Standing, Verdict, own_decisions
from kgbuild.ontology.facts import DIP, FOAF, ID, LEX, OWL, RDF, RDFS, SKOS, WD, Facts, local, read_facts
from kgbuild.ontology.lexicon import CUE_KINDS, Family, Lexicon
from kgbuild.ontology.load import FILES, Ontology, default_folder, folder_of, load
from kgbuild.ontology.types import EventType, Example, RoleType, Types

__all__ = [
    "CUE_KINDS",
    "DIP",
    "FILES",
    "FOAF",
    "ID",
    "LEX",
    "MERGING",
    "OWL",
    "RDF",
    "RDFS",
    "SKOS",
    "WD",
    "Actor",
    "Actors",
    "Decision",
    "Decisions",
    "EventType",
    "Example",
    "Facts",
    "Family",
    "Lexicon",
    "Ontology",
    "RoleType",
    "Standing",
    "Tenure",
    "Types",
    "Verdict",
    "default_folder",
    "folder_of",
    "load",
    "local",
    "own_decisions",
    "read_facts",
]
