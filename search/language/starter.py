"""The synonyms every installation begins with: common words for township matters and their official ones."""

import csv
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("starter_synonyms.csv")


def starter_synonyms() -> list[dict[str, Any]]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return [
            {
                "term": row["term"],
                "target": row["target"],
                "weight": float(row["weight"]),
                "is_directional": row["is_directional"] == "1",
            }
            for row in csv.DictReader(file)
        ]


def load_starter_synonyms(model: Any) -> int:
    """Add the pairs that are not there yet; the number added. An editor's change of a pair is left alone."""
    known = set(model.objects.values_list("term", "target"))
    added = [model(**row) for row in starter_synonyms() if (row["term"], row["target"]) not in known]
    return len(model.objects.bulk_create(added))
