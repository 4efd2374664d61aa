/* SPDX-License-Identifier: MIT
 *
 * Cues for ears, and for eyes that are elsewhere: spoken by speech-dispatcher, and as desktop notifications. Nothing waits
 * for either, and where one is missing that is told once.
 */
#pragma once

#include <gio/gio.h>

typedef struct RollstatVoice RollstatVoice;

/* Two words; but speech-dispatcher may have to begin first, and look for its sound. */
#define ROLLSTAT_VOICE_PATIENCE_S 20

typedef struct {
	gboolean is_spoken, is_notified;
	/* What is missing, in words; in the main context. */
	void (*trouble)(void *user, const char *text);
	void *user;
	guint patience_s; /* after which speech is given up; 0: ROLLSTAT_VOICE_PATIENCE_S */
} RollstatVoiceOptions;

/* options: copied. Given. */
RollstatVoice *rollstat_voice_new(const RollstatVoiceOptions *options);
void rollstat_voice_free(RollstatVoice *voice);

/* spoken: a word or two, in the language of the translation and a voice for it; written: with the reason. While the word
 * before is still spoken, the next one is left out: it would come too late; it is given up after patience_s. A notification takes
 * the place of the one before. */
void rollstat_voice_say(RollstatVoice *voice, const char *spoken, const char *written);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatVoice, rollstat_voice_free)
