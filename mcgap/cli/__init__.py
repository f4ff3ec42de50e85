"""The command line: one file a command, loaded on use (``mcgap.cli.main:main``)."""
