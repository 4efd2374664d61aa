/* SPDX-License-Identifier: MIT
 *
 * devices: the sensors, what they are called, and which are to be heard.
 */
#include "cli/people/home.h"
#include "cli/report/json.h"
#include "cli/sensor/config-store.h"
#include "cli/sensor/device-edit.h"
#include "cli/verbs.h"

/* Takes every sensor back in. */
#define ALL "all"

static gboolean
list(RollstatRun *run, const RollstatDevices *devices, GError **error)
{
	(void)error; /* all of it was read */
	if (!run->is_json && !run->is_csv) {
		rollstat_render_devices(&run->view, devices, run->out);
		return TRUE;
	}
	RollstatTable table = rollstat_table_begin(run->out, run->is_csv);
	rollstat_json_add_devices(devices, &table);
	rollstat_table_end(&table);
	return TRUE;
}

static gboolean
name(RollstatRun *run, const RollstatDevices *devices, GError **error)
{
	const char *called = run->words[2];
	const RollstatDevice *device = rollstat_devices_find(devices, run->words[1], error);
	if (device == NULL || (called != NULL && !rollstat_people_check_name(called, error)))
		return FALSE;
	g_autoptr(sqlite3) db = rollstat_run_edit_database(run, error);
	if (db == NULL || !rollstat_devices_rename(db, device->address, called, error))
		return FALSE;
	g_autofree char *clean =
		rollstat_style_dup_clean(&run->view.style, called != NULL ? called : "");
	if (called != NULL)
		g_string_append_printf(run->out, _("%s is \"%s\" from now on.\n"), device->address,
				       clean);
	else
		g_string_append_printf(run->out, _("%s is called as it calls itself.\n"),
				       device->address);
	return TRUE;
}

static gboolean
forget(RollstatRun *run, const RollstatDevices *devices, GError **error)
{
	const RollstatDevice *device = rollstat_devices_find(devices, run->words[1], error);
	if (device == NULL)
		return FALSE;
	if (device->is_paired) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
			    _("%s is paired: take that back first, rollstat unpair %s"),
			    device->address, device->address);
		return FALSE;
	}
	g_autoptr(sqlite3) db = rollstat_run_edit_database(run, error);
	if (db == NULL ||
	    !rollstat_devices_forget(db, device->address, run->context->now_us, error))
		return FALSE;
	g_string_append_printf(
		run->out, _("%s is listed no more, until it is heard again; its sessions stay.\n"),
		device->address);
	return TRUE;
}

/* What a configuration that may not be written is to hold. */
static gboolean
store(const RollstatHome *home, const RollstatValue *value, GError **error)
{
	if (rollstat_config_store(home->configuration, home->status, value, error))
		return TRUE;
	g_prefix_error(error, _("it could not be stored in %s: "), home->configuration);
	return FALSE;
}

static void
tell_use(RollstatRun *run, const char *address, const char *configuration)
{
	g_autofree char *note = g_strdup_printf(
		_("%s is heard, and of the others only those that were paired or have "
		  "a section in %s. All again: rollstat devices use all"),
		address, configuration);
	rollstat_style_append_note(&run->view.style, run->out, ROLLSTAT_INK_PLAIN, "", note);
}

/* Who is known is heard, and the one that is named comes to be known; where a daemon runs, at once. */
static gboolean
use(RollstatRun *run, const RollstatDevices *devices, GError **error)
{
	gboolean is_all = g_str_equal(run->words[1], ALL);
	const RollstatDevice *device =
		is_all ? NULL : rollstat_devices_find(devices, run->words[1], error);
	g_auto(RollstatHome) home = {0};
	if (!is_all && device == NULL)
		return FALSE;
	rollstat_home_find(run, &home);
	const RollstatValue hear = {"bluetooth", "hear", is_all ? "all" : "known"};
	g_autofree char *section = is_all ? NULL : g_strdup_printf("sensor %s", device->address);
	if ((section != NULL && !store(&home, &(RollstatValue){section, NULL, NULL}, error)) ||
	    !store(&home, &hear, error))
		return FALSE;
	if (is_all)
		g_string_append(run->out, _("Every sensor is heard that is near, as long as none "
					    "was paired.\n"));
	else
		tell_use(run, device->address, home.configuration);
	if (home.status == NULL)
		g_string_append(run->out, _("rollerd does not run with this database: this takes "
					    "effect when it starts.\n"));
	return TRUE;
}

static gboolean
run_devices(RollstatRun *run, GError **error)
{
	static const struct {
		const char *word;
		guint least, most;
		gboolean (*act)(RollstatRun *run, const RollstatDevices *devices, GError **error);
	} acts[] = {
		{"list", 0, 1, list},
		{"name", 2, 3, name},
		{"forget", 2, 2, forget},
		{"use", 2, 2, use},
	};
	guint n_words = g_strv_length(run->words);
	const char *word = n_words > 0 ? run->words[0] : "list";
	for (gsize i = 0; i < G_N_ELEMENTS(acts); i++) {
		if (!g_str_equal(word, acts[i].word) || n_words < acts[i].least ||
		    n_words > acts[i].most || (i > 0 && (run->is_json || run->is_csv)))
			continue;
		g_autoptr(sqlite3) db = rollstat_run_open_database(run, error);
		g_autoptr(RollstatDevices) devices =
			db != NULL ? rollstat_devices_load(db, error) : NULL;
		g_clear_pointer(&db, sqlite3_close);
		return devices != NULL && acts[i].act(run, devices, error);
	}
	return rollstat_run_refuse(run, error);
}

const RollstatVerb rollstat_verb_devices = {
	.name = "devices",
	.usage = "devices [name SENSOR [NAME] | forget SENSOR | use SENSOR|all]",
	.what = N_("The sensors ever heard, what you call them, and which are heard"),
	.help = N_("SENSOR is an address, or a name. name calls it as you like, in every verb;\n"
		   "without NAME as it calls itself. forget lists it no more until it is heard\n"
		   "again. use, where sensors of strangers are around: hears only those that you\n"
		   "use or have paired; use all hears every one.\n"),
	.group = ROLLSTAT_GROUP_THING,
	.takes = ROLLSTAT_TAKES_JSON | ROLLSTAT_TAKES_CSV,
	.most_words = 3,
	.run = run_devices,
};
