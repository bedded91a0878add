"""Values of a new record: an option for each, named and explained by the schema, and a question for what is missing."""

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import click

from validator import schema
from validator.cli._run import Named, tell
from validator.find import Misuse
from validator.record import Kind
from validator.record.placeholder import asked_for
from validator.scaffold.entry import asking, fault, wanted
from validator.scaffold.slug import slug

Command = TypeVar("Command", bound=Callable[..., Any])

Root = click.option("--root", type=Named(), default="claims", help="The data set.", metavar="DIR")
NoEdit = click.option("--no-edit", is_flag=True, help="Do not open the new file in $EDITOR.")

_SINGULAR = {"authors": "author", "tags": "tag"}
_MANY = 8  # words to choose from, beyond which they would fill the help


def options(kind: Kind, *names: str) -> Callable[[Command], Command]:
    """Give a command an option for each of these values; `a.b` is the value b inside a.

    The command gets what was given by the last part of the name: text, or a tuple for a list, or None.
    """

    def decorate(command: Command) -> Command:
        for name in reversed(names):
            command = _option(kind, tuple(name.split(".")))(command)
        return command

    return decorate


def _option(kind: Kind, keys: tuple[str, ...]) -> Callable[[Command], Command]:
    part, key = schema.at(kind, keys), keys[-1]
    many = part.get("type") == "array"
    choices = part.get("enum", [])
    return click.option(
        f"--{_SINGULAR.get(key, key).replace('_', '-')}",
        key,
        multiple=many,
        type=click.Choice(choices) if choices else str,
        metavar="WORD" if len(choices) > _MANY else None,
        help=part["description"] + (" May be given more than once." if many else ""),
    )


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that were given by options, lists as lists."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items() if value}


def interactive() -> bool:
    """Tell whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def completed(kind: Kind, data: dict[str, Any], keys: Iterable[str], guesses: Mapping[str, str]) -> dict[str, Any]:
    """Return a record with these values, each as it was given, as somebody at the terminal answers, or as guessed.

    What is not known even then is left out if the schema does without it, and is a placeholder otherwise.
    """
    missing = [key for key in keys if key not in data]
    if missing and interactive():
        tell("An empty answer leaves a value to be filled in later.")
        guesses = {key: _answer(kind, key, guesses.get(key, "")) for key in missing}
    found = {key: guesses[key] for key in missing if guesses.get(key)}
    required = schema.load(kind)["required"]
    return {**data, **found, **{key: asking(kind, key) for key in missing if key not in found and key in required}}


def identified(kind: Kind, data: dict[str, Any], words: str) -> dict[str, Any]:
    """Return a record with an id, made of words unless it was given; raise Misuse if none can be made."""
    guess = "" if asked_for(words) is not None else slug(words)
    if guess and fault(kind, {"id": guess}):
        guess = f"{guess}-{kind}"  # such as prn, which Windows cannot have as the name of a file
    data = completed(kind, data, ("id",), {"id": guess})
    if asked_for(data["id"]) is not None:
        raise Misuse("give --id: lower-case words and digits joined by hyphens, which become the name of the file")
    return data


def _answer(kind: Kind, key: str, guess: str) -> str:
    """Ask until the answer is empty or satisfies the schema."""

    def judged(answer: str) -> str:
        answer = answer.strip()
        if answer and (wrong := fault(kind, {key: answer})):
            raise click.BadParameter(wrong)
        return answer

    question = f"{key}: {wanted(kind, key)}"
    return str(click.prompt(question, default=guess, show_default=bool(guess), value_proc=judged, err=True))
