"""What every engine offers."""

from dataclasses import dataclass

from flows.remote import Perform


@dataclass(frozen=True, slots=True)
class Engine:
    """Workers that stand ready.

    `slots`: how many calls run at a time. `perform` does one packed call and waits for it, from any thread; it raises
    WorkerLost where the worker died of it, and what the call itself raised comes back packed.
    """

    slots: int
    perform: Perform
