/* SPDX-License-Identifier: MIT */
#include "cli/doctor/facts.h"

static gboolean
is_active(const RollstatUnitFacts *unit)
{
	return g_strcmp0(unit->active, "active") == 0 ||
	       g_strcmp0(unit->active, "activating") == 0 || g_strcmp0(unit->active, "failed") == 0;
}

static gboolean
is_enabled(const RollstatUnitFacts *unit)
{
	return unit->file != NULL && g_str_has_prefix(unit->file, "enabled");
}

/* A daemon that refuses to talk is there all the same. */
static gboolean
is_met(const RollstatDaemonFacts *daemon)
{
	return daemon->answer == ROLLSTAT_REPLY_GIVEN || daemon->answer == ROLLSTAT_REPLY_REFUSED ||
	       daemon->answer == ROLLSTAT_REPLY_LATE;
}

gboolean
rollstat_facts_is_system(const RollstatServiceFacts *service)
{
	const RollstatDaemonFacts *own = &service->own, *system = &service->system;
	if (service->is_system_wanted)
		return TRUE;
	if (is_met(own) || is_met(system))
		return !is_met(own);
	if (is_active(&own->unit) || is_active(&system->unit))
		return !is_active(&own->unit);
	if (is_enabled(&own->unit) || is_enabled(&system->unit))
		return !is_enabled(&own->unit);
	return service->has_system_history && !service->has_own_history;
}

const RollstatDaemonFacts *
rollstat_facts_get_daemon(const RollstatServiceFacts *service)
{
	return rollstat_facts_is_system(service) ? &service->system : &service->own;
}

static void
clear_unit(RollstatUnitFacts *unit)
{
	g_free(unit->load);
	g_free(unit->active);
	g_free(unit->sub);
	g_free(unit->file);
	g_free(unit->result);
}

void
rollstat_facts_clear(RollstatFacts *facts)
{
	g_free(facts->bluetooth.adapter);
	clear_unit(&facts->service.own.unit);
	clear_unit(&facts->service.system.unit);
	clear_unit(&facts->service.bluetooth);
	rollstat_status_free(facts->service.own.status);
	rollstat_status_free(facts->service.system.status);
	g_free(facts->service.config);
	g_free(facts->service.config_fault);
	g_free(facts->database.path);
	g_free(facts->database.open_fault);
	g_free(facts->database.damage);
	g_free(facts->database.heard);
	g_free(facts->database.kept);
	g_free(facts->database.hidden);
	g_free(facts->machine.zone);
	g_free(facts->machine.term);
	*facts = (RollstatFacts){0};
}
