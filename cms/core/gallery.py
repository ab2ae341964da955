"""Sample context for the component gallery (/_components/): every component, in its states, with made-up content.

Shown in DEBUG only; the tests of contrast, accessibility and markup read the same context.
"""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

FACTS = [
    {"icon": "clock", "label": "什么时候", "value": "周一至周五 9:00—17:00", "note": "中午不休息"},
    {"icon": "place", "label": "在哪里", "value": "崇兴镇民生服务中心", "note": "3号窗口"},
    {"icon": "calendar", "label": "多久办好", "value": "7个工作日", "note": "法定20个工作日"},
    {"icon": "visits", "label": "要来几次", "value": "1次"},
    {"icon": "money", "label": "收多少钱", "value": "不收费"},
    {"icon": "papers", "label": "要几份材料", "value": "3份", "note": "另有2份免交"},
]

MAP_SVG = (
    '<svg viewBox="0 0 600 300" role="img" aria-label="示例北苑社区网格示意图，共3个网格，第2网格为责任区">'
    '<path class="map-area" d="M20 30 210 20 230 150 190 280 30 270z"/>'
    '<path class="map-area-current" d="M210 20 400 40 420 170 230 150z"/>'
    '<path class="map-area" d="M230 150 420 170 580 160 570 280 190 280z"/>'
    '<path class="map-line" d="M400 40 590 20"/><circle class="map-point" cx="330" cy="230" r="7"/>'
    '<text class="map-label" x="120" y="150" font-size="18">第1网格</text>'
    '<text class="map-label-current" x="315" y="105" font-size="18">第2网格</text>'
    '<text class="map-label" x="430" y="235" font-size="18">第3网格</text></svg>'
)

QR_PLACEHOLDER = (
    "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%209%209'%3E"
    "%3Cpath%20d='M0,0h3v3H0zM6,0h3v3H6zM0,6h3v3H0zM4,1h1v2H4zM4,4h2v1H4zM7,5h1v2H7zM5,7h2v1H5z'/%3E%3C/svg%3E"
)


CHANGED_FIELDS = [
    {
        "label": "承诺时限",
        "lines": [{"mark": "del", "text": "5个工作日"}, {"mark": "ins", "text": "当场办结"}],
    }
]
ORIGIN = {"number": 2, "kind": "调整", "effective_from": date(2022, 6, 1), "document": "灵政办发〔2022〕1号"}


def gallery_context() -> dict[str, Any]:
    """Everything `components/gallery.html` shows, as plain dicts and lists; keys are those of each component."""
    return {
        "title": "组件一览",
        "section": "lists",
        "site_identity": {
            "site_name": "灵武市乡镇（街道）清单公开",
            "host_organisation": "示例：灵武市人民政府办公室",
            "undertaking_organisation": "示例：灵武市审批服务管理局",
            "site_id_code": "6401810000",
            "icp_number": "宁ICP备00000000号",
            "police_number": "宁公网安备 64018100000000号",
            "telephone": "0951-000-0000",
            "notice": "示例数据，仅供演示",
        },
        "meta": {"column_name": "组件一览", "column_keywords": "组件", "column_type": "信息公开"},
        "breadcrumbs": [{"label": "清单", "url": "/qingdan/"}, {"label": "组件一览"}],
        "hero": {"title": "要办什么事，先查一查", "lead": "清单、办事指南、政策文件、网格员，一处都能找到。"},
        "hot_words": [{"label": word, "url": "#"} for word in ("低保", "高龄津贴", "养老保险", "残疾证", "生育登记")],
        "page_tags": ["马上办", "就近办", "一次办"],
        "state_ok": {"level": "ok", "label": "现行有效"},
        "state_warn": {"level": "warn", "label": "即将调整"},
        "state_stop": {"level": "stop", "label": "已取消"},
        "state_info": {"level": "info", "label": "试行"},
        "state_plain": {"level": "plain", "label": "历史版本"},
        "facts": FACTS,
        "lines": ["第3行“承诺时限”不能长于法定时限20个工作日。", "第8行缺少“实施依据”。"],
        "matters": [
            {
                "name": "最低生活保障对象认定",
                "name_html": mark_safe("<mark>最低生活保障</mark>对象认定"),
                "url": "#",
                "type_label": "行政给付",
                "modes": ["就近办", "可代办"],
                "meta": ["崇兴镇政务服务事项清单", "民政局"],
                "summary": "家庭人均收入低于当地低保标准、家庭财产符合规定的，可以申请。",
                "facts": FACTS[1:],
                "state": None,
                "links": [
                    {"icon": "guide", "label": "办事指南", "url": "#"},
                    {"icon": "print", "label": "打印", "url": "#"},
                    {"icon": "place", "label": "换个地方办", "url": "#"},
                ],
            },
            {
                "name": "对在村庄、集镇规划区内未按规划审批程序批准或者违反规划的规定进行建设，严重影响村庄、集镇规划的处罚",
                "url": "#",
                "type_label": "行政处罚",
                "modes": [],
                "meta": ["灵武市乡镇（街道）行政执法事项清单", "自然资源局", "编码 0208-0031"],
                "facts": [],
                "state": {"level": "stop", "label": "已取消"},
                "links": [],
            },
        ],
        "tiles": [
            {"number": number, "label": label, "url": "#", "note": note}
            for number, label, note in (
                (1, "权力清单", "60项"),
                (2, "赋权清单", "40项"),
                (3, "政务服务事项清单", "120项"),
                (4, "行政执法事项清单", "80项"),
                (5, "“属地管理”事项主体责任和配合责任清单", "60项"),
            )
        ],
        "topic_tiles": [
            {"icon": icon, "label": label, "url": "#"}
            for icon, label in (
                ("shield", "社会救助"),
                ("people", "生育收养"),
                ("company", "就业创业"),
                ("person", "残疾人"),
                ("home", "住房和宅基地"),
                ("result", "优待抚恤"),
            )
        ],
        "columns": [
            {"label": "序号", "kind": "number", "sort_url": "#", "sorted": "up"},
            {"label": "事项名称", "kind": "title", "sort_url": "#", "sorted": None},
            {"label": "类型", "kind": "short"},
            {"label": "指导部门", "kind": "text"},
            {"label": "状态", "kind": "short"},
        ],
        "rows": [
            {
                "cells": [
                    {"label": "序号", "kind": "number", "value": number},
                    {"label": "事项名称", "kind": "title", "value": name, "url": "#"},
                    {"label": "类型", "kind": "short", "value": kind},
                    {"label": "指导部门", "kind": "text", "value": department},
                    {"label": "状态", "kind": "short", "state": state},
                ]
            }
            for number, name, kind, department, state in (
                (1, "最低生活保障对象认定", "行政给付", "民政局", {"level": "ok", "label": "在用"}),
                (2, "特困人员认定", "行政给付", "民政局", {"level": "warn", "label": "暂停"}),
                (3, "生育登记", "公共服务", "卫生健康局", {"level": "ok", "label": "在用"}),
                (
                    4,
                    "城乡居民基本养老保险参保登记",
                    "公共服务",
                    "人力资源和社会保障局",
                    {"level": "stop", "label": "取消"},
                ),
            )
        ],
        "exempt_materials": [
            {"name": "居民身份证", "exemption": "在线查询", "source": "公安机关", "note": "工作人员用电子证照核对"},
            {"name": "婚姻状况证明", "exemption": "告知承诺", "source": "本人承诺", "note": "签一份承诺书即可"},
        ],
        "required_materials": [
            {
                "name": "最低生活保障申请书",
                "copies": "原件1份",
                "source": "申请人自备",
                "form_url": "#",
                "sample_url": "#",
            },
            {
                "name": "家庭经济状况核对授权书",
                "copies": "原件1份",
                "source": "窗口领取",
                "note": "共同生活的成年家庭成员都要签字",
            },
            {"name": "残疾证明", "copies": "复印件1份", "source": "残联", "necessity": "容缺", "note": "办结前补齐"},
        ],
        "flowchart": {
            "picture": {"url": QR_PLACEHOLDER, "width": 180, "height": 180},
            "alt": "示例事项流程图，文字说明在下面",
            "lines": ["当事人申请", "窗口受理", "作出决定"],
        },
        "steps": [
            {
                "title": "申请",
                "text": "到镇民生服务中心或者村代办点提出申请，也可以请代办员上门收取材料。",
                "meta": ["申请人"],
            },
            {
                "title": "受理",
                "text": "材料齐全的当场受理；不齐的当场一次性书面告知要补什么。",
                "meta": ["窗口人员", "当场"],
            },
            {
                "title": "审核确认",
                "text": "入户调查、核对家庭经济状况，公示7天。",
                "meta": ["社会事务办公室", "7个工作日"],
            },
        ],
        "facets": {
            "action": "",
            "hidden": [{"name": "q", "value": "低保"}],
            "is_open": False,
            "groups": [
                {
                    "label": "事项类型",
                    "name": "type",
                    "kind": "checkbox",
                    "is_open": True,
                    "options": [
                        {"value": "05", "label": "行政给付", "count": 24, "is_selected": True},
                        {"value": "07", "label": "行政确认", "count": 11, "is_selected": False},
                        {"value": "20", "label": "公共服务", "count": 85, "is_selected": False},
                    ],
                },
                {
                    "label": "办理层级",
                    "name": "level",
                    "kind": "radio",
                    "is_open": False,
                    "options": [
                        {"value": "5", "label": "乡镇（街道）", "count": 96, "is_selected": False},
                        {"value": "6", "label": "村（社区）", "count": None, "is_selected": False},
                    ],
                },
                {
                    "label": "指导部门",
                    "name": "department",
                    "kind": "select",
                    "options": [{"value": "mzj", "label": "民政局", "count": 18, "is_selected": False}],
                },
            ],
        },
        "applied": [{"label": "行政给付", "remove_url": "#"}, {"label": "可代办", "remove_url": "#"}],
        "clear_url": "#",
        "pages": {
            "total": 233,
            "first": 51,
            "last": 100,
            "unit": "项",
            "previous_url": "#",
            "next_url": "#",
            "numbers": [
                {"number": 1, "url": "#"},
                {"number": 2, "url": "#", "is_current": True},
                {"number": 3, "url": "#"},
                {"is_gap": True},
                {"number": 5, "url": "#"},
            ],
        },
        "places": {
            "action": "",
            "label": "选择办理地点",
            "groups": [
                {
                    "label": "崇兴镇",
                    "options": [
                        {"value": "1", "label": "崇兴镇民生服务中心", "url": "#", "is_current": True},
                        {"value": "2", "label": "示例村为民办事代办点", "url": "#"},
                    ],
                },
                {"label": "郝家桥镇", "options": [{"value": "3", "label": "郝家桥镇民生服务中心", "url": "#"}]},
            ],
        },
        "editions": [
            {
                "label": "2022年调整版",
                "url": "#",
                "effective_from": date(2022, 6, 1),
                "published_at": date(2022, 5, 20),
                "kind_label": "调整",
                "state": {"level": "ok", "label": "现行"},
                "note": "按照上级目录调整，并下放部分事项到村（社区）代办点。",
                "counts_label": "新增8项，取消6项，调整12项",
                "basis_label": "灵政办发〔2022〕示例号",
                "basis_url": "#",
                "compare_url": "#",
                "is_current": True,
            },
            {
                "label": "2021年版",
                "url": "#",
                "effective_from": date(2021, 4, 1),
                "effective_until": date(2022, 6, 1),
                "published_at": date(2021, 3, 31),
                "state": {"level": "plain", "label": "已停止执行"},
                "basis_label": "灵政办发〔2021〕20号",
                "basis_url": "#",
            },
        ],
        "as_of": {"action": "", "day": date(2021, 4, 1), "is_today": False, "current_url": "#"},
        "as_of_today": {"action": "", "day": date(2022, 6, 2), "is_today": True, "label": "按日期查看（现行）"},
        "as_of_wrong": {
            "action": "",
            "day": date(2022, 6, 2),
            "is_today": True,
            "label": "按日期查看（有误）",
            "error": "“2021-13-40”不是日期，请写成2021-04-01这样。",
        },
        "print_bar": {
            "pdf_url": "#",
            "notice_url": "#",
            "downloads": [{"label": "下载表格", "url": "#"}],
            "qr_src": QR_PLACEHOLDER,
            "url": "https://example.invalid/banshi/dibao/",
        },
        "map": {
            "svg": mark_safe(MAP_SVG),
            "caption": "示例北苑社区第2网格",
            "description": "东至示例五街，西至示例六街，南至示例七街，北至示例八巷。",
            "legend": [
                {"shape": "current", "label": "责任区"},
                {"shape": "area", "label": "相邻网格"},
                {"shape": "point", "label": "服务地点"},
                {"shape": "line", "label": "道路"},
            ],
        },
        "empty": {
            "title": "没有找到“养狗证”",
            "text": "可能是名称不一样，或者这件事不在乡镇（街道）办理。",
            "help": ["换个说法，例如“犬只登记”。", "去掉一些筛选条件。", "打电话问崇兴镇民生服务中心：0951-000-0000。"],
            "links": [{"label": "清除全部条件", "url": "#"}, {"label": "按主题找", "url": "#"}],
        },
        "document": {
            "head": "灵武市人民政府办公室文件",
            "number": "灵政办发〔2021〕示例号",
            "title": "市人民政府办公室关于印发《示例实施方案》等九个文件的通知",
            "note": "此件公开发布",
        },
        "document_facts": [
            {"label": "发文字号", "value": "灵政办发〔2021〕示例号"},
            {"label": "发文机关", "value": "灵武市人民政府办公室"},
            {"label": "成文日期", "value": "2021年3月31日"},
            {"label": "公开方式", "value": "主动公开"},
            {"label": "公开时限", "value": "长期公开"},
            {"label": "有效性", "state": {"level": "ok", "label": "有效"}},
        ],
        "contents": [
            {"label": "第一章 总则", "url": "#第一条", "children": [{"label": "第一条", "url": "#第一条"}]},
            {"label": "第二章 职责", "url": "#第二条", "children": [{"label": "第二条", "url": "#第二条"}]},
        ],
        "articles": [
            {
                "anchor": "第一条",
                "number": "第一条",
                "paragraphs": [
                    "为了展示条文的样子，写下这一段示例文字。条文按“条、款、项”排列，每条都有固定地址，可以从清单、指南和公示牌直接连到这里。"
                ],
            },
            {
                "anchor": "第二条",
                "number": "第二条",
                "paragraphs": ["示例条文下设各项："],
                "points": [
                    {"anchor": "第二条-一", "number": "（一）", "text": "第一项写在这里；"},
                    {"anchor": "第二条-二", "number": "（二）", "text": "第二项写在这里。"},
                ],
                "links": [{"label": "示例事项", "url": "#"}],
            },
        ],
        "tasks": [
            {
                "anchor": "任务-1",
                "number": "1.",
                "title": "规范设置民生服务中心",
                "lines": [{"text": "统一名称、统一标识、统一制度，做到场所、牌子、人员到位。"}],
                "units": ["审批服务管理局", "各乡镇（街道）"],
                "deadline": "2021年4月底前",
                "due_on": date(2021, 4, 30),
            },
            {"number": "（二）", "title": "组织实施", "period": "2月至3月"},
        ],
        "contact": {
            "name": "崇兴镇民生服务中心",
            "url": "#",
            "window": "3号窗口",
            "address": "灵武市崇兴镇示例路1号",
            "hours": "周一至周五 9:00—12:00，14:00—17:00\n周六 9:00—12:00（延时办）",
            "phone": "0951-000-0001",
            "complaint_phone": "0951-000-0002",
            "map_url": "#",
        },
        "person": {
            "name": "示例甲",
            "role": "示例北苑社区第2网格 网格员",
            "phone": "0951-000-0003",
            "services": ["代办低保、高龄津贴申请", "帮助老人认证养老待遇"],
            "duties": ["每天巡查责任区", "每周看望独居老人", "记录并上报隐患"],
            "backup_label": "AB岗：示例乙（第3网格）",
        },
        "changes": [
            {
                "act": "changed",
                "name": "生育登记",
                "code": "FW02001",
                "fields": CHANGED_FIELDS,
                "origins": [ORIGIN],
            },
            {
                "act": "added",
                "name": "灵活就业登记",
                "code": "FW02002",
                "about": "公共服务；人力资源和社会保障局",
                "origins": [ORIGIN],
            },
            {"act": "removed", "name": "独生子女父母光荣证补办", "code": "FW02003", "origins": [ORIGIN]},
        ],
        "changed_fields": CHANGED_FIELDS,
        "events": [
            {
                "label": "第2版",
                "url": "#",
                "state": {"level": "info", "label": "调整"},
                "when": "2022年6月1日起",
                "kind_label": "勘误",
                "basis": "灵政办发〔2022〕1号",
                "note": "承诺时限印错了。",
                "fields": CHANGED_FIELDS,
            },
            {
                "label": "第1版",
                "url": "#",
                "state": {"level": "ok", "label": "列入"},
                "when": "2021年3月31日起",
                "basis": "灵政办发〔2021〕20号",
            },
        ],
        "review_notice": "这张清单应当在2021年3月31日以前复核，责任部门还没有完成。内容照常执行，有疑问请问责任部门。",
        "article_changes": [
            {
                "kind": "changed",
                "label": "第九条",
                "former_label": "第八条",
                "old_segments": [
                    {"mark": "same", "text": "每届任期"},
                    {"mark": "del", "text": "三"},
                    {"mark": "same", "text": "年。"},
                ],
                "new_segments": [
                    {"mark": "same", "text": "每届任期"},
                    {"mark": "ins", "text": "五"},
                    {"mark": "same", "text": "年。"},
                ],
            },
            {"kind": "added", "label": "第十条", "new": {"text": "请假三天以上的，由B岗代行职责。"}},
            {"kind": "removed", "label": "第十二条", "old": {"text": "报酬按月发放。"}},
            {"kind": "renumbered", "label": "第十三条", "former_label": "第十四条"},
        ],
        "file": {
            "label": "崇兴镇政务服务事项清单",
            "url": "#",
            "format": "XLSX 表格",
            "size": "86 KB",
            "date": date(2022, 5, 20),
        },
        "tabs": [
            {"label": "全部", "url": "#", "count": 128, "is_current": True},
            {"label": "办事", "url": "#", "count": 96},
            {"label": "文件", "url": "#", "count": 20},
            {"label": "网格", "url": "#", "count": None},
        ],
        "fields": [
            {"label": "权力类型", "value": "行政给付"},
            {"label": "行使主体", "value": "崇兴镇人民政府", "url": "#"},
            {
                "label": "责任事项",
                "lines": ["受理责任：公示应当提交的材料，一次性告知补正材料。", "审查责任：对材料进行审核，提出意见。"],
            },
            {"label": "状态", "state": {"level": "ok", "label": "在用"}},
        ],
        "bases": [
            {
                "law": "社会救助暂行办法",
                "kind_label": "行政法规",
                "article": "第十一条",
                "text": "示例：此处为条款内容的原文。",
                "state": {"level": "warn", "label": "已修改"},
            },
            {"law": "示例规范性文件", "document_number": "宁政办发〔2020〕示例号", "url": "#"},
        ],
        "faqs": [
            {
                "question": "户口不在本镇，能在这里申请吗？",
                "answer": "可以跨乡通办：由本中心收件，转到户籍所在地办理。",
            },
            {"question": "自己走不动，家里人能代办吗？", "answer": "可以，也可以请村代办员上门。"},
        ],
        "links": [
            {"label": "崇兴镇政务服务事项清单调整", "url": "#", "date": date(2022, 5, 20)},
            {"label": "赋权事项年度评估结果", "url": "#", "note": "共40项"},
        ],
    }


def component_gallery(request: HttpRequest) -> HttpResponse:
    """The page of all components, for developers."""
    return render(request, "components/gallery.html", gallery_context())
