/* SPDX-License-Identifier: MIT
 *
 * Whom the person let the host pair with, and whom the program hears for that. For program*.c only.
 *
 *     paired by the person          as long as the host has its key
 *     a [sensor ADDRESS] for it     yes
 *     the name of a paired one      no
 *     any other                     yes; with hear=known: no
 */
#pragma once

#include "daemon/config/config.h"
#include "daemon/source.h"
#include "daemon/store/store.h"

typedef struct RollerdConsent RollerdConsent;

/* Reads what is stored. store: borrowed, must outlive it. Given; NULL and error. */
RollerdConsent *rollerd_consent_new(RollStore *store, GError **error);

/* NULL is taken. */
void rollerd_consent_free(RollerdConsent *consent);

/* The source has begun: it is told of the sensors that were paired. source: where the program keeps it; NULL there:
 * it is leaving. Borrowed. */
void rollerd_consent_begin(RollerdConsent *consent, RollSource *const *source);

/* As RollSink.admit. */
RollAdmission rollerd_consent_admit(const RollerdConsent *consent, const RollConfig *config,
				    const char *address, const char *name);

/* Notes the name of a sensor, and tells the log once what the person has to do about it. */
void rollerd_consent_take_status(RollerdConsent *consent, const RollSensorStatus *status);

/* As RollSource.pair, and what comes of it is stored: before the answer is given. FALSE: there is no way to. */
gboolean rollerd_consent_pair(RollerdConsent *consent, const char *address, gboolean is_on,
			      GAsyncReadyCallback ready, gpointer user_data);

/* The configuration was read anew. */
void rollerd_consent_reload(const RollerdConsent *consent);
