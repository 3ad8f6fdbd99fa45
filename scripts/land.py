"""Make the map's outlines from Natural Earth's borders (public domain, naturalearthdata.com).

Takes countries at 1:50 million as TopoJSON, for instance the file countries-50m.json of the npm
package world-atlas, and writes every border once, thinned to what a screen can show:

    python scripts/land.py countries-50m.json src/foedus/web/static/land.json
"""

import json
import sys
from pathlib import Path

FINEST = 0.06
"""Degrees between two points that are both kept: a pixel, of a map 6,000 pixels wide."""


def arcs(topology: dict) -> list[list[tuple[float, float]]]:
    """Return the lines of a topology in degrees; it holds whole steps from point to point."""
    (scale_x, scale_y), (x0, y0) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * scale_x + x0, y * scale_y + y0))
        found.append(line)
    return found


def thinned(line: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a line without points too near the one before; its ends stay: borders still meet."""
    kept = line[:1]
    for point in line[1:-1]:
        if max(abs(point[0] - kept[-1][0]), abs(point[1] - kept[-1][1])) >= FINEST:
            kept.append(point)
    return [*kept, line[-1]]


def main(source: str, target: str) -> None:
    """Write the outlines: longitudes and latitudes, null between two lines."""
    lon: list[float | None] = []
    lat: list[float | None] = []
    for line in map(thinned, arcs(json.loads(Path(source).read_text("utf-8")))):
        lon += [*(round(x, 2) for x, _ in line), None]
        lat += [*(round(y, 2) for _, y in line), None]
    told = {
        "source": "Natural Earth, 1:50 million, public domain: naturalearthdata.com",
        "lon": lon,
        "lat": lat,
    }
    Path(target).write_text(json.dumps(told, separators=(",", ":")) + "\n", "utf-8")
    print(f"{len(lon):,} points in {target}")


if __name__ == "__main__":
    main(*sys.argv[1:])
