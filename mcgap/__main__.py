"""``python -m mcgap``."""

from mcgap.cli.main import main

if __name__ == "__main__":
    main()
