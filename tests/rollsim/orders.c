/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/orders.h"

#include "tests/rollsim/gatt-table.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

typedef enum {
	TAKES_NOTHING,
	TAKES_NUMBER,
	TAKES_WHOLE,
	TAKES_HEX, /* may be left out */
	TAKES_SWITCH,
} Takes;

enum { REASON_TIMEOUT = 0x08 };

/* With the least and the most that a number may be. */
typedef struct {
	const char *word;
	OrderVerb verb;
	Takes takes;
	double least, most;
} Verb;

static const Verb sensor_verbs[] = {
	{"away", ORDER_AWAY, TAKES_NOTHING, 0, 0},
	{"back", ORDER_BACK, TAKES_NOTHING, 0, 0},
	{"drop", ORDER_DROP, TAKES_HEX, 1, 0xff},
	{"off", ORDER_OFF, TAKES_NOTHING, 0, 0},
	{"on", ORDER_ON, TAKES_NOTHING, 0, 0},
	{"restart", ORDER_RESTART, TAKES_NOTHING, 0, 0},
	{"stop", ORDER_STOP, TAKES_NOTHING, 0, 0},
	{"mute", ORDER_MUTE, TAKES_NOTHING, 0, 0},
	{"unmute", ORDER_UNMUTE, TAKES_NOTHING, 0, 0},
	{"deaf", ORDER_DEAF, TAKES_NOTHING, 0, 0},
	{"hear", ORDER_HEAR, TAKES_NOTHING, 0, 0},
	{"refuse", ORDER_REFUSE, TAKES_WHOLE, 0, 1e6},
	{"abort", ORDER_ABORT, TAKES_WHOLE, 0, 1e6},
	{"loss", ORDER_LOSS, TAKES_WHOLE, 0, 100},
	{"double", ORDER_DOUBLE, TAKES_WHOLE, 0, 100},
	{"swap", ORDER_SWAP, TAKES_WHOLE, 0, 100},
	{"damage", ORDER_DAMAGE, TAKES_WHOLE, 0, 100},
	{"silence", ORDER_SILENCE, TAKES_NUMBER, 0, 1e6},
	{"delay", ORDER_DELAY, TAKES_WHOLE, 0, 60000},
	{"one", ORDER_ONE, TAKES_SWITCH, 0, 0},
	{"advertise", ORDER_ADVERTISE, TAKES_SWITCH, 0, 0},
	{"rssi", ORDER_RSSI, TAKES_WHOLE, -127, 20},
	{"battery", ORDER_BATTERY, TAKES_WHOLE, 0, 100},
	{"button", ORDER_BUTTON, TAKES_NOTHING, 0, 0},
	{"table", ORDER_TABLE, TAKES_WHOLE, 0, GATT_FIRMWARES_MAX},
	{"clone", ORDER_CLONE, TAKES_SWITCH, 0, 0},
	{"forget", ORDER_FORGET, TAKES_NOTHING, 0, 0},
};

static const struct {
	const char *line;
	OrderVerb verb;
} lone_orders[] = {
	{"unplug", ORDER_UNPLUG}, {"plug", ORDER_PLUG}, {"plug other", ORDER_PLUG_OTHER},
	{"truth", ORDER_TRUTH},	  {"quit", ORDER_QUIT},
};

static gboolean fail(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Always FALSE. */
static gboolean
fail(GError **error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	if (error)
		*error = g_error_new_valist(G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, format,
					    arguments);
	va_end(arguments);
	return FALSE;
}

/* A line with one space between words, and none at its ends. */
static char *
dup_tidy(const char *line)
{
	g_auto(GStrv) words = g_strsplit_set(line, " \t\r\n", -1);
	g_autoptr(GPtrArray) kept = g_ptr_array_new();

	for (guint i = 0; words[i]; i++)
		if (*words[i])
			g_ptr_array_add(kept, words[i]);
	g_ptr_array_add(kept, NULL);
	return g_strjoinv(" ", (char **)kept->pdata);
}

static const Verb *
find_verb(const char *word)
{
	for (guint i = 0; i < G_N_ELEMENTS(sensor_verbs); i++)
		if (g_str_equal(sensor_verbs[i].word, word))
			return &sensor_verbs[i];
	return NULL;
}

static char *
dup_verbs(void)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(sensor_verbs); i++)
		g_string_append_printf(text, "%s%s", i ? ", " : "", sensor_verbs[i].word);
	return g_string_free(text, FALSE);
}

static gboolean
read_switch(const char *word, double *ret_number, GError **error)
{
	*ret_number = g_str_equal(word, "on");
	if (*ret_number > 0 || g_str_equal(word, "off"))
		return TRUE;
	return fail(error, "\"%s\": right is on or off", word);
}

static gboolean
read_hex(const Verb *verb, const char *word, double *ret_number, GError **error)
{
	guint64 number;

	if (g_str_has_prefix(word, "0x"))
		word += 2;
	if (!g_ascii_string_to_unsigned(word, 16, (guint64)verb->least, (guint64)verb->most,
					&number, NULL))
		return fail(error, "\"%s\": right is a reason in hex, %x to %x", word,
			    (guint)verb->least, (guint)verb->most);
	*ret_number = (double)number;
	return TRUE;
}

static gboolean
read_number(const Verb *verb, const char *word, double *ret_number, GError **error)
{
	char *end = NULL;
	double number = g_ascii_strtod(word, &end);
	gboolean is_whole = verb->takes == TAKES_WHOLE;

	if (end == word || *end || !(number >= verb->least && number <= verb->most) ||
	    (is_whole && number != floor(number)))
		return fail(error, "\"%s\": right is a %snumber from %g to %g", word,
			    is_whole ? "whole " : "", verb->least, verb->most);
	*ret_number = number;
	return TRUE;
}

/* word NULL: none was given. */
static gboolean
read_value(const Verb *verb, const char *word, double *ret_number, GError **error)
{
	if (verb->takes == TAKES_NOTHING)
		return !word || fail(error, "%s takes no value", verb->word);
	if (verb->takes == TAKES_HEX && !word) {
		*ret_number = REASON_TIMEOUT;
		return TRUE;
	}
	if (!word)
		return fail(error, "%s needs a value", verb->word);
	if (verb->takes == TAKES_SWITCH)
		return read_switch(word, ret_number, error);
	if (verb->takes == TAKES_HEX)
		return read_hex(verb, word, ret_number, error);
	return read_number(verb, word, ret_number, error);
}

gboolean
order_parse(const char *line, guint n_sensors, Order *ret_order, GError **error)
{
	g_autofree char *tidy = dup_tidy(line);
	g_auto(GStrv) words = g_strsplit(tidy, " ", -1);
	g_autofree char *verbs = NULL;
	guint64 sensor;
	const Verb *verb;

	*ret_order = (Order){0};
	for (guint i = 0; i < G_N_ELEMENTS(lone_orders); i++) {
		ret_order->verb = lone_orders[i].verb;
		if (g_str_equal(lone_orders[i].line, tidy))
			return TRUE;
	}
	if (!words[0] || !words[1] || (words[2] && words[3]))
		return fail(error,
			    "\"%s\": right is \"SENSOR VERB [VALUE]\", unplug, plug, plug other, "
			    "truth or quit",
			    tidy);
	if (!g_ascii_string_to_unsigned(words[0], 10, 0, n_sensors, &sensor, NULL))
		return fail(error, "\"%s\": right is the number of a sensor, 1 to %u, or 0 for all",
			    words[0], n_sensors);
	verb = find_verb(words[1]);
	if (!verb) {
		verbs = dup_verbs();
		return fail(error, "\"%s\": right is one of %s", words[1], verbs);
	}
	ret_order->verb = verb->verb;
	ret_order->sensor = (guint)sensor;
	return read_value(verb, words[2], &ret_order->number, error);
}
