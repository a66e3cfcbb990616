"""Many actors, drawn as those for whom they act; and events of three or more, drawn as nodes."""

from __future__ import annotations

import itertools

import pytest
from test_page import Reader, actor_id, reader, screenshot  # noqa: F401
from world import World

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(screenshot.find_browser() is None, reason="no chromium with chromedriver on this machine"),
]
STATES = [
    f"{name}land" for name in ["Nor", "Vest", "Ost", "Sud", "Mit", "Hoch", "Tief", "Grun", "Rot", "Blau", "Weiss", "Gold"]
]


def court(per_state: int = 6) -> World:
    """Twelve states, each with officials of whom some meet those of others, and a head and a ministry of one of them."""
    world = World()
    people = {state: [f"{state} Minister {number}" for number in range(per_state)] for state in STATES}
    for state in STATES:
        world.actor(state)
    for name in itertools.chain(*people.values()):
        world.actor(name, "Person")
    article = world.article("News")
    for state, names in people.items():
        for name in names:
            world.claim(
                article,
                f"{name} of {state}.",
                "Minister",
                "holdsPosition",
                {"holder": (name,), "of": (state,)},
                office="minister",
            )
    for (one, other), number in zip(itertools.combinations(STATES, 2), itertools.cycle(range(per_state))):
        a, b = people[one][number], people[other][number]
        world.says(article, f"{a} met {b}.", "met", "Meeting", participant=(a, b))
    three = tuple(people[state][0] for state in STATES[:3])
    world.says(article, "The three quarrelled.", "quarrelled", "Criticize", participant=three)
    return world


COURT = court()
NORLAND, VESTLAND = (actor_id(COURT, name) for name in ("Norland", "Vestland"))
EK = actor_id(COURT, "Norland Minister 0")


@pytest.fixture
def folded(reader: Reader) -> Reader:  # noqa: F811
    reader.open(COURT)
    return reader


def drawn(reader: Reader) -> set[str]:  # noqa: F811
    return set(reader.js("kgbuild.shown().actors"))


def test_many_actors_open_as_those_for_whom_they_act(folded: Reader) -> None:
    assert drawn(folded) == set(STATES)
    assert folded.text("#shown") == (
        "12 actors, 65 lines: 65 of 139 claims. Not drawn: 2 of other actors and lines, 72 within one state or body"
    )


def test_few_actors_open_each_by_itself(reader: Reader) -> None:  # noqa: F811
    reader.open(court(per_state=1))
    assert "Norland Minister 0" in drawn(reader)


def test_a_click_on_the_pill_unfolds_an_actor_and_another_folds_it(folded: Reader) -> None:
    seen = []
    for _ in range(2):
        pill = folded.js("kgbuild.labels().find(({of, key}) => of === 'pill' && key === arguments[0])", NORLAND)
        box = pill["box"]
        folded.click((box["left"] + box["right"]) / 2, (box["top"] + box["bottom"]) / 2)
        screenshot.wait_until_drawn(folded.browser)
        seen.append((pill["rows"], drawn(folded) - set(STATES)))
    assert seen == [(["+6"], {f"Norland Minister {number}" for number in range(6)}), (["\u2212"], set())]


def test_the_panel_unfolds_an_actor_and_folds_it_again(folded: Reader) -> None:
    folded.js("kgbuild.select(arguments[0])", NORLAND)
    folded.press(".extent .more")
    unfolded = len(drawn(folded))
    folded.js("kgbuild.select(arguments[0])", EK)
    folded.press(".extent .more")
    assert (unfolded, drawn(folded), folded.text("#panel h2")) == (18, set(STATES), "Norland")


def test_a_link_shows_another_reader_who_is_unfolded(folded: Reader) -> None:
    folded.js("kgbuild.unfold(arguments[0])", NORLAND)
    shown, address = drawn(folded), folded.js("location.hash.slice(1)")
    folded.js("kgbuild.unfold(arguments[0])", NORLAND)
    folded.js("kgbuild.restore(arguments[0])", address)
    assert drawn(folded) == shown != set(STATES)


def test_all_are_drawn_by_themselves_on_demand_and_folded_again(folded: Reader) -> None:
    folded.press("#fold")
    alone = drawn(folded)
    folded.type("s")
    assert ("Norland Minister 0" in alone, drawn(folded)) == (True, set(STATES))


def test_who_is_found_though_folded_is_drawn_by_itself(folded: Reader) -> None:
    folded.type("/", "Norland Minister 3", "\ue007")
    assert (drawn(folded) - set(STATES), folded.text("#panel h2")) == ({"Norland Minister 3"}, "Norland Minister 3")


def test_a_path_goes_from_actor_to_actor_though_they_are_folded(folded: Reader) -> None:
    folded.js("kgbuild.pathBetween(arguments[0], arguments[1])", EK, VESTLAND)
    assert (drawn(folded), folded.texts("#panel h3")) == (
        {"Norland Minister 0", "Vestland Minister 0", "Vestland"} | {"Ostland Minister 0"},
        ["1. Norland Minister 0 – Vestland Minister 0", "2. Vestland Minister 0 – Vestland"],
    )


def test_the_table_and_the_filters_have_those_who_are_folded(folded: Reader) -> None:
    folded.js("kgbuild.select(arguments[0])", f"{NORLAND} -- {VESTLAND}")
    folded.press("#open-table")
    names = folded.js(
        "[...new Set([...document.querySelectorAll('#table .column-from')].map((cell) => cell.textContent))].length"
    )
    assert (names > 40, "Norland Minister 0 – Vestland Minister 0" in folded.text("#panel")) == (True, True)


def test_each_who_is_drawn_has_a_name_beside_it_and_within_the_window(folded: Reader) -> None:
    folded.js("kgbuild.unfold(arguments[0])", NORLAND)
    screenshot.wait_until_drawn(folded.browser)
    folded.browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    unnamed, outside, far = folded.js(
        """(() => {
        const {network, nodes} = kgbuild, {clientWidth, clientHeight} = document.getElementById('picture');
        const named = new Map(kgbuild.labels().filter(({of}) => of === 'actor').map(({key, box}) => [key, box]));
        const away = (id, {left, right, top, bottom}) => {
          const {x, y} = network.canvasToDOM(network.getPositions([id])[id]);
          const radius = nodes.get(id).size * network.getScale();
          return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)) - radius;
        };
        return [nodes.getIds().filter((id) => !named.has(id)),
          [...named].filter(([, {left, right, top, bottom}]) =>
            Math.min(left, top, clientWidth - right, clientHeight - bottom) < 0),
          [...named].filter(([id, box]) => away(id, box) > 22)];
        })()"""
    )
    assert (unnamed, outside, far) == ([], [], [])


# ---- events of three or more -----------------------------------------------------------------------


def three() -> World:
    """Three who meet each other, and two of whom one criticises the other."""
    world = World()
    for name in ("Arland", "Borland", "Corland"):
        world.actor(name)
    article = world.article("News")
    world.says(
        article, "The three met.", "met", "Meeting", participant=("Arland", "Borland", "Corland"), quad="VerbalCooperation"
    )
    world.says(article, "Arland criticised Borland.", "criticised", "Criticize", actor=("Arland",), recipient=("Borland",))
    return world


def test_an_event_of_three_is_a_node_with_a_line_to_each_and_none_between_them(reader: Reader) -> None:  # noqa: F811
    world = three()
    reader.open(world)
    ids = sorted(actor_id(world, name) for name in ("Arland", "Borland", "Corland"))
    hub = " & ".join(ids)
    ends = reader.js("kgbuild.edges.get().map(({from, to}) => [from, to].sort().join())")
    assert (sorted(reader.js("kgbuild.nodes.getIds()")), sorted(ends)) == (
        sorted([*ids, hub]),
        sorted([",".join(ids[:2]), *(",".join(sorted((one, hub))) for one in ids)]),
    )
    assert (reader.js("kgbuild.nodes.get(arguments[0]).shape", hub), reader.text("#shown")) == (
        "star",
        "3 actors, 2 lines: 2 of 2 claims",
    )


def test_a_click_on_an_event_of_three_shows_its_evidence_once(reader: Reader) -> None:  # noqa: F811
    world = three()
    reader.open(world)
    reader.point(" & ".join(sorted(actor_id(world, name) for name in ("Arland", "Borland", "Corland"))), click=True)
    assert (reader.texts("#panel h2 bdi"), reader.texts("#panel blockquote"), reader.text("#panel .extent")) == (
        ["Arland", "Borland", "Corland"],
        ["The three met."],
        "1 relation · 1 claim · 1 article",
    )


def test_an_event_of_three_is_one_row_of_the_table(reader: Reader) -> None:  # noqa: F811
    reader.open(three())
    reader.press("#open-table")
    rows = reader.js(
        "[...document.querySelectorAll('#table tbody tr')]"
        ".map((row) => [...row.children].slice(0, 3).map((cell) => cell.textContent))"
    )
    assert sorted(rows) == [["Arland", "criticises", "Borland"], ["Arland, Borland, Corland", "meets", ""]]


def test_focus_on_one_who_is_folded_is_on_those_for_whom_he_acts(folded: Reader) -> None:
    folded.js("kgbuild.focusOn(arguments[0])", EK)
    screenshot.wait_until_drawn(folded.browser)
    assert drawn(folded) == set(STATES)


def test_on_a_phone_the_table_has_the_sentences(reader: Reader) -> None:  # noqa: F811
    size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": False}
    reader.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        reader.open(three())
        reader.press("#open-table")
        right = reader.js("document.querySelector('#table .column-sentence').getBoundingClientRect().right")
    finally:
        reader.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert 300 < right <= 390
