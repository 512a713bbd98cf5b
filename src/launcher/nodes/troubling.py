"""Who makes trouble: the leader is killed again and again; in the middle of the run two of three nodes are gone."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable

from typing_extensions import override

from launcher.chaos.clients import LostError
from launcher.chaos.diary import Kind, Line, Outcome
from launcher.chaos.hand import Hand
from launcher.chaos.lives.money import FEE
from launcher.demo.forms import fill
from launcher.demo.pages import PageError
from launcher.nodes.judging import Dark
from launcher.nodes.machines import Cluster, ClusterError
from launcher.nodes.pulse import Beat, Pulse

OTHER_NUMBERS = 1_000_000
"""Where the numbers begin that are sent past pgbouncer, while two nodes are gone."""


class Trouble(threading.Thread):
    """Kills as the diary grows, evenly over the run; every time it waits until the three are whole again."""

    def __init__(self, cluster: Cluster, hand: Hand, acts: int, wanted: int) -> None:
        super().__init__(daemon=True)
        self.cluster, self.hand, self.diary = cluster, hand, hand.shared.diary
        self.acts, self.wanted = acts, wanted
        self.kills: list[tuple[str, str, float]] = []
        """Who led, who led afterwards, and when it was killed."""
        self.darks: list[Dark] = []
        self.beats: list[Beat] = []
        self.let_through: list[str] = []
        """What was acknowledged by a node that was alone: nothing may be."""
        self.said = ""
        self.failures: list[str] = []
        self._stop_asked = threading.Event()

    @override
    def run(self) -> None:
        plan: list[Callable[[], None]] = [self.kill_leader] * self.wanted
        plan.insert((self.wanted + 1) // 2, self.kill_two)
        try:
            for number, trouble in enumerate(plan, start=1):
                if not self._wait_for(number * self.acts / (len(plan) + 1)):
                    return
                self.cluster.wait_whole()
                trouble()
        except (ClusterError, PageError) as error:
            self.failures.append(str(error))

    def goes_on(self) -> bool:
        """Whether more trouble is to come: people work on until its end, so that none falls into an empty house."""
        return self.is_alive()

    def stop(self) -> None:
        """Let the trouble that is under way end."""
        self._stop_asked.set()
        self.join()

    def _wait_for(self, count: float) -> bool:
        while self.diary.done < count:
            if self._stop_asked.wait(0.1):
                return False
        return True

    def kill_leader(self) -> None:
        """Kill -9 the leader's Patroni and PostgreSQL; when another leads, start it again as it would start itself."""
        old = self.cluster.wait_leader()
        at = time.monotonic()
        self.cluster.machines[old].kill_database()
        new = self.cluster.wait_leader(other_than=old)
        self.kills.append((old, new, at))
        print(f"  máy {old} bị kill -9; {new} lên thay", flush=True)
        self.cluster.machines[old].start()
        self.cluster.wait_whole()

    def kill_two(self) -> None:
        """
        Kill -9 both followers with their votes, so that the leader lives on alone: it must acknowledge nothing.

        A person presses a button, the heartbeat goes on through pgbouncer, and one writes to the survivor itself.
        """
        leader = self.cluster.wait_leader()
        others = [machine for name, machine in self.cluster.machines.items() if name != leader]
        page = self.hand.look("hung", self.hand.shared.drawer)
        hung = self.hand.client("hung")
        key = f"Thu lẻ {uuid.uuid4().hex[:16]}"
        sending = fill(page, "Ghi thu", {"Thu khoản gì": key, "Số tiền": str(FEE)})
        for machine in others:
            machine.kill()
        since = time.monotonic()
        before = Pulse(self.cluster.url_of(leader), OTHER_NUMBERS)
        before.start()
        try:
            answer = hung.ask(sending, page.url)
            outcome = Outcome.ACKNOWLEDGED if answer.is_done else Outcome.UNKNOWN
        except LostError:
            outcome = Outcome.UNKNOWN
        self.diary.write(Line(Kind.CASH, key, "hung", outcome, lost=int(outcome is Outcome.UNKNOWN)))
        survivor = self.cluster.machines[leader]
        self.cluster.wait(f"máy {leader} thôi làm chủ", lambda: survivor.ask("/primary")[0] != 200)
        self.darks.append(Dark(since, time.monotonic()))
        if outcome is Outcome.ACKNOWLEDGED:
            self.let_through.append("một khoản thu qua trang web")
        print(f"  chỉ còn máy {leader}: không xác nhận gì; hai máy kia trở lại", flush=True)
        for machine in others:
            machine.start()
        self.cluster.wait_whole()
        before.stop()
        self.beats.extend(before.beats)
        asked = sum(beat.sent <= self.darks[-1].until for beat in before.beats)
        self.said = f"{self.darks[-1].until - since:.0f} giây, {asked} lần ghi thẳng, 1 lần bấm nút"
