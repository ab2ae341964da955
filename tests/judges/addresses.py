"""Every public template in every state, by address: the one list that the judges and the tests read.

The addresses hold for the demonstration after `tests.judges.states` has added to it what an office's years would add.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class PublicPage:
    #: Names files and rows of tables; unique.
    name: str
    address: str
    status: int = 200
    #: Not its own words but another page's (filters, an error): the title need not be its own.
    shares_title: bool = False


#: Who asks for this is recommended a notice (`states`).
RECOMMENDED_FOR = "残疾人证"
STREET, TOWNSHIP, FARM = "640181001000", "640181102000", "640181400000"
#: A community of the street with an agency point; a made-up one with grids.
VILLAGE, COMMUNITY = "640181001001", "640181001901"
#: After the day from which the demonstration's announced list, and one more edition of it, are in force.
TO_COME = (datetime.now(UTC) + timedelta(days=365)).date().isoformat()

PAGES = [
    PublicPage("home", "/"),
    PublicPage("site-map", "/wangzhanditu/"),
    PublicPage("accessibility", "/wuzhangai/"),
    # lists
    PublicPage("lists", "/qingdan/"),
    PublicPage("lists-on-a-past-day", "/qingdan/@2021-04-01/"),
    PublicPage("lists-before-they-were", "/qingdan/@2019-01-01/"),
    PublicPage("list-power", "/qingdan/quanli/"),
    PublicPage("list-delegated", "/qingdan/fuquan/"),
    PublicPage("list-service", "/qingdan/fuwu/"),
    PublicPage("list-enforcement", "/qingdan/zhifa/"),
    PublicPage("list-responsibility", "/qingdan/shudi/"),
    PublicPage("matrix", "/qingdan/shudi/juzhen/"),
    PublicPage("matrix-filtered", "/qingdan/shudi/juzhen/?organisation=公安局", shares_title=True),
    PublicPage(
        "matrix-filtered-to-nothing", "/qingdan/shudi/juzhen/?organisation=残联&category=水务", shares_title=True
    ),
    PublicPage("matrix-on-a-past-day", "/qingdan/shudi/@2021-04-01/juzhen/"),
    PublicPage("matrix-before-it-was", "/qingdan/shudi/@2019-01-01/juzhen/"),
    PublicPage("duties", "/qingdan/shudi/juzhen/公安局/"),
    PublicPage("duties-before-they-were", "/qingdan/shudi/@2019-01-01/juzhen/公安局/"),
    PublicPage("list-taken-over", "/qingdan/fuquan/?township=640181100000", shares_title=True),
    PublicPage("list-filtered", "/qingdan/quanli/?q=建设&type=02&sort=-bianma", shares_title=True),
    PublicPage("list-filtered-to-nothing", "/qingdan/quanli/?q=没有这样的事项", shares_title=True),
    PublicPage("list-last-page", "/qingdan/fuwu/?page=999", shares_title=True),
    PublicPage("list-on-a-past-day", "/qingdan/quanli/@2021-04-01/"),
    PublicPage("list-before-it-was", "/qingdan/quanli/@2019-01-01/"),
    PublicPage("list-day-that-is-none", "/qingdan/quanli/?day=2021-13-40", shares_title=True),
    PublicPage("list-day-to-come", "/qingdan/quanli/?day=2999-01-01", shares_title=True),
    PublicPage("item-power", "/qingdan/quanli/QL-XK-001/"),
    PublicPage("item-power-full", "/qingdan/quanli/FULL-1/"),
    PublicPage("item-on-a-past-day", "/qingdan/quanli/@2021-04-01/QL-XK-001/"),
    PublicPage("item-delegated", "/qingdan/fuquan/FQ-640181000-0001/"),
    PublicPage("item-delegated-full", "/qingdan/fuquan/FULL-1/"),
    PublicPage("item-service", "/qingdan/fuwu/FW01001/"),
    PublicPage("item-service-full", "/qingdan/fuwu/FULL-1/"),
    PublicPage("item-service-past", "/qingdan/fuwu/@2021-04-01/FW01001/"),
    PublicPage("item-enforcement", "/qingdan/zhifa/ZF-640181000-0001/"),
    PublicPage("list-on-a-day-to-come", f"/qingdan/zhifa/@{TO_COME}/"),
    PublicPage("item-enforcement-full", f"/qingdan/zhifa/@{TO_COME}/FULL-1/"),
    PublicPage("item-responsibility", "/qingdan/shudi/SD-640181000-0001/"),
    PublicPage("item-responsibility-full", "/qingdan/shudi/FULL-1/"),
    PublicPage("item-cancelled", "/qingdan/fuwu/FW01002/"),
    PublicPage("days-that-are-none", "/qingdan/quanli/duizhao/?from=2021-13-40&to=2999-01-01", shares_title=True),
    PublicPage("item-that-will-change", "/qingdan/zhifa/ZF-640181000-0059/"),
    PublicPage("comparison-to-choose", "/qingdan/quanli/duizhao/"),
    PublicPage("comparison-of-two-days", "/qingdan/quanli/duizhao/2021-04-01/2022-08-01/"),
    PublicPage("comparison-without-a-change", "/qingdan/quanli/duizhao/2021-04-01/2021-04-02/"),
    PublicPage("changes-of-an-edition", "/qingdan/fuwu/duizhao/2/"),
    PublicPage("townships-of-an-item", "/qingdan/fuwu/FW01001/xiangzhen/"),
    PublicPage("townships-of-a-power", "/qingdan/quanli/QL-XK-001/xiangzhen/"),
    PublicPage("township-list", f"/difang/{TOWNSHIP}/qingdan/fuwu/"),
    PublicPage("township-list-filtered", f"/difang/{TOWNSHIP}/qingdan/fuwu/?q=低保", shares_title=True),
    PublicPage("township-list-before-it-was", f"/difang/{TOWNSHIP}/qingdan/fuwu/@2019-01-01/"),
    PublicPage("township-item", f"/difang/{TOWNSHIP}/qingdan/fuwu/FW01001/"),
    # matters
    PublicPage("matters", "/banshi/"),
    PublicPage("matters-filtered", "/banshi/?q=养老&page=1", shares_title=True),
    PublicPage("matters-filtered-to-nothing", "/banshi/?q=没有这样的事项", shares_title=True),
    PublicPage("guide", "/banshi/FW01001/"),
    PublicPage("guide-full", "/banshi/FULL-1/"),
    PublicPage("guide-bare", "/banshi/BARE-1/"),
    PublicPage("guide-in-a-township", f"/banshi/FW01001/{TOWNSHIP}/"),
    PublicPage("guide-in-a-village", f"/banshi/FW01001/{VILLAGE}/"),
    # places
    PublicPage("places", "/difang/"),
    PublicPage("place-street", f"/difang/{STREET}/"),
    PublicPage("place-township", f"/difang/{TOWNSHIP}/"),
    PublicPage("place-without-centre", f"/difang/{FARM}/"),
    PublicPage("place-village", f"/difang/{VILLAGE}/"),
    PublicPage("place-with-grids", f"/difang/{COMMUNITY}/"),
    # grids
    PublicPage("boards", "/gongshi/"),
    PublicPage("boards-found", "/gongshi/?q=示例", shares_title=True),
    PublicPage("boards-not-found", "/gongshi/?q=没有这样的路", shares_title=True),
    PublicPage("board", f"/gongshi/{COMMUNITY}001/"),
    PublicPage("board-on-a-past-day", f"/gongshi/{COMMUNITY}001/@2022-01-01/"),
    PublicPage("board-without-worker", f"/gongshi/{COMMUNITY}002/"),
    PublicPage("board-without-photo", f"/gongshi/{COMMUNITY}003/"),
    PublicPage("board-refused", f"/gongshi/{COMMUNITY}002/gongshi.pdf", 409),
    # documents
    PublicPage("documents", "/wenjian/"),
    PublicPage("documents-filtered", "/wenjian/?q=网格员", shares_title=True),
    PublicPage("documents-not-found", "/wenjian/?q=没有这样的文件", shares_title=True),
    PublicPage("notice", "/wenjian/lingzhengbanfa-2021-20/"),
    PublicPage("notice-bare", "/wenjian/danxing-tongzhi/"),
    PublicPage("policy-plan", "/wenjian/shenpi-fuwu-fangan/"),
    PublicPage("policy-team", "/wenjian/bianmin-duiwu-banfa/"),
    PublicPage("policy-opinion", "/wenjian/zonghe-zhifa-yijian/"),
    PublicPage("policy-articles", "/wenjian/wanggeyuan-kaohe-banfa/"),
    PublicPage("policy-replaced", "/wenjian/bei-daiti/"),
    PublicPage("policy-compared", "/wenjian/quanbu-tili/duizhao/"),
    PublicPage("policy-of-every-block", "/wenjian/quanbu-tili/"),
    # finding
    PublicPage("search", "/sousuo/"),
    PublicPage("search-found", "/sousuo/?q=低保"),
    PublicPage("search-grids", "/sousuo/?q=网格员"),
    PublicPage("search-second-page", "/sousuo/?q=申请&page=2"),
    PublicPage("search-recommended", f"/sousuo/?q={RECOMMENDED_FOR}"),
    PublicPage("search-narrowed", "/sousuo/?q=申请&kind=service&mode=4", shares_title=True),
    PublicPage("search-not-found", "/sousuo/?q=养狗证书谁来发"),
    PublicPage("search-hostile", "/sousuo/?q=%22%3E%3Cscript%3E%27%E3%80%80%00&topic=x"),
    # what goes wrong
    PublicPage("not-found", "/no-such-page/", 404),
    PublicPage("list-not-found", "/qingdan/quanli/NO-SUCH/", 404, shares_title=True),
    # tests.judges.urls
    PublicPage("bad-request", "/_fail/400/", 400),
    PublicPage("forbidden", "/_fail/403/", 403),
    PublicPage("form-refused", "/_fail/csrf/", 403),
    PublicPage("too-many-logins", "/_fail/429/", 429),
    PublicPage("broken", "/_fail/500/", 500),
]

#: A site on its first day: the tree of pages and nothing in it.
EMPTY_PAGES = [
    PublicPage("empty-home", "/"),
    PublicPage("empty-site-map", "/wangzhanditu/"),
    PublicPage("empty-accessibility", "/wuzhangai/"),
    PublicPage("empty-lists", "/qingdan/"),
    PublicPage("empty-list", "/qingdan/quanli/", 404),
    PublicPage("empty-matters", "/banshi/"),
    PublicPage("empty-places", "/difang/"),
    PublicPage("empty-boards", "/gongshi/"),
    PublicPage("empty-documents", "/wenjian/"),
    PublicPage("empty-search", "/sousuo/"),
    PublicPage("empty-search-not-found", "/sousuo/?q=低保"),
    PublicPage("empty-not-found", "/no-such-page/", 404),
]
