"""The network page in a real browser: what a reader sees, and that nothing else happens."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from world import World, large_world, small_world

from kgbuild.ask.network import write_page
from kgbuild.ask.picture import read_picture

pytest.importorskip("selenium", reason="selenium is not installed: pip install kgbuild[test]")

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

HOSTILE = (
    '<img src=x onerror="window.hit=1"></script><script>window.hit=2</script> '
    'href="javascript:window.hit=3" " onmouseover="window.hit=4'
)


def load_screenshot() -> Any:
    """tests/bench/screenshot.py, which knows how to open a browser."""
    spec = importlib.util.spec_from_file_location("screenshot", Path(__file__).parents[1] / "bench" / "screenshot.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


screenshot = load_screenshot()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(screenshot.find_browser() is None, reason="no chromium with chromedriver on this machine"),
]


class Reader:
    """Someone who reads the page: looks, points, clicks and types."""

    def __init__(self, browser: Any, folder: Path) -> None:
        self.browser, self.folder = browser, folder

    def open(self, world: World, *, top: int = 120, title: str = "Straits") -> None:
        """Open the page of *world*, afresh."""
        page = write_page(world.graph(), self.folder / "network.html", top=top, title=title)
        self.browser.get("about:blank")
        self.browser.get_log("performance")
        self.browser.get_log("browser")
        screenshot.show(self.browser, page)

    def js(self, script: str, *arguments: object) -> Any:
        return self.browser.execute_script(f"return {script}", *arguments)

    def text(self, selector: str) -> str:
        return str(self.browser.find_element(By.CSS_SELECTOR, selector).text)

    def texts(self, selector: str) -> list[str]:
        return [each.text for each in self.browser.find_elements(By.CSS_SELECTOR, selector)]

    def shows(self, selector: str) -> bool:
        return bool(self.browser.find_element(By.CSS_SELECTOR, selector).is_displayed())

    def press(self, selector: str) -> None:
        self.browser.find_element(By.CSS_SELECTOR, selector).click()
        screenshot.wait_until_drawn(self.browser)

    def type(self, *keys: str) -> None:
        ActionChains(self.browser).send_keys(*keys).perform()
        screenshot.wait_until_drawn(self.browser)

    def point(self, id: str, *, click: bool) -> None:
        """Move the mouse onto an actor or a line where it alone is drawn, and perhaps click."""
        place = self.browser.execute_script(
            """
            const [id] = arguments, {network, nodes, edges} = kgbuild, places = network.getPositions();
            const ends = edges.get(id) ? [edges.get(id).from, edges.get(id).to] : [id, id];
            const [a, b] = ends.map((end) => network.canvasToDOM(places[end]));
            const alone = (x, y) => {
              const node = network.getNodeAt({x, y});
              return edges.get(id) ? !node && network.getEdgeAt({x, y}) === id : node === id;
            };
            const well = (x, y) => [[0, 0], [2, 0], [-2, 0], [0, 2], [0, -2]].every(([a, b]) => alone(x + a, y + b));
            for (let along = 0.5, step = 0; step < 30; step++, along = 0.5 + (step % 2 ? 1 : -1) * step / 80)
              for (let aside = 0; aside <= 90; aside++)
                for (const side of [aside, -aside]) {
                  const x = a.x + (b.x - a.x) * along, y = a.y + (b.y - a.y) * along + side;
                  if (x > 280 && well(x, y)) return [x, y];
                }
            return null;""",
            id,
        )
        assert place, f"{id} is not in the picture"
        if click:
            self.click(*place)
        else:
            self.move(*place).pause(0.6).perform()

    def move(self, x: float, y: float) -> ActionChains:
        """The movement of the mouse to a place of the picture, in pixels."""
        canvas = self.browser.find_element(By.CSS_SELECTOR, "#picture canvas")
        across, down = round(x - canvas.size["width"] / 2), round(y - canvas.size["height"] / 2)
        return ActionChains(self.browser).move_to_element_with_offset(canvas, across, down)

    def click(self, x: float, y: float) -> None:
        """A click on a place of the picture, in pixels."""
        self.move(x, y).click().perform()
        # The page waits for a second click before it opens an actor.
        self.browser.execute_async_script("setTimeout(arguments[0], 400)")

    def requests(self) -> list[str]:
        """What the page asked for since it was opened."""
        messages = [json.loads(entry["message"])["message"] for entry in self.browser.get_log("performance")]
        return [
            message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"
        ]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with screenshot.open_browser() as opened:
        # No animation, so that a test never has to wait for one.
        opened.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]},
        )
        yield opened


@pytest.fixture
def reader(browser: Any, tmp_path: Path) -> Reader:
    return Reader(browser, tmp_path)


@pytest.fixture
def small(reader: Reader) -> Reader:
    reader.open(small_world())
    return reader


def line_id(world: World, label: str) -> str:
    return next(line.id for line in read_picture(world.graph()).lines if line.label == label)


def actor_id(world: World, label: str) -> str:
    return next(actor.id for actor in read_picture(world.graph()).actors if actor.label == label)


# ---- the picture -----------------------------------------------------------------------------------


def test_every_actor_and_every_line_of_a_small_graph_is_drawn(small: Reader) -> None:
    picture = read_picture(small_world().graph())
    assert (set(small.js("kgbuild.nodes.getIds()")), set(small.js("kgbuild.edges.getIds()"))) == (
        {actor.id for actor in picture.actors},
        {line.id for line in picture.lines},
    )


def test_the_header_counts_what_is_shown(small: Reader) -> None:
    assert small.text("#shown") == "6 actors, 10 lines: 9 of 9 claims"


def test_the_header_says_why_the_other_claims_are_not_drawn(reader: Reader) -> None:
    world = small_world()
    article = world.article("News")
    world.claim(article, "Bo Lund said so.", "said", "Statement", {}, speaker="Bo Lund", cue="said")
    world.claim(article, "Somebody said so.", "said", "Statement", {}, speaker="Somebody", cue="said")
    world.says(article, "Norland criticised somebody.", "criticised", "Criticize", actor=("Norland",))
    reader.open(world)
    whole = reader.text("#shown")
    reader.press("[data-filter='quad:MaterialConflict']")
    assert (whole, reader.text("#shown")) == (
        "6 actors, 10 lines: 9 of 12 claims. Not drawn: 1 statement and 1 with one side (in the panels of actors), "
        "1 of nobody here",
        "6 actors, 9 lines: 8 of 12 claims. Not drawn: 1 filtered out, 1 statement and 1 with one side "
        "(in the panels of actors), 1 of nobody here",
    )


def test_statements_and_what_has_one_side_stand_in_the_panel_of_their_actor(reader: Reader) -> None:
    world = small_world()
    world.claim(world.article("News"), "Bo Lund said so.", "said", "Statement", {}, speaker="Bo Lund", cue="said")
    reader.open(world)
    reader.js("kgbuild.select(arguments[0])", actor_id(world, "Bo Lund"))
    reader.press("#panel .asides summary")
    assert (reader.texts("#panel .asides .verb"), reader.texts("#panel .asides blockquote")) == (
        ["says"],
        ["Bo Lund said so."],
    )


@pytest.mark.parametrize("typed", ["Corland", "jamming"])
def test_an_actor_without_a_line_is_found_by_its_name_and_by_what_it_does(reader: Reader, typed: str) -> None:
    world = small_world()
    world.actor("Corland")
    world.says(world.article("News"), "Corland denied jamming signals.", "denied", "Criticize", actor=("Corland",))
    reader.open(world)
    reader.type("/", typed, Keys.ENTER)
    if typed == "Corland":
        reader.press("#panel .asides summary")
    assert (reader.text("#panel h2"), reader.texts("#panel .asides blockquote"), reader.js("kgbuild.nodes.length")) == (
        "Corland",
        ["Corland denied jamming signals."],
        6,
    )


def test_a_large_graph_opens_with_its_weightiest_actors(reader: Reader) -> None:
    world = large_world(60, 200)
    reader.open(world, top=12)
    weightiest = [actor.id for actor in read_picture(world.graph()).actors[:12]]
    assert set(reader.js("kgbuild.nodes.getIds()")) <= set(weightiest)
    assert reader.text("#shown").startswith(f"{reader.js('kgbuild.nodes.length')} actors, ")


def test_another_number_of_actors_redraws_the_picture(reader: Reader) -> None:
    reader.open(large_world(60, 200), top=10)
    reader.press("#top option[value='40']")
    assert 10 < reader.js("kgbuild.nodes.length") <= 40


def test_the_same_page_is_laid_out_the_same_way_twice(reader: Reader) -> None:
    places = []
    for _ in range(2):
        reader.open(large_world(30, 60))
        places.append(reader.js("kgbuild.network.getPositions()"))
    assert places[0] == places[1]


def test_parallel_lines_do_not_lie_on_each_other(small: Reader) -> None:
    between = small.js(
        """kgbuild.edges.get().filter(({from, to}) => [from, to].every((end) => arguments[0].includes(end)))
        .map(({from, to, smooth}) => [(smooth.type === 'curvedCW') === (from < to), smooth.roundness])
        """,
        [actor_id(small_world(), "Norland"), actor_id(small_world(), "Süderia")],
    )
    assert len(between) == len({str(bend) for bend in between}) == 4


def test_a_denied_line_is_crossed_out_and_broken(small: Reader) -> None:
    denied = line_id(small_world(), "✕ aids · denied")
    words = small.js("kgbuild.labels().find((label) => label.key === arguments[0]).rows", denied)
    dashes = small.js("kgbuild.edges.get(arguments[0]).dashes", denied)
    assert (words, len(dashes)) == (["✕ aids · denied"], 2)


def test_lines_of_each_stance_are_stroked_differently(small: Reader) -> None:
    strokes = small.js("[...new Set(kgbuild.edges.get().map((line) => JSON.stringify(line.dashes)))]")
    assert len(strokes) == 4


def test_an_empty_graph_says_that_no_claims_were_found(reader: Reader) -> None:
    reader.open(World())
    assert reader.text("#empty h2") == "No claims found between two actors"


# ---- the panel -------------------------------------------------------------------------------------


def test_a_click_on_a_line_shows_its_sentence_speaker_stance_and_article(small: Reader) -> None:
    small.point(line_id(small_world(), "✕ aids · denied"), click=True)
    assert small.texts("#panel blockquote") == ["Norland has not sent aid to Süderia, Åsa Ek said."]
    assert small.texts("#panel mark.trigger") == ["sent aid"]
    assert small.texts(".claim .stance") == ["✕ Åsa Ek denied it (“said”).\nevent denied"]
    assert small.texts(".claim dd") == [
        "reported 2031-03-05",
        "Norland denies aid\nStraits Wire · 2031-03-05 · wire.jsonl javascript:alert(1)",
    ]


def test_a_line_of_one_event_shows_every_claim_about_it(small: Reader) -> None:
    small.js("kgbuild.select(arguments[0])", line_id(small_world(), "meets"))
    assert (small.texts("#panel blockquote"), small.text("#panel .extent")) == (
        ["Åsa Ek held talks with Bo Lund on Tuesday.", "The talks took place in Nordhavn."],
        "1 event · 2 claims · 2 articles",
    )


def test_a_sentence_stands_between_its_neighbours(small: Reader) -> None:
    small.js("kgbuild.select(arguments[0])", line_id(small_world(), "✕ aids · denied"))
    assert small.texts("#panel .beside") == ["Norland imposed sanctions on Süderia.", "Süderia may criticise Norland."]


def test_the_first_sentence_of_an_article_has_none_before_it_and_a_long_one_behind_it_is_cut(reader: Reader) -> None:
    world = World()
    parties, article = (world.actor("Norland"), world.actor("Süderia")), world.article("Talks")
    world.says(article, "Norland met Süderia.", "met", "Meeting", participant=parties)
    world.claim(article, "ab" * 1000, "ab", "Statement", {})
    reader.open(world)
    reader.js("kgbuild.select(kgbuild.edges.getIds()[0])")
    assert reader.texts("#panel .beside") == [f"{'ab' * 150} …"]


def test_a_line_names_its_sources_and_a_reprint_is_none(reader: Reader) -> None:
    world = World()
    parties: dict[str, tuple[str, ...]] = {"participant": (world.actor("Norland"), world.actor("Süderia"))}
    wire, again, paper, other = (
        world.article("Talks", publisher=outlet, issued=f"2031-03-0{day}")
        for day, outlet in enumerate(("Straits Wire", "Straits Wire", "The Observer", "Daily Courier"), 1)
    )
    world.things.append(f"<{paper}> dip:reprintOf <{wire}> .")
    said = [
        world.claim(article, words, "met", "Meeting", parties)
        for article, words in (
            (wire, "Norland met Süderia."),
            (again, "Norland met Süderia at last."),
            (paper, "Norland met Süderia."),
            (other, "Norland met Süderia."),
        )
    ]
    world.event("talks", "Meeting", parties, said)
    reader.open(world)
    reader.js("kgbuild.select(kgbuild.edges.getIds()[0])")
    assert reader.text("#panel .sources") == "2 sources: Straits Wire 2, reprinted by The Observer · Daily Courier"
    assert reader.texts("#panel .claim dd") == [
        "reported 2031-03-01",
        "Talks\nStraits Wire · 2031-03-01 · wire.jsonl",
        "Talks\nThe Observer · 2031-03-03 · wire.jsonl",
        "reported 2031-03-02",
        "Talks\nStraits Wire · 2031-03-02 · wire.jsonl",
        "reported 2031-03-04",
        "Talks\nDaily Courier · 2031-03-04 · wire.jsonl",
    ]


def test_a_line_leads_to_the_others_of_the_pair(small: Reader) -> None:
    small.js("kgbuild.select(arguments[0])", line_id(small_world(), "meets"))
    small.press("#panel .line")
    assert (small.texts("#panel blockquote"), small.texts(".claim .stance")) == (
        ["The ministers will meet again in May, Åsa Ek told Bo Lund."],
        ["The article says it is planned."],
    )


def test_a_click_on_an_actor_shows_its_names_and_relations(small: Reader) -> None:
    small.point(actor_id(small_world(), "Norland"), click=True)
    assert (small.text("#panel h2"), small.text("#panel .names"), small.text("#panel h3")) == (
        "Norland",
        "Also named Nordhavn, Norlandic",
        "7 relations in 6 claims",
    )
    assert small.texts("#panel .line .verb") == [
        "signs",
        "imposes sanctions on",
        "✕ aids · denied",
        "is a member of",
        "signs",
        "criticises · possible",
        "foreign minister of",
    ]


def test_an_actor_links_to_wikidata(small: Reader) -> None:
    small.js("kgbuild.select(arguments[0])", actor_id(small_world(), "Norland"))
    assert small.js("document.querySelector('#panel .chips a').href") == "https://www.wikidata.org/wiki/Q20"


def test_a_relation_of_an_actor_outside_the_picture_brings_it_in(reader: Reader) -> None:
    world = large_world(60, 200)
    reader.open(world, top=10)
    drawn = set(reader.js("kgbuild.edges.getIds()"))
    hidden = next(line for line in read_picture(world.graph()).lines if line.id not in drawn)
    reader.js("kgbuild.select(arguments[0])", hidden.id)
    screenshot.wait_until_drawn(reader.browser)
    assert reader.js("kgbuild.edges.get(arguments[0]).id", hidden.id) == hidden.id


def test_escape_closes_the_panel(small: Reader) -> None:
    small.js("kgbuild.select(arguments[0])", actor_id(small_world(), "Norland"))
    small.type(Keys.ESCAPE)
    assert not small.browser.find_element(By.ID, "panel").is_displayed()


# ---- search and legend -----------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["suder", "SÜDER", "suderian"])
def test_the_search_finds_an_actor_by_any_name_and_opens_it(small: Reader, typed: str) -> None:
    small.type("/", typed)
    assert small.js("document.querySelector('#found .name').textContent") == "Süderia"
    small.type(Keys.ENTER)
    assert small.text("#panel h2") == "Süderia"


@pytest.mark.parametrize("typed", ["sanctions on süd", "imposes sanctions"])
def test_the_search_finds_a_line_by_its_verb_or_a_sentence_and_opens_it(small: Reader, typed: str) -> None:
    small.type("/", typed)
    assert small.texts("#found .told .name") == ["Norland imposes sanctions on Süderia"]
    assert small.texts("#found .told q") == ["Norland imposed sanctions on Süderia."]
    small.type(Keys.ENTER)
    assert small.texts("#panel blockquote") == ["Norland imposed sanctions on Süderia."]


def test_the_search_brings_in_an_actor_outside_the_picture(reader: Reader) -> None:
    world = large_world(60, 200)
    reader.open(world, top=10)
    lightest = read_picture(world.graph()).actors[-1]
    reader.type("/", lightest.label, Keys.ENTER)
    assert reader.js("kgbuild.nodes.get(arguments[0]).id", lightest.id) == lightest.id


def test_the_search_says_when_there_is_nobody_of_that_name(small: Reader) -> None:
    small.type("/", "zzz")
    assert small.texts("#found li") == ["No name, verb or sentence has that"]


def test_a_legend_entry_hides_its_lines_and_brings_them_back(small: Reader) -> None:
    denied = line_id(small_world(), "✕ aids · denied")
    small.press("[data-filter='stance:denied']")
    hidden = denied not in small.js("kgbuild.edges.getIds()")
    small.press("[data-filter='stance:denied']")
    assert (hidden, denied in small.js("kgbuild.edges.getIds()")) == (True, True)


def test_an_actor_that_is_filtered_out_takes_its_lines_with_it(small: Reader) -> None:
    small.press("[data-filter='kind:person']")
    assert small.text("#shown") == "4 actors, 7 lines: 5 of 9 claims. Not drawn: 4 filtered out"


def test_the_legend_counts_what_the_graph_holds(small: Reader) -> None:
    assert small.texts("#legend [data-filter]") == [
        "State\n2",
        "Person\n2",
        "Organisation\n1",
        "Other\n1",
        "Cooperation in deeds\n1",
        "Cooperation in words\n5",
        "Standing relation, office or vote\n2",
        "Conflict in words\n1",
        "Conflict in deeds\n1",
        "Fact\n7",
        "Plan, request, duty\n1",
        "Possible, conditional, unsure\n1",
        "✕ Denied, cancelled\n1",
    ]


# ---- safety ----------------------------------------------------------------------------------------


def test_the_page_asks_for_nothing(small: Reader) -> None:
    small.js("kgbuild.select(arguments[0])", line_id(small_world(), "meets"))
    asked = [url for url in small.requests() if not url.startswith(("data:", "about:"))]
    assert asked == [(small.folder / "network.html").as_uri()]


def test_the_page_breaks_no_rule_of_its_own_policy(small: Reader) -> None:
    assert small.browser.get_log("browser") == []


def test_hostile_text_is_shown_and_never_run(reader: Reader) -> None:
    world = World()
    world.actor(HOSTILE, "State", f"alias {HOSTILE}"), world.actor("Lund", "Person")
    article = world.article(f"title {HOSTILE}", publisher=HOSTILE, url="javascript:window.hit=5")
    world.says(
        article,
        f"{HOSTILE} met Lund",
        HOSTILE,
        "Meeting",
        participant=(HOSTILE, "Lund"),
        speaker=HOSTILE,
        cue=HOSTILE,
    )
    reader.open(world, title=HOSTILE)
    line = line_id(world, "meets")
    reader.point(line, click=False)
    tooltip = reader.js("document.getElementById('hover').textContent")
    reader.point(line, click=True)
    sentence = reader.text("#panel blockquote")
    links = reader.js("document.querySelectorAll('#panel a').length")
    reader.js("kgbuild.select(arguments[0])", actor_id(world, HOSTILE))
    reader.type("/", "img src")
    found = reader.js("document.querySelector('#found').textContent")
    assert [
        HOSTILE in shown
        for shown in (
            tooltip,
            sentence,
            found,
            reader.text("#panel h2"),
            reader.text("#panel .names"),
            reader.text("h1"),
        )
    ] == [True] * 6
    assert (links, reader.js("document.images.length"), reader.js("window.hit === undefined")) == (0, 0, True)


def test_packed_data_is_unpacked_without_asking_for_anything(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kgbuild.ask.page.PLAIN", 0)
    reader.open(small_world())
    reader.js("kgbuild.select(arguments[0])", actor_id(small_world(), "Süderia"))
    asked = [url for url in reader.requests() if not url.startswith(("data:", "about:"))]
    assert (reader.text("#panel h2"), asked, reader.browser.get_log("browser")) == (
        "Süderia",
        [(reader.folder / "network.html").as_uri()],
        [],
    )


def test_only_an_address_of_the_web_is_a_link(reader: Reader) -> None:
    world = World()
    world.actor("Ek", "Person"), world.actor("Lund", "Person")
    addresses = [
        "https://news.example/1",
        "javascript:window.hit=1",
        " javascript:window.hit=2",
        "JaVaScRiPt:window.hit=3",
        "data:text/html,<script>window.hit=4</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//news.example",
        "blob:https://news.example/5",
    ]
    for address in addresses:
        world.says(world.article("News", url=address), "Ek met Lund.", "met", "Meeting", participant=("Ek", "Lund"))
    reader.open(world)
    reader.js("kgbuild.select(arguments[0])", line_id(world, f"meets ×{len(addresses)}"))
    assert reader.js("[...document.querySelectorAll('#panel a')].map((link) => link.href)") == addresses[:1]


@pytest.mark.parametrize("code", ["<script>window.hit=1</script>", "constructor", "__proto__", "../x", "NOR"])
def test_a_state_with_a_strange_code_has_no_flag(reader: Reader, code: str) -> None:
    world = World()
    world.actor("Norland", iso2=code), world.actor("Lund", "Person")
    world.says(world.article("News"), "Lund met Norland.", "met", "Meeting", participant=("Norland", "Lund"))
    reader.open(world)
    reader.js("kgbuild.select(arguments[0])", actor_id(world, "Norland"))
    assert (reader.js("document.images.length"), reader.js("window.hit === undefined"), reader.text("#panel h2")) == (
        0,
        True,
        "Norland",
    )


def test_marks_around_hostile_text_stay_text(reader: Reader) -> None:
    world = World()
    for name in ("<b>Ek</b>", "</mark><img src=x onerror=window.hit=1>"):
        world.actor(name, "Person")
    trigger = "<script>window.hit=2</script>"
    world.says(
        world.article("News"),
        f"🙂 <b>Ek</b> {trigger} </mark><img src=x onerror=window.hit=1> 🙂",
        trigger,
        "Meeting",
        participant=("<b>Ek</b>", "</mark><img src=x onerror=window.hit=1>"),
    )
    reader.open(world)
    reader.js("kgbuild.select(arguments[0])", line_id(world, "meets"))
    assert (
        trigger in reader.texts("#panel mark"),
        reader.text("#panel blockquote"),
        reader.js("document.querySelectorAll('#panel b, #panel img').length"),
        reader.js("window.hit === undefined"),
    ) == (True, f"🙂 <b>Ek</b> {trigger} </mark><img src=x onerror=window.hit=1> 🙂", 0, True)


def test_an_injected_script_would_be_stopped_by_the_policy(small: Reader) -> None:
    small.js("""document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.hit=1">')
        || document.body.append(
            Object.assign(document.createElement('script'), {textContent: 'window.hit=2'}))""")
    small.browser.execute_async_script("setTimeout(arguments[0], 200)")
    assert small.js("window.hit === undefined")


# ---- looks -----------------------------------------------------------------------------------------


def test_the_page_is_dark_on_a_dark_system(small: Reader) -> None:
    def background() -> str:
        return str(small.js("getComputedStyle(document.body).backgroundColor"))

    light = background()
    features = [
        {"name": "prefers-color-scheme", "value": "dark"},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    small.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    dark = background()
    small.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features[1:]})
    assert (light, dark) == ("rgb(251, 251, 249)", "rgb(20, 24, 30)")


def test_without_javascript_the_table_is_shown(reader: Reader) -> None:
    reader.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page = write_page(small_world().graph(), reader.folder / "network.html")
        reader.browser.get(page.as_uri())
        rows = reader.browser.find_elements(By.CSS_SELECTOR, "noscript #claims tbody tr")
        assert [row.is_displayed() for row in rows] == [True] * 11
    finally:
        reader.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


# ---- long texts and long lists -----------------------------------------------------------------------


def meetings(sentences: list[str]) -> World:
    """Two states that meet once a sentence, in one event."""
    world = World()
    parties = (world.actor("Norland"), world.actor("Süderia"))
    article = world.article("Talks")
    said = [world.claim(article, sentence, "met", "Meeting", {"participant": parties}) for sentence in sentences]
    world.event("talks", "Meeting", {"participant": parties}, said, quad="VerbalCooperation")
    return world


def test_a_line_of_many_claims_shows_some_and_as_many_again_on_demand(reader: Reader) -> None:
    reader.open(meetings([f"Norland met Süderia, round {number}." for number in range(100)]))
    reader.js("kgbuild.select(kgbuild.edges.getIds()[0])")
    seen = [(len(reader.texts("#panel .claim")), reader.text("#panel .rest"))]
    reader.press("#panel .rest .more")
    seen.append((len(reader.texts("#panel .claim")), reader.text("#panel .rest")))
    reader.press("#panel .rest .more")
    seen.append((len(reader.texts("#panel .claim")), reader.text("#panel .rest") if reader.shows("#panel .rest") else ""))
    assert seen == [
        (40, "40 of 100 claims shown Show 40 more"),
        (80, "80 of 100 claims shown Show 20 more"),
        (100, ""),
    ]


def test_a_row_of_the_table_opens_a_claim_far_down_its_line(reader: Reader) -> None:
    reader.open(meetings([f"Norland met Süderia, round {number:03}." for number in range(100)]))
    reader.press("#open-table")
    reader.js("document.querySelectorAll('#table tbody tr button')[77].click()")
    assert reader.texts("#panel .claim blockquote")[-1] == reader.texts("#table tbody .column-sentence")[77]


@pytest.mark.parametrize("word", ["x" * 5000, "مح" * 2500, "กา" * 2500], ids=["Latin", "Arabic", "Thai"])
def test_a_sentence_that_no_one_writes_is_shown_in_part_and_whole_on_demand(reader: Reader, word: str) -> None:
    sentence = f"{word} {word} Norland met Süderia {word}"
    reader.open(meetings([sentence]))
    reader.js("kgbuild.select(kgbuild.edges.getIds()[0])")
    quote = reader.js("document.querySelector('#panel blockquote').textContent")
    met = sentence.index("met")
    assert quote == f"… {sentence[met - 200 : met + 600]} …Show the whole sentence ({len(sentence):,} characters)"
    assert reader.texts("#panel blockquote mark") == ["Norland", "met", "Süderia"]
    reader.press("#panel blockquote .more")
    assert reader.js("document.querySelector('#panel blockquote').textContent") == sentence
    longest = reader.js("Math.max(...[...document.querySelectorAll('.block')].map((each) => each.textContent.length))")
    assert longest == 400


def test_a_name_or_title_that_no_one_has_is_cut(reader: Reader) -> None:
    world = World()
    parties = (world.actor("N" * 5000), world.actor("Süderia"))
    article = world.article("T" * 5000)
    claim = world.claim(article, "They met.", "met", "Meeting", {"participant": parties}, cue="c" * 5000)
    world.event("talks", "Meeting", {"participant": parties}, [claim])
    reader.open(world)
    reader.js("kgbuild.select(kgbuild.edges.getIds()[0])")
    assert reader.texts("#panel h2 bdi") == ["N" * 199 + "…", "Süderia"]
    assert reader.text("#panel .stance") == "The article states it as fact (“" + "c" * 199 + "…”)."
    assert reader.texts("#panel dd")[1].splitlines()[0] == "T" * 199 + "…"


def test_a_pair_counts_events_and_not_the_claims_that_tell_of_them(reader: Reader) -> None:
    reader.open(meetings([f"Norland met Süderia, round {number}." for number in range(3)]))
    reader.press("#open-matrix")
    assert reader.js("document.querySelector('#matrix td button').title") == "Norland and Süderia: 3 claims, meets 1"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_matrix_is_coloured_and_its_figures_stand_out(reader: Reader, dark: bool) -> None:
    screenshot.wear(reader.browser, dark=dark)
    reader.open(meetings(["Norland met Süderia."]))
    reader.press("#open-matrix")
    warm, plain, text = reader.js(
        """['#matrix td.warm', '#matrix', '#matrix td.warm button'].map((each, at) => {
          const drawn = document.createElement('canvas').getContext('2d');
          const style = getComputedStyle(document.querySelector(each));
          drawn.fillStyle = at < 2 ? style.backgroundColor : style.color;
          drawn.fillRect(0, 0, 1, 1);
          return [...drawn.getImageData(0, 0, 1, 1).data].slice(0, 3);
        })"""
    )
    assert (warm != plain, contrast(warm, text) >= 4.5) == (True, True)


def contrast(one: list[int], other: list[int]) -> float:
    """The contrast of two colours, as WCAG 2.1 has it."""
    parts = [
        [part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in each] for each in (one, other)
    ]
    dark, light = sorted(0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in parts)
    return (light + 0.05) / (dark + 0.05)
