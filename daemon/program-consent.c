/* SPDX-License-Identifier: MIT */
#include "daemon/program-consent.h"

#include "daemon/report.h"
#include "daemon/store/store-pairing.h"

struct RollerdConsent {
	RollStore *store;
	RollSource *const *source; /* NULL: not begun */
	GHashTable *paired;	   /* address -> name, both owned; "": not known */
	GHashTable *names;	   /* the same of all sensors that were told of */
	GHashTable *notices;	   /* address -> what was told last, both owned */
};

/* One that is under way. */
typedef struct {
	RollerdConsent *consent;
	char *address;
	gboolean is_on;
	GAsyncReadyCallback ready;
	gpointer user_data;
} Pairing;

static void
take_row(gpointer user, const RollPairingRow *row)
{
	RollerdConsent *consent = user;

	g_hash_table_insert(consent->paired, g_strdup(row->address),
			    g_strdup(row->name ? row->name : ""));
}

static GHashTable *
new_table(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

RollerdConsent *
rollerd_consent_new(RollStore *store, GError **error)
{
	RollerdConsent *consent = g_new0(RollerdConsent, 1);

	consent->store = store;
	consent->paired = new_table();
	consent->names = new_table();
	consent->notices = new_table();
	if (roll_store_each_pairing(store, take_row, consent, error))
		return consent;
	rollerd_consent_free(consent);
	return NULL;
}

void
rollerd_consent_free(RollerdConsent *consent)
{
	if (!consent)
		return;
	g_hash_table_unref(consent->paired);
	g_hash_table_unref(consent->names);
	g_hash_table_unref(consent->notices);
	g_free(consent);
}

void
rollerd_consent_begin(RollerdConsent *consent, RollSource *const *source)
{
	GHashTableIter iter;
	gpointer address, name;

	consent->source = source;
	if (!(*source)->meet)
		return;
	g_hash_table_iter_init(&iter, consent->paired);
	while (g_hash_table_iter_next(&iter, &address, &name))
		(*source)->meet(*source, address, *(char *)name != '\0' ? name : NULL);
}

RollAdmission
rollerd_consent_admit(const RollerdConsent *consent, const RollConfig *config, const char *address,
		      const char *name)
{
	GHashTableIter iter;
	gpointer paired_name;

	if (g_hash_table_contains(consent->paired, address))
		return ROLL_ADMIT_PAIRED;
	if (roll_config_has_sensor(config, address))
		return ROLL_ADMIT_ANY;
	g_hash_table_iter_init(&iter, consent->paired);
	while (name && *name && g_hash_table_iter_next(&iter, NULL, &paired_name))
		if (g_str_equal(name, paired_name))
			return ROLL_ADMIT_NAMESAKE;
	return roll_config_hears_known_only(config) ? ROLL_ADMIT_UNKNOWN : ROLL_ADMIT_ANY;
}

void
rollerd_consent_take_status(RollerdConsent *consent, const RollSensorStatus *status)
{
	const char *told = g_hash_table_lookup(consent->notices, status->address);

	if (status->name)
		g_hash_table_insert(consent->names, g_strdup(status->address),
				    g_strdup(status->name));
	if (!status->notice || g_strcmp0(status->notice, told) == 0)
		return;
	g_hash_table_insert(consent->notices, g_strdup(status->address), g_strdup(status->notice));
	rollerd_report_notice(status);
}

static gboolean
remember(RollerdConsent *consent, const char *address, GError **error)
{
	const char *name = g_hash_table_lookup(consent->names, address);
	RollPairingRow row = {.name = name, .since_us = g_get_real_time()};

	g_strlcpy(row.address, address, sizeof row.address);
	if (!roll_store_put_pairing(consent->store, &row, error))
		return FALSE;
	take_row(consent, &row);
	return TRUE;
}

static gboolean
forget(RollerdConsent *consent, const char *address, GError **error)
{
	if (!roll_store_delete_pairing(consent->store, address, error))
		return FALSE;
	g_hash_table_remove(consent->paired, address);
	return TRUE;
}

/* Stores what came of it. FALSE and error: it failed, or could not be stored. */
static gboolean
settle(const Pairing *pairing, gboolean is_done, GError **error)
{
	RollerdConsent *consent = pairing->consent;

	if (!is_done)
		return FALSE;
	if (!(pairing->is_on ? remember(consent, pairing->address, error)
			     : forget(consent, pairing->address, error)))
		return FALSE;
	g_hash_table_remove(consent->notices, pairing->address);
	rollerd_report_pairing(pairing->address, pairing->is_on);
	rollerd_consent_reload(consent);
	return TRUE;
}

static void
take_answer(GObject *object, GAsyncResult *result, gpointer user_data)
{
	Pairing *pairing = user_data;
	g_autoptr(GTask) task = g_task_new(NULL, NULL, pairing->ready, pairing->user_data);
	GError *error = NULL;
	GError *fault = NULL;
	gboolean is_paired;

	(void)object; /* a source is no GObject */
	is_paired = g_task_propagate_boolean(G_TASK(result), &error);
	/* Paired by whatever program: from now on by the person's word. */
	is_paired |= pairing->is_on && g_error_matches(error, G_IO_ERROR, G_IO_ERROR_EXISTS);
	if (!settle(pairing, is_paired, &fault) && fault)
		g_task_return_error(task, fault);
	else if (error)
		g_task_return_error(task, g_steal_pointer(&error));
	else
		g_task_return_boolean(task, TRUE);
	g_clear_error(&error);
	g_free(pairing->address);
	g_free(pairing);
}

gboolean
rollerd_consent_pair(RollerdConsent *consent, const char *address, gboolean is_on,
		     GAsyncReadyCallback ready, gpointer user_data)
{
	RollSource *source = consent->source ? *consent->source : NULL;
	Pairing *pairing;

	if (!source || !source->pair)
		return FALSE;
	pairing = g_new0(Pairing, 1);
	pairing->consent = consent;
	pairing->address = g_strdup(address);
	pairing->is_on = is_on;
	pairing->ready = ready;
	pairing->user_data = user_data;
	source->pair(source, address, is_on, take_answer, pairing);
	return TRUE;
}

void
rollerd_consent_reload(const RollerdConsent *consent)
{
	RollSource *source = consent->source ? *consent->source : NULL;

	if (source && source->reconsider)
		source->reconsider(source);
}
