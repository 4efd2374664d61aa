/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-trouble.h"

struct RollBluezTrouble {
	const RollSink *sink;
	const RollBluezTiming *timing;
	const char *now;  /* the level; NULL: well */
	const char *told; /* as told last */
	GSource *timer;	  /* now is to be told */
};

RollBluezTrouble *
roll_bluez_trouble_new(const RollSink *sink, const RollBluezTiming *timing)
{
	RollBluezTrouble *trouble = g_new0(RollBluezTrouble, 1);

	trouble->sink = sink;
	trouble->timing = timing;
	return trouble;
}

static void
clear_timer(RollBluezTrouble *trouble)
{
	if (!trouble->timer)
		return;
	g_source_destroy(trouble->timer);
	g_clear_pointer(&trouble->timer, g_source_unref);
}

void
roll_bluez_trouble_free(RollBluezTrouble *trouble)
{
	if (!trouble)
		return;
	clear_timer(trouble);
	g_free(trouble);
}

static void
tell(RollBluezTrouble *trouble)
{
	if (g_strcmp0(trouble->now, trouble->told) == 0)
		return;
	trouble->told = trouble->now;
	if (trouble->sink->trouble)
		trouble->sink->trouble(trouble->sink->user, trouble->told);
}

static gboolean
on_timer(gpointer user_data)
{
	RollBluezTrouble *trouble = user_data;

	clear_timer(trouble);
	tell(trouble);
	return G_SOURCE_REMOVE;
}

void
roll_bluez_trouble_set(RollBluezTrouble *trouble, const char *text)
{
	if (g_strcmp0(text, trouble->now) == 0)
		return;
	trouble->now = text;
	clear_timer(trouble);
	if (!text) {
		tell(trouble);
		return;
	}
	trouble->timer = g_timeout_source_new(trouble->timing->trouble_ms);
	g_source_set_callback(trouble->timer, on_timer, trouble, NULL);
	g_source_attach(trouble->timer, g_main_context_get_thread_default());
}

void
roll_bluez_trouble_take(RollBluezTrouble *trouble, const RollBluezTree *tree)
{
	if (!roll_bluez_tree_has_adapter(tree, FALSE))
		roll_bluez_trouble_set(trouble, ROLL_TROUBLE_NO_ADAPTER);
	else if (!roll_bluez_tree_has_adapter(tree, TRUE))
		roll_bluez_trouble_set(trouble, ROLL_TROUBLE_ADAPTER_OFF);
	else
		roll_bluez_trouble_set(trouble, NULL);
}
