"""`python -m pmtui` is the command `pmtui`."""

from pmtui.cli import main

if __name__ == "__main__":
    main()
