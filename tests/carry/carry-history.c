/* SPDX-License-Identifier: MIT */
#include "tests/carry/carry-history.h"

/* What was received is what is not told: three values a recording are enough to see it. */
static const char received_sql[] =
	"INSERT INTO characteristic (id, uuid) VALUES "
	"(1, '00002a19-0000-1000-8000-00805f9b34fb'), (2, '00002a5b-0000-1000-8000-00805f9b34fb');"
	"INSERT INTO value SELECT id, 0, first_us, 1, x'57' FROM recording;"
	"INSERT INTO value SELECT id, 1, first_us + 100000, 2, x'0001c0ffee' FROM recording;"
	"INSERT INTO value SELECT id, 2, first_us + 200000, 2, x'0002c0ffee7f' FROM recording;"
	"UPDATE recording SET last_us = first_us + 200000;";

static const char said_sql[] =
	"INSERT INTO person VALUES ('anna', 45.5, NULL, 1773000000000001, 61.5),"
	" ('b\xc3\xa4r', NULL, 181.25, 1773000000000002, NULL);"
	"INSERT INTO goal VALUES (1, 'me', 'mid-thoracic', 'seconds', 90.0, 'day', "
	"1773000000000003);"
	"INSERT INTO exercise VALUES (1, 'me', 'cat-cow', 1773300000000000, 60.5),"
	" (2, 'anna', 'childs-pose', 1773400000000000, 45.0);"
	"INSERT INTO nickname VALUES (1, 'blue \"one\"', NULL);"
	"INSERT INTO amendment VALUES (2, 'anna', NULL);";

void
carry_history_make(const Scratch *scratch)
{
	MadeSession made = made_session_usual;
	g_autofree char *path = carry_history_dup_path(scratch, "a.db");
	g_autoptr(sqlite3) db = scratch_open(path, ROLL_DATABASE_WRITER);
	made.start_us = answer_get_t_us(2026, 3, 12, 7, 0);
	made.rolling_s = 16;
	made.hold_s = 4;
	made.hold_cm = 14.5;
	made_session_add(db, &made);
	made.kind = "bar";
	made.address = "C0:FF:EE:00:00:02";
	made.sensor_name = "Bar, long";
	made.has_counts = TRUE;
	made.has_sides = TRUE;
	made.start_us = answer_get_t_us(2026, 3, 14, 7, 12);
	made.rolling_s = 6;
	made_session_add(db, &made);
	scratch_run(db, received_sql);
	scratch_run(db, said_sql);
}

static char *
dup_replaced(const char *text, const char *old, const char *wanted)
{
	g_auto(GStrv) parts = g_strsplit(text, old, -1);
	return g_strjoinv(wanted, parts);
}

typedef struct {
	const char *typed;
	GString *said;
} Person;

static void
say(void *user, const char *line)
{
	g_string_append_printf(((Person *)user)->said, "%s\n", line);
}

static char *
hear(void *user)
{
	Person *person = user;
	char *line = g_strdup(person->typed);
	if (line != NULL)
		g_string_append_printf(person->said, "> %s\n", line);
	person->typed = NULL;
	return line;
}

Answer
carry_history_ask(const Scratch *scratch, const char *words, const char *typed)
{
	Person person = {.typed = typed, .said = g_string_new(NULL)};
	const RollstatTalk talk = {.say = say, .hear = hear, .user = &person, .is_terminal = TRUE};
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
	g_autofree char *there = dup_replaced(words, "DIR", scratch->folder);
	g_autofree char *line = g_strdup_printf("rollstat %s", there);
	g_auto(GStrv) arguments = g_strsplit(line, " ", -1);
	g_autoptr(GString) err = g_string_new(NULL);
	RollstatContext context = {.now_us = answer_get_t_us(2026, 3, 14, 20, 0),
				   .zone = zone,
				   .style = {.width = ROLLSTAT_WIDTH_USUAL, .has_utf8 = TRUE},
				   .talk = typed != NULL ? &talk : NULL};
	GString *out = person.said;
	Answer answer = {.status = rollstat_command_run(&context, arguments, out, err)};
	answer.out = dup_replaced(out->str, scratch->folder, "DIR");
	answer.err = dup_replaced(err->str, scratch->folder, "DIR");
	g_string_free(out, TRUE);
	return answer;
}

char *
carry_history_dup_path(const Scratch *scratch, const char *name)
{
	return g_build_filename(scratch->folder, name, NULL);
}
