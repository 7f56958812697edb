"""How a command fails."""


class Trouble(Exception):
    """What went wrong and what to do about it, in one sentence for the user. Ends the command with exit code 1."""
