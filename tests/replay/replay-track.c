/* SPDX-License-Identifier: MIT
 *
 * Runs a capture through decoder and core alone, no database, and prints what they tell as lines of
 * "kind start end from to cut" and sums, for score.py.
 *
 *     replay-track CAPTURE [start_cm | bar]
 */
#include "daemon/track/track.h"
#include "protocol/capture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_names[] = {"pass", "hold", "gap", "mark"};

static void
print_events(const RollEvent *events, unsigned n, int64_t arrival_us)
{
	for (unsigned i = 0; i < n; i++)
		printf("%s %.6f %.6f %.4f %.4f %d %.6f\n", kind_names[events[i].kind],
		       (double)events[i].start_us * 1e-6, (double)events[i].end_us * 1e-6,
		       events[i].from_m * 100.0, events[i].to_m * 100.0, events[i].is_cut,
		       (double)arrival_us * 1e-6);
}

static void
print_summary(const RollTrackSettings *settings, const RollSummary *summary)
{
	for (unsigned i = 0; i < settings->n_zones; i++)
		printf("zone %s %.3f\n", settings->zones[i].name, summary->zones[i].loaded_s);
	printf("loaded %.3f lost %.3f\n", summary->loaded_s, summary->lost_s);
	printf("sides %.3f %.3f %.3f\n", summary->side_s[ROLL_SIDE_LEFT],
	       summary->side_s[ROLL_SIDE_CENTRE], summary->side_s[ROLL_SIDE_RIGHT]);
}

static void
settle(RollTrackSettings *settings, const char *use)
{
	static const RollZone zones[] = {
		{"neck-base", -0.99, 0.03},   {"upper-thoracic", 0.03, 0.11},
		{"mid-thoracic", 0.11, 0.20}, {"lower-thoracic", 0.20, 0.29},
		{"lumbar", 0.29, 0.99},
	};

	roll_track_settings_init(settings);
	memcpy(settings->zones, zones, sizeof(zones));
	settings->n_zones = sizeof(zones) / sizeof(zones[0]);
	settings->is_bar = strcmp(use, "bar") == 0;
	if (settings->is_bar)
		settings->axis = (RollSensorVec){0.0f, 1.0f, 0.0f};
	else
		settings->start_m = strtod(use, NULL) / 100.0;
}

static void
replay(FILE *file, RollTrack *track, const RollTrackSettings *settings)
{
	static RollEvent events[ROLL_EVENTS_MAX];
	static RollPacket packet;
	RollDecoder decoder;
	RollValue value;
	const char *fault;
	int64_t arrival_us = 0;
	char *line = NULL;
	size_t capacity = 0;

	roll_decoder_init(&decoder, roll_codec_find_by_name("roller-profile"));
	roll_track_init(track, settings);
	while (getline(&line, &capacity, file) > 0) {
		if (roll_capture_parse_line(line, strcspn(line, "\n"), &value, &fault) !=
			    ROLL_LINE_VALUE ||
		    !roll_codec_find_by_characteristic(value.uuid))
			continue;
		if (roll_decoder_decode(&decoder, value.uuid, value.bytes, value.n_bytes,
					&packet) != ROLL_DECODED_SAMPLES)
			continue;
		arrival_us = value.arrival_us;
		print_events(events, roll_track_feed(track, arrival_us, &packet, events),
			     arrival_us);
		if (getenv("ROLL_PRINT_POSITION")) {
			RollView view = roll_track_get_view(track);

			printf("at %.6f %.4f %d\n", (double)view.t_us * 1e-6,
			       view.position_m * 100.0, view.is_loaded);
		}
	}
	print_events(events, roll_track_finish(track, events), arrival_us);
	free(line);
}

int
main(int argc, char **argv)
{
	static RollTrack track;
	RollTrackSettings settings;
	FILE *file;

	if (argc != 3 || !(file = fopen(argv[1], "r"))) {
		fprintf(stderr, "usage: replay-track CAPTURE (START_CM | bar)\n");
		return 2;
	}
	settle(&settings, argv[2]);
	replay(file, &track, &settings);
	print_summary(&settings, roll_track_get_summary(&track));
	fclose(file);
	return 0;
}
