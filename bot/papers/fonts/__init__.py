"""The font that papers are drawn in."""

from pathlib import Path
from typing import Final

SHIPPED: Final = Path(__file__).with_name("NotoSansSC-subset.ttf")
