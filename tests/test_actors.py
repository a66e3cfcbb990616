"""What holds of ontology/actors.ttl and ontology/same.ttl, whoever edited them last."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pyoxigraph as ox
import pytest

ONTOLOGY = Path(__file__).resolve().parent.parent / "ontology"
DIP = "https://w3id.org/kgbuild/diplomacy#"
ID = "https://w3id.org/kgbuild/id/"
PREFIXES = f"""
PREFIX dip: <{DIP}> PREFIX id: <{ID}> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX owl: <http://www.w3.org/2002/07/owl#>
"""


@pytest.fixture(scope="module")
def actors() -> ox.Store:
    return load("actors.ttl")


def load(*names: str) -> ox.Store:
    store = ox.Store()
    for name in names:
        store.load(path=str(ONTOLOGY / name), format=ox.RdfFormat.TURTLE)
    return store


def rows(store: ox.Store, where: str) -> Iterator[tuple[str, ...]]:
    """The answers to SELECT * with *where*, short: without our prefixes, unbound as ""."""
    found = store.query(PREFIXES + where)
    assert isinstance(found, ox.QuerySolutions)
    for solution in found:
        yield tuple(short(term) for term in solution)


def short(term: object) -> str:
    return str(getattr(term, "value", "")).removeprefix(DIP).removeprefix(ID)


def shared(pairs: Iterator[tuple[str, ...]]) -> dict[str, set[str]]:
    """The values that more than one thing has, with these things."""
    owners: dict[str, set[str]] = defaultdict(set)
    for value, owner in pairs:
        owners[value].add(owner)
    return {value: things for value, things in owners.items() if len(things) > 1}


def test_the_united_nations_have_193_members(actors: ox.Store) -> None:
    assert len(list(rows(actors, "SELECT ?s { id:United_Nations dip:member ?s . ?s a dip:State }"))) == 193


@pytest.mark.parametrize(
    "fact", ["rdfs:label", "dip:name", "dip:iso2", "dip:iso3", "dip:demonym", "dip:capital", "owl:sameAs"]
)
def test_every_member_of_the_united_nations_has(actors: ox.Store, fact: str) -> None:
    without = f"SELECT ?s {{ id:United_Nations dip:member ?s FILTER NOT EXISTS {{ ?s {fact} ?o }} }}"
    assert list(rows(actors, without)) == []


def test_every_state_that_exists_has_a_demonym_and_a_city_that_stands_for_it(actors: ox.Store) -> None:
    without = """SELECT ?s { ?s a dip:State FILTER NOT EXISTS { ?s dip:end ?past }
        FILTER (!EXISTS { ?s dip:demonym ?d } ||
                !EXISTS { { ?s dip:capital ?c } UNION { ?c dip:seatOf ?s } }) }"""
    assert list(rows(actors, without)) == []


@pytest.mark.parametrize("fact", ["dip:name|dip:acronym|dip:exactName", "dip:iso2", "dip:iso3"])
def test_no_two_states_share(actors: ox.Store, fact: str) -> None:
    assert shared(rows(actors, f"SELECT ?value ?s {{ ?s a dip:State ; {fact} ?value }}")) == {}


def test_no_two_things_share_a_wikidata_item(actors: ox.Store) -> None:
    assert shared(rows(actors, "SELECT ?item ?s { ?s owl:sameAs ?item }")) == {}


def test_no_two_things_share_a_name_that_the_day_of_an_article_does_not_tell_apart(actors: ox.Store) -> None:
    terms = defaultdict(list)
    for holder, begin, end in rows(actors, "SELECT ?p ?b ?e { ?t dip:holder ?p ; dip:begin ?b OPTIONAL { ?t dip:end ?e } }"):
        terms[holder].append((begin, end or "9999"))
    found = shared(rows(actors, "SELECT ?name ?s { ?s dip:name|dip:acronym|dip:exactName ?name }"))

    def meet(a: str, b: str) -> bool:
        return any(x[0] < y[1] and y[0] < x[1] for x in terms[a] for y in terms[b])

    told_apart = {
        name
        for name, things in found.items()
        if all(terms[a] and terms[b] and not meet(a, b) for a, b in combinations(things, 2))
    }
    assert set(found) - told_apart == set()


def test_only_these_demonyms_belong_to_two(actors: ox.Store) -> None:
    assert set(shared(rows(actors, "SELECT ?demonym ?s { ?s dip:demonym ?demonym }"))) == {"Congolese"}


def test_a_demonym_begins_with_a_capital_letter(actors: ox.Store) -> None:
    demonyms = [demonym for (demonym,) in rows(actors, "SELECT DISTINCT ?d { ?s dip:demonym ?d }")]
    assert [demonym for demonym in demonyms if not demonym[0].isupper()] == []


def test_an_id_is_one_thing(actors: ox.Store) -> None:
    assert shared(rows(actors, "SELECT ?s ?class { ?s a ?class }")) == {}
    assert shared(rows(actors, "SELECT ?s ?label { ?s rdfs:label ?label }")) == {}


def test_whatever_is_pointed_to_exists(actors: ox.Store) -> None:
    lost = """SELECT ?s ?p ?o { ?s ?p ?o FILTER (strstarts(str(?o), "https://w3id.org/kgbuild/id/"))
        FILTER NOT EXISTS { ?o a ?class } }"""
    assert list(rows(actors, lost)) == []


def test_a_class_is_one_of_the_ontology(actors: ox.Store) -> None:
    known = {cls for (cls,) in rows(load("diplomacy.ttl"), "SELECT ?c { ?c a owl:Class }")}
    assert {cls for (cls,) in rows(actors, "SELECT DISTINCT ?c { ?s a ?c }")} <= known


def test_a_tenure_has_a_person_an_office_and_a_body(actors: ox.Store) -> None:
    broken = """SELECT ?t { ?t a dip:Tenure FILTER NOT EXISTS {
        ?t dip:holder ?person ; dip:office ?office ; dip:of ?body ; dip:begin ?begin .
        ?person a dip:Person . ?office a dip:Office . ?body rdfs:label ?name } }"""
    assert list(rows(actors, broken)) == []


def test_nothing_ends_before_it_begins(actors: ox.Store) -> None:
    spans = rows(actors, "SELECT ?t ?begin ?end { ?t dip:begin ?begin ; dip:end ?end }")
    assert [t for t, begin, end in spans if begin[: len(end)] > end[: len(begin)]] == []


SINGLE = ("office/president", "office/prime_minister", "office/foreign_minister", "office/chancellor")


def test_a_state_has_one_president_and_one_foreign_minister_at_a_time(actors: ox.Store) -> None:
    query = """SELECT ?of ?office ?begin ?end ?holder {
        ?t a dip:Tenure ; dip:of ?of ; dip:office ?office ; dip:holder ?holder ; dip:begin ?begin .
        ?of a dip:State . OPTIONAL { ?t dip:end ?end } }"""
    terms: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for of, office, begin, end, holder in rows(actors, query):
        if office in SINGLE:
            terms[of, office].append((begin, end or "9999", holder))
    overlaps = [
        (seat, earlier[2], later[2])
        for seat, held in terms.items()
        for earlier, later in zip(sorted(held), sorted(held)[1:], strict=False)
        if later[0][:7] < earlier[1][: len(later[0][:7])]
    ]
    assert overlaps == []


def test_a_decision_says_why_and_names_at_least_two() -> None:
    decisions: dict[str, set[str]] = defaultdict(set)
    same = load("same.ttl")
    for decision, thing in rows(same, "SELECT ?d ?x { ?d a dip:Decision ; dip:same|dip:different ?x }"):
        decisions[decision].add(thing)
    explained = {d for (d,) in rows(same, "SELECT ?d { ?d a dip:Decision ; dip:why ?why }")}
    assert decisions
    assert explained == {d for d, things in decisions.items() if len(things) > 1}


def test_there_are_no_blank_nodes() -> None:
    store = load("actors.ttl", "same.ttl")
    assert [quad for quad in store if ox.BlankNode in (type(quad.subject), type(quad.object))] == []


def test_the_block_of_states_is_what_the_script_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rigour", reason="the script reads rigour's territories: pip install rigour")
    pytest.importorskip("countryinfo", reason="the script reads countryinfo: pip install countryinfo")
    monkeypatch.syspath_prepend(ONTOLOGY / "tools")
    script = importlib.import_module("states")
    text = (ONTOLOGY / "actors.ttl").read_text(encoding="utf-8")
    assert script.replace_block(text, script.states_block()) == text
