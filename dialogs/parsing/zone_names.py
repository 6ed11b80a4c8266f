"""What people call time zones, in English and Chinese: cities, countries, regions, abbreviations.

A name with several zones is to be clarified; of a country the zones most people live in are offered.
"""

from __future__ import annotations

from typing import Final

_CHINA = ("Asia/Shanghai",)
_AMERICA = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")
_CANADA = ("America/Toronto", "America/Winnipeg", "America/Edmonton", "America/Vancouver", "America/Halifax")
_AUSTRALIA = ("Australia/Sydney", "Australia/Brisbane", "Australia/Adelaide", "Australia/Perth")
_RUSSIA = ("Europe/Moscow", "Asia/Yekaterinburg", "Asia/Novosibirsk", "Asia/Vladivostok")
_INDONESIA = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
_BRAZIL = ("America/Sao_Paulo", "America/Manaus", "America/Rio_Branco")
_MEXICO = ("America/Mexico_City", "America/Cancun", "America/Tijuana")
_KAZAKHSTAN = ("Asia/Almaty",)
_EASTERN, _CENTRAL, _MOUNTAIN, _PACIFIC = ((zone,) for zone in _AMERICA)

_TABLE: Final[dict[str, tuple[str, ...]]] = {
    "china|prc|mainland china|beijing|beijing time|china time|xi'an|xian|guangzhou|shenzhen|hangzhou|chengdu|wuhan|"
    "nanjing|tianjin|chongqing|中国|北京|北京时间|上海|西安|广州|深圳|杭州|成都|武汉|南京|天津|重庆|国内|大陆": _CHINA,
    "xinjiang|新疆": ("Asia/Shanghai", "Asia/Urumqi"),
    "urumqi|乌鲁木齐": ("Asia/Shanghai", "Asia/Urumqi"),
    "hong kong|hongkong|香港": ("Asia/Hong_Kong",),
    "macau|macao|澳门": ("Asia/Macau",),
    "taiwan|taipei|台湾|台北|臺北": ("Asia/Taipei",),
    "singapore|新加坡": ("Asia/Singapore",),
    "malaysia|kuala lumpur|马来西亚|吉隆坡": ("Asia/Kuala_Lumpur",),
    "japan|tokyo|osaka|jst|日本|东京|大阪": ("Asia/Tokyo",),
    "korea|south korea|seoul|kst|韩国|首尔": ("Asia/Seoul",),
    "thailand|bangkok|泰国|曼谷": ("Asia/Bangkok",),
    "vietnam|hanoi|ho chi minh city|saigon|越南|河内|胡志明市": ("Asia/Ho_Chi_Minh",),
    "philippines|manila|菲律宾|马尼拉": ("Asia/Manila",),
    "indonesia|印度尼西亚|印尼": _INDONESIA,
    "jakarta|雅加达": _INDONESIA[:1],
    "bali|巴厘岛": _INDONESIA[1:2],
    "india|delhi|new delhi|mumbai|印度|新德里|孟买": ("Asia/Kolkata",),
    "ist": ("Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"),
    "pakistan|karachi|巴基斯坦|卡拉奇": ("Asia/Karachi",),
    "uae|dubai|abu dhabi|阿联酋|迪拜|阿布扎比": ("Asia/Dubai",),
    "saudi arabia|riyadh|沙特|沙特阿拉伯|利雅得": ("Asia/Riyadh",),
    "israel|tel aviv|以色列|特拉维夫": ("Asia/Jerusalem",),
    "turkey|istanbul|土耳其|伊斯坦布尔": ("Europe/Istanbul",),
    "kazakhstan|哈萨克斯坦": _KAZAKHSTAN,
    "russia|俄罗斯": _RUSSIA,
    "moscow|莫斯科": _RUSSIA[:1],
    "vladivostok|海参崴|符拉迪沃斯托克": _RUSSIA[3:],
    "uk|united kingdom|britain|great britain|england|london|英国|伦敦|英格兰": ("Europe/London",),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "ireland|dublin|爱尔兰|都柏林": ("Europe/Dublin",),
    "france|paris|法国|巴黎": ("Europe/Paris",),
    "germany|berlin|munich|frankfurt|hamburg|德国|柏林|慕尼黑|法兰克福|汉堡": ("Europe/Berlin",),
    "italy|rome|milan|意大利|罗马|米兰": ("Europe/Rome",),
    "spain|madrid|barcelona|西班牙|马德里|巴塞罗那": ("Europe/Madrid",),
    "portugal|lisbon|葡萄牙|里斯本": ("Europe/Lisbon",),
    "netherlands|amsterdam|荷兰|阿姆斯特丹": ("Europe/Amsterdam",),
    "belgium|brussels|比利时|布鲁塞尔": ("Europe/Brussels",),
    "switzerland|zurich|geneva|瑞士|苏黎世|日内瓦": ("Europe/Zurich",),
    "austria|vienna|奥地利|维也纳": ("Europe/Vienna",),
    "sweden|stockholm|瑞典|斯德哥尔摩": ("Europe/Stockholm",),
    "poland|warsaw|波兰|华沙": ("Europe/Warsaw",),
    "greece|athens|希腊|雅典": ("Europe/Athens",),
    "ukraine|kyiv|kiev|乌克兰|基辅": ("Europe/Kyiv",),
    "cet|central european time|中欧": ("Europe/Berlin",),
    "europe|欧洲": ("Europe/London", "Europe/Berlin", "Europe/Athens", "Europe/Moscow"),
    "america|usa|us|united states|美国": _AMERICA,
    "new york|washington|boston|miami|atlanta|philadelphia|eastern time|et|est|edt|纽约|华盛顿|波士顿|迈阿密|美东|"
    "美国东部": _EASTERN,
    "chicago|houston|dallas|austin|central time|cdt|芝加哥|休斯敦|休斯顿|达拉斯|美中|美国中部": _CENTRAL,
    "denver|salt lake city|mountain time|mst|mdt|丹佛|盐湖城|美国山地": _MOUNTAIN,
    "los angeles|san francisco|seattle|san diego|las vegas|california|silicon valley|pacific time|pt|pst|pdt|洛杉矶|"
    "旧金山|西雅图|圣地亚哥(美国)|拉斯维加斯|加州|硅谷|美西|美国西部": _PACIFIC,
    "hawaii|honolulu|夏威夷|檀香山": ("Pacific/Honolulu",),
    "alaska|阿拉斯加": ("America/Anchorage",),
    "cst": ("Asia/Shanghai", "America/Chicago"),
    "canada|加拿大": _CANADA,
    "toronto|montreal|ottawa|多伦多|蒙特利尔|渥太华": _CANADA[:1],
    "calgary|edmonton|卡尔加里|埃德蒙顿": _CANADA[2:3],
    "vancouver|温哥华": _CANADA[3:4],
    "mexico|墨西哥": _MEXICO,
    "mexico city|墨西哥城": _MEXICO[:1],
    "brazil|巴西": _BRAZIL,
    "sao paulo|são paulo|rio|rio de janeiro|brasilia|圣保罗|里约|里约热内卢|巴西利亚": _BRAZIL[:1],
    "argentina|buenos aires|阿根廷|布宜诺斯艾利斯": ("America/Argentina/Buenos_Aires",),
    "chile|santiago|智利|圣地亚哥": ("America/Santiago",),
    "peru|lima|秘鲁|利马": ("America/Lima",),
    "egypt|cairo|埃及|开罗": ("Africa/Cairo",),
    "south africa|johannesburg|cape town|南非|约翰内斯堡|开普敦": ("Africa/Johannesburg",),
    "nigeria|lagos|尼日利亚|拉各斯": ("Africa/Lagos",),
    "kenya|nairobi|肯尼亚|内罗毕": ("Africa/Nairobi",),
    "australia|澳大利亚|澳洲": _AUSTRALIA,
    "sydney|melbourne|canberra|悉尼|墨尔本|堪培拉": _AUSTRALIA[:1],
    "brisbane|gold coast|布里斯班|黄金海岸": _AUSTRALIA[1:2],
    "adelaide|阿德莱德": _AUSTRALIA[2:3],
    "perth|珀斯": _AUSTRALIA[3:],
    "new zealand|auckland|wellington|新西兰|奥克兰|惠灵顿": ("Pacific/Auckland",),
    "samoa|萨摩亚": ("Pacific/Apia",),
    "utc|gmt|greenwich mean time|格林尼治|格林尼治时间|世界时": ("Etc/UTC",),
}  # fmt: skip

ZONES: Final = {name: zones for names, zones in _TABLE.items() for name in names.split("|")}
"""The zones that each name may mean, likeliest first."""
