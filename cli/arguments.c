/* SPDX-License-Identifier: MIT */
#include "cli/arguments.h"

#include <string.h>

G_DEFINE_QUARK(rollstat - usage - error - quark, rollstat_usage_error)

enum {
	LONGEST_RANGE_DAYS = 36525,
};

/* What a verb takes besides the options that all take. */
typedef enum {
	TAKES_DAY = 1 << 0,	/* --day D */
	TAKES_SESSION = 1 << 1, /* --session N */
	TAKES_SENSOR = 1 << 2,	/* a sensor, or none */
	TAKES_SHOW = 1 << 3,	/* --show, and with it --json */
	TAKES_YES = 1 << 4,	/* --yes */
	NEEDS_SENSOR = 1 << 5,	/* not without a sensor */
} Takes;

typedef struct {
	const char *name;
	RollstatVerb verb;
	guint n_dates; /* after the verb */
	Takes takes;
	const char *usage;
} Verb;

static const Verb verbs[] = {
	{"today", ROLLSTAT_VERB_TODAY, 0, 0, "today"},
	{"day", ROLLSTAT_VERB_DAY, 1, 0, "day YYYY-MM-DD"},
	{"week", ROLLSTAT_VERB_WEEK, 0, 0, "week"},
	{"month", ROLLSTAT_VERB_MONTH, 0, 0, "month"},
	{"range", ROLLSTAT_VERB_RANGE, 2, 0, "range FROM TO"},
	{"sessions", ROLLSTAT_VERB_SESSIONS, 0, TAKES_DAY, "sessions [--day D]"},
	{"passes", ROLLSTAT_VERB_PASSES, 0, TAKES_DAY | TAKES_SESSION,
	 "passes [--day D] [--session N]"},
	{"holds", ROLLSTAT_VERB_HOLDS, 0, TAKES_DAY | TAKES_SESSION,
	 "holds [--day D] [--session N]"},
	{"devices", ROLLSTAT_VERB_DEVICES, 0, 0, "devices"},
	{"status", ROLLSTAT_VERB_STATUS, 0, 0, "status"},
	{"calibrate", ROLLSTAT_VERB_CALIBRATE, 0, TAKES_SENSOR | TAKES_SHOW,
	 "calibrate [SENSOR], or calibrate --show [--json] [SENSOR]"},
	{"pair", ROLLSTAT_VERB_PAIR, 0, TAKES_SENSOR | TAKES_YES, "pair [--yes] [SENSOR]"},
	{"unpair", ROLLSTAT_VERB_UNPAIR, 0, TAKES_SENSOR | NEEDS_SENSOR, "unpair SENSOR"},
	{"help", ROLLSTAT_VERB_HELP, 0, 0, "help"},
};

static const char help[] =
	"Usage: rollstat [OPTION ...] VERB ...\n"
	"Tells what was rolled: from the database, whether rollerd runs or not.\n"
	"\n"
	"  today                 this day: zones, dose, tight spots\n"
	"  day D                 another day, D is YYYY-MM-DD\n"
	"  week, month           from Monday, from the first of the month, until today\n"
	"  range FROM TO         from one day to another, both included\n"
	"  sessions [--day D]    the sessions, all or of a day\n"
	"  passes, holds         each of them; [--day D] [--session N] choose\n"
	"  devices               the sensors ever heard\n"
	"  status                what rollerd is doing now (asks it, as the next ones do)\n"
	"  calibrate [SENSOR]    length, side and radius, step by step; --show: as it is\n"
	"  pair, unpair [SENSOR] one that asks for it (--yes: unasked); take it back\n"
	"\n"
	"  --json                for scripts\n"
	"  --db FILE             another database; else your own, or the system's where\n"
	"                        you have none\n"
	"  --system              the system's database and bus\n"
	"  --person NAME         one person alone\n"
	"  --color WHEN          auto, always or never; NO_COLOR is respected\n"
	"  --help, --version\n"
	"\n"
	"Days are local days (TZ); a session belongs to the day on which it began.\n"
	"Exit status: 0 done, 1 failed, 2 usage, 3 rollerd does not answer.\n";

const char *
rollstat_arguments_get_help(void)
{
	return help;
}

/* How many letters must be added, left out, changed or swapped to come from one word to the other. */
static guint
get_distance(const char *a, const char *b)
{
	enum { LONGEST = 24 };
	guint rows[LONGEST + 1][LONGEST + 1];
	gsize n_a = MIN(strlen(a), LONGEST), n_b = MIN(strlen(b), LONGEST);
	for (gsize i = 0; i <= n_a; i++)
		for (gsize k = 0; k <= n_b; k++) {
			if (i == 0 || k == 0) {
				rows[i][k] = (guint)(i + k);
				continue;
			}
			guint changed = rows[i - 1][k - 1] + (a[i - 1] != b[k - 1]);
			rows[i][k] = MIN(changed, MIN(rows[i - 1][k], rows[i][k - 1]) + 1);
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
				rows[i][k] = MIN(rows[i][k], rows[i - 2][k - 2] + 1);
		}
	return rows[n_a][n_b];
}

static const Verb *
find_verb(const char *name, GError **error)
{
	const Verb *nearest = &verbs[0];
	for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++) {
		if (g_str_equal(verbs[i].name, name))
			return &verbs[i];
		if (get_distance(name, verbs[i].name) < get_distance(name, nearest->name))
			nearest = &verbs[i];
	}
	g_autofree char *shown = g_strescape(name, NULL);
	if (get_distance(name, nearest->name) <= 2)
		g_set_error(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG,
			    "there is no verb \"%s\"; did you mean \"%s\"?", shown, nearest->name);
	else
		g_set_error(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG,
			    "there is no verb \"%s\"; see rollstat --help", shown);
	return NULL;
}

static gboolean
parse_date(const char *text, RollstatDay *ret_day, GError **error)
{
	if (rollstat_day_parse(text, ret_day))
		return TRUE;
	g_autofree char *shown = g_strescape(text, NULL);
	g_set_error(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG,
		    "\"%s\" is not a day; write it as YYYY-MM-DD, like 2026-03-14", shown);
	return FALSE;
}

static gboolean
parse_session(const char *text, gint64 *ret_session, GError **error)
{
	if (g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, ret_session, NULL))
		return TRUE;
	g_set_error(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG,
		    "--session takes the number of a session, as rollstat sessions tells it");
	return FALSE;
}

/* The days of a verb: given after it, or counted from today. */
static gboolean
choose_days(RollstatArguments *parsed, char **dates, RollstatDay today, GError **error)
{
	RollstatDay first = today, last = today;
	if (parsed->verb == ROLLSTAT_VERB_WEEK)
		first = rollstat_day_get_monday(today);
	else if (parsed->verb == ROLLSTAT_VERB_MONTH)
		first = rollstat_day_get_first_of_month(today);
	if (dates[0] != NULL && !parse_date(dates[0], &first, error))
		return FALSE;
	if (dates[0] != NULL)
		last = first;
	if (dates[0] != NULL && dates[1] != NULL && !parse_date(dates[1], &last, error))
		return FALSE;
	if (first > last) {
		g_set_error(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG,
			    "%s is after %s; write the earlier day first", dates[0], dates[1]);
		return FALSE;
	}
	if (last - first > LONGEST_RANGE_DAYS) {
		g_set_error(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG,
			    "from %s to %s is more than a hundred years", dates[0], dates[1]);
		return FALSE;
	}
	parsed->first = first;
	parsed->last = last;
	return TRUE;
}

static gboolean
check_colour(const char *colour, GError **error)
{
	static const char *const allowed[] = {"auto", "always", "never", NULL};
	if (colour == NULL || g_strv_contains(allowed, colour))
		return TRUE;
	g_set_error(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG,
		    "--color is auto, always or never");
	return FALSE;
}

/* A name is UTF-8 in the database, whatever the locale. */
static gboolean
check_person(const char *person, GError **error)
{
	if (person == NULL || g_utf8_validate(person, -1, NULL))
		return TRUE;
	g_autofree char *shown = g_strescape(person, NULL);
	g_set_error(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG,
		    "--person takes a name in UTF-8, \"%s\" is none", shown);
	return FALSE;
}

/* Options and words as they stand on the command line; strings given. */
typedef struct {
	RollstatArguments *parsed;
	gboolean is_help, is_version;
	char *day, *session;
	GStrv words;
} Line;

static void
clear_line(Line *line)
{
	g_clear_pointer(&line->parsed, rollstat_arguments_free);
	g_clear_pointer(&line->day, g_free);
	g_clear_pointer(&line->session, g_free);
	g_clear_pointer(&line->words, g_strfreev);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Line, clear_line)

static gboolean
read_line(char **arguments, Line *line, GError **error)
{
	RollstatArguments *parsed = line->parsed;
	/* _FILENAME takes the bytes as they are; _STRING fails in a locale that lacks a letter of them. */
	const GOptionEntry entries[] = {
		{"db", 0, 0, G_OPTION_ARG_FILENAME, &parsed->database, NULL, NULL},
		{"system", 0, 0, G_OPTION_ARG_NONE, &parsed->is_system, NULL, NULL},
		{"json", 0, 0, G_OPTION_ARG_NONE, &parsed->is_json, NULL, NULL},
		{"person", 0, 0, G_OPTION_ARG_FILENAME, &parsed->person, NULL, NULL},
		{"color", 0, 0, G_OPTION_ARG_FILENAME, &parsed->colour, NULL, NULL},
		{"yes", 0, 0, G_OPTION_ARG_NONE, &parsed->is_yes, NULL, NULL},
		{"show", 0, 0, G_OPTION_ARG_NONE, &parsed->is_show, NULL, NULL},
		{"day", 0, 0, G_OPTION_ARG_FILENAME, &line->day, NULL, NULL},
		{"session", 0, 0, G_OPTION_ARG_FILENAME, &line->session, NULL, NULL},
		{"help", 'h', 0, G_OPTION_ARG_NONE, &line->is_help, NULL, NULL},
		{"version", 0, 0, G_OPTION_ARG_NONE, &line->is_version, NULL, NULL},
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) options = g_option_context_new(NULL);
	GOptionGroup *group = g_option_group_new("rollstat", "", "", line, NULL);
	g_option_group_add_entries(group, entries);
	g_option_context_set_main_group(options, group);
	g_option_context_set_help_enabled(options, FALSE);
	line->words = g_strdupv(arguments);
	return g_option_context_parse_strv(options, &line->words, error);
}

static gboolean
refuse(GError **error, const char *usage)
{
	g_set_error(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG,
		    "write it as: rollstat %s", usage);
	return FALSE;
}

/* Whether a verb takes the words after it, and the options that not all take. */
static gboolean
is_fitting(const Verb *verb, const Line *line)
{
	const RollstatArguments *parsed = line->parsed;
	guint n_words = g_strv_length(line->words + 2);
	if ((line->day != NULL && !(verb->takes & TAKES_DAY)) ||
	    (line->session != NULL && !(verb->takes & TAKES_SESSION)))
		return FALSE;
	if ((parsed->is_show && !(verb->takes & TAKES_SHOW)) ||
	    (parsed->is_yes && !(verb->takes & TAKES_YES)))
		return FALSE;
	if (!(verb->takes & TAKES_SENSOR))
		return n_words == verb->n_dates;
	/* A dialogue is nothing for scripts. */
	return n_words <= 1 && n_words >= (verb->takes & NEEDS_SENSOR ? 1 : 0) &&
	       (parsed->is_show || !parsed->is_json);
}

static gboolean
check_verb(Line *line, RollstatDay today, GError **error)
{
	if (line->words[0] == NULL || line->words[1] == NULL) {
		g_set_error(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG,
			    "a verb is missing, like rollstat today; see rollstat --help");
		return FALSE;
	}
	const Verb *verb = find_verb(line->words[1], error);
	if (verb == NULL)
		return FALSE;
	RollstatArguments *parsed = line->parsed;
	if (!is_fitting(verb, line))
		return refuse(error, verb->usage);
	parsed->verb = verb->verb;
	if (verb->takes & TAKES_SENSOR) {
		parsed->sensor = g_strdup(line->words[2]);
		return TRUE;
	}
	if (line->session != NULL && !parse_session(line->session, &parsed->session, error))
		return FALSE;
	if (verb->takes == 0)
		return choose_days(parsed, line->words + 2, today, error);
	char *of_day[] = {line->day, NULL};
	return line->day == NULL || choose_days(parsed, of_day, today, error);
}

RollstatArguments *
rollstat_arguments_parse(char **arguments, RollstatDay today, GError **error)
{
	g_auto(Line) line = {.parsed = g_new0(RollstatArguments, 1)};
	if (!read_line(arguments, &line, error) || !check_colour(line.parsed->colour, error) ||
	    !check_person(line.parsed->person, error))
		return NULL;
	if (line.is_help || line.is_version)
		line.parsed->verb = line.is_help ? ROLLSTAT_VERB_HELP : ROLLSTAT_VERB_VERSION;
	else if (!check_verb(&line, today, error))
		return NULL;
	return g_steal_pointer(&line.parsed);
}

void
rollstat_arguments_free(RollstatArguments *arguments)
{
	if (arguments == NULL)
		return;
	g_free(arguments->database);
	g_free(arguments->person);
	g_free(arguments->colour);
	g_free(arguments->sensor);
	g_free(arguments);
}
