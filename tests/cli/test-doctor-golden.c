/* SPDX-License-Identifier: MIT
 *
 * What rollstat doctor shows, in full, against the files of golden/: of a machine where all is well, and of one where much is
 * not. After a wanted change: build/tests/cli/test-doctor-golden --update && git diff tests/cli/golden
 * With --german it shows those in German alone: GLib decides once whether to translate.
 */
#include "cli/doctor/diagnosis.h"
#include "tests/cli/doctor-facts.h"
#include "tests/cli/golden-file.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#define ILL                                                                                        \
	"soft=1 powered=0 minor=50 unit.file=disabled lingering=0 unit.restarts=2 version=0.0.9 "  \
	"trouble=the_Bluetooth_adapter_is_switched_off:_bluetoothctl_power_on "                    \
	"config-fault=rollerd.conf:2:_[roller]_radus_cm=7:_no_such_key link=silent asks=1 "        \
	"lost=100 drift=nan battery=4 checked=0 writable=0 free=1500000 backup=0 has-zone=0 "      \
	"clock=NOBODY terminal=0"

/* Just installed, on a machine without an adapter. */
#define FRESH                                                                                      \
	"radios=0 adapters=0 adapter= bluez=NOBODY major=0 bluetooth.load=loaded "                 \
	"bluetooth.active=inactive own=NOBODY unit.active=inactive unit.file=disabled "            \
	"lingering=0 config-there=0 there=0 sessions=0 last=0 backup=0"

typedef struct {
	const char *name, *changes;
	RollstatStyle style;
	gboolean is_json, is_german;
} Golden;

static const Golden goldens[] = {
	{"doctor", "", {.width = 80, .has_utf8 = TRUE}, FALSE, FALSE},
	{"doctor-json", "", {.width = 80, .has_utf8 = TRUE}, TRUE, FALSE},
	{"doctor-ill", ILL, {.width = 80, .has_utf8 = TRUE}, FALSE, FALSE},
	{"doctor-ill-ascii", ILL, {.width = 80}, FALSE, FALSE},
	{"doctor-ill-colour",
	 ILL,
	 {.width = 80, .has_utf8 = TRUE, .has_colour = TRUE},
	 FALSE,
	 FALSE},
	{"doctor-ill-tiny", ILL, {.width = 40}, FALSE, FALSE},
	{"doctor-fresh", FRESH, {.width = 80, .has_utf8 = TRUE}, FALSE, FALSE},
	{"doctor-ill-json", ILL, {.width = 80, .has_utf8 = TRUE}, TRUE, FALSE},
	{"doctor-odd-names",
	 "link=absent\033[31m adapter=hci0\a detail=B\xc3\xb6se\033]0;x",
	 {.width = 80},
	 FALSE,
	 FALSE},
	{"doctor-german", "", {.width = 80, .has_utf8 = TRUE}, FALSE, TRUE},
	{"doctor-ill-german", ILL, {.width = 80, .has_utf8 = TRUE}, FALSE, TRUE},
};

static void
check_lines(const Golden *golden, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++) {
		g_assert_true(g_utf8_validate(lines[i], -1, NULL));
		g_assert_true(golden->style.has_utf8 || g_str_is_ascii(lines[i]));
		g_assert_false(g_str_has_suffix(lines[i], " "));
		g_assert_true(golden->style.has_colour || strchr(lines[i], '\033') == NULL);
		/* A path is not parted. */
		g_autofree char *bare = g_strstrip(g_strdup(lines[i]));
		if (!golden->is_json && !golden->style.has_colour && strchr(bare, ' ') != NULL)
			g_assert_cmpuint(rollstat_style_measure(lines[i]), <=, golden->style.width);
	}
}

static void
test_golden(gconstpointer data)
{
	const Golden *golden = data;
	g_auto(RollstatFacts) facts = {0};
	g_autoptr(GString) out = g_string_new(NULL);
	RollstatView view = {.style = golden->style};
	doctor_facts_init(&facts);
	doctor_facts_change(&facts, golden->changes);
	g_autoptr(GPtrArray) findings = rollstat_judge(&facts);
	if (golden->is_json)
		rollstat_finding_append_json(findings, out);
	else
		rollstat_finding_render_all(&view, findings, out);
	check_lines(golden, out->str);
	golden_file_check(GOLDEN_FOLDER, golden->name, out->str);
}

int
main(int argc, char **argv)
{
	golden_file_init(&argc, argv);
	gboolean is_german = argc > 1 && g_str_equal(argv[1], "--german");
	argc = is_german ? 1 : argc;
	if (is_german) {
		g_setenv("LANGUAGE", "de", TRUE);
		g_assert_nonnull(setlocale(LC_CTYPE, "C.UTF-8"));
		g_assert_nonnull(setlocale(LC_MESSAGES, "C.UTF-8"));
		bindtextdomain(GETTEXT_PACKAGE, CATALOGUES);
		bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
		textdomain(GETTEXT_PACKAGE);
	}
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(goldens); i++) {
		if (goldens[i].is_german != is_german)
			continue;
		g_autofree char *path = g_strdup_printf("/doctor-golden/%s", goldens[i].name);
		g_test_add_data_func(path, &goldens[i], test_golden);
	}
	return g_test_run();
}
