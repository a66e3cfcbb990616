"""The picture and the panel of the network page in a real browser: what is drawn, how it reads, what is taken along."""

from __future__ import annotations

import base64
import itertools
import math
import re
import statistics
from collections.abc import Iterator

import pytest
from world import World, large_world, small_world

pytest.importorskip("selenium", reason="selenium is not installed: pip install kgbuild[test]")

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from test_page import Reader, actor_id, line_id, reader, screenshot, small  # noqa: F401  # fixtures

from kgbuild.ask.page import FOLDER
from kgbuild.ask.picture import read_picture

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(screenshot.find_browser() is None, reason="no chromium with chromedriver on this machine"),
]

OPEN = "kgbuild.select(arguments[0])"


def talks(*months: str, lines: int = 60) -> World:
    """Two states that meet and quarrel by month, and enough others that pairs are drawn as one line."""
    world = World()
    for name in ("Arland", "Borland", *(f"Isle {number}" for number in range(lines))):
        world.actor(name, "State")
    article = world.article("Months of talks")
    for month in months:
        world.says(
            article, f"Arland met Borland in {month}.", "met", "Meeting", participant=("Arland", "Borland"), when=month
        )
    stances = ({}, {"modality": "Planned"}, {"polarity": "Negated"})
    for stance in stances:
        world.says(
            article,
            "Arland criticised Borland.",
            "criticised",
            "Criticize",
            actor=("Arland",),
            recipient=("Borland",),
            **stance,
        )
    for number in range(lines):
        world.says(
            article, f"Arland aids Isle {number}.", "aids", "ProvideAid", actor=("Arland",), recipient=(f"Isle {number}",)
        )
    return world


TALKS = talks("2031-01", "2031-03")
PAIR = f"{actor_id(TALKS, 'Arland')} -- {actor_id(TALKS, 'Borland')}"


@pytest.fixture
def crowd(reader: Reader) -> Reader:  # noqa: F811
    reader.open(TALKS)
    return reader


def boxes(reader: Reader) -> list[dict[str, float]]:  # noqa: F811
    return list(reader.js("kgbuild.labels().map((label) => label.box)"))


def apart(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["right"] <= other["left"]
        or other["right"] <= one["left"]
        or one["bottom"] <= other["top"]
        or other["bottom"] <= one["top"]
    )


# ---- words in the picture --------------------------------------------------------------------------


@pytest.mark.parametrize("world", [small_world(), large_world(60, 200)], ids=["small", "large"])
def test_no_label_lies_on_another(reader: Reader, world: World) -> None:  # noqa: F811
    reader.open(world)
    assert all(apart(one, other) for one, other in itertools.combinations(boxes(reader), 2))


def test_every_actor_and_every_line_of_a_small_picture_carries_its_words(small: Reader) -> None:  # noqa: F811
    picture = read_picture(small_world().graph())
    assert set(small.js("kgbuild.labels().map((label) => label.key)")) == {
        each.id for each in (*picture.actors, *picture.lines)
    }


def test_the_weightiest_actors_of_a_large_picture_are_named(reader: Reader) -> None:  # noqa: F811
    world = large_world(120, 500)
    reader.open(world)
    names = reader.js("kgbuild.labels().filter(({of}) => of === 'actor').map(({key, ink}) => [key, ink])")
    loud = {key for key, ink in names if ink == "text"}
    assert {actor.id for actor in read_picture(world.graph()).actors[:8]} <= loud
    assert len(loud) <= 40 < len(names)


def test_no_label_lies_under_the_legend(reader: Reader) -> None:  # noqa: F811
    reader.open(large_world(60, 200))
    legend = reader.js(
        """(({left, right, top, bottom}, y) => ({left, right, top: top - y, bottom: bottom - y}))(
        document.getElementById('legend').getBoundingClientRect(),
        document.getElementById('picture').getBoundingClientRect().top)"""
    )
    assert all(apart(legend, box) for box in boxes(reader))


def test_a_line_passes_round_the_actors_that_it_does_not_join(reader: Reader) -> None:  # noqa: F811
    reader.open(large_world(60, 200))
    straight, bent = reader.js(
        """(() => {
        const {network, nodes, edges} = kgbuild, places = network.getPositions();
        const met = (line, aside) => {
          const [a, b] = [places[line.from], places[line.to]], turn = aside * Math.PI / 2, reach = (1 + Math.abs(aside)) / 2;
          const [dx, dy] = [b.x - a.x, b.y - a.y];
          const pull = {x: a.x + reach * (dx * Math.cos(turn) + dy * Math.sin(turn)),
                        y: a.y + reach * (dy * Math.cos(turn) - dx * Math.sin(turn))};
          const others = nodes.get().filter(({id}) => id !== line.from && id !== line.to);
          return others.filter(({id, size}) => [...Array(40).keys()].some((step) => {
            const t = step / 40, at = (axis) => (1 - t) ** 2 * a[axis] + 2 * t * (1 - t) * pull[axis] + t * t * b[axis];
            return Math.hypot(at('x') - places[id].x, at('y') - places[id].y) < size;
          })).length;
        };
        const sum = (bends) => edges.get().reduce((all, line) =>
          all + met(line, bends ? (line.smooth.type === 'curvedCCW' ? -1 : 1) * line.smooth.roundness : 0), 0);
        return [sum(false), sum(true)];
        })()"""
    )
    assert bent <= straight / 3


def test_on_a_phone_the_picture_stands_upright_and_so_does_its_print(reader: Reader) -> None:  # noqa: F811
    size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": False}
    reader.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        reader.open(large_world(60, 200))
        width, height = reader.js(
            """(() => {
            const places = Object.values(kgbuild.network.getPositions());
            return ['x', 'y'].map((axis) => kgbuild.network.getScale()
              * (Math.max(...places.map((place) => place[axis])) - Math.min(...places.map((place) => place[axis]))));
            })()"""
        )
        sheet = reader.js("kgbuild.pictureSvg().getAttribute('viewBox')")
    finally:
        reader.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert (200 < width < 390, height > 400, sheet) == (True, True, "0 0 1100 1500")


def test_no_actor_lies_on_another(reader: Reader) -> None:  # noqa: F811
    reader.open(large_world(80, 300))
    gaps = reader.js(
        """(() => {
        const spots = kgbuild.nodes.get().map(({id, x, y, size}) => ({...kgbuild.network.getPositions([id])[id], size}));
        return spots.flatMap((a, i) => spots.slice(0, i).map((b) => Math.hypot(a.x - b.x, a.y - b.y) - a.size - b.size));
        })()"""
    )
    assert min(gaps) > 0


@pytest.mark.parametrize(
    "change", ["kgbuild.focusOn(arguments[0])", "kgbuild.expand(arguments[0])", "kgbuild.hide(arguments[0])"]
)
def test_every_actor_in_view_is_painted(reader: Reader, change: str) -> None:  # noqa: F811
    world = large_world(80, 300)
    reader.open(world, top=20)
    reader.js(change, read_picture(world.graph()).actors[1].id)
    screenshot.wait_until_drawn(reader.browser)
    reader.browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    unpainted = reader.js(
        """(() => {
        const {network, nodes} = kgbuild, canvas = document.querySelector('#picture canvas'), pen = canvas.getContext('2d');
        const ratio = canvas.width / canvas.clientWidth, places = network.getPositions();
        return nodes.get().filter(({id, color}) => {
          const {x, y} = network.canvasToDOM(places[id]), pixels = pen.getImageData(x * ratio - 4, y * ratio - 4, 9, 9).data;
          const wanted = color.background.match(/[0-9a-f]{2}/g).map((part) => parseInt(part, 16)).join();
          return ![...Array(81).keys()].some((at) => pixels.slice(4 * at, 4 * at + 3).join() === wanted);
        }).map(({id}) => id);
        })()"""
    )
    assert unpainted == []


STOOD = """(() => {
    const {network, nodes} = kgbuild, places = network.getPositions();
    const width = document.getElementById("picture").clientWidth;
    const share = (id) => { const {x, y} = network.canvasToDOM(places[id]); return [x / width, y / width]; };
    return Object.fromEntries(nodes.getIds().map((id) => [id, share(id)]));
    })()"""


@pytest.mark.parametrize(("many", "pairs"), [(12, 14), (60, 120)])
def test_one_article_more_moves_those_who_are_there_little(many: int, pairs: int, reader: Reader) -> None:  # noqa: F811
    world = large_world(many, pairs)
    reader.open(world)
    before = reader.js(STOOD)
    one, other = list(world.actors)[1:3]
    more = world.article("One dispatch more")
    world.says(more, f"{one} met {world.actor('Ida Falk', 'Person')}.", "met", "Meeting", participant=(one, "Ida Falk"))
    world.says(more, f"{one} met {other}.", "met", "Meeting", participant=(one, other))
    reader.open(world)
    after = reader.js(STOOD)
    assert len(after) == len(before) + 1
    assert statistics.median(math.dist(before[id], after[id]) for id in before) < 0.08


# ---- bundles ---------------------------------------------------------------------------------------


def test_in_a_large_picture_a_pair_is_one_line_with_its_counts(crowd: Reader) -> None:
    between = crowd.js(
        """kgbuild.edges.get().filter(({from, to}) => [from, to].every((end) => arguments[0].includes(end)))
        .map(({id}) => id)""",
        [actor_id(TALKS, "Arland"), actor_id(TALKS, "Borland")],
    )
    assert between == [PAIR]
    assert crowd.js("kgbuild.strand(arguments[0]).label", PAIR) == "4 relations · 5 claims · ✕ 1 denied"
    assert crowd.text("#shown") == "62 actors, 61 lines: 65 of 65 claims"


def test_the_weightiest_bundles_carry_their_verbs_and_others_the_number_of_their_relations(crowd: Reader) -> None:
    words = "kgbuild.labels().find(({key}) => key === arguments[0]).rows"
    assert (crowd.js(words, PAIR), crowd.text("#legend .bundled")) == (
        ["criticises 2, meets 2"],
        "2\nso many relations in one line",
    )


def test_what_the_mouse_is_on_is_told_with_its_three_weightiest_verbs(crowd: Reader) -> None:
    crowd.point(PAIR, click=False)
    assert crowd.text("#hover").split("\n") == [
        "Arland – Borland",
        *("criticises", "2", "meets", "2", "✕ criticises", "1"),
        "5 claims: click to read",
    ]


@pytest.mark.parametrize("end", ["a click", "leaving", "a key", "another picture"])
def test_what_is_told_of_a_line_goes_when_the_mouse_does_anything_else(crowd: Reader, end: str) -> None:
    crowd.point(PAIR, click=False)
    told = crowd.shows("#hover")
    if end == "a click":
        crowd.point(PAIR, click=True)
    elif end == "leaving":
        ActionChains(crowd.browser).move_to_element(crowd.browser.find_element(By.CSS_SELECTOR, "h1")).pause(0.3).perform()
    elif end == "a key":
        crowd.type("0")
    else:
        crowd.js("kgbuild.hide(arguments[0])", actor_id(TALKS, "Isle 1"))
    assert (told, crowd.shows("#hover")) == (True, False)


def test_where_pairs_are_many_the_lightest_are_not_drawn_and_the_header_says_so(reader: Reader) -> None:  # noqa: F811
    reader.open(large_world(200, 2000))
    drawn = reader.js("kgbuild.edges.length")
    assert 180 <= drawn < 260
    assert re.fullmatch(rf".* actors, {drawn} lines: .* Not drawn: [\d,]+ of other actors and lines", reader.text("#shown"))


def test_a_bundle_is_drawn_as_fact_in_the_two_tones_of_what_is_claimed_as_fact(crowd: Reader) -> None:
    assert crowd.js("(({stance, tones}) => [stance, tones])(kgbuild.strand(arguments[0]))", PAIR) == [
        "actual",
        [{"quad": "VerbalCooperation", "claims": 2}, {"quad": "VerbalConflict", "claims": 1}],
    ]


def test_a_bundle_of_two_tones_is_painted_in_both_and_drawn_in_both(crowd: Reader) -> None:
    tones = [
        crowd.js(f"getComputedStyle(document.documentElement).getPropertyValue('--quad-{quad}').trim()")
        for quad in ("VerbalCooperation", "VerbalConflict")
    ]
    crowd.browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    painted = crowd.js(
        """(() => {
        const canvas = document.querySelector('#picture canvas'), {width, height} = canvas;
        const pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data;
        const found = new Set();
        for (let at = 0; at < pixels.length; at += 4)
          found.add((pixels[at] << 16 | pixels[at + 1] << 8 | pixels[at + 2]).toString(16).padStart(6, '0'));
        return arguments[0].map((tone) => found.has(tone.slice(1)));
        })()""",
        tones,
    )
    drawn = crowd.js("new XMLSerializer().serializeToString(kgbuild.pictureSvg())")
    assert (painted, [f'stroke="{tone}"' in drawn for tone in tones]) == ([True, True], [True, True])


def test_the_chosen_pair_opens_into_its_lines(crowd: Reader) -> None:
    crowd.js(OPEN, PAIR)
    drawn = set(crowd.js("kgbuild.edges.getIds()"))
    lines = {line.id for line in read_picture(TALKS.graph()).lines if line.pair == PAIR}
    crowd.js("kgbuild.select(null)")
    assert (lines <= drawn, PAIR in drawn, PAIR in crowd.js("kgbuild.edges.getIds()")) == (True, False, True)


def test_a_click_on_a_bundle_lists_all_relations_with_their_evidence(crowd: Reader) -> None:
    crowd.point(PAIR, click=True)
    assert crowd.text("#panel .extent") == "4 relations · 5 claims · 1 article"
    assert crowd.texts("#panel .relations .verb") == [
        "meets ×2",
        "criticises",
        "✕ criticises · denied",
        "criticises · planned",
    ]
    assert crowd.texts("#panel .relations blockquote") == [
        "Arland met Borland in 2031-01.",
        "Arland met Borland in 2031-03.",
        "Arland criticised Borland.",
        "Arland criticised Borland.",
        "Arland criticised Borland.",
    ]


# ---- the panel -------------------------------------------------------------------------------------


def test_the_actors_and_the_trigger_of_a_claim_are_marked_in_its_sentence(reader: Reader) -> None:  # noqa: F811
    world = small_world()
    reader.open(world)
    reader.js(OPEN, line_id(world, "imposes sanctions on"))
    assert reader.texts("#panel mark.trigger") == ["imposed sanctions"]


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("imposes sanctions on", "The article states it as fact."),
        ("criticises · possible", "The article says it is possible."),
        ("meets · planned", "The article says it is planned."),
    ],
)
def test_a_claim_says_in_words_who_says_what_of_it(small: Reader, label: str, words: str) -> None:  # noqa: F811
    small.js(OPEN, line_id(small_world(), label))
    assert small.texts(".claim .stance") == [words]


def test_the_dossier_of_an_actor_has_offices_partners_time_and_counts(small: Reader) -> None:  # noqa: F811
    small.js(OPEN, actor_id(small_world(), "Åsa Ek"))
    assert small.texts("#panel .dossier dd") == [
        "foreign minister of Norland",
        "2031-03-04 to 2031-05",
        "Bo Lund (3)\nNorland (1)",
    ]
    assert small.texts("#panel .tally .name") == ["Cooperation in words", "Standing relation, office or vote"]


def test_the_top_partner_of_an_actor_leads_to_the_pair(small: Reader) -> None:  # noqa: F811
    small.js(OPEN, actor_id(small_world(), "Åsa Ek"))
    small.press("#panel .dossier dd:last-of-type .plain")
    assert small.texts("#panel .ends .actor") == ["Åsa Ek", "Bo Lund"]


def test_what_can_be_done_with_an_actor_is_done_from_its_panel(small: Reader) -> None:  # noqa: F811
    norland = actor_id(small_world(), "Norland")
    small.js(OPEN, norland)
    buttons = small.texts("#panel .actor-tools button")
    small.press("#panel .actor-tools [title='Take it out of the picture']")
    assert (buttons[:4], small.js("kgbuild.nodes.get(arguments[0])", norland)) == (["Focus", "Expand", "Pin", "Hide"], None)


def quarrel(*, dated: bool) -> World:
    """Two states that talk in January and quarrel in March, as reported in April."""
    world = World()
    world.actor("Arland"), world.actor("Borland")
    article = world.article("How they fell out", issued="2031-04-02")
    pair: dict[str, tuple[str, ...]] = {"participant": ("Arland", "Borland")}
    against: dict[str, tuple[str, ...]] = {"actor": ("Arland",), "recipient": ("Borland",)}
    met = world.claim(article, "Arland met Borland.", "met", "Meeting", pair, when="2031-01-10" if dated else "")
    blamed = world.claim(
        article, "Arland criticised Borland.", "criticised", "Criticize", against, when="2031-03" if dated else ""
    )
    world.event("talks", "Meeting", pair, [met], score=2.5)
    world.event("quarrel", "Criticize", against, [blamed], score=-2.0)
    return world


@pytest.mark.parametrize(
    ("dated", "caption", "told"),
    [
        (True, "by month", "2031-01: +2.5 in 1 claim; 2031-03: −2.0 in 1 claim"),
        (False, "by month of the report", "2031-04: +0.3 in 2 claims"),
    ],
)
def test_a_pair_shows_its_course_through_time(reader: Reader, dated: bool, caption: str, told: str) -> None:  # noqa: F811
    world = quarrel(dated=dated)
    reader.open(world)
    reader.js(OPEN, f"{actor_id(world, 'Arland')} -- {actor_id(world, 'Borland')}")
    shown = reader.js("document.querySelector('#panel .course').getAttribute('aria-label')")
    assert (reader.text("#panel figcaption"), shown) == (
        f"Conflict (down) to cooperation (up), {caption}",
        f"Course {caption}, from conflict (below 0) to cooperation: {told}",
    )


# ---- pointing --------------------------------------------------------------------------------------


def test_what_the_mouse_is_on_stands_out_with_its_neighbours(small: Reader) -> None:  # noqa: F811
    small.point(actor_id(small_world(), "Bo Lund"), click=False)
    drawn = small.js("Object.fromEntries(kgbuild.nodes.get().map(({id, opacity}) => [id, opacity]))")
    full = {id for id, opacity in drawn.items() if opacity == 1}
    assert full == {actor_id(small_world(), name) for name in ("Bo Lund", "Åsa Ek")}


def test_a_click_on_a_name_opens_its_actor(small: Reader) -> None:  # noqa: F811
    box = small.js(
        "kgbuild.labels().find((label) => label.key === arguments[0]).box", actor_id(small_world(), "Straits Accord")
    )
    small.click((box["left"] + box["right"]) / 2, (box["top"] + box["bottom"]) / 2)
    assert small.text("#panel h2") == "Straits Accord"


def test_a_double_click_brings_in_more_of_those_an_actor_deals_with(reader: Reader) -> None:  # noqa: F811
    world = large_world(60, 200)
    reader.open(world, top=10)
    before = reader.js("kgbuild.nodes.length")
    place = reader.js(
        "kgbuild.network.canvasToDOM(kgbuild.network.getPositions()[arguments[0]])", read_picture(world.graph()).actors[0].id
    )
    reader.move(place["x"], place["y"]).double_click().perform()
    screenshot.wait_until_drawn(reader.browser)
    assert reader.js("kgbuild.nodes.length") > before


# ---- to take along ---------------------------------------------------------------------------------


def test_the_svg_holds_every_actor_every_line_and_the_words(small: Reader) -> None:  # noqa: F811
    drawn = small.js("new XMLSerializer().serializeToString(kgbuild.pictureSvg())")
    titles = re.findall(r"<title>([^<]+)</title>", drawn)
    texts = re.findall(r"<text[^>]*>([^<]+)</text>", drawn)
    picture = read_picture(small_world().graph())
    assert len(titles) == 1 + len(picture.actors) + len(picture.lines)
    assert {"Straits", "6 actors, 10 lines: 9 of 9 claims", "Norland", "✕ aids · denied"} <= set(texts)


def test_hostile_names_stay_text_in_the_svg(reader: Reader) -> None:  # noqa: F811
    world = World()
    world.actor('<script href="x">&', "State"), world.actor("Lund", "Person")
    article = world.article("title")
    world.says(article, "They met.", "met", "Meeting", participant=('<script href="x">&', "Lund"))
    reader.open(world)
    drawn = reader.js("new XMLSerializer().serializeToString(kgbuild.pictureSvg())")
    assert ("<script" in drawn, "&lt;script" in drawn) == (False, True)


def test_the_png_is_the_picture_at_twice_its_size(small: Reader) -> None:  # noqa: F811
    address = small.browser.execute_async_script(
        """const done = arguments[0];
        kgbuild.picturePng().then((blob) => {
          const file = new FileReader();
          file.onload = () => done(file.result);
          file.readAsDataURL(blob);
        });"""
    )
    content = base64.b64decode(address.removeprefix("data:image/png;base64,"))
    assert (content[:4], [int.from_bytes(content[at : at + 4]) for at in (16, 20)]) == (b"\x89PNG", [3200, 2000])


@pytest.fixture
def printed(small: Reader) -> Iterator[Reader]:  # noqa: F811
    small.js(OPEN, line_id(small_world(), "meets"))
    small.js("dispatchEvent(new Event('beforeprint'))")
    small.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    yield small
    small.browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"media": "", "features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    )


def test_on_paper_stand_the_picture_and_the_panel_without_controls(printed: Reader) -> None:
    shown = printed.js(
        "Object.fromEntries(['#printed svg', '#panel', '#picture', '#controls', '#legend'].map((name) =>"
        " [name, document.querySelector(name).getClientRects().length > 0]))"
    )
    assert shown == {"#printed svg": True, "#panel": True, "#picture": False, "#controls": False, "#legend": False}


# ---- colours ---------------------------------------------------------------------------------------


def themes() -> dict[str, dict[str, str]]:
    """The colours of the light and of the dark theme, by name."""
    light, dark = FOLDER.joinpath("page.css").read_text(encoding="utf-8").split("prefers-color-scheme: dark")[:2]
    found = {"light": light, "dark": dark.partition("* {")[0]}
    return {name: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", css)) for name, css in found.items()}


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 has it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_colour_of_the_picture_stands_out_from_its_background(theme: str) -> None:
    colours = themes()[theme]

    def contrast(name: str) -> float:
        high, low = sorted((luminance(colours[name]), luminance(colours["background"])), reverse=True)
        return (high + 0.05) / (low + 0.05)

    weak = {name: round(contrast(name), 2) for name in colours if name.startswith(("quad-", "kind-")) and contrast(name) < 3}
    assert weak == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_who_does_not_see_red_or_green_tells_cooperation_from_conflict(theme: str) -> None:
    """Blue against yellow is what both see: the blue part of all cooperation is the larger, of all conflict the smaller."""
    colours = themes()[theme]

    def blueness(name: str) -> int:
        red, green, blue = (int(colours[name][at : at + 2], 16) for at in (1, 3, 5))
        return blue - max(red, green)

    signs = {name: blueness(f"quad-{name}") > 0 for name in ("MaterialCooperation", "VerbalCooperation")}
    against = {name: blueness(f"quad-{name}") < -60 for name in ("VerbalConflict", "MaterialConflict")}
    assert all(signs.values()) and all(against.values())
