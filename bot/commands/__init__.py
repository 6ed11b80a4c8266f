"""One file per command of `beian`. Each is imported only when it is called."""
