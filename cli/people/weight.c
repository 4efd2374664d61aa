/* SPDX-License-Identifier: MIT */
#include "cli/people/weight.h"

#include "cli/history/query.h"
#include "cli/history/summarise.h"
#include "cli/people/home.h"
#include "cli/report/json.h"

#include <math.h>

double
rollstat_weight_get_configured(const RollstatConfig *config, const char *person)
{
	if (config == NULL || !g_str_equal(rollstat_people_get_config_name(config), person))
		return 0;
	double kg = rollstat_people_get_config_number(config, "weight_kg");
	return isnan(kg) ? 0 : kg;
}

gboolean
rollstat_weight_find(sqlite3 *db, const char *person, double *kg, GError **error)
{
	gboolean failed;
	g_autoptr(sqlite3_stmt) row = rollstat_query_prepare(
		db, "SELECT weight_kg FROM person WHERE name = ?1 AND weight_kg IS NOT NULL",
		error);
	if (row == NULL)
		return FALSE;
	sqlite3_bind_text(row, 1, person, -1, SQLITE_STATIC);
	if (rollstat_query_step(row, &failed, error))
		*kg = sqlite3_column_double(row, 0);
	return !failed;
}

gboolean
rollstat_weight_load(const RollstatRun *run, sqlite3 *db, const char *person, double *ret_kg,
		     GError **error)
{
	RollstatHome home = {.database = rollstat_run_dup_database_path(run)};
	home.configuration = rollstat_home_dup_config_path(home.database);
	g_autoptr(RollstatConfig) config = rollstat_home_has_config(&home)
						   ? rollstat_config_load(home.configuration, NULL)
						   : NULL;
	rollstat_home_clear(&home);
	*ret_kg = rollstat_weight_get_configured(config, person);
	return rollstat_weight_find(db, person, ret_kg, error);
}

void
rollstat_weight_add_json(const RollstatSummary *summary, json_object *object)
{
	json_object_object_add(
		object, "weight_kg",
		rollstat_json_new_number(summary->weight_kg > 0 ? summary->weight_kg : NAN, 2));
	json_object_object_add(
		object, "weight_pct",
		rollstat_json_new_number(rollstat_summary_get_weight_percent(summary), 1));
}
