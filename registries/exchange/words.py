"""The words that stand in the cells of workbooks, and what they mean. The one place for synonyms.

Words are compared by ``lookup_key``: width, blanks and letter case make no difference.
"""

import re
from dataclasses import dataclass

from .normalise import lookup_key


@dataclass(frozen=True)
class Vocabulary:
    """The choices of a field in their order, and the choices that every known word stands for."""

    choices: tuple[str, ...]
    table: dict[str, tuple[str, ...]]

    def meaning(self, word: str) -> tuple[str, ...] | None:
        """The choices a word stands for; None for an unknown word."""
        return self.table.get(lookup_key(word))

    def meaning_of_all(self, text: str) -> tuple[str, ...] | None:
        """The choices of words written one after the other, with or without 和, 及, · and numbers between them; None when
        anything else stands there."""
        long = "|".join(re.escape(word) for word in sorted(self.table, key=len, reverse=True) if len(word) > 1)
        chosen: list[str] = []
        for piece in filter(None, _JOINED.split(lookup_key(text))):
            words = [piece] if piece in self.table else re.findall(long, piece)
            if "".join(words) != piece:
                return None
            chosen += [choice for word in words for choice in self.table[word]]
        return tuple(dict.fromkeys(chosen)) or None


def vocabulary(synonyms: dict[str, str], several: dict[tuple[str, ...], str] | None = None) -> Vocabulary:
    """``synonyms`` maps a choice to its other words; ``several`` maps some choices to the words that mean all of them."""
    table: dict[str, tuple[str, ...]] = {
        lookup_key(word): (choice,) for choice, words in synonyms.items() for word in [choice, *words.split()]
    }
    for choices, words in (several or {}).items():
        table |= {lookup_key(word): choices for word in words.split()}
    return Vocabulary(tuple(synonyms), table)


_JOINED = re.compile(r"以及|或者|[和及与或&·•]|[(]?\d+[).,、]?|两级")


def keys(words: str) -> frozenset[str]:
    return frozenset(lookup_key(word) for word in words.split())


TRUE = keys("√ ✓ ✔ ☑ ○ ● ◎ ◯ ■ 是 有 可 能 支持 y yes v 1 true")
FALSE = keys("× ✗ ✘ ✕ x — —— - -- / \\ 否 无 不 不可 不支持 n no 0 ☐ □ false") | {""}
NOTHING = keys("— —— - -- / \\ 无 暂无 n/a 不涉及") | {""}

TYPES = vocabulary(
    {
        "行政许可": "许可 行政审批",
        "行政处罚": "处罚",
        "行政强制": "强制 行政强制措施 行政强制执行",
        "行政征收": "征收",
        "行政给付": "给付",
        "行政检查": "检查 行政监督检查 监督检查",
        "行政裁决": "裁决",
        "行政奖励": "奖励",
        "行政确认": "确认",
        "其他行政权力": "其他 其他权力 其他职权 其他类 其他行政职权 其它行政权力 其它 其它权力",
        "公共服务": "服务 公共服务事项 便民服务",
    },
)
ENFORCEMENT_TYPES = vocabulary(
    {
        "行政处罚": "处罚",
        "行政强制": "强制 行政强制措施 行政强制执行",
        "行政检查": "检查 行政监督检查 监督检查",
        "行政征收": "征收",
        "行政许可": "许可 行政审批",
    },
)
SUBJECTS = vocabulary(
    {
        "乡镇": (
            "乡 镇 乡(镇) 各乡镇 乡级 镇级 乡镇人民政府 乡(镇)人民政府 各乡(镇) 乡镇政府 镇政府 乡政府 镇人民政府 "
            "乡人民政府 乡(镇)政府"
        ),
        "街道": "各街道 街办 街道办 街道办事处 各街道办事处",
    },
    several={
        ("乡镇", "街道"): (
            "乡镇(街道) 各乡镇(街道) 乡镇(街道办事处) 乡镇人民政府(街道办事处) 乡(镇)人民政府(街道办事处) "
            "各乡镇(街道办事处) 乡镇街道 乡(镇、街道) 乡(镇)、街道 镇(街道) 乡镇(街道)人民政府 全部乡镇(街道) "
            "所有乡镇(街道)"
        ),
    },
)
LEVELS = vocabulary(
    {
        "乡镇（街道）": (
            "乡镇(街道) 各乡镇(街道) 乡镇(街道办事处) 乡镇人民政府(街道办事处) 乡(镇)人民政府(街道办事处) "
            "各乡镇(街道办事处) 乡镇街道 乡(镇、街道) 乡(镇)、街道 镇(街道) 乡镇(街道)人民政府 全部乡镇(街道) "
            "所有乡镇(街道) 乡级 镇级 乡镇 街道 乡镇级 街道级 乡镇街道级 乡镇(街道)级 乡(镇、街道)级 民生服务中心 "
            "乡镇(街道)民生服务中心 乡 镇"
        ),
        "村（社区）": (
            "村 社区 村级 社区级 村社区 村居 村(居) 村(社区)级 村居级 代办点 为民办事代办点 村(社区)代办点 "
            "村(社区)为民办事代办点 行政村 居委会 村委会 村(居)委会"
        ),
    },
    several={
        ("乡镇（街道）", "村（社区）"): "镇村 镇、村两级 乡村两级 镇村两级 乡镇村",
    },
)
TARGETS = vocabulary(
    {
        "自然人": "个人 公民 群众 居民 村民 城乡居民 农村居民 城镇居民",
        "法人": (
            "企业 企业(法人) 企业法人 法人(企业) 单位 组织 其他组织 法人和其他组织 法人或其他组织 法人及其他组织 "
            "法人和非法人组织 事业法人 个体工商户 社会组织 社会组织法人 非法人组织 非法人企业 行政机关 企事业单位"
        ),
    },
    several={
        ("自然人", "法人"): "个人和法人 自然人和法人 自然人或法人 自然人及法人 个人和企业 不限 全部 所有",
    },
)
HANDLING = vocabulary(
    {
        "即办件": "即办 即时件 即时办结件 即时办结 当场办结 当场办结件",
        "承诺件": "承诺 承诺办 承诺办结件 承诺办结 限时件 限时办结 限时办结件",
        "代办": "代办件 委托代办 全程代办 委托全程代办",
    },
)
FLAGS = vocabulary(
    {
        "马上办": "马上 即办 立即办",
        "网上办": "网上 网办 全程网办 网上办理",
        "就近办": "就近 就近办理",
        "一次办": "一次 一次办好 最多跑一次 只跑一次",
    },
    several={("马上办", "网上办", "就近办", "一次办"): "四办 全部 均可"},
)
OPTIONS = vocabulary(
    {
        "可代办": "代办 全程代办 帮办代办 帮代办 免费代办 村级代办",
        "跨乡通办": "通办 跨乡镇通办 跨镇通办 跨乡(镇)通办 跨乡镇(街道)通办",
        "银行代办": "政银合作 银行网点代办 银行网点办 政银合作代办",
        "上门办": "上门 上门服务 上门办理",
        "延时办": "延时 延时服务 延时办理",
        "假日办": "假日 节假日办 假日服务 节假日服务 周末办",
    },
)
DELEGATION_MODES = vocabulary(
    {
        "委托下放": "委托 委托实施 委托行使 委托办理",
        "直接赋权": "赋权 直接下放 下放 授权 赋权行使 赋权实施",
        "窗口延伸": "服务下沉 窗口延伸(服务下沉) 服务延伸 服务前移 窗口前移 服务窗口延伸",
    },
)
ENFORCEMENT_MODES = vocabulary(
    {
        "赋权": "直接赋权 下放 直接下放 授权 赋权行使 赋权实施",
        "委托": "委托执法 委托下放 委托实施 委托行使",
        "法定职权": "法定 法定权力 法定行使 法定本级行使 法定职责",
    },
)
NECESSITY = vocabulary(
    {
        "必要": "必须 必需 必备 必要材料 是",
        "容缺": "容缺后补 容缺受理 可容缺 容缺材料",
        "非必要": "非必要材料 非必需 可选 否",
    },
)
WAIVERS = vocabulary(
    {
        "查询": "信息查询 数据查询 系统查询 电子证照",
        "部门核验": "核验 部门间核验 数据核验 信息核验 网络核验",
        "告知承诺": "承诺 告知承诺制 书面承诺",
    },
)
