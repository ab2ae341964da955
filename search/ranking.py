"""What a hit is worth: the numbers that every engine ranks by.

A document answers each concept of a query by its best phrase: as a whole with what the field is worth in which it stands,
or by its parts. Rare concepts matter more than common ones. The answers add up, times the share of the query they cover.
"""

from enum import IntEnum


class Field(IntEnum):
    """The texts of a document that are looked up."""

    TITLE = 0
    ALIASES = 1
    CODES = 2
    DETAILS = 3
    BASES = 4
    BODY = 5
    WHOLE = 7


#: Someone who types a whole name or code wants that very thing; a word of the name says what a matter is, a word of its
#: materials or results that it has to do with it, a word of its legal basis or its further text hardly more than that.
STRENGTHS = {
    Field.WHOLE: 40.0,
    Field.TITLE: 10.0,
    Field.ALIASES: 9.0,
    Field.CODES: 8.0,
    Field.DETAILS: 3.0,
    Field.BASES: 1.5,
    Field.BODY: 1.0,
}
#: Bigrams found apart say something only where little is said: in a long text they stand by chance.
PART_FIELDS = (Field.TITLE, Field.ALIASES, Field.DETAILS)
#: Bigrams found apart are worth less than the same words in a row.
APART = 0.6
#: Bigrams that occur more often than this in all documents together tell nothing beside others: 登记, 申请.
COMMON = 0.15
#: From this share of its bigrams on a phrase counts as answered: 残疾人补贴 by 困难残疾人生活补贴.
ENOUGH_PARTS = 0.6
#: Coverage from which a document counts as answering all, or most, of a query; long questions hold many filling words.
ALL, MOST = 0.999, 0.3
#: What a document has of the query counts in any case for so much of its worth; the rest goes with the coverage.
UNCOVERED = 0.4
#: With fewer whole answers than these, documents that answer most of the query are shown after them.
FEW = 10
#: With nothing better, documents down to this share of the best coverage are shown, but none that answers less than `LEAST`.
ANY_OF_BEST, LEAST = 0.7, 0.25
#: Beside a known word another one of which nothing is found matters only so much.
FILLING = 0.2
#: A township or street named in the query, or chosen, lifts what belongs to it; else what holds everywhere stands for the
#: same in single places.
NAMED_PLACE = 1.5
WHOLE_CITY = 1.02
#: Residents look for what they can apply for: of two equally fitting matters that one comes first.
SERVICE_FIRST = 1.15
#: A name that says little else fits better than a long one: worth so much more, half of that with so many characters.
SHORT_NAME, HALF_AS_SHORT = 0.5, 15
#: Who names a matter and no act mostly wants to begin it: what comes later in its life stands after.
LATER_ACTS = ("注销", "变更", "换领", "补领", "补办", "挂失", "遗失", "迁移", "转移", "更正")
LATER = 0.95


def least_coverage(whole: int, best: float) -> float:
    """What a document must cover to be shown: the strictest level that has enough. `whole`: how many answer all of the query;
    `best`: the highest coverage there is."""
    if whole >= FEW:
        return ALL
    return MOST if best >= MOST else max(best * ANY_OF_BEST, LEAST)


def standing(title: str, *, is_service: bool, is_everywhere: bool) -> float:
    """What a document is worth whatever is asked."""
    everywhere = WHOLE_CITY if is_everywhere else 1.0
    service = SERVICE_FIRST if is_service else 1.0
    return everywhere * service * (1 + SHORT_NAME * HALF_AS_SHORT / (HALF_AS_SHORT + len(title)))


def is_later(title: str) -> bool:
    return any(act in title for act in LATER_ACTS)
