"""In whose words an article speaks: on a page of the White House "we" is the United States, "the President" theirs."""

from __future__ import annotations

from kgbuild.read.names.gazetteer import Gazetteer

BODY = "GovernmentBody"


def publishing_state(publisher: str | None, gazetteer: Gazetteer) -> str | None:
    """The id of the state whose body or office *publisher* is: "White House", "President of Ukraine", "Australian Foreign
    Minister". None for an outlet, be it a state's own.
    """
    if not publisher:
        return None
    for actor in gazetteer.named(publisher):
        if actor.cls == BODY and actor.of and _is_state(actor.of, gazetteer):
            return actor.of
    for office, whose in _parted(publisher):
        if office.lower() in gazetteer.ontology.offices:
            states = [actor.id for actor in gazetteer.named(whose) if actor.cls == "State"]
            if states:
                return states[0]
    return None


def _parted(publisher: str) -> list[tuple[str, str]]:
    """Office and state as they may stand in a name: before and behind "of", behind and before the first space."""
    before, of, behind = publisher.partition(" of ")
    first, _, rest = publisher.partition(" ")
    return [(before, behind.removeprefix("the "))] * bool(of) + [(rest, first)]


def _is_state(entity: str, gazetteer: Gazetteer) -> bool:
    actor = gazetteer.ontology.actors.get(entity)
    return actor is not None and actor.cls == "State"
