/* SPDX-License-Identifier: MIT */
#include "daemon/program-parts.h"

static RollConfig *
load_config(const RollerdOptions *options, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autofree char *path = roll_config_dup_default_path(options->is_system);
	RollConfig *config = NULL;

	if (options->config_path)
		return roll_config_load(options->config_path, error);
	config = roll_config_load(path, &cause);
	if (config)
		return config;
	if (g_error_matches(cause, ROLL_CONFIG_ERROR, ROLL_CONFIG_ERROR_ABSENT))
		return roll_config_load(NULL, error);
	g_propagate_error(error, g_steal_pointer(&cause));
	return NULL;
}

static RollStore *
open_store(const RollerdOptions *options, GError **error)
{
	g_autoptr(GError) cause = NULL;
	RollStore *store = roll_store_open(options->db_path, &cause);

	if (store)
		return store;
	if (g_error_matches(cause, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_LOCKED))
		g_set_error(
			error, cause->domain, cause->code,
			"%s; stop it first (systemctl %sstop rollerd), or use another --db FILE",
			cause->message, options->is_system ? "" : "--user ");
	else
		g_propagate_error(error, g_steal_pointer(&cause));
	return NULL;
}

gboolean
rollerd_ground_open(const RollerdOptions *options, RollerdGround *ret_ground, GError **error)
{
	g_auto(RollerdGround) ground = {0};

	ground.config = load_config(options, error);
	if (!ground.config)
		return FALSE;
	ground.store = open_store(options, error);
	if (!ground.store)
		return FALSE;
	ret_ground->config = g_steal_pointer(&ground.config);
	ret_ground->store = g_steal_pointer(&ground.store);
	return TRUE;
}

void
rollerd_ground_clear(RollerdGround *ground)
{
	g_clear_pointer(&ground->store, roll_store_free);
	g_clear_pointer(&ground->config, roll_config_free);
}
