"""Words of questions that say nothing about the matter: 怎么办, 在哪里, 需要什么材料."""

import re

from .terms import HANZI

_HOW = "(?:怎么样|怎样|怎么|咋样|咋|如何|该怎么|应该怎么)"
_WHAT = "(?:什么|哪些|啥|多少|几)"
_WHERE = "(?:在哪里|在哪儿|在哪|去哪里|去哪儿|去哪|到哪里|到哪儿|到哪|哪里|哪儿)"
_DO = "(?:办理|办|申请|申领|领取|领|弄|开|交|补办|报销|报|处理|做)"
#: Longest first; a verb goes only with its question word, so that 补办 alone stays a word.
_PHRASES = re.compile(
    "|".join(
        (
            rf"(?:都)?(?:需要|需|要|带|准备|提交|交){_WHAT}(?:个)?(?:材料|资料|手续|证件|证明|条件|东西|钱|费用|流程)?",
            rf"{_WHAT}(?:材料|资料|手续|证件|条件|流程|时候|时间|单位|部门|地方|样的?人?)",
            rf"{_HOW}(?:才能|可以|能|去|来|才)?{_DO}?(?:呢|啊)?",
            rf"{_WHERE}(?:可以|能)?{_DO}?",
            r"(?:可不可以|可以不可以|有没有)",
            rf"([{HANZI}])不\1",  # 能不能, 算不算, 给不给
            r"(?:向|找|跟|由|归|该|给)?谁(?:来)?(?:管|当|负责|反映|说|问|办)?",
            r"(?:几|多少)次",
            rf"(?:需要|要|得|该)?{_DO}(?:哪些|什么|啥|几个)(?:证|手续|东西)?",
            r"(?:多长时间|多久|几天|多少天)(?:内)?(?:才能|能|可以)?(?:办完|办好|办结|办下来|下来|拿到|到账)?",
            r"(?:怎么回事|咋回事|可以吗|行吗|对吗)",
            r"(?:请问|我想问|想问|咨询一下|我想要|我想|想要|我要|帮我|麻烦问下|告诉我)",
            r"(?:办理流程|办事流程|办理条件|办理指南|办事指南|申请条件|申请流程|所需材料|多少钱)",
            rf"{_WHAT}|什么|为什么|的时候|的话",
        )
    )
)
#: Single characters that say nothing at the edge of what is left.
_EDGE = "办吗呢吧啊呀了的我你要能去可请给在有和与或是也都就还把被让啥谁怎哪么"
_LEADING = re.compile(rf"^[{_EDGE}]+")
_TRAILING = re.compile(rf"[{_EDGE.replace('办', '')}]+$")


def content_pieces(run: str) -> list[str]:
    """What a Chinese run asks about, its question words taken out; nothing when it is all question."""
    pieces = []
    for piece in _PHRASES.sub(" ", run).replace("的", " ").split():
        kept = _TRAILING.sub("", _LEADING.sub("", piece))
        if kept and re.match(f"[{HANZI}]", kept):
            pieces.append(kept)
    return pieces
