/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/rollsim-options.h"

#include "tests/rollsim/gatt-server.h"

#include <math.h>

enum {
	RATE_HZ = 100,
	RATE_LEAST_HZ = 16, /* a period must fit in 16 bit of microseconds */
	RATE_MOST_HZ = 1000,
	MTU = 247,
	PACKET_US = 100 * 1000, /* what a packet holds, if nothing else is said */

	BAR_CELLS = 8,
	/* As many as a sample may have where the MTU is the least: 8 bytes of header, 2 for each. */
	BAR_CELLS_LEAST = 6,
	BAR_MTU_LEAST = ATT_HEADER_LEN + ROLL_ROLLER_HEADER_LEN + 2 * BAR_CELLS,
};

/* As they stand on the command line; NULL or FALSE: not given. */
typedef struct {
	char *way, *sensors, *name, *capture, *seed, *rate, *batch, *truth, *trace, *mtu,
		*advertise, *keys, *adapter;
	gboolean is_bar, is_encrypted;
} Words;

static void
clear_words(Words *words)
{
	char *texts[] = {words->way,	words->sensors, words->name,	  words->capture,
			 words->seed,	words->rate,	words->batch,	  words->truth,
			 words->trace,	words->mtu,	words->advertise, words->keys,
			 words->adapter};

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		g_free(texts[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Words, clear_words)

static gboolean
read_words(int argc, char **argv, Words *words, GError **error)
{
	const GOptionEntry entries[] = {
		{"way", 0, 0, G_OPTION_ARG_STRING, &words->way,
		 "air (default): a controller of its own; bluez: peripheral of a real adapter",
		 "WAY"},
		{"adapter", 0, 0, G_OPTION_ARG_STRING, &words->adapter,
		 "With --way=bluez: of which adapter (default hci0)", "hciN"},
		{"sensors", 0, 0, G_OPTION_ARG_STRING, &words->sensors,
		 "How many, 1 (default) to 16", "N"},
		{"name", 0, 0, G_OPTION_ARG_STRING, &words->name,
		 "The name of all of them (default: Roller 1, Roller 2, ...)", "NAME"},
		{"capture", 0, 0, G_OPTION_ARG_FILENAME, &words->capture,
		 "Stream what a capture holds instead of a simulated person", "FILE"},
		{"seed", 0, 0, G_OPTION_ARG_STRING, &words->seed,
		 "Begin the dice at N (default 1); each further sensor at one more", "N"},
		{"bar", 0, 0, G_OPTION_ARG_NONE, &words->is_bar,
		 "A bar with several cells instead of a roller", NULL},
		{"rate", 0, 0, G_OPTION_ARG_STRING, &words->rate,
		 "Samples a second, 16 to 1000 (default 100)", "HZ"},
		{"batch", 0, 0, G_OPTION_ARG_STRING, &words->batch,
		 "Samples a packet at most, 1 to 40 (default: 0.1 s of them)", "N"},
		{"truth", 0, 0, G_OPTION_ARG_FILENAME, &words->truth,
		 "Write what sensor 1's person really did, at the end and when ordered", "FILE"},
		{"trace", 0, 0, G_OPTION_ARG_FILENAME, &words->trace,
		 "Write all that passes between kernel and controller, as btsnoop", "FILE"},
		{"mtu", 0, 0, G_OPTION_ARG_STRING, &words->mtu,
		 "The largest ATT MTU, 23 to 517 (default 247); 0: the exchange is refused", "N"},
		{"advertise", 0, 0, G_OPTION_ARG_STRING, &words->advertise,
		 "Where the service UUID stands: adv (default), scan-response, or name-only",
		 "HOW"},
		{"encrypt", 0, 0, G_OPTION_ARG_NONE, &words->is_encrypted,
		 "Characteristics demand an encrypted link", NULL},
		{"keys", 0, 0, G_OPTION_ARG_FILENAME, &words->keys,
		 "Keep the keys of bonds in FILE", "FILE"},
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);

	g_option_context_set_summary(context,
				     "Simulated Roller Sensors on the air. Takes orders on "
				     "standard input.");
	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, &argc, &argv, error))
		return FALSE;
	if (argc == 1)
		return TRUE;
	g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION,
		    "\"%s\": rollsim takes options only", argv[1]);
	return FALSE;
}

/* text NULL: *ret_number stays. */
static gboolean
read_number(const char *name, const char *text, guint64 least, guint64 most, guint *ret_number,
	    GError **error)
{
	guint64 number;

	if (!text)
		return TRUE;
	if (!g_ascii_string_to_unsigned(text, 10, least, most, &number, NULL)) {
		g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
			    "--%s=%s: allowed is %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT, name,
			    text, least, most);
		return FALSE;
	}
	*ret_number = (guint)number;
	return TRUE;
}

/* Which of words (NULL at their end) text is. text NULL: the first. */
static gboolean
choose(const char *name, const char *text, const char *const *words, guint *ret_choice,
       GError **error)
{
	g_autofree char *all = NULL;

	*ret_choice = 0;
	if (!text)
		return TRUE;
	for (guint i = 0; words[i]; i++) {
		*ret_choice = i;
		if (g_str_equal(words[i], text))
			return TRUE;
	}
	all = g_strjoinv(", ", (char **)words);
	g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--%s=%s: allowed is %s", name,
		    text, all);
	return FALSE;
}

static gboolean
fail(GError **error, const char *text)
{
	g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, text);
	return FALSE;
}

static gboolean
check_together(const Words *words, GError **error)
{
	if (words->capture &&
	    (words->seed || words->is_bar || words->rate || words->batch || words->truth))
		return fail(error, "--capture is a story of its own: it does not go with --seed, "
				   "--bar, --rate, --batch or --truth");
	if (words->keys && !words->is_encrypted)
		return fail(error, "--keys: there are none without --encrypt");
	return TRUE;
}

static gboolean
read_link(const Words *words, AirLinkSettings *link, GError **error)
{
	const char *const hows[] = {"adv", "scan-response", "name-only", NULL};
	guint how;

	link->mtu_offered = MTU;
	link->is_guarded = words->is_encrypted;
	if (!read_number("mtu", words->mtu, 0, ATT_MTU_MOST, &link->mtu_offered, error) ||
	    !choose("advertise", words->advertise, hows, &how, error))
		return FALSE;
	if (link->mtu_offered > 0 && link->mtu_offered < ATT_MTU_LEAST)
		return fail(error, "--mtu: allowed is 0, or 23 to 517");
	link->advertise = (AirAdvertise)how;
	return TRUE;
}

static gboolean
read_stream(const Words *words, RollsimOptions *options, GError **error)
{
	guint rate_hz = RATE_HZ;

	options->seed = 1;
	if (words->seed &&
	    !g_ascii_string_to_unsigned(words->seed, 10, 0, G_MAXUINT64, &options->seed, NULL))
		return fail(error, "--seed: allowed is a whole number from 0");
	if (!read_number("rate", words->rate, RATE_LEAST_HZ, RATE_MOST_HZ, &rate_hz, error))
		return FALSE;
	options->is_bar = words->is_bar;
	options->period_us = (guint)lround((double)G_USEC_PER_SEC / rate_hz);
	options->n_batch = CLAMP(PACKET_US / options->period_us, 1, ROLL_ROLLER_SAMPLES_MAX);
	return read_number("batch", words->batch, 1, ROLL_ROLLER_SAMPLES_MAX, &options->n_batch,
			   error);
}

/* What a real adapter and bluetoothd decide themselves. */
static gboolean
check_way(const Words *words, const RollsimOptions *options, GError **error)
{
	if (!options->is_over_bluez)
		return !words->adapter || fail(error, "--adapter goes with --way=bluez only");
	if (options->n_sensors > 1)
		return fail(error, "--way=bluez: an adapter is one sensor");
	if (words->mtu || words->keys || options->link.advertise == AIR_ADVERTISE_UUID_ON_SCAN)
		return fail(error, "--way=bluez: MTU, keys and what stands in the scan response "
				   "are bluetoothd's");
	return TRUE;
}

gboolean
rollsim_options_parse(int argc, char **argv, RollsimOptions *ret_options, GError **error)
{
	const char *const ways[] = {"air", "bluez", NULL};
	g_auto(Words) words = {0};
	g_auto(RollsimOptions) options = {.n_sensors = 1};
	guint way;

	if (!read_words(argc, argv, &words, error) || !check_together(&words, error) ||
	    !choose("way", words.way, ways, &way, error) ||
	    !read_number("sensors", words.sensors, 1, 16, &options.n_sensors, error) ||
	    !read_link(&words, &options.link, error) || !read_stream(&words, &options, error))
		return FALSE;
	options.is_over_bluez = way == 1;
	if (!check_way(&words, &options, error))
		return FALSE;
	if (words.capture) {
		options.capture = sim_capture_read(words.capture, error);
		if (!options.capture)
			return FALSE;
	}
	options.name = g_steal_pointer(&words.name);
	options.adapter = words.adapter ? g_steal_pointer(&words.adapter) : g_strdup("hci0");
	options.truth_path = g_steal_pointer(&words.truth);
	options.keys_path = g_steal_pointer(&words.keys);
	options.trace_path = g_steal_pointer(&words.trace);
	*ret_options = options;
	options = (RollsimOptions){0};
	return TRUE;
}

void
rollsim_options_clear(RollsimOptions *options)
{
	g_clear_pointer(&options->name, g_free);
	g_clear_pointer(&options->adapter, g_free);
	g_clear_pointer(&options->truth_path, g_free);
	g_clear_pointer(&options->keys_path, g_free);
	g_clear_pointer(&options->trace_path, g_free);
	g_clear_pointer(&options->capture, sim_capture_free);
}

static guint
count_bar_cells(const RollsimOptions *options)
{
	guint mtu = MAX(options->link.mtu_offered, ATT_MTU_LEAST);

	if (!options->is_bar)
		return 0;
	return mtu >= BAR_MTU_LEAST ? BAR_CELLS : BAR_CELLS_LEAST;
}

SimDevice *
rollsim_options_make_device(const RollsimOptions *options, guint number, GError **error)
{
	g_autofree char *own_name = g_strdup_printf("Roller %u", number);
	SimDeviceSettings settings = {
		.number = number,
		.name = options->name ? options->name : own_name,
		.stream =
			{
				.seed = options->seed + number - 1,
				.period_us = options->period_us,
				.n_batch = options->n_batch,
				.n_bar_cells = count_bar_cells(options),
				.capture = options->capture,
			},
		.keys_path = options->keys_path,
	};
	g_autoptr(SimDevice) device = sim_device_new(&settings);

	return sim_device_load_bond(device, error) ? g_steal_pointer(&device) : NULL;
}
