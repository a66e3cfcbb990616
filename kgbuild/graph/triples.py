"""The only place that makes IRIs and quads."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from kgbuild.model import Claim, Mention, Quantity, Reading, Sentence, When

PREFIXES: dict[str, str] = {
    "dct": "http://purl.org/dc/terms/",
    "dip": "https://w3id.org/kgbuild/diplomacy#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "id": "https://w3id.org/kgbuild/id/",
    "lex": "https://w3id.org/kgbuild/lexicon#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

EDTF = NamedNode("http://id.loc.gov/datatypes/edtf")
THINGS = "graph/things"
EVENTS = "graph/events"
EDGES = "graph/edges"
ONTOLOGY = "graph/ontology"


PLAIN = re.compile(r"[A-Za-z0-9/_.~:,()'!*+@-]*")
"""What an IRI may have as it is."""


def name(prefix: str, local: str) -> NamedNode:
    """The IRI of *local* under *prefix*; characters that no IRI may have are percent-encoded."""
    return NamedNode(PREFIXES[prefix] + (local if PLAIN.fullmatch(local) else quote(local, safe="/_-.~:,()'!*+@")))


@cache
def term(short: str) -> NamedNode:
    """The IRI of a term of a vocabulary by its short name: `dip:actor`."""
    prefix, _, local = short.partition(":")
    return name(prefix, local)


def thing(local: str) -> NamedNode:
    """The IRI of a thing: `id:Russia`."""
    return name("id", local)


CONTROLS = re.compile("[^\\t\\n\\r\\x20-\\x7e\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What XML 1.0 cannot hold, and so no graph that may be written as RDF/XML; and what else steers a terminal (C1)."""


def writable(text: str) -> str:
    """*text* with \ufffd for each character of CONTROLS: as long as before, so that offsets stay true.

    One between U+0080 and U+009F is what Windows-1252 has there, where that has one: it was mostly read as Latin-1.
    """
    return CONTROLS.sub(lambda found: _as_windows(found[0]), text)


def _as_windows(c: str) -> str:
    return c.encode("latin-1").decode("cp1252", "replace") if "\x80" <= c <= "\x9f" else "\ufffd"


def typed(value: str, datatype: str) -> Literal:
    """A literal of an XSD datatype."""
    return Literal(writable(value), datatype=term("xsd:" + datatype))


def english(text: str) -> Literal:
    """A label."""
    return Literal(writable(text), language="en")


class Facts:
    """Quads of one named graph, made by short names: `facts.add(s, "dip:actor", o)`."""

    def __init__(self, graph: str) -> None:
        self.graph = thing(graph)
        self._quads: dict[Quad, None] = {}

    def add(self, subject: NamedNode, predicate: str, value: NamedNode | Literal | str | int | bool | None) -> None:
        """One statement; None says nothing, a string with a known prefix is an IRI only for `a`."""
        if value is None or value == "":
            return
        if isinstance(value, bool):
            value = typed(str(value).lower(), "boolean")
        elif isinstance(value, int):
            value = typed(str(value), "integer")
        elif isinstance(value, str):
            value = Literal(writable(value))
        self._quads[Quad(subject, term(predicate), value, self.graph)] = None

    def a(self, subject: NamedNode, *classes: str) -> None:
        """That *subject* is of each of *classes* of the ontology."""
        for cls in classes:
            self.add(subject, "rdf:type", term("dip:" + cls))

    def time(self, subject: NamedNode, when: When | None) -> None:
        """`dip:when` with its first and last day; no last day where it goes on."""
        if when is not None:
            self.add(subject, "dip:when", Literal(when.edtf, datatype=EDTF))
            self.add(subject, "dip:begin", typed(when.begin, "date"))
            self.add(subject, "dip:end", typed(when.end, "date") if when.end else None)

    def __iter__(self) -> Iterator[Quad]:
        return iter(self._quads)

    def __len__(self) -> int:
        return len(self._quads)


def sentence_iri(reading: Reading, sentence: Sentence) -> NamedNode:
    """`id:article/…/sentence/3`."""
    return thing(f"{reading.article.iri}/sentence/{sentence.index}")


def mention_iri(reading: Reading, mention: Mention) -> NamedNode:
    """`id:article/…/mention/120-133-Person`: with its class, for a span may be read as two things."""
    return thing(f"{reading.article.iri}/mention/{mention.span.start}-{mention.span.end}-{mention.cls}")


def claim_id(reading: Reading, claim: Claim) -> str:
    """`article/…/claim/140-145-Meeting`."""
    return f"{reading.article.iri}/claim/{claim.trigger.start}-{claim.trigger.end}-{claim.claims}"


def claim_iri(reading: Reading, claim: Claim) -> NamedNode:
    """`id:article/…/claim/140-145-Meeting`."""
    return thing(claim_id(reading, claim))


def article_facts(reading: Reading) -> Facts:
    """The article's own graph: what it is, its sentences with evidence, its mentions and claims."""
    article = reading.article
    facts, subject = Facts(article.iri), thing(article.iri)
    facts.a(subject, "Article")
    facts.add(subject, "dct:title", article.title)
    if article.issued:
        facts.add(subject, "dct:issued", typed(article.issued, "dateTime" if "T" in article.issued else "date"))
    facts.add(subject, "dct:publisher", article.publisher)
    facts.add(subject, "dct:source", article.source)
    facts.add(subject, "dct:identifier", None if article.id == article.iri else article.id)
    facts.add(subject, "dip:dateline", article.dateline)
    facts.add(subject, "dip:sha256", article.sha256)
    facts.add(subject, "schema:url", article.url)
    for sentence in reading.sentences:
        node = sentence_iri(reading, sentence)
        facts.a(node, "Sentence")
        facts.add(node, "dip:index", sentence.index)
        _span(facts, node, sentence.span.start, sentence.span.end, sentence.span.text)
        facts.add(node, "dct:isPartOf", subject)
    starts = [sentence.span.start for sentence in reading.sentences]
    for mention in reading.mentions:
        node = mention_iri(reading, mention)
        facts.a(node, "Mention")
        facts.add(node, "dip:mentionOf", name("dip", mention.cls))
        _span(facts, node, mention.span.start, mention.span.end, mention.span.text)
        before = bisect_right(starts, mention.span.start) - 1
        if before >= 0 and mention.span.start < reading.sentences[before].span.end:
            facts.add(node, "dip:inSentence", sentence_iri(reading, reading.sentences[before]))
    for claim in reading.claims:
        _claim(facts, reading, claim)
    return facts


def _span(facts: Facts, node: NamedNode, start: int, end: int, text: str) -> None:
    facts.add(node, "oa:start", start)
    facts.add(node, "oa:end", end)
    facts.add(node, "oa:exact", text)


def quantity_iri(reading: Reading, quantity: Quantity) -> NamedNode:
    """`id:article/…/quantity/140-152`."""
    return thing(f"{reading.article.iri}/quantity/{quantity.span.start}-{quantity.span.end}")


def _quantity(facts: Facts, reading: Reading, quantity: Quantity) -> NamedNode:
    """A sum or number: its words, and what they amount to."""
    node = quantity_iri(reading, quantity)
    facts.a(node, "Quantity")
    facts.add(node, "dip:text", quantity.span.text)
    facts.add(node, "oa:start", quantity.span.start)
    facts.add(node, "oa:end", quantity.span.end)
    facts.add(node, "dip:value", typed(f"{quantity.value:f}", "decimal"))
    facts.add(node, "dip:unit", quantity.unit)
    facts.add(node, "dip:change", None if quantity.change is None else typed(f"{quantity.change:f}", "decimal"))
    return node


def _claim(facts: Facts, reading: Reading, claim: Claim) -> None:
    node = claim_iri(reading, claim)
    facts.a(node, "Claim")
    facts.add(node, "dip:claims", name("dip", claim.claims))
    for role in claim.roles:
        facts.add(node, f"dip:{role.role}", mention_iri(reading, role.mention))
        if role.side:
            facts.add(node, "dip:otherSide", mention_iri(reading, role.mention))
    facts.add(node, "dip:inSentence", sentence_iri(reading, claim.sentence))
    facts.add(node, "dip:trigger", claim.trigger.text)
    facts.add(node, "oa:start", claim.trigger.start)
    facts.add(node, "oa:end", claim.trigger.end)
    facts.add(node, "dip:polarity", name("dip", claim.stance.polarity))
    facts.add(node, "dip:modality", name("dip", claim.stance.modality))
    certainty = claim.stance.certainty
    facts.add(node, "dip:certainty", name("dip", "PossiblyTrue" if certainty == "Possible" else certainty))
    if claim.stance.speaker is not None:
        facts.add(node, "dip:speaker", mention_iri(reading, claim.stance.speaker))
    facts.add(node, "dip:cue", claim.stance.cue)
    facts.add(node, "dip:quoted", claim.stance.quoted)
    if claim.when is not None:
        facts.time(node, claim.when)
        facts.add(node, "dip:dateSource", name("dip", claim.when.source))
    for quantity in claim.quantities:
        facts.add(node, "dip:amount", _quantity(facts, reading, quantity))
    facts.add(node, "dip:content", claim.content.text if claim.content else None)
    facts.add(node, "dip:matched", claim.matched)
    facts.add(node, "dip:confidence", typed(str(Decimal(str(claim.confidence)).normalize()), "decimal"))
