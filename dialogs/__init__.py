"""What is said: the law as data, and the conversation as a pure function."""
