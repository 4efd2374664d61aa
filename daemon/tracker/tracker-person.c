/* SPDX-License-Identifier: MIT */
#include "daemon/tracker/tracker-person.h"

#include "daemon/store/store-person.h"

#include <math.h>

gboolean
roll_tracker_find_person(RollStore *store, const RollConfig *config, const RollRecordingRow *row,
			 RollPerson *ret_person, GError **error)
{
	RollPerson own = roll_config_get_person(config);
	const char *name = row->amended ? row->amended : row->person;
	double spine_m = NAN, stature_m = NAN;

	if (!name)
		name = own.name;
	if (!roll_store_get_person(store, name, &spine_m, &stature_m, error))
		return FALSE;
	*ret_person = roll_config_get_other_person(config, name, spine_m, stature_m);
	return TRUE;
}

gboolean
roll_tracker_choose_person(const RollTracker *tracker, RollRecordingRow *row, GError **error)
{
	return !tracker->is_live || roll_store_get_choice(tracker->store, &row->person, error);
}

gboolean
roll_tracker_read_amendments(const RollTracker *tracker, const RollTracked *sensor, GError **error)
{
	for (guint i = 0; i < sensor->recordings->len; i++) {
		RollRecording *recording = sensor->recordings->pdata[i];

		if (!recording->reading)
			continue;
		/* Before its session begins, whoever is chosen may change, or be called otherwise. */
		if (recording->row.is_open && recording->row.session == 0 &&
		    !roll_tracker_choose_person(tracker, &recording->row, error))
			return FALSE;
		if (!roll_store_get_amendment(tracker->store, &recording->row, error))
			return FALSE;
	}
	return TRUE;
}
