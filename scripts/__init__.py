"""What `make` does. Everything but `prepare` and `serve` runs on the machine's own Python, before any package is there."""
