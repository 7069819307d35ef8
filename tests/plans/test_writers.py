"""Several writers at once: each is told when somebody was faster, and what was acknowledged stays."""

import threading
from dataclasses import replace

from geoplan.errors import StaleVersionError
from geoplan.plans import Actor, Role, open_store

WRITERS, CHANGES = 4, 8


def test_writers_that_try_again_lose_nothing(store, url, full, chief):
    store.create(full, chief)
    acknowledged, stale = {}, []

    def write(name):
        own, actor, left = open_store(url), Actor(name=name, role=Role.EDITOR), CHANGES
        while left:
            before = own.get("full")
            try:
                done = own.replace(replace(before.plan, title=f"{name} {left}"), before.version, actor)
            except StaleVersionError:
                stale.append(name)
            else:
                acknowledged[done.version] = (name, done.plan.title)
                left -= 1
        own.close()

    threads = [threading.Thread(target=write, args=(f"T{number}",)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = {one.version: (one.actor, one.plan.title) for one in store.history("full")[1:]}
    assert kept == acknowledged
    assert len(kept) == WRITERS * CHANGES
    assert [one.version for one in store.audit("full")] == list(range(1, len(kept) + 2))
    assert stale  # else they were not at once
