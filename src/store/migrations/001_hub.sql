-- The Hub's facts: models, authors, Spaces, and when each fact was told.
--
-- Numbers of rows (model_id and the like) depend on the order of imports and
-- mean nothing outside of this file. Everything else is a function of the set
-- of rows that were imported, whatever their order.
--
-- Days are counted from 1970-01-01 UTC, instants are milliseconds from the
-- same origin. NULL is unknown.

-- What the whole store is: rows 'data' (hub, sample or synthetic).
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- A dated set of facts. The sets are portable roaring bitmaps of model_id:
-- which models were told on that day at all, and of which a number was told.
-- Together with `history` they give every number of every day.
CREATE TABLE capture (
    day       INTEGER PRIMARY KEY,
    models    BLOB NOT NULL,
    likes     BLOB NOT NULL,
    downloads BLOB NOT NULL
);

-- One row per id that was told; key is the id in lower case, id its spelling
-- in the row of the highest precedence. The columns are the merged facts.
CREATE TABLE model (
    model_id      INTEGER PRIMARY KEY,
    key           TEXT NOT NULL,
    id            TEXT NOT NULL,
    hub_id        TEXT,                -- the Hub's _id
    created       INTEGER,             -- ms
    modified      INTEGER,             -- ms
    likes         INTEGER,
    downloads     INTEGER,             -- last 30 days
    downloads_all INTEGER,
    task          TEXT,                -- pipeline_tag
    library       TEXT,                -- library_name
    licence       TEXT,                -- the card's, else the tag's
    gated         INTEGER NOT NULL,    -- 0 unknown, 1 no, 2 auto, 3 manual
    disabled      INTEGER NOT NULL,    -- 1: removed from the Hub
    parameters    INTEGER,
    storage       INTEGER,             -- bytes
    bad_bases     INTEGER NOT NULL     -- names of bases that are no id
);
-- The first import into an empty store works without the indexes on keys and
-- on hub_id, and makes them at its end (src/store/bulk.h).
CREATE UNIQUE INDEX model_key ON model (key);
CREATE INDEX model_hub_id ON model (hub_id) WHERE hub_id IS NOT NULL;

-- The rows that still tell a field of a model, by falling precedence (seq).
-- `fields` has a bit per field told; text is the row's JSON, compressed.
CREATE TABLE model_told (
    model_id INTEGER NOT NULL REFERENCES model,
    seq      INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    modified INTEGER,
    id       TEXT NOT NULL,
    fields   INTEGER NOT NULL,
    hash     INTEGER NOT NULL,         -- XXH3-64 of the text
    text     BLOB NOT NULL,
    PRIMARY KEY (model_id, seq)
) WITHOUT ROWID;

-- Edges: what a model was derived from, in the order told, from the best
-- source (0 baseModels, 1 typed tags, 2 bare tags, 3 card) that names a full
-- id, after single names of better sources, which an alias may resolve.
-- A base need not be a model of this store; loops are kept as they were told.
-- An inferred relation becomes a merge where several bases turn out valid.
CREATE TABLE derivation (
    model_id INTEGER NOT NULL REFERENCES model,
    position INTEGER NOT NULL,
    source   INTEGER NOT NULL,
    base     TEXT NOT NULL,
    relation TEXT NOT NULL
             CHECK (relation IN ('adapter', 'finetune', 'merge', 'quantized')),
    declared INTEGER NOT NULL,         -- 0: inferred, as if the only base
    PRIMARY KEY (model_id, position)
) WITHOUT ROWID;

-- Former ids. A model whose key stands here is the same as model_id and is
-- counted only there.
CREATE TABLE alias (
    key      TEXT PRIMARY KEY,
    id       TEXT NOT NULL,
    model_id INTEGER NOT NULL REFERENCES model
) WITHOUT ROWID;
CREATE INDEX alias_model ON alias (model_id);

-- Likes (metric 0) and downloads (metric 1) over time: a row only where the
-- number differs from that of the day told before. Of several numbers told
-- for one day the largest counts.
CREATE TABLE history (
    model_id INTEGER NOT NULL REFERENCES model,
    metric   INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    value    INTEGER,
    PRIMARY KEY (model_id, metric, day)
) WITHOUT ROWID;

CREATE TABLE author (
    author_id  INTEGER PRIMARY KEY,
    key        TEXT NOT NULL,
    name       TEXT NOT NULL,
    type       TEXT,                   -- org or user
    nature     TEXT,                   -- company, community, university, ...
    full_name  TEXT,
    avatar_url TEXT,
    website    TEXT,
    github     TEXT
);
CREATE UNIQUE INDEX author_key ON author (key);

CREATE TABLE author_told (
    author_id INTEGER NOT NULL REFERENCES author,
    seq       INTEGER NOT NULL,
    day       INTEGER NOT NULL,
    modified  INTEGER,
    id        TEXT NOT NULL,
    fields    INTEGER NOT NULL,
    hash      INTEGER NOT NULL,
    text      BLOB NOT NULL,
    PRIMARY KEY (author_id, seq)
) WITHOUT ROWID;

CREATE TABLE space (
    space_id INTEGER PRIMARY KEY,
    key      TEXT NOT NULL,
    id       TEXT NOT NULL,
    created  INTEGER,                  -- ms
    likes    INTEGER
);
CREATE UNIQUE INDEX space_key ON space (key);

CREATE TABLE space_told (
    space_id INTEGER NOT NULL REFERENCES space,
    seq      INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    modified INTEGER,
    id       TEXT NOT NULL,
    fields   INTEGER NOT NULL,
    hash     INTEGER NOT NULL,
    text     BLOB NOT NULL,
    PRIMARY KEY (space_id, seq)
) WITHOUT ROWID;

-- The models a Space uses, in the order told.
CREATE TABLE space_model (
    space_id INTEGER NOT NULL REFERENCES space,
    position INTEGER NOT NULL,
    model    TEXT NOT NULL,
    PRIMARY KEY (space_id, position)
) WITHOUT ROWID;
