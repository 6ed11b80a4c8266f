"""Each turns its updates into events, and messages into its own form. None knows another, nor storage."""
