/* SPDX-License-Identifier: MIT */
#include "daemon/program-parts.h"

#include "daemon/program.h"

char *
rollerd_ground_dup_config_path(const RollerdOptions *options)
{
	return options->config_path ? g_strdup(options->config_path)
				    : roll_config_dup_default_path(options->is_system);
}

RollConfig *
rollerd_ground_load_config(const RollerdOptions *options, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autofree char *path = rollerd_ground_dup_config_path(options);
	RollConfig *config = NULL;

	config = roll_config_load(path, &cause);
	if (config)
		return config;
	if (!options->config_path &&
	    g_error_matches(cause, ROLL_CONFIG_ERROR, ROLL_CONFIG_ERROR_ABSENT))
		return roll_config_load(NULL, error);
	g_propagate_error(error, g_steal_pointer(&cause));
	return NULL;
}

char *
rollerd_program_check_config(const RollerdOptions *options, GError **error)
{
	g_autoptr(RollConfig) config = rollerd_ground_load_config(options, error);
	g_autofree char *path = NULL;

	if (!config)
		return NULL;
	path = rollerd_ground_dup_config_path(options);
	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return g_strdup_printf("there is no %s: all is as it is without one", path);
	return g_strdup_printf("%s can be taken", path);
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

	ground.config = rollerd_ground_load_config(options, error);
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

RollSource *
rollerd_ground_make_source(const RollerdOptions *options)
{
	switch (options->mode) {
	case ROLLERD_MODE_BLUEZ:
		return roll_source_bluez_new(NULL, NULL);
	case ROLLERD_MODE_SIM:
		return roll_source_sim_new(&options->sim);
	case ROLLERD_MODE_REPLAY:
		return roll_source_replay_new((const char *const *)options->replay_paths);
	case ROLLERD_MODE_CHECK:
	case ROLLERD_MODE_REBUILD:
	case ROLLERD_MODE_VERSION:
		break;
	}
	g_assert_not_reached();
}

gboolean
rollerd_ground_is_live(const RollerdOptions *options)
{
	return options->mode == ROLLERD_MODE_BLUEZ ||
	       (options->mode == ROLLERD_MODE_SIM && options->sim.speed == 1);
}
