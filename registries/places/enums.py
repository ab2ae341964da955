"""Codes of places. Twelve-digit codes: 6 (GB/T 2260) + 3 (township level) + 3 (village level)."""

from django.db import models


class AreaKind(models.TextChoices):
    CITY = "city", "县级市"
    STREET = "street", "街道"
    TOWN = "town", "镇"
    TOWNSHIP = "township", "乡"
    FARM = "farm", "农场"
    VILLAGE = "village", "村"
    COMMUNITY = "community", "社区"
    SETTLEMENT = "settlement", "其他村级单位"


TOWNSHIP_LEVEL = (AreaKind.STREET, AreaKind.TOWN, AreaKind.TOWNSHIP, AreaKind.FARM)
#: Below a township. A settlement is a forest farm or a mine that statistics count like a village; it has no agency point.
VILLAGE_LEVEL = (AreaKind.VILLAGE, AreaKind.COMMUNITY, AreaKind.SETTLEMENT)


class OrganisationKind(models.TextChoices):
    CITY = "city", "市政府及统筹机构"
    DEPARTMENT = "department", "部门"
    TOWNSHIP = "township", "乡镇（街道）"
    BANK = "bank", "合作银行"
    GROUP = "group", "统称"


class Facility(models.TextChoices):
    """What the implementation plan (tasks 1, 2, 10 and 11) lists for a service centre."""

    GROUND_FLOOR = "ground_floor", "地面一层、对外开放"
    IDENTITY_SIGN = "identity_sign", "政务服务形象标识和标识牌"
    PUBLIC_SIGNS = "public_signs", "公共标志（消防通道、卫生间、无障碍设施等）"
    WINDOW_AREA = "window_area", "窗口服务区"
    OPEN_GOVERNMENT_AREA = "open_government_area", "政务公开区"
    CONSULTATION_AREA = "consultation_area", "咨询服务区"
    COMPLAINT_AREA = "complaint_area", "投诉受理区"
    SELF_SERVICE_AREA = "self_service_area", "自助办理区"
    WAITING_AREA = "waiting_area", "等候休息区"
    POST_SIGN = "post_sign", "岗位公示牌"
    GUIDES = "guides", "服务指南"
    RATING_DEVICE = "rating_device", "评价器（评价二维码）"
    DESKS = "desks", "办公桌椅"
    CABINETS = "cabinets", "资料柜"
    SCANNER = "scanner", "高拍仪（扫描仪）"
    COMPUTER = "computer", "计算机及打（复）印机"
    TELEPHONE = "telephone", "电话（传真）"
    DISPLAY = "display", "电子屏"
    HANDY_BOX = "handy_box", "便民箱"
    FIRST_AID = "first_aid", "急救箱"
    UMBRELLA = "umbrella", "雨伞"
    SUGGESTION_BOX = "suggestion_box", "意见箱"
    WRITING_DESK = "writing_desk", "填写台"
    SEATS = "seats", "休息椅"
    WATER = "water", "饮水机"
    BARRIER_FREE = "barrier_free", "无障碍通道"
    TOILET = "toilet", "卫生间"
    WHEELCHAIR = "wheelchair", "爱心轮椅"
    TERMINAL = "terminal", "自助服务终端"
    NURSING_ROOM = "nursing_room", "母婴室"
    DAY_AND_NIGHT = "day_and_night", "24小时自助服务区"
    RED_WINDOW = "red_window", "红色窗口"
    GREEN_CHANNEL = "green_channel", "绿色通道"


#: Shown and edited in these groups, in the order of the plan.
FACILITY_GROUPS = {
    "场所规范": (Facility.GROUND_FLOOR, Facility.IDENTITY_SIGN, Facility.PUBLIC_SIGNS),
    "功能区域": (
        Facility.WINDOW_AREA, Facility.OPEN_GOVERNMENT_AREA, Facility.CONSULTATION_AREA, Facility.COMPLAINT_AREA,
        Facility.SELF_SERVICE_AREA, Facility.WAITING_AREA,
    ),
    "必配设施": (
        Facility.POST_SIGN, Facility.GUIDES, Facility.RATING_DEVICE, Facility.DESKS, Facility.CABINETS,
        Facility.SCANNER, Facility.COMPUTER, Facility.TELEPHONE,
    ),
    "便民设施": (
        Facility.DISPLAY, Facility.HANDY_BOX, Facility.FIRST_AID, Facility.UMBRELLA, Facility.SUGGESTION_BOX,
        Facility.WRITING_DESK, Facility.SEATS, Facility.WATER, Facility.BARRIER_FREE, Facility.TOILET,
        Facility.WHEELCHAIR,
    ),
    "选配设施": (
        Facility.TERMINAL, Facility.NURSING_ROOM, Facility.DAY_AND_NIGHT, Facility.RED_WINDOW, Facility.GREEN_CHANNEL,
    ),
}  # fmt: skip
#: What a centre must have; the rest is at its discretion.
REQUIRED_FACILITIES = FACILITY_GROUPS["场所规范"] + FACILITY_GROUPS["功能区域"] + FACILITY_GROUPS["必配设施"]


class TenOnes(models.TextChoices):
    """“十个一”: what an agency point has (implementation plan, task 1)."""

    PLACE = "place", "一个场所"
    SIGN = "sign", "一块牌子"
    TELEPHONE = "telephone", "一部电话"
    TEAM = "team", "一支代办队伍"
    COMPUTER = "computer", "一台电脑"
    LEDGER = "ledger", "一本台帐"
    RULES = "rules", "一套制度"
    NOTICE_COLUMN = "notice_column", "一个公示栏"
    INSTRUCTIONS = "instructions", "一套办事须知"
    CARD = "card", "一张便民服务卡"


class GridKind(models.TextChoices):
    BASE = "base", "基础网格"
    SPECIAL = "special", "专属网格"
