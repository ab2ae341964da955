"""The forms of places and people."""

from typing import Any

from django import forms
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface

from registries.people.models import GridWorker
from registries.places.enums import FACILITY_GROUPS, Facility

from .choosers import chooser_widget
from .forms import GridForm, ReachForm, WorkerForm

_PERIOD = MultiFieldPanel([FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")])], "起止")


class GroupedCheckboxes(forms.CheckboxSelectMultiple):
    """Check boxes under headings: `groups` is `{heading: [choice value]}`."""

    template_name = "registry_desk/widgets/grouped_checkboxes.html"
    groups: dict[str, tuple[str, ...]] = {}

    def __init__(self, groups: dict[str, tuple[str, ...]] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.groups = groups or self.groups

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        options = {option["value"]: option for _, group, _ in super().optgroups(name, value, attrs) for option in group}
        return [
            (heading, [options[code] for code in codes if code in options], index)
            for index, (heading, codes) in enumerate(self.groups.items())
        ]


FACILITIES = GroupedCheckboxes(
    {heading: tuple(str(Facility(code).value) for code in codes) for heading, codes in FACILITY_GROUPS.items()}
)


def _where_and_when() -> list[Any]:
    return [
        MultiFieldPanel([FieldPanel("area"), FieldPanel("name")], "名称"),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("transit", help_text="例如：乘3路公交车到××站下，向北100米。"),
                FieldRowPanel(
                    [
                        FieldPanel("longitude", help_text="例如106.340012。不清楚就与纬度一起留空。"),
                        FieldPanel("latitude", help_text="例如38.102345。"),
                    ]
                ),
            ],
            "地点",
        ),
        MultiFieldPanel(
            [
                FieldPanel("hours", help_text="例如：工作日9:00—12:00，14:00—18:00。夏季、冬季不同的请分别写明。"),
                FieldRowPanel(
                    [
                        FieldPanel("phone", help_text="固定电话带区号，例如0951-4012345。保存后公众立即看到。"),
                        FieldPanel("complaint_phone", help_text="由另一部门或另一人接听，不能与咨询电话相同。"),
                    ]
                ),
            ],
            "时间和电话",
        ),
    ]


area_panels = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name"), FieldPanel("kind")]),
                FieldPanel("parent"),
                FieldPanel("code", help_text="12位统计用区划代码，前几位与上级相同。"),
            ],
            "名称和代码",
        ),
        MultiFieldPanel([FieldPanel("pinyin"), FieldPanel("aliases"), FieldPanel("source_note")], "读音和别称"),
        FieldPanel("is_demonstration"),
        _PERIOD,
    ],
    base_form_class=ReachForm,
)
organisation_panels = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("name", help_text="清单里使用的写法，例如：民政局。"),
                FieldPanel("full_name", help_text="例如：灵武市民政局。"),
                FieldRowPanel(
                    [
                        FieldPanel("kind", help_text="“市政府及统筹机构”的人员可以编辑全部清单和地方。"),
                        FieldPanel("phone"),
                    ]
                ),
                FieldPanel("area", help_text="只有乡镇（街道）机构需要选择，决定它的人员能编辑哪里。"),
            ],
            "机构",
        ),
        MultiFieldPanel([FieldPanel("aliases"), FieldPanel("uscc", help_text="18位，可以留空。")], "别称和代码"),
        _PERIOD,
    ],
    base_form_class=ReachForm,
)
centre_panels = TabbedInterface(
    [
        ObjectList(_where_and_when(), heading="地点、时间和电话"),
        ObjectList(
            [FieldPanel("facilities", widget=FACILITIES, help_text="已经有的打勾。功能区域和必配设施是必须有的。")],
            heading="场所和设施",
        ),
        ObjectList([FieldPanel("windows"), _PERIOD], heading="窗口和起止"),
    ],
    base_form_class=ReachForm,
)
point_panels = TabbedInterface(
    [
        ObjectList(_where_and_when(), heading="地点、时间和电话"),
        ObjectList(
            [FieldPanel("agent"), FieldPanel("ten_ones", help_text="已经有的打勾。"), _PERIOD],
            heading="代办员和“十个一”",
        ),
    ],
    base_form_class=ReachForm,
)
grid_panels = TabbedInterface(
    [
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        FieldPanel("community"),
                        FieldRowPanel(
                            [
                                FieldPanel("code", help_text="15位：村（社区）的12位代码加3位顺序号。"),
                                FieldPanel("name", help_text="例如：崇兴社区第三网格。"),
                            ]
                        ),
                        FieldPanel("kind"),
                    ],
                    "网格",
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("bounds_text", help_text="东、南、西、北各到哪里，例如：东至中心街，南至……。"),
                        FieldPanel("responsibility_text"),
                        FieldPanel("buildings"),
                        FieldRowPanel([FieldPanel("households"), FieldPanel("population")]),
                        FieldPanel("supervision_phone", help_text="固定电话带区号。"),
                    ],
                    "范围和人口",
                ),
                _PERIOD,
            ],
            heading="基本",
        ),
        ObjectList(
            [
                FieldPanel(
                    "boundary",
                    help_text="粘贴GeoJSON多边形（WGS84坐标，经度在前，纬度在后，首尾两点相同）。保存后重新计算相邻网格。",
                ),
            ],
            heading="边界",
        ),
    ],
    base_form_class=GridForm,
)
worker_panels = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name"), FieldPanel("badge_no", help_text="工作证上的编号，不是身份证号。")]),
                FieldRowPanel(
                    [
                        FieldPanel("kind", help_text="社区网格员不得由“两委”成员兼任（第三条）。"),
                        FieldPanel("phone", help_text="会印在公示牌和联系卡上。"),
                    ]
                ),
                FieldPanel("photo"),
                FieldPanel("created_for"),
            ],
            "网格员",
        ),
        MultiFieldPanel([FieldPanel("services"), FieldPanel("duties")], "公示牌内容（第二十一条）"),
    ],
    base_form_class=WorkerForm,
)
assignment_panels = ObjectList(
    [
        MultiFieldPanel([FieldPanel("grid"), FieldPanel("worker")], "网格和网格员"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_on", help_text="从这一天起在公示牌上出现。"), FieldPanel("ends_on")])],
            "起止",
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "backup",
                    widget=chooser_widget(GridWorker, linked_fields={"grid": "#id_grid"}),
                    help_text="先选网格，再选B岗：只列出同一社区相邻网格的网格员（第二十二条）。",
                )
            ],
            "B岗",
        ),
    ],
    base_form_class=ReachForm,
)
