"""A merge that takes up only what is new, changed or gone says what a merge of everything says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild.graph import clustering
from kgbuild.graph.ledger import Ledger
from kgbuild.graph.merge import claims as merged_claims
from kgbuild.graph.merging import Merge
from kgbuild.graph.store import Graph
from kgbuild.graph.triples import PREFIXES
from kgbuild.model import Article, Block, Claim, Mention, Quantity, Reading, Role, Sentence, Span, Stance, When
from kgbuild.ontology import Decision, Decisions, Ontology
from kgbuild.writing import merged_facts

NAMES = ["Ivan Petrov", "I. Petrov", "Petrov", "Ivan Petroff", "Igor Petrov", "Anna Lie", "Anna Lee Dahl", "Lie"]
BODIES = ["Tiva Grain Board", "Tiva  Grain  Board", "TGB", "Nordic Aid Council"]
STATES = ["Norway", "Iceland", "Serbia", "Bulgaria"]
DAYS = [None, "2015-03-01", "2015-03-03", "2015-03-20", "2015-09-01", "2016-06-06"]
DEEDS = ["Meeting", "Visit", "ProvideAid"]
KINDS = [*DEEDS, "Criticize", "CONSULT", "CancelMeeting", "Pledge", "Pledge", "holdsPosition", "allyOf"]
WORDS = " ".join(f"word{number}" for number in range(60))


@dataclass
class Archive:
    """Readings by IRI, and the graph of what they say together as one merge after the other has made it."""

    ontology: Ontology
    readings: dict[str, Reading] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=Decisions)
    graph: Graph = field(default_factory=Graph.memory)
    ledger: Ledger = field(default_factory=Ledger)

    def take(self, changed: dict[str, Reading], gone: set[str]) -> None:
        gone &= self.readings.keys()
        self.readings = {iri: one for iri, one in (self.readings | changed).items() if iri not in gone}
        changed = {iri: one for iri, one in changed.items() if iri not in gone}
        readings = self.readings
        merge = Merge(self.ledger, self.ontology, self.decisions, readings.__getitem__, lambda iri: readings[iri].article)
        self.graph.take(merge.said(changed, gone))

    def anew(self) -> Graph:
        graph = Graph.memory()
        graph.load(merged_facts([*self.readings.values()], self.ontology, self.decisions))
        return graph


def slug(name: str) -> str:
    return "_".join(name.split())


@st.composite
def some_reading(draw: st.DrawFn, number: int) -> Reading:
    """A reading of article *number*: who met, visited, criticised or helped whom or pledged to, who holds which
    office, and a state's ally; and who of them speaks."""
    sha = hashlib.sha256(str(number).encode()).hexdigest()
    text = draw(st.sampled_from([WORDS, f"{number}"]))
    day, publisher = draw(st.sampled_from(DAYS)), draw(st.sampled_from([None, "AFP", "TASS"]))
    article = Article(
        f"{number}", text, (Block("body", 0, len(text)),), sha, f"{number}.txt", issued=day, publisher=publisher
    )
    mentions, claims, sentences = list[Mention](), list[Claim](), list[Sentence]()

    def mention(start: int, role: str) -> Mention:
        kind = draw(st.sampled_from(["state", "person", "person", "body", "office", "both", "nobody"]))
        state = draw(st.sampled_from(STATES))
        acts = draw(st.sampled_from([(), (state,)]))
        if kind == "state" or role == "place":
            return Mention(Span(start, start + 5, state), "State", (state,), "known", (), state)
        if kind == "person":
            name = draw(st.sampled_from(NAMES))
            entity = slug(name) if " " in name else f"{name}_in_{sha[:8]}"
            return Mention(Span(start, start + 5, name), "Person", (entity,), "named in the text", acts, name)
        if kind == "body":
            name = draw(st.sampled_from(BODIES))
            reason = "acronym in brackets" if name == "TGB" else "named in the text"
            entity = slug(BODIES[0] if name == "TGB" else name)
            return Mention(Span(start, start + 5, name), "Organization", (entity,), reason, (), name)
        if kind == "office":
            return Mention(Span(start, start + 5, "the foreign minister"), "Person", (), "", (state,))
        both = tuple(slug(name) for name in draw(st.permutations(NAMES[:4]))[:2])
        return Mention(Span(start, start + 5, "both"), "Person", both if kind == "both" else (), "", ())

    for index in range(draw(st.integers(1, 3))):
        start = 100 * index
        sentence = Sentence(
            index, Span(start, start + 90, draw(st.sampled_from(["they discussed fisheries", "talks began"])))
        )
        sentences.append(sentence)
        trigger = Span(start + 40, start + 43, "met")
        kind = draw(st.sampled_from(KINDS))
        roles = {"holdsPosition": ("holder", "of"), "allyOf": ("subject", "object"), "Meeting": ("participant",) * 2}.get(
            kind, ("actor", "recipient")
        )
        filled = [Role(role, mention(start + 10 * place, role), place) for place, role in enumerate(roles)]
        if kind == "holdsPosition":
            office = Mention(
                Span(start + 30, start + 35, "foreign minister"), "Office", ("office/foreign_minister",), "known"
            )
            filled.append(Role("office", office))
        if draw(st.booleans()):
            filled.append(Role("topic", mention(start + 50, "topic")))
        speaker = mention(start + 80, "speaker") if draw(st.booleans()) else None
        modality = draw(st.sampled_from(["Actual", "Actual", "Planned"]))
        polarity = draw(st.sampled_from(["Affirmed", "Affirmed", "Negated"]))
        when = draw(st.sampled_from([None, "2015-03-02", "2015", "2013/2016"]))
        spans = {"2015": ("2015-01-01", "2015-12-31"), "2013/2016": ("2013-01-01", "2016-12-31")}
        begin, end = spans.get(when or "", (when or "", when))
        sums = (Quantity(Span(start + 60, start + 62, "20"), draw(st.sampled_from([20, 500])), "troops"),)  # type: ignore[arg-type]
        cue = draw(st.sampled_from(["said", "denied"])) if speaker else None
        claim = Claim(
            *(kind, "relation" if kind in ("holdsPosition", "allyOf") else "event", sentence, trigger, tuple(filled)),
            stance=Stance(polarity, modality, speaker=speaker, cue=cue),
            when=When(when, begin, end, "Explicit", when) if when else None,
            quantities=sums if draw(st.booleans()) else (),
        )
        claims.append(claim)
        mentions += [role.mention for role in filled]
        if kind == "Pledge":
            deed = replace(claim, claims=draw(st.sampled_from(DEEDS)), trigger=Span(start + 70, start + 74, "help"))
            stance = Stance(draw(st.sampled_from(["Affirmed", "Negated"])), "Planned")
            claims.append(replace(deed, stance=stance, quantities=()))
        if speaker and draw(st.booleans()):
            about = Role("about", filled[0].mention)
            claims.append(
                Claim("Statement", "statement", sentence, Span(start + 85, start + 89, "said"), (about,), claim.stance)
            )
    return Reading(article, tuple(sentences), tuple(dict.fromkeys(mentions)), tuple(claims))


some_decision = st.builds(
    lambda pair, verdict: Decision(*sorted(pair), verdict, "so it is"),  # type: ignore[misc]
    st.permutations([slug(name) for name in NAMES if " " in name] + ["TGB", slug(BODIES[0])]).map(lambda some: some[:2]),
    st.sampled_from(["same", "different"]),
)


@settings(max_examples=150)
@given(st.data())
def test_whatever_comes_changes_and_goes_the_graph_is_that_of_a_merge_anew(ontology: Ontology, data: st.DataObject) -> None:
    archive = Archive(ontology)
    reached = data.draw(st.booleans())  # the claims in reach alone, however few there are
    for _ in range(data.draw(st.integers(1, 5))):
        numbers = data.draw(st.lists(st.integers(0, 7), max_size=4, unique=True))
        new = [data.draw(some_reading(number)) for number in numbers]
        gone = data.draw(st.sets(st.sampled_from([*archive.readings] or [""]), max_size=2))
        chosen = data.draw(st.lists(some_decision, max_size=2))
        archive.decisions = Decisions()
        for one in chosen:
            archive.decisions = Decisions((one,)).over(archive.decisions)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(merged_claims, "MUCH", 0 if reached else merged_claims.MUCH)
            archive.take({one.article.iri: one for one in new}, gone)
        assert [*archive.graph.quads()] == [*archive.anew().quads()]


def test_the_first_of_two_events_of_one_name_bears_it_and_the_other_when_that_has_gone(
    ontology: Ontology, read_text: Callable[..., Reading]
) -> None:
    one, other = read_text("Norway criticized Iceland."), read_text("Norway criticized Iceland. It met Serbia.")
    readings = [replace(r, article=replace(r.article, issued=None)) for r in (one, other)]
    archive = Archive(ontology)
    archive.take({r.article.iri: r for r in readings}, set())
    for reading in readings:
        archive.take({}, {reading.article.iri})
        assert [*archive.graph.quads()] == [*archive.anew().quads()]
        archive.take({reading.article.iri: reading}, set())
        assert [*archive.graph.quads()] == [*archive.anew().quads()]


def test_a_claim_of_an_event_keeps_what_both_the_event_and_its_article_say_of_it(
    ontology: Ontology, read_text: Callable[..., Reading]
) -> None:
    reading = read_text("Norway promised to help Iceland.")
    archive = Archive(ontology)
    archive.take({reading.article.iri: reading}, set())
    said = {str(quad.predicate) for quad in archive.graph.quads() if "-Pledge" in str(quad.subject)}
    assert {f"<{PREFIXES['dip']}about>", f"<{PREFIXES['dip']}foretold>"} <= said
    assert [*archive.graph.quads()] == [*archive.anew().quads()]


def test_however_few_claims_are_held_the_graph_is_the_same(
    ontology: Ontology, read_text: Callable[..., Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"Norway {verb} Iceland. It criticized Serbia." for verb in ("met", "visited", "criticized", "thanked")]
    archive = Archive(ontology, {r.article.iri: r for r in map(read_text, texts)})
    monkeypatch.setattr(clustering, "HELD", 1)
    few = archive.anew()
    archive.take(archive.readings, set())
    monkeypatch.undo()
    assert [*few.quads()] == [*archive.graph.quads()] == [*archive.anew().quads()]


def test_who_looks_among_the_claims_of_a_year_finds_one_that_came_later_and_is_of_a_day(
    ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merged_claims, "MUCH", 0)
    archive = Archive(ontology)
    for reading in (fishing_talks(1, "2016-06-06", "2015"), fishing_talks(2, "2015-03-03", "2015-03-02")):
        archive.take({reading.article.iri: reading}, set())
        assert [*archive.graph.quads()] == [*archive.anew().quads()]
    assert len({quad.subject for quad in archive.graph.quads() if str(quad.object).endswith("diplomacy#Meeting>")}) == 1


def fishing_talks(number: int, issued: str, when: str) -> Reading:
    """Norway and Iceland met in Serbia over fisheries at that time, says an article of that day."""
    sha = hashlib.sha256(str(number).encode()).hexdigest()
    article = Article(f"{number}", f"{number}", (Block("body", 0, 1),), sha, f"{number}.txt", issued=issued)
    states = [
        Mention(Span(start, start + 5, state), "State", (state,), "known", (), state)
        for start, state in ((0, "Norway"), (10, "Iceland"), (70, "Serbia"))
    ]
    about = Mention(Span(50, 55, "fisheries"), "Thing", (), "", ())
    roles = [Role(role, one) for role, one in zip(["participant", "participant", "place"], states, strict=True)]
    begin, end = (f"{when}-01-01", f"{when}-12-31") if len(when) == 4 else (when, when)
    sentence = Sentence(0, Span(0, 90, "they discussed fisheries quotas together"))
    claim = Claim(
        *("Meeting", "event", sentence, Span(40, 43, "met"), (*roles, Role("topic", about))),
        stance=Stance("Affirmed", "Actual"),
        when=When(when, begin, end, "Explicit", when),
    )
    return Reading(article, (sentence,), (*states, about), (claim,))
