"""`communique user add|list|reset`: people of the newsroom, from the command line.

Each link that is printed sets a password once, within 48 hours. `reset` takes password and second factor away and ends
what is open, for whoever lost both; it is how an office comes in again whose only administrator did.
"""

from __future__ import annotations

import json as json_lines
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from django.contrib.auth import get_user_model

from communique.cli.errors import Failure
from communique.cli.main import home_of
from communique.newsroom.first_pages import lay_first_pages
from communique.newsroom.proofs import has_second_factor
from communique.newsroom.roles import ADMINISTRATOR, CLEARER, PUBLISHER, ROLES, WRITER, roles_of
from communique.newsroom.users.links import LINK_HOURS, fresh_link
from communique.newsroom.users.people import NotDone, invite, start_anew
from communique.settings.desk import open_desk

user = typer.Typer(no_args_is_help=True, help="People of the newsroom: who may sign in, with which roles.")


class Role(StrEnum):
    """What `--role` can name."""

    WRITER = WRITER
    CLEARER = CLEARER
    PUBLISHER = PUBLISHER
    ADMINISTRATOR = ADMINISTRATOR


Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]


@user.command()
def add(
    context: typer.Context,
    email: Annotated[str, typer.Argument(help="The mail address that will sign in.")],
    role: Annotated[list[Role], typer.Option(help="What this person may do; may be given several times.")],
    name: Annotated[str, typer.Option(help="The name as the desk shows it.")] = "",
    json: Json = False,
) -> None:
    """Invite somebody and print a link by which to come in."""
    open_desk(home_of(context))
    made = _or_failure(email, lambda: invite(email, name, [str(one) for one in role]))
    _say_link(made, json)


@user.command("list")
def list_(context: typer.Context, json: Json = False) -> None:
    """Everybody who may sign in, or might."""
    open_desk(home_of(context))
    rows = [_row(one) for one in get_user_model().objects.order_by("email")]
    if json:
        typer.echo(json_lines.dumps({"people": rows}, ensure_ascii=False))
        return
    for row in rows:
        state = "" if row["active"] else "may not sign in"
        factor = "second factor" if row["second_factor"] else "no second factor"
        words = [row["email"], row["name"], ", ".join(row["roles"]), state or factor]
        typer.echo("  ".join(word for word in words if word))
    if not rows:
        typer.echo("Nobody yet: communique user add EMAIL --role administrator")


@user.command()
def reset(context: typer.Context, email: str, json: Json = False) -> None:
    """Take password and second factor away, end every session, and print a new link."""
    open_desk(home_of(context))
    found = get_user_model().objects.filter(email__iexact=email.strip()).first()
    if found is None:
        raise Failure(f"{email}: nobody with this address may sign in; `communique user list` names who may")
    if not found.is_active:
        raise Failure(f"{email}: was shut out; an administrator lets this person in again at the desk")
    start_anew(found)
    _say_link(found, json)


def first_administrator(home: Path, email: str) -> tuple[str, str]:
    """Who begins an office: administrator and writer. His address and his link.

    Neither clearer nor publisher: four eyes need two people, and he invites the others.
    """
    lay_first_pages(open_desk(home).known_id)
    made = _or_failure(email, lambda: invite(email, "", [WRITER, ADMINISTRATOR]))
    return made.email, fresh_link(made)


def _or_failure(email: str, do: Callable[[], Any]) -> Any:
    try:
        return do()
    except NotDone as refusal:
        raise Failure(f"{email}: {refusal.sentence}") from refusal


def _say_link(made: Any, json: bool) -> None:
    link = fresh_link(made)
    if json:
        typer.echo(json_lines.dumps({**_row(made), "link": link}, ensure_ascii=False))
        return
    typer.echo(f"{made.email} ({', '.join(sorted(roles_of(made)))}) comes in here, once, within {LINK_HOURS} hours:")
    typer.echo(link)


def _row(one: Any) -> dict[str, Any]:
    return {
        "email": one.email,
        "name": one.get_full_name(),
        "roles": sorted(role.name for role in one.groups.all() if role.name in ROLES),
        "active": one.is_active,
        "second_factor": has_second_factor(one),
        "last_signed_in": f"{one.last_login:%Y-%m-%dT%H:%M:%SZ}" if one.last_login else None,
    }
