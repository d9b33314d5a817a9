"""The database: one SQLite file, migrated at start."""

import sqlite3
from pathlib import Path

MIGRATIONS = Path(__file__).parents[3] / "migrations"


class Database:
    """A connection that is shared by the repositories."""

    def __init__(self, path: str) -> None:
        """Open the file, or `:memory:`."""
        self.connection = sqlite3.connect(path, check_same_thread=False)
        self.connection.row_factory = sqlite3.Row

    def migrate(self) -> None:
        """Bring the schema up to date; safe to repeat."""
        for script in sorted(MIGRATIONS.glob("*.sql")):
            self.connection.executescript(script.read_text(encoding="utf-8"))
        self.connection.commit()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()
