"""As whom persons and bodies are drawn where there are many."""

from __future__ import annotations

from kgbuild.ask.picture import read_picture
from tests.ask.world import World

Office = tuple[str, str]


def stands_for(*offices: Office, acts_for: tuple[Office, ...] = ()) -> dict[str, str]:
    """As whom everybody is drawn, of those who hold *offices* in something or act for it in an event."""
    world = World()
    for name, cls in (
        ("Norland", "State"),
        ("Vestmark", "State"),
        ("Union", "IntergovernmentalOrganization"),
        ("Ministry", "GovernmentBody"),
        ("Front", "ArmedGroup"),
        ("Ek", "Person"),
        ("Lund", "Person"),
    ):
        world.actor(name, cls)
    article = world.article("News")
    for name in ("Ministry", "Front", "Ek", "Lund"):
        world.says(article, f"{name} met Vestmark.", "met", "Meeting", participant=(name, "Vestmark"))
    for holder, body in offices:
        world.claim(
            article, f"{holder} of {body}.", "of", "holdsPosition", {"holder": (holder,), "of": (body,)}, office="head"
        )
    world.events += [f"{world.actors[who]} dip:actsFor {world.actors[whom]} ." for who, whom in acts_for]
    picture = read_picture(world.graph())
    labels = {actor.id: actor.label for actor in picture.actors}
    return {actor.label: labels[actor.stand_in] for actor in picture.actors if actor.stand_in}


def test_who_holds_an_office_of_a_state_or_organisation_or_acts_for_it_is_drawn_as_it() -> None:
    assert stands_for(("Ek", "Norland"), ("Lund", "Union"), acts_for=(("Ministry", "Norland"),)) == {
        "Ek": "Norland",
        "Lund": "Union",
        "Ministry": "Norland",
    }


def test_who_holds_an_office_of_a_body_is_drawn_as_the_state_of_that_body() -> None:
    assert stands_for(("Ek", "Ministry"), acts_for=(("Ministry", "Norland"),)) == {"Ek": "Norland", "Ministry": "Norland"}


def test_who_is_said_to_act_for_one_as_much_as_for_another_is_drawn_as_itself() -> None:
    assert stands_for(("Ek", "Norland"), ("Ek", "Vestmark")) == {}


def test_an_armed_group_is_drawn_as_itself() -> None:
    assert stands_for(acts_for=(("Front", "Norland"),)) == {}


def test_a_mention_of_several_does_not_say_who_of_them_acts_for_which() -> None:
    world = World()
    for name, cls in (("Norland", "State"), ("Vestmark", "State"), ("Ek", "Person"), ("Lund", "Person")):
        world.actor(name, cls)
    article = world.article("News")
    for name, state in (("Ek", "Norland"), ("Lund", "Vestmark")):
        claim = world.claim(article, f"{name} spoke.", "spoke", "Meeting", {"participant": (name,)})
        world.articles[article].append(f"<{article}/mention/{1000 * world.claims}-0> dip:represents {world.actors[state]} .")
        world.event(name, "Meeting", {"participant": (name,)}, [claim])
    leaders = [
        world.claim(article, "The leaders met.", "met", "Meeting", {"participant": ("The leaders",)}) for _ in range(3)
    ]
    world.event("both", "Meeting", {"participant": ("Ek", "Lund")}, leaders)
    for number in range(3, 6):
        mention = f"<{article}/mention/{1000 * number}-0>"
        for who in ("Ek", "Lund"):
            world.things.append(f"{mention} dip:denotes {world.actors[who]} .")
        for state in ("Norland", "Vestmark"):
            world.articles[article].append(f"{mention} dip:represents {world.actors[state]} .")
    actors = read_picture(world.graph()).actors
    labels = {actor.id: actor.label for actor in actors}
    assert {actor.label: labels[actor.stand_in] for actor in actors if actor.stand_in} == {
        "Ek": "Norland",
        "Lund": "Vestmark",
    }
