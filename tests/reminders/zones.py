"""Where the owners of the clock stories live."""

from __future__ import annotations

ZONES = (
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Santiago",  # its clock jumps at midnight
    "Africa/Cairo",  # this one too
    "Asia/Kathmandu",
    "Australia/Lord_Howe",  # by half an hour
    "Pacific/Apia",
    "Pacific/Kiritimati",  # 14 hours ahead of UTC
    "Etc/GMT+12",  # and 12 behind
)
