/* SPDX-License-Identifier: MIT
 *
 * The configuration: what it refuses, and how it says so.
 */
#include "daemon/config/config.h"

#include <glib/gstdio.h>
#include <string.h>

#define SENSOR "C0:FF:EE:00:00:01"

typedef struct {
	const char *name;
	const char *text;
	const char *message; /* must be told, after FILE */
} Refusal;

/* Loads text from a file of its own; *ret_message: its error's message, after the file's name. */
static RollConfig *
load(const char *text, gssize n_chars, char **ret_message)
{
	g_autofree char *folder = g_dir_make_tmp("rollerd-config-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "rollerd.conf", NULL);
	g_autoptr(GError) error = NULL;
	RollConfig *config = NULL;

	g_assert_true(g_file_set_contents(path, text, n_chars, NULL));
	config = roll_config_load(path, &error);
	g_assert_true((config == NULL) == (error != NULL));
	if (error) {
		const char *at = strstr(error->message, path);

		g_assert_error(error, ROLL_CONFIG_ERROR, ROLL_CONFIG_ERROR_INVALID);
		g_assert_nonnull(at);
		*ret_message = g_strdup(at + strlen(path));
	}
	g_unlink(path);
	g_rmdir(folder);
	return config;
}

static void
check_refusal(const void *data)
{
	const Refusal *refusal = data;
	g_autofree char *message = NULL;
	g_autoptr(RollConfig) config = load(refusal->text, -1, &message);

	g_assert_null(config);
	g_assert_cmpstr(message, ==, refusal->message);
}

static const Refusal refusals[] = {
	{"unknown-section", "[person]\n[rollr]\n",
	 ":2: [rollr]: no such section; allowed are [person], [session], [bluetooth], [roller], "
	 "[sensor ADDRESS] and [zones]"},
	{"unknown-key", "[roller]\n\nradus_cm=7\n",
	 ":3: [roller] radus_cm=7: no such key; allowed are kind, radius_cm, start, mount, axis, "
	 "marker, "
	 "head_end_cm, loaded_n"},
	{"key-of-other-section", "[person]\ngap_min=5",
	 ":2: [person] gap_min=5: no such key; allowed are name, stature_cm, spine_cm, weight_kg"},
	{"radius-too-small", "[roller]\nradius_cm=0.9\n",
	 ":2: [roller] radius_cm=0.9: allowed is 1 to 30 (centimetres)"},
	{"radius-too-large", "[roller]\nradius_cm=30.1\n",
	 ":2: [roller] radius_cm=30.1: allowed is 1 to 30 (centimetres)"},
	{"radius-with-unit", "[roller]\nradius_cm=7.5 cm\n",
	 ":2: [roller] radius_cm=7.5 cm: allowed is 1 to 30 (centimetres)"},
	{"radius-comma", "[roller]\nradius_cm=7,5\n",
	 ":2: [roller] radius_cm=7,5: allowed is 1 to 30 (centimetres)"},
	{"radius-empty", "[roller]\nradius_cm=  # none\n",
	 ":2: [roller] radius_cm=: allowed is 1 to 30 (centimetres)"},
	{"radius-hex", "[roller]\nradius_cm=0x7\n",
	 ":2: [roller] radius_cm=0x7: allowed is 1 to 30 (centimetres)"},
	{"radius-nan", "[roller]\nradius_cm=nan\n",
	 ":2: [roller] radius_cm=nan: allowed is 1 to 30 (centimetres)"},
	{"kind", "[roller]\nkind=Roller\n", ":2: [roller] kind=Roller: allowed is roller or bar"},
	{"marker", "[roller]\nmarker=up\n", ":2: [roller] marker=up: allowed is neck or note"},
	{"hear", "[bluetooth]\nhear=none\n", ":2: [bluetooth] hear=none: allowed is all or known"},
	{"hear-empty", "[bluetooth]\nhear=\n", ":2: [bluetooth] hear=: allowed is all or known"},
	{"hear-elsewhere", "[session]\nhear=known\n",
	 ":2: [session] hear=known: no such key; allowed are gap_min"},
	{"unknown-key-of-bluetooth", "[bluetooth]\nlisten=all\n",
	 ":2: [bluetooth] listen=all: no such key; allowed are hear"},
	{"mount", "[roller]\nmount=up\n", ":2: [roller] mount=up: allowed is right or left"},
	{"axis", "[roller]\naxis=z\n", ":2: [roller] axis=z: allowed is +x, -x, +y, -y, +z or -z"},
	{"axis-empty", "[roller]\naxis=\n",
	 ":2: [roller] axis=: allowed is +x, -x, +y, -y, +z or -z"},
	{"start-level", "[roller]\nstart=T13\n",
	 ":2: [roller] start=T13: allowed is a level (C7, T1 to T12, L1 to L5) or -5 to 75 "
	 "(centimetres from C7)"},
	{"start-beyond-spine", "[roller]\nstart=46\n[person]\nspine_cm=40\n",
	 ":2: [roller] start=46: lies beyond the spine: allowed is at most 45.0, 5 cm below L5"},
	{"loaded", "[sensor " SENSOR "]\nloaded_n=0\n",
	 ":2: [sensor " SENSOR "] loaded_n=0: allowed is 1 to 500 (newtons)"},
	{"stature", "[person]\nstature_cm=1.75\n",
	 ":2: [person] stature_cm=1.75: allowed is 50 to 250 (centimetres)"},
	{"weight", "[person]\nweight_kg=7\n",
	 ":2: [person] weight_kg=7: allowed is 20 to 400 (kilograms)"},
	{"spine", "[person]\nspine_cm=71\n",
	 ":2: [person] spine_cm=71: allowed is 20 to 70 (centimetres from C7 to L5)"},
	{"gap", "[session]\ngap_min=0.5\n",
	 ":2: [session] gap_min=0.5: allowed is 1 to 60 (minutes)"},
	{"name", "[person]\nname=\n",
	 ":2: [person] name=: allowed is 1 to 63 bytes of printable text"},
	{"backslash", "[person]\nname=a\\nb\n",
	 ":2: [person] name=a\\nb: a backslash is not allowed, there are no escapes"},
	{"address-short", "[sensor C0:FF:EE:00:00]\n",
	 ":1: [sensor C0:FF:EE:00:00]: allowed is an address like [sensor C0:FF:EE:00:00:01]"},
	{"address-dashes", "[sensor C0-FF-EE-00-00-01]\n",
	 ":1: [sensor C0-FF-EE-00-00-01]: allowed is an address like [sensor C0:FF:EE:00:00:01]"},
	{"sensor-twice", "[sensor " SENSOR "]\n[sensor  c0:ff:ee:00:00:01]\n",
	 ":2: [sensor c0:ff:ee:00:00:01]: stands already in line 1"},
	{"section-twice", "[person]\n[roller]\n[person]\n",
	 ":3: [person]: stands already in line 1"},
	{"key-twice", "[person]\nname=a\nname=b\n",
	 ":3: [person] name=b: stands already in line 2"},
	{"no-section", "name=me\n", ":1: \"name=me\" stands before the first [section]"},
	{"no-bracket", "[person\n", ":1: \"[person\" has no closing bracket: allowed is [section]"},
	{"no-equals", "[person]\nname me\n",
	 ":2: [person]: \"name me\" is none of [section], key=value and # comment"},
	{"no-key", "[person]\n= me\n", ":2: [person] =me: there is no key before the \"=\""},
	{"zone-order", "[zones]\na=3;3\n",
	 ":2: [zones] a=3;3: allowed is from;to with -99 <= from < to <= 99 (centimetres from C7)"},
	{"zone-three", "[zones]\na=3;4;\n",
	 ":2: [zones] a=3;4;: allowed is from;to with -99 <= from < to <= 99 (centimetres from "
	 "C7)"},
	{"zone-overlap", "[zones]\nb=3;11\na=0;3.1\n",
	 ":3: [zones] a=0;3.1: overlaps zone \"b\": zones may touch, not overlap"},
	{"zone-within", "[zones]\nb=3;11\na=4;5\n",
	 ":3: [zones] a=4;5: overlaps zone \"b\": zones may touch, not overlap"},
	{"zone-name-long", "[zones]\nabcdefghijklmnopqrstuvwxyzabcdef=0;1\n",
	 ":2: [zones] abcdefghijklmnopqrstuvwxyzabcdef=0;1: a zone's name is 1 to 31 bytes of "
	 "letters, digits, blanks and -_."},
	{"zone-name-odd", "[zones]\na\tb=0;1\n",
	 ":2: [zones] a?b=0;1: a zone's name is 1 to 31 bytes of letters, digits, blanks and -_."},
	{"escape", "[person]\nname=\033[31mred\n",
	 ":2: [person] name=?[31mred: allowed is 1 to 63 bytes of printable text"},
	{"byte-order-mark", "\xef\xbb\xbf[person]\n",
	 ": it begins with a byte order mark; save it without one"},
	{"zones-empty", "[zones]\n# a=0;1\n",
	 ":1: [zones]: holds no zone: without the section, the default zones hold"},
	{"zones-many",
	 "[zones]\na=0;1\nb=1;2\nc=2;3\nd=3;4\ne=4;5\nf=5;6\ng=6;7\nh=7;8\ni=8;9\nj=9;10\nk=10;11\n"
	 "l=11;12\nm=12;13\n",
	 ":14: [zones] m=12;13: at most 12 zones are allowed"},
};

static void
test_binary(void)
{
	g_autofree char *message = NULL;
	g_autoptr(RollConfig) config = load("[person]\0\n", 10, &message);

	g_assert_null(config);
	g_assert_cmpstr(message, ==, ": it is not UTF-8 text");
}

static void
test_absent(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(RollConfig) config = roll_config_load("/nowhere/rollerd.conf", &error);

	g_assert_null(config);
	g_assert_error(error, ROLL_CONFIG_ERROR, ROLL_CONFIG_ERROR_ABSENT);
	g_assert_nonnull(strstr(error->message, "/nowhere/rollerd.conf"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(refusals); i++) {
		g_autofree char *name = g_strdup_printf("/config/refuses/%s", refusals[i].name);

		g_test_add_data_func(name, &refusals[i], check_refusal);
	}
	g_test_add_func("/config/refuses/binary", test_binary);
	g_test_add_func("/config/refuses/absent", test_absent);
	return g_test_run();
}
