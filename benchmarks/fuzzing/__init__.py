"""Whether any request or command line makes geoplan fail."""

from benchmarks.fuzzing.command_lines import command_lines, fuzz_command_lines
from benchmarks.fuzzing.requests import fuzz_requests
from benchmarks.fuzzing.tally import Tally

__all__ = ["Tally", "command_lines", "fuzz_command_lines", "fuzz_requests"]
