"""Papers: files that an owner can keep. One module for each format."""

File = tuple[str, str, bytes]
"""A file to keep: its name, media type and content."""
