"""What the database holds, asked past the product and past its lines; it may be away at any moment."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg

Held = tuple[int, str]  # a delivery and the token of the claim on it
AWAY = (psycopg.Error, sqlite3.Error, OSError)


@dataclass(frozen=True)
class Ledger:
    """`address` is a postgres:// URL, or the path of an SQLite file."""

    address: str

    async def held(self) -> list[Held]:
        """The deliveries that a worker holds."""
        found = await self._ask("SELECT id, worker FROM notifications_delivery WHERE lease_until IS NOT NULL")
        return [(row[0], row[1]) for row in found or []]

    async def taken_over(self, held: Sequence[Held]) -> bool:
        """Whether each was claimed anew, or had ended before its worker did."""
        numbers = ",".join(str(pk) for pk, _ in held)
        found = await self._ask(
            "SELECT id, worker FROM notifications_delivery WHERE state IN ('queued', 'failed') "
            f"AND (lease_until IS NOT NULL OR trouble = 'lost') AND id IN ({numbers})"
        )
        return found is not None and not {(row[0], row[1]) for row in found} & set(held)

    async def any_sealed(self, alarms: Sequence[str]) -> bool:
        """Whether the entry of the press of one of these alarms is in the chain."""
        names = ",".join(f"'alarm:{alarm}'" for alarm in alarms[-50:])
        found = await self._ask(
            "SELECT 1 FROM audit_auditentry WHERE sequence IS NOT NULL AND action = 'alarm.pressed' "
            f"AND obj IN ({names}) LIMIT 1"
        )
        return bool(found)

    async def _ask(self, query: str) -> list[Any] | None:
        """The rows; None while the database is away."""
        return await asyncio.to_thread(self._asked, query)

    def _asked(self, query: str) -> list[Any] | None:
        try:
            if self.address.startswith("postgres"):
                with psycopg.connect(self.address, connect_timeout=2, autocommit=True) as server:
                    return list(server.execute(query.encode()).fetchall())
            with closing(sqlite3.connect(self.address, timeout=2)) as file:
                return list(file.execute(query).fetchall())
        except AWAY:
            return None
