/* SPDX-License-Identifier: MIT
 *
 * The objects of a fake service: interfaces with properties, each shown or not, and the signals of
 * ObjectManager and Properties that tell their changes. Not locked: its owner does that.
 */
#pragma once

#include <gio/gio.h>

typedef struct {
	GDBusConnection *bus; /* borrowed; NULL: changes are not told */
	GHashTable *objects;  /* path -> (interface -> FakeInterface) */
} FakeObjects;

/* No objects; and no objects again. The table is its owner's to unref. */
void fake_objects_init(FakeObjects *objects);
void fake_objects_clear(FakeObjects *objects);

/* Sets a property and tells nobody; the interface comes to be, not shown, if it was not there.
 * value: floating or given. */
void fake_objects_put(FakeObjects *objects, const char *path, const char *interface,
		      const char *key, GVariant *value);

/* Sets properties (a{sv}, floating) and tells it in one signal, if the interface is shown. */
void fake_objects_change(FakeObjects *objects, const char *path, const char *interface,
			 GVariant *values);
/* One property. */
void fake_objects_set(FakeObjects *objects, const char *path, const char *interface,
		      const char *key, GVariant *value);
/* The property ceases to be. */
void fake_objects_unset(FakeObjects *objects, const char *path, const char *interface,
			const char *key);

/* Tells what is there from now on, or no longer. interface NULL: all of the object's. What is hidden
 * keeps its properties. */
void fake_objects_show(FakeObjects *objects, const char *path, const char *interface);
void fake_objects_hide(FakeObjects *objects, const char *path, const char *interface);
gboolean fake_objects_is_shown(const FakeObjects *objects, const char *path, const char *interface);

/* Shows no more, and tells nobody: this object and all below it. */
void fake_objects_drop(FakeObjects *objects, const char *path);

/* All that is shown: (a{oa{sa{sv}}}), floating. */
GVariant *fake_objects_build_all(const FakeObjects *objects);
