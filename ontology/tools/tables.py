"""Write the tables of office-holders and of bodies, which stand beside ontology/actors.ttl, from files of facts.

    python ontology/tools/tables.py FACTS            # a folder; writes ontology/holders.tsv and ontology/bodies.tsv
    python ontology/tools/tables.py FACTS --check    # exit 1 if the tables are not what this script writes

FACTS holds officeholders.jsonl, officeholders-hand.jsonl, organisations.jsonl, armedgroups.jsonl and parties.jsonl: one
fact a line, each with its source and licence; a file that is missing counts as empty. Lines are left out whose licence
is share-alike or unsure (CC BY-SA, "MIT?"), that carry a doubt, whose office or name no news would write, or that
actors.ttl contradicts: what is written there by hand wins. The same input gives the same bytes.

Of a seat that one person holds at a time, the better source wins where two are said to hold it for more than a month;
of equal sources both stay, marked as shared: their names link, the office alone then means nobody.

Sources of the facts, with their licences: the list SOURCES in facts.py, which each table repeats in its head.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ONTOLOGY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ONTOLOGY.parent), str(ONTOLOGY / "tools")]

from bodies import bodies_table  # noqa: E402 - the script is run by its path
from facts import actors_by_hand  # noqa: E402
from holders import holders_table  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("facts", type=Path, help="the folder of facts")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a table would change")
    parser.add_argument("--out", type=Path, default=ONTOLOGY, help="the folder that gets the tables")
    given = parser.parse_args()
    actors = actors_by_hand(ONTOLOGY)
    tables = {"holders.tsv": holders_table(given.facts, actors), "bodies.tsv": bodies_table(given.facts, actors)}
    changed = []
    for name, text in tables.items():
        path = given.out / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            changed.append(name)
            if not given.check:
                path.write_text(text, encoding="utf-8")
    print(f"{', '.join(changed) or 'nothing'} {'differs' if given.check else 'written'}")
    sys.exit(1 if given.check and changed else 0)


if __name__ == "__main__":
    main()
