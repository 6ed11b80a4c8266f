"""What people type for a command or a choice, in both languages. Compared after `parsing.text.fold`."""

from __future__ import annotations

from typing import Final

COMMANDS: Final[dict[str, tuple[str, ...]]] = {
    "start": ("start", "hello", "hi", "begin", "start over", "你好", "您好", "开始", "重新开始"),
    "check": ("check", "check an account", "another account", "查询", "查账号", "查另一个账号", "查一下"),
    "register": ("register", "registration", "登记", "备案", "登记备案"),
    "filings": (
        "filings",
        "my filings",
        "receipts",
        "receipt",
        "我的备案",
        "我的登记",
        "回执",
        "查看回执",
        "登记记录",
        "status",
        "progress",
        "办理进度",
        "进度",
        "查进度",
    ),
    "reminders": ("reminders", "my reminders", "提醒", "我的提醒", "查看提醒"),
    "language": ("language", "change language", "languages", "语言", "切换语言"),
    "privacy": ("privacy", "my data", "隐私", "个人信息"),
    "help": ("help", "what can you do", "帮助", "怎么用"),
    "cancel": ("cancel", "stop", "quit", "exit", "取消", "停止", "退出", "不办了"),
    "back": ("back", "go back", "previous", "返回", "上一步", "上一题", "后退"),
    "change": ("change", "change something", "edit", "修改", "更改", "改一下", "修改某一项", "修改答案"),
    "why": ("why", "why do you ask", "why this result", "为什么", "为什么问这个", "为何", "为什么是这个结果"),
}
"""Commands: typed with a slash anywhere, or as plain words where no free text is asked."""

CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "unknown": (
        "i don't know", "don't know", "dont know", "do not know", "not sure", "unknown", "no idea", "unsure",
        "i can't tell", "can't tell", "i cannot tell", "不清楚", "不知道", "不确定", "说不准", "没数", "不了解",
    ),
    "untold": (
        "rather not say", "i'd rather not say", "prefer not to say", "not telling", "pass", "no comment",
        "不便说明", "不想说", "不方便说", "不愿说明", "不说", "保密",
    ),
    "done": ("done", "finished", "that's all", "完成", "选完了", "好了", "就这些"),
    "keep": ("keep", "keep it", "continue", "继续", "不改", "保留", "不变", "继续填表", "保持不变"),
    "skip": ("skip", "skip it", "leave out", "跳过", "略过", "不填"),
    "yes": (
        "yes", "y", "yeah", "ok", "okay", "sure", "是", "是的", "对", "好", "好的", "可以", "有",
        "确定", "确认", "要", "我确定", "yes please",
    ),
    "no": ("no", "n", "nope", "不", "否", "不是", "不对", "没有", "不可以", "don't", "do not", "不要", "不用", "不了", "算了", "暂不"),
    "agree": ("i agree", "agree", "yes", "同意", "我同意", "是", "好的"),
    "decline": ("i do not agree", "i don't agree", "do not agree", "disagree", "no", "不同意", "我不同意", "否"),
    "send": ("send", "send it", "submit", "confirm", "file it", "提交", "发送", "确认提交", "确认", "保存", "生成登记表"),
    "later": ("not now", "later", "暂不提交", "以后再说", "暂不", "先不了", "do not send yet"),
    "go on": ("go on", "continue", "next", "继续", "下一步", "好", "好的", "ok", "yes"),
    "ask": ("how to ask", "ask", "ask the office", "怎样向网信办确认", "怎么问", "如何确认", "怎样确认"),
    "platform": ("platform", "duties", "between you and the platform", "平台", "您与平台之间", "平台义务"),
    "notes": ("good to know", "notes", "还应知道", "值得了解", "注意事项"),
    "stay": ("go on with the form", "no", "不", "继续填表", "继续"),
    "day": ("another day", "on another day", "as of", "查另一天", "另一天", "换个日期", "换一天"),
    "today": ("today", "今天", "今日", "按今天"),
    "another": ("another account", "another", "new check", "查另一个账号", "另一个账号", "再查一个", "查账号"),
    "registered": (
        "already registered", "i have a number", "already done", "已经登记", "已登记", "已经办过", "我有编号", "我已有编号",
        "有编号", "拿到编号了", "i got a number",
    ),
    "remind": ("remind me", "remind", "set a reminder", "提醒我", "设提醒", "设置提醒"),
    "expiry": (
        "a qualification expires", "qualification", "expiry", "资质到期", "许可到期",
        "licence expires", "license expires", "许可证到期", "证件到期", "资质期满",
    ),
    "own": (
        "a day of my own", "own", "my own day", "own day", "自选日期", "自己定一天",
        "another date", "pick a day", "自定日期", "其他日期", "选一天",
    ),
    "rules": (
        "if the rules change", "rules", "rule changes", "规定变化", "规则变化",
        "a change of the rules", "规定有变化", "规定有变化时", "规则有变化", "规定变了",
    ),
    "details": (
        "details", "show details", "which day", "详情", "查看详情", "详细",
        "what is it", "which one", "详细信息", "详细情况", "是哪一天", "哪一天", "什么事",
    ),
    "tomorrow": (
        "again tomorrow", "tomorrow", "snooze", "later", "明天再提醒", "明天",
        "remind me tomorrow", "remind me again tomorrow", "明天再说", "明天提醒", "明天提醒我",
    ),
    "end": (
        "stop", "stop it", "stop reminding", "停止", "不再提醒", "别再提醒",
        "stop this", "no more", "停止提醒", "不用提醒了", "不要提醒了", "不再提醒我", "取消提醒",
    ),
    "calendar": ("calendar file", "calendar", "日历文件", "日历", "加入日历", "add to calendar", "ics", "加到日历", "导出日历", "日历提醒"),
    "stop one": (
        "stop one", "stop a reminder", "停止一个", "停止某个提醒", "取消提醒",
        "stop reminding", "delete a reminder", "停止提醒", "删除提醒", "不再提醒", "关闭提醒",
    ),
    "leave": (
        "leave it", "no reminder", "never mind", "no", "不设提醒", "不用了", "算了", "不", "不改",
        "keep it", "keep", "do not remind me", "不提醒", "不用提醒", "不变", "保持不变",
    ),
    "zone": (
        "change the time zone", "zone", "time zone", "timezone", "更改时区", "时区", "换时区",
        "change time zone", "set the time zone", "修改时区", "改时区", "切换时区",
    ),
    "resume": ("go on with the form", "继续填表", "继续填"),
    "filings": ("my filings", "我的登记"),
    "correct": (
        "correct it", "correct", "change it and file anew", "file anew", "更正", "补正", "修改后重新提交", "重新提交",
        "correct the filing", "开始补正", "去补正",
    ),
    "receipt": (
        "keep the receipt", "save the receipt", "保存回执", "下载回执",
        "download the receipt", "print the receipt", "导出回执", "打印回执", "回执文件",
    ),
    "amend": (
        "change what was filed", "change the filing", "变更登记", "修改已登记内容", "变更",
        "update the filing", "修改登记", "修改登记内容", "信息变更", "变更备案",
    ),
    "withdraw": (
        "withdraw it", "withdraw", "take it back", "撤回", "撤销",
        "withdraw the filing", "withdraw my filing", "撤回登记", "撤回申请", "撤销登记", "撤回备案",
    ),
    "ask again": (
        "ask the office again", "ask again", "再次查询", "再查询", "再问一次",
        "check again", "ask them again", "再次向受理单位查询", "再查一次", "再查查", "重新查询",
    ),
    "try again": (
        "try again", "retry", "send again", "重新提交", "再试一次", "重试",
        "try once more", "再次提交", "再提交一次", "重新发送", "再发一次",
    ),
    "drop": ("drop the change", "drop it", "放弃变更", "放弃修改", "cancel the change", "取消变更", "不变更了"),
    "remove": (
        "remove it", "remove", "remove it from this list", "移除", "从列表移除",
        "delete", "delete it", "从列表中移除", "移除记录", "删除", "删除记录", "删掉",
    ),
    "up": ("back", "go back", "go on", "continue", "返回", "继续"),
    "erase": ("erase", "erase it", "delete", "删除", "清除", "都删掉"),
    "draft": ("keep for later", "keep the draft", "keep", "保留草稿", "保留", "留着"),
    "register": ("prepare the form", "prepare", "fill in the form", "先填好登记表", "先填表", "填表"),
    "prepare": ("prepare the form anyway", "prepare the form", "prepare", "先填好登记表", "先填表", "填表"),
    "en": ("english", "in english", "en", "英文", "英语"),
    "zh_CN": ("中文", "chinese", "简体中文", "zh", "汉语"),
    "without": ("none", "i have none", "i don't have one", "no id", "没有", "没有身份证", "无"),
    "text": ("as text", "my answer", "作为内容", "是内容", "就是内容"),
    "command": ("as a command", "the command", "作为指令", "是指令"),
}  # fmt: skip
"""Choices on buttons: their words may be typed wherever the button is shown."""
