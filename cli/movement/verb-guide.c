/* SPDX-License-Identifier: MIT
 *
 * guide: the library of movements.
 */
#include "cli/movement/guide.h"
#include "cli/verbs.h"

/* One movement, or all of them (NULL), as rows. */
static void
append_rows(const RollstatRun *run, const RollstatMovement *movement)
{
	RollstatTable table = rollstat_table_begin(run->out, run->is_csv);
	for (guint i = 0; rollstat_movements[i] != NULL; i++) {
		if (movement != NULL && movement != rollstat_movements[i])
			continue;
		rollstat_table_add(&table,
				   run->is_csv ? rollstat_csv_new_movement(rollstat_movements[i])
					       : rollstat_json_new_movement(rollstat_movements[i]));
	}
	rollstat_table_end(&table);
}

static gboolean
run_guide(RollstatRun *run, GError **error)
{
	const RollstatMovement *movement = NULL;
	if (run->words[0] != NULL) {
		g_autofree char *name = g_strjoinv(" ", run->words);
		movement = rollstat_movement_require(name, error);
		if (movement == NULL)
			return FALSE;
	}
	if (run->is_csv || (run->is_json && movement == NULL))
		append_rows(run, movement);
	else if (run->is_json)
		rollstat_json_append(rollstat_json_new_movement(movement), run->out);
	else if (movement != NULL)
		rollstat_render_movement(&run->view.style, movement, run->out);
	else
		rollstat_render_movements(&run->view.style, run->out);
	return TRUE;
}

const RollstatVerb rollstat_verb_guide = {
	.name = "guide",
	.usage = "guide [MOVEMENT]",
	.what = N_("Movements for the upper back: what for, how, how long, cautions"),
	.help = N_(
		"MOVEMENT may have blanks, and be a beginning that fits one alone: chair-twist,\n"
		"chair twist, chair. Without it all are listed.\n"),
	.group = ROLLSTAT_GROUP_MOVEMENT,
	.takes = ROLLSTAT_TAKES_JSON | ROLLSTAT_TAKES_CSV,
	.most_words = 6,
	.run = run_guide,
};
