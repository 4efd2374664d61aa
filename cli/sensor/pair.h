/* SPDX-License-Identifier: MIT
 *
 * pair and unpair: the person's word on whether the machine may pair with a sensor. Nothing is paired without it: on a
 * terminal it is asked for, else --yes is it.
 */
#pragma once

#include "cli/sensor/status.h"
#include "cli/talk.h"

typedef struct {
	const RollstatTalk *talk; /* NULL: there is nobody to ask */
	GString *out;		  /* what is said in the end */
	const char *wanted;	  /* address or name; NULL: the one that asks for it, or a choice */
	gboolean is_yes;	  /* the word was given already */
} RollstatPairing;

/* Asks, and has rollerd pair; waits for at most 90 s. One that was paired already is a success. A person who says no is
 * one, too. FALSE and error (ROLLSTAT_USAGE_ERROR: nobody can be asked). */
gboolean rollstat_pair(const RollstatPairing *pairing, const RollstatStatus *status,
		       GError **error);

/* Has rollerd take it back. FALSE and error. */
gboolean rollstat_unpair(const RollstatPairing *pairing, const RollstatStatus *status,
			 GError **error);
