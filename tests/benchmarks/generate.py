"""Write a made-up dataset of a wanted size: the same seed gives the same bytes.

What it writes is what users have: the layout of ``json.dumps(ensure_ascii=False)``, long texts with
line breaks, Markdown and code, some of them not in English. Without ``bad`` every record is clean
for the target ``mistral``.
"""

from __future__ import annotations

import argparse
import json
import random
import string
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import words
from faults import plant

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal["chat", "tools", "tools-unique"]
Record = dict[str, Any]

POOL = 300
"""Tool definitions that the records of kind ``tools`` share."""
FOREIGN = 0.1
"""Share of the chat records that are not in English."""
NOUNS = words.NOUNS.split()
VERBS = words.VERBS.split()
ADJECTIVES = words.ADJECTIVES.split()
SMALL = words.SMALL.split()
ID_ALPHABET = string.ascii_letters + string.digits


def sentence(rng: random.Random) -> str:
    """Make an English sentence of 6 to 16 words."""
    drawn = [
        rng.choice(SMALL if place % 2 else rng.choice((NOUNS, VERBS, ADJECTIVES)))
        for place in range(rng.randint(6, 16))
    ]
    return " ".join(drawn).capitalize() + rng.choice(".....?!:")


@cache
def sentences() -> list[str]:
    """Make the sentences that all texts are built of; drawing each word anew would take hours."""
    rng = random.Random(0)  # noqa: S311  # reproducible, not secret
    return [sentence(rng) for _ in range(4000)]


@cache
def foreign_sentences(script: str) -> list[str]:
    """Make sentences from the words of one script."""
    rng = random.Random(0)  # noqa: S311  # reproducible, not secret
    supply = words.SCRIPTS[script].split()
    space, stop = ("", "。") if script in words.UNSPACED else (" ", ".")
    return [space.join(rng.choices(supply, k=rng.randint(6, 16))) + stop for _ in range(400)]


def text(rng: random.Random, count: int, supply: list[str]) -> str:
    """Make a text of about ``count`` sentences: paragraphs, and at times a list or some code."""
    paragraphs = []
    while count > 0:
        size = min(count, rng.randint(2, 5))
        count -= size
        drawn = rng.choices(supply, k=size)
        layout = rng.random()
        if layout < 0.1:
            paragraphs.append("\n".join(f"- **{line[:9].strip()}**: {line}" for line in drawn))
        elif layout < 0.16:
            paragraphs.append(f"## {drawn[0]}\n\n" + " ".join(drawn[1:]))
        elif layout < 0.22:
            paragraphs.append(" ".join(drawn) + "\n\n" + rng.choice(words.CODE))
        else:
            paragraphs.append(" ".join(drawn))
    return "\n\n".join(paragraphs).strip()


def chat(rng: random.Random) -> Record:
    """Make a conversation of three to eight turns."""
    supply = sentences()
    if rng.random() < FOREIGN:
        supply = foreign_sentences(rng.choice(sorted(words.SCRIPTS)))
    messages = []
    if rng.random() < 0.4:
        messages.append({"role": "system", "content": text(rng, 3, supply)})
    for _ in range(rng.randint(3, 8)):
        messages += [
            {"role": "user", "content": text(rng, rng.randint(1, 6), supply)},
            {"role": "assistant", "content": text(rng, rng.randint(4, 23), supply)},
        ]
    return {"messages": messages}


def parameter(rng: random.Random) -> Record:
    """Make the schema of one parameter."""
    about = " ".join(rng.choice(sentences()).split()[:6])
    schema = rng.choice(
        (
            {"type": "string"},
            {"type": "string", "enum": sorted(rng.sample(NOUNS, 3))},
            {"type": "integer", "minimum": 1, "maximum": rng.randint(10, 500)},
            {"type": "number"},
            {"type": "boolean"},
            {"type": "array", "items": {"type": "string"}},
        )
    )
    return schema | {"description": about}


def tool(rng: random.Random, serial: int) -> Record:
    """Make a tool definition; ``serial`` makes its name and its parameters unique."""
    names = rng.sample(NOUNS, rng.randint(1, 4))
    properties = {f"{rng.choice(ADJECTIVES)}_{name}": parameter(rng) for name in names}
    first = next(iter(properties))
    properties[first]["description"] += f" (form {serial})"
    return {
        "type": "function",
        "function": {
            "name": f"{rng.choice(VERBS)}_{names[0]}_{serial}",
            "description": rng.choice(sentences()),
            "parameters": {"type": "object", "properties": properties, "required": [first]},
        },
    }


def argument(rng: random.Random, schema: Record) -> object:
    """Make a value that the parameter's schema accepts."""
    if "enum" in schema:
        return rng.choice(schema["enum"])
    match schema["type"]:
        case "string":
            return " ".join(rng.sample(NOUNS, 2))
        case "integer":
            return rng.randint(1, schema["maximum"])
        case "number":
            return round(rng.uniform(0, 100), 2)
        case "boolean":
            return rng.random() < 0.5
        case _:
            return rng.sample(NOUNS, 2)


def call(rng: random.Random, definition: Record, identifier: str) -> Record:
    """Make the assistant message that calls a tool."""
    function = definition["function"]
    schemas = function["parameters"]["properties"].items()
    arguments = json.dumps({name: argument(rng, schema) for name, schema in schemas})
    called = {"name": function["name"], "arguments": arguments}
    return {
        "role": "assistant",
        "tool_calls": [{"id": identifier, "type": "function", "function": called}],
    }


def conversation(rng: random.Random, tools: list[Record]) -> Record:
    """Make a conversation in which one to three turns call one of the tools."""
    supply = sentences()
    messages: list[Record] = [{"role": "system", "content": text(rng, 1, supply)}]
    for _ in range(rng.randint(1, 3)):
        identifier = "".join(rng.choices(ID_ALPHABET, k=9))
        result = {"result": rng.choice(supply), "count": rng.randint(0, 99)}
        messages += [
            {"role": "user", "content": text(rng, rng.randint(1, 2), supply)},
            call(rng, rng.choice(tools), identifier),
            {"role": "tool", "content": json.dumps(result), "tool_call_id": identifier},
            {"role": "assistant", "content": text(rng, rng.randint(1, 2), supply)},
        ]
    return {"messages": messages, "tools": tools}


def maker(kind: Kind, rng: random.Random) -> Callable[[], Record]:
    """Give the function that makes one record after the other."""
    if kind == "chat":
        return partial(chat, rng)
    if kind == "tools":
        pool = [tool(rng, serial) for serial in range(POOL)]
        return lambda: conversation(rng, rng.sample(pool, rng.randint(2, 4)))
    serials = iter(range(10**9))
    return lambda: conversation(rng, [tool(rng, next(serials)) for _ in range(rng.randint(2, 4))])


def write_dataset(path: Path, kind: Kind, size_bytes: int, bad: float = 0.0, seed: int = 1) -> int:
    """Write records until the file has ``size_bytes``; give their number.

    ``bad`` is the share of the records that get one fault each.
    """
    rng = random.Random(seed)  # noqa: S311  # reproducible, not secret
    make = maker(kind, rng)
    written = records = 0
    with path.open("wb") as stream:
        while written < size_bytes:
            record = make()
            if rng.random() < bad:
                plant(rng, record)
            written += stream.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
            records += 1
    return records


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(description="write a made-up dataset")
    parser.add_argument("kind", choices=get_args(Kind))
    parser.add_argument("bytes", type=int, help="size of the file")
    parser.add_argument("out", type=Path, help="file to write")
    parser.add_argument("--bad", type=float, default=0.0, help="share of bad records, 0 to 1")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_dataset(options.out, options.kind, options.bytes, options.bad, options.seed)


if __name__ == "__main__":
    main()
