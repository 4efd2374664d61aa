/* SPDX-License-Identifier: MIT */
#include "daemon/program-trouble.h"

#include "daemon/notify.h"
#include "daemon/report.h"

void
rollerd_condition_init(RollerdCondition *condition)
{
	*condition = (RollerdCondition){0};
	condition->links = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void
rollerd_condition_clear(RollerdCondition *condition)
{
	g_clear_pointer(&condition->links, g_hash_table_unref);
	g_clear_pointer(&condition->line, g_free);
	g_clear_pointer(&condition->store, g_free);
	g_clear_pointer(&condition->source, g_free);
}

/* What is wrong, all in one line; NULL: nothing. Given. */
static char *
dup_trouble(const RollerdCondition *condition)
{
	if (condition->store && condition->source)
		return g_strdup_printf("%s; %s", condition->store, condition->source);
	return g_strdup(condition->store ? condition->store : condition->source);
}

static void
tell(const RollerdCondition *condition, RollBus *bus)
{
	g_autofree char *trouble = dup_trouble(condition);

	if (trouble)
		rollerd_notify_status(trouble);
	else
		rollerd_notify_status(condition->line ? condition->line : "");
	if (bus)
		roll_bus_set_trouble(bus, trouble);
}

static void
replace(char **text, const char *with)
{
	char *copy = g_strdup(with);

	g_free(*text);
	*text = copy;
}

void
rollerd_condition_set_line(RollerdCondition *condition, const char *line)
{
	replace(&condition->line, line);
	tell(condition, NULL);
}

void
rollerd_condition_set_store(RollerdCondition *condition, const char *text, RollBus *bus)
{
	if (g_strcmp0(text, condition->store) == 0)
		return;
	replace(&condition->store, text);
	rollerd_report_trouble(text);
	tell(condition, bus);
}

void
rollerd_condition_set_source(RollerdCondition *condition, const char *text, RollBus *bus)
{
	if (g_strcmp0(text, condition->source) == 0)
		return;
	replace(&condition->source, text);
	rollerd_report_source(text);
	tell(condition, bus);
}

void
rollerd_condition_take_link(RollerdCondition *condition, const RollSensorStatus *status)
{
	RollLink before = GPOINTER_TO_INT(g_hash_table_lookup(condition->links, status->address));
	g_autofree char *line = NULL;

	if (status->link == before)
		return;
	rollerd_report_link(status, before);
	g_hash_table_insert(condition->links, g_strdup(status->address),
			    GINT_TO_POINTER(status->link));
	line = g_strdup_printf("%s %s", status->name ? status->name : status->address,
			       roll_link_get_name(status->link));
	rollerd_condition_set_line(condition, line);
}
