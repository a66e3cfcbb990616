"""Who is who across articles, on hand-made readings."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild.graph.entities import Entities, facts, merge
from kgbuild.graph.identity import Judgement, Profile, identify
from kgbuild.graph.triples import mention_iri, thing
from kgbuild.model import Article, Claim, Mention, Reading, Role, Sentence, Span, Stance
from kgbuild.ontology import Decision, Decisions, Ontology, load
from kgbuild.spelling import compare_persons

SAME = """
@prefix dip: <https://w3id.org/kgbuild/diplomacy#> . @prefix id: <https://w3id.org/kgbuild/id/> .
<https://w3id.org/kgbuild/id/decision/a> a dip:Decision ; dip:different id:Ivan_Dachich , id:Ivan_Dacic ; dip:why "two"@en .
<https://w3id.org/kgbuild/id/decision/b> a dip:Decision ; dip:same id:Tiva_Accord , id:Pact_of_Tiva ; dip:why "one"@en .
"""


@cache
def known(same: str = "") -> Ontology:
    base = load()
    if not same:
        return base
    files = ("diplomacy.ttl", "actors.ttl", "language.ttl")
    sources = {name: (base.folder / name).read_text("utf-8") for name in files}
    return Ontology(base.folder, {**sources, "same.ttl": same})


def person(name: str, at: int = 0, represents: tuple[str, ...] = (), entity: str = "", cls: str = "Person") -> Mention:
    span = Span(at, at + len(name), name)
    return Mention(span, cls, (entity or name.replace(" ", "_"),), "named in the text", represents, name)


def reading(
    number: int, day: str, *mentions: Mention, office: str = "", of: str = "", polarity: str = "Affirmed"
) -> Reading:
    text = ". ".join(m.span.text for m in mentions)
    sentences = tuple(Sentence(i, m.span) for i, m in enumerate(sorted(mentions, key=lambda m: m.span)))
    sha = f"{number:064x}"[::-1]
    article = Article(f"a{number}", text, (), sha, f"{number}.txt", issued=day)
    claims: tuple[Claim, ...] = ()
    if office:
        words = office if polarity == "Affirmed" else f"former {office}"
        at = Span(0, len(words), words)
        held = Mention(at, "Office", (known().offices[office],), "office")
        body = Mention(at, "State", (of,), "name in actors.ttl")
        roles = (Role("holder", mentions[0]), Role("office", held), Role("of", body))
        claims = (Claim("holdsPosition", "relation", sentences[0], at, roles, Stance(polarity=polarity)),)
    return Reading(article, sentences, mentions, claims)


def test_spellings_of_one_name_are_one_person_and_the_merge_says_why() -> None:
    found = merge(
        [reading(1, "2014-01-01", person("Ivan Dacic")), reading(2, "2014-02-01", person("Ivan Dachich"))], known()
    )
    assert found.canonical == {"Ivan_Dacic": "Ivan_Dachich"}
    assert found.identity.merges == (Judgement("Ivan_Dachich", "Ivan_Dacic", 0.98, "another spelling"),)


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("Ivan Petrov", "Ivan Petrova", "surnames disagree"),
        ("Ivan Petrov", "Igor Petrov", "given names disagree"),
        ("Jan A. Novak", "Jan B. Novak", "middle names disagree"),
        ("Antonio Costa", "Antonia Costa", "given names disagree"),
    ],
)
def test_names_that_disagree_score_nothing(a: str, b: str, why: str) -> None:
    assert (compare_persons(a, b).score, compare_persons(a, b).why) == (0.0, why)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ivica Dačić", "Ivica Dacic"),
        ("Alexander Lukashenko", "Aleksandr Lukashenka"),
        ("Viktor Yanukovich", "Viktor Yanukovych"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Jose Luis Ruiz", "Jose Ruiz"),
    ],
)
def test_romanisations_are_one_name(a: str, b: str) -> None:
    assert compare_persons(a, b).score >= 0.95


def test_persons_who_act_for_different_states_are_two_and_the_refusal_says_why() -> None:
    here = reading(1, "2014-01-01", person("Ivan Dacic", represents=("Serbia",)))
    there = reading(2, "2014-02-01", person("Ivan Dachich", represents=("Bulgaria",)))
    found = merge([here, there], known())
    assert (found.canonical, found.identity.merges) == ({}, ())
    why = "another spelling, but one acts for Bulgaria, the other for Serbia"
    assert found.identity.refusals == (Judgement("Ivan_Dachich", "Ivan_Dacic", 0.0, why),)


def test_a_spelling_further_off_needs_the_same_office() -> None:
    one, other = person("Hasan Nazer", represents=("Egypt",)), person("Hasan Nazir", represents=("Egypt",))
    assert merge([reading(1, "2014-01-01", one), reading(2, "2014-01-02", other)], known()).canonical == {}
    held = [reading(n, f"2014-01-0{n}", p, office="oil minister", of="Egypt") for n, p in ((1, one), (2, other))]
    found = merge(held, known())
    assert found.canonical == {"Hasan_Nazir": "Hasan_Nazer"}
    assert found.identity.merges == (
        Judgement("Hasan_Nazer", "Hasan_Nazir", 0.91, "nearly the same spelling, and both are energy minister of Egypt"),
    )


def test_namesakes_of_two_states_are_two() -> None:
    here, there = person("Ivan Petrov", represents=("Serbia",)), person("Ivan Petrov", 5, represents=("Bulgaria",))
    readings = reading(1, "2014-01-01", here), reading(2, "2014-01-02", there)
    found = merge(readings, known())
    assert [found.of(readings[0], here), found.of(readings[1], there)] == [("Ivan_Petrov",), ("Ivan_Petrov_of_Bulgaria",)]


def test_whom_one_sentence_names_beside_each_other_are_two() -> None:
    both = reading(1, "2014-01-01", person("Ivan Dacic"), person("Ivan Dachich", 12))
    both = Reading(both.article, (Sentence(0, Span(0, 24, "Ivan Dacic, Ivan Dachich")),), both.mentions, ())
    assert merge([both], known()).canonical == {}


def test_an_initial_needs_the_same_state_or_office() -> None:
    full = reading(1, "2014-01-01", person("Ivan Petrov", represents=("Bulgaria",)))
    alone = reading(2, "2014-02-01", person("I. Petrov", entity="I_Petrov"))
    of_state = reading(2, "2014-02-01", person("I. Petrov", represents=("Bulgaria",), entity="I_Petrov"))
    assert merge([full, alone], known()).canonical == {}
    assert merge([full, of_state], known()).canonical == {"I_Petrov": "Ivan_Petrov"}


def test_a_surname_alone_is_the_one_person_of_the_same_state_near_in_time() -> None:
    full = reading(1, "2014-01-01", person("Ivan Petrov", represents=("Bulgaria",)))
    bare = person("Petrov", represents=("Bulgaria",), entity="Petrov_in_0123abcd")
    near, later = reading(2, "2014-02-01", bare), reading(2, "2019-02-01", bare)
    second = reading(3, "2014-01-01", person("Olga Petrov", represents=("Bulgaria",)))
    assert merge([full, near], known()).of(near, bare) == ("Ivan_Petrov",)
    assert merge([full, later], known()).of(later, bare) == ("Petrov_in_0123abcd",)
    assert merge([full, second, near], known()).of(near, bare) == ("Petrov_in_0123abcd",)


def test_states_are_never_merged_by_likeness() -> None:
    mentions = [person(n, i * 10, cls="State") for i, n in enumerate(("Niger", "Nigeria", "Slovakia", "Slovenia"))]
    assert merge([reading(1, "2014-01-01", *mentions)], known()).canonical == {}


def test_an_acronym_is_what_other_articles_spell_out() -> None:
    long = Mention(Span(0, 5, "Tiva Grain Board"), "Organization", ("Tiva_Grain_Board",), "named", (), "Tiva Grain Board")
    spelled = Mention(Span(20, 23, "TGB"), "Organization", long.entities, "acronym in brackets", (), long.name)
    bare = person("TGB", cls="Organization")
    alone = reading(2, "", bare)
    assert merge([reading(1, "", long, spelled), alone], known()).of(alone, bare) == ("Tiva_Grain_Board",)


def test_decisions_overrule_both_ways() -> None:
    mentions = (
        person("Ivan Dacic"),
        person("Ivan Dachich"),
        *(person(n, cls="Agreement") for n in ("Tiva Accord", "Pact of Tiva")),
    )
    found = merge([reading(i, "2014-01-01", m) for i, m in enumerate(mentions)], known(SAME))
    assert found.canonical == {"Tiva_Accord": "Pact_of_Tiva"}
    assert [m.why for m in found.identity.merges] == ["declared to be one in same.ttl: one"]
    assert [(r.a, r.b, r.why) for r in found.identity.refusals] == [
        ("Ivan_Dachich", "Ivan_Dacic", "declared to be two in same.ttl: two")
    ]


def test_two_holders_of_one_office_stay_two_and_each_tenure_has_its_days() -> None:
    old = reading(1, "2014-01-01", person("Ivan Petrov"), office="foreign minister", of="Bulgaria")
    new = reading(2, "2014-06-01", person("Georgi Petrov"), office="foreign minister", of="Bulgaria")
    past = reading(3, "2014-07-01", person("Ivan Petrov"), office="foreign minister", of="Bulgaria", polarity="Negated")
    found = merge([old, new, past], known())
    days = {h.holder: (sorted(a.days), sorted(a.over)) for h, a in found.tenures.items()}
    assert days == {"Ivan_Petrov": (["2014-01-01"], ["2014-07-01"]), "Georgi_Petrov": (["2014-06-01"], [])}


def test_an_office_alone_is_its_one_holder_in_articles_near_in_time() -> None:
    named = reading(1, "1931-01-01", person("Ivan Petrov"), office="foreign minister", of="Bulgaria")
    words = "The Bulgarian foreign minister"
    described = Mention(Span(0, len(words), words), "Person", (), "", ("Bulgaria",))
    near, later = reading(2, "1931-02-01", described), reading(2, "1933-02-01", described)
    assert merge([named, near], known()).of(near, described) == ("Ivan_Petrov",)
    assert merge([named, later], known()).of(later, described) == ()


def test_an_office_alone_at_one_place_in_two_articles_is_its_holder_in_the_one_near_in_time(
    read_text: Callable[..., Reading],
) -> None:
    named = read_text("Bolivian Energy Minister Luis Quispe visited Norway.", issued="2001-03-01")
    near = read_text("The Bolivian energy minister criticized Malta.", issued="2001-03-02")
    later = read_text("The Bolivian energy minister praised Chile and Peru.", issued="2019-05-05")
    found = merge([named, near, later], known())
    ministers = [(r, r.claims[0].role("actor")[0]) for r in (near, later)]
    assert ministers[0][1] == ministers[1][1]
    assert [(found.of(*one), found.reason(*one)) for one in ministers] == [
        (("Luis_Quispe",), "holds this office on 2001-03-01"),
        ((), ""),
    ]


def test_namesakes_at_one_place_in_two_articles_stay_whom_their_states_show() -> None:
    """Who acts for no one in an article is of the state that the article shows by another mention of him."""
    bare = person("Ivan Petrov")
    serb, bulgarian = (person("Ivan Petrov", 20, represents=(state,)) for state in ("Serbia", "Bulgaria"))
    here, there = reading(1, "2014-01-01", bare, serb), reading(2, "2014-01-02", bare, bulgarian)
    found = merge([here, there], known())
    assert [found.of(here, bare), found.of(there, bare)] == [("Ivan_Petrov",), ("Ivan_Petrov_of_Bulgaria",)]
    assert [found.parties(here, bare), found.parties(there, bare)] == [("Ivan_Petrov",), ("Ivan_Petrov_of_Bulgaria",)]
    assert {e: one.classes.total() for e, one in found.by_id.items() if e.startswith("Ivan")} == {
        "Ivan_Petrov": 2,
        "Ivan_Petrov_of_Bulgaria": 2,
    }


def test_the_graph_says_of_each_mention_whom_its_own_article_shows_it_to_mean() -> None:
    bare = person("Ivan Petrov")
    readings = [
        reading(number, "2014-01-01", bare, person("Ivan Petrov", 20, represents=(state,)))
        for number, state in ((1, "Serbia"), (2, "Bulgaria"))
    ]
    made = facts(merge(readings, known()), readings, frozenset())
    said = {(q.subject, q.predicate.value.partition("#")[2]): q.object for q in made}
    nodes = [mention_iri(one, bare) for one in readings]
    assert [said[node, "denotes"] for node in nodes] == [thing("Ivan_Petrov"), thing("Ivan_Petrov_of_Bulgaria")]
    assert [said[node, "reason"].value for node in nodes] == ["named in the text", "a namesake who acts for another state"]


NAMES = ("Ivan Dacic", "Ivan Dachich", "Ivan Datschich", "I. Dacic", "Ivan A. Dacic", "Ivan B. Dacic", "Igor Dacic")


@pytest.mark.slow
@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.sampled_from([(), ("Serbia",), ("Bulgaria",)]),
            st.integers(1, 28),
            st.sampled_from(("", "foreign minister")),
        ),
        max_size=9,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_articles_does_not_matter_and_no_merge_crosses_a_declared_difference(
    drawn: list[tuple[str, tuple[str, ...], int, str]], chance: random.Random
) -> None:
    readings = [
        reading(
            i,
            f"2014-01-{day:02}",
            person(name, represents=states, entity=name.replace(".", "").replace(" ", "_")),
            office=office,
            of="Serbia",
        )
        for i, (name, states, day, office) in enumerate(drawn)
    ]
    ontology = known(SAME)
    found = merge(readings, ontology)
    chance.shuffle(readings)
    assert _outcome(merge(readings, ontology)) == _outcome(found)
    ids = [found.canonical.get(e, e) for e in ("Ivan_Dachich", "Ivan_Dacic")]
    assert ids[0] != ids[1]


def two(pairs: list[tuple[str, str]]) -> Decisions:
    """Decisions that these pairs are two each."""
    return Decisions(tuple(Decision(a, b, "different") for a, b in pairs))


PERSONS = {name.replace(".", "").replace(" ", "_"): name for name in NAMES} | {
    f"Dacic_in_{n:08}": "Dacic" for n in (1, 2, 3)
}
BODIES = {"Tiva_Centre": "Tiva Centre", "The_Tiva_Center": "the Tiva Center", "Tiva_centre": "Tiva centre", "TC": "TC"}
IDS = tuple(sorted([*PERSONS, *BODIES]))


@st.composite
def some_profiles(draw: st.DrawFn) -> dict[str, Profile]:
    """What articles may say of persons and bodies of nearly one name: states, offices, days and who is named beside whom."""
    found = {}
    for entity in draw(st.lists(st.sampled_from(IDS), unique=True, min_size=2)):
        cls = "Person" if entity in PERSONS else "Organization"
        one = found[entity] = Profile(entity, cls, PERSONS.get(entity) or BODIES[entity], draw(st.integers(1, 3)))
        one.days = {f"2014-01-{day:02}" for day in draw(st.sets(st.integers(1, 28), max_size=2))}
        if cls == "Person":
            one.states = draw(st.sets(st.sampled_from(("Bulgaria", "Serbia")), max_size=1))
            one.offices = {
                ("office/foreign_minister", state) for state in draw(st.sets(st.sampled_from(("Bulgaria", "Serbia"))))
            }
            one.sentences = {("article/a", n) for n in draw(st.sets(st.integers(0, 9), max_size=2))}
        elif entity == "TC":
            one.spelled_out = Counter(draw(st.lists(st.sampled_from(("Tiva_Centre", "The_Tiva_Center")), max_size=3)))
    return found


@pytest.mark.slow
@given(
    some_profiles(),
    st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=4),
    st.randoms(use_true_random=False),
)
@settings(max_examples=300)
def test_nothing_is_merged_across_or_through_a_declared_difference_or_a_contradiction_in_whatever_order(
    profiles: dict[str, Profile], pairs: list[tuple[str, str]], chance: random.Random
) -> None:
    different = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    found = identify(profiles, known(), two(different))
    shuffled = list(profiles)
    chance.shuffle(shuffled)
    assert identify({entity: profiles[entity] for entity in shuffled}, known(), two(different)) == found
    one = {entity: found.canonical.get(entity, entity) for entity in profiles}
    joined = [pair for pair in combinations(sorted(profiles), 2) if one[pair[0]] == one[pair[1]]]
    assert [pair for pair in joined if pair in different] == []
    assert [pair for pair in joined if _contradict(*(profiles[e] for e in pair))] == []


def _contradict(a: Profile, b: Profile) -> bool:
    """Whether two act for different states, or one sentence names both."""
    return bool((a.states and b.states and not a.states & b.states) or a.sentences & b.sentences)


def test_what_is_alike_is_merged_where_nothing_speaks_against_it() -> None:
    """The property above is not kept by merging nothing."""
    profiles = {e: Profile(e, "Person", PERSONS[e], 1) for e in ("Ivan_Dacic", "Ivan_Dachich", "Ivan_Datschich")}
    assert set(identify(profiles, known(), two([])).canonical.values()) == {"Ivan_Dachich"}
    apart = identify(profiles, known(), two([("Ivan_Dachich", "Ivan_Dacic")]))
    assert apart.canonical == {"Ivan_Datschich": "Ivan_Dachich"}
    assert [(r.a, r.b, r.why) for r in apart.refusals] == [
        ("Ivan_Dachich", "Ivan_Dacic", "declared to be two in same.ttl"),
        ("Ivan_Dacic", "Ivan_Datschich", "declared to be two in same.ttl"),
    ]


def test_of_two_merges_that_exclude_each_other_the_surer_is_made() -> None:
    names = {"a": "Ivan Dacic", "b": "Ivan A. Dacic", "c": "Ivan Dačić"}
    found = identify({e: Profile(e, "Person", name, 1) for e, name in names.items()}, known(), two([("b", "c")]))
    assert found.merges == (Judgement("a", "c", 1.0, "the same name"),)
    assert [(r.a, r.b, r.score) for r in found.refusals] == [("a", "b", 0.97), ("b", "c", 0.97)]


def _outcome(found: Entities) -> tuple[object, ...]:
    met = {e: (v.classes, v.names) for e, v in found.by_id.items()}
    return found.identity, found.resolutions, met, dict(found.tenures)
