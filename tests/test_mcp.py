"""An assistant asks the named queries of a public site over MCP: a real client, a real server.

Skipped where the extra `mcp` is not installed; it brings eighteen packages more, so the lock file leaves it out.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_serve import SERVE, address

pytest.importorskip("datasette_mcp", reason="the extra `mcp` is not installed")


@pytest.fixture
def endpoint(example: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "validator", *SERVE, "--public", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        yield f"{address(server)}/-/mcp"
        server.kill()


async def called(endpoint: str, tool: str, **arguments: Any) -> Any:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async with streamable_http_client(endpoint) as (read, write, *_), ClientSession(read, write) as session:
        await session.initialize()
        return await session.call_tool(tool, arguments)


async def test_a_named_query_is_answered_with_rows(endpoint: str) -> None:
    asked = {"query": "verdicts_as_of", "parameters": {"date": "1872-12-21"}}
    answer = await called(endpoint, "execute_canned_query", database="claims", **asked)
    found = {row["claim"]: row["status"] for row in answer.structured_content["rows"]}
    assert found["gazette-1872-10-03-003"] == "not-checkable"  # supported from the day after


async def test_the_named_queries_are_listed_with_what_they_ask_for(endpoint: str) -> None:
    answer = await called(endpoint, "list_canned_queries", database="claims")
    listed = {query["name"]: query for query in answer.structured_content["queries"]}
    assert listed["refuted_claims"]["title"] == "Refuted claims"
    assert set(listed["verdicts_as_of"]["parameters"]) == {"date"}
    assert not any(query["write"] for query in listed.values())


async def test_free_sql_is_refused(endpoint: str) -> None:
    answer = await called(endpoint, "execute_sql", database="claims", sql="SELECT 1")
    assert answer.is_error
    assert "You do not have permission to execute SQL" in answer.content[0].text
