"""Words that say for whom, or which act of a matter, and not which matter: beside the matter's name they only prefer."""

from .normalise import normalise


def _words(text: str) -> frozenset[str]:
    return frozenset(map(normalise, text.split()))


#: What is done: 残疾证丢了 asks about the card of disability first, and of its acts about the lost one.
ACTS = _words(
    "补办 补领 补证 补卡 换领 换证 换卡 换发 丢了 丢失 遗失 弄丢 弄丢了 掉了 不见了 挂失 到期 过期 期满 快到期 失效 "
    "续期 续签 延期 年审 年检 注销 取消 撤销 变更 更改 修改 更正 改信息 交钱 交费 缴费 缴钱 缴纳 申请 申报 申领 领取 领钱 "
    "办理 新办 首次 第一次 登记 报名 备案 审批 审核 初审 认定 查询 咨询 预约 激活 转移 迁移 投诉 举报 代办 帮办 上门"
)
#: Who asks, or for whom.
AUDIENCES = _words(
    "老人 老年人 老头 老太太 老百姓 群众 居民 村民 农民 农村 城镇 城市 残疾人 退役军人 军人 企业 公司 单位 个人 儿童 孩子 小孩 娃娃 "
    "妇女 孕妇 学生 大学生 外地人 外地 本地 本地人 家里 家庭 父母 爸妈 我妈 我爸 爷爷 奶奶 儿子 女儿 邻居 人员 小区 村里 社区"
)
SOFT = ACTS | AUDIENCES
