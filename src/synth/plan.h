/* SPDX-License-Identifier: MIT */
#ifndef ECO_SYNTH_PLAN_H
#define ECO_SYNTH_PLAN_H

#include <stdbool.h>

#include "synth/levels.h"
#include "synth/transport.h"

/*
 * plan - who descends from whom, by arithmetic
 *
 * Models are numbered: roots (models without a base that others derive from),
 * singles (neither), then derived models. Parents of one kind of family
 * (domain) at one depth are a cohort. A cohort's table of levels gives each
 * parent its number of child places. A keyed permutation turns places into
 * positions; of the positions the first ones are derived models that have
 * children themselves (they are the parents of the next cohort), then come
 * those without, and the last ones are the further bases of merges. Relations
 * are ranges of positions.
 *
 * So the bases of a model, and the models of a rank, are found without any
 * stored graph, and the numbers of children follow the power law exactly.
 *
 * Ownership  The caller releases what was filled.
 * Errors     ECO_ENOMEM.
 * Cost       Memory O(sqrt(models)).
 * Threads    Read-only once made.
 */
enum eco_synth_relation {
    ECO_SYNTH_ADAPTER,
    ECO_SYNTH_FINETUNE,
    ECO_SYNTH_MERGE,
    ECO_SYNTH_QUANTIZED,
};
#define ECO_SYNTH_RELATIONS 4

enum eco_synth_domain {
    ECO_DOMAIN_BURST,    /* one small base that everybody takes for a month */
    ECO_DOMAIN_TEXT_BIG, /* text families that are wide */
    ECO_DOMAIN_VISION,
    ECO_DOMAIN_OTHER,
    ECO_DOMAIN_TEXT, /* text families that are deep */
};
#define ECO_DOMAINS 5

#define ECO_PLAN_COHORTS 64
#define ECO_PLAN_SIZE_CLASSES 22 /* of parents: by log2 of their children */
#define ECO_PLAN_DEPTH 34        /* of the deepest parents */

struct eco_cohort {
    enum eco_synth_domain domain;
    unsigned depth;            /* of the parents; 0 are roots */
    int before, next;          /* cohorts of the same domain, or -1 */
    struct eco_levels parents; /* and their child places */
    /* Position to place. Deep text families keep the first positions for the
     * first child of every parent (seconds: the others), so that chains stay
     * apart. */
    struct eco_perm places;
    struct eco_levels seconds;
    struct eco_perm second_places;
    uint64_t children;                     /* positions below are models */
    uint64_t fertile;                      /* positions below have children */
    uint64_t end[2 * ECO_SYNTH_RELATIONS]; /* of relations: fertile, barren */
    struct eco_levels further;             /* merges and their further bases */
    uint64_t first;                        /* the model at position 0 */
    uint64_t barren;      /* barren models of the cohorts before */
    uint64_t leaf_quants; /* barren quantized ones of the cohorts before */
    uint64_t root;        /* depth 0: the model that is parent 0 */
    /* Parents with 2^c <= k < 2^(c + 1) end here; they begin at c + 1's end. */
    uint64_t class_end[ECO_PLAN_SIZE_CLASSES + 1];
    uint64_t class_base[ECO_PLAN_SIZE_CLASSES]; /* of the cohorts before */
};

/* Deliberately dirty singles, in this order. */
enum eco_dirt {
    ECO_DIRT_SELF, /* its own base */
    ECO_DIRT_PAIR, /* two that name each other */
    ECO_DIRT_TRIANGLE,
    ECO_DIRT_MISSING, /* a base that does not exist */
    ECO_DIRT_PATH,    /* a folder of somebody's disk for a base */
    ECO_DIRT_CASE,    /* two ids that differ in case alone */
    ECO_DIRT_TAGS,    /* 2,000 tags */
    ECO_DIRT_SCRIPTS, /* Chinese, Japanese, Korean and emoji in tags */
    ECO_DIRT_LONG,    /* a name of 96 bytes */
    ECO_DIRT_NONE,
};

struct eco_plan {
    uint64_t seed;
    uint64_t models, roots, singles, derived;
    uint64_t authors, spaces;
    uint64_t dirt[ECO_DIRT_NONE + 1]; /* single at which each kind begins */
    struct eco_cohort cohorts[ECO_PLAN_COHORTS];
    int n_cohorts;
    struct eco_perm rows;            /* row of the file -> model */
    struct eco_transport popularity; /* class 0: no children; 1 + log2 k */
    struct eco_transport owners;     /* model -> place of an author */
    struct eco_levels author_models; /* authors, largest first */
    double org_small, org_large;     /* share of organisations in authors */
    struct eco_levels uses;          /* models used by Spaces */
    struct eco_levels lists;         /* Spaces and the models that they use */
    struct eco_perm use_places;
};

ECO_MUST_USE
int eco_plan_init(struct eco_plan *p, uint64_t models, uint64_t seed,
                  struct eco_err *err);
void eco_plan_release(struct eco_plan *p);

/* Where a model stands in its family. */
enum eco_place_kind {
    ECO_PLACE_ROOT,
    ECO_PLACE_SINGLE,
    ECO_PLACE_CHILD,
};

struct eco_place {
    enum eco_place_kind kind;
    int cohort;       /* of the parent; of a root the one it is parent in */
    uint64_t at;      /* root: parent number; single: number; child: position */
    uint64_t base;    /* child: the model that it derives from */
    uint32_t sibling; /* child: number among the base's children */
    uint32_t brothers;                /* child: how many the base has */
    uint32_t children;                /* how many it has itself */
    uint64_t merge;                   /* merges: number in cohort->further */
    enum eco_synth_relation relation; /* child */
};

void eco_plan_place(const struct eco_plan *p, uint64_t model,
                    struct eco_place *place);

/* How many bases beyond the first, and the i-th of them. */
uint32_t eco_plan_further(const struct eco_plan *p,
                          const struct eco_place *place);
uint64_t eco_plan_further_base(const struct eco_plan *p,
                               const struct eco_place *place, uint32_t i);

/* 0 is the most popular model. */
uint64_t eco_plan_rank(const struct eco_plan *p, uint64_t model,
                       const struct eco_place *place);
uint64_t eco_plan_model_of_rank(const struct eco_plan *p, uint64_t rank);

/* The author by its number, largest first, before families of one maker. */
uint64_t eco_plan_owner(const struct eco_plan *p, uint64_t model,
                        const struct eco_place *place);

enum eco_dirt eco_plan_dirt(const struct eco_plan *p,
                            const struct eco_place *place);

/* Models that a Space uses, from a list of popular ones; some may repeat. */
uint32_t eco_plan_space_uses(const struct eco_plan *p, uint64_t space);
uint64_t eco_plan_space_model(const struct eco_plan *p, uint64_t space,
                              uint32_t i);

#endif /* ECO_SYNTH_PLAN_H */
