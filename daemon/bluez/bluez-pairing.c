/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-pairing.h"

#define AGENT_PATH "/rollerd/agent"
#define AGENT_MANAGER "org.bluez.AgentManager1"

static const char introspection[] =
	"<node>"
	" <interface name='org.bluez.Agent1'>"
	"  <method name='Release'/>"
	"  <method name='Cancel'/>"
	"  <method name='RequestAuthorization'><arg type='o' direction='in'/></method>"
	"  <method name='RequestConfirmation'>"
	"   <arg type='o' direction='in'/><arg type='u' direction='in'/></method>"
	"  <method name='RequestPinCode'>"
	"   <arg type='o' direction='in'/><arg type='s' direction='out'/></method>"
	"  <method name='RequestPasskey'>"
	"   <arg type='o' direction='in'/><arg type='u' direction='out'/></method>"
	"  <method name='DisplayPinCode'>"
	"   <arg type='o' direction='in'/><arg type='s' direction='in'/></method>"
	"  <method name='DisplayPasskey'>"
	"   <arg type='o' direction='in'/><arg type='u' direction='in'/><arg type='q' "
	"direction='in'/>"
	"  </method>"
	"  <method name='AuthorizeService'>"
	"   <arg type='o' direction='in'/><arg type='s' direction='in'/></method>"
	" </interface>"
	"</node>";

struct RollBluezPairing {
	GDBusConnection *bus; /* as long as the agent is exported on it */
	char *owner;	      /* bluetoothd's unique name then */
	char *path;
	RollBluezPaired done;
	void *user;
	guint agent_id;
	gboolean is_agent;   /* bluetoothd was told of the agent */
	gboolean is_pairing; /* Pair is under way */
	GCancellable *cancellable;
	GSource *timer;
};

/* The agent. */

static gboolean
is_allowed(const RollBluezPairing *pairing, const char *sender, const char *method,
	   GVariant *arguments)
{
	const char *path;

	if (!pairing->is_pairing || g_strcmp0(sender, pairing->owner) != 0 ||
	    !g_str_equal(method, "RequestAuthorization"))
		return FALSE;
	g_variant_get(arguments, "(&o)", &path);
	return g_str_equal(path, pairing->path);
}

static void
answer(GDBusConnection *bus, const char *sender, const char *object, const char *interface,
       const char *method, GVariant *arguments, GDBusMethodInvocation *invocation,
       gpointer user_data)
{
	const RollBluezPairing *pairing = user_data;

	(void)bus;
	(void)object;
	(void)interface;
	if (g_str_equal(method, "Release") || g_str_equal(method, "Cancel") ||
	    is_allowed(pairing, sender, method, arguments)) {
		g_dbus_method_invocation_return_value(invocation, NULL);
		return;
	}
	g_debug("refused %s of %s while pairing with %s", method, sender, pairing->path);
	g_dbus_method_invocation_return_dbus_error(invocation, "org.bluez.Error.Rejected",
						   "not what the person agreed to");
}

static const GDBusInterfaceVTable vtable = {.method_call = answer};

static guint
export_agent(RollBluezPairing *pairing)
{
	g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml(introspection, NULL);

	g_assert(node);
	return g_dbus_connection_register_object(pairing->bus, AGENT_PATH, node->interfaces[0],
						 &vtable, pairing, NULL, NULL);
}

/* The end. Without a callback a call asks for no answer: it is only sent. */

static void
send(const RollBluezPairing *pairing, const char *path, const char *interface, const char *method,
     GVariant *arguments)
{
	g_dbus_connection_call(pairing->bus, pairing->owner, path, interface, method, arguments,
			       NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

static void
withdraw(RollBluezPairing *pairing)
{
	g_cancellable_cancel(pairing->cancellable);
	if (pairing->timer)
		g_source_destroy(pairing->timer);
	g_clear_pointer(&pairing->timer, g_source_unref);
	if (pairing->is_pairing)
		send(pairing, pairing->path, ROLL_BLUEZ_DEVICE, "CancelPairing", NULL);
	if (pairing->is_agent)
		send(pairing, "/org/bluez", AGENT_MANAGER, "UnregisterAgent",
		     g_variant_new("(o)", AGENT_PATH));
	if (pairing->agent_id)
		g_dbus_connection_unregister_object(pairing->bus, pairing->agent_id);
	pairing->is_pairing = FALSE;
	pairing->is_agent = FALSE;
	pairing->agent_id = 0;
}

void
roll_bluez_pairing_free(RollBluezPairing *pairing)
{
	if (!pairing)
		return;
	withdraw(pairing);
	g_object_unref(pairing->cancellable);
	g_object_unref(pairing->bus);
	g_free(pairing->owner);
	g_free(pairing->path);
	g_free(pairing);
}

/* text NULL: it is paired. */
static void
finish(RollBluezPairing *pairing, const char *text)
{
	g_autoptr(GError) error =
		text ? g_error_new_literal(G_IO_ERROR, G_IO_ERROR_FAILED, text) : NULL;

	withdraw(pairing);
	pairing->done(pairing->user, error);
}

/* What each of bluetoothd's errors means to the person; NULL: what it says itself must do. */
static const char *
explain(const char *name, const char *message)
{
	static const struct {
		const char *name, *words;
	} known[] = {
		{"AuthenticationFailed",
		 "the sensor refused: bring it into its pairing mode (its manual says how; often "
		 "it "
		 "has to forget the machine that it was paired with first)"},
		{"AuthenticationRejected", "it was refused"},
		{"AuthenticationCanceled", "the sensor broke it off or went away"},
		{"AuthenticationTimeout", "timed out: the sensor did not answer"},
		{"ConnectionAttemptFailed", "it cannot be reached: bring it near"},
		{"InProgress", "another program is pairing with it"},
		{"NotReady", "the Bluetooth adapter is switched off: bluetoothctl power on"},
		{"DoesNotExist", "it is not near any more"},
		{"UnknownObject", "it is not near any more"},
	};

	for (gsize i = 0; name && i < G_N_ELEMENTS(known); i++)
		if (g_str_has_suffix(name, known[i].name))
			return known[i].words;
	return g_str_has_prefix(message, "le-connection-") ? "it cannot be reached: bring it near"
							   : NULL;
}

static void
take_pair_answer(GObject *bus, GAsyncResult *result, gpointer user_data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);
	g_autofree char *name = reply ? NULL : g_dbus_error_get_remote_error(error);
	RollBluezPairing *pairing = user_data;
	const char *words;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return; /* the pairing is freed */
	pairing->is_pairing = FALSE;
	if (reply || g_strcmp0(name, "org.bluez.Error.AlreadyExists") == 0) {
		finish(pairing, NULL);
		return;
	}
	g_dbus_error_strip_remote_error(error);
	words = explain(name, error->message);
	if (!words)
		words = error->message[0] != '\0' ? error->message : name;
	finish(pairing, words);
}

static gboolean
on_late(gpointer user_data)
{
	finish(user_data, "timed out: no result");
	return G_SOURCE_REMOVE;
}

static void
take_agent_answer(GObject *bus, GAsyncResult *result, gpointer user_data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);
	g_autofree char *text = NULL;
	RollBluezPairing *pairing = user_data;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return; /* the pairing is freed */
	if (!reply) {
		pairing->is_agent = FALSE;
		g_dbus_error_strip_remote_error(error);
		text = g_strdup_printf("bluetoothd takes no agent: %s", error->message);
		finish(pairing, text);
		return;
	}
	pairing->is_pairing = TRUE;
	/* The limit is ours: D-Bus's own would only leave bluetoothd trying unseen. */
	g_dbus_connection_call(pairing->bus, pairing->owner, pairing->path, ROLL_BLUEZ_DEVICE,
			       "Pair", NULL, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, G_MAXINT,
			       pairing->cancellable, take_pair_answer, pairing);
}

RollBluezPairing *
roll_bluez_pairing_new(const RollBluezHost *host, const char *device_path, RollBluezPaired done,
		       void *user)
{
	RollBluezPairing *pairing = g_new0(RollBluezPairing, 1);

	pairing->bus = g_object_ref(host->bus);
	pairing->owner = g_strdup(host->owner);
	pairing->path = g_strdup(device_path);
	pairing->done = done;
	pairing->user = user;
	pairing->cancellable = g_cancellable_new();
	pairing->agent_id = export_agent(pairing);
	pairing->is_agent = TRUE; /* from here on it is to be withdrawn */
	pairing->timer = g_timeout_source_new(host->timing->pair_ms);
	g_source_set_callback(pairing->timer, on_late, pairing, NULL);
	g_source_attach(pairing->timer, g_main_context_get_thread_default());
	g_dbus_connection_call(pairing->bus, pairing->owner, "/org/bluez", AGENT_MANAGER,
			       "RegisterAgent",
			       g_variant_new("(os)", AGENT_PATH, "NoInputNoOutput"), NULL,
			       G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, pairing->cancellable,
			       take_agent_answer, pairing);
	return pairing;
}
