/* SPDX-License-Identifier: MIT */
#include "tests/support/fake-pairing.h"

#include "tests/support/fake-bluez-inside.h"

void
fake_pairing_drop_agent(FakeBluez *fake)
{
	g_clear_pointer(&fake->agent_owner, g_free);
	g_clear_pointer(&fake->agent_path, g_free);
	g_clear_pointer(&fake->agent_capability, g_free);
}

static void
take_registration(FakeBluez *fake, GDBusMessage *message)
{
	if (fake->agent_owner) {
		fake_bluez_refuse(fake, message, "org.bluez.Error.AlreadyExists", "Already Exists");
		return;
	}
	fake->agent_owner = g_strdup(g_dbus_message_get_sender(message));
	g_variant_get(g_dbus_message_get_body(message), "(os)", &fake->agent_path,
		      &fake->agent_capability);
	fake_bluez_answer(fake, message, NULL);
}

gboolean
fake_pairing_call_manager(FakeBluez *fake, GDBusMessage *message)
{
	const char *method = g_dbus_message_get_member(message);

	if (g_str_equal(method, "RegisterAgent")) {
		take_registration(fake, message);
	} else if (g_str_equal(method, "UnregisterAgent")) {
		fake_pairing_drop_agent(fake);
		fake_bluez_answer(fake, message, NULL);
	} else {
		return FALSE;
	}
	return TRUE;
}

/* Pairing. */

static void
set_paired(FakeSensor *sensor, gboolean is_paired)
{
	sensor->is_paired = is_paired;
	fake_objects_set(&sensor->fake->objects, sensor->path, FAKE_DEVICE, "Paired",
			 g_variant_new_boolean(is_paired));
}

static void
end_pair(FakeSensor *sensor, const char *error, const char *text)
{
	GDBusMessage *call = g_steal_pointer(&sensor->pair);

	if (!call)
		return;
	if (error) {
		fake_bluez_refuse(sensor->fake, call, error, text);
	} else {
		sensor->is_replaced = FALSE;
		set_paired(sensor, TRUE);
		fake_bluez_answer(sensor->fake, call, NULL);
	}
	g_object_unref(call);
}

static void
ask(FakeBluez *fake, const char *method, const char *path)
{
	g_autoptr(GDBusMessage) call = g_dbus_message_new_method_call(
		fake->agent_owner, fake->agent_path, "org.bluez.Agent1", method);
	guint32 serial;

	g_clear_pointer(&fake->agent_answer, g_free);
	g_dbus_message_set_body(call, g_variant_new("(o)", path));
	g_dbus_connection_send_message(fake->bus, call, G_DBUS_SEND_MESSAGE_FLAGS_NONE, &serial,
				       NULL);
	fake->agent_serial = serial;
}

static FakeSensor *
find_pairing(FakeBluez *fake)
{
	for (guint i = 0; i < fake->sensors->len; i++) {
		FakeSensor *sensor = fake->sensors->pdata[i];

		if (sensor->pair)
			return sensor;
	}
	return NULL;
}

gboolean
fake_pairing_take_reply(FakeBluez *fake, GDBusMessage *reply)
{
	FakeSensor *sensor = find_pairing(fake);
	const char *error = g_dbus_message_get_error_name(reply);

	if (fake->agent_serial == 0 || g_dbus_message_get_reply_serial(reply) != fake->agent_serial)
		return FALSE;
	fake->agent_serial = 0;
	fake->agent_answer = g_strdup(error ? error : "yes");
	if (sensor && sensor->pairing != FAKE_PAIRING_HANGS)
		end_pair(sensor, error ? "org.bluez.Error.AuthenticationFailed" : NULL,
			 "Authentication Failed");
	return TRUE;
}

/* As bluetoothd does, it connects first. */
static void
pair(FakeSensor *sensor, GDBusMessage *message)
{
	FakeBluez *fake = sensor->fake;

	if (sensor->is_paired) {
		fake_bluez_refuse(fake, message, "org.bluez.Error.AlreadyExists", "Already Exists");
		return;
	}
	if (sensor->pair) {
		fake_bluez_refuse(fake, message, "org.bluez.Error.InProgress", "In Progress");
		return;
	}
	if (sensor->is_away) {
		fake_bluez_refuse(fake, message, "org.bluez.Error.ConnectionAttemptFailed",
				  "Page Timeout");
		return;
	}
	if (!sensor->is_connected)
		fake_sensor_connect_for(sensor, NULL);
	sensor->pair = g_object_ref(message);
	if (g_strcmp0(fake->agent_owner, g_dbus_message_get_sender(message)) != 0)
		end_pair(sensor, "org.bluez.Error.AuthenticationRejected", "no agent");
	else if (sensor->pairing == FAKE_PAIRING_WORKS)
		end_pair(sensor, NULL, NULL);
	else if (sensor->pairing == FAKE_PAIRING_FAILS)
		end_pair(sensor, "org.bluez.Error.AuthenticationFailed", "Authentication Failed");
	else if (sensor->pairing != FAKE_PAIRING_HANGS)
		ask(fake,
		    sensor->pairing == FAKE_PAIRING_ASKS ? "RequestAuthorization"
							 : "RequestPasskey",
		    sensor->path);
}

gboolean
fake_pairing_call_device(FakeSensor *sensor, GDBusMessage *message)
{
	const char *method = g_dbus_message_get_member(message);

	if (g_str_equal(method, "Pair")) {
		pair(sensor, message);
	} else if (g_str_equal(method, "CancelPairing")) {
		end_pair(sensor, "org.bluez.Error.AuthenticationCanceled",
			 "Authentication Canceled");
		fake_bluez_answer(sensor->fake, message, NULL);
	} else {
		return FALSE;
	}
	return TRUE;
}

gboolean
fake_pairing_is_locked(FakeSensor *sensor, GDBusMessage *message)
{
	if (sensor->lock == FAKE_LOCK_NONE || (sensor->is_paired && sensor->lock != FAKE_LOCK_CODE))
		return FALSE;
	if (sensor->lock == FAKE_LOCK_DROPS) {
		fake_sensor_remove(sensor);
		return TRUE;
	}
	if (sensor->lock == FAKE_LOCK_HIDES)
		fake_sensor_hide(sensor, NULL);
	if (sensor->lock == FAKE_LOCK_CUTS || sensor->lock == FAKE_LOCK_HIDES) {
		fake_sensor_drop(sensor);
		fake_bluez_refuse(sensor->fake, message, "org.bluez.Error.Failed",
				  "Operation failed with ATT error: 0x0e");
	} else {
		fake_bluez_refuse(sensor->fake, message, "org.bluez.Error.NotPermitted",
				  "Not paired");
	}
	return TRUE;
}

gboolean
fake_pairing_is_cut(const FakeSensor *sensor)
{
	return sensor->is_paired && sensor->is_replaced;
}

void
fake_pairing_end(FakeSensor *sensor)
{
	g_clear_object(&sensor->pair);
}

/* What a test asks and orders. */

void
fake_sensor_set_lock(FakeSensor *sensor, FakeLock lock)
{
	fake_bluez_lock(sensor->fake);
	sensor->lock = lock;
	fake_bluez_unlock(sensor->fake);
}

void
fake_sensor_set_pairing(FakeSensor *sensor, FakePairing pairing)
{
	fake_bluez_lock(sensor->fake);
	sensor->pairing = pairing;
	fake_bluez_unlock(sensor->fake);
}

gboolean
fake_sensor_is_paired(FakeSensor *sensor)
{
	gboolean is_paired;

	fake_bluez_lock(sensor->fake);
	is_paired = sensor->is_paired;
	g_rec_mutex_unlock(&sensor->fake->lock);
	return is_paired;
}

void
fake_sensor_set_paired(FakeSensor *sensor, gboolean is_paired)
{
	fake_bluez_lock(sensor->fake);
	set_paired(sensor, is_paired);
	fake_bluez_unlock(sensor->fake);
}

void
fake_sensor_replace(FakeSensor *sensor)
{
	fake_bluez_lock(sensor->fake);
	sensor->is_replaced = TRUE;
	fake_sensor_drop(sensor);
	fake_bluez_unlock(sensor->fake);
}

gboolean
fake_bluez_has_agent(FakeBluez *fake)
{
	g_autofree char *capability = fake_bluez_dup_capability(fake);

	return capability != NULL;
}

char *
fake_bluez_dup_capability(FakeBluez *fake)
{
	char *capability;

	fake_bluez_lock(fake);
	capability = g_strdup(fake->agent_capability);
	g_rec_mutex_unlock(&fake->lock);
	return capability;
}

void
fake_bluez_ask_agent(FakeBluez *fake, const char *method, const char *path)
{
	fake_bluez_lock(fake);
	g_assert_nonnull(fake->agent_owner);
	ask(fake, method, path);
	fake_bluez_unlock(fake);
}

char *
fake_bluez_dup_answer(FakeBluez *fake)
{
	char *answer;

	fake_bluez_lock(fake);
	answer = g_strdup(fake->agent_answer);
	g_rec_mutex_unlock(&fake->lock);
	return answer;
}
