/* SPDX-License-Identifier: MIT */
#ifndef ECO_SYNTH_CHECK_INTERNAL_H
#define ECO_SYNTH_CHECK_INTERNAL_H

#include <stdint.h>

#include "base/buf.h"
#include "json/json.h"
#include "synth/check.h"

/*
 * Private to check*.c: what is kept of the rows.
 */
#define CHECK_NAMES 256 /* tasks, licences, ... seen, of each sort */

struct check_names {
    char name[CHECK_NAMES][48];
    uint64_t count[CHECK_NAMES];
    int n;
};

enum check_relation {
    CHECK_ADAPTER,
    CHECK_FINETUNE,
    CHECK_MERGE,
    CHECK_QUANTIZED,
};
#define CHECK_RELATIONS 4
#define CHECK_NOBODY UINT32_MAX

struct check_model {
    uint64_t id;    /* hash of the lower-cased id */
    uint64_t exact; /* hash of the id as it is */
    uint64_t owner;
    int64_t created_ms, downloads, parameters;
    int32_t likes;
    int16_t task, licence; /* -1: none */
    uint32_t first_edge, n_edges;
    uint32_t spaces; /* that use it */
};

struct check_edge {
    uint64_t base; /* hash */
    uint32_t child;
    uint32_t parent; /* CHECK_NOBODY: not in the data */
    uint8_t relation;
};

struct eco_synth_check {
    struct eco_json_reader *json;
    struct eco_buf line;
    struct check_model *models;
    size_t n_models, room_models;
    struct check_edge *edges;
    size_t n_edges, room_edges;
    uint64_t *uses; /* ids that Spaces name */
    size_t n_uses, room_uses;
    struct check_names tasks, licences, libraries, languages, kinds;
    uint64_t authors, orgs, spaces;
    uint64_t with_task, with_licence, with_library, with_language;
    uint64_t language_entries;
    uint64_t declared, several;
    uint32_t most_bases;
    /* dirt */
    uint64_t paths, removed, nulls, scripts, twins, missing, self_loops;
    uint64_t pairs, triangles;
    size_t most_tags, longest_name;
    /* made at the end */
    uint32_t *table; /* hash to model */
    size_t table_mask;
    uint32_t *children; /* of each model */
};

uint32_t eco_check_find(const struct eco_synth_check *c, uint64_t id);

#endif /* ECO_SYNTH_CHECK_INTERNAL_H */
