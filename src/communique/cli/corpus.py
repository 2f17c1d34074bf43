"""`communique corpus`: an invented office with as many messages as one asks for, for benchmarks and trials."""

from __future__ import annotations

import json as json_lines
from typing import Annotated

import typer

from communique.cli.errors import Failure
from communique.cli.main import home_of
from communique.cli.progress import progress
from communique.demo.corpus import Corpus
from communique.demo.corpus_load import found_corpus, load_corpus


def corpus(
    context: typer.Context,
    messages: Annotated[int, typer.Option(min=1, help="How many messages; every third is in two languages.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same office.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Make an invented office with so many messages on the record, or go on making it."""
    home, made = home_of(context), Corpus(messages, seed)
    if not found_corpus(home, made):
        raise Failure(f"{home}: holds something else than this corpus; name a new folder with --home")
    with progress() as told:
        entries = load_corpus(home, made, told)
    if json:
        typer.echo(json_lines.dumps({"home": str(home), "messages": messages, "seed": seed, "entries": entries}))
        return
    typer.echo(f"{home}: {messages} messages of seed {seed}, {entries} entries on the record.")
