"""A sweep in a process of its own, for tests that kill it: arguments are the file and options.

Shards are small and slow here, so that there is time to kill something between two of them.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from foedus.case import from_yaml
from foedus.search import SweepSettings, sharding
from foedus.search.to_parquet import sweep_to_parquet

PAIRS = 32
SETTINGS = SweepSettings(futures=16, keep=3, workers=2, deals="all")


def main() -> None:
    sharding.PAIRS = PAIRS
    file, case, on, pause = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], float(sys.argv[4])

    def progress(done: int, of: int) -> None:
        sys.stdout.write(f"{done} {of}\n")
        sys.stdout.flush()
        time.sleep(pause)

    sweep_to_parquet(
        from_yaml(case.read_text("utf-8"), "ardal"),
        SETTINGS,
        file,
        resume=True,
        on=None if on == "here" else on,
        progress=progress,
    )


if __name__ == "__main__":
    main()
