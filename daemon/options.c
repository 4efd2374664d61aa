/* SPDX-License-Identifier: MIT */
#include "daemon/options.h"

#include "protocol/database.h"

#include <math.h>
#include <sys/stat.h>

/* As they stand on the command line; NULL or FALSE: not given. */
typedef struct {
	char *config;
	char *db;
	char *source;
	char **replay;
	char *capture;
	char *seed;
	char *speed;
	char *duration;
	gboolean is_system;
	gboolean is_rebuild;
	gboolean is_check;
	gboolean is_version;
} Words;

static void
clear_words(Words *words)
{
	g_free(words->config);
	g_free(words->db);
	g_free(words->source);
	g_strfreev(words->replay);
	g_free(words->capture);
	g_free(words->seed);
	g_free(words->speed);
	g_free(words->duration);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Words, clear_words)

static gboolean
fail(GError **error, const char *text)
{
	g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, text);
	return FALSE;
}

static gboolean
read_words(int argc, char **argv, Words *words, GError **error)
{
	const GOptionEntry entries[] = {
		{"config", 'c', 0, G_OPTION_ARG_FILENAME, &words->config,
		 "Read the configuration from FILE", "FILE"},
		{"db", 'd', 0, G_OPTION_ARG_FILENAME, &words->db, "Write the history to FILE",
		 "FILE"},
		{"source", 's', 0, G_OPTION_ARG_STRING, &words->source,
		 "Where values come from: bluez (default) or sim, a simulated person", "SOURCE"},
		{"replay", 'r', 0, G_OPTION_ARG_FILENAME_ARRAY, &words->replay,
		 "Take the values of a capture, then exit; may be repeated", "FILE"},
		{"capture", 0, 0, G_OPTION_ARG_FILENAME, &words->capture,
		 "Also write every value received to FILE", "FILE"},
		{"rebuild", 0, 0, G_OPTION_ARG_NONE, &words->is_rebuild,
		 "Derive all sessions anew from their kept values, then exit", NULL},
		{"check-config", 0, 0, G_OPTION_ARG_NONE, &words->is_check,
		 "Read the configuration and say whether it can be taken, then exit", NULL},
		{"system", 0, 0, G_OPTION_ARG_NONE, &words->is_system,
		 "Be the system instance: system bus and paths", NULL},
		{"seed", 0, 0, G_OPTION_ARG_STRING, &words->seed,
		 "sim: begin the dice at N (default 1)", "N"},
		{"speed", 0, 0, G_OPTION_ARG_STRING, &words->speed,
		 "sim: X times real time, 0 as fast as possible (default 1)", "X"},
		{"duration", 0, 0, G_OPTION_ARG_STRING, &words->duration,
		 "sim: end after so many simulated seconds (default: never)", "SECONDS"},
		{"version", 0, 0, G_OPTION_ARG_NONE, &words->is_version, "Show the version", NULL},
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);

	g_option_context_set_summary(context,
				     "Keeps the history of a foam roller or massage bar: takes "
				     "what its sensor sends, and\n"
				     "stores sessions, passes and holds. rollstat shows them.");
	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, &argc, &argv, error))
		return FALSE;
	if (argc > 1) {
		g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION,
			    "\"%s\": rollerd takes options only", argv[1]);
		return FALSE;
	}
	return TRUE;
}

static gboolean
choose_mode(const Words *words, RollerdMode *ret_mode, GError **error)
{
	gboolean is_sim = g_strcmp0(words->source, "sim") == 0;

	if (words->source && !is_sim && !g_str_equal(words->source, "bluez")) {
		g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
			    "--source=%s: allowed is bluez or sim", words->source);
		return FALSE;
	}
	if (words->replay && words->source)
		return fail(error, "--replay is a source of its own: it does not go with --source");
	if (words->is_rebuild && (words->source || words->replay || words->capture))
		return fail(error, "--rebuild takes no new values: it does not go with --source, "
				   "--replay or --capture");
	if (words->is_check &&
	    (words->source || words->replay || words->capture || words->is_rebuild))
		return fail(error,
			    "--check-config does nothing else: it does not go with --source, "
			    "--replay, --capture or --rebuild");
	if (!is_sim && (words->seed || words->speed || words->duration))
		return fail(error, "--seed, --speed and --duration go with --source=sim only");
	if (words->is_version)
		*ret_mode = ROLLERD_MODE_VERSION;
	else if (words->is_check)
		*ret_mode = ROLLERD_MODE_CHECK;
	else if (words->is_rebuild)
		*ret_mode = ROLLERD_MODE_REBUILD;
	else if (words->replay)
		*ret_mode = ROLLERD_MODE_REPLAY;
	else
		*ret_mode = is_sim ? ROLLERD_MODE_SIM : ROLLERD_MODE_BLUEZ;
	return TRUE;
}

/* text NULL: *ret_number stays. */
static gboolean
read_number(const char *name, const char *text, double min, double *ret_number, GError **error)
{
	char *end = NULL;
	double number = 0;

	if (!text)
		return TRUE;
	number = g_ascii_strtod(text, &end);
	if (end == text || *end || !isfinite(number) || number < min) {
		g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
			    "--%s=%s: allowed is a number of at least %g", name, text, min);
		return FALSE;
	}
	*ret_number = number;
	return TRUE;
}

static gboolean
read_sim(const Words *words, RollSimOptions *ret_sim, GError **error)
{
	RollSimOptions sim = {.seed = 1, .speed = 1};

	if (words->seed &&
	    !g_ascii_string_to_unsigned(words->seed, 10, 0, G_MAXUINT64, &sim.seed, NULL)) {
		g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
			    "--seed=%s: allowed is a whole number from 0", words->seed);
		return FALSE;
	}
	if (!read_number("speed", words->speed, 0, &sim.speed, error) ||
	    !read_number("duration", words->duration, 1, &sim.duration_s, error))
		return FALSE;
	*ret_sim = sim;
	return TRUE;
}

/* Writing to what is read would never end. */
static gboolean
check_capture(const Words *words, GError **error)
{
	struct stat capture, replay;

	if (!words->capture || stat(words->capture, &capture) != 0)
		return TRUE;
	for (guint i = 0; words->replay && words->replay[i]; i++) {
		if (stat(words->replay[i], &replay) == 0 && S_ISREG(replay.st_mode) &&
		    replay.st_dev == capture.st_dev && replay.st_ino == capture.st_ino)
			return fail(error, "--replay and --capture are the same file");
	}
	return TRUE;
}

gboolean
rollerd_options_parse(int argc, char **argv, RollerdOptions *ret_options, GError **error)
{
	g_auto(Words) words = {0};
	RollerdOptions options = {0};

	if (!read_words(argc, argv, &words, error) || !choose_mode(&words, &options.mode, error) ||
	    !read_sim(&words, &options.sim, error) || !check_capture(&words, error))
		return FALSE;
	options.is_system = words.is_system;
	/* Whole: others are told of them, who stand in other folders. */
	if (words.config)
		options.config_path = g_canonicalize_filename(words.config, NULL);
	if (words.db)
		options.db_path = g_canonicalize_filename(words.db, NULL);
	options.capture_path = g_steal_pointer(&words.capture);
	options.replay_paths = g_steal_pointer(&words.replay);
	if (!options.db_path)
		options.db_path = roll_database_dup_default_path(options.is_system);
	*ret_options = options;
	return TRUE;
}

void
rollerd_options_clear(RollerdOptions *options)
{
	g_clear_pointer(&options->config_path, g_free);
	g_clear_pointer(&options->db_path, g_free);
	g_clear_pointer(&options->capture_path, g_free);
	g_clear_pointer(&options->replay_paths, g_strfreev);
}
