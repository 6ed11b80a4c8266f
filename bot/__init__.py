"""What runs: the only package that knows that a network or a clock exists."""
