/* SPDX-License-Identifier: MIT */
#include "random_hub.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ID_BYTES 80
#define AS_OF_DAY 20000

static const char *const owners[] = { "Northwind", "open-meadow", "uni_lake",
                                      "Zeta.ai",   "mira-k",      "TheBloke" };
static const char *const stems[] = { "Llama-3",  "Qwen2.5", "mistral",
                                     "Gemma-2b", "bert",    "SDXL" };
static const char *const tails[] = { "GGUF", "Instruct", "lora",
                                     "AWQ",  "base",     "Q4_K_M" };
static const char task_text[] = "text-generationtext-to-imagetranslation"
                                "any-to-anyrare-task";
static const uint64_t task_off[] = { 0, 0, 15, 28, 39, 49, 58 };
static const char one_text[] = "transformersgguf";
static const uint64_t one_off[] = { 0, 0, 12, 16 };
static const char licence_text[] = "apache-2.0mitotherllama3";
static const uint64_t licence_off[] = { 0, 0, 10, 13, 18, 24 };

static const char language_text[] = "arcodedeenfrmultilingualswzh";
static const uint64_t language_off[] = { 0, 0, 2, 6, 8, 10, 12, 24, 26, 28 };

struct maker {
    struct random_hub *hub;
    uint64_t state;
};

/* xorshift64* */
static uint32_t next(struct maker *m)
{
    m->state ^= m->state >> 12;
    m->state ^= m->state << 25;
    m->state ^= m->state >> 27;
    return (uint32_t)(m->state * UINT64_C(2685821657736338717) >> 32);
}

static uint32_t below(struct maker *m, uint32_t n)
{
    return (uint32_t)((uint64_t)next(m) * n >> 32);
}

static void *block(struct maker *m, size_t n, size_t size)
{
    void *p = eco_calloc(n, size);

    m->hub->blocks[m->hub->n_blocks++] = p;
    return p;
}

static size_t write_id(struct maker *m, uint32_t i, char *dst)
{
    const char *stem = stems[below(m, COUNT(stems))];
    const char *tail = tails[below(m, COUNT(tails))];

    if (i % 97 == 13)
        return (size_t)sprintf(dst, "%s-%x", stem, i);
    return (size_t)sprintf(dst, "%s%u/%s-%s-%x",
                           owners[below(m, COUNT(owners))],
                           below(m, 1 + i / 50), stem, tail, i);
}

static bool make_ids(struct maker *m, uint32_t n)
{
    struct eco_build_input *in = &m->hub->in;
    uint64_t *off = block(m, (size_t)n + 1, sizeof(*off));
    char *text = block(m, (size_t)n * ID_BYTES + 1, 1);

    if (!off || !text)
        return false;
    for (uint32_t i = 0; i < n; i++)
        off[i + 1] = off[i] + write_id(m, i, text + off[i]);
    in->id_off = off;
    in->id_text = text;
    return true;
}

/* Most are 0, a few large, one in eight unknown. */
static const int64_t *make_counts(struct maker *m, uint32_t n)
{
    int64_t *v = block(m, n, sizeof(*v));

    for (uint32_t i = 0; v && i < n; i++) {
        v[i] = below(m, 3) ? 0 : below(m, 1u << below(m, 20));
        if (!below(m, 8))
            v[i] = -1;
    }
    return v;
}

static const int64_t *make_times(struct maker *m, uint32_t n)
{
    int64_t *v = block(m, n, sizeof(*v));

    for (uint32_t i = 0; v && i < n; i++) {
        v[i] = below(m, AS_OF_DAY * 24) * INT64_C(3600000);
        if (!below(m, 10))
            v[i] = ECO_TIME_UNKNOWN;
    }
    return v;
}

static const uint8_t *make_flags(struct maker *m, uint32_t n)
{
    uint8_t *v = block(m, n, 1);

    for (uint32_t i = 0; v && i < n; i++)
        v[i] = (uint8_t)((below(m, 12) ? 0 : ECO_SNAP_REMOVED) |
                         below(m, 4) << ECO_SNAP_GATED_SHIFT);
    return v;
}

/* Entry 0 often, entry 1 most often, the last one hardly ever. */
static const uint32_t *make_entries(struct maker *m, uint32_t n,
                                    uint32_t entries)
{
    uint32_t *v = block(m, n, sizeof(*v));

    for (uint32_t i = 0; v && i < n; i++)
        v[i] = below(m, 3) ? below(m, 2) : below(m, 1 + below(m, entries));
    for (uint32_t i = 0; v && i < n; i += 300)
        v[i] = entries - 1;
    return v;
}

static bool make_edges(struct maker *m, uint32_t n_models, uint32_t n_nodes)
{
    struct eco_build_input *in = &m->hub->in;
    uint32_t n = n_models / 2 + (n_nodes - n_models);
    struct eco_edge *e = block(m, n, sizeof(*e));
    double *spaces = block(m, n_models, sizeof(*spaces));

    if (!e || !spaces)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        e[i].derived = below(m, n_models);
        e[i].base = below(m, 1 + e[i].derived);
        e[i].tag = (uint8_t)(below(m, 4) | (below(m, 5) ? 0x80 : 0));
    }
    for (uint32_t i = n_models; i < n_nodes; i++) /* each has a child */
        e[i - n_models].base = i;
    for (uint32_t i = 0; i < n_models; i += 7)
        spaces[i] = below(m, 100) / 8.0;
    in->edges = e;
    in->n_edges = n;
    in->spaces = spaces;
    return true;
}

/* None of most models, else one to three; of one in a thousand all but "". */
static bool make_languages(struct maker *m, uint32_t n)
{
    struct eco_build_input *in = &m->hub->in;
    uint32_t last = COUNT(language_off) - 2, at = 0;
    uint64_t *off = block(m, (size_t)n + 1, sizeof(*off));
    uint32_t *list = block(m, (size_t)n * last, sizeof(*list));

    if (!off || !list)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t first = 1 + below(m, last), some = below(m, 4);

        off[i] = at;
        if (!below(m, 1000))
            first = 1, some = last;
        for (uint32_t k = 0; k < some && first + k <= last; k++)
            list[at++] = first + k;
    }
    off[n] = at;
    in->language_off = off;
    in->language = list;
    in->languages = (struct eco_build_dict){ COUNT(language_off) - 1,
                                             language_off, language_text };
    return true;
}

static bool make_columns(struct maker *m, uint32_t n)
{
    struct eco_build_input *in = &m->hub->in;

    in->created = make_times(m, n);
    in->modified = make_times(m, n);
    in->likes = make_counts(m, n);
    in->downloads = make_counts(m, n);
    in->downloads_all = make_counts(m, n);
    in->params_count = make_counts(m, n);
    in->storage = make_counts(m, n);
    in->flags = make_flags(m, n);
    in->task = make_entries(m, n, COUNT(task_off) - 1);
    in->library = make_entries(m, n, COUNT(one_off) - 1);
    in->licence = make_entries(m, n, COUNT(licence_off) - 1);
    in->tasks =
        (struct eco_build_dict){ COUNT(task_off) - 1, task_off, task_text };
    in->libraries =
        (struct eco_build_dict){ COUNT(one_off) - 1, one_off, one_text };
    in->licences = (struct eco_build_dict){ COUNT(licence_off) - 1, licence_off,
                                            licence_text };
    return in->created && in->modified && in->likes && in->downloads &&
           in->downloads_all && in->params_count && in->storage && in->flags &&
           in->task && in->library && in->licence;
}

/* Those that many models have; "northwind0" is not spelled as in ids. */
#define TOLD_OF_EACH 3
#define TOLD (COUNT(owners) * TOLD_OF_EACH)

static bool make_authors(struct maker *m)
{
    struct eco_build_input *in = &m->hub->in;
    uint64_t *off = block(m, TOLD + 1, sizeof(*off));
    char *text = block(m, TOLD * ID_BYTES, 1);
    uint8_t *kind = block(m, TOLD, 1);

    if (!off || !text || !kind)
        return false;
    for (uint32_t i = 0; i < TOLD; i++) {
        off[i + 1] = off[i] + (uint64_t)sprintf(text + off[i], "%s%u",
                                                owners[i / TOLD_OF_EACH],
                                                i % TOLD_OF_EACH);
        kind[i] = (uint8_t)below(m, ECO_AUTHOR_KINDS);
    }
    text[0] = eco_lower(text[0]);
    in->n_authors = TOLD;
    in->author_off = in->author_full_off = off;
    in->author_text = in->author_full = text;
    in->author_kind = kind;
    return true;
}

bool random_hub_init(struct random_hub *hub, uint32_t n_models, uint32_t seed)
{
    static const uint64_t none[] = { 0 };
    struct maker m = { hub, UINT64_C(0x9e3779b97f4a7c15) ^ seed };
    uint32_t n_nodes = n_models + n_models / 20;

    memset(hub, 0, sizeof(*hub));
    hub->in.as_of_day = AS_OF_DAY;
    hub->in.data = ECO_DATA_SAMPLE;
    hub->in.params = eco_influence_defaults;
    hub->in.n_models = n_models;
    hub->in.n_nodes = n_nodes;
    hub->in.alias_off = none;
    hub->in.alias_text = "";
    return make_ids(&m, n_nodes) && make_columns(&m, n_models) &&
           make_languages(&m, n_models) && make_authors(&m) &&
           make_edges(&m, n_models, n_nodes);
}

void random_hub_release(struct random_hub *hub)
{
    for (int i = 0; i < hub->n_blocks; i++)
        eco_free(hub->blocks[i]);
    memset(hub, 0, sizeof(*hub));
}
