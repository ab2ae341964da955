"""What every engine answers with."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Found:
    """One page of an answer. `hits`: (document key, score) in order; `coverage`: how much of the query the best
    document answers, 0 to 1; `counts`: facet key to value to number."""

    #: The engine that answered.
    engine: str
    hits: list[tuple[int, float]] = field(default_factory=list)
    total: int = 0
    coverage: float = 0.0
    #: How many documents answer all of it, as far as that decides anything (`FEW`).
    whole: int = 0
    counts: dict[str, Counter[str]] = field(default_factory=dict)
