"""Types and roles as Turtle describes them."""

from __future__ import annotations

from pathlib import Path

from kgbuild.ontology import RoleType, Types, read_facts

DIPLOMACY = """
@prefix dip: <https://w3id.org/kgbuild/diplomacy#> .
@prefix lex: <https://w3id.org/kgbuild/lexicon#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
dip:CONSULT rdfs:subClassOf dip:Event ; dip:plover "CONSULT" ; dip:borneBy dip:place .
dip:Visit rdfs:subClassOf dip:CONSULT ; dip:themeClass dip:City ; dip:cancels dip:Meeting ;
    lex:aimedBy "to", "in" ; lex:departure "leave" ; lex:needed "theme" ; lex:obliges true ;
    lex:example "[Chad]actor [visited] [Mali]recipient." .
dip:Meeting rdfs:subClassOf dip:CONSULT ; lex:example "[Chad]participant [met] in [Oslo]place." .
dip:heads a dip:Relation ; rdfs:domain dip:Person ; rdfs:range dip:Organization ; lex:introduces true .
dip:theme a dip:Role ; dip:roleOf dip:Event ; dip:roleOrder 2 ; rdfs:range dip:Thing .
dip:witness a dip:Role ; dip:roleOf dip:Event , dip:Relation ; dip:roleOrder 1 ; dip:coreRole true ; rdfs:range dip:Person .
dip:object a dip:Role ; dip:roleOf dip:Relation ; dip:roleOrder 10 ; dip:coreRole true ; rdfs:range dip:Thing .
"""
TYPES = Types(read_facts({Path("diplomacy.ttl"): DIPLOMACY}), lambda text: ("diplomacy.ttl", 1))


def test_a_role_is_what_the_turtle_declares_as_one() -> None:
    assert TYPES.roles["witness"] == RoleType("witness", frozenset({"event", "relation"}), True, 1, "Person")


def test_roles_are_listed_by_their_order_as_numbers() -> None:
    assert list(TYPES.roles) == ["witness", "theme", "object"]


def test_sides_are_the_core_roles_of_events() -> None:
    assert (TYPES.event_roles, TYPES.sides) == (("witness", "theme"), ("witness",))
    assert TYPES.core_roles == {"witness", "object"}


def test_a_type_says_how_its_roles_are_found() -> None:
    visit = TYPES.types["Visit"]
    assert (visit.aimed_by, visit.departure, visit.needs) == (("in", "to"), ("leave",), ("theme",))
    assert (visit.theme_class, visit.cancels, visit.through) == ("City", {"Meeting"}, ())
    assert (TYPES.obliging, TYPES.types["heads"].introduces) == ("Visit", True)


def test_a_type_takes_a_recipient_or_a_place_if_an_example_marks_one() -> None:
    taken = {name: (kind.takes_recipient, kind.takes_place) for name, kind in TYPES.types.items()}
    assert taken == {"CONSULT": (False, False), "Visit": (True, False), "Meeting": (False, True), "heads": (False, False)}


def test_what_a_category_says_of_who_bears_it_holds_for_its_types() -> None:
    assert {name: kind.borne_by_place for name, kind in TYPES.types.items() if kind.kind == "event"} == {
        "CONSULT": True,
        "Visit": True,
        "Meeting": True,
    }


def test_a_filler_is_of_the_types_class_else_of_the_roles_else_of_the_relations_end() -> None:
    asked = [("Visit", "theme"), ("Meeting", "theme"), ("heads", "object"), ("heads", "subject"), ("Visit", "unheard")]
    assert [TYPES.role_range(*one) for one in asked] == ["City", "Thing", "Organization", "Person", ""]
