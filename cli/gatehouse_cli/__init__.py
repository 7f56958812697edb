"""The `gatehouse` command: runs, inspects and tests Gatehouse on one machine. Python's standard library only."""
