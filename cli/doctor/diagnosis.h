/* SPDX-License-Identifier: MIT
 *
 * From facts to verdicts: values in, values out, so that each verdict and each mend can be reached by a test.
 */
#pragma once

#include "cli/doctor/facts.h"
#include "cli/doctor/finding.h"

/* The findings in the order of the chain, those of each sensor together; given. */
GPtrArray *rollstat_judge(const RollstatFacts *facts);
