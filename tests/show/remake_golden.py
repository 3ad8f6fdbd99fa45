"""Write the golden text of the hand-made briefs anew: ``python tests/show/remake_golden.py``.

Look at the difference before committing it.
"""

import io
import sys
from pathlib import Path

from rich.console import Console

from foedus.show import terminal

GOLDEN = Path(__file__).parents[1] / "golden"

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
    import fictional_brief

    for name, brief in (
        ("brief", fictional_brief.brief()),
        ("without_answer", fictional_brief.without_answer()),
    ):
        stream = io.StringIO()
        terminal(brief, Console(file=stream, width=80, color_system=None))
        lines = [line.rstrip() for line in stream.getvalue().splitlines()]
        (GOLDEN / f"show_{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
