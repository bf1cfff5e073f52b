/* SPDX-License-Identifier: MIT */
#ifndef ECO_SYNTH_TABLES_H
#define ECO_SYNTH_TABLES_H

#include <stddef.h>

/*
 * tables - the published shares, as the generator aims at them
 *
 * docs/algorithms/synth.md has their sources. The targets of --check are a
 * table of its own (check_targets.c): a slip here must show there.
 */
#define ECO_TASKS 46
#define ECO_LICENCES 28
#define ECO_LIBRARIES 20
#define ECO_SIZES 13
#define ECO_KINDS 7

struct eco_share {
    const char *name;
    double share;
};

enum { /* into eco_synth_tasks; the order is that of the table */
       ECO_TASK_TEXT_GENERATION,
       ECO_TASK_TEXT_CLASSIFICATION,
       ECO_TASK_TEXT_TO_IMAGE,
       ECO_TASK_REINFORCEMENT,
       ECO_TASK_SPEECH,
       ECO_TASK_TOKENS,
       ECO_TASK_IMAGE_CLASSIFICATION,
       ECO_TASK_FILL_MASK,
       ECO_TASK_FEATURES,
       ECO_TASK_QUESTIONS,
       ECO_TASK_SIMILARITY,
       ECO_TASK_TRANSLATION,
       ECO_TASK_SUMMARIES,
       ECO_TASK_IMAGE_TEXT,
       ECO_TASK_IMAGE_TO_IMAGE,
       ECO_TASK_OBJECTS,
       ECO_TASK_SEGMENTS,
       ECO_TASK_TEXT_TO_SPEECH,
       ECO_TASK_TEXT_TO_VIDEO,
       ECO_TASK_REST,
};
extern const struct eco_share eco_synth_tasks[ECO_TASKS];

enum {
    ECO_LICENCE_APACHE,
    ECO_LICENCE_MIT,
    ECO_LICENCE_OTHER,
    ECO_LICENCE_OPENRAIL,
    ECO_LICENCE_CREATIVEML,
    ECO_LICENCE_CC_BY_NC,
    ECO_LICENCE_LLAMA, /* six kinds from here on */
    ECO_LICENCE_CC_BY = ECO_LICENCE_LLAMA + 6,
};
extern const struct eco_share eco_synth_licences[ECO_LICENCES];

enum {
    ECO_LIBRARY_TRANSFORMERS,
    ECO_LIBRARY_PEFT,
    ECO_LIBRARY_DIFFUSERS,
    ECO_LIBRARY_BASELINES,
    ECO_LIBRARY_SENTENCES,
    ECO_LIBRARY_GGUF,
    ECO_LIBRARY_MLX,
    ECO_LIBRARY_TIMM,
    ECO_LIBRARY_KERAS,
    ECO_LIBRARY_AGENTS,
    ECO_LIBRARY_SETFIT,
};
extern const struct eco_share eco_synth_libraries[ECO_LIBRARIES];

/* Sizes of models, in parameters: a class is a range. */
struct eco_size_class {
    double low, high;
    double share;
    const char *label; /* in names; "" for none */
};
extern const struct eco_size_class eco_synth_sizes[ECO_SIZES];

/* Kinds of organisations; the one without a name is told as null. */
extern const struct eco_share eco_synth_kinds[ECO_KINDS];

/* Languages that have a share of their own, then the others. */
#define ECO_LANGUAGES_NAMED 13
#define ECO_LANGUAGES 93
extern const struct eco_share eco_synth_languages[ECO_LANGUAGES_NAMED];
extern const char
    *const eco_synth_other_languages[ECO_LANGUAGES - ECO_LANGUAGES_NAMED];

#endif /* ECO_SYNTH_TABLES_H */
