"""A receipt as one page: it loads nothing, runs nothing, and prints on A4."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from html import escape
from pathlib import Path
from typing import Final

from bot.papers.document import Document, compact

OPENING: Final = b'<script type="application/json" id="beian-receipt">'
CLOSING: Final = b"</script>"
"""Between them is the sealed document. A browser does not run what is JSON."""

_STYLE = Path(__file__).with_name("receipt.css")
_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{digest}'; \
base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<table>
{rows}
</table>
{notes}
</main>
"""


def page(document: Document) -> bytes:
    """The page, but for its own seal."""
    style = _STYLE.read_text()
    rows = (
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>'
        for label, value in document["rows"]
    )
    shown = _PAGE.format(
        language=escape(document["language"].replace("_", "-")),
        digest=b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        title=escape(document["title"]),
        style=style,
        rows="\n".join(rows),
        notes="\n".join(f"<p>{escape(note)}</p>" for note in document["notes"]),
    )
    # JSON has `<` within texts only, where it may be written as a number.
    data = compact(document).replace(b"<", rb"\u003c")
    return shown.encode() + OPENING + data + CLOSING + b"\n</body>\n</html>\n"
