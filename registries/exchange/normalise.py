"""One writing for texts that mean the same: for comparing (``norm``) and for keeping (``clean_text``)."""

import re
import unicodedata

ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))

_CHINESE = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WIDE_PUNCTUATION = (
    "\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u3001-\u3004\u3008-\u303f\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff65"
)
_ASCII_PUNCTUATION = re.escape("!\"#%&'()*,-./:;?@[\\]_{}")
_BESIDE = f"[{_CHINESE}{_WIDE_PUNCTUATION}{_ASCII_PUNCTUATION}\u00a1-\u00bf]"
_BLANK_BESIDE = re.compile(f"(?<={_BESIDE}) | (?={_BESIDE})")
_WIDE = f"[{_CHINESE}{_WIDE_PUNCTUATION}]"
_BLANK_BESIDE_WIDE = re.compile(f"(?<={_WIDE}) | (?={_WIDE})")
# Joint issuers in a title are set apart by a blank: 《农业农村部 自然资源部关于…》. That blank is part of the name.
_ISSUERS = re.compile(f"(?<=[部委局署厅院会办行府室]) (?=[{_CHINESE}])")
_TITLE = re.compile(r"《[^《》]*》")
_KEPT = "\ue000"  # stands for a blank that stays, while the others go
_NARROW = {
    ord(c): ord(c) - 0xFEE0
    for c in "０１２３４５６７８９" + "".join(chr(n) for n in [*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)])
}


def norm(text: str) -> str:
    """The form in which two texts are compared.

    NFKC, no zero-width characters, white space collapsed, no blanks beside Chinese characters and punctuation.
    """
    text = unicodedata.normalize("NFKC", text).translate(ZERO_WIDTH)
    text = " ".join(text.split())
    return _BLANK_BESIDE.sub("", text)


def clean_text(text: str) -> str:
    """The form in which a text is kept: as typed, with its punctuation, but without the accidents of a cell.

    Zero-width characters and line breaks go, full-width letters and digits become ordinary ones, blanks beside Chinese
    go (except between joint issuers in a title). ``norm(clean_text(x)) == norm(x)``.
    """
    text = " ".join(text.translate(ZERO_WIDTH).translate(_NARROW).split())
    text = _TITLE.sub(lambda title: _ISSUERS.sub(_KEPT, title[0]), text)
    return _BLANK_BESIDE_WIDE.sub("", text).replace(_KEPT, " ")


def heading_key(text: str) -> str:
    """The form in which column headings are compared: also without brackets, quotes, asterisks and blanks."""
    key = re.sub(r"[\s*※#:“”\"'‘’《》、,./]+", "", norm(text)).lower()
    previous = None
    while previous != key:
        previous, key = key, re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】", "", key)
    return key


def lookup_key(text: str) -> str:
    """The form in which a value is looked up in a table of names: like ``norm``, without any blank."""
    return norm(text).replace(" ", "").lower()
