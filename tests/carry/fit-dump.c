/* SPDX-License-Identifier: MIT */
#include "tests/carry/fit-dump.h"
#include "protocol/fit.h"

#include <math.h>
#include <string.h>

enum {
	FIELDS_MAX = 64,
	FORM_BIT = 0x40,
	DEVELOPER_BIT = 0x20,
	KIND_BITS = 0x0f,
};

typedef struct {
	guint number, size, type;
	gboolean is_developer;
} Field;

typedef struct {
	guint message, n_fields;
	Field fields[FIELDS_MAX];
} Form;

typedef struct {
	RollReader reader;
	Form forms[ROLL_FIT_KINDS_MAX];
	guint types[256]; /* of the developer fields, by what was told of them */
	GString *out;
} Dump;

/* Three bytes a field; of a developer's the type is told elsewhere. */
static void
read_fields(Dump *dump, Form *form, gboolean is_developer)
{
	guint n = roll_reader_u8(&dump->reader);
	for (guint i = 0; i < n; i++) {
		g_assert_cmpuint(form->n_fields, <, FIELDS_MAX);
		Field *field = &form->fields[form->n_fields++];
		field->number = roll_reader_u8(&dump->reader);
		field->size = roll_reader_u8(&dump->reader);
		field->type = roll_reader_u8(&dump->reader);
		field->is_developer = is_developer;
		if (is_developer)
			field->type = dump->types[field->number];
	}
}

static void
read_form(Dump *dump, guint head)
{
	Form *form = &dump->forms[head & KIND_BITS];
	*form = (Form){0};
	g_assert_cmpuint(roll_reader_u8(&dump->reader), ==, 0);
	g_assert_cmpuint(roll_reader_u8(&dump->reader), ==, 0); /* little-endian */
	form->message = roll_reader_u16(&dump->reader);
	read_fields(dump, form, FALSE);
	if (head & DEVELOPER_BIT)
		read_fields(dump, form, TRUE);
}

static void
append_whole(GString *out, guint value, guint unknown)
{
	if (value == unknown)
		g_string_append_c(out, '?');
	else
		g_string_append_printf(out, "%u", value);
}

static void
append_real(GString *out, float value)
{
	if (isnan(value))
		g_string_append_c(out, '?');
	else
		g_string_append_printf(out, "%.3f", (double)value);
}

static void
append_bytes(Dump *dump, const Field *field)
{
	for (guint i = 0; i < field->size; i++) {
		guint byte = roll_reader_u8(&dump->reader);
		if (field->type != ROLL_FIT_TEXT)
			g_string_append_printf(dump->out, "%02x", byte);
		else if (byte != 0)
			g_string_append_c(dump->out, (char)byte);
	}
}

static void
append_value(Dump *dump, const Field *field)
{
	RollReader *reader = &dump->reader;
	switch (field->type) {
	case ROLL_FIT_ENUM:
	case ROLL_FIT_U8:
		append_whole(dump->out, roll_reader_u8(reader), 0xff);
		break;
	case ROLL_FIT_U16:
		append_whole(dump->out, roll_reader_u16(reader), 0xffff);
		break;
	case ROLL_FIT_U32:
		append_whole(dump->out, roll_reader_u32(reader), 0xffffffff);
		break;
	case ROLL_FIT_U32Z:
		append_whole(dump->out, roll_reader_u32(reader), 0);
		break;
	case ROLL_FIT_F32:
		append_real(dump->out, roll_reader_f32(reader));
		break;
	default:
		append_bytes(dump, field);
	}
}

/* A description tells the type of a developer field: its number is field 1 of it, the type field 2. */
static void
read_message(Dump *dump, guint head)
{
	const Form *form = &dump->forms[head & KIND_BITS];
	guint told[3] = {0};
	g_string_append_printf(dump->out, "%u", form->message);
	for (guint i = 0; i < form->n_fields; i++) {
		const Field *field = &form->fields[i];
		g_string_append_printf(dump->out, " %s%u=", field->is_developer ? "+" : "",
				       field->number);
		if (field->number < G_N_ELEMENTS(told) && field->size == 1)
			told[field->number] = dump->reader.bytes[dump->reader.at];
		append_value(dump, field);
	}
	if (form->message == ROLL_FIT_FIELD_DESCRIPTION)
		dump->types[told[1]] = told[2];
	g_string_append_c(dump->out, '\n');
}

char *
fit_dump(const char *path)
{
	g_autofree char *bytes = NULL;
	gsize n_bytes = 0;
	g_autoptr(GError) error = NULL;
	g_autofree Dump *dump = g_new0(Dump, 1);
	g_file_get_contents(path, &bytes, &n_bytes, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(n_bytes, >, ROLL_FIT_HEADER_BYTES + ROLL_FIT_CRC_BYTES);
	g_assert_cmpmem(bytes + 8, 4, ".FIT", 4);
	g_assert_cmphex(roll_fit_get_crc(0, (const uint8_t *)bytes, n_bytes), ==, 0);
	dump->out = g_string_new(NULL);
	roll_reader_init(&dump->reader, (const uint8_t *)bytes + ROLL_FIT_HEADER_BYTES,
			 n_bytes - ROLL_FIT_HEADER_BYTES - ROLL_FIT_CRC_BYTES);
	while (roll_reader_left(&dump->reader) > 0) {
		guint head = roll_reader_u8(&dump->reader);
		if (head & FORM_BIT)
			read_form(dump, head);
		else
			read_message(dump, head);
	}
	g_assert_true(roll_reader_is_done(&dump->reader));
	return g_string_free(dump->out, FALSE);
}
