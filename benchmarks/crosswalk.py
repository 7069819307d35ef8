"""How long a crosswalk takes from the embedded dataset to another one, which is the argument."""

import sys
from time import perf_counter, process_time

from geoplan import load_atlas
from geoplan.crosswalk import build_crosswalk


def main() -> None:
    """Print the seconds, and how many changes were found."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    old, new = load_atlas(), load_atlas(sys.argv[1])
    wall, busy = perf_counter(), process_time()
    crosswalk = build_crosswalk(old, new)
    wall, busy = perf_counter() - wall, process_time() - busy
    print(f"{len(crosswalk.changes_of_all):,} units, {len(crosswalk.changes()):,} changed; "
          f"{wall:.1f} s, {busy:.1f} s of the processor")  # fmt: skip


if __name__ == "__main__":
    main()
