/* SPDX-License-Identifier: MIT */
#include "cli/doctor/finding.h"

#include "cli/report/json.h"

#include <glib/gi18n-lib.h>

enum {
	VERDICT_COLUMNS = 9,
	TITLE_COLUMNS = 15,
	WIDE = 70, /* columns from which on verdict, title and detail stand beside each other */
};

typedef enum {
	PART_BLUETOOTH,
	PART_DAEMON,
	PART_SENSOR,
	PART_HISTORY,
	PART_MACHINE,
} Part;

typedef struct {
	const char *name, *title;
	Part part;
} About;

static const About abouts[] = {
	[ROLLSTAT_LINK_BUS] = {"system-bus", N_("system bus"), PART_BLUETOOTH},
	[ROLLSTAT_LINK_ADAPTER] = {"adapter", N_("adapter"), PART_BLUETOOTH},
	[ROLLSTAT_LINK_RFKILL] = {"rfkill", N_("radio"), PART_BLUETOOTH},
	[ROLLSTAT_LINK_BLUETOOTHD] = {"bluetoothd", N_("bluetoothd"), PART_BLUETOOTH},
	[ROLLSTAT_LINK_BLUEZ_VERSION] = {"bluez-version", N_("its version"), PART_BLUETOOTH},
	[ROLLSTAT_LINK_POWER] = {"power", N_("switched on"), PART_BLUETOOTH},
	[ROLLSTAT_LINK_SERVICE] = {"service", N_("service"), PART_DAEMON},
	[ROLLSTAT_LINK_RUNNING] = {"running", N_("running"), PART_DAEMON},
	[ROLLSTAT_LINK_ENABLED] = {"enabled", N_("enabled"), PART_DAEMON},
	[ROLLSTAT_LINK_LINGER] = {"linger", N_("lingering"), PART_DAEMON},
	[ROLLSTAT_LINK_CRASHES] = {"crashes", N_("crashes"), PART_DAEMON},
	[ROLLSTAT_LINK_POLICY] = {"bus-policy", N_("bus policy"), PART_DAEMON},
	[ROLLSTAT_LINK_DAEMON] = {"daemon", N_("answer"), PART_DAEMON},
	[ROLLSTAT_LINK_VERSION] = {"version", N_("version"), PART_DAEMON},
	[ROLLSTAT_LINK_TROUBLE] = {"trouble", N_("trouble"), PART_DAEMON},
	[ROLLSTAT_LINK_CONFIGURATION] = {"configuration", N_("configuration"), PART_DAEMON},
	[ROLLSTAT_LINK_SENSOR] = {"sensor", N_("link"), PART_SENSOR},
	[ROLLSTAT_LINK_PAIRING] = {"pairing", N_("pairing"), PART_SENSOR},
	[ROLLSTAT_LINK_SAMPLES] = {"samples", N_("samples"), PART_SENSOR},
	[ROLLSTAT_LINK_RATE] = {"rate", N_("rate"), PART_SENSOR},
	[ROLLSTAT_LINK_LOSS] = {"loss", N_("loss"), PART_SENSOR},
	[ROLLSTAT_LINK_DRIFT] = {"clock-drift", N_("clock drift"), PART_SENSOR},
	[ROLLSTAT_LINK_BATTERY] = {"battery", N_("battery"), PART_SENSOR},
	[ROLLSTAT_LINK_DATABASE] = {"database", N_("database"), PART_HISTORY},
	[ROLLSTAT_LINK_HEALTH] = {"health", N_("health"), PART_HISTORY},
	[ROLLSTAT_LINK_WRITABLE] = {"writable", N_("writable"), PART_HISTORY},
	[ROLLSTAT_LINK_ROOM] = {"room", N_("room"), PART_HISTORY},
	[ROLLSTAT_LINK_BACKUP] = {"backup", N_("backup"), PART_HISTORY},
	[ROLLSTAT_LINK_ZONE] = {"time-zone", N_("time zone"), PART_MACHINE},
	[ROLLSTAT_LINK_CLOCK] = {"clock", N_("clock"), PART_MACHINE},
	[ROLLSTAT_LINK_TERMINAL] = {"terminal", N_("terminal"), PART_MACHINE},
};
G_STATIC_ASSERT(G_N_ELEMENTS(abouts) == ROLLSTAT_LINKS);

static const char *const part_titles[] = {N_("Bluetooth"), N_("rollerd"), N_("Sensor"),
					  N_("History"), N_("This machine")};

static const struct {
	const char *name, *word;
	RollstatInk ink;
} verdicts[] = {
	[ROLLSTAT_VERDICT_FINE] = {"fine", N_("fine"), ROLLSTAT_INK_GREEN},
	[ROLLSTAT_VERDICT_ATTENTION] = {"attention", N_("attention"), ROLLSTAT_INK_YELLOW},
	[ROLLSTAT_VERDICT_BROKEN] = {"broken", N_("broken"), ROLLSTAT_INK_RED},
	[ROLLSTAT_VERDICT_UNKNOWN] = {"unknown", N_("unknown"), ROLLSTAT_INK_DIM},
};
G_STATIC_ASSERT(G_N_ELEMENTS(verdicts) == ROLLSTAT_VERDICTS);

const char *
rollstat_finding_get_link_name(RollstatLink link)
{
	return abouts[link].name;
}

const char *
rollstat_finding_get_verdict_name(RollstatVerdict verdict)
{
	return verdicts[verdict].name;
}

const char *
rollstat_finding_get_title(RollstatLink link)
{
	return _(abouts[link].title);
}

void
rollstat_finding_free(RollstatFinding *finding)
{
	g_free(finding->sensor);
	g_free(finding->label);
	g_free(finding->detail);
	g_free(finding->mend);
	g_free(finding);
}

guint
rollstat_finding_count(const GPtrArray *findings, RollstatVerdict verdict)
{
	guint n = 0;
	for (guint i = 0; i < findings->len; i++)
		n += ((const RollstatFinding *)findings->pdata[i])->verdict == verdict;
	return n;
}

static void
append_heading(const RollstatView *view, const RollstatFinding *finding, GString *out)
{
	const char *part = _(part_titles[abouts[finding->link].part]);
	g_autofree char *with = finding->label == NULL
					? g_strdup(part)
					: g_strdup_printf("%s %s", part, finding->label);
	g_autofree char *title = rollstat_style_dup_clean(&view->style, with);
	if (out->len > 0)
		g_string_append_c(out, '\n');
	rollstat_style_append(&view->style, out, ROLLSTAT_INK_BOLD, title);
	g_string_append_c(out, '\n');
}

/* A paragraph whose first line goes on where out stands, indent columns from the left. */
static void
append_rest(const RollstatView *view, guint indent, const char *text, GString *out)
{
	g_autofree char *lead = g_strnfill(indent, ' ');
	g_autofree char *clean = rollstat_style_dup_clean(&view->style, text);
	g_autoptr(GString) note = g_string_new(NULL);
	rollstat_style_append_note(&view->style, note, ROLLSTAT_INK_PLAIN, lead, clean);
	g_string_append(out, note->str + indent);
}

/* Whether it can be typed as it stands, and parted between any two words. */
static gboolean
is_command(const char *line)
{
	static const char *const programs[] = {"sudo",	   "systemctl",	 "rollstat", "bluetoothctl",
					       "loginctl", "journalctl", "ls",	     NULL};
	g_auto(GStrv) words = g_strsplit(line, " ", -1);
	g_auto(GStrv) arguments = NULL;
	int n_arguments = 0;
	return g_strv_contains(programs, words[0]) &&
	       g_shell_parse_argv(line, &n_arguments, &arguments, NULL) &&
	       (guint)n_arguments == g_strv_length(words);
}

/* Where it takes more than a line, the shell is told so: a part of it alone does something else. */
static void
append_command(const RollstatView *view, guint indent, const char *line, GString *out)
{
	RollstatView narrow = *view;
	g_autoptr(GString) text = g_string_new(NULL);
	narrow.style.width -= 2;
	append_rest(&narrow, indent, line, text);
	g_string_truncate(text, text->len - 1);
	g_string_replace(text, "\n", " \\\n", 0);
	g_string_append_printf(out, "%s\n", text->str);
}

static void
append_finding(const RollstatView *view, const RollstatFinding *finding, GString *out)
{
	gboolean is_wide = view->style.width >= WIDE;
	guint indent = is_wide ? 2 + VERDICT_COLUMNS + 2 + TITLE_COLUMNS : 4;
	g_string_append(out, "  ");
	RollstatCell verdict = {.text = _(verdicts[finding->verdict].word),
				.columns = VERDICT_COLUMNS,
				.ink = verdicts[finding->verdict].ink};
	RollstatCell title = {.text = rollstat_finding_get_title(finding->link),
			      .columns = is_wide ? TITLE_COLUMNS : 0};
	rollstat_style_append_cell(&view->style, out, &verdict);
	g_string_append(out, "  ");
	rollstat_style_append_cell(&view->style, out, &title);
	if (!is_wide)
		g_string_append(out, "\n    ");
	append_rest(view, indent, finding->detail, out);
	if (finding->mend == NULL)
		return;
	g_auto(GStrv) lines = g_strsplit(finding->mend, "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++) {
		g_string_append_printf(out, "%*s> ", (int)indent, "");
		if (is_command(lines[i]))
			append_command(view, indent + 2, lines[i], out);
		else
			append_rest(view, indent + 2, lines[i], out);
	}
}

static const RollstatFinding *
find_first(const GPtrArray *findings, RollstatVerdict verdict)
{
	for (guint i = 0; i < findings->len; i++) {
		const RollstatFinding *finding = findings->pdata[i];
		if (finding->verdict == verdict)
			return finding;
	}
	return NULL;
}

static void
append_sum(const RollstatView *view, const GPtrArray *findings, GString *out)
{
	guint n_broken = rollstat_finding_count(findings, ROLLSTAT_VERDICT_BROKEN);
	guint n_attention = rollstat_finding_count(findings, ROLLSTAT_VERDICT_ATTENTION);
	guint n_unknown = rollstat_finding_count(findings, ROLLSTAT_VERDICT_UNKNOWN);
	guint n_fine = findings->len - n_broken - n_attention - n_unknown;
	const RollstatFinding *first = find_first(findings, ROLLSTAT_VERDICT_BROKEN);
	g_autofree char *sum = g_strdup_printf(
		/* How many links: no number changes the words. */
		_("Broken: %u. Attention: %u. Fine: %u. Unknown: %u."), n_broken, n_attention,
		n_fine, n_unknown);
	g_autofree char *next =
		first == NULL ? g_strdup(n_unknown > 0 ? _("Nothing that can be told is broken.")
						       : _("Nothing is broken."))
			      : g_strdup_printf(_("Begin with the first that is broken (%s); what "
						  "follows may hang on it. Then ask again."),
						rollstat_finding_get_title(first->link));
	g_string_append_c(out, '\n');
	rollstat_style_append_note(&view->style, out,
				   first != NULL ? ROLLSTAT_INK_RED : ROLLSTAT_INK_BOLD, "", sum);
	rollstat_style_append_note(&view->style, out, ROLLSTAT_INK_PLAIN, "", next);
}

void
rollstat_finding_render_all(const RollstatView *view, const GPtrArray *findings, GString *out)
{
	const RollstatFinding *before = NULL;
	for (guint i = 0; i < findings->len; i++) {
		const RollstatFinding *finding = findings->pdata[i];
		if (before == NULL || abouts[before->link].part != abouts[finding->link].part ||
		    g_strcmp0(before->sensor, finding->sensor) != 0)
			append_heading(view, finding, out);
		append_finding(view, finding, out);
		before = finding;
	}
	append_sum(view, findings, out);
}

void
rollstat_finding_append_json(const GPtrArray *findings, GString *out)
{
	RollstatTable table = rollstat_table_begin(out, FALSE);
	for (guint i = 0; i < findings->len; i++) {
		const RollstatFinding *finding = findings->pdata[i];
		json_object *row = json_object_new_object();
		json_object_object_add(
			row, "link",
			rollstat_json_new_text(rollstat_finding_get_link_name(finding->link)));
		json_object_object_add(row, "sensor", rollstat_json_new_text(finding->sensor));
		json_object_object_add(row, "verdict",
				       rollstat_json_new_text(rollstat_finding_get_verdict_name(
					       finding->verdict)));
		json_object_object_add(row, "detail", rollstat_json_new_text(finding->detail));
		json_object_object_add(row, "mend", rollstat_json_new_text(finding->mend));
		rollstat_table_add(&table, row);
	}
	rollstat_table_end(&table);
}
