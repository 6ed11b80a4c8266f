"""Reminders: what they can be of, when they are told, and what is told."""
