/* SPDX-License-Identifier: MIT */
#include "cli/complete.h"

#include "cli/day.h"
#include "cli/history/query.h"
#include "cli/movement/movement.h"
#include "cli/verbs.h"

#include <string.h>

enum {
	DAYS_MOST = 60, /* the newest */
};

/* What is being completed; all borrowed. */
typedef struct {
	const RollstatContext *context;
	const RollstatVerb *verb; /* NULL: none was typed yet */
	const char *last;
	RollstatRun run; /* database and system, as typed */
	GString *out;
} Line;

static const RollstatOption common[] = {
	{"json", G_OPTION_ARG_NONE, ROLLSTAT_TAKES_JSON, NULL, N_("for scripts")},
	{"csv", G_OPTION_ARG_NONE, ROLLSTAT_TAKES_CSV, NULL, N_("for a spreadsheet")},
	{"person", G_OPTION_ARG_FILENAME, ROLLSTAT_TAKES_PERSON | ROLLSTAT_GIVES_PERSON, "NAME",
	 N_("one person alone")},
	{"db", G_OPTION_ARG_FILENAME, 0, "FILE", N_("another database")},
	{"system", G_OPTION_ARG_NONE, 0, NULL, N_("the system's database and bus")},
	{"color", G_OPTION_ARG_FILENAME, 0, "auto|always|never", N_("when to use colours")},
	{"help", G_OPTION_ARG_NONE, 0, NULL, N_("a screen of help")},
	{"version", G_OPTION_ARG_NONE, 0, NULL, N_("the version")},
	{0},
};

static void
offer(const Line *line, const char *candidate, const char *what)
{
	if (!g_str_has_prefix(candidate, line->last))
		return;
	g_string_append(line->out, candidate);
	if (what != NULL)
		g_string_append_printf(line->out, "\t%s", what);
	g_string_append_c(line->out, '\n');
}

/* The first column of what a query tells. */
static void
offer_query(const Line *line, const char *sql)
{
	gboolean is_failed = FALSE;
	g_autoptr(sqlite3) db = rollstat_run_open_database(&line->run, NULL);
	g_autoptr(sqlite3_stmt) rows = db != NULL ? rollstat_query_prepare(db, sql, NULL) : NULL;
	g_autoptr(GStringChunk) strings = g_string_chunk_new(1024);
	while (rows != NULL && rollstat_query_step(rows, &is_failed, NULL)) {
		const char *text = rollstat_query_get_text(rows, 0, strings);
		if (text != NULL && strpbrk(text, "\t\n") == NULL)
			offer(line, text, NULL);
	}
}

static void
offer_days(const Line *line)
{
	static const char *const words[] = {"today",  "yesterday", "week",	 "month",
					    "monday", "last-week", "last-month", NULL};
	gboolean is_failed = FALSE;
	g_autoptr(sqlite3) db = rollstat_run_open_database(&line->run, NULL);
	g_autoptr(sqlite3_stmt) rows =
		db != NULL ? rollstat_query_prepare(db,
						    "SELECT start_us FROM" ROLLSTAT_QUERY_SESSIONS
						    "WHERE" ROLLSTAT_QUERY_STANDS
						    "ORDER BY start_us DESC",
						    NULL)
			   : NULL;
	RollstatDay before = 0;
	for (guint n = 0;
	     n < DAYS_MOST && rows != NULL && rollstat_query_step(rows, &is_failed, NULL);) {
		RollstatDay day =
			rollstat_day_of(sqlite3_column_int64(rows, 0), line->context->zone);
		g_autofree char *text = rollstat_day_dup_iso(day);
		if (day == before)
			continue;
		offer(line, text, NULL);
		before = day;
		n++;
	}
	for (guint i = 0; words[i] != NULL && *line->last != '\0'; i++)
		offer(line, words[i], NULL);
}

static gboolean
is_day(const char *kind)
{
	static const char *const days[] = {"DAY", "FROM", "TO", "RANGE", "A", "B", NULL};
	return g_strv_contains(days, kind);
}

static void
offer_movements(const Line *line)
{
	for (guint i = 0; rollstat_movements[i] != NULL; i++)
		offer(line, rollstat_movements[i]->key, _(rollstat_movements[i]->name));
}

/* One, or one more behind a comma. */
static void
offer_tools(const Line *line)
{
	const char *comma = strrchr(line->last, ',');
	g_autofree char *before =
		comma != NULL ? g_strndup(line->last, comma + 1 - line->last) : g_strdup("");
	for (guint n = 0; n < ROLLSTAT_TOOLS; n++) {
		g_autofree char *tools = g_strconcat(before, rollstat_tool_get_key(n), NULL);
		offer(line, tools, NULL);
	}
}

/* What stands for a word of a usage. */
static void
offer_kind(const Line *line, const char *kind)
{
	if (is_day(kind))
		offer_days(line);
	else if (g_str_equal(kind, "N"))
		offer_query(line, "SELECT id FROM session ORDER BY start_us DESC LIMIT 100");
	else if (g_str_equal(kind, "GOAL"))
		offer_query(line, "SELECT id FROM goal ORDER BY id");
	else if (g_str_equal(kind, "SENSOR"))
		offer_query(line, "SELECT name FROM nickname UNION ALL SELECT * FROM (SELECT "
				  "address FROM sensor ORDER BY last_us DESC)");
	else if (g_str_equal(kind, "NAME"))
		offer_query(line, "SELECT name FROM person UNION SELECT" ROLLSTAT_QUERY_PERSON
				  "FROM" ROLLSTAT_QUERY_SESSIONS);
	else if (g_str_equal(kind, "MOVEMENT"))
		offer_movements(line);
	else if (g_str_equal(kind, "TOOLS"))
		offer_tools(line);
	else if (g_str_equal(kind, "ZONE"))
		offer_query(line, "SELECT DISTINCT name FROM zone ORDER BY from_cm");
	else if (g_str_equal(kind, "VERB"))
		for (guint i = 0; rollstat_verbs[i] != NULL; i++)
			offer(line, rollstat_verbs[i]->name, _(rollstat_verbs[i]->what));
	else if (g_str_equal(kind, "FILE") || g_str_equal(kind, "FOLDER"))
		g_string_append(line->out, ":files\n");
}

/* The words of a usage without its marks: "[--day DAY] on|off" is --day DAY on off. */
static GStrv
split_usage(const char *usage)
{
	g_autofree char *plain = g_strdelimit(g_strdup(usage), "[]|,().", ' ');
	g_auto(GStrv) parts = g_strsplit(plain, " ", -1);
	g_autoptr(GStrvBuilder) words = g_strv_builder_new();
	for (guint i = 0; parts[i] != NULL; i++)
		if (*parts[i] != '\0')
			g_strv_builder_add(words, parts[i]);
	return g_strv_builder_end(words);
}

static gboolean
is_kind(const char *word)
{
	return g_ascii_isupper(*word);
}

static gboolean
has_value(const RollstatVerb *verb, const char *name)
{
	for (const RollstatOption *option = verb->options; option != NULL && option->name != NULL;
	     option++)
		if (g_str_equal(option->name, name))
			return option->arg != G_OPTION_ARG_NONE;
	return FALSE;
}

/* The words of a verb's usage after its name, without options and their values. */
static GStrv
dup_places(const RollstatVerb *verb)
{
	g_auto(GStrv) usage = split_usage(verb->usage);
	g_autoptr(GStrvBuilder) places = g_strv_builder_new();
	for (guint i = 0; usage[i] != NULL; i++) {
		gboolean is_option = g_str_has_prefix(usage[i], "--");
		if (is_option && has_value(verb, usage[i] + 2) && usage[i + 1] != NULL)
			i++;
		if (!is_option && !g_str_equal(usage[i], verb->name) &&
		    !g_str_equal(usage[i], "or"))
			g_strv_builder_add(places, usage[i]);
	}
	return g_strv_builder_end(places);
}

/* A kind that stands twice is offered once. */
static void
offer_new_kind(const Line *line, GHashTable *offered, const char *kind)
{
	if (g_hash_table_add(offered, (gpointer)(is_day(kind) ? "DAY" : kind)))
		offer_kind(line, kind);
}

/* What may stand after the verb and, where it has such, after a word of its own, as "add" in "person add". typed NULL: nothing was
 * typed after the verb. */
static void
offer_words(const Line *line, const char *typed)
{
	g_auto(GStrv) places = dup_places(line->verb);
	g_autoptr(GHashTable) offered = g_hash_table_new(g_str_hash, g_str_equal);
	gboolean has_own = typed != NULL && !is_kind(typed) &&
			   g_strv_contains((const char *const *)places, typed);
	gboolean is_reached = !has_own;
	for (guint i = 0; places[i] != NULL; i++) {
		if (is_kind(places[i])) {
			if (is_reached)
				offer_new_kind(line, offered, places[i]);
			continue;
		}
		if (typed == NULL)
			offer(line, places[i], NULL);
		/* What follows a word of its own is for that one alone. */
		is_reached = has_own && g_str_equal(places[i], typed);
	}
}

static const RollstatOption *
find_option(const RollstatVerb *verb, const char *name)
{
	for (const RollstatOption *option = common; option->name != NULL; option++)
		if (g_str_equal(option->name, name))
			return option;
	for (const RollstatOption *option = verb != NULL ? verb->options : NULL;
	     option != NULL && option->name != NULL; option++)
		if (g_str_equal(option->name, name))
			return option;
	return NULL;
}

static void
offer_value(const Line *line, const RollstatOption *option)
{
	g_auto(GStrv) words = split_usage(option->value);
	for (guint i = 0; words[i] != NULL; i++)
		if (is_kind(words[i]))
			offer_kind(line, words[i]);
		else
			offer(line, words[i], NULL);
}

static void
offer_option(const Line *line, const RollstatOption *option)
{
	g_autofree char *dashed = g_strconcat("--", option->name, NULL);
	offer(line, dashed, _(option->what));
}

static void
offer_options(const Line *line)
{
	for (const RollstatOption *option = line->verb != NULL ? line->verb->options : NULL;
	     option != NULL && option->name != NULL; option++)
		offer_option(line, option);
	for (const RollstatOption *option = common; option->name != NULL; option++)
		if (option->offset == 0 || line->verb == NULL ||
		    (line->verb->takes & option->offset))
			offer_option(line, option);
}

/* An option's value as typed: a shell leaves the tilde of "--db=~/x". */
static char *
dup_path(const char *typed)
{
	return g_str_has_prefix(typed, "~/") ? g_build_filename(g_get_home_dir(), typed + 2, NULL)
					     : g_strdup(typed);
}

/* Reads the words before the last one. *ret_option: the one whose value is the last word; NULL: none. Returns the first
 * word after the verb (or that is none), NULL where there is none. */
static const char *
read_words(Line *line, char **words, const RollstatOption **ret_option, char **ret_database)
{
	const char *typed = NULL;
	*ret_option = NULL;
	for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i++) {
		*ret_option = NULL;
		if (!g_str_has_prefix(words[i], "-")) {
			if (line->verb == NULL && typed == NULL &&
			    rollstat_verbs_find(words[i]) != NULL)
				line->verb = rollstat_verbs_find(words[i]);
			else if (typed == NULL)
				typed = words[i];
			continue;
		}
		g_auto(GStrv) halves = g_strsplit(words[i] + MIN(strlen(words[i]), 2), "=", 2);
		const RollstatOption *option =
			halves[0] != NULL ? find_option(line->verb, halves[0]) : NULL;
		if (option == NULL || option->arg == G_OPTION_ARG_NONE) {
			line->run.is_system |=
				option != NULL && g_str_equal(option->name, "system");
			continue;
		}
		const char *value = halves[1] != NULL ? halves[1] : words[i + 1];
		gboolean is_last = halves[1] == NULL && words[i + 2] == NULL;
		if (is_last)
			*ret_option = option;
		else if (g_str_equal(option->name, "db")) {
			g_free(*ret_database);
			*ret_database = dup_path(value);
		}
		if (halves[1] == NULL && !is_last)
			i++;
	}
	return typed;
}

void
rollstat_complete(const RollstatContext *context, char **words, GString *out)
{
	guint n_words = g_strv_length(words);
	g_autofree char *database = NULL;
	const RollstatOption *option;
	if (n_words == 0)
		return;
	Line line = {.context = context, .last = words[n_words - 1], .out = out};
	const char *typed = read_words(&line, words, &option, &database);
	const char *equals = strchr(line.last, '=');
	line.run.database = database;
	if (option == NULL && g_str_has_prefix(line.last, "--") && equals != NULL) {
		g_autofree char *name = g_strndup(line.last + 2, (gsize)(equals - line.last - 2));
		option = find_option(line.verb, name);
		line.last = equals + 1;
		if (option == NULL || option->value == NULL)
			return;
	}
	if (option != NULL && option->value != NULL)
		offer_value(&line, option);
	else if (*line.last == '-')
		offer_options(&line);
	else if (line.verb == NULL && typed == NULL)
		offer_kind(&line, "VERB");
	else if (line.verb != NULL)
		offer_words(&line, typed);
}
