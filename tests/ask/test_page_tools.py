"""The tools of the network page in a real browser: filters, dates, path, table, link, undo and keys."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus

import pytest
from world import World

from kgbuild.ask.picture import read_picture

pytest.importorskip("selenium", reason="selenium is not installed: pip install kgbuild[test]")

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from test_page import Reader, actor_id, line_id, screenshot

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(screenshot.find_browser() is None, reason="no chromium with chromedriver on this machine"),
]


def islands() -> World:
    """A ring of islands, a minister and a pact: two ways from Arland to Dorland, one of them better attested."""
    world = World()
    for name in ("Arland", "Borland", "Corland", "Dorland", "Éland"):
        world.actor(name, "State")
    world.actor("Ida Falk", "Person", "Minister Falk")
    world.actor("Island Pact", "Agreement")
    gazette = world.article("Two months of talks", issued="2031-01-20", publisher="The Gazette")
    herald = world.article("=SUM(1)", issued="2031-03-02", publisher="The Herald", url="https://herald.example/1")

    def says(article: str, sentence: str, trigger: str, claims: str, a: str, b: str, when: str = "", **stance: Any) -> None:
        roles = {"participant": (a, b)} if claims == "Meeting" else {"actor": (a,), "recipient": (b,)}
        world.says(article, sentence, trigger, claims, when=when, **roles, **stance)

    says(gazette, "Arland met Borland on 10 January.", "met", "Meeting", "Arland", "Borland", "2031-01-10")
    says(gazette, "Borland met Dorland on 15 February.", "met", "Meeting", "Borland", "Dorland", "2031-02-15")
    says(gazette, "Arland met Corland, Falk said.", "met", "Meeting", "Arland", "Corland", "2031-01-12", speaker="Ida Falk")
    says(herald, "Arland met Corland again.", "met", "Meeting", "Arland", "Corland", "2031-03-01")
    says(herald, "Corland met Dorland.", "met", "Meeting", "Corland", "Dorland", "2031-03-02")
    says(herald, "Corland sanctioned Éland.", "sanctioned", "ImposeSanctions", "Corland", "Éland")
    says(herald, "Dorland will aid Éland.", "aid", "ProvideAid", "Dorland", "Éland", "2031-04", modality="Planned")
    for who in ("Éland", "Dorland"):
        world.claim(herald, f"{who} is in the Pact.", "in", "partyTo", {"subject": (who,), "object": ("Island Pact",)})
    return world


WORLD = islands()
ARLAND, BORLAND, CORLAND, DORLAND, ELAND, PACT = (
    actor_id(WORLD, name) for name in ("Arland", "Borland", "Corland", "Dorland", "Éland", "Island Pact")
)
SANCTIONS = line_id(WORLD, "imposes sanctions on")
MET_CORLAND = next(line.id for line in read_picture(WORLD.graph()).lines if len(line.claims) == 2)


class User(Reader):
    """A reader who uses the tools."""

    def follow(self, address: str = "") -> None:
        """Follow a link within the page; the empty one shows everything."""
        self.call("restore", address)

    def address(self, holds: str) -> str:
        """The address behind the #, as soon as it holds some words."""
        wait = screenshot.WebDriverWait(self.browser, 10)
        wait.until(lambda it: holds in unquote_plus(it.execute_script("return location.hash")))
        return str(self.js("location.hash"))[1:]

    def call(self, name: str, *arguments: object) -> Any:
        result = self.js(f"kgbuild.{name}(...arguments)", *arguments)
        screenshot.wait_until_drawn(self.browser)
        return result

    def actors(self) -> list[str]:
        """The names of the actors in the picture."""
        return sorted(self.js("kgbuild.shown().actors"))

    def lines(self) -> list[str]:
        """The lines in the picture, as "Arland meets Borland"."""
        return sorted(self.js("kgbuild.shown().lines"))

    def find(self, selector: str) -> Any:
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def list(self, facet: str) -> list[str]:
        """The entries of a list of filters, opened."""
        self.open_list(facet)
        return [text.replace("\n", " ") for text in self.texts(f"[data-facet='{facet}'] li")]

    def open_list(self, facet: str) -> None:
        if not self.js("document.querySelector(`[data-facet='${arguments[0]}']`).open", facet):
            self.press(f"[data-facet='{facet}'] summary")
        screenshot.WebDriverWait(self.browser, 10).until(lambda _: self.texts(f"[data-facet='{facet}'] li"))

    def tick(self, facet: str, words: str) -> None:
        """Tick an entry of a list of filters, or take the tick away."""
        self.open_list(facet)
        labels = self.browser.find_elements(By.CSS_SELECTOR, f"[data-facet='{facet}'] label")
        next(label for label in labels if label.text.startswith(words)).click()
        screenshot.wait_until_drawn(self.browser)

    def table(self) -> list[str]:
        """The rows of the table: from, relation, to."""
        rows = self.browser.find_elements(By.CSS_SELECTOR, "#table tbody tr")
        return [" ".join(cell.text for cell in row.find_elements(By.TAG_NAME, "td")[:3]) for row in rows]

    def shows(self, selector: str) -> bool:
        return bool(self.find(selector).is_displayed())

    def focused(self) -> str:
        return str(self.js("document.activeElement.id"))


@pytest.fixture(scope="module")
def opened(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> User:
    user = User(browser, tmp_path_factory.mktemp("page"))
    user.open(WORLD)
    return user


@pytest.fixture
def user(opened: User) -> Iterator[User]:
    """The page as it opens, loaded once for all: nothing set, nothing open."""
    yield opened
    for _ in range(4):
        ActionChains(opened.browser).send_keys(Keys.ESCAPE).perform()
    opened.browser.execute_script("document.querySelectorAll('.facet').forEach((list) => { list.open = false; })")
    if opened.shows("#time"):
        opened.press("#open-time")
    opened.follow()
    opened.browser.execute_script("document.activeElement.blur()")


ALL = [
    "Arland meets Borland",
    "Arland meets Corland",
    "Borland meets Dorland",
    "Corland imposes sanctions on Éland",
    "Corland meets Dorland",
    "Dorland aids Éland",
    "Dorland party to Island Pact",
    "Éland party to Island Pact",
]

# ---- filters ---------------------------------------------------------------------------------------


def test_nothing_is_filtered_at_first(user: User) -> None:
    assert (user.lines(), user.shows("#active")) == (ALL, False)


def test_a_relation_that_is_ticked_is_shown_alone(user: User) -> None:
    user.tick("relation", "imposes sanctions on")
    assert (user.lines(), user.actors()) == (["Corland imposes sanctions on Éland"], ["Corland", "Éland"])


def test_two_relations_that_are_ticked_are_both_shown(user: User) -> None:
    user.tick("relation", "imposes sanctions on")
    user.tick("relation", "aids")
    assert user.lines() == ["Corland imposes sanctions on Éland", "Dorland aids Éland"]


def test_a_line_is_as_strong_as_its_claims_that_pass(user: User) -> None:
    user.tick("speaker", "Ida Falk")
    user.call("select", MET_CORLAND)
    assert (user.lines(), user.texts("#panel blockquote")) == (["Arland meets Corland"], ["Arland met Corland, Falk said."])


def test_a_class_of_actor_takes_the_lines_of_others_with_it(user: User) -> None:
    user.tick("cls", "state")
    assert user.lines() == ALL[:6]


def test_an_outlet_that_is_ticked_is_read_alone(user: User) -> None:
    user.tick("outlet", "The Gazette")
    assert user.lines() == ["Arland meets Borland", "Arland meets Corland", "Borland meets Dorland"]


def test_an_article_that_is_ticked_is_read_alone(user: User) -> None:
    user.tick("article", "=SUM(1)")
    assert user.text("#active .number") == "6 of 9 claims"


def test_a_list_counts_the_claims_that_the_other_filters_leave(user: User) -> None:
    before = user.list("relation")
    user.tick("outlet", "The Gazette")
    assert (before, user.list("relation")) == (
        ["meets 5", "party to 2", "aids 1", "imposes sanctions on 1"],
        ["meets 3"],
    )


def test_a_list_is_found_in_by_typing(user: User) -> None:
    user.open_list("relation")
    user.find("[data-facet='relation'] input").send_keys("SANC")
    found = user.list("relation")
    user.find("[data-facet='relation'] input").send_keys(Keys.BACKSPACE * 4)
    assert found == ["imposes sanctions on 1"]


def test_what_narrows_the_picture_is_said_and_taken_back(user: User) -> None:
    user.tick("outlet", "The Gazette")
    said = user.texts("#active .active-chip bdi")
    user.press("#active .active-chip")
    assert (said, user.lines()) == (["Outlet: The Gazette"], ALL)


def test_the_legend_counts_follow_the_filters(user: User) -> None:
    user.tick("relation", "imposes sanctions on")
    assert user.texts("#legend [data-filter]") == ["State\n2", "Conflict in deeds\n1", "Fact\n1"]


def test_an_open_panel_follows_the_filters(user: User) -> None:
    user.call("select", MET_CORLAND)
    user.tick("outlet", "The Herald")
    assert user.texts("#panel blockquote") == ["Arland met Corland again."]


def test_what_is_filtered_out_closes_its_panel(user: User) -> None:
    user.call("select", SANCTIONS)
    user.tick("relation", "meets")
    assert not user.shows("#panel")


def test_who_is_found_though_filtered_out_lifts_the_filters(user: User) -> None:
    user.tick("relation", "meets")
    user.call("select", PACT)
    assert (user.lines(), user.text("#note span")) == (ALL, "The filters hid this, and were cleared.")


# ---- dates -----------------------------------------------------------------------------------------


@pytest.fixture
def dates(user: User) -> User:
    user.press("#open-time")
    return user


REPORTED = ["Corland imposes sanctions on Éland", "Dorland party to Island Pact", "Éland party to Island Pact"]
"""What no sentence dates; the article is of 2 March 2031."""


def test_the_range_is_set_with_the_keys(dates: User) -> None:
    dates.find("#handle-from").send_keys(Keys.END)
    assert dates.find("#handle-from").get_attribute("aria-valuetext") == "week of 31 Mar 2031"
    assert dates.lines() == ["Dorland aids Éland"]


def test_the_range_is_dragged(dates: User) -> None:
    histogram = dates.find("#histogram")
    width = histogram.size["width"]
    drag = ActionChains(dates.browser).move_to_element_with_offset(histogram, round(-width / 2) + 40, 0)
    drag.click_and_hold().move_by_offset(30, 0).release().perform()
    screenshot.wait_until_drawn(dates.browser)
    assert dates.lines() == ["Arland meets Borland", "Arland meets Corland"]


def test_what_no_sentence_dates_is_of_the_day_of_its_report(dates: User) -> None:
    dates.call("nextMonth")
    dates.call("nextMonth")
    february = dates.lines()
    dates.call("nextMonth")
    assert (dates.text("#range"), february, dates.lines()) == (
        "Mar 2031",
        ["Borland meets Dorland"],
        sorted(["Arland meets Corland", "Corland meets Dorland", *REPORTED]),
    )


def test_the_undated_are_counted_at_their_box(dates: User) -> None:
    assert dates.text(".undated .number") == "0"


def test_a_step_goes_to_the_next_bar_with_claims(dates: User) -> None:
    dates.press("#later")
    first = dates.text("#range")
    dates.press("#later")
    assert (first, dates.text("#range")) == ("Until 12 Jan 2031", "week of 10 Feb 2031")


def test_the_steps_end_with_the_last_bar(dates: User) -> None:
    steps = 0
    while dates.call("step", 1):
        steps += 1
    assert (steps, dates.text("#range")) == (4, "From 31 Mar 2031")


def test_it_plays_month_by_month(dates: User) -> None:
    played = []
    while dates.call("nextMonth"):
        played.append((dates.text("#range"), dates.lines()[0]))
    assert played == [
        ("Jan 2031", "Arland meets Borland"),
        ("Feb 2031", "Borland meets Dorland"),
        ("Mar 2031", "Arland meets Corland"),
        ("Apr 2031", "Dorland aids Éland"),
    ]


def test_dates_are_those_of_the_report_where_the_reader_wants_them(dates: User) -> None:
    dates.press("#clock option[value='report']")
    undated = dates.text(".undated .number")
    dates.call("nextMonth")
    assert (undated, dates.text("#range"), dates.lines()) == (
        "0",
        "Jan 2031",
        ["Arland meets Borland", "Arland meets Corland", "Borland meets Dorland"],
    )
    link = dates.js("location.hash.slice(1)")
    dates.follow()
    dates.follow(link)
    assert (dates.js("document.getElementById('clock').value"), dates.text("#range")) == ("report", "Jan 2031")


def test_all_dates_come_back_with_one_button(dates: User) -> None:
    dates.press("#later")
    dates.press("#all-time")
    assert (dates.lines(), dates.text("#range")) == (ALL, "All dates")


def test_actors_stay_where_they_are_while_dates_change(dates: User) -> None:
    before = dates.js("kgbuild.network.getPositions()")
    dates.press("#later")
    after = dates.js("kgbuild.network.getPositions()")
    assert after == {id: before[id] for id in after}


# ---- actors ----------------------------------------------------------------------------------------


def test_focus_shows_an_actor_with_its_neighbours_alone(user: User) -> None:
    user.call("focusOn", ARLAND)
    around = user.actors()
    user.call("focusOn", ARLAND)
    assert (around, user.lines()) == (["Arland", "Borland", "Corland"], ALL)


def test_an_actor_that_is_hidden_takes_its_lines_with_it(user: User) -> None:
    user.call("hide", CORLAND)
    assert user.lines() == [line for line in ALL if "Corland" not in line]


def test_an_actor_that_is_expanded_brings_its_neighbours(user: User) -> None:
    user.call("focusOn", ARLAND)
    user.call("expand", CORLAND)
    assert user.actors() == ["Arland", "Borland", "Corland", "Dorland", "Éland"]


def test_an_actor_that_is_pinned_stays_though_light(user: User) -> None:
    user.follow("top=2")
    without = user.actors()
    user.call("pin", ELAND)
    assert (without, user.actors()) == (["Corland", "Dorland"], ["Corland", "Dorland", "Éland"])


# ---- undo and links --------------------------------------------------------------------------------


def test_undo_takes_back_one_change_and_redo_makes_it_again(user: User) -> None:
    user.call("hide", CORLAND)
    user.call("hide", PACT)
    user.press("#undo")
    undone = user.actors()
    user.press("#redo")
    assert (undone, user.actors()) == (
        ["Arland", "Borland", "Dorland", "Island Pact", "Éland"],
        ["Arland", "Borland", "Dorland", "Éland"],
    )


def test_a_link_shows_another_reader_the_same(user: User) -> None:
    user.call("hide", PACT)
    user.tick("outlet", "The Herald")
    user.press("#open-time")
    user.find("#handle-from").send_keys(Keys.ARROW_RIGHT)
    user.press("#undated")
    user.call("select", ELAND)
    user.call("focusOn", ELAND)
    address = user.js("location.href")
    seen = (user.lines(), user.texts("#active bdi"), user.text("#panel h2"))
    user.browser.get("about:blank")
    user.browser.get(address)
    screenshot.wait_until_drawn(user.browser)
    assert (user.lines(), user.texts("#active bdi"), user.text("#panel h2")) == seen
    assert seen == (
        ["Corland imposes sanctions on Éland", "Corland meets Dorland", "Dorland aids Éland"],
        ["Around Éland", "Without Island Pact", "Outlet: The Herald", "From 13 Jan 2031", "No undated claims"],
        "Éland",
    )


def test_a_link_to_dates_opens_them(user: User) -> None:
    user.browser.get("about:blank")
    user.browser.get(f"{(user.folder / 'network.html').as_uri()}#from=2031-03-01&to=2031-03-30")
    screenshot.wait_until_drawn(user.browser)
    assert (user.shows("#time"), user.text("#range")) == (True, "1 Mar 2031 – 30 Mar 2031")


def test_the_back_button_shows_what_was_before(user: User) -> None:
    user.call("hide", CORLAND)
    user.call("hide", PACT)
    user.browser.back()
    wait = screenshot.WebDriverWait(user.browser, 10)
    wait.until(lambda _: "Island Pact" in user.actors())
    assert user.actors() == ["Arland", "Borland", "Dorland", "Island Pact", "Éland"]


def test_a_link_with_an_unknown_id_opens_with_a_note(user: User) -> None:
    user.follow(f"without={CORLAND}&without=Atlantis&open=gone&relation=Meeting&relation=Sings&from=yesterday&top=-3")
    assert user.text("#note span") == (
        "This link names what is not in this graph: -3, gone, Atlantis and 2 more. The rest is shown."
    )
    assert user.lines() == ["Arland meets Borland", "Borland meets Dorland"]


# ---- path ------------------------------------------------------------------------------------------


def test_the_path_with_the_fewest_steps_and_then_most_claims_is_shown(user: User) -> None:
    user.call("pathBetween", ARLAND, DORLAND)
    assert (user.lines(), user.texts("#panel h3")) == (
        ["Arland meets Corland", "Corland meets Dorland"],
        ["1. Arland – Corland", "2. Corland – Dorland"],
    )
    assert user.texts("#panel blockquote") == [
        "Arland met Corland, Falk said.",
        "Arland met Corland again.",
        "Corland met Dorland.",
    ]


def test_a_path_goes_only_where_the_filters_allow(user: User) -> None:
    user.tick("outlet", "The Gazette")
    user.call("pathBetween", ARLAND, DORLAND)
    assert user.lines() == ["Arland meets Borland", "Borland meets Dorland"]


def test_where_there_is_no_path_the_panel_says_so(user: User) -> None:
    user.tick("relation", "meets")
    user.call("pathBetween", ARLAND, ELAND)
    assert user.text("#panel .extent") == "No path between these two that the filters allow."


def test_a_path_is_asked_for_with_two_names(user: User) -> None:
    user.press("#open-path")
    user.type("arl", Keys.ENTER)
    user.type("pact", Keys.ENTER)
    assert user.texts("#panel h3") == ["1. Arland – Corland", "2. Corland – Dorland", "3. Dorland – Island Pact"]


def test_a_path_starts_from_who_is_open(user: User) -> None:
    user.call("select", ELAND)
    user.press("#open-path")
    user.type("arland", Keys.ENTER)
    assert user.texts("#panel h3") == ["1. Éland – Corland", "2. Corland – Arland"]


# ---- table -----------------------------------------------------------------------------------------


TOOLS = {
    "table": ("#open-table", "#table"),
    "matrix": ("#open-matrix", "#matrix"),
    "time": ("#open-time", "#time"),
    "path": ("#open-path", "#path"),
    "events": ("#open-strip", "#strip"),
    "outlet": ("[data-facet='outlet'] summary", "[data-facet='outlet'] ul"),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_a_link_opens_what_its_sender_had_open(user: User, tool: str) -> None:
    button, place = TOOLS[tool]
    user.press(button)
    address = user.address(f"show={tool}")
    user.follow()
    assert not user.shows(place)
    user.follow(address)
    assert user.shows(place)


def test_a_link_closes_the_legend_that_its_sender_had_closed(user: User) -> None:
    user.press("#legend > details > summary")
    address = user.address("hide=legend")
    user.follow()
    assert user.shows("#entries")
    user.follow(address)
    assert not user.shows("#entries")


def test_a_link_shows_the_path_its_sender_saw_and_the_line_open_on_it(user: User) -> None:
    user.call("pathBetween", ARLAND, ELAND)
    user.call("select", SANCTIONS)
    address, seen, panel = user.address(SANCTIONS), user.lines(), user.text("#panel")
    user.follow()
    assert user.lines() != seen
    user.follow(address)
    assert (user.lines(), user.text("#panel")) == (seen, panel)
    user.type(Keys.ESCAPE)
    assert user.texts("#panel h3") == ["1. Arland – Corland", "2. Corland – Éland"]


def test_a_tool_that_was_opened_is_closed_by_undo(user: User) -> None:
    user.press("#open-table")
    user.press("#undo")
    assert not user.shows("#table")


@pytest.fixture
def table(user: User) -> User:
    user.type("t")
    return user


def test_the_table_holds_what_passes_the_filters(table: User) -> None:
    table.tick("outlet", "The Gazette")
    assert (table.table(), table.text("#table-count")) == (
        ["Arland meets Borland", "Arland meets Corland", "Borland meets Dorland"],
        "1–3 of 3",
    )


def test_the_table_is_sorted_by_a_column_both_ways(table: User) -> None:
    def sorted_by_speaker() -> tuple[str | None, list[str]]:
        table.press("th[data-column='to'] button")
        return table.find("th[data-column='to']").get_attribute("aria-sort"), table.texts(".column-to")

    up = ["Borland", "Corland", "Corland", "Dorland", "Dorland", "Éland", "Éland", "Island Pact", "Island Pact"]
    assert (sorted_by_speaker(), sorted_by_speaker()) == (("ascending", up), ("descending", up[::-1]))


def test_what_is_not_dated_sorts_by_the_day_of_its_report(table: User) -> None:
    for column in ("speaker", "when"):
        table.press(f"th[data-column='{column}'] button")
    assert table.texts(".column-when") == [
        "2031-01-10",
        "2031-01-12",
        "2031-02-15",
        "2031-03-01",
        "2031-03-02",
        "reported 2031-03-02",
        "reported 2031-03-02",
        "reported 2031-03-02",
        "2031-04",
    ]


def test_a_row_opens_its_evidence(table: User) -> None:
    next(row for row in table.browser.find_elements(By.CSS_SELECTOR, "#table tbody tr") if "again" in row.text).click()
    screenshot.wait_until_drawn(table.browser)
    assert table.texts("#panel blockquote") == ["Arland met Corland, Falk said.", "Arland met Corland again."]


def test_closing_the_evidence_returns_to_the_row(table: User) -> None:
    table.type(Keys.ARROW_DOWN, Keys.ENTER)
    table.type(Keys.ESCAPE)
    assert table.js("document.activeElement.closest('tr').ariaRowIndex") == "3"


def test_csv_holds_what_passes_and_no_formula(user: User) -> None:
    user.tick("relation", "imposes sanctions on")
    rows = list(csv.DictReader(io.StringIO(user.call("csv"))))
    assert [(row["from"], row["relation"], row["to"], row["sentence"], row["article"], row["address"]) for row in rows] == [
        ("Corland", "imposes sanctions on", "Éland", "Corland sanctioned Éland.", "'=SUM(1)", "https://herald.example/1")
    ]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_cell_that_is_a_formula_is_quoted(user: User, cell: str) -> None:
    assert user.call("csvCell", cell) == f'"\'{cell}"'


# ---- keys ------------------------------------------------------------------------------------------


def test_the_table_opens_and_closes_with_t(user: User) -> None:
    user.type("t")
    opened = user.shows("#table")
    user.type("t")
    assert (opened, user.shows("#table")) == (True, False)


def test_the_help_opens_with_a_question_mark_and_gives_the_focus_back(user: User) -> None:
    user.browser.execute_script("document.getElementById('open-table').focus()")
    user.type("?")
    opened = user.shows("#help"), user.texts("#help dt")
    user.type(Keys.ESCAPE)
    assert opened == (True, ["/", "t", "e", "m", "f", "d", "s", "p", "u", "r", "0", "?", "Arrows", "Enter", "Escape", "Tab"])
    assert (user.shows("#help"), user.focused()) == (False, "open-table")


def test_an_arrow_key_goes_to_the_neighbour_that_lies_that_way(user: User) -> None:
    user.browser.execute_script("document.getElementById('picture').focus()")
    user.call("select", ARLAND, {"stay": True})
    places = user.js("kgbuild.network.getPositions()")
    x, y = (places[BORLAND][axis] - places[ARLAND][axis] for axis in "xy")
    sideways, upright = (Keys.ARROW_RIGHT if x > 0 else Keys.ARROW_LEFT), (Keys.ARROW_DOWN if y > 0 else Keys.ARROW_UP)
    user.type(sideways if abs(x) > abs(y) else upright)
    there = user.js("kgbuild.view.chosen")
    axis, way = ("x", x) if abs(x) > abs(y) else ("y", y)
    assert there in (BORLAND, CORLAND)
    assert (places[there][axis] - places[ARLAND][axis]) * way > 0
    assert user.focused() == "picture"


def test_escape_closes_the_dates_and_then_the_events(user: User) -> None:
    user.type("d", "e")
    user.browser.execute_script("document.activeElement.blur()")
    seen = []
    for _ in range(2):
        user.type(Keys.ESCAPE)
        seen.append([user.shows("#time"), user.shows("#strip")])
    assert seen == [[False, True], [False, False]]


def test_escape_returns_the_focus_to_where_it_was(user: User) -> None:
    user.browser.execute_script("document.getElementById('open-time').focus()")
    user.call("select", ARLAND)
    inside = user.focused()
    user.type(Keys.ESCAPE)
    assert (inside, user.focused()) == ("panel", "open-time")


def test_every_tool_is_reached_with_tab(user: User) -> None:
    user.press("#open-time")
    user.browser.execute_script("document.getElementById('search').focus()")
    reached = []
    for _ in range(40):
        ActionChains(user.browser).send_keys(Keys.TAB).perform()
        reached.append(user.focused())
    tools = [
        "top",
        "open-path",
        "open-strip",
        "open-matrix",
        "open-time",
        "open-table",
        "fit",
        "help-button",
        "picture",
        "handle-from",
        "handle-to",
        "undated",
    ]
    assert [tool for tool in tools if tool not in reached] == []


def test_a_change_is_read_out(user: User) -> None:
    user.call("hide", CORLAND)
    assert (user.find("#shown").get_attribute("role"), user.text("#shown")) == (
        "status",
        "5 actors, 5 lines: 5 of 9 claims. Not drawn: 4 filtered out",
    )
