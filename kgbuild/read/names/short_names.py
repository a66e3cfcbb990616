"""Short names of what an article names in full: "Lomico", "GM" and "the Ministry of Rubber" are what the longer one is."""

from __future__ import annotations

from dataclasses import replace

from kgbuild.ontology import Ontology
from kgbuild.read.names.located import Located

NAMED = ("Organization", "Agreement", "Project")
"""What may be called by a part of its name, or by the letters that its words begin with."""


def with_full_names(mentions: list[Located], ontology: Ontology) -> list[Located]:
    """The mentions, an unknown body's short name as the one longer name in the article that it is short for."""
    bodies = [m for m in mentions if m.kind == "name" and any(ontology.is_a(m.mention.cls, cls) for cls in NAMED)]
    longer = [m for m in bodies if " " in m.mention.span.text]
    found = {}
    for one in bodies:
        words = one.mention.span.text
        if not one.known and one.mention.reason == "named in the text" and words not in found:
            full = {m.mention.entities: m for m in reversed(longer) if _is_short_for(one, m, ontology)}
            full.pop(one.mention.entities, None)
            firms = {e: m for e, m in full.items() if _is_firm_alone(words, m, ontology)}
            full = firms or full  # "Apple" beside "Apple Inc." and "Apple Ukraine LLC"
            found[words] = next(iter(full.values())) if len(full) == 1 else None

    def in_full(one: Located) -> Located:
        full = found.get(one.mention.span.text)
        if full is None or one.known or one.kind != "name" or one.mention.reason != "named in the text":
            return one
        mention = replace(full.mention, span=one.mention.span, reason="short for a name given in full")
        return replace(one, mention=mention, known=full.known)

    return [in_full(one) for one in mentions]


def _is_short_for(short: Located, long: Located, ontology: Ontology) -> bool:
    """Whether a name is the first word of a longer one, its initials, a newspaper's last word, or all but whose it is."""
    words, full = short.mention.span.text, long.mention.span.text.removeprefix("the ")
    parts = full.split()
    if words.isupper():
        return len(parts) > 1 and words == _initials(parts, ontology)
    if " " in words:
        signed = ontology.is_a(short.mention.cls, "Agreement") and ontology.is_a(long.mention.cls, "Agreement")
        return full.startswith(f"{words} of ") and (signed or full.removeprefix(f"{words} of ") in ontology.state_words)
    paper = words in ontology.words("namedNoun", "paper")
    return words == (parts[-1] if paper else parts[0]) and short.mention.cls in ("Organization", "Company")


def _is_firm_alone(words: str, long: Located, ontology: Ontology) -> bool:
    """Whether a longer name adds nothing to the words but that it is a firm."""
    rest = long.mention.span.text.removeprefix(words).split()
    return all(w.rstrip(".,") in ontology.words("namedNoun", "firm") for w in rest)


def _initials(parts: list[str], ontology: Ontology) -> str:
    """The letters with which the words begin, without those that only say that it is a firm: GM for General Motors Co."""
    firm = ontology.words("namedNoun", "firm")
    return "".join(p[0] for p in parts if p[:1].isupper() and p.rstrip(".,") not in firm)
