"""The verdict as an owner reads it."""
