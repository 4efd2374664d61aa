# SPDX-License-Identifier: MIT
"""All cases, in the order in which they run."""

# pylint: disable=unused-import
import case_person
import case_air
import case_bluez
import case_daemon
import case_security
import case_doctor
import case_setup

from case import CASES
