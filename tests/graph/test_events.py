"""Claims become events: which are of one event, what they say of it together, and that order does not matter."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild.graph import entities, events
from kgbuild.graph.events import Event
from kgbuild.model import Article, Claim, Mention, Reading, Role, Sentence, Span, Stance, When
from kgbuild.ontology import Ontology


@dataclass(frozen=True)
class Says:
    """A claim in few words: type, who in which role, when, held how; persons act for a state: "Lavrov@Russia"."""

    claims: str
    roles: tuple[tuple[str, str], ...]
    when: str | None = None
    polarity: str = "Affirmed"
    modality: str = "Actual"
    sentence: str = "It did."


def says(
    claims: str, when: str | None = None, *, held: str = "Affirmed Actual", words: str = "It did.", **roles: str
) -> Says:
    polarity, modality = held.split()
    filled = tuple((role, name.strip()) for role, names in roles.items() for name in names.split(","))
    return Says(claims, filled, when, polarity, modality, words)


def mention(start: int, role: str, words: str) -> Mention:
    name, _, state = words.partition("@")
    span = Span(start, start + len(name), name)
    if name[0].islower() or role == "theme":  # described, not named
        return Mention(span, "Thing" if role == "theme" else "Person", (), represents=(state,) if state else ())
    cls = "Person" if state else "City" if role == "place" else "State"
    return Mention(span, cls, (name.replace(" ", "_"),), represents=(state,) if state else (), name=name)


def article(name: str, day: str | None, *said: Says, publisher: str | None = None) -> Reading:
    """An article of *day* that tells so much."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    claims, mentions = [], []
    for number, one in enumerate(said):
        start = 100 * number
        sentence = Sentence(number, Span(start, start + len(one.sentence), one.sentence))
        roles = tuple(Role(r, mention(start + 10 * i, r, who)) for i, (r, who) in enumerate(one.roles))
        mentions += [role.mention for role in roles]
        begin, _, end = (one.when or "").partition("/")
        when = When(one.when, begin, end or begin, "Explicit", "") if one.when else None
        held = Stance(one.polarity, one.modality)
        claims.append(Claim(one.claims, "event", sentence, Span(start, start + 3, one.claims), roles, held, when))
    written = Article(name, "", (), digest, name, issued=day, publisher=publisher)
    return Reading(written, tuple(c.sentence for c in claims), tuple(mentions), tuple(claims))


def merged(ontology: Ontology, *readings: Reading, sources: dict[str, str] | None = None) -> list[Event]:
    return events.merge(readings, entities.merge(readings, ontology), sources)


def summaries(ontology: Ontology, *readings: Reading, sources: dict[str, str] | None = None) -> list[tuple[str, int, str]]:
    """Type, number of claims and status of each event."""
    return [(e.type, len(e.views), e.status) for e in merged(ontology, *readings, sources=sources)]


MET = says("Meeting", "2015-03-03", participant="Norway,Iceland")


# -- one event -----------------------------------------------------------------------------------


def test_what_two_articles_say_of_one_day_is_one_event(ontology: Ontology) -> None:
    found = merged(ontology, article("a", "2015-03-04", MET), article("b", "2015-03-05", MET))
    assert [(e.type, len(e.views), e.status, e.sources) for e in found] == [("Meeting", 2, "Confirmed", 2)]


def test_a_minister_acts_for_his_state(ontology: Ontology) -> None:
    named = says("Meeting", "2015-03-03", participant="Anna Lie@Norway,Jon Berg@Iceland")
    assert summaries(ontology, article("a", "2015-03-04", MET), article("b", "2015-03-04", named)) == [
        ("Meeting", 2, "Confirmed")
    ]


def test_a_person_acts_for_the_state_that_other_articles_give_him(ontology: Ontology) -> None:
    named = says("Meeting", "2015-03-03", participant="Anna Lie@Norway,Jon Berg@Iceland")
    bare = says("Meeting", "2015-03-03", participant="Anna Lie,Iceland")
    person = Mention(Span(0, 8, "Anna Lie"), "Person", ("Anna_Lie",), name="Anna Lie")
    reading = article("b", "2015-03-04", bare)
    claim = reading.claims[0]
    claim = Claim(
        claim.claims,
        "event",
        claim.sentence,
        claim.trigger,
        (Role("participant", person), claim.roles[1]),
        claim.stance,
        claim.when,
    )
    reading = Reading(reading.article, reading.sentences, (person,), (claim,))
    assert summaries(ontology, article("a", "2015-03-04", named), reading) == [("Meeting", 2, "Confirmed")]


def test_other_persons_of_the_same_states_meet_apart(ontology: Ontology) -> None:
    ministers = says("Meeting", "2015-03-03", participant="Anna Lie@Norway,Jon Berg@Iceland")
    deputies = says("Meeting", "2015-03-03", participant="Kari Dahl@Norway,Ole Vik@Iceland")
    assert len(merged(ontology, article("a", "2015-03-04", ministers, deputies))) == 2


def test_a_claim_that_names_fewer_joins_the_fuller_one_of_its_article(ontology: Ontology) -> None:
    fewer = says("Meeting", participant="Iceland")
    assert summaries(ontology, article("a", "2015-03-04", MET, fewer)) == [("Meeting", 2, "Confirmed")]


def test_a_claim_that_names_fewer_is_undecided_between_two(ontology: Ontology) -> None:
    other = says("Meeting", "2015-03-03", participant="Iceland,Denmark")
    fewer = says("Meeting", participant="Iceland")
    assert [e[1] for e in summaries(ontology, article("a", "2015-03-04", MET, other, fewer))] == [1, 1, 1]


def test_a_claim_that_names_fewer_joins_another_article_with_more_than_its_day_in_common(ontology: Ontology) -> None:
    full = says("Meeting", "2015-03-03", participant="Anna Lie@Norway,Iceland", place="Oslo")
    fewer = says("Meeting", participant="Anna Lie@Norway", place="Oslo")
    bare = says("Meeting", participant="Norway")
    assert [e[1] for e in summaries(ontology, article("a", "2015-03-03", full), article("b", "2015-03-04", fewer))] == [2]
    assert [e[1] for e in summaries(ontology, article("a", "2015-03-03", full), article("b", "2015-03-04", bare))] == [1, 1]


def test_a_kind_of_cooperation_is_the_cooperation_that_its_article_speaks_of(ontology: Ontology) -> None:
    drills = says("MilitaryCooperation", participant="Norway,Iceland")
    vaguer = says("COOPERATE", participant="Norway,Iceland")
    assert summaries(ontology, article("a", "2015-03-04", vaguer, drills)) == [("MilitaryCooperation", 2, "Confirmed")]


def test_a_meeting_and_a_visit_stay_two(ontology: Ontology) -> None:
    visit = says("Visit", "2015-03-03", actor="Norway", recipient="Iceland")
    assert len(merged(ontology, article("a", "2015-03-04", MET, visit))) == 2


def test_who_does_it_and_to_whom_it_is_done_are_not_one_side(ontology: Ontology) -> None:
    struck = says("Strike", "2015-03-03", actor="Norway")
    bombed = says("Strike", "2015-03-03", recipient="Norway")
    assert len(merged(ontology, article("a", "2015-03-04", struck, bombed))) == 2


def test_whoever_is_only_described_is_nobody_else_that_is_named(ontology: Ontology) -> None:
    bankers = says("Meeting", participant="Norway,several bankers")
    assert len(merged(ontology, article("a", "2015-03-04", MET), article("b", "2015-03-04", bankers))) == 2


# -- time -----------------------------------------------------------------------------------------


def test_two_meetings_a_week_apart_stay_two(ontology: Ontology) -> None:
    again = says("Meeting", "2015-03-10", participant="Norway,Iceland")
    assert len(merged(ontology, article("a", "2015-03-11", MET, again))) == 2


def test_an_undated_claim_joins_only_what_is_near_its_article(ontology: Ontology) -> None:
    undated = says("Meeting", participant="Norway,Iceland")
    assert len(merged(ontology, article("a", "2015-03-04", MET), article("b", "2015-03-05", undated))) == 1
    assert len(merged(ontology, article("a", "2015-03-04", MET), article("b", "2015-04-05", undated))) == 2


def test_undated_claims_do_not_chain_from_day_to_day(ontology: Ontology) -> None:
    undated = says("Meeting", participant="Norway,Iceland")
    days = [(date(2015, 3, 1) + timedelta(days=3 * n)).isoformat() for n in range(6)]
    found = merged(ontology, *(article(day, day, undated) for day in days))
    assert [sorted(t.reading.article.issued for t in e.views) for e in found if e.views] != [days]
    assert all(len(e.views) <= 2 for e in found)


def test_looking_back_is_not_the_present(ontology: Ontology) -> None:
    then = says("Meeting", "2008-01-01/2008-12-31", participant="Norway,Iceland")
    now = says("Meeting", participant="Norway,Iceland")
    assert len(merged(ontology, article("a", "2015-03-04", then, now))) == 2


def test_a_plan_for_a_day_and_what_happens_that_day_are_one(ontology: Ontology) -> None:
    plan = says("Meeting", "2015-03-03", participant="Norway,Iceland", held="Affirmed Planned")
    assert summaries(ontology, article("a", "2015-03-01", plan), article("b", "2015-03-04", MET)) == [
        ("Meeting", 2, "Confirmed")
    ]


def test_an_undated_plan_and_an_undated_meeting_of_one_article_stay_two(ontology: Ontology) -> None:
    plan = says("Meeting", participant="Norway,Iceland", held="Affirmed Planned")
    now = says("Meeting", participant="Norway,Iceland")
    assert len(merged(ontology, article("a", "2015-03-04", now, plan))) == 2


def test_what_two_undated_articles_say_is_one_only_with_more_than_parties_in_common(ontology: Ontology) -> None:
    bare = says("Meeting", participant="Norway,Iceland")
    there = says("Meeting", participant="Norway,Iceland", place="Oslo")
    assert len(merged(ontology, article("a", None, bare), article("b", None, bare))) == 2
    assert len(merged(ontology, article("a", None, there), article("b", None, there))) == 1


# -- theme, place, sums ---------------------------------------------------------------------------


def test_two_places_are_two_meetings(ontology: Ontology) -> None:
    one = says("Meeting", participant="Norway,Iceland", place="Oslo")
    other = says("Meeting", participant="Norway,Iceland", place="Bergen")
    assert len(merged(ontology, article("a", "2015-03-04", one, other))) == 2


def test_a_capital_lies_in_its_state(ontology: Ontology) -> None:
    city = says("Meeting", participant="Denmark,Iceland", place="Oslo")
    state = says("Meeting", participant="Denmark,Iceland", place="Norway")
    assert len(merged(ontology, article("a", "2015-03-04", city), article("b", "2015-03-04", state))) == 1


def test_demands_are_told_apart_by_what_is_demanded(ontology: Ontology) -> None:
    fish = says("Demand", actor="Norway", recipient="Iceland", theme="lower quotas")
    again = says("Demand", actor="Norway", recipient="Iceland", theme="quotas")
    ships = says("Demand", actor="Norway", recipient="Iceland", theme="the ships")
    found = summaries(ontology, article("a", "2015-03-04", fish, ships), article("b", "2015-03-04", again))
    assert sorted(count for _, count, _ in found) == [1, 2]


def test_demands_of_which_nothing_shows_what_they_are_about_stay_apart(ontology: Ontology) -> None:
    bare = says("Demand", actor="Norway", recipient="Iceland")
    assert len(merged(ontology, article("a", "2015-03-04", bare), article("b", "2015-03-04", bare))) == 2


# -- status ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("readings", "status"),
    [
        ([("a", "2015-03-04", "Affirmed Actual")], "Confirmed"),
        ([("a", "2015-03-04", "Affirmed Actual"), ("b", "2015-03-04", "Affirmed Actual")], "Confirmed"),
        ([("a", "2015-03-02", "Affirmed Planned")], "Planned"),
        ([("a", "2015-03-02", "Affirmed Planned"), ("a", "2015-03-04", "Affirmed Actual")], "Confirmed"),
        ([("a", "2015-03-04", "Negated Actual")], "Denied"),
        ([("a", "2015-03-04", "Affirmed Actual"), ("b", "2015-03-04", "Negated Actual")], "Contested"),
        ([("a", "2015-03-01", "Affirmed Planned"), ("b", "2015-03-02", "Negated Planned")], "Cancelled"),
        ([("a", "2015-03-02", "Affirmed Planned"), ("b", "2015-03-02", "Negated Planned")], "Contested"),
    ],
)
def test_what_the_claims_together_say(ontology: Ontology, readings: list[tuple[str, str, str]], status: str) -> None:
    made = [
        article(f"{i}", day, says("Meeting", "2015-03-03", participant="Norway,Iceland", held=held), publisher=publisher)
        for i, (publisher, day, held) in enumerate(readings)
    ]
    assert summaries(ontology, *made) == [("Meeting", len(made), status)]


@pytest.mark.parametrize(
    ("kind", "held", "code"),
    [
        ("Strike", "Affirmed Actual", "ASSAULT"),
        ("Strike", "Affirmed Planned", "THREATEN"),
        ("Strike", "Affirmed Possible", None),
        ("Strike", "Affirmed Conditional", None),
        ("Strike", "Affirmed Requested", None),
        ("ProvideAid", "Affirmed Requested", "REQUEST"),
        ("ProvideAid", "Affirmed Planned", "AGREE"),
        ("ProvideAid", "Negated Actual", "SANCTION"),
    ],
)
def test_what_is_only_thought_of_has_no_code_and_no_score(
    ontology: Ontology, kind: str, held: str, code: str | None
) -> None:
    reading = article("a", "2015-03-04", says(kind, actor="Norway", recipient="Iceland", held=held))
    things = entities.merge([reading], ontology)
    made, _ = events.facts(events.merge([reading], things), things)
    told = {fact.predicate.value.rpartition("#")[2]: fact.object.value for fact in made}
    assert (told.get("plover"), "score" in told) == (code, code is not None)


def test_sources_that_are_one_count_once(ontology: Ontology) -> None:
    readings = article("a", "2015-03-04", MET, publisher="A"), article("b", "2015-03-04", MET, publisher="B")
    sources = {reading.article.iri: "one" for reading in readings}
    assert [event.sources for event in merged(ontology, *readings)] == [2]
    assert [event.sources for event in merged(ontology, *readings, sources=sources)] == [1]


@pytest.mark.parametrize(
    ("speaker", "stance", "status"),
    [
        (None, {}, "Confirmed"),
        ("Norway", {}, "Confirmed"),
        ("Anna Lie@Norway", {}, "Confirmed"),
        ("Iceland", {}, "Reported"),
        ("Denmark", {}, "Reported"),
        (None, {"certainty": "Probable"}, "Reported"),
        (None, {"quoted": True}, "Reported"),
        ("Norway", {"certainty": "Possible"}, "Reported"),
    ],
    ids=[
        "the article",
        "who did it",
        "his minister",
        "whom it was done to",
        "a third",
        "doubt",
        "somebody",
        "doubt of who did",
    ],
)
def test_it_happened_where_the_article_or_those_who_did_it_say_so(
    ontology: Ontology, speaker: str | None, stance: dict[str, object], status: str
) -> None:
    voice = mention(60, "speaker", speaker) if speaker else None
    reading = article("a", "2015-03-04", says("Strike", actor="Norway", recipient="Iceland"))
    claim = replace(reading.claims[0], stance=replace(reading.claims[0].stance, speaker=voice, **stance))
    told = replace(reading, claims=(claim,), mentions=(*reading.mentions, *([voice] if voice else [])))
    assert summaries(ontology, told) == [("Strike", 1, status)]


def test_what_others_only_report_is_confirmed_by_those_who_did_it(ontology: Ontology) -> None:
    struck = says("Strike", "2015-03-03", actor="Norway", recipient="Iceland")
    victims = article("a", "2015-03-04", struck)
    voice = mention(60, "speaker", "Iceland")
    claim = replace(victims.claims[0], stance=replace(victims.claims[0].stance, speaker=voice))
    victims = replace(victims, claims=(claim,), mentions=(*victims.mentions, voice))
    assert summaries(ontology, victims, article("b", "2015-03-05", struck)) == [("Strike", 2, "Confirmed")]


def test_a_planned_visit_that_is_called_off_is_cancelled(ontology: Ontology) -> None:
    plan = says("Visit", "2015-03-20", actor="Norway", recipient="Iceland", held="Affirmed Planned")
    off = says("CancelMeeting", actor="Norway", recipient="Iceland")
    readings = article("a", "2015-03-04", plan), article("b", "2015-03-10", off)
    assert summaries(ontology, *readings) == [("CancelMeeting", 1, "Confirmed"), ("Visit", 1, "Cancelled")]


def test_what_is_called_off_before_it_is_planned_again_stays_planned(ontology: Ontology) -> None:
    off = says("CancelMeeting", actor="Norway", recipient="Iceland")
    plan = says("Visit", "2015-03-20", actor="Norway", recipient="Iceland", held="Affirmed Planned")
    readings = article("a", "2015-03-04", off), article("b", "2015-03-10", plan)
    assert summaries(ontology, *readings) == [("CancelMeeting", 1, "Confirmed"), ("Visit", 1, "Planned")]


# -- what the graph says of it --------------------------------------------------------------------


def dated(ontology: Ontology, *readings: Reading) -> list[dict[str, str]]:
    """What the graph says of the time of each event: when, begin, end, reportedOn, dateSource."""
    things = entities.merge(readings, ontology)
    made, _ = events.facts(events.merge(readings, things), things)
    found: dict[str, dict[str, str]] = {}
    for quad in made:
        said = found.setdefault(quad.subject.value, {})
        name = re.split("[#/]", quad.predicate.value)[-1]
        if name in ("when", "begin", "end", "reportedOn", "dateSource"):
            said[name] = re.split("[#/]", quad.object.value)[-1]
    return sorted((said for iri, said in found.items() if "/event/" in iri), key=lambda said: said.get("reportedOn", ""))


def test_an_event_that_the_text_dates_has_a_time_and_the_day_of_its_report(ontology: Ontology) -> None:
    assert dated(ontology, article("a", "2015-03-04", MET)) == [
        {
            "when": "2015-03-03",
            "begin": "2015-03-03",
            "end": "2015-03-03",
            "reportedOn": "2015-03-04",
            "dateSource": "Explicit",
        }
    ]


def test_two_reports_of_one_undated_event_are_one_of_the_first_day_and_it_has_no_time(ontology: Ontology) -> None:
    undated = says("Meeting", participant="Norway,Iceland")
    assert dated(ontology, article("a", "2015-03-06", undated), article("b", "2015-03-04", undated)) == [
        {"reportedOn": "2015-03-04", "dateSource": "Assumed"}
    ]


def test_reports_of_undated_events_weeks_apart_are_two(ontology: Ontology) -> None:
    undated = says("Meeting", participant="Norway,Iceland")
    assert dated(ontology, article("a", "2015-03-04", undated), article("b", "2015-03-20", undated)) == [
        {"reportedOn": "2015-03-04", "dateSource": "Assumed"},
        {"reportedOn": "2015-03-20", "dateSource": "Assumed"},
    ]


def test_of_an_undated_article_nothing_is_assumed(ontology: Ontology) -> None:
    assert dated(ontology, article("a", None, says("Meeting", participant="Norway,Iceland"))) == [{}]


def labels(ontology: Ontology, *said: Says) -> list[str]:
    reading = article("a", "2015-03-04", *said)
    things = entities.merge([reading], ontology)
    made, _ = events.facts(events.merge([reading], things), things)
    return sorted(quad.object.value for quad in made if quad.predicate.value.endswith("#label"))


@pytest.mark.parametrize(
    ("said", "label"),
    [
        (MET, "Meeting: Iceland, Norway, 2015-03-03"),
        (says("Visit", actor="Norway", recipient="Iceland"), "Visit: Norway → Iceland, reported 2015-03-04"),
        (says("Strike", actor="two gunmen", recipient="Iceland"), "Attack: two gunmen → Iceland, reported 2015-03-04"),
        (says("Strike", actor="they", recipient="Iceland"), "Attack → Iceland, reported 2015-03-04"),
        (says("Meeting", participant="Norway,several bankers"), "Meeting: Norway, several bankers, reported 2015-03-04"),
        (says("Meeting", topic="fishing quotas"), "Meeting: fishing quotas, reported 2015-03-04"),
        (says("Meeting"), "Meeting, reported 2015-03-04"),
        (
            says("Strike", actor="armed members of a group that nobody had ever heard of", recipient="Iceland"),
            "Attack: armed members of a group that nobody had → Iceland, reported 2015-03-04",
        ),
    ],
    ids=["both", "one to another", "described", "a pronoun", "one described", "nobody: its topic", "nothing", "long words"],
)
def test_an_event_is_called_by_type_who_whom_and_day(ontology: Ontology, said: Says, label: str) -> None:
    assert labels(ontology, said) == [label]


def test_of_many_parties_six_stand_in_the_name(ontology: Ontology) -> None:
    many = "Norway,Iceland,Denmark,Sweden,Finland,Estonia,Latvia,Poland"
    assert labels(ontology, says("Meeting", "2015-03-03", participant=many)) == [
        "Meeting: Denmark, Estonia, Finland, Iceland, Latvia, Norway and 2 more, 2015-03-03"
    ]


# -- laws -----------------------------------------------------------------------------------------

NAMES = ["Norway", "Iceland", "Denmark", "Anna Lie@Norway", "Jon Berg@Iceland", "two bankers"]
SAID = st.builds(
    lambda kind, one, two, when, held, theme: says(
        kind,
        when,
        held=held,
        words=f"They {kind.lower()} because everything concerning {theme} matters.",
        **({"participant": f"{one},{two}"} if kind == "Meeting" else {"actor": one, "recipient": two}),
        **({"theme": theme} if theme else {}),
    ),
    st.sampled_from(["Meeting", "Demand", "Visit"]),
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
    st.sampled_from([None, "2015-03-03", "2015-03-04", "2015-03-01/2015-03-31", "2015-01-01/2015-12-31"]),
    st.sampled_from(["Affirmed Actual", "Negated Actual", "Affirmed Planned", "Affirmed Possible"]),
    st.sampled_from(["", "fishing quotas", "the quotas", "harbours"]),
)
CORPUS = st.lists(
    st.tuples(st.sampled_from([None, "2015-03-02", "2015-03-04", "2015-03-08"]), st.lists(SAID, max_size=4)), max_size=6
)


def made(corpus: list[tuple[str | None, list[Says]]]) -> list[Reading]:
    return [article(str(number), day, *claims) for number, (day, claims) in enumerate(corpus)]


def groups(found: list[Event]) -> list[list[tuple[str, int, int, str]]]:
    return [[t.key for t in event.views] for event in found]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(corpus=CORPUS, data=st.data())
def test_the_order_of_readings_and_claims_does_not_matter(ontology: Ontology, corpus, data) -> None:  # type: ignore[no-untyped-def]
    readings = made(corpus)
    turned = [
        Reading(r.article, r.sentences, r.mentions, tuple(data.draw(st.permutations(r.claims))))
        for r in data.draw(st.permutations(readings))
    ]
    assert groups(merged(ontology, *turned)) == groups(merged(ontology, *readings))


@settings(max_examples=60, deadline=None)
@given(corpus=CORPUS)
def test_every_claim_is_in_exactly_one_event(ontology: Ontology, corpus) -> None:  # type: ignore[no-untyped-def]
    readings = made(corpus)
    keys = [key for group in groups(merged(ontology, *readings)) for key in group]
    assert sorted(keys) == sorted(
        (r.article.iri, c.trigger.start, c.trigger.end, c.claims) for r in readings for c in r.claims
    )


@settings(max_examples=60, deadline=None)
@given(corpus=CORPUS)
def test_the_days_of_an_event_meet_and_one_of_its_claims_names_all_who_take_part(ontology: Ontology, corpus) -> None:  # type: ignore[no-untyped-def]
    for event in merged(ontology, *made(corpus)):
        dated = [(t.begin, t.end) for t in event.views if t.begin is not None]
        assert max((b for b, _ in dated), default=0) <= min((e for _, e in dated), default=1)
        for role in ("actor", "recipient", "participant"):
            sides = [t.parties[role] for t in event.views if role in t.parties]
            assert frozenset().union(*sides) in (*sides, frozenset())


# -- what is ready for questions -------------------------------------------------------------------


def ready(ontology: Ontology, *readings: Reading) -> list[dict[str, str]]:
    """What the graph has ready of each event for questions, in order of time; of its claims and numbers the short of it."""
    things = entities.merge(readings, ontology)
    made, _ = events.facts(events.merge(readings, things), things)
    found: dict[str, dict[str, str]] = {}
    for quad in made:
        name = re.split("[#/]", quad.predicate.value)[-1]
        value = re.split("[#/]", quad.object.value)[-1]
        if name in ("order", "weight"):
            value = value[: value.index(".") + 4]  # the rest tells equals apart
        if name in ("order", "orderEnd", "weight", "bestClaim", "announcement", "who", "whom", "involves", "dyad"):
            said = found.setdefault(quad.subject.value, {})
            said[name] = ", ".join(filter(None, (said.get(name), value)))
    return sorted((said for iri, said in found.items() if "/event/" in iri), key=lambda said: said["order"])


def test_an_event_has_its_order_weight_best_claim_and_both_sides_ready(ontology: Ontology) -> None:
    plan = says("Visit", "2015-03-03", held="Affirmed Planned", actor="Norway", recipient="Iceland")
    fact = says("Visit", "2015-03-03", held="Affirmed Actual", actor="Norway", recipient="Iceland")
    early = article("a", "2015-03-01", plan, publisher="The Observer")
    late = article("b", "2015-03-04", fact, publisher="Straits Wire")
    assert ready(ontology, early, late) == [
        {
            "order": "20150303.997",
            "weight": "2002.040",
            "bestClaim": "0-3-Visit",
            "announcement": "0-3-Visit",
            "involves": "Iceland, Norway",
            "dyad": "Iceland--Norway",
            "who": "Norway",
            "whom": "Iceland",
        }
    ]


def test_the_best_claim_is_the_one_whose_sentence_names_most_of_those_who_take_part(ontology: Ontology) -> None:
    vague = says("Meeting", "2015-03-03", words="The two met.", participant="Norway,Iceland")
    plain = says("Meeting", "2015-03-03", words="Norway met Iceland.", participant="Norway,Iceland")
    [said] = ready(ontology, article("a", "2015-03-03", vague, plain))
    assert said["bestClaim"] == "100-103-Meeting"


@pytest.mark.parametrize(
    ("when", "reported", "order", "end"),
    [
        ("2015-03-03", "2015-03-04", "20150303.998", None),
        (None, "2015-03-04", "20150304.998", None),
        (None, None, "99999999.998", None),
        ("2015-03-01/2015-03-31", "2015-04-04", "20150301.998", "20150331"),
        ("2015-03-02/2015-03-08", "2015-04-04", "20150302.998", None),
    ],
)
def test_what_may_be_of_more_than_a_week_says_until_when(
    when: str | None, reported: str | None, order: str, end: str | None, ontology: Ontology
) -> None:
    [said] = ready(ontology, article("a", reported, says("Meeting", when, participant="Norway,Iceland")))
    assert (said["order"], said.get("orderEnd")) == (order, end)


def test_a_plan_of_nobody_who_is_named_is_no_announcement(ontology: Ontology) -> None:
    plan = says("Visit", held="Affirmed Planned", actor="two officials", recipient="Iceland")
    assert [said.get("announcement") for said in ready(ontology, article("a", "2015-03-04", plan))] == [None]


def contrasts(ontology: Ontology, *told: tuple[str, str]) -> list[tuple[str, ...]]:
    """Of a visit that outlets tell so: how sharply which two differ, and how each of them tells it."""
    readings = [
        article(
            f"{n}", "2015-03-04", says("Visit", "2015-03-03", held=held, actor="Norway", recipient="Iceland"), publisher=p
        )
        for n, (p, held) in enumerate(told)
    ]
    held = {reading.article.iri: told[number][1] for number, reading in enumerate(readings)}
    things = entities.merge(readings, ontology)
    made, _ = events.facts(events.merge(readings, things), things)
    nodes: dict[str, dict[str, str]] = {}
    for quad in made:
        nodes.setdefault(quad.subject.value, {})[quad.predicate.value.partition("#contrast")[2]] = quad.object.value
    found = []
    for said in sorted((one for one in nodes.values() if "Order" in one), key=lambda one: one["Order"]):
        sharpness, _, *outlets = said["Order"].split("\t")
        ways = [held[said[side].partition("/id/")[2].partition("/claim/")[0]] for side in ("One", "Other")]
        found.append((sharpness, *outlets, *ways))
    return found


FACT, PLAN, DENIED = "Affirmed Actual", "Affirmed Planned", "Negated Actual"


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ([("Post", FACT), ("Wire", DENIED)], [("0", "Post", "Wire", FACT, DENIED)]),
        ([("Wire", PLAN), ("Post", FACT)], [("1", "Post", "Wire", FACT, PLAN)]),
        ([("Post", FACT), ("Wire", FACT)], []),
        ([("Post", FACT), ("Post", DENIED)], []),
        ([("Post", FACT), ("Wire", PLAN), ("Wire", DENIED)], [("0", "Post", "Wire", FACT, DENIED)]),
        (
            [("Post", PLAN), ("Wire", DENIED), ("Times", FACT)],
            [
                *[("0", "Post", "Wire", PLAN, DENIED), ("0", "Times", "Wire", FACT, DENIED)],
                ("1", "Post", "Times", PLAN, FACT),
            ],
        ),
    ],
    ids=["denied by one", "planned for one", "in one way", "by one outlet", "the sharpest", "three outlets"],
)
def test_each_two_outlets_that_tell_an_event_differently_are_a_contrast(
    ontology: Ontology, told: list[tuple[str, str]], found: list[tuple[str, ...]]
) -> None:
    assert contrasts(ontology, *told) == found
