/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-crowd.h"

struct RollBluezCrowd {
	const RollBluezHost *host;
	GHashTable *sensors; /* address -> RollBluezSensor */
};

static void
free_sensor(gpointer data)
{
	roll_bluez_sensor_free(data);
}

RollBluezCrowd *
roll_bluez_crowd_new(const RollBluezHost *host)
{
	RollBluezCrowd *crowd = g_new0(RollBluezCrowd, 1);

	crowd->host = host;
	crowd->sensors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_sensor);
	return crowd;
}

void
roll_bluez_crowd_free(RollBluezCrowd *crowd)
{
	if (!crowd)
		return;
	g_hash_table_unref(crowd->sensors);
	g_free(crowd);
}

RollBluezSensor *
roll_bluez_crowd_add(RollBluezCrowd *crowd, const char *address, gboolean is_wanted)
{
	RollBluezSensor *sensor = g_hash_table_lookup(crowd->sensors, address);

	if (sensor)
		return sensor;
	sensor = roll_bluez_sensor_new(crowd->host, address, is_wanted);
	g_hash_table_insert(crowd->sensors, g_strdup(address), sensor);
	return sensor;
}

GHashTable *
roll_bluez_crowd_get_all(const RollBluezCrowd *crowd)
{
	return crowd->sensors;
}

void
roll_bluez_crowd_update(RollBluezCrowd *crowd)
{
	GHashTableIter iter;
	gpointer sensor;

	g_hash_table_iter_init(&iter, crowd->sensors);
	while (g_hash_table_iter_next(&iter, NULL, &sensor))
		roll_bluez_sensor_update(sensor);
}

void
roll_bluez_crowd_forget(RollBluezCrowd *crowd, const char *why)
{
	GHashTableIter iter;
	gpointer sensor;

	g_hash_table_iter_init(&iter, crowd->sensors);
	while (g_hash_table_iter_next(&iter, NULL, &sensor))
		roll_bluez_sensor_forget(sensor, why);
}

gboolean
roll_bluez_crowd_is_connecting(const RollBluezCrowd *crowd, const char *adapter)
{
	GHashTableIter iter;
	gpointer sensor;

	g_hash_table_iter_init(&iter, crowd->sensors);
	while (g_hash_table_iter_next(&iter, NULL, &sensor))
		if (roll_bluez_sensor_get_progress(sensor) == ROLL_PROGRESS_CONNECTING &&
		    roll_bluez_path_is_below(roll_bluez_sensor_get_path(sensor), adapter))
			return TRUE;
	return FALSE;
}

guint
roll_bluez_crowd_count_running(const RollBluezCrowd *crowd, gboolean *ret_is_busy)
{
	guint n_running = 0;
	GHashTableIter iter;
	gpointer sensor;

	*ret_is_busy = FALSE;
	g_hash_table_iter_init(&iter, crowd->sensors);
	while (g_hash_table_iter_next(&iter, NULL, &sensor)) {
		RollProgress progress = roll_bluez_sensor_get_progress(sensor);

		n_running += progress == ROLL_PROGRESS_RUNNING;
		*ret_is_busy |=
			progress == ROLL_PROGRESS_CONNECTING || progress == ROLL_PROGRESS_STARTING;
	}
	return n_running;
}

/* NULL: there is none, and the task is answered. */
static RollBluezSensor *
find(RollBluezCrowd *crowd, const char *address, GTask *task)
{
	RollBluezSensor *sensor = g_hash_table_lookup(crowd->sensors, address);

	if (sensor)
		return sensor;
	g_task_return_new_error(task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no sensor %s is known",
				address);
	g_object_unref(task);
	return NULL;
}

void
roll_bluez_crowd_command(RollBluezCrowd *crowd, const char *address, RollCommand command,
			 GTask *task)
{
	RollBluezSensor *sensor = find(crowd, address, task);

	if (sensor)
		roll_bluez_sensor_command(sensor, command, task);
}

/* The address of the sensor that is being paired; NULL: none is. */
static const char *
find_pairing(const RollBluezCrowd *crowd)
{
	GHashTableIter iter;
	gpointer address, sensor;

	g_hash_table_iter_init(&iter, crowd->sensors);
	while (g_hash_table_iter_next(&iter, &address, &sensor))
		if (roll_bluez_sensor_is_pairing(sensor))
			return address;
	return NULL;
}

void
roll_bluez_crowd_pair(RollBluezCrowd *crowd, const char *address, gboolean is_on, GTask *task)
{
	RollBluezSensor *sensor = find(crowd, address, task);
	const char *other = find_pairing(crowd);

	if (!sensor)
		return;
	if (is_on && other && !g_str_equal(other, address)) {
		g_task_return_new_error(task, G_IO_ERROR, G_IO_ERROR_BUSY,
					"%s is being paired: wait for its end", other);
		g_object_unref(task);
		return;
	}
	roll_bluez_sensor_pair(sensor, is_on, task);
}
