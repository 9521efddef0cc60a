"""Ends what a test started, also when the test process itself is killed."""

import subprocess


class Guardian:
    """Runs a shell script when this process ends, however it ends: its standard input closes then."""

    def __init__(self, script: str, *arguments: str):
        self._process = subprocess.Popen(
            ["sh", "-c", f"cat >/dev/null; {script}", "sh", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def act(self) -> None:
        """Run the script now and wait for its end."""
        self._process.stdin.close()
        self._process.wait(60)

    def dismiss(self) -> None:
        """It is no longer needed."""
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
