/* SPDX-License-Identifier: MIT */
#ifndef ECO_RECORD_READ_H
#define ECO_RECORD_READ_H

#include "record/record.h"

/*
 * read - one member of an outside object, whatever its type
 *
 * Private to record/. Each function tells whether the member `key` is there
 * and usable; a member of a wrong type or beyond its maximum counts as absent
 * and raises rec->ignored. null is there, with the unknown value.
 */
struct eco_reading {
    const struct eco_json *row;
    struct eco_arena *arena;
    struct eco_record *rec;
    bool failed; /* the arena is exhausted */
};

bool eco_read_text(struct eco_reading *r, const char *key, struct eco_str *out);

/* The same of a task, library or licence, and the text of one: empty for a
 * reserved word (base/words.h). */
bool eco_read_value(struct eco_reading *r, const char *key,
                    struct eco_str *out);
struct eco_str eco_read_value_of(struct eco_str text);

bool eco_read_count(struct eco_reading *r, const char *key, int64_t *out);
bool eco_read_time(struct eco_reading *r, const char *key, int64_t *out);

/* A text that can be stored and shown: not too long, no control bytes. */
bool eco_read_is_text(struct eco_str s);

int eco_read_model(struct eco_reading *r, struct eco_err *err);
int eco_read_author(struct eco_reading *r, struct eco_err *err);
int eco_read_space(struct eco_reading *r, struct eco_err *err);

/* Names of bases; see record.h for their sources. False for a value of a
 * wrong type, which counts as absent. */
bool eco_read_base_models(struct eco_reading *r, const struct eco_json *v);
bool eco_read_card(struct eco_reading *r, const struct eco_json *v);
bool eco_read_tags(struct eco_reading *r, const struct eco_json *v);
bool eco_read_files(struct eco_reading *r, const struct eco_json *v);

/* The languages that the card's `language` names, and those of one tag. */
void eco_read_card_languages(struct eco_reading *r, const struct eco_json *v);
void eco_read_language_tag(struct eco_reading *r, struct eco_str tag);

/* Room for one more element of `size` bytes behind n in a list that doubles.
 * NULL when the arena is exhausted. */
void *eco_read_grown(struct eco_reading *r, void *at, uint32_t n, size_t size);

/* Count a value that is left out; false. */
bool eco_read_ignore(struct eco_reading *r);

#endif /* ECO_RECORD_READ_H */
