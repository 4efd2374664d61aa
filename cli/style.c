/* SPDX-License-Identifier: MIT */
#include "cli/style.h"
#include "cli/history/dose.h"

#include <langinfo.h>
#include <math.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	FACT_COLUMNS = 13,
};

/* A cell of the bar is so many seconds: 90 and 120 s fall on its edges. */
#define CELL_S 10.0

static guint
detect_width(int fd)
{
	guint64 columns = 0;
	const char *text = g_getenv("COLUMNS");
	struct winsize size;
	if (text == NULL || !g_ascii_string_to_unsigned(text, 10, 1, 10000, &columns, NULL))
		columns = ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
	if (columns == 0)
		columns = ROLLSTAT_WIDTH_USUAL;
	return (guint)CLAMP(columns, ROLLSTAT_WIDTH_LEAST, ROLLSTAT_WIDTH_MOST);
}

RollstatStyle
rollstat_style_detect(int fd)
{
	const char *no_colour = g_getenv("NO_COLOR"), *term = g_getenv("TERM");
	gboolean is_plain = no_colour != NULL && *no_colour != '\0';
	gboolean is_dumb = term == NULL || *term == '\0' || g_str_equal(term, "dumb");
	return (RollstatStyle){
		.width = detect_width(fd),
		.has_colour = isatty(fd) && !is_plain && !is_dumb,
		.has_utf8 = g_ascii_strcasecmp(nl_langinfo(CODESET), "UTF-8") == 0,
	};
}

/* Control characters, and those that turn the direction of writing. */
static gboolean
is_unfit(gunichar letter)
{
	GUnicodeType type = g_unichar_type(letter);
	return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
	       type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR ||
	       type == G_UNICODE_UNASSIGNED || type == G_UNICODE_PRIVATE_USE;
}

/* Nearly all texts are of such letters: a column each, and fit for every terminal. */
static gboolean
is_plain(gunichar letter)
{
	return letter >= ' ' && letter <= '~';
}

char *
rollstat_style_dup_clean(const RollstatStyle *style, const char *text)
{
	const char *plain = text;
	while (is_plain((guchar)*plain))
		plain++;
	if (*plain == '\0')
		return g_strdup(text);
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	GString *clean = g_string_new(NULL);
	for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar letter = g_utf8_get_char(at);
		gboolean is_foreign = letter >= 128 && !style->has_utf8;
		g_string_append_unichar(clean, is_unfit(letter) || is_foreign ? '?' : letter);
	}
	return g_string_free(clean, FALSE);
}

static guint
measure_letter(gunichar letter)
{
	if (is_plain(letter))
		return 1;
	if (g_unichar_iszerowidth(letter))
		return 0;
	return g_unichar_iswide(letter) ? 2 : 1;
}

guint
rollstat_style_measure(const char *text)
{
	guint columns = 0;
	for (; *text != '\0'; text = g_utf8_next_char(text))
		columns += measure_letter(g_utf8_get_char(text));
	return columns;
}

void
rollstat_style_append(const RollstatStyle *style, GString *out, RollstatInk ink, const char *text)
{
	static const char *const codes[] = {"", "1", "2", "32", "33", "34", "35", "31"};
	if (!style->has_colour || ink == ROLLSTAT_INK_PLAIN || *text == '\0')
		g_string_append(out, text);
	else
		g_string_append_printf(out, "\033[%sm%s\033[0m", codes[ink], text);
}

/* As much of a text as fits; the end says where something was cut. */
static char *
dup_cut(const RollstatStyle *style, const char *text, guint columns)
{
	guint used = 0;
	const char *end = text;
	for (; *end != '\0'; end = g_utf8_next_char(end)) {
		guint letter = measure_letter(g_utf8_get_char(end));
		if (used + letter > columns - 1)
			break;
		used += letter;
	}
	g_autofree char *kept = g_strndup(text, (gsize)(end - text));
	return g_strconcat(kept, style->has_utf8 ? "…" : "~", NULL);
}

static void
append_blanks(GString *out, guint n)
{
	for (guint i = 0; i < n; i++)
		g_string_append_c(out, ' ');
}

void
rollstat_style_append_cell(const RollstatStyle *style, GString *out, const RollstatCell *cell)
{
	if (cell->columns == 0) {
		rollstat_style_append(style, out, cell->ink, cell->text);
		return;
	}
	guint columns = rollstat_style_measure(cell->text);
	g_autofree char *cut = NULL;
	if (columns > cell->columns) {
		cut = dup_cut(style, cell->text, cell->columns);
		columns = rollstat_style_measure(cut);
	}
	guint spare = cell->columns - columns;
	append_blanks(out, cell->is_right ? spare : 0);
	rollstat_style_append(style, out, cell->ink, cut != NULL ? cut : cell->text);
	append_blanks(out, cell->is_right ? 0 : spare);
}

void
rollstat_style_append_note(const RollstatStyle *style, GString *out, RollstatInk ink,
			   const char *lead, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	g_autoptr(GString) line = g_string_new(lead);
	guint indent = rollstat_style_measure(lead), used = indent;
	for (guint i = 0; words[i] != NULL; i++) {
		guint columns = rollstat_style_measure(words[i]);
		gboolean is_first = used == indent;
		if (!is_first && used + 1 + columns > style->width) {
			rollstat_style_append(style, out, ink, line->str);
			g_string_append_c(out, '\n');
			g_string_printf(line, "%*s", (int)indent, "");
			used = indent;
			is_first = TRUE;
		}
		g_string_append_printf(line, "%s%s", is_first ? "" : " ", words[i]);
		used += columns + !is_first;
	}
	rollstat_style_append(style, out, ink, line->str);
	g_string_append_c(out, '\n');
}

void
rollstat_style_append_fact(const RollstatStyle *style, GString *out, const char *what,
			   const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	g_autofree char *clean = rollstat_style_dup_clean(style, value);
	g_autoptr(GString) lead = g_string_new("  ");
	rollstat_style_append_cell(style, lead,
				   &(RollstatCell){.text = what, .columns = FACT_COLUMNS});
	g_string_append_c(lead, ' ');
	rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, lead->str, clean);
}

void
rollstat_style_append_title(const RollstatStyle *style, GString *out, const char *left,
			    const char *right)
{
	guint used = rollstat_style_measure(left) + rollstat_style_measure(right);
	rollstat_style_append(style, out, ROLLSTAT_INK_BOLD, left);
	guint end = MAX(used + 2, MIN(style->width, ROLLSTAT_WIDTH_USUAL));
	if (end <= style->width)
		g_string_append_printf(out, "%*s", (int)(end - used), "");
	else
		g_string_append_c(out, '\n');
	g_string_append_printf(out, "%s\n", right);
}

static const char *
get_empty_cell(const RollstatStyle *style, guint cell)
{
	gboolean is_mark = cell == (guint)(ROLLSTAT_DOSE_LEAST_S / CELL_S) ||
			   cell == (guint)(ROLLSTAT_DOSE_MOST_S / CELL_S);
	if (!is_mark)
		return " ";
	return style->has_utf8 ? "┊" : "|";
}

/* A cell's filling, by eighths. */
static const char *
get_filling(const RollstatStyle *style, double eighths)
{
	static const char *const blocks[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
	if (style->has_utf8)
		return blocks[(guint)CLAMP(ceil(eighths), 0, 8)];
	return eighths >= 4 ? "#" : "";
}

void
rollstat_style_append_bar(const RollstatStyle *style, GString *out, RollstatInk ink, double value,
			  guint cells)
{
	g_autoptr(GString) bar = g_string_new(NULL);
	guint used = 0;
	for (; used < cells; used++) {
		const char *filling = get_filling(style, (value / CELL_S - used) * 8);
		if (*filling == '\0')
			break;
		gboolean is_beyond = used + 1 == cells && value > cells * CELL_S;
		g_string_append(bar, is_beyond ? (style->has_utf8 ? "▶" : ">") : filling);
	}
	rollstat_style_append(style, out, ink, bar->str);
	g_string_truncate(bar, 0);
	for (; used < cells; used++)
		g_string_append(bar, get_empty_cell(style, used));
	rollstat_style_append(style, out, ROLLSTAT_INK_DIM, bar->str);
}

char *
rollstat_style_dup_duration(double seconds)
{
	gint64 whole = rollstat_dose_get_whole_s(seconds);
	if (whole >= 3600)
		return g_strdup_printf("%" G_GINT64_FORMAT ":%02d:%02d", whole / 3600,
				       (int)(whole / 60 % 60), (int)(whole % 60));
	return g_strdup_printf("%d:%02d", (int)(whole / 60), (int)(whole % 60));
}

char *
rollstat_style_dup_short_duration(double seconds)
{
	int minutes = (int)(rollstat_dose_get_whole_s(seconds) / 60);
	if (minutes < 60)
		return rollstat_style_dup_duration(seconds);
	return minutes < 100 * 60 ? g_strdup_printf("%dh%02d", minutes / 60, minutes % 60)
				  : g_strdup_printf("%dh", minutes / 60);
}

char *
rollstat_style_dup_number(const RollstatStyle *style, double value, guint decimals)
{
	if (isnan(value))
		return g_strdup(rollstat_style_get_dash(style));
	return g_strdup_printf("%.*f", (int)decimals, value);
}

const char *
rollstat_style_get_dash(const RollstatStyle *style)
{
	return style->has_utf8 ? "–" : "-";
}

const char *
rollstat_style_get_mark(const RollstatStyle *style)
{
	return style->has_utf8 ? "▲" : "*";
}

const char *
rollstat_style_get_give_or_take(const RollstatStyle *style)
{
	return style->has_utf8 ? "±" : "+-";
}
