"""Reads the law: TOML to a rulebook, answers to a verdict, and why."""
