"""One file per screen: what it shows, and what an answer to it does."""
