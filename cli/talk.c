/* SPDX-License-Identifier: MIT */
#include "cli/talk.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

void
rollstat_talk_say(const RollstatTalk *talk, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	g_autofree char *text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	talk->say(talk->user, text);
}

RollstatAnswer
rollstat_talk_ask(const RollstatTalk *talk, const char *question, char **ret_text)
{
	talk->say(talk->user, question);
	g_autofree char *line = talk->hear(talk->user);
	*ret_text = NULL;
	if (line == NULL)
		return ROLLSTAT_ANSWER_END;
	g_strstrip(line);
	if (*line == '\0')
		return ROLLSTAT_ANSWER_ENTER;
	if (g_ascii_strcasecmp(line, "s") == 0)
		return ROLLSTAT_ANSWER_SKIP;
	if (g_ascii_strcasecmp(line, "q") == 0)
		return ROLLSTAT_ANSWER_QUIT;
	*ret_text = g_steal_pointer(&line);
	return ROLLSTAT_ANSWER_TEXT;
}

gboolean
rollstat_talk_is_yes(const char *text)
{
	const char *words[] = {"yes", _("yes")};
	if (text == NULL || !g_utf8_validate(text, -1, NULL))
		return FALSE;
	g_autofree char *answer = g_utf8_casefold(text, -1);
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
		g_autofree char *word = g_utf8_casefold(words[i], -1);
		g_autofree char *letter = g_utf8_substring(word, 0, 1);
		if (g_str_equal(answer, word) || g_str_equal(answer, letter))
			return TRUE;
	}
	return FALSE;
}

gboolean
rollstat_talk_read_number(const char *text, const char *unit, double *ret_value)
{
	g_autofree char *number = g_strdelimit(g_strdup(text), ",", '.');
	char *end = number + strspn(number, "+-.0123456789");
	g_autofree char *rest = g_strstrip(g_strdup(end));
	char *read = NULL;
	if (*rest != '\0' && g_ascii_strcasecmp(rest, unit) != 0)
		return FALSE;
	*end = '\0';
	*ret_value = g_ascii_strtod(number, &read);
	return read != number && *read == '\0' && isfinite(*ret_value);
}

RollstatAnswer
rollstat_talk_ask_number(const RollstatTalk *talk, const RollstatNumber *number, double *ret_value)
{
	for (;;) {
		g_autofree char *text = NULL;
		RollstatAnswer answer = rollstat_talk_ask(talk, _(number->question), &text);
		if (answer != ROLLSTAT_ANSWER_TEXT)
			return answer;
		if (rollstat_talk_read_number(text, number->unit, ret_value) &&
		    *ret_value >= number->least && *ret_value <= number->most)
			return answer;
		rollstat_talk_say(talk, _("That is no number from %g to %g."), number->least,
				  number->most);
	}
}

RollstatAnswer
rollstat_talk_wait(const RollstatTalk *talk, const char *question)
{
	for (;;) {
		g_autofree char *text = NULL;
		RollstatAnswer answer = rollstat_talk_ask(talk, question, &text);
		if (answer != ROLLSTAT_ANSWER_TEXT)
			return answer;
		rollstat_talk_say(talk, _("Enter alone goes on, s skips this step, q quits."));
	}
}
