from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.parsing.places import parse_place
from dialogs.parsing.result import Ambiguous, Refused

XIAN = {
    "xian": (
        *(
            "Xi'an",
            "西安",
            "西安市",
            "雁塔",
            "雁塔区",
            "Yanta",
            "Yanta District",
            "长安",
            "长安区",
            "Chang'an",
        ),
        *("碑林", "莲湖", "莲湖区", "新城区", "未央", "灞桥", "阎良", "临潼", "高陵", "鄠邑", "蓝田", "周至"),
    )
}
TWO = XIAN | {"chengdu": ("Chengdu", "成都")}
GUANGDONG = {"guangdong": ("Guangdong", "广东")}

THERE = (
    *(
        "雁塔",
        "雁塔区",
        "Yanta",
        "Yanta District",
        "I live in Xi'an",
        "西安市雁塔区小寨",
        "Xi’an",
        "xian",
        "Xi an",
        "西 安",
    ),
    *("yes", "Y", "Yes, please", "是", "是的", "在", "在的", "都在", "yes, in Xi'an", "I am in Xi'an now"),
    *(
        "长安",
        "Chang'an",
        "长安区",
        "陕西西安",
        "陕西省西安市雁塔区长安南路1号",
        "中国陕西西安",
        "Xi'an, Shaanxi, China",
    ),
    *(
        "No. 5 Xiaozhai East Road, Yanta District, Xi'an",
        "西安市莲湖区昆明路",
        "西安北京路",
        "我住西安",
        "户口在西安",
    ),
    *("我们公司在西安市高新区", "我是北京人，住西安"),
)
ELSEWHERE = (
    *(
        "no",
        "N",
        "neither",
        "No, neither",
        "elsewhere",
        "否",
        "不在",
        "不是",
        "没有",
        "都不在",
        "两个都不在",
        "外地",
        "别处",
    ),
    *(
        "not in Xi'an",
        "It's not in Xi'an",
        "isn't in Xi'an",
        "outside Xi'an",
        "不在西安",
        "我不在西安",
        "都不在西安",
        "西安以外",
    ),
    *("not in Xi'an, I live in Beijing", "不在西安，在北京"),
)
ELSEWHERE_OR_XIAN = (
    *(
        "Beijing",
        "北京",
        "上海",
        "我住上海",
        "Hong Kong",
        "陕西",
        "Shaanxi",
        "Shanxi",
        "咸阳",
        "陕西安康",
        "江西安福",
        "西咸新区",
    ),
    *(
        "Xi'an Road, Dalian",
        "大连市西安路",
        "北京长安街",
        "东莞市长安镇",
        "我是西安人，住北京",
        "西安，北京",
        "Xi'an and Beijing",
    ),
    *(
        "I don't live in Xi'an",
        "我不住在西安",
        "户口不在西安",
        "人不在西安",
        "在不在西安",
        "no, Xi'an",
        "Anywhere but not Xi'an",
    ),
    *(
        "I'm not in Beijing, I'm in Xi'an",
        "从未住过西安",
        "不止西安",
        "除了西安",
        "Yang Xian, Hanzhong",
        "Xianyang",
    ),
)
XIAN_OR_ELSEWHERE = (
    *(
        "西安路",
        "长安街",
        "长安镇",
        "西安交通大学",
        "Xi'an Jiaotong University",
        "Xi'an Road",
        "Xi'an Hotel in London",
        "Mei Xian",
    ),
    *(
        "我是西安人",
        "I'm from Xi'an",
        "near Xi'an",
        "西安附近",
        "我在西安工作",
        "I work in Xi'an",
        "我妈在西安",
        "born in Xi'an",
    ),
    *(
        "used to live in Xi'an",
        "以前住西安",
        "Xi'an until 2020",
        "离开西安",
        "Xi'an?",
        "西安吗",
        "Xi'an, maybe",
        "老家西安",
    ),
    "Xi'an. And sometimes London",
)
NOT_A_PLACE = (
    "",
    "?",
    "1",
    "London",
    "hello",
    "don't know",
    "不知道",
    "不都在",
    "not both",
    "xi",
    "西",
    "Xi'an " * 100,
)


@pytest.mark.parametrize("text", THERE)
def test_there(text: str) -> None:
    """The place's name, one of its districts, an address in it, or yes, means the place."""
    assert parse_place(text, XIAN) == "xian"


@pytest.mark.parametrize("text", ELSEWHERE)
def test_elsewhere(text: str) -> None:
    """No, or that it is not there, means elsewhere."""
    assert parse_place(text, XIAN) == "elsewhere"


@pytest.mark.parametrize("text", ELSEWHERE_OR_XIAN)
def test_another_city(text: str) -> None:
    """Another city, or part of an answer in the negative, leaves open whether the other criterion holds."""
    assert parse_place(text, XIAN) == Ambiguous(("elsewhere", "xian"))


@pytest.mark.parametrize("text", XIAN_OR_ELSEWHERE)
def test_namesakes_and_doubts(text: str) -> None:
    """A road of that name, a tie other than living there, or a guess is to be confirmed."""
    assert parse_place(text, XIAN) == Ambiguous(("xian", "elsewhere"))


@pytest.mark.parametrize("text", NOT_A_PLACE)
def test_refused(text: str) -> None:
    """What names no known place is refused."""
    assert parse_place(text, XIAN) == Refused("not_a_place")


@pytest.mark.parametrize(
    ("text", "meant"),
    {
        "成都": "chengdu",
        "西安": "xian",
        "neither": "elsewhere",
        "别处": "elsewhere",
        "yes": Refused("not_a_place"),
        "no": Refused("not_a_place"),
        "西安和成都": Ambiguous(("xian", "chengdu")),
        "北京": Ambiguous(("elsewhere", "xian", "chengdu")),
        "不在西安": Ambiguous(("elsewhere", "xian")),
    }.items(),
)
def test_two_places(text: str, meant: object) -> None:
    """Between two places yes and no say nothing, and not being in one says nothing of the other."""
    assert parse_place(text, TWO) == meant


@pytest.mark.parametrize("text", ["广东", "深圳", "广州市天河区", "Shenzhen", "广东省东莞市"])
def test_a_city_is_in_its_province(text: str) -> None:
    """Where the place is a province, its cities are in it."""
    assert parse_place(text, GUANGDONG) == "guangdong"


@given(st.text(max_size=6))
def test_a_word_around_never_makes_a_no_of_a_place(around: str) -> None:
    """Whatever stands before it, a place that is named is not taken as elsewhere without a negation."""
    answer = parse_place(f"{around} 雁塔区", XIAN)
    assert answer != "elsewhere" or any(word in around for word in "不没非")
