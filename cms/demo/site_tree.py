"""The demonstration's site: home page, the notice with its nine enclosures, the four policies, the site's identity."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from cms.core.models import SiteIdentity
from cms.documents.enums import Genre
from cms.documents.models import DocumentIndexPage, Enclosure, NoticePage, PolicyPage
from cms.home.models import HomePage

from .lists import BASIS_DOC_NO, EFFECTIVE_FROM, LISTS
from .policies import enforcement_opinion, grid_measures, plan, team_measures
from .policies.shapes import paragraph

OFFICIAL = {
    "doc_no": BASIS_DOC_NO,
    "issuers": "灵武市人民政府办公室",
    "publisher": "灵武市人民政府办公室",
    "owner_department": "灵武市政府办",
    "category": "市政府办发",
    "written_on": EFFECTIVE_FROM,
    "effective_on": EFFECTIVE_FROM,
    "is_demonstration": True,
}
#: (title, address, genre, subject, body, review date of what is on trial, keywords, abstract)
POLICIES: list[tuple[str, str, Genre, str, Any, date | None, str, str]] = [
    (
        "灵武市深入推进和完善乡镇（街道）审批服务工作的实施方案",
        "shenpi-fuwu-fangan",
        Genre.PLAN,
        "综合政务",
        plan.BODY,
        None,
        "审批服务 民生服务中心 代办点 四办 服务指南",
        "十二项任务，每项写明责任单位和完成时限。",
    ),
    (
        "灵武市基层便民服务队伍建设管理办法（试行）",
        "bianmin-duiwu-banfa",
        Genre.MEASURES,
        "劳动、人事、监察",
        team_measures.BODY,
        date(2027, 3, 31),
        "窗口人员 代办员 考核标准 好差评",
        "十五条，附考核标准：工作纪律30分、业务技能30分、服务规范20分、群众评议20分。",
    ),
    (
        "灵武市乡镇（街道）综合执法改革实施意见",
        "zonghe-zhifa-yijian",
        Genre.OPINION,
        "综合政务",
        enforcement_opinion.BODY,
        None,
        "综合执法 派驻中队 执法事项清单",
        "九项任务，四个实施阶段。",
    ),
    (
        "灵武市村（社区）网格员考核管理办法（试行）",
        "wanggeyuan-kaohe-banfa",
        Genre.MEASURES,
        "民政、扶贫、救灾",
        grid_measures.BODY,
        date(2027, 3, 31),
        "网格员 公示牌 AB岗 考核 解聘",
        "八章三十九条：网格员怎么选、做什么、怎么公示和考核。",
    ),
]
NOTICE_TITLE = (
    "灵武市人民政府办公室关于印发《灵武市深入推进和完善乡镇（街道）审批服务工作的实施方案》"
    "《灵武市基层便民服务队伍建设管理办法》等文件的通知"
)
IDENTITY = {
    "site_name": "灵武市九单公开（示例）",
    "host_organisation": "示例主办单位",
    "undertaking_organisation": "示例承办单位",
    "site_id_code": "6401810000",
    "icp_number": "宁ICP备00000000号",
    "police_number": "宁公网安备 64018100000000号",
    "telephone": "0951-000-0000",
    "address": "灵武市示例路1号",
    "notice": "示例数据，仅供演示。",
}


def load_site(*, by: Any) -> Site:
    home = _load_home()
    site = _point_site_at(home)
    SiteIdentity.objects.update_or_create(site=site, defaults=IDENTITY)
    index = DocumentIndexPage(
        title="政策文件",
        slug="wenjian",
        introduction="通知和随它印发的政策、清单。示例文本，不是原文。",
        show_in_menus=True,
    )
    _publish(index, home, by)
    policies = [_load_policy(index, entry, by) for entry in POLICIES]
    _load_notice(index, policies, by)
    return site


def _load_home() -> HomePage:
    """The front page in place of Wagtail's welcome page."""
    root = Page.get_first_root_node()
    for page in root.get_children().filter(slug="home").exclude(pk__in=HomePage.objects.values("pk")):
        page.slug = "wagtail-welcome"
        page.save()
    home = HomePage(
        title="首页",
        slug="home",
        headline="要办什么事？",
        introduction="查事项、看指南、找窗口、找网格员。",
        hot_words=["低保", "高龄津贴", "养老保险", "残疾证", "生育登记", "公租房"],
        show_in_menus=False,
    )
    root.refresh_from_db()
    root.add_child(instance=home)
    home.save_revision().publish()
    return home


def _point_site_at(home: HomePage) -> Site:
    address = urlsplit(settings.SITE_ADDRESS)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port = (
        address.hostname or "localhost",
        address.port or (443 if address.scheme == "https" else 80),
    )
    site.site_name, site.root_page = IDENTITY["site_name"], home
    site.save()
    welcome = Page.objects.filter(slug="wagtail-welcome", depth=2).first()
    if welcome is not None:
        welcome.delete()
    return site


def _load_policy(index: DocumentIndexPage, entry: tuple[Any, ...], by: Any) -> PolicyPage:
    title, slug, genre, subject, body, review_due_on, keywords, abstract = entry
    page = PolicyPage(
        title=title,
        slug=slug,
        genre=genre,
        subject=subject,
        body=body,
        review_due_on=review_due_on,
        keywords=keywords,
        abstract=abstract,
        **OFFICIAL,
    )
    _publish(page, index, by)
    return page


def _load_notice(index: DocumentIndexPage, policies: list[PolicyPage], by: Any) -> NoticePage:
    notice = NoticePage(
        title=NOTICE_TITLE,
        slug="lingzhengbanfa-2021-20",
        genre=Genre.NOTICE,
        index_no="640181001/2021-00020",
        keywords="审批服务 综合执法 网格员 权力清单 赋权清单 政务服务事项清单 属地管理",
        abstract="印发四个政策文件和五张清单，共9个文件。",
        salutation="各乡镇人民政府（街道办），市政府各部门、直属事业单位：",
        body=[
            paragraph("示例摘要：本通知印发9个文件，其中政策4个、清单5张，请各单位落实。"),
            paragraph("清单内容为示例数据，不是灵武市正式公布的清单。"),
        ],
        approval="市政府2021年第7次（总第158次）常务会议审定",
        **OFFICIAL,
    )
    enclosures = [
        Enclosure(title=policy.title, policy=policy, sort_order=place) for place, policy in enumerate(policies)
    ]
    enclosures += [
        Enclosure(title=title, list_kind=kind, sort_order=len(policies) + place)
        for place, (kind, (title, _, _)) in enumerate(LISTS.items())
    ]
    notice.enclosures.set(enclosures)
    _publish(notice, index, by)
    return notice


def _publish(page: Any, parent: Page, by: Any) -> None:
    parent.add_child(instance=page)
    page.full_clean()
    page.save_revision(user=by).publish(user=by)
