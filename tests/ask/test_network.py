"""What the network page is made of: actors, lines, stances, evidence; and that its text is safe anywhere."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from world import World, large_world, small_world

from kgbuild.ask.asides import Counts
from kgbuild.ask.evidence import find_trigger, marks, stance
from kgbuild.ask.lines import Line
from kgbuild.ask.network import draw, write_page
from kgbuild.ask.picture import Picture, read_picture
from kgbuild.errors import KgbuildError
from kgbuild.graph.triples import PREFIXES

HOSTILE = [
    '<img src=x onerror="window.hit=1">',
    "</script><script>window.hit=2</script>",
    '" onmouseover="window.hit=3',
    "href='x' <a href=javascript:window.hit=4>",
    "<!--<script>",
    "{{ 7*7 }}",
    "\u2028\u2029&amp;",
]


class Elements(HTMLParser):
    """The elements of a page as a browser would find them: tag, attributes, text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("", {}, ""))  # What follows belongs to no element that has ended.

    def handle_data(self, data: str) -> None:
        if self.found:
            tag, attributes, text = self.found[-1]
            self.found[-1] = (tag, attributes, text + data)

    def all(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attributes, text) for name, attributes, text in self.found if name == tag]


def data_of(html: str) -> dict[str, Any]:
    """The JSON that the page carries."""
    found: dict[str, Any] = json.loads(
        next(text for attributes, text in Elements(html).all("script") if attributes.get("type") == "application/json")
    )
    return found


def lines_of(picture: Picture) -> list[tuple[str, str, str, int]]:
    """Lines in words: from, label, to, number of claims."""
    labels = {actor.id: actor.label for actor in picture.actors}
    return sorted((labels[line.source], line.label, labels[line.target], len(line.claims)) for line in picture.lines)


def line(picture: Picture, label: str) -> Line:
    return next(line for line in picture.lines if line.label == label)


@pytest.fixture(scope="module")
def picture() -> Picture:
    return read_picture(small_world().graph())


@pytest.fixture(scope="module")
def page() -> str:
    return draw(small_world().graph())


# ---- lines -----------------------------------------------------------------------------------------


def test_a_line_is_one_pair_one_relation_and_one_stance(picture: Picture) -> None:
    assert lines_of(picture) == [
        ("Norland", "imposes sanctions on", "Süderia", 1),
        ("Norland", "is a member of", "Union of the Straits", 1),
        ("Norland", "signs", "Straits Accord", 1),
        ("Norland", "signs", "Süderia", 1),
        ("Norland", "✕ aids · denied", "Süderia", 1),
        ("Süderia", "criticises · possible", "Norland", 1),
        ("Süderia", "signs", "Straits Accord", 1),
        ("Åsa Ek", "foreign minister of", "Norland", 1),
        ("Åsa Ek", "meets", "Bo Lund", 2),
        ("Åsa Ek", "meets · planned", "Bo Lund", 1),
    ]


def test_a_denied_claim_is_drawn_as_denied(picture: Picture) -> None:
    denied = line(picture, "✕ aids · denied")
    assert (denied.stance, [picture.evidence[claim].polarity for claim in denied.claims]) == (
        "denied",
        ["Negated"],
    )


def test_what_goes_both_ways_has_no_direction(picture: Picture) -> None:
    assert (line(picture, "meets").directed, line(picture, "imposes sanctions on").directed) == (False, True)


def test_a_line_has_the_quad_of_the_nearest_class_that_has_one(picture: Picture) -> None:
    assert {each.verb: each.quad for each in picture.lines} == {
        "meets": "VerbalCooperation",
        "imposes sanctions on": "MaterialConflict",
        "aids": "MaterialCooperation",
        "criticises": "VerbalConflict",
        "is a member of": "Relation",
        "foreign minister of": "Relation",
        "signs": "VerbalCooperation",
    }


def test_several_events_of_a_pair_are_one_line_with_their_number() -> None:
    world = World()
    world.actor("Norland"), world.actor("Süderia")
    for _ in range(3):
        world.says(
            world.article("News"),
            "Norland sanctioned Süderia.",
            "sanctioned",
            "ImposeSanctions",
            actor=("Norland",),
            recipient=("Süderia",),
        )
    assert lines_of(read_picture(world.graph())) == [("Norland", "imposes sanctions on ×3", "Süderia", 3)]


def test_a_claim_that_names_other_actors_is_no_evidence_for_a_pair() -> None:
    world = World()
    for name in ("Ek", "Lund", "Moss"):
        world.actor(name, "Person")
    article = world.article("News")
    world.event(
        "talks",
        "Meeting",
        {"participant": ("Ek", "Lund", "Moss")},
        [
            world.claim(article, "Ek met Lund.", "met", "Meeting", {"participant": ("Ek", "Lund")}),
            world.claim(
                article,
                "Ek did not meet Moss.",
                "meet",
                "Meeting",
                {"participant": ("Ek", "Moss")},
                polarity="Negated",
            ),
        ],
    )
    assert lines_of(read_picture(world.graph())) == [
        ("Ek", "meets", "Lund", 1),
        ("Ek", "✕ meets · denied", "Moss", 1),
    ]


def test_a_mediator_and_those_it_brings_together_are_the_ends_of_one_event() -> None:
    world = World()
    for name in ("Norland", "Süderia", "Vestmark"):
        world.actor(name)
    world.says(
        world.article("News"),
        "Vestmark mediated between Norland and Süderia.",
        "mediated",
        "Mediation",
        actor=("Vestmark",),
        participant=("Norland", "Süderia"),
    )
    picture = read_picture(world.graph())
    labels = {actor.id: actor.label for actor in picture.actors}
    assert [[[labels[one] for one in side] for side in line.sides] for line in picture.lines] == [
        [["Vestmark"], ["Norland", "Süderia"]]
    ]


def test_a_theme_is_joined_with_the_actor_only_where_nobody_receives() -> None:
    world = World()
    world.actor("Norland"), world.actor("Süderia"), world.actor("Strait Bridge", "Project")
    article = world.article("News")
    world.says(
        article,
        "Norland left the Strait Bridge.",
        "left",
        "Withdraw",
        actor=("Norland",),
        theme=("Strait Bridge",),
    )
    world.says(
        article,
        "Norland aids Süderia over the Strait Bridge.",
        "aids",
        "ProvideAid",
        actor=("Norland",),
        recipient=("Süderia",),
        theme=("Strait Bridge",),
    )
    assert lines_of(read_picture(world.graph())) == [
        ("Norland", "aids", "Süderia", 1),
        ("Norland", "withdraws from", "Strait Bridge", 1),
    ]


def test_a_symmetric_relation_is_one_line_whoever_is_named_first() -> None:
    world = World()
    world.actor("Norland"), world.actor("Süderia")
    for pair in (("Norland", "Süderia"), ("Süderia", "Norland")):
        world.claim(
            world.article("News"),
            "They are allies.",
            "allies",
            "allyOf",
            {"subject": pair[:1], "object": pair[1:]},
        )
    assert lines_of(read_picture(world.graph())) == [("Norland", "is an ally of", "Süderia", 2)]


def test_a_statement_draws_no_line() -> None:
    world = World()
    world.actor("Norland"), world.actor("Ek", "Person")
    world.claim(
        world.article("News"),
        "Ek spoke of Norland.",
        "spoke",
        "Statement",
        {"subject": ("Ek",), "object": ("Norland",)},
    )
    assert read_picture(world.graph()).lines == ()


def test_what_no_line_stands_for_is_in_the_panel_of_who_says_or_does_it() -> None:
    world = small_world()
    article = world.article("News")
    world.claim(article, "Bo Lund said so.", "said", "Statement", {}, speaker="Bo Lund", cue="said")
    world.claim(article, "Somebody said so.", "said", "Statement", {}, speaker="Somebody", cue="said")
    world.says(article, "Norland threatened somebody.", "threatened", "Criticize", actor=("Norland",))
    picture = read_picture(world.graph())
    labels = {actor.id: actor.label for actor in picture.actors}
    asides = {
        labels[actor]: [(one.verb, picture.said[one.claim].sentence) for one in some]
        for actor, some in picture.asides.items()
    }
    assert asides == {
        "Norland": [("criticises", "Norland threatened somebody.")],
        "Bo Lund": [("says", "Bo Lund said so.")],
    }
    assert picture.counts == Counts(total=12, drawn=9, statements=1, one_sided=1, elsewhere=1)


def test_a_claim_shows_its_amounts_in_the_words_of_the_article_with_their_change() -> None:
    world = World()
    world.actor("Norland"), world.actor("Süderia")
    article = world.article("News")
    claim = world.claim(article, "Trade rose.", "Trade", "allyOf", {"subject": ("Norland",), "object": ("Süderia",)})
    sums = (("9 mln dlrs", "9000000", 'dip:unit "USD" ; dip:change 12.5'), ("3 ships", "3", 'dip:unit "ships"'))
    for start, (words, value, more) in enumerate(sums):
        world.articles[article].append(
            f"{claim} dip:amount <{article}/quantity/{start}> . <{article}/quantity/{start}> a dip:Quantity ; "
            f'dip:text "{words}" ; oa:start {start} ; dip:value {value}.0 ; {more} .'
        )
    [evidence] = read_picture(world.graph()).evidence.values()
    assert evidence.amount == "9 mln dlrs (+12.5 %); 3 ships"


# ---- stance and evidence ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("polarity", "modality", "certainty", "status", "drawn"),
    [
        ("Affirmed", "Actual", "Unspecified", "Reported", "actual"),
        ("Affirmed", "Actual", "Probable", None, "actual"),
        ("Affirmed", "Actual", "PossiblyTrue", "Reported", "possible"),
        ("Affirmed", "Planned", "Certain", "Planned", "planned"),
        ("Affirmed", "Planned", "Certain", "Cancelled", "denied"),
        ("Affirmed", "Requested", "Unspecified", "Reported", "planned"),
        ("Affirmed", "Conditional", "Unspecified", "Reported", "possible"),
        ("Negated", "Actual", "Certain", "Contested", "denied"),
        ("Negated", "Planned", "Certain", "Reported", "denied"),
        ("Affirmed", "Unheard", "Unspecified", "Reported", "possible"),
        ("", "", "", None, "possible"),
    ],
)
def test_only_what_is_plainly_affirmed_is_drawn_as_fact(
    polarity: str, modality: str, certainty: str, status: str | None, drawn: str
) -> None:
    assert stance(polarity, modality, certainty, status) == drawn


def test_a_fact_that_may_have_been_misread_is_drawn_as_possible() -> None:
    assert [stance("Affirmed", "Actual", "Certain", None, unsure=unsure) for unsure in (False, True)] == [
        "actual",
        "possible",
    ]


def test_the_evidence_says_who_said_what_where_and_how(picture: Picture) -> None:
    claim = picture.evidence[line(picture, "✕ aids · denied").claims[0]]
    assert (
        claim.sentence,
        claim.mark,
        claim.speaker,
        claim.cue,
        claim.polarity,
        claim.modality,
        claim.status,
    ) == (
        "Norland has not sent aid to Süderia, Åsa Ek said.",
        (16, 24),
        "Åsa Ek",
        "said",
        "Negated",
        "Actual",
        "Denied",
    )
    assert picture.sources[claim.article].title == "Norland denies aid"


def test_a_claim_without_a_date_has_that_of_its_event(picture: Picture) -> None:
    assert [picture.evidence[claim].when for claim in line(picture, "meets").claims] == [
        "2031-03-04",
        "2031-03-04",
    ]


@pytest.mark.parametrize(
    ("trigger", "start", "marked"),
    [("met", 3, "met"), ("met", 40, "met"), ("met", -2, "met"), ("absent", 3, None), ("", 3, None)],
)
def test_a_trigger_is_marked_where_it_stands_and_nowhere_else(trigger: str, start: int, marked: str | None) -> None:
    sentence = "Ek met Lund."
    found = find_trigger(sentence, trigger, start, start + len(trigger))
    assert (sentence[slice(*found)] if found else None) == marked


def test_a_trigger_of_several_words_is_marked_with_those_between() -> None:
    sentence = "The member states called the envoy back."
    assert find_trigger(sentence, "called back", 18, 39) == (18, 39)


def test_marks_are_in_order_and_none_lies_on_another() -> None:
    sentence = "Norland's minister Ek met Lund."
    spans = [(10, 21, "theme"), (0, 21, "actor"), (26, 30, "recipient"), (0, 30, "speaker"), (90, 99, "theme")]
    assert marks(sentence, (22, 25), spans) == (
        (0, 9, "actor"),
        (10, 21, "theme"),
        (22, 25, "trigger"),
        (26, 30, "recipient"),
    )


# ---- actors ----------------------------------------------------------------------------------------


def test_the_actor_with_most_claims_comes_first(picture: Picture) -> None:
    assert [(actor.label, actor.kind, actor.claims, actor.degree) for actor in picture.actors] == [
        ("Norland", "state", 6, 7),
        ("Süderia", "state", 4, 5),
        ("Åsa Ek", "person", 4, 3),
        ("Bo Lund", "person", 3, 2),
        ("Straits Accord", "other", 1, 2),
        ("Union of the Straits", "organisation", 1, 1),
    ]


def test_an_actor_keeps_all_its_names_and_its_wikidata_number(picture: Picture) -> None:
    norland = picture.actors[0]
    assert (norland.names, norland.wikidata, norland.cls) == (("Nordhavn", "Norlandic"), "Q20", "state")


# ---- the page --------------------------------------------------------------------------------------


def test_the_same_graph_gives_the_same_bytes_under_any_hash_seed() -> None:
    script = (
        "import hashlib, world; from kgbuild.ask.network import draw; "
        "print(hashlib.sha256(draw(world.large_world(30, 60).graph()).encode()).hexdigest())"
    )
    paths = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[2])])
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths},
        ).stdout
        for seed in ("1", "2")
    }
    assert digests == {hashlib.sha256(draw(large_world(30, 60).graph()).encode()).hexdigest() + "\n"}


def test_the_data_holds_every_actor_line_and_claim(page: str, picture: Picture) -> None:
    data = data_of(page)
    assert (
        [node["id"] for node in data["nodes"]],
        [edge["id"] for edge in data["edges"]],
        set(data["claims"]),
    ) == ([actor.id for actor in picture.actors], [each.id for each in picture.lines], set(picture.evidence))


def test_the_page_opens_with_the_number_of_actors_that_was_asked_for() -> None:
    assert data_of(draw(small_world().graph(), top=3))["top"] == 3


def test_only_the_pages_own_scripts_and_style_may_run(page: str) -> None:
    elements = Elements(page)
    policy = next(
        attributes["content"] or ""
        for attributes, _ in elements.all("meta")
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    scripts = [text for attributes, text in elements.all("script") if not attributes]
    hashed = [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in [*scripts, elements.all("style")[0][1]]
    ]
    assert policy == (
        f"default-src 'none'; script-src {hashed[0]} {hashed[1]}; style-src {hashed[2]}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def test_the_page_refers_to_nothing_outside_but_the_articles(page: str) -> None:
    found = Elements(page).found
    assert [attributes["src"] for _, attributes, _ in found if "src" in attributes] == []
    assert {attributes["href"] for _, attributes, _ in found if "href" in attributes} == {
        "data:,",
        "https://news.example/ministers",
    }
    assert "sourceMappingURL" not in page


def test_a_claim_tells_the_page_what_it_is_read_from_and_when(page: str) -> None:
    data = data_of(page)
    claim = next(claim for claim in data["claims"].values() if claim["index"] == 1)
    assert data["sentences"][claim["article"]]["1"] == "Åsa Ek held talks with Bo Lund on Tuesday."
    assert (claim["marks"], claim["when"], claim["begin"], claim["end"]) == (
        [[0, 6, "participant"], [7, 17, "trigger"], [23, 30, "participant"]],
        "2031-03-04",
        "2031-03-04",
        "2031-03-04",
    )


def test_the_page_carries_each_sentence_once_and_those_beside_it_without_their_middle() -> None:
    world, long = World(), "Nobody came. " * 100
    parties = (world.actor("Norland"), world.actor("Süderia"))
    article = world.article("Talks")
    world.claim(article, "Far off.", "off", "Statement", {})
    world.claim(article, long, "came", "Statement", {})
    world.says(article, "Norland met Süderia and left.", "met", "Meeting", participant=parties)
    world.says(article, "Norland met Süderia twice.", "met", "Meeting", participant=parties)
    assert data_of(draw(world.graph()))["sentences"] == {
        article.removeprefix(PREFIXES["id"]): {
            "2": f"{long[:300]} … {long[-300:]}",
            "3": "Norland met Süderia and left.",
            "4": "Norland met Süderia twice.",
        }
    }


def test_an_article_tells_the_page_of_which_it_is_a_reprint() -> None:
    world = small_world()
    original, reprint = world.articles
    world.things.append(f"<{reprint}> dip:reprintOf <{original}> .")
    found = data_of(draw(world.graph()))["articles"]
    assert {key: (article.get("original"), article.get("agency")) for key, article in found.items()} == {
        original.removeprefix(PREFIXES["id"]): (None, None),
        reprint.removeprefix(PREFIXES["id"]): (original.removeprefix(PREFIXES["id"]), "The Observer"),
    }


def test_a_line_tells_the_page_its_pair_and_how_friendly_it_is(page: str) -> None:
    edges = {edge["label"]: (edge["pair"], edge["score"]) for edge in data_of(page)["edges"]}
    assert (edges["meets"], edges["is a member of"]) == (("thing2 -- thing3", 2.5), ("thing0 -- thing4", None))


def test_a_state_tells_the_page_its_flag(page: str) -> None:
    data = data_of(page)
    flags = {node["label"]: node["iso2"] for node in data["nodes"]}
    assert (flags["Norland"], flags["Süderia"], list(data["flags"])) == ("no", None, ["no"])


def test_a_flag_is_a_drawing_and_nothing_more() -> None:
    from kgbuild.ask.page import FOLDER

    drawn = json.loads((FOLDER / "flags" / "flags.json").read_text(encoding="utf-8"))
    elements = [element for flag in drawn.values() for element in Elements(flag).found if element[0]]
    assert {tag for tag, _, _ in elements} == {"svg", "g", "path", "circle", "ellipse"}
    assert {name for _, attributes, _ in elements for name in attributes} <= {
        *("xmlns", "viewbox", "d", "fill", "fill-rule", "clip-rule", "cx", "cy", "r", "rx", "ry", "opacity"),
        *("stroke", "stroke-width", "stroke-linejoin", "stroke-miterlimit"),
    }
    assert not any("url" in (value or "") for _, attributes, _ in elements for value in attributes.values())


def test_those_who_have_to_do_with_each_other_are_one_community() -> None:
    world = World()
    for name in ("Ek", "Lund", "Moss", "Holm"):
        world.actor(name, "Person")
    article = world.article("News")
    for pair, polarity in ((("Ek", "Lund"), "Affirmed"), (("Moss", "Holm"), "Affirmed"), (("Ek", "Moss"), "Negated")):
        for _ in range(2):
            world.says(article, "They met.", "met", "Meeting", participant=pair, polarity=polarity)
    actors = read_picture(world.graph()).actors
    assert {actor.label: actor.community for actor in actors} == {"Ek": 0, "Lund": 0, "Moss": 1, "Holm": 1}


def test_long_data_is_packed_and_the_same_each_time() -> None:
    from kgbuild.ask.page import packed

    text = '{"a":"' + "ä" * 600_000 + '"}'
    form, content = packed(text)
    assert (form, gzip.decompress(base64.b64decode(content)).decode()) == ("application/gzip", text)
    assert (packed(text), packed("{}")) == ((form, content), ("application/json", "{}"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_no_element(text: str, page: str) -> None:
    world = World()
    world.actor(text), world.actor("Lund", "Person", text)
    world.says(
        world.article(text, publisher=text, url=f"https://news.example/{text}"),
        f"{text} met {text}",
        text,
        "Meeting",
        participant=(text, "Lund"),
        speaker=text,
        cue=text,
    )
    hostile = Elements(draw(world.graph(), title=text))
    assert [tag for tag, _, _ in hostile.found if tag in {"script", "img", "style", "iframe"}] == [
        "style",
        "script",
        "script",
        "script",
    ]
    assert {tag for tag, _, _ in hostile.found} == {tag for tag, _, _ in Elements(page).found}
    assert not any(name.startswith("on") for _, attributes, _ in hostile.found for name in attributes)
    assert hostile.all("title")[0][1] == text


def test_the_data_survives_hostile_text_unchanged() -> None:
    world = World()
    text = "".join(HOSTILE)
    world.actor(text), world.actor("Lund", "Person")
    world.says(world.article("News"), text, text, "Meeting", participant=(text, "Lund"))
    html = draw(world.graph())
    assert [node["label"] for node in data_of(html)["nodes"]] == [text, "Lund"]
    assert not re.search("[<>&\u2028\u2029]", next(t for a, t in Elements(html).all("script") if a.get("type")))


def test_only_addresses_of_the_web_become_links() -> None:
    from kgbuild.ask.page import web_link

    assert {
        url: web_link(url)
        for url in (
            "https://a.example/x?y=1",
            "http://a.example",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "//a.example",
            "file:///etc/passwd",
            "http://[broken",
            "https:",
            "",
            " javascript:alert(1)",
        )
    } == {
        "https://a.example/x?y=1": "https://a.example/x?y=1",
        "http://a.example": "http://a.example",
        "javascript:alert(1)": None,
        "JaVaScRiPt:alert(1)": None,
        "data:text/html,x": None,
        "//a.example": None,
        "file:///etc/passwd": None,
        "http://[broken": None,
        "https:": None,
        "": None,
        " javascript:alert(1)": None,
    }


def table(page: str, number: int) -> list[list[str]]:
    """The cells of a table without JavaScript, row by row."""
    found = Elements(page[page.index("<noscript>") : page.index("</noscript>")].split("<table")[number + 1]).found
    rows: list[list[str]] = []
    for tag, _, text in found:
        if tag == "tr":
            rows.append([])
        elif tag in {"td", "th"}:
            rows[-1].append(text)
        elif tag == "a":
            rows[-1][-1] += text
    return rows


def test_without_javascript_there_is_a_table_of_every_claim(page: str) -> None:
    rows = table(page, 2)
    assert len(rows) == 1 + 11
    assert rows[1] == [
        "Åsa Ek",
        "meets",
        "Bo Lund",
        "Åsa Ek held talks with Bo Lund on Tuesday.",
        "the article",
        "2031-03-04",
        "Ministers meet in Nordhavn",
    ]


def test_without_javascript_a_summary_says_how_much_there_is_and_who_matters(page: str) -> None:
    assert (
        "6 actors, 10 relations, 9 claims, 2 articles, about the days from 2031-03-04 to 2031-05-28." in page,
        table(page, 0)[:3],
        table(page, 1)[:4],
    ) == (
        True,
        [["Actor", "Class", "Relations", "Claims"], ["Norland", "state", "7", "6"], ["Süderia", "state", "5", "4"]],
        [
            ["Relation", "Claims", "as fact", "planned, requested", "possible", "denied, cancelled"],
            ["meets", "3", "2", "1", "0", "0"],
            ["aids", "1", "0", "0", "0", "1"],
            ["criticises", "1", "0", "0", "1", "0"],
        ],
    )


def test_a_graph_without_relations_gives_a_page_that_says_so() -> None:
    html = draw(World().graph())
    assert [text for _, text in Elements(html).all("h2")] == ["No claims found between two actors"]


def test_the_page_is_written_whole_and_nothing_else_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    path = write_page(small_world().graph(), tmp_path / "out" / "network.html", title="Straits")
    assert (list(work.iterdir()), list(path.parent.iterdir())) == ([], [path])
    assert path.read_text(encoding="utf-8") == draw(small_world().graph(), title="Straits")


def test_a_page_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "network.html"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(KgbuildError, match="disk full"):
        write_page(small_world().graph(), path)
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("network.html", "old")]


def test_importing_the_module_brings_neither_pyvis_nor_spacy() -> None:
    script = "import sys, kgbuild.ask.network; print(sorted({'pyvis', 'IPython', 'spacy'} & set(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert run.stdout == "[]\n"
