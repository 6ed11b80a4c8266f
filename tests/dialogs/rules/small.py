"""A rulebook as small as a rulebook can be, for tests that change one line of it."""

from __future__ import annotations

FILES = {
    "facts.toml": """
[fact.platform]
kind = "option"
ask = "Which kind of account is it?"
label = "Kind of account"

[[fact.platform.option]]
id = "weibo"
label = "Weibo"
words = ["weibo"]

[[fact.platform.option]]
id = "other"
label = "Another platform"
words = ["other"]

[fact.followers]
kind = "count"
ask = "How many followers does it have?"
label = "Followers"
said = "{n} followers."
above = "more than {n} followers"
upto = "{n} followers or fewer"

[fact.residence]
kind = "place"
ask = "Is your domicile or usual residence in {place}?"
ask_many = "Where is your domicile or usual residence?"
label = "Residence"

[fact.residence.here]
label = "Yes"
said = "You live in {place}."
phrase = "your residence in {place}"

[fact.residence.elsewhere]
label = "Neither"
words = ["neither"]
said = "You live outside {place}."
phrase = "your residence outside {place}"
""",
    "cn/city.toml": """
[place.city]
name = "City"
words = ["city"]

[source.notice]
issuer = "City office"
title = "Notice"
title_zh = "通告"
kind = "official_notice"
date = 2020-01-01
read_at = "city.example/notice"
checked_on = 2026-11-20

[instrument.city-2020]
title = "Notice of the city"
name = "the notice of 2020"
issuer = "City office"
office = "the city office"
zone = "Asia/Shanghai"
status = "window_closed"
valid_from = 2020-01-01
current_until = 2020-02-01
doubt = "the collection is over."
sources = ["notice"]

[[duty]]
id = "city-2020/weibo"
title = "Registering a Weibo account"
asks = "Register it."
kind = "registration"
addressee = "office"
form = "city"
when = { all = [
    { fact = "platform", is = ["weibo"] },
    { fact = "followers", more_than = 1000 },
    { fact = "residence", is = ["city"] },
] }
sources = ["notice"]
passage = "item 1"

[[duty.deadline]]
for = "new"
rule = "within {n} days"
days = 30
source = "notice"

[[note]]
id = "tip"
text = "Good to know."
sources = ["notice"]
""",
    "forms/city.toml": """
[form.city]
title = "Form"
office = "the city office"
requires = ["platform"]

[[form.city.field]]
id = "name"
kind = "person_name"
ask = "What is your name?"
label = "Name"
source = "notice"

[[form.city.field]]
id = "posts"
kind = "several"
ask = "What does it publish?"
label = "Posts"
none = "nothing"
source = "notice"

[[form.city.field.option]]
id = "news"
label = "News"

[[form.city.field.option]]
id = "nothing"
label = "None of these"
words = ["none"]
""",
}
"""File names and their texts."""


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """The files with `old` in one of them, which must be there, replaced by `new`."""
    if old not in FILES[name]:
        raise ValueError(f"{name} has no {old!r}")
    return {**FILES, name: FILES[name].replace(old, new, 1)}
