"""The door of the program: the table of commands, the global options, and errors said in one line.

A command stands in `COMMANDS` with the function behind it, which is imported only when that command is called. So
`communique verify` starts without Django, and a command whose packages are not installed says which to install. A
command's function bears Typer's annotations; `--json` and what is printed are its own affair. It takes `typer.Context`
if it wants the installation: `home_of(context)`.

Errors of a room, a file or the network become one line on standard error and an exit status (`errors.py`). What else
comes up is a fault of ours and keeps its traceback.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from communique import __version__
from communique.cli.errors import INTERRUPTED, NEGATIVE, NOT_REACHED, WRONG_INPUT, Failure
from communique.edition.errors import EditionError
from communique.record.errors import Missing, NotVerified, RecordError, Unreachable


@dataclass(frozen=True)
class Command:
    """One command: the function behind it as MODULE:NAME, its line of help, and what must be there before it.

    `office` says whether it needs the office extra. `newsroom` starts Django with the newsroom's tables and Wagtail,
    which takes a second, before anything else could start it without them; `newsroom_with` does so where an option of
    that name is given, `newsroom_without` where one is not.
    """

    function: str
    help: str
    office: bool = True
    newsroom: bool = False
    newsroom_with: str = ""
    newsroom_without: str = ""

    def needs_newsroom(self, arguments: list[str]) -> bool:
        """Whether it does, called like this."""
        named = {one.partition("=")[0] for one in arguments}
        lacks = bool(self.newsroom_without) and not named & {self.newsroom_without, "--help", "-h"}
        return self.newsroom or self.newsroom_with in named or lacks


COMMANDS: dict[str, Command] = {
    "init": Command("communique.cli.init:init", "Make a new, empty, safe installation.", newsroom_with="--admin"),
    "read": Command("communique.cli.read:read", "Understand pages of other sites; stores nothing."),
    "import": Command(
        "communique.cli.import_:import_",
        "Take in pages of other sites, as drafts or on the record; or a bag that `export` made.",
        newsroom_without="--publish",
    ),
    "export": Command("communique.cli.export:export", "Write everything of an office in open formats, as a bag."),
    "page": Command("communique.cli.page:page", "Make a trial office from one saved page and serve it."),
    "bake": Command("communique.cli.bake:bake", "Bring the public files up to date with the record."),
    "corpus": Command("communique.cli.corpus:corpus", "Make an invented office with many messages, for trials."),
    "serve": Command("communique.cli.serve:serve", "Run the public site, the newsroom and the worker.", newsroom=True),
    "webserver": Command(
        "communique.cli.webserver:webserver", "Print what nginx or Caddy has to be told to serve the public files."
    ),
    "user": Command("communique.cli.user:user", "People of the newsroom: add, list, reset.", newsroom=True),
    "backup": Command("communique.cli.backup:backup", "Back up all of an installation, while it serves."),
    "restore": Command("communique.cli.restore:restore", "Make an installation again of a backup.", newsroom=True),
    "fsck": Command("communique.cli.fsck:fsck", "Derive everything again that can be, and say what differs."),
    "doctor": Command("communique.cli.doctor:doctor", "Is this installation healthy and safe?", newsroom=True),
    "signer": Command("communique.cli.signer:signer", "The signer as a process of its own.", office=False),
    "keys": Command("communique.cli.keys:keys", "Keys: new ones, the root, rotation, the end of a log."),
    "verify": Command("communique.cli.verify:verify", "Check a record, or a saved edition.", office=False),
    "quote": Command(
        "communique.cli.quote:quote", "Check whether words are in a record and still stand.", office=False
    ),
    "proof": Command("communique.cli.proof:proof", "Save an edition with the proof that it was public.", office=False),
    "mirror": Command(
        "communique.cli.mirror:mirror", "Copy a record, verified; keep the copy up to date.", office=False
    ),
    "monitor": Command("communique.cli.monitor:monitor", "Follow records and say when one was changed.", office=False),
    "witness": Command("communique.cli.witness:witness", "Sign heads of other offices' records.", office=False),
    "evidence": Command(
        "communique.cli.evidence:evidence", "Check a file that says that an office misbehaved.", office=False
    ),
    "diff": Command("communique.cli.diff:diff", "Show what changed between two editions.", office=False),
}

_REMEDIES = {
    errno.ENOSPC: "make room on this disk",
    errno.EDQUOT: "make room on this disk",
    errno.EROFS: "name a place that can be written",
    errno.EACCES: "take the rights to it, or name another place,",
    errno.EPERM: "take the rights to it, or name another place,",
}

Loaded = Any  # what Typer makes of a function: its own class, which it does not publish


class Commands(TyperGroup):
    """The group of commands; it lists all and imports the one that is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Loaded, list[str]]:
        if args and args[0] in COMMANDS:
            return args[0], _load(args[0], args[1:]), args[1:]
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=Commands,
    help="A signed, public, living record of what an office said.",
    add_completion=False,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _options(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", envvar="COMMUNIQUE_HOME", help="The installation; without it, this folder."),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    context.obj = home
    if version:
        typer.echo(f"communique {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit


def home_of(context: typer.Context) -> Path:
    """The folder of the installation that the command works on: `--home`, `COMMUNIQUE_HOME`, or the current folder."""
    home = context.obj
    return home.absolute() if isinstance(home, Path) else Path.cwd()


def main(arguments: list[str] | None = None) -> None:
    """Run the program and end the process with its exit status."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run one command and give its exit status; whatever the user did wrong is one line on standard error."""
    try:
        result = app(args=arguments, prog_name="communique", standalone_mode=False)
        sys.stdout.flush()
    except TyperException as error:
        said = " ".join(error.format_message().split())  # Typer lists choices in lines of their own
        return _say(f"communique: {said.rstrip('.')}; `communique --help` lists what there is.", error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        return _say("interrupted; nothing is lost, the same command goes on", INTERRUPTED)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - our reader is gone; nothing may be flushed to him
        return NOT_REACHED
    except Exception as error:
        status = _status(error)
        if status is None:
            raise
        return _say(_line(error), status)
    return result if isinstance(result, int) else 0


def _status(error: Exception) -> int | None:
    """The exit status of an error that was foreseen; None for a fault of ours."""
    match error:
        case Failure():
            return error.status
        case Unreachable() | OSError():
            return NOT_REACHED
        case NotVerified() | Missing():
            return NEGATIVE
        case RecordError() | EditionError():
            return WRONG_INPUT
    # The errors of the other rooms are not imported here; all that say a place were foreseen.
    return WRONG_INPUT if hasattr(error, "where") else None


def _line(error: Exception) -> str:
    if isinstance(error, OSError):
        place = error.filename or "this machine"
        return f"{place}: {error.strerror or error}; {_REMEDIES.get(error.errno or 0, 'mend that')} and run it again"
    return str(error)


def _say(line: str, status: int) -> int:
    print(line, file=sys.stderr)
    return status


def function_of(place: str) -> Any:
    """The function MODULE:NAME, loaded now; for a command, or for what a command does with one of its options."""
    module, _, function = place.partition(":")
    return getattr(import_module(module), function)


def _load(name: str, arguments: list[str]) -> Loaded:
    """Typer's command for the function in the table. Raises Failure if its packages are not installed."""
    try:
        if COMMANDS[name].needs_newsroom(arguments):
            import_module("communique.newsroom.start")
        found = function_of(COMMANDS[name].function)
    except ModuleNotFoundError as error:
        package = (error.name or "").split(".")[0]
        if not COMMANDS[name].office or package == "communique":
            raise
        what = f"communique {name}: the package {package} is not installed"
        raise Failure(f"{what}; `{name}` needs communique[office]: pip install 'communique[office]'") from error
    return _as_typer(name, found)


def _as_typer(name: str, found: Callable[..., None] | typer.Typer) -> Loaded:
    if isinstance(found, typer.Typer):
        return typer.main.get_command(found)
    alone = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
    alone.command(name)(found)
    return typer.main.get_command(alone)


def _listed(name: str, help: str) -> None:
    """Have the command named by `--help`; `resolve_command` loads what it really is."""

    @app.command(name, help=help)
    def only_named() -> None:
        raise AssertionError(f"{name} was called without being loaded")


for _name, _command in COMMANDS.items():
    _listed(_name, _command.help)
