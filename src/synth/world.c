/* SPDX-License-Identifier: MIT */
#include "synth/world.h"

#include <assert.h>
#include <math.h>

#include "synth/curve.h"

/* Who tells what. */
#define ROOT_TELLS_TASK 0.90
#define CHILD_TELLS_TASK 0.50
#define ROOT_TELLS_LICENCE 0.75
#define CHILD_TELLS_LICENCE 0.45
#define ROOT_TELLS_SIZE 0.70
#define CHILD_TELLS_SIZE 0.50
#define SHARE_WITH_TASK 0.39
#define SHARE_WITH_SIZE 0.45
#define SHARE_WITH_LIBRARY 0.60

/* How children differ from their base. */
#define CHANGES_TASK 0.06
#define CHANGES_LICENCE 0.20 /* of finetunes */
#define TO_PERMISSIVE 0.70   /* of these */
#define LATEST 0.9999999     /* share of all models created before one */

uint64_t eco_world_hash(const struct eco_world *w, enum eco_purpose purpose,
                        uint64_t number)
{
    return eco_numbers_hash(w->plan.seed, (uint64_t)purpose, number);
}

double eco_world_unit(const struct eco_world *w, enum eco_purpose purpose,
                      uint64_t number)
{
    return eco_numbers_unit(eco_world_hash(w, purpose, number));
}

void eco_world_lineage(const struct eco_world *w, uint64_t model,
                       struct eco_lineage *line)
{
    line->n = 0;
    for (;;) {
        struct eco_place *place = &line->place[line->n];

        assert(line->n < ECO_MAX_LINEAGE);
        line->model[line->n++] = model;
        eco_plan_place(&w->plan, model, place);
        if (place->kind != ECO_PLACE_CHILD)
            return;
        model = place->base;
    }
}

/* The first i with u below the sum of shares up to i; the last one if none. */
static int pick(const struct eco_share *at, int n, double u)
{
    double sum = 0;
    int i = 0;

    for (; i < n - 1; i++) {
        sum += at[i].share;
        if (u < sum)
            break;
    }
    return i;
}

struct choice {
    int what;
    double share; /* 0 ends the list */
};

static int choose(const struct choice *at, double u)
{
    double sum = 0;

    for (;; at++) {
        sum += at->share;
        if (u < sum || at[1].share <= 0)
            return at->what;
    }
}

/* Neighbours in rank get values far apart, so that the few largest families
 * come out in proportion, whatever the seed. */
static double spread(uint64_t rank, double offset)
{
    double u = (double)rank * 0.6180339887498949 + offset;

    return u - floor(u);
}

/* --- roots ---------------------------------------------------------------- */

static const struct choice text_tasks[] = {
    { ECO_TASK_TEXT_GENERATION, 0.88 }, { ECO_TASK_IMAGE_TEXT, 0.03 },
    { ECO_TASK_TRANSLATION, 0.03 },     { ECO_TASK_SUMMARIES, 0.03 },
    { ECO_TASK_FEATURES, 0.03 },        { 0, 0 },
};
static const struct choice vision_tasks[] = {
    { ECO_TASK_TEXT_TO_IMAGE, 0.84 },
    { ECO_TASK_IMAGE_CLASSIFICATION, 0.08 },
    { ECO_TASK_IMAGE_TO_IMAGE, 0.03 },
    { ECO_TASK_OBJECTS, 0.02 },
    { ECO_TASK_SEGMENTS, 0.02 },
    { ECO_TASK_TEXT_TO_VIDEO, 0.01 },
    { 0, 0 },
};
static const struct choice other_tasks[] = {
    { ECO_TASK_TEXT_CLASSIFICATION, 0.42 },
    { ECO_TASK_SPEECH, 0.14 },
    { ECO_TASK_TOKENS, 0.11 },
    { ECO_TASK_FILL_MASK, 0.08 },
    { ECO_TASK_QUESTIONS, 0.08 },
    { ECO_TASK_FEATURES, 0.05 },
    { ECO_TASK_SIMILARITY, 0.06 },
    { ECO_TASK_TEXT_TO_SPEECH, 0.03 },
    { ECO_TASK_TRANSLATION, 0.03 },
    { 0, 0 },
};

static int root_task(const struct eco_world *w, const struct eco_cohort *c,
                     const struct eco_place *place)
{
    double offset = eco_world_unit(w, ECO_FOR_TASK, c->domain);
    double u = spread(place->at, offset);

    if (c->domain == ECO_DOMAIN_OTHER)
        return choose(other_tasks, u);
    /* The largest ones are what such families are known for. */
    if (c->domain == ECO_DOMAIN_VISION)
        return place->at < 8 ? ECO_TASK_TEXT_TO_IMAGE : choose(vision_tasks, u);
    return c->domain != ECO_DOMAIN_TEXT && place->at < 24
               ? ECO_TASK_TEXT_GENERATION
               : choose(text_tasks, u);
}

static const struct choice text_licences[] = {
    { ECO_LICENCE_APACHE, 0.46 },    { ECO_LICENCE_MIT, 0.12 },
    { ECO_LICENCE_OTHER, 0.12 },     { ECO_LICENCE_LLAMA, 0.03 },
    { ECO_LICENCE_LLAMA + 1, 0.03 }, { ECO_LICENCE_LLAMA + 2, 0.03 },
    { ECO_LICENCE_LLAMA + 3, 0.03 }, { ECO_LICENCE_LLAMA + 4, 0.03 },
    { ECO_LICENCE_LLAMA + 5, 0.03 }, { ECO_LICENCE_CC_BY_NC, 0.06 },
    { ECO_LICENCE_CC_BY, 0.06 },     { 0, 0 },
};
static const struct choice vision_licences[] = {
    { ECO_LICENCE_OTHER, 0.30 },  { ECO_LICENCE_CREATIVEML, 0.22 },
    { ECO_LICENCE_APACHE, 0.24 }, { ECO_LICENCE_OPENRAIL, 0.18 },
    { ECO_LICENCE_MIT, 0.06 },    { 0, 0 },
};
static const struct choice other_licences[] = {
    { ECO_LICENCE_APACHE, 0.60 },
    { ECO_LICENCE_MIT, 0.30 },
    { ECO_LICENCE_CC_BY, 0.10 },
    { 0, 0 },
};

static int root_licence(const struct eco_world *w, const struct eco_cohort *c,
                        const struct eco_place *place)
{
    static const int largest[] = { ECO_LICENCE_APACHE, ECO_LICENCE_MIT,
                                   ECO_LICENCE_APACHE, ECO_LICENCE_OTHER };
    double offset = eco_world_unit(w, ECO_FOR_LICENCE, c->domain);
    double u = spread(place->at, offset);

    if (c->domain == ECO_DOMAIN_OTHER)
        return choose(other_licences, u);
    if (c->domain == ECO_DOMAIN_VISION)
        return place->at < 2
                   ? (place->at ? ECO_LICENCE_APACHE : ECO_LICENCE_OTHER)
                   : choose(vision_licences, u);
    /* One such family would outweigh the rarer licences. */
    return c->domain != ECO_DOMAIN_TEXT && place->at < 16
               ? largest[place->at % 4]
               : choose(text_licences, u);
}

static const struct choice text_sizes[] = {
    { 2, 0.07 }, { 3, 0.15 }, { 4, 0.14 }, { 5, 0.34 },  { 6, 0.10 },
    { 7, 0.08 }, { 8, 0.08 }, { 9, 0.02 }, { 10, 0.02 }, { 0, 0 },
};
static const struct choice vision_sizes[] = {
    { 1, 0.36 }, { 2, 0.22 }, { 4, 0.27 }, { 6, 0.15 }, { 0, 0 },
};
static const struct choice other_sizes[] = {
    { 0, 0.62 }, { 1, 0.28 }, { 2, 0.07 }, { 3, 0.03 }, { 0, 0 },
};

static int root_size(const struct eco_world *w, const struct eco_cohort *c,
                     const struct eco_place *place)
{
    double u = spread(place->at, eco_world_unit(w, ECO_FOR_SIZE, c->domain));

    switch (c->domain) {
    case ECO_DOMAIN_BURST:
        return 2;
    case ECO_DOMAIN_VISION:
        return choose(vision_sizes, u);
    case ECO_DOMAIN_OTHER:
        return choose(other_sizes, u);
    case ECO_DOMAIN_TEXT_BIG:
    case ECO_DOMAIN_TEXT:
        break;
    }
    return choose(text_sizes, u);
}

/* A number of parameters of the class, to three digits as models have them. */
static int64_t parameters_of(const struct eco_world *w, uint64_t model,
                             int size)
{
    const struct eco_size_class *c = &eco_synth_sizes[size];
    double u = eco_world_unit(w, ECO_FOR_PARAMETERS, model);
    double n = c->low + (c->high - c->low) * u * (c->low < 1e8 ? u : 1);

    return (int64_t)n / 1024 * 1024 + 512;
}

static double root_created(const struct eco_world *w, uint64_t model,
                           const struct eco_cohort *c)
{
    double u = eco_world_unit(w, ECO_FOR_CREATED, model), from, to;

    if (c->domain != ECO_DOMAIN_BURST)
        return 0.92 * u * sqrt(u);
    eco_curve_burst(&from, &to); /* in the weeks before */
    return from - (to - from) * (0.2 + 0.5 * u);
}

static void root_nature(const struct eco_world *w, uint64_t model,
                        const struct eco_place *place, struct eco_nature *n)
{
    const struct eco_cohort *c = &w->plan.cohorts[place->cohort];

    n->task = root_task(w, c, place);
    n->licence = root_licence(w, c, place);
    n->size = root_size(w, c, place);
    n->parameters = parameters_of(w, model, n->size);
    n->created = root_created(w, model, c);
    n->tells_task =
        eco_world_unit(w, ECO_FOR_TELL_TASK, model) < ROOT_TELLS_TASK;
    n->tells_licence =
        eco_world_unit(w, ECO_FOR_TELL_LICENCE, model) < ROOT_TELLS_LICENCE;
    n->tells_size =
        eco_world_unit(w, ECO_FOR_TELL_SIZE, model) < ROOT_TELLS_SIZE;
}

/* --- singles -------------------------------------------------------------- */

static int below(const double *bound, int n, double u)
{
    for (int i = 0; i < n; i++)
        if (u < bound[i])
            return i;
    return ECO_NONE;
}

static void single_nature(const struct eco_world *w, uint64_t model,
                          struct eco_nature *n)
{
    double u = eco_world_unit(w, ECO_FOR_CREATED, model);
    int bin = below(w->created, ECO_BINS - 1, u);
    double from;

    bin = bin < 0 ? ECO_BINS - 1 : bin;
    from = bin ? w->created[bin - 1] : 0;
    n->created = (bin + (u - from) / (w->created[bin] - from)) / ECO_BINS;
    n->task = below(w->task, ECO_TASKS, eco_world_unit(w, ECO_FOR_TASK, model));
    n->licence = below(w->licence, ECO_LICENCES,
                       eco_world_unit(w, ECO_FOR_LICENCE, model));
    n->size = below(w->size, ECO_SIZES, eco_world_unit(w, ECO_FOR_SIZE, model));
    n->tells_task = n->task >= 0;
    n->tells_licence = n->licence >= 0;
    n->tells_size = n->size >= 0;
    n->parameters = n->size < 0 ? -1 : parameters_of(w, model, n->size);
}

/* --- derived models ------------------------------------------------------- */

static int changed_licence(const struct eco_world *w, uint64_t model, int old)
{
    double u = eco_world_unit(w, ECO_FOR_NEW_LICENCE, model);
    int licence;

    if (u < TO_PERMISSIVE)
        licence =
            u < TO_PERMISSIVE * 0.7 ? ECO_LICENCE_APACHE : ECO_LICENCE_MIT;
    else
        licence = pick(eco_synth_licences, ECO_LICENCES,
                       (u - TO_PERMISSIVE) / (1 - TO_PERMISSIVE) * 0.36);
    if (licence == old)
        licence =
            old == ECO_LICENCE_APACHE ? ECO_LICENCE_MIT : ECO_LICENCE_APACHE;
    return licence;
}

/* The latest creation among the further bases of a merge, if later. Bases
 * stand at a smaller depth, so this ends. */
static double latest_base(const struct eco_world *w,
                          const struct eco_place *place, double created)
{
    uint32_t n = eco_plan_further(&w->plan, place);

    for (uint32_t i = 0; i < n; i++) {
        struct eco_lineage line;
        struct eco_nature base;

        eco_world_lineage(w, eco_plan_further_base(&w->plan, place, i), &line);
        eco_world_nature(w, &line, &base);
        if (base.created > created)
            created = base.created;
    }
    return created;
}

static double child_created(const struct eco_world *w, uint64_t model,
                            const struct eco_place *place, double base)
{
    double u = eco_world_unit(w, ECO_FOR_CREATED, model), from, to;

    if (w->plan.cohorts[place->cohort].domain == ECO_DOMAIN_BURST) {
        eco_curve_burst(&from, &to);
        return from + (to - from) * u;
    }
    base = latest_base(w, place, base);
    base += (1 - base) * u * sqrt(u);
    return base < LATEST ? base : LATEST;
}

/* n is the base's and becomes the child's. */
static void child_nature(const struct eco_world *w, uint64_t model,
                         const struct eco_place *place, struct eco_nature *n)
{
    if (eco_world_unit(w, ECO_FOR_TASK, model) < CHANGES_TASK)
        n->task = pick(eco_synth_tasks, ECO_TASKS,
                       eco_world_unit(w, ECO_FOR_NEW_TASK, model));
    if (place->relation == ECO_SYNTH_FINETUNE &&
        eco_world_unit(w, ECO_FOR_LICENCE, model) < CHANGES_LICENCE)
        n->licence = changed_licence(w, model, n->licence);
    n->created = child_created(w, model, place, n->created);
    n->tells_task =
        eco_world_unit(w, ECO_FOR_TELL_TASK, model) < CHILD_TELLS_TASK;
    n->tells_licence =
        eco_world_unit(w, ECO_FOR_TELL_LICENCE, model) < CHILD_TELLS_LICENCE;
    n->tells_size =
        eco_world_unit(w, ECO_FOR_TELL_SIZE, model) < CHILD_TELLS_SIZE;
}

/* --- libraries ------------------------------------------------------------ */

static bool makes_images(int task)
{
    return task == ECO_TASK_TEXT_TO_IMAGE || task == ECO_TASK_IMAGE_TO_IMAGE ||
           task == ECO_TASK_TEXT_TO_VIDEO;
}

static int task_library(int task, double u)
{
    static const struct choice play[] = { { ECO_LIBRARY_BASELINES, 0.36 },
                                          { ECO_LIBRARY_AGENTS, 0.10 },
                                          { ECO_NONE, 0.54 },
                                          { 0, 0 } };
    static const struct choice images[] = { { ECO_LIBRARY_DIFFUSERS, 0.60 },
                                            { ECO_NONE, 0.40 },
                                            { 0, 0 } };
    static const struct choice vectors[] = { { ECO_LIBRARY_SENTENCES, 0.30 },
                                             { ECO_LIBRARY_TRANSFORMERS, 0.60 },
                                             { ECO_NONE, 0.10 },
                                             { 0, 0 } };
    static const struct choice usual[] = { { ECO_LIBRARY_TRANSFORMERS, 0.88 },
                                           { ECO_NONE, 0.12 },
                                           { 0, 0 } };

    if (task == ECO_TASK_REINFORCEMENT)
        return choose(play, u);
    if (makes_images(task))
        return choose(images, u);
    if (task == ECO_TASK_FEATURES || task == ECO_TASK_SIMILARITY)
        return choose(vectors, u);
    return choose(usual, u);
}

static int library_of(const struct eco_world *w, uint64_t model,
                      const struct eco_place *place, const struct eco_nature *n)
{
    static const struct choice quants[] = { { ECO_LIBRARY_TRANSFORMERS, 0.25 },
                                            { ECO_LIBRARY_GGUF, 0.10 },
                                            { ECO_LIBRARY_MLX, 0.12 },
                                            { ECO_NONE, 0.53 },
                                            { 0, 0 } };
    double u = eco_world_unit(w, ECO_FOR_LIBRARY, model);

    if (place->kind == ECO_PLACE_SINGLE && !n->tells_task)
        return below(w->library, ECO_LIBRARIES, u);
    if (place->kind == ECO_PLACE_CHILD) {
        if (place->relation == ECO_SYNTH_QUANTIZED)
            return choose(quants, u);
        if (place->relation == ECO_SYNTH_ADAPTER)
            return u > (makes_images(n->task) ? 0.55 : 0.66) ? ECO_NONE
                   : makes_images(n->task) ? ECO_LIBRARY_DIFFUSERS
                                           : ECO_LIBRARY_PEFT;
    }
    return task_library(n->task, u);
}

void eco_world_nature(const struct eco_world *w, const struct eco_lineage *line,
                      struct eco_nature *n)
{
    unsigned i = line->n - 1;

    *n = (struct eco_nature){ 0 };
    if (line->place[i].kind == ECO_PLACE_SINGLE)
        single_nature(w, line->model[i], n);
    else
        root_nature(w, line->model[i], &line->place[i], n);
    while (i-- > 0)
        child_nature(w, line->model[i], &line->place[i], n);
    n->library = library_of(w, line->model[0], &line->place[0], n);
}

/* --- downloads and likes -------------------------------------------------- */

/*
 * 55 % zero; 42 % log-normal, 3 % Pareto from 150. The published mu (1.8) and
 * sigma (1.6) put the 90th percentile at 28, not at the published 40, and the
 * published alpha (0.87) up to the cap gives the top 0.01 % two thirds, not
 * half, of all: each is bent within its tolerance to meet the others.
 */
#define SHARE_ZERO 0.55
#define SHARE_TAIL 0.03
#define BODY_MU 1.96
#define BODY_SIGMA 1.72
#define TAIL_FROM 150.0
#define TAIL_ALPHA 0.79
#define TAIL_BEND 3e5
#define TAIL_ALPHA_BENT 1.33
#define TAIL_CAP 2e8

/* P(Z > z), Abramowitz and Stegun 26.2.17. */
static double normal_above(double z)
{
    static const double b[] = { 1.330274429, -1.821255978, 1.781477937,
                                -0.356563782, 0.319381530 };
    double t, sum = 0;

    if (z < 0)
        return 1 - normal_above(-z);
    if (z > 30)
        return 0;
    t = 1 / (1 + 0.2316419 * z);
    for (int i = 0; i < 5; i++)
        sum = (sum + b[i]) * t;
    return sum * 0.3989422804014327 * eco_numbers_exp(-z * z / 2);
}

/* The share of models with more than exp(x) downloads. */
static double downloads_above(double x)
{
    double body = (1 - SHARE_ZERO - SHARE_TAIL) *
                  normal_above((x - BODY_MU) / BODY_SIGMA);
    double from = eco_numbers_ln(TAIL_FROM), bend = eco_numbers_ln(TAIL_BEND);
    double cap = eco_numbers_ln(TAIL_CAP), tail = 1, rest;

    if (x > bend) {
        rest = eco_numbers_exp(-TAIL_ALPHA_BENT * (cap - bend));
        tail = eco_numbers_exp(-TAIL_ALPHA * (bend - from)) *
               (eco_numbers_exp(-TAIL_ALPHA_BENT * (x - bend)) - rest) /
               (1 - rest);
        tail = tail < 0 ? 0 : tail;
    } else if (x > from) {
        tail = eco_numbers_exp(-TAIL_ALPHA * (x - from));
    }
    return body + SHARE_TAIL * tail;
}

/* Knots at equal steps of ln(share), from SMALLEST up to all non-zero. */
#define SMALLEST 1e-9

static double knot_step(void)
{
    return (eco_numbers_ln(1 - SHARE_ZERO) - eco_numbers_ln(SMALLEST)) /
           (ECO_KNOTS - 1);
}

static void make_knots(struct eco_world *w)
{
    double step = knot_step(), first = eco_numbers_ln(SMALLEST);

    for (int i = 0; i < ECO_KNOTS; i++) {
        double share = eco_numbers_exp(first + step * i);
        double low = -10, high = 19.12; /* ln of the cap */

        for (int k = 0; k < 50; k++) {
            double mid = (low + high) / 2;

            if (downloads_above(mid) > share)
                low = mid;
            else
                high = mid;
        }
        w->knots[i] = low;
    }
}

int64_t eco_world_downloads(const struct eco_world *w, uint64_t rank)
{
    double share = ((double)rank + 0.5) / (double)w->plan.models, at;
    int64_t n;
    int i;

    if (share >= 1 - SHARE_ZERO)
        return 0;
    at = (eco_numbers_ln(share) - eco_numbers_ln(SMALLEST)) / knot_step();
    i = at < 0 ? 0 : (int)at;
    if (i > ECO_KNOTS - 2)
        i = ECO_KNOTS - 2;
    at -= i;
    n = (int64_t)(eco_numbers_exp(w->knots[i] * (1 - at) +
                                  w->knots[i + 1] * at) +
                  0.5);
    return n < 1 ? 1 : n;
}

/* Pareto from 1 to a cap, floored. */
static int64_t pareto(double share, double alpha, double cap)
{
    double rest = eco_numbers_pow(cap, -alpha);

    return (int64_t)eco_numbers_pow(share * (1 - rest) + rest, -1 / alpha);
}

#define SHARE_LIKED 0.20
#define LIKES_ALPHA 1.05
#define LIKES_CAP 15000.0
#define KNOWN 0.015625 /* the most popular 1/64 */
#define KNOWN_STAY 0.92
#define OTHERS_STAY 0.60

/* u of the octave (2^-k-1, 2^-k] that share lies in. */
static double in_octave(double share, double u)
{
    double low = 0.5;

    while (low > share)
        low /= 2;
    return low * (1 + u);
}

/*
 * The share of models with more likes. Known models keep to their octave of
 * popularity, some others take their places; both moves leave the shares
 * uniform.
 */
int64_t eco_world_likes(const struct eco_world *w, uint64_t model,
                        uint64_t rank)
{
    double share = ((double)rank + 0.5) / (double)w->plan.models;
    double u = eco_world_unit(w, ECO_FOR_LIKES, model);
    double where = eco_world_unit(w, ECO_FOR_LIKES_WHERE, model);
    double enter = (1 - KNOWN_STAY) * KNOWN / (1 - KNOWN);

    if (share < KNOWN)
        share =
            where < KNOWN_STAY ? in_octave(share, u) : KNOWN + (1 - KNOWN) * u;
    else if (where < enter)
        share = KNOWN * u;
    else if (where < OTHERS_STAY)
        share = in_octave(share, u);
    else
        share = KNOWN + (1 - KNOWN) * u;
    if (share >= SHARE_LIKED)
        return 0;
    return pareto(share / SHARE_LIKED, LIKES_ALPHA, LIKES_CAP);
}

int64_t eco_world_space_likes(const struct eco_world *w, uint64_t space)
{
    double u = eco_world_unit(w, ECO_FOR_SPACE, space);

    return u >= 0.15 ? 0 : pareto(u / 0.15, 1.1, 12000);
}

/* --- making a world ------------------------------------------------------- */

#define SAMPLE 65536 /* of the families */

struct counts {
    double models; /* how many of the sample */
    double task[ECO_TASKS], licence[ECO_LICENCES], size[ECO_SIZES];
    double library[ECO_LIBRARIES], created[ECO_BINS];
};

static void count_families(const struct eco_world *w, struct counts *n)
{
    const struct eco_plan *p = &w->plan;
    uint64_t family = p->roots + p->derived;
    uint64_t sample = family < SAMPLE ? family : SAMPLE;

    for (uint64_t i = 0; i < sample; i++) {
        uint64_t model = i * family / sample;
        struct eco_lineage line;
        struct eco_nature nature;

        model += model < p->roots ? 0 : p->singles;
        eco_world_lineage(w, model, &line);
        eco_world_nature(w, &line, &nature);
        n->models++;
        if (nature.tells_task)
            n->task[nature.task]++;
        if (nature.tells_licence)
            n->licence[nature.licence]++;
        if (nature.tells_size)
            n->size[nature.size]++;
        if (nature.library >= 0)
            n->library[nature.library]++;
        n->created[(int)(nature.created * ECO_BINS)]++;
    }
    if (n->models > 0)
        n->models = (double)family / n->models; /* models per sampled one */
}

/* What is missing to `target` models, as a share of `fill` models that are
 * still open. */
static double missing(double target, double have, double fill)
{
    return target > have && fill > 0 ? (target - have) / fill : 0;
}

static void fill_tasks(struct eco_world *w, const struct counts *n)
{
    double all = (double)w->plan.models, singles = (double)w->plan.singles;
    double sum = 0;

    for (int i = 0; i < ECO_TASKS; i++)
        w->task[i] = sum +=
            missing(eco_synth_tasks[i].share * SHARE_WITH_TASK * all,
                    n->task[i] * n->models, singles);
}

static void fill_others(struct eco_world *w, const struct counts *n)
{
    double all = (double)w->plan.models, singles = (double)w->plan.singles;
    double sum = 0;

    for (int i = 0; i < ECO_LICENCES; i++)
        w->licence[i] = sum += missing(eco_synth_licences[i].share * all,
                                       n->licence[i] * n->models, singles);
    sum = 0;
    for (int i = 0; i < ECO_SIZES; i++)
        w->size[i] = sum +=
            missing(eco_synth_sizes[i].share * SHARE_WITH_SIZE * all,
                    n->size[i] * n->models, singles);
    sum = 0;
    for (int i = 0; i < ECO_BINS; i++)
        w->created[i] = sum +=
            missing(all / ECO_BINS, n->created[i] * n->models, singles);
    for (int i = 0; i < ECO_BINS && sum > 0; i++)
        w->created[i] /= sum;
}

/* Libraries of singles with a task follow from the task; count them by a
 * sample of the unit interval, then the others get what is missing. */
static void fill_libraries(struct eco_world *w, struct counts *n)
{
    double all = (double)w->plan.models, singles = (double)w->plan.singles;
    double told = w->task[ECO_TASKS - 1], sum = 0, before = 0;

    for (int i = 0; i < ECO_LIBRARIES; i++)
        n->library[i] *= n->models;
    for (int t = 0; t < ECO_TASKS; t++) {
        double of_task = (w->task[t] - before) * singles;

        for (int i = 0; i < 1000; i++) {
            int library = task_library(t, (i + 0.5) / 1000);

            if (library >= 0)
                n->library[library] += of_task / 1000;
        }
        before = w->task[t];
    }
    for (int i = 0; i < ECO_LIBRARIES; i++)
        w->library[i] = sum +=
            missing(eco_synth_libraries[i].share * SHARE_WITH_LIBRARY * all,
                    n->library[i], singles * (1 - told));
}

int eco_world_init(struct eco_world *w, uint64_t models, uint64_t seed,
                   struct eco_err *err)
{
    struct counts n = { 0 };
    int rc;

    *w = (struct eco_world){ 0 };
    rc = eco_plan_init(&w->plan, models, seed, err);
    if (rc)
        return rc;
    make_knots(w);
    count_families(w, &n);
    fill_tasks(w, &n);
    fill_others(w, &n);
    fill_libraries(w, &n);
    return 0;
}

void eco_world_release(struct eco_world *w)
{
    eco_plan_release(&w->plan);
}
