"""A worker process with handlers that only tests need: `python -m tests.harness.working_process`.

Kinds: "step" renews ten times a second for a minute; "stuck" renews never; "fast" is done at once.
Each leaves a file named after its kind in the instance folder when it begins.
"""

import time
from pathlib import Path

from app import create_app
from app.core import queue, work


def run() -> None:
    app = create_app()
    folder = Path(app.config["INSTANCE_PATH"])

    @work.handler("step")
    def step(ref_id, lease):
        (folder / "step").touch()
        for _ in range(600):
            time.sleep(0.1)
            lease.renew()

    @work.handler("stuck")
    def stuck(ref_id, lease):
        (folder / "stuck").touch()
        time.sleep(60)

    @work.handler("fast")
    def fast(ref_id, lease):
        (folder / "fast").touch()

    queue.work_forever(app)


if __name__ == "__main__":
    run()
