"""Data are checked without any network, whatever addresses they hold."""

from __future__ import annotations

import http.server
import json
import socket
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from conftest import NetworkError
from samples import CLEAN, chat, jsonl

from jsonl_lint import Config, lint_bytes
from jsonl_lint.api import make_linter
from jsonl_lint.schema.engine import compile_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

asked: list[str] = []


class Server(http.server.BaseHTTPRequestHandler):
    """Notes what it is asked for, and answers with a schema that takes anything."""

    def do_GET(self) -> None:
        asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with http.server.HTTPServer(("127.0.0.1", 0), Server) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def calling(parameters: dict[str, Any]) -> dict[str, Any]:
    """Give a record whose tool has these parameters, and which calls it."""
    function = {"name": "f", "description": "d", "parameters": parameters}
    call = {"id": "abcdefghi", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    record = chat(tools=[{"type": "function", "function": function}])
    record["messages"][1] = {"role": "assistant", "tool_calls": [call]}
    return record


def test_the_guard_holds() -> None:
    with pytest.raises(NetworkError):
        socket.create_connection(("127.0.0.1", 9))
    with pytest.raises(NetworkError):
        socket.getaddrinfo("localhost", 80)
    with socket.socket() as plain, pytest.raises(NetworkError):
        plain.connect(("127.0.0.1", 9))


def test_clean_data_needs_no_network() -> None:
    assert lint_bytes(CLEAN).ok()


@pytest.mark.parametrize("keyword", ["$ref", "$schema", "$id", "$dynamicRef", "$recursiveRef"])
def test_no_address_in_the_parameters_of_a_tool_is_read(address: str, keyword: str) -> None:
    data = jsonl(calling({"type": "object", "properties": {"a": {keyword: f"{address}/a"}}}))
    data += jsonl(calling({"type": "object", keyword: f"{address}/b#/definitions/x"}))
    asked.clear()
    found = {finding.rule for finding in lint_bytes(data).findings}
    lines = data.splitlines(keepends=True)
    again = make_linter(Config(), reference=True).check("x").line_findings(lines)
    assert {finding.rule for finding in again} == found
    assert asked == []
    assert "schema-external-ref" in found


@pytest.mark.parametrize("reference", [False, True], ids=["fast", "reference"])
def test_no_engine_reads_an_address(address: str, *, reference: bool) -> None:
    asked.clear()
    with pytest.raises(Exception, match=r"[Uu]nresolvable|Unretrievable|not found|[Rr]etriev"):
        compile_schema({"$ref": f"{address}/a.json"}, reference=reference).is_valid({})
    assert asked == []


def test_addresses_in_text_are_text(address: str) -> None:
    asked.clear()
    record = chat(json.dumps({"$ref": f"{address}/a", "url": address}))
    assert lint_bytes(jsonl(record)).ok()
    assert asked == []


def test_the_server_would_have_noticed(address: str) -> None:
    asked.clear()
    port = int(address.rpartition(":")[2])
    with socket.socket() as plain:
        super(socket.socket, plain).connect(("127.0.0.1", port))  # past the guard
        plain.sendall(b"GET /seen HTTP/1.0\r\n\r\n")
        assert plain.recv(100)
    assert asked == ["/seen"]
