# SPDX-License-Identifier: MIT
"""The list of cases: @case makes one of a function."""

import dataclasses
import typing

CASES = {}


@dataclasses.dataclass
class Case:
    name: str
    title: str
    machine: str  # cases of one machine run in one boot, one after the other
    is_usual: bool  # runs without --all
    limit_s: int
    run: typing.Callable


def case(name, title, machine="faults", is_usual=False, limit_s=120):
    """run() returns the figures for the table, a dict, or rig.REBOOT; and raises rig.Failed."""

    def register(function):
        CASES[name] = Case(name, title, machine, is_usual, limit_s, function)
        return function

    return register
