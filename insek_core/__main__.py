"""`python -m insek_core`: the command line with a console that can write every sign."""

import sys
import warnings
from io import TextIOWrapper

from insek_core.cli.main import main

if __name__ == "__main__":
    for console in (sys.stdout, sys.stderr):  # a console of another code page has no "−" and would end in a traceback
        if isinstance(console, TextIOWrapper):
            console.reconfigure(encoding="utf-8", errors="backslashreplace")
    if not sys.warnoptions:  # what a library wants to tell its programmer is not for who runs a command
        warnings.simplefilter("ignore")
    sys.exit(main())
