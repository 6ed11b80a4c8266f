"""Telegram, by either of two libraries: they decode and call, the turn is ours."""
