# SPDX-License-Identifier: MIT
"""Faults of the sensor and the air: it walks away, its battery is pulled, it is mute, it refuses, its table changed."""

import time

from case import case
from rig import PACKET_S, Rolling, check, trouble_text, wait_for


def away(name, seconds, sessions=1):
    with Rolling(name) as rolling:
        rolling.begin()
        broken = rolling.air.order("1 away")
        time.sleep(seconds)
        there = rolling.air.order("1 back")
        figures = rolling.figures(broken, there, sessions=sessions)
        return dict(figures, **scanning(rolling.air, broken, there))


def scanning(air, broken, there):
    """What searching cost meanwhile: how long the host asked actively, and the share of time that its radio listened."""
    active_s = listened_s = 0.0
    events = air.find("scanning", sensor=0) + [(there, 0, "scanning", "off")]
    for (begin, _, _, how), (end, *_) in zip(events, events[1:]):
        seconds = max(0.0, min(end, there) - max(begin, broken))
        words = how.split()
        if words[0] == "active":
            active_s += seconds
        if words[0] != "off":
            _, _, interval_ms, _, window_ms, *_ = words
            listened_s += seconds * float(window_ms) / float(interval_ms)
    return {"scanned actively": f"{active_s:.0f} s", "radio listening": f"{100 * listened_s / (there - broken):.0f} %"}


@case("away-10s", "the sensor is out of range for 10 s", is_usual=True)
def away_10s():
    return away("away-10s", 10)


@case("away-2min", "the sensor is out of range for 2 minutes", machine="long", limit_s=240)
def away_2min():
    return away("away-2min", 120)


@case("away-20min", "the sensor is out of range for 20 minutes: two sessions", machine="long", limit_s=1400)
def away_20min():
    return away("away-20min", 1200, sessions=2)


@case("battery", "the sensor's battery is pulled in mid-pass, and put back after 5 s", is_usual=True)
def battery():
    with Rolling("battery") as rolling:
        rolling.begin()
        broken = rolling.air.order("1 off")
        time.sleep(5)
        there = rolling.air.order("1 on")
        return rolling.figures(broken, there)


@case("clock-restart", "the sensor restarts without losing the link: its clock and numbers begin anew")
def clock_restart():
    with Rolling("clock-restart") as rolling:
        rolling.begin()
        broken = rolling.air.order("1 restart")
        return rolling.figures(broken, broken)


@case("mute", "the link is up, but no data comes, until the link is made anew", is_usual=True)
def mute():
    with Rolling("mute") as rolling:
        rolling.begin()
        broken = rolling.air.order("1 mute")
        wait_for(lambda: "no sample for" in trouble_text(), 8, "status says that no sample comes", every_s=0.1)
        noticed_s = time.time() - broken - PACKET_S
        there = rolling.air.wait("disconnected", after=broken, limit_s=30)
        rolling.air.order("1 unmute")
        figures = rolling.figures(broken, there)
        check(noticed_s < 6, f"told after {noticed_s:.1f} s")
        return dict(figures, **{"told after": f"{noticed_s:.1f} s", "link given up after": f"{there - broken:.1f} s"})


@case("stopped", "the sensor stops streaming by itself, the link is up")
def stopped():
    with Rolling("stopped") as rolling:
        rolling.begin()
        broken = rolling.air.order("1 stop")
        return rolling.figures(broken, broken, limit_s=7)


@case("refused", "the sensor hangs up, and refuses the next six connections")
def refused():
    with Rolling("refused") as rolling:
        rolling.begin()
        rolling.air.order("1 refuse 6")
        broken = rolling.air.order("1 drop")
        wait_for(lambda: len(rolling.air.find("refused", after=broken)) >= 6, 60, "six refusals")
        there = rolling.air.find("refused", after=broken)[5][0]
        return rolling.figures(broken, there)


@case("new-table", "a firmware update moved the sensor's GATT table, what bluetoothd remembers of it is stale")
def new_table():
    with Rolling("new-table") as rolling:
        rolling.begin()
        broken = rolling.air.order("1 table 2")
        return rolling.figures(broken, broken)


@case("bad-air", "3 % of packets lost, 3 % doubled, 3 % swapped, 1 % damaged")
def bad_air():
    with Rolling("bad-air") as rolling:
        for order in ("loss 3", "double 3", "swap 3", "damage 1"):
            rolling.air.order(f"1 {order}")
        rolling.begin(40)
        rolling.end()
        rows = rolling.history.rows("SELECT lost_packets, refused, passes FROM session")
        check(len(rows) == 1, f"{len(rows)} sessions")
        lost, refused_values, passes = rows[0]
        check(passes >= 3, f"{passes} passes")
        check(lost > 0 and refused_values > 0, f"{lost} lost and {refused_values} refused: not told")
        check(rolling.history.count_overlaps() == 0, "passes overlap")
        return {"lost packets told": lost, "refused": refused_values, "passes": passes}


def streams(name, *options, seconds=12, orders=()):
    """Whatever the sensor is like, nothing is lost."""
    with Rolling(name, *options) as rolling:
        for order in orders:
            rolling.air.order(f"1 {order}")
        rolling.begin(seconds)
        rolling.end()
        rolling.judge()
        [[lost]] = rolling.history.rows("SELECT lost_packets FROM session")
        check(lost == 0, f"{lost} packets lost")
        return {"values": len(rolling.history.arrivals()), "lost": lost}


@case("mtu-23", "a sensor that refuses a larger MTU: one sample a packet")
def mtu_23():
    return streams("mtu-23", "--mtu", "23")


@case("one-per-event", "a sensor that sends one notification a connection event")
def one_per_event():
    return streams("one-per-event", orders=("one on",))


@case("scan-response", "a sensor that tells its service only in the scan response")
def scan_response():
    return streams("scan-response", "--advertise", "scan-response")


@case("eight", "eight sensors at once", is_usual=True, limit_s=180)
def eight():
    with Rolling("eight", "--sensors", "8") as rolling:
        addresses = [f"C0:FF:EE:00:00:{n:02X}" for n in range(1, 9)]
        wait_for(lambda: all(rolling.history.arrivals(a) for a in addresses), 90, "samples of all eight", every_s=1)
        time.sleep(20)
        rolling.end()
        rolling.judge(sessions=8)
        [[lost]] = rolling.history.rows("SELECT sum(lost_packets) FROM session")
        check(lost == 0, f"{lost} packets lost")
        arrivals = [rolling.history.arrivals(a) for a in addresses]
        first = min(a[0] for a in arrivals)
        return {"all stream after": f"{max(a[0] for a in arrivals) - first:.1f} s", "lost": lost}


@case("same-name", "two sensors of the same name")
def same_name():
    with Rolling("same-name", "--sensors", "2", "--name", "Roller") as rolling:
        addresses = ("C0:FF:EE:00:00:01", "C0:FF:EE:00:00:02")
        wait_for(lambda: all(rolling.history.arrivals(a) for a in addresses), 60, "samples of both", every_s=1)
        time.sleep(8)
        rolling.end()
        rolling.judge(sessions=2)
        names = rolling.history.rows("SELECT address, name FROM sensor ORDER BY 1")
        check(names == [(a, "Roller") for a in addresses], f"{names}")
        return {"sensors": len(names)}
