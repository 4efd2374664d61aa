/* SPDX-License-Identifier: MIT */
#include "cli/help.h"

#include "cli/verbs.h"

enum {
	WIDTH = 79,
	TITLE_COLUMNS = 18,
	OPTION_COLUMNS = 20,
};

static const char *
get_title(RollstatGroup group)
{
	switch (group) {
	case ROLLSTAT_GROUP_BACK:
		return _("What was rolled");
	case ROLLSTAT_GROUP_NOW:
		return _("While you roll");
	case ROLLSTAT_GROUP_MOVEMENT:
		return _("Other movements");
	case ROLLSTAT_GROUP_THING:
		return _("Who and with what");
	case ROLLSTAT_GROUP_CARE:
		return _("Keep it well");
	case ROLLSTAT_GROUPS:
		break;
	}
	g_assert_not_reached();
}

static void
append_padded(GString *out, const char *text, glong columns)
{
	g_string_append(out, text);
	for (glong n = g_utf8_strlen(text, -1); n < columns; n++)
		g_string_append_c(out, ' ');
}

static void
append_group(RollstatGroup group, GString *out)
{
	g_autoptr(GString) line = g_string_new("  ");
	append_padded(line, get_title(group), TITLE_COLUMNS);
	gsize n_verbs = 0;
	for (guint i = 0; rollstat_verbs[i] != NULL; i++) {
		const RollstatVerb *verb = rollstat_verbs[i];
		if (verb->group != group)
			continue;
		if (g_utf8_strlen(line->str, -1) + (glong)strlen(verb->name) + 2 > WIDTH) {
			g_string_append_printf(out, "%s\n", line->str);
			g_string_assign(line, "  ");
			append_padded(line, "", TITLE_COLUMNS);
		}
		g_string_append_printf(line, " %s", verb->name);
		n_verbs++;
	}
	if (n_verbs > 0)
		g_string_append_printf(out, "%s\n", line->str);
}

void
rollstat_help_append(GString *out)
{
	g_string_append(out, _("Usage: rollstat [OPTION ...] VERB ...\n"
			       "Tells what was rolled: from the database, whether rollerd runs or "
			       "not.\n"
			       "\n"));
	for (RollstatGroup group = 0; group < ROLLSTAT_GROUPS; group++)
		append_group(group, out);
	g_string_append(
		out,
		_("\n"
		  "rollstat VERB --help tells more of one; rollstat help has a line for each.\n"
		  "\n"
		  "  --json, --csv         for scripts and for a spreadsheet\n"
		  "  --db FILE             another database; else your own, or the system's where\n"
		  "                        you have none\n"
		  "  --system              the system's database and bus\n"
		  "  --person NAME         one person alone; without it lists are of all, and "
		  "where\n"
		  "                        several rolled, all else is of the one who rolls now\n"
		  "  --color WHEN          auto, always or never; NO_COLOR is respected\n"
		  "  --help, --version\n"
		  "\n"
		  "Days are local days (TZ); a session belongs to the day on which it began.\n"
		  "Exit status: 0 done, 1 failed, 2 usage, 3 rollerd does not answer.\n"));
}

static void
append_option(const char *name, const char *value, const char *what, GString *out)
{
	g_autofree char *left = g_strdup_printf("--%s%s%s", name, value != NULL ? " " : "",
						value != NULL ? value : "");
	g_string_append(out, "  ");
	append_padded(out, left, OPTION_COLUMNS);
	g_string_append_printf(out, "  %s\n", what);
}

static void
append_options(const RollstatVerb *verb, GString *out)
{
	const RollstatOption *option = verb->options;
	g_string_append_c(out, '\n');
	for (; option != NULL && option->name != NULL; option++)
		append_option(option->name, option->value, _(option->what), out);
	if (verb->takes & ROLLSTAT_TAKES_JSON)
		append_option("json", NULL, _("for scripts"), out);
	if (verb->takes & ROLLSTAT_TAKES_CSV)
		append_option("csv", NULL, _("for a spreadsheet"), out);
	if (verb->takes & ROLLSTAT_TAKES_PERSON)
		append_option("person", _("NAME"), _("one person alone"), out);
	if (verb->takes & ROLLSTAT_GIVES_PERSON)
		append_option("person", _("NAME"), _("whose it is from now on"), out);
	g_string_append(out, _("  --db FILE, --system, --color WHEN, as for every verb\n"));
}

void
rollstat_help_append_verb(const RollstatVerb *verb, GString *out)
{
	g_string_append_printf(out, _("Usage: rollstat %s\n"), verb->usage);
	g_string_append_printf(out, "%s.\n", _(verb->what));
	if (verb->help != NULL)
		g_string_append_printf(out, "\n%s", _(verb->help));
	append_options(verb, out);
}

static gboolean
run_help(RollstatRun *run, GError **error)
{
	if (run->words[0] == NULL) {
		for (guint i = 0; rollstat_verbs[i] != NULL; i++) {
			append_padded(run->out, rollstat_verbs[i]->name, 12);
			g_string_append_printf(run->out, "%s\n", _(rollstat_verbs[i]->what));
		}
		return TRUE;
	}
	const RollstatVerb *verb = rollstat_verbs_require(run->words[0], error);
	if (verb == NULL)
		return FALSE;
	rollstat_help_append_verb(verb, run->out);
	return TRUE;
}

const RollstatVerb rollstat_verb_help = {
	.name = "help",
	.usage = "help [VERB]",
	.what = N_("A line for each verb, or a screen for one"),
	.group = ROLLSTAT_GROUP_CARE,
	.most_words = 1,
	.run = run_help,
};
