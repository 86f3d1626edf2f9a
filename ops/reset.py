"""Remove the demo data, so that the next start makes it anew. Standard library only."""

import os
import shutil
import sys

from ops.place import Place
from ops.trouble import Trouble, one_line


def main() -> int:
    if os.environ.get("DATABASE_URL"):
        raise Trouble("demo-reset empties the data folder only: drop and create the database of DATABASE_URL yourself")
    place = Place.from_environment({**os.environ, "DEMO": "1"})
    if not (place.data / ".demo").exists():
        print("There is no demo data.")
        return 0
    with place.locked():
        for entry in place.data.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    print("Demo data removed. The next make run makes it anew.")
    return 0


if __name__ == "__main__":
    sys.exit(one_line(main))
