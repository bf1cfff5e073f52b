/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "synth/check_internal.h"

/* The size that the facts were published for. */
#define FULL_SIZE 3000000.0

struct facts {
    struct eco_synth_check *c;
    void (*tell)(void *arg, const struct eco_synth_fact *);
    void *arg;
    bool all_ok;
    double n;                                /* models */
    int64_t *sorted;                         /* n of them, for quantiles */
    uint32_t *root, *depth, *size, *deepest; /* of families */
};

static void tell(struct facts *f, const char *key, double target, double low,
                 double high, double value)
{
    struct eco_synth_fact fact = {
        key, target, low, high, value, value >= low && value <= high
    };

    f->all_ok &= fact.ok;
    f->tell(f->arg, &fact);
}

/* Within `relative` of the target. */
static void about(struct facts *f, const char *key, double target,
                  double relative, double value)
{
    tell(f, key, target, target * (1 - relative), target * (1 + relative),
         value);
}

/*
 * A share of `among` things: 10 % (or `absolute` where it is given) and three
 * standard errors of a share of so many. At the full size the errors vanish.
 */
static void share(struct facts *f, const char *key, double target,
                  double absolute, uint64_t count, uint64_t among)
{
    double n = among ? (double)among : 1;
    double tolerance = (absolute > 0 ? absolute : target * 0.1) +
                       3 * sqrt(target * (1 - target) / n);

    tell(f, key, target, target - tolerance, target + tolerance,
         (double)count / n);
}

/* A share of one name of a sort. */
static void named(struct facts *f, const char *sort, const char *name,
                  double target, const struct check_names *names,
                  uint64_t among)
{
    char key[96] = "";
    uint64_t count = 0;

    strncat(key, sort, 40);
    strncat(key, name, 50);
    for (int i = 0; i < names->n; i++)
        if (!strcmp(names->name[i], name))
            count = names->count[i];
    share(f, key, target, 0, count, among);
}

static int64_t day_ms(const char *text)
{
    int32_t day = 0;

    if (!eco_day_parse(eco_str_from_c(text), &day))
        return 0;
    return day * ECO_DAY_MS;
}

/* --- size over time ------------------------------------------------------- */

static void tell_growth(struct facts *f)
{
    static const struct {
        const char *key, *day;
        double models;
    } at[] = {
        { "growth.2022-03-03", "2022-03-03", 31 },
        { "growth.2022-12-31", "2023-01-01", 108 },
        { "growth.2023-12-31", "2024-01-01", 450 },
        { "growth.2024-09-15", "2024-09-15", 1000 },
        { "growth.2025-10-15", "2025-10-15", 2130 },
        { "growth.2026-09-01", "2026-09-01", 3070 },
    };
    uint64_t early = 0;

    for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
        int64_t end = day_ms(at[i].day);
        uint64_t count = 0;

        for (size_t m = 0; m < f->c->n_models; m++)
            count += f->c->models[m].created_ms < end;
        share(f, at[i].key, at[i].models / 3070, 0, count, f->c->n_models);
    }
    for (size_t m = 0; m < f->c->n_models; m++)
        early += f->c->models[m].created_ms < day_ms("2022-03-02");
    tell(f, "growth.before", 0, 0, 0, (double)early);
}

/* --- bases ---------------------------------------------------------------- */

static int build_table(struct eco_synth_check *c, struct eco_err *err)
{
    size_t slots = 64;

    while (slots < c->n_models * 2)
        slots *= 2;
    c->table = eco_alloc_array(slots, sizeof(*c->table));
    c->children = eco_calloc(c->n_models + 1, sizeof(*c->children));
    if (!c->table || !c->children)
        return eco_fail(err, ECO_ENOMEM, "no memory to check %zu models",
                        c->n_models);
    memset(c->table, 0xff, slots * sizeof(*c->table));
    c->table_mask = slots - 1;
    for (size_t i = 0; i < c->n_models; i++) {
        uint64_t id = c->models[i].id;
        size_t at = id & c->table_mask;

        while (c->table[at] != CHECK_NOBODY && c->models[c->table[at]].id != id)
            at = (at + 1) & c->table_mask;
        if (c->table[at] != CHECK_NOBODY)
            c->twins++;
        else
            c->table[at] = (uint32_t)i;
    }
    return 0;
}

static void resolve(struct eco_synth_check *c)
{
    for (size_t i = 0; i < c->n_edges; i++) {
        struct check_edge *e = &c->edges[i];

        e->parent = eco_check_find(c, e->base);
        if (e->parent == CHECK_NOBODY) {
            c->missing++;
        } else if (e->parent == e->child) {
            c->self_loops++;
            e->parent = CHECK_NOBODY;
        } else {
            c->children[e->parent]++;
        }
    }
}

static uint32_t first_parent(const struct eco_synth_check *c, uint32_t model)
{
    const struct check_model *m = &c->models[model];

    return m->n_edges ? c->edges[m->first_edge].parent : CHECK_NOBODY;
}

static void count_cycles(struct eco_synth_check *c)
{
    for (uint32_t i = 0; i < c->n_models; i++) {
        uint32_t a = first_parent(c, i), b, d;

        if (a == CHECK_NOBODY)
            continue;
        b = first_parent(c, a);
        d = b == CHECK_NOBODY ? b : first_parent(c, b);
        c->pairs += b == i;
        c->triangles += d == i && b != i;
    }
}

static void tell_bases(struct facts *f)
{
    static const struct {
        const char *key;
        double target;
    } relations[CHECK_RELATIONS] = { { "relation.adapter", 0.42 },
                                     { "relation.finetune", 0.33 },
                                     { "relation.merge", 0.07 },
                                     { "relation.quantized", 0.18 } };
    static const struct {
        const char *key;
        double target;
    } fertile[CHECK_RELATIONS] = { { "fertile.adapter", 0.0019 },
                                   { "fertile.finetune", 0.079 },
                                   { NULL, 0 },
                                   { "fertile.quantized", 0.0095 } };
    struct eco_synth_check *c = f->c;
    uint64_t edges[CHECK_RELATIONS] = { 0 }, having[CHECK_RELATIONS] = { 0 };
    uint64_t derived[CHECK_RELATIONS] = { 0 };

    for (size_t i = 0; i < c->n_edges; i++)
        edges[c->edges[i].relation]++;
    for (size_t i = 0; i < c->n_models; i++) {
        int r;

        if (!c->models[i].n_edges)
            continue;
        r = c->edges[c->models[i].first_edge].relation;
        derived[r]++;
        having[r] += c->children[i] > 0;
    }
    share(f, "base.declared", 0.30, 0.01, c->declared, c->n_models);
    share(f, "base.several", 0.021, 0, c->several, c->declared);
    tell(f, "base.most", 100, f->n < 1e6 ? 2 : 50, 100, c->most_bases);
    for (int r = 0; r < CHECK_RELATIONS; r++)
        share(f, relations[r].key, relations[r].target, 0.02, edges[r],
              c->n_edges);
    for (int r = 0; r < CHECK_RELATIONS; r++)
        if (fertile[r].key)
            share(f, fertile[r].key, fertile[r].target, 0, having[r],
                  derived[r]);
}

/* --- the power law of children -------------------------------------------- */

static int cmp_i64(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* Of sorted, not negative values. */
static double gini(const int64_t *at, size_t n)
{
    double weighted = 0, sum = 0;

    for (size_t i = 0; i < n; i++) {
        weighted += ((double)i + 1) * (double)at[i];
        sum += (double)at[i];
    }
    return sum > 0 ? (2 * weighted / sum - (double)n - 1) / (double)n : 0;
}

struct law {
    double mean, mean_ln, gini;
};

static struct law law_of(double alpha, uint32_t max)
{
    double total = 0, sum = 0, ln = 0, area = 0, below = 0;

    for (uint32_t k = 1; k <= max; k++) {
        double p = pow(k, -alpha);

        total += p;
        ln += p * log(k);
        area += p * (below + p * k / 2);
        below += p * k;
    }
    sum = below;
    return (struct law){ sum / total, ln / total,
                         1 - 2 * area / (sum * total) };
}

/* The likeliest exponent of a law up to max. */
static double fit(double mean_ln, uint32_t max)
{
    double low = 1.01, high = 4;

    for (int i = 0; i < 40; i++) {
        double mid = (low + high) / 2;

        if (law_of(mid, max).mean_ln > mean_ln)
            low = mid;
        else
            high = mid;
    }
    return low;
}

static void tell_children(struct facts *f)
{
    const struct eco_synth_check *c = f->c;
    uint32_t max = (uint32_t)(40000 * f->n / FULL_SIZE) + 1;
    struct law law = law_of(1.91, max);
    double sum = 0, ln = 0;
    uint64_t ones = 0;
    size_t n = 0;

    for (size_t i = 0; i < c->n_models; i++) {
        if (!c->children[i])
            continue;
        f->sorted[n++] = c->children[i];
        sum += c->children[i];
        ln += log(c->children[i]);
        ones += c->children[i] == 1;
    }
    if (!n)
        return;
    qsort(f->sorted, n, sizeof(*f->sorted), cmp_i64);
    about(f, "children.alpha", 1.91, 0.03, fit(ln / (double)n, max));
    about(f, "children.mean", law.mean, 0.10, sum / (double)n);
    tell(f, "children.gini", law.gini, law.gini - 0.02, law.gini + 0.02,
         gini(f->sorted, n));
    share(f, "children.one", 0.57, 0, ones, n);
    tell(f, "children.most", max, max / 2.0, max, (double)f->sorted[n - 1]);
}

/* --- families ------------------------------------------------------------- */

/* Root and depth along first bases. Who never gets to a root is in a cycle,
 * and a root of its own. */
#define LONGEST 100

static void climb(struct facts *f, uint32_t model)
{
    uint32_t at = model, parent, steps = 0, depth;

    while (f->root[at] == CHECK_NOBODY) {
        parent = first_parent(f->c, at);
        if (parent == CHECK_NOBODY || steps == LONGEST) {
            at = steps == LONGEST ? model : at;
            f->root[at] = at;
            break;
        }
        at = parent;
        steps++;
    }
    if (at == model)
        return;
    depth = f->depth[at] + steps;
    parent = f->root[at];
    for (at = model; f->root[at] == CHECK_NOBODY; at = first_parent(f->c, at)) {
        f->root[at] = parent;
        f->depth[at] = depth--;
    }
}

static bool has_word(const char *task, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(task, words[i]))
            return true;
    return false;
}

static bool is_text(const struct eco_synth_check *c, uint32_t model)
{
    static const char *const tasks[] = {
        "text-generation",      "text-classification",
        "token-classification", "question-answering",
        "feature-extraction",   "fill-mask",
        "translation",          "summarization",
        "sentence-similarity",  "zero-shot-classification"
    };
    int task = c->models[model].task;

    return task >= 0 && has_word(c->tasks.name[task], tasks,
                                 sizeof(tasks) / sizeof(tasks[0]));
}

static bool is_vision(const struct eco_synth_check *c, uint32_t model)
{
    static const char *const tasks[] = {
        "text-to-image",    "image-classification", "image-to-image",
        "object-detection", "image-segmentation",   "text-to-video"
    };
    int task = c->models[model].task;

    return task >= 0 && has_word(c->tasks.name[task], tasks,
                                 sizeof(tasks) / sizeof(tasks[0]));
}

static void tell_families(struct facts *f)
{
    const struct eco_synth_check *c = f->c;
    uint64_t text = 0, deep = 0, seen = 0, near = 0;
    uint32_t largest = 0, deepest = 0;

    for (uint32_t i = 0; i < c->n_models; i++)
        climb(f, i);
    for (uint32_t i = 0; i < c->n_models; i++) {
        uint32_t root = f->root[i];

        f->size[root]++;
        if (f->depth[i] > f->deepest[root])
            f->deepest[root] = f->depth[i];
        if (f->depth[i] && is_vision(c, root)) {
            seen++;
            near += f->depth[i] == 1;
        }
    }
    for (uint32_t i = 0; i < c->n_models; i++) {
        if (f->root[i] != i || !f->deepest[i])
            continue;
        text += is_text(c, i);
        deep += is_text(c, i) && f->deepest[i] >= 5;
        largest = f->size[i] > largest ? f->size[i] : largest;
        deepest = f->deepest[i] > deepest ? f->deepest[i] : deepest;
    }
    share(f, "depth.text-5", 0.05, 0, deep, text);
    share(f, "depth.vision-1", 0.96, 0.02, near, seen);
    tell(f, "depth.most", 31, f->n < 50000 ? 5 : 31, 100, deepest);
    tell(f, "family.largest", 0.01, 0.005, 0.02, largest / f->n);
}

/* --- the burst ------------------------------------------------------------ */

#define MONTHS 56 /* of 30.44 days since March 2022 */

static int month_of(int64_t ms)
{
    int64_t from = day_ms("2022-03-01");

    return ms < from ? 0 : (int)((double)(ms - from) / 86400000 / 30.4375);
}

struct burst {
    double share; /* of all new edges of 30 days */
    double adapters, within;
};

/* All edges of one base against all edges of its busiest 30 days. */
static struct burst burst_of(const struct eco_synth_check *c, uint32_t base,
                             const int64_t *created)
{
    uint64_t own = 0, all = 0, in = 0, adapters = 0;
    int64_t first = INT64_MAX;

    for (size_t i = 0; i < c->n_edges; i++)
        if (c->edges[i].parent == base && created[i] < first)
            first = created[i];
    for (size_t i = 0; i < c->n_edges; i++) {
        bool within =
            created[i] >= first && created[i] < first + 30 * ECO_DAY_MS;

        all += within;
        if (c->edges[i].parent != base)
            continue;
        own++;
        in += within;
        adapters += c->edges[i].relation == CHECK_ADAPTER;
    }
    return (struct burst){ (double)in / (double)(all ? all : 1),
                           (double)adapters / (double)(own ? own : 1),
                           (double)in / (double)(own ? own : 1) };
}

/* Candidates have many children, all of them in 31 days. */
static int tell_burst(struct facts *f, struct eco_err *err)
{
    const struct eco_synth_check *c = f->c;
    int64_t *created = eco_alloc_array(c->n_edges + 1, sizeof(*created));
    int64_t *span = eco_calloc(c->n_models * 2 + 1, sizeof(*span));
    struct burst best = { 0 };
    uint32_t small = 0;

    if (!created || !span) {
        eco_free(created);
        eco_free(span);
        return eco_fail(err, ECO_ENOMEM, "no memory to check bursts");
    }
    for (size_t i = 0; i < c->n_edges; i++) {
        uint32_t p = c->edges[i].parent;
        int64_t ms = c->models[c->edges[i].child].created_ms;

        created[i] = ms;
        if (p == CHECK_NOBODY)
            continue;
        if (!span[2 * p] || ms < span[2 * p])
            span[2 * p] = ms;
        if (ms > span[2 * p + 1])
            span[2 * p + 1] = ms;
    }
    for (uint32_t p = 0; p < c->n_models; p++) {
        struct burst b;

        if (c->children[p] < 0.001 * f->n ||
            span[2 * p + 1] - span[2 * p] > 31 * ECO_DAY_MS ||
            month_of(span[2 * p]) >= MONTHS)
            continue;
        b = burst_of(c, p, created);
        if (b.share > best.share) {
            best = b;
            small = p;
        }
    }
    eco_free(created);
    eco_free(span);
    if (f->n < 20000)
        return 0;
    tell(f, "burst.share", 0.25, 0.25 * 0.9 - 3 / sqrt(0.012 * f->n) * 0.43,
         0.25 * 1.1 + 3 / sqrt(0.012 * f->n) * 0.43, best.share);
    tell(f, "burst.adapters", 0.9, 0.75, 1, best.adapters);
    tell(f, "burst.within", 1, 0.99, 1, best.within);
    if (best.share > 0 && c->models[small].parameters > 0)
        tell(f, "burst.parameters", 0.6e9, 0.1e9, 1.5e9,
             (double)c->models[small].parameters);
    return 0;
}

/* --- downloads and likes -------------------------------------------------- */

static size_t above(const int64_t *sorted, size_t n, int64_t value)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (sorted[mid] > value)
            high = mid;
        else
            low = mid + 1;
    }
    return n - low;
}

/* The floor of the Gini index for fewer models: the largest of a heavy tail
 * is smaller in a smaller sample. */
static double gini_floor(double n)
{
    return n >= FULL_SIZE ? 0.985 : 0.985 - 0.004 * log10(FULL_SIZE / n);
}

static void tell_downloads(struct facts *f)
{
    const struct eco_synth_check *c = f->c;
    size_t n = c->n_models, zero = 0, top = (size_t)(f->n / 10000 + 0.5);
    double all = 0, head = 0, mu, sigma, alpha, tail;
    /* The body is 42 of the 45 % that are not zero. */
    size_t positive, half, ninth, tenth = n ? n - 1 - n / 10 : 0;
    int64_t far = f->n < 200000 ? 50000 : 200000;

    for (size_t i = 0; i < n; i++) {
        int64_t d = c->models[i].downloads;

        f->sorted[i] = d < 0 ? 0 : d;
        zero += d <= 0;
        all += (double)f->sorted[i];
    }
    qsort(f->sorted, n, sizeof(*f->sorted), cmp_i64);
    for (size_t i = n - (top ? top : 1); i < n; i++)
        head += (double)f->sorted[i];
    positive = n - zero;
    half = zero + (size_t)((double)positive * 0.5 * 42 / 45);
    ninth = zero + (size_t)((double)positive * 0.9 * 42 / 45);
    share(f, "downloads.zero", 0.55, 0, zero, n);
    if (positive < 1000)
        return;
    mu = log((double)f->sorted[half]);
    sigma = (log((double)f->sorted[ninth]) - mu) / 1.2815515655;
    alpha = log((double)above(f->sorted, n, 5000) /
                (double)above(f->sorted, n, far)) /
            log((double)far / 5000);
    tail = (double)above(f->sorted, n, 5000) / f->n * pow(5000.0 / 150, alpha);
    about(f, "downloads.mu", 1.8, 0.10, mu);
    about(f, "downloads.sigma", 1.6, 0.10, sigma);
    /* Few models are this far out in a small Hub. */
    about(f, "downloads.alpha", 0.87, f->n < 1e6 ? 0.20 : 0.10, alpha);
    about(f, "downloads.tail", 0.03, f->n < 1e6 ? 0.30 : 0.10, tail);
    about(f, "downloads.p90", 40, 0.10, (double)f->sorted[tenth]);
    if (f->n >= 20000) /* else it is one model */
        about(f, "downloads.top-0.01%", 0.5, f->n < 1e6 ? 0.25 : 0.10,
              head / all);
    tell(f, "downloads.gini", gini_floor(f->n), gini_floor(f->n), 1,
         gini(f->sorted, n));
    tell(f, "downloads.most", 2e8, 0, 2e8, (double)f->sorted[n - 1]);
}

/* Twice the rank of each value among all, ties in the middle. */
static double twice_rank(const int64_t *sorted, size_t n, int64_t value)
{
    return (double)(n - above(sorted, n, value)) +
           (double)(n - above(sorted, n, value - 1));
}

static int tell_likes(struct facts *f, struct eco_err *err)
{
    const struct eco_synth_check *c = f->c;
    size_t n = c->n_models, zero = 0;
    int64_t *likes = eco_alloc_array(n, sizeof(*likes));
    double xy = 0, xx = 0, yy = 0, mid = (double)n;

    if (!likes)
        return eco_fail(err, ECO_ENOMEM, "no memory to check likes");
    for (size_t i = 0; i < n; i++) {
        likes[i] = c->models[i].likes;
        zero += !likes[i];
    }
    qsort(likes, n, sizeof(*likes), cmp_i64);
    for (size_t i = 0; i < n; i++) { /* f->sorted: downloads */
        int64_t d = c->models[i].downloads;
        double x = twice_rank(f->sorted, n, d < 0 ? 0 : d) - mid;
        double y = twice_rank(likes, n, c->models[i].likes) - mid;

        xy += x * y;
        xx += x * x;
        yy += y * y;
    }
    share(f, "likes.zero", 0.80, 0, zero, n);
    tell(f, "likes.most", 15000, f->n < 1e6 ? 10 : 7500, 15000,
         (double)likes[n - 1]);
    tell(f, "likes.rank-correlation", 0.5, 0.3, 0.9,
         xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : 0);
    eco_free(likes);
    return 0;
}

/* --- words ---------------------------------------------------------------- */

struct target {
    const char *name;
    double share;
};

static void tell_all(struct facts *f, const char *sort, const struct target *at,
                     const struct check_names *names, uint64_t among)
{
    for (; at->name; at++)
        named(f, sort, at->name, at->share, names, among);
}

static void tell_words(struct facts *f)
{
    static const struct target tasks[] = {
        { "text-generation", 0.41 },
        { "text-classification", 0.14 },
        { "text-to-image", 0.11 },
        { "reinforcement-learning", 0.09 },
        { "automatic-speech-recognition", 0.035 },
        { "token-classification", 0.03 },
        { "image-classification", 0.026 },
        { "fill-mask", 0.02 },
        { "feature-extraction", 0.02 },
        { "question-answering", 0.02 },
        { NULL, 0 },
    };
    static const struct target licences[] = {
        { "apache-2.0", 0.16 },
        { "mit", 0.06 },
        { "other", 0.04 },
        { "openrail", 0.02 },
        { "creativeml-openrail-m", 0.016 },
        { "cc-by-nc-4.0", 0.008 },
        { NULL, 0 },
    };
    static const struct target languages[] = {
        { "en", 0.86 },  { "zh", 0.05 },  { "fr", 0.045 }, { "es", 0.04 },
        { "de", 0.04 },  { "ja", 0.035 }, { "ko", 0.033 }, { "it", 0.03 },
        { "pt", 0.03 },  { "ru", 0.025 }, { "hi", 0.023 }, { "ar", 0.02 },
        { "th", 0.018 }, { NULL, 0 },
    };
    static const struct target libraries[] = {
        { "transformers", 0.63 },
        { "peft", 0.20 },
        { "diffusers", 0.08 },
        { "stable-baselines3", 0.02 },
        { "sentence-transformers", 0.013 },
        { NULL, 0 },
    };
    struct eco_synth_check *c = f->c;

    share(f, "task.told", 0.39, 0, c->with_task, c->n_models);
    tell_all(f, "task.", tasks, &c->tasks, c->with_task);
    share(f, "licence.none", 0.64, 0, c->n_models - c->with_licence,
          c->n_models);
    tell_all(f, "licence.", licences, &c->licences, c->n_models);
    share(f, "language.told", 0.14, 0, c->with_language, c->n_models);
    tell_all(f, "language.", languages, &c->languages, c->with_language);
    about(f, "language.mean", 1.8, f->n < 1e6 ? 0.2 : 0.1,
          (double)c->language_entries /
              (double)(c->with_language ? c->with_language : 1));
    tell_all(f, "library.", libraries, &c->libraries, c->with_library);
}

/* The kinds of two families of licences: each between 0.3 and 0.55 %. */
static void tell_model_licences(struct facts *f)
{
    static const char *const kinds[] = { "llama2",   "llama3",   "llama3.1",
                                         "llama3.2", "llama3.3", "gemma" };
    double noise = 3 * sqrt(0.0042 / f->n);

    for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
        char key[64] = "licence.";
        uint64_t count = 0;

        strncat(key, kinds[k], 40);
        for (int i = 0; i < f->c->licences.n; i++)
            if (!strcmp(f->c->licences.name[i], kinds[k]))
                count = f->c->licences.count[i];
        tell(f, key, 0.0042, 0.003 - noise, 0.0055 + noise,
             (double)count / f->n);
    }
}

static bool is_permissive(const char *licence)
{
    return !strcmp(licence, "apache-2.0") || !strcmp(licence, "mit");
}

/* What children keep of their base. */
static void tell_inheritance(struct facts *f)
{
    struct eco_synth_check *c = f->c;
    uint64_t tasks = 0, same_task = 0, licences = 0, changed = 0, free_ = 0;
    uint64_t sizes = 0, same_size = 0;

    for (size_t i = 0; i < c->n_edges; i++) {
        const struct check_edge *e = &c->edges[i];
        const struct check_model *child = &c->models[e->child], *base;

        if (e->parent == CHECK_NOBODY)
            continue;
        base = &c->models[e->parent];
        if (child->task >= 0 && base->task >= 0) {
            tasks++;
            same_task += child->task == base->task;
        }
        if (e->relation == CHECK_FINETUNE && child->licence >= 0 &&
            base->licence >= 0) {
            licences++;
            if (child->licence != base->licence) {
                changed++;
                free_ += is_permissive(c->licences.name[child->licence]);
            }
        }
        if ((e->relation == CHECK_QUANTIZED || e->relation == CHECK_ADAPTER) &&
            child->parameters >= 0 && base->parameters >= 0) {
            sizes++;
            same_size += child->parameters == base->parameters;
        }
    }
    tell(f, "task.kept", 0.9, 0.8, 1,
         (double)same_task / (double)(tasks ? tasks : 1));
    share(f, "licence.changed", 0.20, 0, changed, licences);
    tell(f, "licence.to-permissive", 0.7, 0.5, 1,
         (double)free_ / (double)(changed ? changed : 1));
    tell(f, "size.kept", 1, 0.99, 1,
         (double)same_size / (double)(sizes ? sizes : 1));
}

/* --- authors, sizes, Spaces ------------------------------------------------ */

static int cmp_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static void tell_authors(struct facts *f)
{
    static const struct target kinds[] = {
        { "company", 0.44 },     { "community", 0.19 },
        { "university", 0.13 },  { "non-profit", 0.12 },
        { "unverified", 0.08 },  { "classroom", 0.04 },
        { "government", 0.001 }, { NULL, 0 },
    };
    struct eco_synth_check *c = f->c;
    uint64_t *owner = (uint64_t *)f->sorted;
    size_t n = c->n_models, authors = 0, largest = 0, run = 0;

    for (size_t i = 0; i < n; i++)
        owner[i] = c->models[i].owner;
    qsort(owner, n, sizeof(*owner), cmp_u64);
    for (size_t i = 0; i < n; i++) {
        run = i && owner[i] == owner[i - 1] ? run + 1 : 1;
        authors += run == 1;
        largest = run > largest ? run : largest;
    }
    about(f, "author.models", 6, 0.10, f->n / (double)authors);
    tell(f, "author.largest", 0.003, 0.0015, 0.006, (double)largest / f->n);
    share(f, "author.rows", 1.0 / 6, 0, c->authors, n);
    share(f, "author.org", 0.12, 0, c->orgs, c->authors);
    tell_all(f, "author.", kinds, &c->kinds, c->orgs);
}

static bool is_in_cluster(double billions)
{
    static const double at[][2] = { { 0.9, 1.4 }, { 2.7, 3.4 }, { 6.5, 8.5 },
                                    { 12.5, 15 }, { 26, 35 },   { 65, 75 } };

    for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++)
        if (billions >= at[i][0] && billions <= at[i][1])
            return true;
    return false;
}

static void tell_sizes(struct facts *f)
{
    struct eco_synth_check *c = f->c;
    size_t n = 0, large = 0, clustered = 0, middle;
    double sum = 0;

    for (size_t i = 0; i < c->n_models; i++) {
        double billions = (double)c->models[i].parameters / 1e9;

        if (billions < 0)
            continue;
        f->sorted[n++] = c->models[i].parameters;
        sum += billions;
        large += billions > 0.9;
        clustered += is_in_cluster(billions);
    }
    if (!n)
        return;
    qsort(f->sorted, n, sizeof(*f->sorted), cmp_i64);
    middle = n / 2;
    about(f, "size.median", 0.4e9, 0.10, (double)f->sorted[middle]);
    about(f, "size.mean", 20e9, f->n < 1e6 ? 0.2 : 0.1, sum * 1e9 / (double)n);
    tell(f, "size.in-clusters", 0.9, 0.8, 1,
         (double)clustered / (double)(large ? large : 1));
}

static void tell_spaces(struct facts *f)
{
    struct eco_synth_check *c = f->c;
    size_t used = 0;

    for (size_t i = 0; i < c->n_uses; i++) {
        uint32_t m = eco_check_find(c, c->uses[i]);

        if (m != CHECK_NOBODY)
            c->models[m].spaces++;
    }
    for (size_t i = 0; i < c->n_models; i++)
        if (c->models[i].spaces)
            f->sorted[used++] = c->models[i].spaces;
    qsort(f->sorted, used, sizeof(*f->sorted), cmp_i64);
    about(f, "space.count", 0.5, 0.10, (double)c->spaces / f->n);
    share(f, "space.models-used", 0.03, 0, used, c->n_models);
    tell(f, "space.gini", 0.75, f->n < 1e6 ? 0.4 : 0.6, 0.95,
         gini(f->sorted, used));
}

static void at_least(struct facts *f, const char *key, double least,
                     double value)
{
    tell(f, key, least, least, f->n, value);
}

static void tell_dirt(struct facts *f)
{
    struct eco_synth_check *c = f->c;

    if (f->n < 10000)
        return;
    at_least(f, "dirt.self-loops", 1, (double)c->self_loops);
    at_least(f, "dirt.2-cycles", 2, (double)c->pairs);
    at_least(f, "dirt.3-cycles", 3, (double)c->triangles);
    at_least(f, "dirt.missing-bases", 1, (double)c->missing);
    at_least(f, "dirt.path-bases", 1, (double)c->paths);
    tell(f, "dirt.case-twins", 1, 1, 1 + f->n / 10000, (double)c->twins);
    at_least(f, "dirt.removed", 1, (double)c->removed);
    at_least(f, "dirt.nulls", 1, (double)c->nulls);
    at_least(f, "dirt.scripts", 1, (double)c->scripts);
    at_least(f, "dirt.most-tags", 2000, (double)c->most_tags);
    tell(f, "dirt.longest-name", 96, 96, 96, (double)c->longest_name);
}

/* Two rows of one id are one too many: twins differ in case. */
static void tell_unique(struct facts *f)
{
    struct eco_synth_check *c = f->c;
    uint64_t *exact = (uint64_t *)f->sorted, same = 0;

    for (size_t i = 0; i < c->n_models; i++)
        exact[i] = c->models[i].exact;
    qsort(exact, c->n_models, sizeof(*exact), cmp_u64);
    for (size_t i = 1; i < c->n_models; i++)
        same += exact[i] == exact[i - 1];
    tell(f, "id.repeated", 0, 0, 0, (double)same);
}

int eco_synth_check_end(struct eco_synth_check *c,
                        void (*tell_fact)(void *arg,
                                          const struct eco_synth_fact *),
                        void *arg, bool *all_ok, struct eco_err *err)
{
    struct facts f = { .c = c, .tell = tell_fact, .arg = arg, .all_ok = true };
    size_t n = c->n_models;
    int rc;

    *all_ok = false;
    if (c->line.len || !n)
        return eco_fail(err, ECO_EFORMAT,
                        "%zu models and %zu bytes behind the last line", n,
                        c->line.len);
    f.n = (double)n;
    f.sorted = eco_alloc_array(n, sizeof(*f.sorted));
    f.root = eco_alloc_array(n, sizeof(*f.root));
    f.depth = eco_calloc(n, sizeof(*f.depth));
    f.size = eco_calloc(n, sizeof(*f.size));
    f.deepest = eco_calloc(n, sizeof(*f.deepest));
    rc = build_table(c, err);
    if (!rc && (!f.sorted || !f.root || !f.depth || !f.size || !f.deepest))
        rc = eco_fail(err, ECO_ENOMEM, "no memory to check %zu models", n);
    if (!rc) {
        memset(f.root, 0xff, n * sizeof(*f.root));
        resolve(c);
        count_cycles(c);
        tell_growth(&f);
        tell_bases(&f);
        tell_children(&f);
        tell_families(&f);
        rc = tell_burst(&f, err);
    }
    if (!rc) {
        tell_downloads(&f);
        rc = tell_likes(&f, err);
    }
    if (!rc) {
        tell_words(&f);
        tell_model_licences(&f);
        tell_inheritance(&f);
        tell_authors(&f);
        tell_sizes(&f);
        tell_spaces(&f);
        tell_dirt(&f);
        tell_unique(&f);
        *all_ok = f.all_ok;
    }
    eco_free(f.sorted);
    eco_free(f.root);
    eco_free(f.depth);
    eco_free(f.size);
    eco_free(f.deepest);
    return rc;
}
