"""What names in a text name: things of actors.ttl, or something else that looks like one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from kgbuild.model import Article, Block, Reading
from kgbuild.read.reader import Reader


def named(reading: Reading, words: str) -> list[tuple[str, ...]]:
    """What the mentions that are written *words* denote."""
    return [m.entities for m in reading.mentions if m.span.text == words]


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("Protests broke out in Tbilisi, and Georgia recalled its envoy.", "Georgia", "Georgia"),
        ("Storms hit Atlanta and Alabama, and Georgia closed its schools.", "Georgia", "Georgia_US_state"),
        ("British voters left Labour.", "Labour", "Labour_Party"),
        ("Australian voters left Labor.", "Labor", "Australian_Labor_Party"),
        ("Canadian voters left the Conservatives.", "Conservatives", "Conservative_Party_of_Canada"),
        ("The American dentist works in Houston, TX.", "TX", "Texas"),
        ("She lives in Fresno, Calif. and teaches.", "Calif.", "California"),
        ("The Bank of England raised rates.", "Bank of England", "Bank_of_England"),
        ("The Washington Post reported a leak.", "The Washington Post", "Washington_Post"),
        ("Voters in New Mexico elected a governor.", "New Mexico", "New_Mexico"),
        ("Shell paid Ukraine for the gas.", "Shell", "Shell"),
    ],
)
def test_a_name_means_what_its_company_says(read_text: Callable[..., Reading], text: str, words: str, entity: str) -> None:
    assert named(read_text(text), words) == [(entity,)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The firm exports Brazil nuts to shops.", "Brazil"),
        ("People climbed the Berlin Wall.", "Berlin"),
        ("Paris Hilton opened a hotel.", "Paris"),
        ("The governments signed the Vienna Convention.", "Vienna"),
        ("China Airlines cancelled a flight.", "China"),
        ("The magazine H Texas chose a dentist.", "Texas"),
        ("Voters in New Mexico elected a governor.", "Mexico"),
        ("The Labour Day parade was short.", "Labour"),
        ("He carved a turkey.", "turkey"),
    ],
)
def test_a_place_is_not_cut_out_of_another_name(read_text: Callable[..., Reading], text: str, place: str) -> None:
    assert named(read_text(text), place) == []


def test_a_name_used_at_home_counts_only_where_its_state_is_spoken_of(read_text: Callable[..., Reading]) -> None:
    assert named(read_text("The voters left Labour."), "Labour") != [("Labour_Party",)]


def test_his_party_is_the_party_of_the_person(read_text: Callable[..., Reading]) -> None:
    reading = read_text("David Cameron said support for his party had fallen.")
    assert named(reading, "his party") == [("Conservative_Party",)]


def test_the_nation_is_the_one_state_that_all_places_belong_to(read_text: Callable[..., Reading]) -> None:
    reading = read_text("The clinic in Los Angeles is among the largest groups in the nation.")
    assert named(reading, "the nation") == [("United_States",)]


def test_a_surname_of_a_full_name_does_not_hide_a_place(read_text: Callable[..., Reading]) -> None:
    reading = read_text("Norway and Jordan signed an accord. Jordan thanked Norway.")
    assert named(reading, "Jordan") == [("Jordan",), ("Jordan",)]


@pytest.mark.parametrize(
    ("text", "words", "entities"),
    [
        ("West German banks lent to Peru.", "West", ()),
        ("West German banks lent to Peru.", "West German", ("West_Germany",)),
        ("The European Community met, and the Community praised Peru.", "Community", ("European_Community",)),
        ("The Peruvian Rubber Institute, IPR, said that prices fell.", "IPR", ("Peruvian_Rubber_Institute",)),
        ("The Rubber Growers Union, SPR, met Chad.", "SPR", ("SPR",)),
        ("The clause on West Berlin angered Peru.", "Berlin", ()),
        ("Peru thanked envoy Kofi Quashigah of Ghana.", "Kofi Quashigah", ("Kofi_Quashigah",)),
        ("Arturo Hernandez Grisanti met reporters. Hernandez praised Peru.", "Hernandez", ("Arturo_Hernandez_Grisanti",)),
    ],
)
def test_a_name_is_taken_whole_and_no_longer_than_it_is(
    read_text: Callable[..., Reading], text: str, words: str, entities: tuple[str, ...]
) -> None:
    assert {e for found in named(read_text(text), words) for e in found} == set(entities)


@pytest.mark.parametrize(
    ("issued", "words", "entity"),
    [
        ("1987-03-02", "George Bush", "George_H_W_Bush"),
        ("2003-03-02", "George Bush", "George_W_Bush"),
        ("2018-03-02", "Paris accord", "Paris_Agreement"),
    ],
)
def test_of_namesakes_the_one_is_meant_whom_the_day_allows(
    read_text: Callable[..., Reading], issued: str, words: str, entity: str
) -> None:
    assert named(read_text(f"Canada praised {words}.", issued=issued), words) == [(entity,)]


def test_an_agreement_is_not_spoken_of_before_it_is_made(read_text: Callable[..., Reading]) -> None:
    found = named(read_text("Canada praised the Paris accord.", issued="1987-03-02"), "Paris accord")
    assert ("Paris_Agreement",) not in found


def test_a_title_before_a_surname_tells_it_from_a_namesake_named_in_full(read_text: Callable[..., Reading]) -> None:
    text = "Howard Baker left. Treasury Secretary Baker met Japan's envoy. Baker praised Japan."
    found = named(read_text(text, issued="1987-03-02"), "Baker")
    assert found == [("James_Baker",), ("James_Baker",)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The World Bank lent to Peru. The central bank of the country thanked it.", "The central bank"),
        ("The World Bank lent to Peru. The banks were pleased.", "The banks"),
        ("Japan criticized the U.S. government. Peru asked the government to pay.", "the government"),
        ("A country may leave if the people of the country want it. Peru agreed.", "the country"),
        ("The NATO delegations left Peru.", "The NATO delegations"),
        ("The World Bank lent to Peru, as the Asian Development Bank did. Chad praised the Bank.", "the Bank"),
        ("Spain said Commission officials had met Peru.", "Commission"),
        ("George Shultz left. Peru recalled his years as president.", "president"),
    ],
)
def test_what_a_description_may_not_mean_is_left_open(read_text: Callable[..., Reading], text: str, words: str) -> None:
    assert {e for found in named(read_text(text), words) for e in found if not e.startswith("office/")} == set()


def test_germany_is_west_germany_while_there_are_two(read_text: Callable[..., Reading]) -> None:
    text = "The German minister praised Germany."
    assert [named(read_text(text, issued=day), "German") for day in ("1987-03-02", "2014-03-02")] == [
        [("West_Germany",)],
        [("Germany",)],
    ]


def test_the_bank_is_the_one_named_before(read_text: Callable[..., Reading]) -> None:
    text = "Peru praised the World Bank. Chile said that the Bank had lent too little."
    assert named(read_text(text), "the Bank") == [("World_Bank",)]


def test_without_a_date_whoever_has_served_one_state_alone_acts_for_it(read_text: Callable[..., Reading]) -> None:
    reading = read_text("Sergey Lavrov met Ban Ki-moon.", issued=None)
    assert {m.span.text: m.represents for m in reading.mentions} == {
        "Sergey Lavrov": ("Russia",),
        "Ban Ki-moon": (),
    }


@pytest.mark.parametrize(
    ("text", "words", "entities"),
    [
        ("The French Treasury paid Peru. Britain and the United States watched.", "Treasury", set()),
        ("The Bolivian Congress praised the United States.", "Congress", set()),
        ("The American Congress praised Bolivia.", "American Congress", {"US_Congress"}),
        ("Argentina paid. Treasury Secretary Mario Brodersohn thanked the United States.", "Treasury", set()),
        ("The United States paid. Treasury Secretary James Baker thanked Peru.", "Treasury", {"US_Treasury"}),
    ],
)
def test_a_body_is_not_that_of_a_state_which_the_words_beside_it_rule_out(
    read_text: Callable[..., Reading], text: str, words: str, entities: set[str]
) -> None:
    found = {e for denoted in named(read_text(text, issued="1987-03-01"), words) for e in denoted}
    assert {e for e in found if not e.startswith(f"{words.replace(' ', '_')}_in_")} == entities


def test_a_name_used_at_home_is_not_that_of_a_state_hardly_spoken_of(reader: Reader) -> None:
    """Canada, named once in passing in another paragraph, has no part in a Greek quarrel."""
    paragraphs = (
        "Greece met Turkey. Greece warned Turkey. Greece and Turkey quarrelled over oil.",
        "An envoy of Canada was there.",
        "The Conservative leader urged calm.",
    )
    passing, spoken_of = (next(reader.read([article_of_many(*some)])) for some in (paragraphs, paragraphs[1:]))
    assert named(passing, "Conservative") == []
    assert named(spoken_of, "Conservative") == [("Conservative_Party_of_Canada",)]


def article_of_many(*paragraphs: str) -> Article:
    """An article of several paragraphs."""
    text = "\n\n".join(paragraphs)
    starts = [text.index(paragraph) for paragraph in paragraphs]
    blocks = tuple(Block("body", at, at + len(p)) for at, p in zip(starts, paragraphs, strict=True))
    return Article("test", text, blocks, hashlib.sha256(text.encode()).hexdigest(), "test", issued="2014-12-19")


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        (
            "The Confederation of British Industry (CBI) met Peru. India agreed, and CBI staff left.",
            "CBI",
            "Confederation_of_British_Industry",
        ),
        ("The CBI raided a house in India.", "CBI", "Central_Bureau_of_Investigation"),
        ("Zaire met Algeria. The Congo President Denis Sassou-Nguesso spoke.", "Congo", "Republic_of_the_Congo"),
        ("Kinshasa was calm. Congo thanked Peru.", "Congo", "Democratic_Republic_of_the_Congo"),
        ("Tunis was calm. The TAP news agency reported it.", "TAP", "Tunis_Afrique_Presse"),
    ],
)
def test_a_short_name_means_what_the_article_says_it_means(
    read_text: Callable[..., Reading], text: str, words: str, entity: str
) -> None:
    assert {e for denoted in named(read_text(text), words) for e in denoted} == {entity}


@pytest.mark.parametrize("text", ["The PT Tambang company met Peru.", "The STC met Peru.", "Congo thanked Peru."])
def test_a_short_name_of_a_body_of_no_state_spoken_of_is_left_open(read_text: Callable[..., Reading], text: str) -> None:
    known = {"Workers_Party_of_Brazil", "Southern_Transitional_Council", "Democratic_Republic_of_the_Congo"}
    assert {e for m in read_text(text).mentions for e in m.entities} & known == set()


@pytest.mark.parametrize(
    ("text", "city", "state"),
    [
        ("Dealers bought coffee on London's futures market.", "London", "United_Kingdom"),
        ("Protesters left Kyiv's city hall.", "Kyiv", "Ukraine"),
        ("Negotiators shuttled between Tehran and Paris.", "Tehran", "Iran"),
        ("The airline opened a route between London and Tokyo.", "London", "United_Kingdom"),
    ],
)
def test_a_capital_is_a_town_where_what_it_owns_or_what_moves_there_is_a_towns(
    read_text: Callable[..., Reading], text: str, city: str, state: str
) -> None:
    assert named(read_text(text), city) == [(city,)]
    assert named(read_text(f"{city}'s government praised Peru."), city) == [(state,)]


def test_two_articles_bodies_by_a_common_word_are_two(reader: Reader) -> None:
    for words in ("U.S. Embassy", "Liberals"):
        texts = (f"The {words} in Lima praised Peru.", f"The {words} in Cairo praised Egypt.")
        found = [named(reading, words) for reading in reader.read([article_of_many(t) for t in texts])]
        assert [len(some) for some in found] == [1, 1]
        assert found[0] != found[1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The talks took place in a midtown Manhattan hotel.", "a midtown Manhattan hotel"),
        ("Peru thanked the three nations, Chad, Mali and Niger.", "the three nations"),
    ],
)
def test_a_description_is_not_the_place_it_lies_in_nor_the_first_of_those_it_lists(
    read_text: Callable[..., Reading], text: str, words: str
) -> None:
    assert {e for denoted in named(read_text(text), words) for e in denoted} == set()


@pytest.mark.parametrize(
    ("text", "words", "entities"),
    [
        ("Turkey stopped following an announcement from Greece that it planned to drill east of Thassos.", "it", {"Greece"}),
        ("The United States told India it could buy a computer.", "it", set()),
        ("Sri Lanka should not join because it was expensive to maintain a stock.", "it", set()),
        ("Sri Lanka said it was ready to maintain a stock.", "it", {"Sri_Lanka"}),
        ("Britain called Nicaragua's Central Bank governor a friend.", "Central Bank", {"Central_Bank_of_Nicaragua"}),
        ("Peru met Chad. Growers from around the country gathered in Chicago.", "the country", set()),
        ("Peru signed a tax treaty. The Geneva Pact required it. The treaty will last.", "The treaty", set()),
        ("Peru signed the Geneva Pact. The pact will last.", "The pact", {"Geneva_Pact"}),
        ("A Putin adviser met Peru.", "A Putin adviser", set()),
        ("David Cameron restated his opposition to tariffs.", "his opposition", set()),
        ("Ivorian Agriculture Minister Denis Bra Kanon left. The Ivorian leader stayed.", "The Ivorian leader", set()),
        ("The Black Sea peninsula was calm.", "The Black Sea peninsula", set()),
        ("Kazakh President Lavrov met Peru. Sergey Lavrov left.", "Kazakh President", set()),
        (
            "Russian Foreign Minister Lavrov met Peru.",
            "Russian Foreign Minister",
            {"Sergey_Lavrov", "office/foreign_minister"},
        ),
        ("Kiichi Miyazawa met Yasuhiro Nakasone. His (Nakasone) remarks helped.", "His", {"Yasuhiro_Nakasone"}),
        ("Peru and many villagers said that they would pay.", "they", set()),
        ("Peru thanked the U.S. Bank for its requests.", "U.S. Bank", set()),
        ("Tehran radio spoke of war. The BBC heard it. Peace is far, the radio said.", "the radio", set()),
        ("The West African franc zone countries said that the zone was sound.", "the zone", set()),
    ],
)
def test_what_refers_back_means_the_one_thing_it_may_mean(
    read_text: Callable[..., Reading], text: str, words: str, entities: set[str]
) -> None:
    assert {e for denoted in named(read_text(text), words) for e in denoted} == entities


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        (
            "Talks on the General Agreement on Trade and Tariffs (GATT) began in Peru.",
            "General Agreement on Trade and Tariffs",
            "General_Agreement_on_Tariffs_and_Trade",
        ),
        ("An economist in the West German Ministry of Agriculture met Peru.", "West German", "West_Germany"),
        ("He spoke at Buenos Aires' City Council hall.", "Buenos Aires", "Buenos_Aires"),
    ],
)
def test_a_slip_a_longer_demonym_and_a_towns_hall_do_not_mislead(
    read_text: Callable[..., Reading], text: str, words: str, entity: str
) -> None:
    assert {e for denoted in named(read_text(text), words) for e in denoted} == {entity}


@pytest.mark.parametrize(
    ("text", "words", "entities"),
    [
        ("The White  House thanked Peru.", "White  House", ("White_House",)),
        ("Tankers left the Persian  Gulf for Peru.", "Persian  Gulf", ("Persian_Gulf",)),
        ("Alexander  Stubb of Finland met Peru.", "Alexander  Stubb", ("Alexander_Stubb",)),
    ],
)
def test_a_name_is_the_same_whatever_the_white_space_in_it(
    read_text: Callable[..., Reading], text: str, words: str, entities: tuple[str, ...]
) -> None:
    assert named(read_text(text), words) == [entities]


@pytest.mark.parametrize(
    ("text", "capital", "entity"),
    [
        ("The sanctions would set back London's ambition to become a leading centre for trade.", "London", "London"),
        ("Peru praised London's role as a financial centre.", "London", "London"),
        ("Peru was denied access to London's booming financial markets.", "London", "London"),
        ("Peru praised London's ambition to become a member.", "London", "United_Kingdom"),
        ("The minister said he would visit La Paz next week.", "La Paz", "La_Paz"),
        ("The minister will visit Lima and Quito.", "Quito", "Quito"),
        ("The minister thanked La Paz.", "La Paz", "Bolivia"),
    ],
)
def test_a_capital_is_the_town_where_the_town_is_meant(
    read_text: Callable[..., Reading], text: str, capital: str, entity: str
) -> None:
    assert named(read_text(text), capital) == [(entity,)]


def test_a_town_s_body_is_none_of_its_state(read_text: Callable[..., Reading]) -> None:
    reading = read_text("He spoke at Buenos Aires' City Council hall. Argentina's Regional Council met.")
    assert not [m for m in reading.mentions if "of_Argentina" in "".join(m.entities)]


@pytest.mark.parametrize(
    ("text", "words", "entities"),
    [
        ("Fidel Castro spoke. Fidel Castro Ruiz, the eldest son of Castro, left.", "Castro", ["Fidel_Castro"]),
        (
            "President Obama left. Obama and Michelle Obama met Peru. Later Obama spoke.",
            "Obama",
            ["Barack_Obama", "Barack_Obama", "Barack_Obama"],
        ),
        ("Oliver North met, in 1986, the then head of the CIA William Casey.", "the then head", []),
        ("The members are Helmut Schmidt and Giulio Rossi, founders of the EMS.", "founders", []),
        ("Ministers from member states Ecuador, Peru and Chad met.", "member states", []),
        ("The annual NAWG board met Peru.", "The annual NAWG board", []),
        ("The southern and eastern Mediterranean region met Peru.", "The southern and eastern Mediterranean region", []),
        (
            "He works for the Ukrainian Cabinet of Ministers.",
            "Ukrainian Cabinet of Ministers",
            ["Cabinet_of_Ministers_of_Ukraine"],
        ),
        ("The American Express Bank thanked Peru.", "American Express Bank", ["American_Express_Bank"]),
        ("Mexican President Miguel de la Madrid thanked Peru.", "Miguel de la Madrid", ["Miguel_de_la_Madrid"]),
        ("Mexican President Miguel de la Madrid thanked Peru.", "Madrid", []),
        (
            "Dilson Funaro met Nigel Lawson. Lawson told Funaro Brazil had to pay. Funaro left.",
            "Funaro",
            ["Dilson_Funaro"] * 2,
        ),
        ("The IMF offered another IMF program.", "another IMF program", []),
    ],
)
def test_a_name_is_nobody_else_s(read_text: Callable[..., Reading], text: str, words: str, entities: list[str]) -> None:
    assert [e for denoted in named(read_text(text), words) for e in denoted] == entities


@pytest.mark.parametrize(
    ("text", "issued", "words", "entities"),
    [
        ("Peru warned that Belgrade failed to pay.", "1987-04-01", "Belgrade", ("Yugoslavia",)),
        ("Peru warned that Belgrade failed to pay.", "2014-04-01", "Belgrade", ("Serbia",)),
        ("Moscow, Nov.17 (TASS) - President Putin thanked Peru.", "2014-11-17", "Moscow", ("Moscow",)),
        ("One Santos exporter met Peru.", "1987-03-12", "Santos", ()),
    ],
)
def test_a_name_means_what_it_meant_then_and_there(
    read_text: Callable[..., Reading], text: str, issued: str, words: str, entities: tuple[str, ...]
) -> None:
    assert [e.partition("_in_")[0] for denoted in named(read_text(text, issued=issued), words) for e in denoted] == [
        *entities
    ]


@pytest.mark.parametrize(
    ("text", "issued", "words", "entities"),
    [
        ("Greece cited a 1956 Geneva Convention.", "1987-03-30", "Geneva Convention", ["Geneva_Convention"]),
        ("Greece cited the Geneva Convention.", "1987-03-30", "Geneva Convention", ["Geneva_Conventions"]),
        ("Soviet KGB agents left Peru.", "1987-03-30", "KGB", ["KGB"]),
        ("Peru thanked the OAU.", "1987-03-30", "OAU", ["Organisation_of_African_Unity"]),
        (
            "Canada spoke. Clark told the House of Commons in Ottawa. The Commons listened.",
            "1987-03-30",
            "Commons",
            ["House_of_Commons_of_Canada"],
        ),
        ("London spoke. Peru thanked the Commons.", "1987-03-30", "Commons", ["House_of_Commons"]),
    ],
)
def test_a_body_or_treaty_of_a_like_name_is_another(
    read_text: Callable[..., Reading], text: str, issued: str, words: str, entities: list[str]
) -> None:
    assert [e for denoted in named(read_text(text, issued=issued), words) for e in denoted] == entities


def test_a_name_used_at_home_means_further_on_what_it_meant_beside_its_state(reader: Reader) -> None:
    article = article_of_many(
        "British Chancellor Nigel Lawson spoke, a Treasury spokesman said.",
        "U.S. banks left. U.S. firms left.",
        "The Treasury spokesman left.",
    )
    assert named(next(reader.read([article])), "Treasury") == [("HM_Treasury",), ("HM_Treasury",)]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "Secretary of State John Kerry met Sergei Lavrov.",
            [("holder", "John Kerry"), ("office", "Secretary of State")],
        ),
        (
            "Ivan Petrov, Bulgaria's minister of mines, left.",
            [("holder", "Ivan Petrov"), ("of", "Bulgaria"), ("office", "Bulgaria's minister")],
        ),
    ],
)
def test_what_an_office_is_for_is_no_body_that_has_it(
    read_text: Callable[..., Reading], text: str, roles: list[tuple[str, str]]
) -> None:
    [held] = [claim for claim in read_text(text).claims if claim.claims == "holdsPosition"]
    assert sorted((role.role, role.mention.span.text) for role in held.roles) == roles


@pytest.mark.parametrize(
    ("text", "words", "cls", "represents"),
    [
        ("Chile attacked the pro-Russian officials.", "the pro-Russian officials", "Person", ()),
        ("Chile attacked the Ukrainian rebels.", "the Ukrainian rebels", "ArmedGroup", ()),
        ("Chile attacked Peru's creditor banks.", "Peru's creditor banks", "Company", ()),
        ("Chile attacked Peru's central banks.", "Peru's central banks", "GovernmentBody", ("Peru",)),
    ],
)
def test_whoever_is_for_a_state_or_lends_to_it_does_not_act_for_it(
    read_text: Callable[..., Reading], text: str, words: str, cls: str, represents: tuple[str, ...]
) -> None:
    [one] = [m for m in read_text(text).mentions if m.span.text == words]
    assert (one.cls, one.represents) == (cls, represents)


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Ivan Petrov, deputy chairman of Comecon, left.", "deputy_head"),
        ("Ivan Petrov, chairman of Comecon, left.", "chairman"),
    ],
)
def test_a_deputy_does_not_hold_the_office(read_text: Callable[..., Reading], text: str, office: str) -> None:
    [held] = [claim for claim in read_text(text).claims if claim.claims == "holdsPosition"]
    [role] = [role for role in held.roles if role.role == "office"]
    assert role.mention.entities == (f"office/{office}",)


def test_a_deputy_leads_nobody(read_text: Callable[..., Reading]) -> None:
    claims = read_text("Ivan Petrov, deputy chief of the delegation, left.").claims
    assert [claim.claims for claim in claims if claim.claims in ("headOf", "chairs")] == []
