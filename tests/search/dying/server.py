"""An Elasticsearch of the tests' own, beside the one that all tests share: this one is killed."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.running import ROOT, free_port, wait_until

SECONDS = 60
NAME = "portal-dying-"  # of folders, with the process id of who made them
# It lives too short for the best code to pay.
JAVA = "-XX:TieredStopAtLevel=1"


class Server:
    """One server with a folder and a port of its own."""

    def __init__(self, folder: Path, port: int = 0):
        self.folder, self.port = folder, port
        self.url = f"http://127.0.0.1:{port}"

    @classmethod
    def new(cls) -> "Server":
        """One that is not started; what was left by tests that were killed is removed."""
        place = Path(tempfile.gettempdir())
        for folder in place.glob(f"{NAME}*"):
            if not Path("/proc", folder.name.removeprefix(NAME)).exists():
                cls(folder).remove()
        return cls(place / f"{NAME}{os.getpid()}", free_port())

    def start(self) -> None:
        """Returns when it answers; if it does already, at once."""
        given = {
            "ELASTICSEARCH_PORT": str(self.port),
            "ELASTICSEARCH_STATE": str(self.folder),
            "ELASTICSEARCH_JAVA": JAVA,
        }
        command = [str(ROOT / "deploy/elasticsearch")]
        subprocess.run(command, env=os.environ | given, check=True, stdout=subprocess.DEVNULL)

    def process(self) -> int | None:
        """The id of the Java that is the server, not of what has started it."""
        own = f"-Djava.io.tmpdir={self.folder}/temporary".encode()
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if own in file.read_bytes().split(b"\0"):
                    return int(file.parent.name)
            except OSError:  # it has just ended
                continue
        return None

    def kill(self) -> None:
        """As a machine that loses its power does it."""
        os.kill(self.process(), signal.SIGKILL)
        wait_until(lambda: not self.process(), "the server is gone", SECONDS)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It takes connections and says nothing."""
        process = self.process()
        os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(process, signal.SIGCONT)

    def remove(self) -> None:
        if self.process():
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
