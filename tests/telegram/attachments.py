"""What a person can send besides words, as the API shows it."""

from __future__ import annotations

from tests.telegram.chats import User
from tests.telegram.errors import Json
from tests.telegram.files import File, Files
from tests.telegram.sending import document


def sticker(files: Files) -> Json:
    """A sticker."""
    shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return {"sticker": files.keep("stickers", "s.webp", b"RIFF").json() | shape | {"emoji": "👍"}}


def voice(files: Files) -> Json:
    """A voice message of three seconds."""
    file = files.keep("voice", "v.oga", b"OggS")
    return {"voice": file.json() | {"duration": 3, "mime_type": "audio/ogg"}}


def location() -> Json:
    """A place in Xi'an."""
    return {"location": {"latitude": 34.2658, "longitude": 108.9541}}


def poll() -> Json:
    """An open poll with two options."""
    options = [
        {"persistent_id": str(number), "text": text, "voter_count": 0}
        for number, text in enumerate(("Yes", "No"))
    ]
    truths = {"is_closed": False, "is_anonymous": True, "allows_multiple_answers": False}
    more = {"allows_revoting": False, "members_only": False}
    asked = {
        "id": "5",
        "question": "Register?",
        "options": options,
        "total_voter_count": 0,
        "type": "regular",
    }
    return {"poll": asked | truths | more}


def contact(phone: str, of: User | None) -> Json:
    """A contact; `of` is None for somebody without Telegram."""
    name = of.first_name if of else "Wang"
    return {"contact": {"phone_number": phone, "first_name": name} | ({"user_id": of.id} if of else {})}


def photo(files: Files, content: bytes, caption: str) -> Json:
    """A photo, in two sizes."""
    sizes = [
        files.keep("photos", "p.jpg", content).json() | {"width": width, "height": width}
        for width in (90, 800)
    ]
    return {"photo": sizes} | ({"caption": caption} if caption else {})


def a_document(file: File, name: str, kind: str, caption: str) -> Json:
    """A document."""
    return {"document": document(file, name, kind)} | ({"caption": caption} if caption else {})


def words(text: str) -> Json:
    """A text; a command at its beginning is marked as one."""
    command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
    if not command:
        return {"text": text}
    return {"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": len(command)}]}


def forwarded(text: str, by: User, date: float) -> Json:
    """A text that somebody else wrote."""
    origin = {"type": "user", "date": int(date), "sender_user": by.json()}
    return words(text) | {"forward_origin": origin}


BROKEN: tuple[Json, ...] = (
    {"contact": {"user_id": "nobody"}},
    {"sticker": {"file_id": 7}},
    {"location": {"latitude": "north"}},
)
"""Contents that Telegram would never send and no library can decode."""
