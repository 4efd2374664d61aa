/* SPDX-License-Identifier: MIT */
#include "cli/page/markup.h"

void
rollstat_markup_append(GString *out, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	g_autofree char *text = g_markup_vprintf_escaped(format, values);
	va_end(values);
	g_string_append(out, text);
}

void
rollstat_markup_begin_picture(GString *out, const RollstatPicture *picture)
{
	rollstat_markup_append(
		out,
		"<svg id=\"%s\" viewBox=\"0 0 %u %u\" role=\"img\" "
		"aria-labelledby=\"%s-title %s-words\">\n"
		"<title id=\"%s-title\">%s</title>\n<desc id=\"%s-words\">%s</desc>\n",
		picture->id, picture->width, picture->height, picture->id, picture->id, picture->id,
		picture->title, picture->id, picture->words);
}

void
rollstat_markup_append_text(GString *out, RollstatPlace place, const char *text)
{
	static const char *const anchors[] = {"", " text-anchor=\"middle\"",
					      " text-anchor=\"end\""};
	g_string_append_printf(out, "<text x=\"%.1f\" y=\"%.1f\"%s", place.x, place.y,
			       anchors[place.anchor]);
	if (*place.style != '\0')
		rollstat_markup_append(out, " class=\"%s\"", place.style);
	rollstat_markup_append(out, ">%s</text>\n", text);
}

void
rollstat_markup_append_cut(GString *out, RollstatPlace place, const char *text, guint letters)
{
	if (g_utf8_strlen(text, -1) <= (glong)letters) {
		rollstat_markup_append_text(out, place, text);
		return;
	}
	g_autofree char *kept = g_utf8_substring(text, 0, (glong)letters - 1);
	g_autofree char *cut = g_strconcat(kept, "\xe2\x80\xa6", NULL);
	rollstat_markup_append_text(out, place, cut);
}

void
rollstat_markup_append_box(GString *out, const char *style, const double *left_top_right_bottom)
{
	const double *at = left_top_right_bottom;
	double width = at[2] - at[0], height = at[3] - at[1];
	if (width < 0.05 || height < 0.05)
		return;
	rollstat_markup_append(
		out, "<rect class=\"%s\" x=\"%.1f\" y=\"%.2f\" width=\"%.1f\" height=\"%.2f\"/>\n",
		style, at[0], at[1], width, height);
}

void
rollstat_markup_append_row(GString *out, const char *const *cells)
{
	rollstat_markup_append(out, "<tr><th scope=\"row\">%s</th>", cells[0]);
	for (guint i = 1; cells[i] != NULL; i++)
		rollstat_markup_append(out, "<td>%s</td>", cells[i]);
	g_string_append(out, "</tr>\n");
}

void
rollstat_markup_begin_table(GString *out, const char *caption, const char *const *heads)
{
	rollstat_markup_append(out, "<table>\n<caption>%s</caption>\n<thead><tr>", caption);
	for (guint i = 0; heads[i] != NULL; i++)
		rollstat_markup_append(out, "<th scope=\"col\">%s</th>", heads[i]);
	g_string_append(out, "</tr></thead>\n<tbody>\n");
}
