"""Runs named cases within bounds: ``python -m tests.hostile.child GROUP…``.

Prints a line of JSON for each: its name, and what became of it.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

from budgetperf import BudgetperfError, ProblemsError
from budgetperf.cli import main as cli
from tests.hostile.corpus import GROUPS, Case, Command, commands
from tests.hostile.guard import TooSlowError, bound_process, bounded_case

LONGEST = 60_000
"""How many characters an error may tell: a hundred problems at most, none of them long."""


def outcome(case: Case) -> str:
    """The codes of what was refused; ``accepted``; or what went wrong instead."""
    call, _ = case
    try:
        with bounded_case():
            call()
    except ProblemsError as error:
        return _told(error, " ".join([error.code, *(problem.code for problem in error.problems)]))
    except BudgetperfError as error:
        return _told(error, error.code)
    except (Exception, TooSlowError):  # noqa: BLE001 (whatever it is, it is told)
        return traceback.format_exc(limit=-3)
    return "accepted"


def _told(error: Exception, code: str) -> str:
    """The code, if the error can be printed and says what it has to in few words."""
    text = str(error)
    text.encode()
    shown = all(char.isprintable() or char in "\u3000\n" for char in text)
    return code if shown and len(text) <= LONGEST else f"{code}, told in {len(text)}: {text[:500]}"


def status_of(command: Command) -> str:
    """``as due``, if the command ends with its status and shows all that it tells."""
    arguments, statuses, due = command
    out, err = io.StringIO(), io.StringIO()
    try:
        with bounded_case(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status: object = cli.main([arguments[0], "--lang", "en", *arguments[1:]])
    except SystemExit as error:
        status = error.code
    except (Exception, TooSlowError):  # noqa: BLE001 (whatever it is, it is told)
        return traceback.format_exc(limit=-3)
    output = out.getvalue() + err.getvalue()
    is_shown = all(char.isprintable() or char in "\u3000\n" for char in output)
    silent = status in (0, 1) or bool(err.getvalue())
    if status in statuses and is_shown and silent and due in output and len(output) < 10 * LONGEST:
        return "as due"
    return f"{status}, in {len(output)}: {err.getvalue()[:500]!r}"


def outcomes(group: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Each case of the group by its name, and what became of it."""
    if group == "commands":
        for name, command in commands(folder).items():
            yield name, status_of(command)
    else:
        for name, case in GROUPS[group].items():
            yield name, outcome(case)


def main(groups: list[str]) -> None:
    bound_process()
    for group in groups:
        with tempfile.TemporaryDirectory() as folder:
            before = time.process_time()
            for name, outcome in outcomes(group, Path(folder)):
                took = round(time.process_time() - before, 2)
                line = {"group": group, "name": name, "outcome": outcome, "seconds": took}
                sys.stdout.write(f"{json.dumps(line)}\n")
                sys.stdout.flush()
                before = time.process_time()


if __name__ == "__main__":
    main(sys.argv[1:])
