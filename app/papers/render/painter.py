"""A drawing (SVG) on stdin becomes a PNG on stdout. Run as a program of its own, which may die of what it is given."""

import resource
import sys

SECONDS = 8
MEMORY = 1024 * 1024 * 1024
_SET = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg", width: 60mm, height: 40mm, fit: "contain")"""


def main() -> None:
    """Little time, little memory, and no file is written."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    import typst

    svg = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(
        typst.compile(_SET, format="png", ppi=300, sys_inputs={"svg": svg}, ignore_system_fonts=True)
    )


if __name__ == "__main__":
    main()
