/* SPDX-License-Identifier: MIT */
#include "cli/arguments.h"

#include "cli/usage.h"
#include "cli/verbs.h"

#include <string.h>

static gboolean
check_colour(const char *colour, GError **error)
{
	static const char *const allowed[] = {"auto", "always", "never", NULL};
	if (colour == NULL || g_strv_contains(allowed, colour))
		return TRUE;
	return rollstat_usage_fail(error, _("--color is auto, always or never"));
}

/* A name is UTF-8 in the database, whatever the locale. */
static gboolean
check_person(const char *person, GError **error)
{
	if (person == NULL || g_utf8_validate(person, -1, NULL))
		return TRUE;
	g_autofree char *shown = g_strescape(person, NULL);
	return rollstat_usage_fail(error, _("--person takes a name in UTF-8, \"%s\" is none"),
				   shown);
}

static void
add_own_options(GArray *entries, const RollstatVerb *verb, gpointer options)
{
	for (const RollstatOption *option = verb->options; option->name != NULL; option++) {
		GOptionEntry entry = {.long_name = option->name,
				      .arg = option->arg,
				      .arg_data = (char *)options + option->offset};
		g_array_append_val(entries, entry);
	}
}

/* Takes options out of *words. verb NULL: those that all verbs have, others stay. */
static gboolean
take_options(RollstatArguments *parsed, const RollstatVerb *verb, GStrv *words, GError **error)
{
	/* _FILENAME takes the bytes as they are; _STRING fails in a locale that lacks a letter of them. */
	const GOptionEntry common[] = {
		{"db", 0, 0, G_OPTION_ARG_FILENAME, &parsed->database, NULL, NULL},
		{"system", 0, 0, G_OPTION_ARG_NONE, &parsed->is_system, NULL, NULL},
		{"json", 0, 0, G_OPTION_ARG_NONE, &parsed->is_json, NULL, NULL},
		{"csv", 0, 0, G_OPTION_ARG_NONE, &parsed->is_csv, NULL, NULL},
		{"person", 0, 0, G_OPTION_ARG_FILENAME, &parsed->person, NULL, NULL},
		{"color", 0, 0, G_OPTION_ARG_FILENAME, &parsed->colour, NULL, NULL},
		{"help", 'h', 0, G_OPTION_ARG_NONE, &parsed->is_help, NULL, NULL},
		{"version", 0, 0, G_OPTION_ARG_NONE, &parsed->is_version, NULL, NULL},
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GArray) entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));
	GOptionGroup *group = g_option_group_new("rollstat", "", "", NULL, NULL);
	g_array_append_vals(entries, common, G_N_ELEMENTS(common));
	if (verb != NULL && verb->options != NULL) {
		parsed->options = g_malloc0(verb->options_size);
		add_own_options(entries, verb, parsed->options);
	}
	g_option_group_add_entries(group, (const GOptionEntry *)entries->data);
	g_option_context_set_main_group(context, group);
	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_set_ignore_unknown_options(context, verb == NULL);
	return g_option_context_parse_strv(context, words, error);
}

/* The first word that is a verb: what stands before it may be the value of an option of that verb. */
static const RollstatVerb *
find_verb(char **words, GError **error)
{
	const char *mistyped = NULL;
	for (guint i = 1; words[i] != NULL; i++) {
		const RollstatVerb *verb = rollstat_verbs_find(words[i]);
		if (verb != NULL)
			return verb;
		if (mistyped == NULL && words[i][0] != '-')
			mistyped = words[i];
	}
	if (mistyped == NULL) {
		rollstat_usage_fail(
			error, _("a verb is missing, like rollstat today; see rollstat --help"));
		return NULL;
	}
	return rollstat_verbs_require(mistyped, error);
}

/* The first option that not all verbs take and that this one does not; NULL: none. */
static const char *
find_foreign_option(const RollstatArguments *parsed)
{
	RollstatTakes takes = parsed->verb->takes;
	if (parsed->is_json && !(takes & ROLLSTAT_TAKES_JSON))
		return "--json";
	if (parsed->is_csv && !(takes & ROLLSTAT_TAKES_CSV))
		return "--csv";
	if (parsed->person != NULL && !(takes & (ROLLSTAT_TAKES_PERSON | ROLLSTAT_GIVES_PERSON)))
		return "--person";
	return NULL;
}

/* Whether a verb takes these options, and that many words. */
static gboolean
check_fit(const RollstatArguments *parsed, GError **error)
{
	const RollstatVerb *verb = parsed->verb;
	const char *foreign = find_foreign_option(parsed);
	guint n_words = g_strv_length(parsed->words);
	if (foreign != NULL)
		return rollstat_usage_fail(error,
					   _("rollstat %s takes no %s; write it as: rollstat %s"),
					   verb->name, foreign, verb->usage);
	if (parsed->is_json && parsed->is_csv)
		return rollstat_usage_fail(error,
					   _("--json or --csv, not both; write it as: rollstat %s"),
					   verb->usage);
	if (n_words >= verb->least_words && n_words <= verb->most_words)
		return TRUE;
	const RollstatRun refused = {.verb = verb};
	return rollstat_run_refuse(&refused, error);
}

/* Everything that is no option, but the program's name and the verb. */
static GStrv
dup_words(char **words, const RollstatVerb *verb)
{
	g_autoptr(GStrvBuilder) rest = g_strv_builder_new();
	gboolean is_verb_seen = FALSE;
	for (guint i = 1; words[i] != NULL; i++) {
		if (!is_verb_seen && g_str_equal(words[i], verb->name))
			is_verb_seen = TRUE;
		else if (!g_str_equal(words[i], "--"))
			g_strv_builder_add(rest, words[i]);
	}
	return g_strv_builder_end(rest);
}

static gboolean
read_verb(RollstatArguments *parsed, GStrv *words, GError **error)
{
	g_autoptr(GError) no_verb = NULL;
	parsed->verb = find_verb(*words, &no_verb);
	if (parsed->verb == NULL) {
		/* An option that nobody has is told before the want of a verb. */
		const RollstatVerb none = {0};
		if (take_options(parsed, &none, words, error))
			g_propagate_error(error, g_steal_pointer(&no_verb));
		return FALSE;
	}
	if (!take_options(parsed, parsed->verb, words, error))
		return FALSE;
	parsed->words = dup_words(*words, parsed->verb);
	return parsed->is_help || check_fit(parsed, error);
}

RollstatArguments *
rollstat_arguments_parse(char **arguments, GError **error)
{
	g_autoptr(RollstatArguments) parsed = g_new0(RollstatArguments, 1);
	g_auto(GStrv) words = g_strdupv(arguments);
	if (!take_options(parsed, NULL, &words, error))
		return NULL;
	if (parsed->is_version || (parsed->is_help && words[1] == NULL))
		return g_steal_pointer(&parsed);
	if (!check_colour(parsed->colour, error) || !check_person(parsed->person, error) ||
	    !read_verb(parsed, &words, error))
		return NULL;
	return g_steal_pointer(&parsed);
}

static void
free_options(const RollstatVerb *verb, gpointer options)
{
	for (const RollstatOption *option = verb->options; option->name != NULL; option++)
		if (option->arg != G_OPTION_ARG_NONE)
			g_free(*(char **)((char *)options + option->offset));
	g_free(options);
}

void
rollstat_arguments_free(RollstatArguments *arguments)
{
	if (arguments == NULL)
		return;
	if (arguments->options != NULL)
		free_options(arguments->verb, arguments->options);
	g_strfreev(arguments->words);
	g_free(arguments->database);
	g_free(arguments->person);
	g_free(arguments->colour);
	g_free(arguments);
}
