"""Workers that try the files, several at once; one that dies or hangs is counted and replaced."""

import multiprocessing
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.hostile.cases import Case
from bench.hostile.trying import Tried, serve

HANGS_S = 180.0
CONTEXT = multiprocessing.get_context("spawn")


class Worker:
    """One process that tries files, and the folder they are laid into."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._start()

    def attempt(self, case: Case) -> Tried:
        """What came of it, also where it ended or hung the worker."""
        self._folder.mkdir()
        try:
            self._given.send((case.lay(self._folder), case.way))
            if self._answers.poll(HANGS_S):
                answer: Tried = self._answers.recv()
                return answer
            return self._replaced(f"hung for {HANGS_S:.0f} s")
        except (EOFError, ConnectionError):
            return self._replaced("the worker died")
        finally:
            shutil.rmtree(self._folder)

    def stop(self) -> None:
        self._given.close()
        self._answers.close()
        self._process.kill()
        self._process.join()

    def _start(self) -> None:
        # One way each: the other kind of pipe is made of sockets, and sockets are looked for.
        taken, self._given = CONTEXT.Pipe(duplex=False)
        self._answers, told = CONTEXT.Pipe(duplex=False)
        self._process = CONTEXT.Process(target=serve, args=(taken, told, os.getpid()), daemon=True)
        self._process.start()
        taken.close()
        told.close()

    def _replaced(self, why: str) -> Tried:
        self.stop()
        self._start()
        return Tried("", "", why, HANGS_S, 0, 0.0, 0.0)


def attempt_all(cases: Iterator[Case], folder: Path, workers: int, told: Callable[[Case, Tried], None]) -> None:
    """Try each case once; `told` hears of them one after the other, in the order they end. Ctrl-C waits for those that
    are being tried."""
    lock, stopping = threading.Lock(), threading.Event()

    def work(number: int) -> None:
        worker = Worker(folder / f"worker{number}")
        try:
            while not stopping.is_set():
                with lock:
                    case = next(cases, None)
                if case is None:
                    return
                tried = worker.attempt(case)
                with lock:
                    told(case, tried)
        finally:
            worker.stop()

    with ThreadPoolExecutor(workers) as pool:
        running = [pool.submit(work, number) for number in range(workers)]
        try:
            for done in running:
                done.result()
        finally:
            stopping.set()
