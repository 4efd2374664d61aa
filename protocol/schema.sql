-- SPDX-License-Identifier: MIT
--
-- The database, version 5. One file; the daemon writes it, rollstat and anyone else may read it while the
-- daemon runs. Times are Unix microseconds at which the sensor took the sample (arrival_us: at which the
-- host received the value), positions centimetres from the tip of C7 toward the feet, forces newtons
-- (NULL or relative counts where session.has_newtons is 0). user_version is the version of this schema;
-- columns that came with a later one stand last in their tables, as a migration leaves them.
--
--   sensor <- recording <- value            what was received: kept first, never changed
--                  ^
--               session <- pass, hold, zone, slice, gap, mark      all derived from the values above
--                  |
--                spine <- level
--
--   pairing                                 whom the person let the machine pair with
--
--   person, choice, amendment, nickname, exercise, goal      what the person said, by rollstat, which writes these
--                                                            alone, beside the daemon; no rebuild changes them.
--                                                            (Another name for a person it writes wherever the old
--                                                            one stands, but in sessions that are open.)

PRAGMA application_id = 0x526f6c6c; -- "Roll"
PRAGMA user_version = 5;

CREATE TABLE sensor (
	id           INTEGER PRIMARY KEY,
	address      TEXT NOT NULL UNIQUE, -- C0:FF:EE:00:00:01
	codec        TEXT,                 -- name of the decoder
	name         TEXT,                 -- as it advertises
	manufacturer TEXT,
	model        TEXT,
	firmware     TEXT,
	battery_pct  INTEGER,
	first_us     INTEGER NOT NULL,     -- arrival of its first and last value
	last_us      INTEGER NOT NULL
) STRICT;

CREATE TABLE characteristic (
	id   INTEGER PRIMARY KEY,
	uuid TEXT NOT NULL UNIQUE
) STRICT;

-- A run of values that is interpreted as one: it begins with a fresh estimator and holds at most one session.
CREATE TABLE recording (
	id        INTEGER PRIMARY KEY,
	sensor    INTEGER NOT NULL REFERENCES sensor (id),
	is_open   INTEGER NOT NULL, -- 1: values may still be added
	first_us  INTEGER NOT NULL, -- arrival of the first value received in it (carried ones left out);
	                            -- none in it is earlier
	last_us   INTEGER NOT NULL, -- the latest of them
	n_carried INTEGER NOT NULL DEFAULT 0, -- how many of its values are copies from before it began
	person    TEXT              -- since version 4: who was chosen when its session began; NULL: whom the
	                            -- configuration names
) STRICT;
CREATE INDEX recording_by_sensor ON recording (sensor, first_us);

-- The values in order of arrival. The first n_carried ones of a recording are copies from before it began (what
-- the sensor said of itself, the last seconds before), so that it can be interpreted alone.
CREATE TABLE value (
	recording      INTEGER NOT NULL REFERENCES recording (id),
	n              INTEGER NOT NULL,
	arrival_us     INTEGER NOT NULL,
	characteristic INTEGER NOT NULL REFERENCES characteristic (id),
	bytes          BLOB NOT NULL,
	PRIMARY KEY (recording, n)
) STRICT, WITHOUT ROWID;

-- A person's spine: what was used to name levels.
CREATE TABLE spine (
	id        INTEGER PRIMARY KEY,
	length_cm REAL NOT NULL,
	is_guess  INTEGER NOT NULL, -- from stature, not measured
	UNIQUE (length_cm, is_guess)
) STRICT;

CREATE TABLE level (
	spine   INTEGER NOT NULL REFERENCES spine (id),
	n       INTEGER NOT NULL, -- 0 = C7 .. 17 = L5
	name    TEXT NOT NULL,
	from_cm REAL NOT NULL,    -- [from, to)
	to_cm   REAL NOT NULL,
	PRIMARY KEY (spine, n)
) STRICT, WITHOUT ROWID;

-- Its zones' seconds and unplaced_s add up to loaded_s, if the zones cover the whole back. unsure_s and unplaced_s
-- came with version 2: 0 in a session told before, until rollerd --rebuild. The line history of a roller's settings
-- says how many earlier sessions of the person helped to find its places again.
CREATE TABLE session (
	id             INTEGER PRIMARY KEY,
	recording      INTEGER NOT NULL UNIQUE REFERENCES recording (id),
	sensor         INTEGER NOT NULL REFERENCES sensor (id),
	person         TEXT NOT NULL,
	kind           TEXT NOT NULL,    -- roller or bar
	spine          INTEGER NOT NULL REFERENCES spine (id),
	algorithm      INTEGER NOT NULL, -- version of the estimator
	settings       TEXT NOT NULL,    -- what it was told, as "key=value" lines
	start_us       INTEGER NOT NULL, -- first and last loaded instant
	end_us         INTEGER NOT NULL,
	loaded_s       REAL NOT NULL,
	lost_s         REAL NOT NULL,    -- silences within the session: told in no zone
	lost_packets   INTEGER NOT NULL,
	restarts       INTEGER NOT NULL, -- of the sensor
	refused        INTEGER NOT NULL, -- values that broke the sensor's format
	passes         INTEGER NOT NULL,
	holds          INTEGER NOT NULL,
	has_force      INTEGER NOT NULL,
	has_newtons    INTEGER NOT NULL,
	left_s         REAL,             -- a bar with an accelerometer; else NULL
	centre_s       REAL,
	right_s        REAL,
	unsure_s       REAL NOT NULL DEFAULT 0, -- of loaded_s: told in a zone but known worse than 2 cm
	unplaced_s     REAL NOT NULL DEFAULT 0  -- of loaded_s: in no zone since no place is known at all
) STRICT;
CREATE INDEX session_by_start ON session (start_us);

CREATE TABLE pass (
	session        INTEGER NOT NULL REFERENCES session (id),
	n              INTEGER NOT NULL, -- from 0, in order of time
	start_us       INTEGER NOT NULL,
	end_us         INTEGER NOT NULL,
	from_cm        REAL NOT NULL,
	to_cm          REAL NOT NULL,    -- greater than from_cm: toward the feet
	mean_n         REAL,
	peak_n         REAL,
	is_cut         INTEGER NOT NULL, -- a silence ended it
	uncertainty_cm REAL,             -- since version 2: standard deviation of its place; NULL where not known
	PRIMARY KEY (session, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE hold (
	session        INTEGER NOT NULL REFERENCES session (id),
	n              INTEGER NOT NULL,
	start_us       INTEGER NOT NULL,
	end_us         INTEGER NOT NULL,
	at_cm          REAL NOT NULL,
	mean_n         REAL,
	peak_n         REAL,
	is_cut         INTEGER NOT NULL,
	uncertainty_cm REAL, -- as in pass
	PRIMARY KEY (session, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE gap (
	session  INTEGER NOT NULL REFERENCES session (id),
	n        INTEGER NOT NULL,
	start_us INTEGER NOT NULL,
	end_us   INTEGER NOT NULL,
	PRIMARY KEY (session, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE mark (
	session        INTEGER NOT NULL REFERENCES session (id),
	n              INTEGER NOT NULL,
	t_us           INTEGER NOT NULL,
	at_cm          REAL NOT NULL, -- of no meaning where nothing is known of it
	uncertainty_cm REAL,          -- as in pass
	PRIMARY KEY (session, n)
) STRICT, WITHOUT ROWID;

-- Every zone of the person at that time, in anatomical order, also those never touched.
CREATE TABLE zone (
	session  INTEGER NOT NULL REFERENCES session (id),
	n        INTEGER NOT NULL,
	name     TEXT NOT NULL,
	from_cm  REAL NOT NULL, -- [from, to)
	to_cm    REAL NOT NULL,
	seconds  REAL NOT NULL, -- loaded time in it
	force_ns REAL,          -- force integrated over that time: mean = force_ns / seconds
	peak_n   REAL,
	PRIMARY KEY (session, n)
) STRICT, WITHOUT ROWID;

-- The spine in slices of half a centimetre; those never touched are left out.
CREATE TABLE slice (
	session   INTEGER NOT NULL REFERENCES session (id),
	n         INTEGER NOT NULL,
	at_cm     REAL NOT NULL,  -- its middle
	seconds   REAL NOT NULL,
	force_ns  REAL,
	peak_n    REAL,
	moving_s  REAL NOT NULL,  -- of seconds, the time in which contact moved at 1 cm/s or more
	travel_cm REAL NOT NULL,  -- distance in moving_s
	PRIMARY KEY (session, n)
) STRICT, WITHOUT ROWID;

-- Since version 3: the sensors that were paired because the person said so, until it is taken back. The keys are
-- bluetoothd's and stand nowhere here; this tells a sensor that was paired from one that took its place.
CREATE TABLE pairing (
	address  TEXT PRIMARY KEY,  -- C0:FF:EE:00:00:01
	name     TEXT,              -- as it advertised then; NULL where not known
	since_us INTEGER NOT NULL   -- when the person said so last
) STRICT, WITHOUT ROWID;

-- Since version 4, as all that follows. Who uses the rollers of this machine, beside the one of the configuration.
CREATE TABLE person (
	name       TEXT PRIMARY KEY,
	spine_cm   REAL,             -- C7 to L5; NULL: guessed from the stature, and without that as the configuration says
	stature_cm REAL,
	added_us   INTEGER NOT NULL,
	weight_kg  REAL              -- since version 5: of the body; NULL: as the configuration says, if it is that person
) STRICT, WITHOUT ROWID;

-- One value a name: 'person': who rolls now (else whom the configuration names); 'backup_us': when the last backup was made;
-- 'backup_path': into which file.
CREATE TABLE choice (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A recording whose session was put right. A deleted session is told nowhere and teaches nothing, but its values stay.
CREATE TABLE amendment (
	recording  INTEGER PRIMARY KEY REFERENCES recording (id),
	person     TEXT,    -- whose it is; NULL: as it was recorded
	deleted_us INTEGER  -- when it was deleted; NULL: it is not
) STRICT;

-- What a person calls a sensor. A forgotten one is listed no more, until it is heard after forgotten_us.
CREATE TABLE nickname (
	sensor       INTEGER PRIMARY KEY REFERENCES sensor (id),
	name         TEXT UNIQUE,
	forgotten_us INTEGER
) STRICT;

-- A movement that was done without a sensor.
CREATE TABLE exercise (
	id       INTEGER PRIMARY KEY,
	person   TEXT NOT NULL,
	movement TEXT NOT NULL,    -- by its key in the library of movements
	start_us INTEGER NOT NULL,
	seconds  REAL NOT NULL
) STRICT;
CREATE INDEX exercise_by_start ON exercise (start_us);

-- What a person wants to reach.
CREATE TABLE goal (
	id       INTEGER PRIMARY KEY,
	person   TEXT NOT NULL,
	zone     TEXT,             -- NULL: wherever
	unit     TEXT NOT NULL,    -- 'seconds' or 'sessions'
	amount   REAL NOT NULL,    -- of them at least
	period   TEXT NOT NULL,    -- 'day' or 'week'
	since_us INTEGER NOT NULL
) STRICT;
