"""An invented graph in the form that a build leaves it, written claim by claim, for the tests of the page."""

from __future__ import annotations

import random
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from kgbuild.graph.store import Graph
from kgbuild.graph.tallies import say_all
from kgbuild.graph.triples import EVENTS, PREFIXES, Facts

ONTOLOGY = """
dip:State rdfs:subClassOf dip:Actor ; rdfs:label "state"@en .
dip:Person rdfs:subClassOf dip:Actor ; rdfs:label "person"@en .
dip:Organization rdfs:subClassOf dip:Actor ; rdfs:label "organisation"@en .
dip:IntergovernmentalOrganization rdfs:subClassOf dip:Organization ;
    rdfs:label "intergovernmental organisation"@en .
dip:City rdfs:subClassOf dip:Place ; rdfs:label "city"@en .
dip:Agreement rdfs:label "agreement"@en .
dip:Meeting rdfs:label "meets"@en ; dip:quad dip:VerbalCooperation .
dip:SignAgreement rdfs:label "signs"@en ; dip:quad dip:VerbalCooperation ; dip:themeClass dip:Agreement .
dip:Withdraw rdfs:label "withdraws from"@en ; dip:edgeTheme true .
dip:Mediation rdfs:label "mediates between"@en ; dip:quad dip:VerbalCooperation .
dip:ProvideAid rdfs:label "aids"@en ; dip:quad dip:MaterialCooperation .
dip:EconomicCooperation rdfs:label "trades with"@en ; dip:quad dip:MaterialCooperation .
dip:Criticize rdfs:label "criticises"@en ; dip:quad dip:VerbalConflict .
dip:Demand rdfs:label "makes a demand of"@en ; dip:quad dip:VerbalConflict .
dip:Sanction dip:quad dip:MaterialConflict .
dip:ImposeSanctions rdfs:subClassOf dip:Sanction ; rdfs:label "imposes sanctions on"@en .
dip:memberOf rdfs:label "is a member of"@en .
dip:allyOf a owl:SymmetricProperty ; rdfs:label "is an ally of"@en .
"""


def turtle(text: str) -> str:
    """*text* as a literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r") + '"'


def time(when: str) -> str:
    """What is said of a day or a month: the time itself, its first and its last day."""
    begin, end = (when, when) if len(when) == 10 else (f"{when}-01", f"{when}-28")
    return (
        f"dip:when {turtle(when)}^^<http://id.loc.gov/datatypes/edtf> ; "
        f"dip:begin {turtle(begin)}^^xsd:date ; dip:end {turtle(end)}^^xsd:date"
    )


@dataclass
class World:
    """Graphs by IRI, as Turtle; actors are known by their labels."""

    things: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    articles: dict[str, list[str]] = field(default_factory=dict)
    actors: dict[str, str] = field(default_factory=dict)
    claims: int = 0

    def actor(self, label: str, cls: str = "State", *names: str, wikidata: str = "", iso2: str = "") -> str:
        """A thing named *label*; its id is its place in the world, so that any label will do."""
        iri = f"<{PREFIXES['id']}thing{len(self.actors)}>"
        self.actors[label] = iri
        self.things.append(f"{iri} a dip:{cls} ; rdfs:label {turtle(label)}@en .")
        self.things += [f"{iri} skos:altLabel {turtle(name)}@en ." for name in names]
        if wikidata:
            self.things.append(f"{iri} owl:sameAs <http://www.wikidata.org/entity/{wikidata}> .")
        if iso2:
            self.things.append(f"{iri} dip:iso2 {turtle(iso2)} .")
        return label

    def article(self, title: str, *, issued: str = "2031-03-04", publisher: str = "The Observer", url: str = "") -> str:
        """An article, known by the IRI it gets."""
        iri = f"{PREFIXES['id']}article/{len(self.articles):016x}"
        self.articles[iri] = [
            f"<{iri}> a dip:Article ; dct:title {turtle(title)} ; dct:issued {turtle(issued)}^^xsd:date ; "
            f'dct:publisher {turtle(publisher)} ; dct:source "wire.jsonl"'
            + (f" ; schema:url {turtle(url)}" if url else "")
            + " ."
        ]
        return iri

    def claim(
        self,
        article: str,
        sentence: str,
        trigger: str,
        claims: str,
        roles: dict[str, tuple[str, ...]],
        *,
        polarity: str = "Affirmed",
        modality: str = "Actual",
        certainty: str = "Unspecified",
        speaker: str = "",
        cue: str = "",
        when: str = "",
        office: str = "",
    ) -> str:
        """A claim that *sentence* makes, with a mention for each filler of a role."""
        self.claims += 1
        start = 1000 * self.claims
        about, claim = self.articles[article], f"<{article}/claim/{start}-{claims}>"
        place = f"<{article}/sentence/{self.claims}>"
        about.append(
            f"{place} a dip:Sentence ; dip:index {self.claims} ; oa:exact {turtle(sentence)} ; "
            f"oa:start {start} ; oa:end {start + len(sentence)} ; dct:isPartOf <{article}> ."
        )
        at = start + sentence.find(trigger)
        about.append(
            f"{claim} a dip:Claim ; dip:claims dip:{claims} ; dip:inSentence {place} ; "
            f"dip:trigger {turtle(trigger)} ; oa:start {at} ; oa:end {at + len(trigger)} ; "
            f"dip:polarity dip:{polarity} ; dip:modality dip:{modality} ; "
            f"dip:certainty dip:{certainty} ; dip:quoted false ; dip:confidence 0.9 ."
        )
        fillers = [(role, name) for role, names in roles.items() for name in names]
        for number, (role, name) in enumerate([*fillers, *([("speaker", speaker)] if speaker else [])]):
            mention = f"<{article}/mention/{start}-{number}>"
            about.append(f"{mention} a dip:Mention ; oa:exact {turtle(name)} . {claim} dip:{role} {mention} .")
            if name in sentence:
                at = start + sentence.index(name)
                about.append(f"{mention} oa:start {at} ; oa:end {at + len(name)} .")
            if name in self.actors:
                self.things.append(f"{mention} dip:denotes {self.actors[name]} .")
        if office:
            about.append(
                f"<{article}/mention/{start}-office> oa:exact {turtle(office)} . "
                f"{claim} dip:office <{article}/mention/{start}-office> ."
            )
        if cue:
            about.append(f"{claim} dip:cue {turtle(cue)} .")
        if when:
            about.append(f"{claim} {time(when)} .")
        return claim

    def event(
        self,
        name: str,
        claims: str,
        roles: dict[str, tuple[str, ...]],
        said: list[str],
        *,
        status: str = "Reported",
        quad: str = "",
        when: str = "",
        score: float | None = None,
        who: str = "",
        whom: str = "",
    ) -> None:
        """An event of type *claims* that the claims *said* are about, with the names of both its sides."""
        event = f"<{PREFIXES['id']}event/{claims}/{name}>"
        self.events.append(
            f"{event} a dip:Event, dip:{claims} ; rdfs:label {turtle(name)}@en ; dip:status dip:{status} ; "
            f"dip:claimCount {len(said)} ."
        )
        self.events += [f"{event} dip:{role} {self.actors[who]} ." for role, names in roles.items() for who in names]
        self.events += [f"{claim} dip:about {event} ." for claim in said]
        involved = sorted({self.actors[one] for names in roles.values() for one in names})
        self.events += [f"{event} dip:involves {one} ." for one in involved]
        self.events.append(
            f"{event} dip:order 99999999.0 ; dip:weight 1001.0 ; dip:sourceCount 1 ; dip:bestClaim {said[0]} ."
        )
        self.events += [f"{event} dip:{side} {turtle(named)} ." for side, named in (("who", who), ("whom", whom)) if named]
        if quad:
            self.events.append(f"{event} dip:quad dip:{quad} .")
        if when:
            self.events.append(f"{event} {time(when)} .")
        if score is not None:
            self.events.append(f"{event} dip:score {score:.1f} .")

    def says(self, article: str, sentence: str, trigger: str, claims: str, **stance: object) -> None:
        """An event that one claim alone is about; roles and stance by keyword."""
        roles = {role: stance.pop(role) for role in ("actor", "recipient", "participant", "theme") if role in stance}
        status, quad = str(stance.pop("status", "Reported")), str(stance.pop("quad", ""))
        claim = self.claim(article, sentence, trigger, claims, roles, **stance)  # type: ignore[arg-type]
        self.event(f"{self.claims}", claims, roles, [claim], status=status, quad=quad)  # type: ignore[arg-type]

    def trig(self) -> str:
        """The whole world as TriG."""
        graphs = {
            f"{PREFIXES['id']}graph/things": self.things,
            f"{PREFIXES['id']}graph/events": self.events,
            f"{PREFIXES['id']}graph/ontology": [ONTOLOGY],
            **self.articles,
        }
        return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + "".join(
            f"<{iri}> {{\n" + "\n".join(lines) + "\n}\n" for iri, lines in graphs.items()
        )

    def graph(self) -> Graph:
        """The world in a store."""
        graph = Graph.memory()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "world.trig")
            path.write_text(self.trig(), encoding="utf-8")
            graph.load_trig(path)
        made = Facts(EVENTS)
        say_all(made, list(graph.quads()), dict.fromkeys(self.articles, "The Observer"))
        graph.load(made)
        return graph


def small_world() -> World:
    """Two states, their ministers and an organisation, with each stance once."""
    world = World()
    for label, cls, *names in (
        ("Norland", "State", "Norlandic", "Nordhavn"),
        ("Süderia", "State", "Suderian"),
        ("Åsa Ek", "Person", "Minister Ek"),
        ("Bo Lund", "Person"),
        ("Union of the Straits", "IntergovernmentalOrganization", "UoS"),
        ("Straits Accord", "Agreement"),
    ):
        world.actor(
            label, cls, *names, wikidata="Q20" if label == "Norland" else "", iso2="NO" if label == "Norland" else ""
        )
    first = world.article("Ministers meet in Nordhavn", issued="2031-03-04", url="https://news.example/ministers")
    second = world.article("Norland denies aid", issued="2031-03-05", publisher="Straits Wire", url="javascript:alert(1)")
    pair: dict[str, tuple[str, ...]] = {"participant": ("Åsa Ek", "Bo Lund")}
    world.event(
        "talks",
        "Meeting",
        pair,
        [
            world.claim(
                first,
                "Åsa Ek held talks with Bo Lund on Tuesday.",
                "held talks",
                "Meeting",
                pair,
                when="2031-03-04",
            ),
            world.claim(
                second,
                "The talks took place in Nordhavn.",
                "talks",
                "Meeting",
                {},
                speaker="Bo Lund",
                cue="said",
            ),
        ],
        status="Confirmed",
        when="2031-03-04",
        score=2.5,
    )
    world.says(
        first,
        "The ministers will meet again in May, Åsa Ek told Bo Lund.",
        "meet",
        "Meeting",
        participant=("Åsa Ek", "Bo Lund"),
        modality="Planned",
        when="2031-05",
    )
    world.says(
        second,
        "Norland imposed sanctions on Süderia.",
        "imposed sanctions",
        "ImposeSanctions",
        actor=("Norland",),
        recipient=("Süderia",),
    )
    world.says(
        second,
        "Norland has not sent aid to Süderia, Åsa Ek said.",
        "sent aid",
        "ProvideAid",
        actor=("Norland",),
        recipient=("Süderia",),
        polarity="Negated",
        status="Denied",
        speaker="Åsa Ek",
        cue="said",
    )
    world.says(
        second,
        "Süderia may criticise Norland.",
        "criticise",
        "Criticize",
        actor=("Süderia",),
        recipient=("Norland",),
        modality="Possible",
    )
    world.claim(
        first,
        "Norland, a member of the Union of the Straits, hosted them.",
        "member",
        "memberOf",
        {"subject": ("Norland",), "object": ("Union of the Straits",)},
    )
    world.claim(
        first,
        "Norland's foreign minister Åsa Ek spoke first.",
        "foreign minister",
        "holdsPosition",
        {"holder": ("Åsa Ek",), "of": ("Norland",)},
        office="foreign minister",
    )
    world.says(
        first,
        "Norland and Süderia signed the Straits Accord.",
        "signed",
        "SignAgreement",
        participant=("Norland", "Süderia"),
        theme=("Straits Accord",),
    )
    return world


STATES = """
France Germany Poland Italy Spain Norway Sweden Finland Denmark Turkey Greece Egypt Jordan Israel Iran
Iraq Kuwait Qatar Oman India Pakistan Nepal China Japan Mongolia Vietnam Laos Thailand Indonesia
Australia Fiji Canada Mexico Cuba Panama Brazil Chile Peru Bolivia Argentina Uruguay Kenya Uganda Rwanda
Ghana Senegal Mali Niger Chad Sudan Ethiopia Angola Zambia Namibia Morocco Algeria Tunisia Libya Austria
Hungary Romania Bulgaria Serbia Croatia Slovenia Albania Ukraine Moldova Georgia Armenia Azerbaijan
Kazakhstan
"""
INITIALS = "ABCDEFGHIJKL"
BODIES = [
    "United Nations",
    "European Union",
    "African Union",
    "NATO",
    "ASEAN",
    "Arab League",
    "World Bank",
    "Mercosur",
    "International Atomic Energy Agency",
    "World Trade Organization",
]


def large_world(actors: int, claims: int, seed: int = 7) -> World:
    """A world of many *actors*, a few of them in most *claims*, as news has it. The persons are invented."""
    chance, world = random.Random(seed), World()
    first = "Alda Bero Caspian Dorit Elvan Farid Greta Hollis Imre Jonna Kasimir Lotte Marek Nadia"
    last = "Aldervik Brandov Castellan Dumarque Estrella Fenwick Garatti Holm Ivarsen Jankov"
    persons = sorted({f"{a} {b}" for a in first.split() for b in last.split()})
    chance.shuffle(persons)
    persons += [f"{person.replace(' ', f' {a}. {b}. ')}" for a in INITIALS for b in INITIALS for person in persons]
    names = [*STATES.split()[: actors // 2], *BODIES[: actors // 12]]
    kinds = ["State"] * len(names[: actors // 2]) + ["IntergovernmentalOrganization"] * (len(names) - actors // 2)
    cities = ["Geneva", "Vienna", "Nairobi", "Doha"][: actors // 25]
    pacts = ["Treaty of Lakes", "Grain Accord", "Border Protocol"][: max(1, actors // 30)]
    names += [*cities, *pacts]
    kinds += ["City"] * len(cities) + ["Agreement"] * len(pacts)
    people = persons[: actors - len(names)]
    for name, kind in sorted(zip([*names, *people], [*kinds, *["Person"] * len(people)], strict=True)):
        world.actor(name, kind)
    able = [name for name in [*names, *people] if name not in {*cities, *pacts}]
    chance.shuffle(able)
    weights = [1 / (rank + 2) ** 0.8 for rank in range(len(able))]
    articles = [
        world.article(
            f"Dispatch {number}: a day of diplomacy",
            issued=f"2031-{1 + number % 12:02}-{1 + number % 28:02}",
            publisher=chance.choice(["Straits Wire", "The Observer", "Daily Courier"]),
            url=f"https://news.example/{number}",
        )
        for number in range(max(3, claims // 8))
    ]
    kinds_of = [
        ("Meeting", "held talks with", "participant"),
        ("Criticize", "criticised", ""),
        ("ImposeSanctions", "imposed sanctions on", ""),
        ("ProvideAid", "sent aid to", ""),
        ("EconomicCooperation", "traded with", "participant"),
        ("Demand", "urged restraint on", ""),
    ]
    for _ in range(claims):
        a, b = chance.choices(able, weights, k=2)
        if a == b:
            b = able[(able.index(a) + 1) % len(able)]
        kind, words, together = chance.choices(kinds_of, [8, 4, 2, 2, 3, 3])[0]
        roles = {"participant": (a, b)} if together else {"actor": (a,), "recipient": (b,)}
        polarity, modality = chance.choices(
            [
                ("Affirmed", "Actual"),
                ("Affirmed", "Planned"),
                ("Affirmed", "Possible"),
                ("Negated", "Actual"),
            ],
            [12, 4, 2, 2],
        )[0]
        article = chance.choice(articles)
        sentence = f"{a} {words} {b} on Thursday, according to officials who were briefed on the exchange."
        world.says(
            article,
            sentence,
            words,
            kind,
            polarity=polarity,
            modality=modality,
            when=f"2031-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" if chance.random() < 0.7 else "",
            **roles,
            **({"speaker": chance.choice(people), "cue": "said"} if people and chance.random() < 0.5 else {}),
        )
    for place in [*cities, *pacts]:
        for who in chance.choices(able, weights, k=3):
            world.claim(
                articles[0],
                f"{who} is party to matters of {place}.",
                "party",
                "partyTo",
                {"subject": (who,), "object": (place,)},
            )
    return world
