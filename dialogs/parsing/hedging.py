"""Words that turn an answer round or leave it open. Each pattern is searched in a folded text."""

from __future__ import annotations

import re
from typing import Final

NEGATION: Final = re.compile(
    r"\b(?:not?|nor|never|neither|none|nothing|without|except|unlike|cannot|non|"
    r"(?:other|rather) than|apart from|instead of|anything but|"
    r"(?:is|are|was|were|do|does|did|have|has|had|wo|ca|would|could|should)n'?t)\b"
    r"|[不没沒非未无無别別除否勿]"
)
"""The answer may be the opposite of the words in it."""

ONLY_NEGATION: Final = re.compile(
    r"not?|none|neither|never|nothing|nope|[都也还]?(?:不|没|否|无|未|非|不是|不在|不会|不行|没有|没在)[的了]?"
)
"""The whole of a word that says no and nothing more: part of "no idea" and of 不是很清楚."""

DOUBT: Final = re.compile(
    r"\b(?:or|maybe|perhaps|possibly|probably|might|may|could|if|whether|either|unsure|guess|think|"
    r"soon|will|used to|was|were|formerly|previously|what|which|who|why|how|ex)\b"
    r"|[或吗嗎哪曾]|还是|可能|也许|大概|估计|好像|如果|假如|以前|之前|原来|将来|打算|什么|怎么|[?？]"
)
"""The answer is a guess, a condition, a question, or about another time."""
