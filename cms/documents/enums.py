"""Codes of official documents (domain §4.2)."""

from django.db import models


class Genre(models.TextChoices):
    NOTICE = "notice", "通知"
    OPINION = "opinion", "意见"
    MEASURES = "measures", "办法"
    PLAN = "plan", "方案"
    LIST = "list", "清单"
    DECISION = "decision", "决定"
    BULLETIN = "bulletin", "公告"
    ANNOUNCEMENT = "announcement", "通告"
    REPLY = "reply", "批复"
    LETTER = "letter", "函"
    MINUTES = "minutes", "纪要"
    OTHER = "other", "其他"


class Disclosure(models.TextChoices):
    OPEN = "open", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    CLOSED = "closed", "不予公开"


class DisclosureTerm(models.TextChoices):
    LONG = "long", "长期公开"
    LIMITED = "limited", "限时公开"


class DisclosureAudience(models.TextChoices):
    SOCIETY = "society", "面向社会"
    APPLICANT = "applicant", "面向申请人"


class Validity(models.TextChoices):
    VALID = "valid", "有效"
    AMENDED = "amended", "已修改"
    PARTLY_REPEALED = "partly_repealed", "部分废止"
    REPEALED = "repealed", "废止"
    EXPIRED = "expired", "失效"


#: The 22 subjects of the State Council's catalogue (主题分类).
SUBJECTS = [
    (subject, subject)
    for subject in (
        "国务院组织机构", "综合政务", "国民经济管理、国有资产监管", "财政、金融、审计", "国土资源、能源", "农业、林业、水利",
        "工业、交通", "商贸、海关、旅游", "市场监管、安全生产监管", "城乡建设、环境保护", "科技、教育",
        "文化、广电、新闻出版", "卫生、体育", "人口与计划生育、妇女儿童工作", "劳动、人事、监察", "公安、安全、司法",
        "民政、扶贫、救灾", "民族、宗教", "对外事务", "港澳台侨工作", "国防", "其他",
    )
]  # fmt: skip
