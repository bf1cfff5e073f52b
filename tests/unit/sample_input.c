/* SPDX-License-Identifier: MIT */
#include "sample_input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"

/* --- the hand-made hub ------------------------------------------------------- */

#define DECLARED(relation) (ECO_EDGE_DECLARED | (relation))
#define DAY(n) ((n)*ECO_DAY_MS)
#define TEN "abcdefghij"
#define NINETY TEN TEN TEN TEN TEN TEN TEN TEN TEN

/* clang-format off */
static const struct eco_sample_model hub_models[] = {
    { "aurora/Aurora-7B", DAY(19500), DAY(19900), 9000, 1200000, 30000000,
      7000000000, 14000000000, 2 /* open */, "text-generation", "transformers",
      "apache-2.0", 120.5, "en,zh" },
    { "Aurora/aurora-7b-Instruct", DAY(19600) + 12345, DAY(19950), 4000,
      900000, 9000000, 7000000000, 14000000000, 4 /* auto */,
      "text-generation", "transformers", "apache-2.0", 60.25, "zh,multilingual" },
    { "quant-shop/aurora-7b-instruct-GGUF", DAY(19610), DAY(19610), 500,
      300000, 400000, -1, 5000000000, 0, "text-generation", "gguf",
      "apache-2.0", 0, NULL },
    { "zed/Merge-A", DAY(19700), ECO_TIME_UNKNOWN, 20, 1500, 2000, 7000000000,
      -1, 0, "text-generation", "transformers", "", 0, NULL },
    { "zed/merge-b", DAY(19701), ECO_TIME_UNKNOWN, 21, 1400, 2000, 7000000000,
      -1, 0, "text-generation", "transformers", "", 0, NULL },
    { "zed/lora", DAY(19702), DAY(19702), 3, 40, 41, 1000000, 2000000, 6,
      "text-generation", "peft", "mit", 0, NULL },
    { "gpt2", DAY(18000), DAY(19000), 2500, 2000000, 90000000, 124000000,
      500000000, 0, "text-generation", "transformers", "mit", 30, "en,code" },
    { "tiny/mod\xc3\xa8le", DAY(19800), DAY(19801), 1, 7, 8, 10, 20, 0,
      "fill-mask", "transformers", "mit", 0, "fr" },
    { "a/b", DAY(19000), DAY(19000), 5, 50, 500, 5000, 50000,
      ECO_SNAP_REMOVED, "fill-mask", "", "other", 1, NULL },
    { "x", DAY(19001), DAY(19001), 5, 50, -1, -1, -1, ECO_SNAP_REMOVED, "", "",
      "", 0, NULL },
    { NINETY "abcdef/" NINETY "abcdef", DAY(19002), DAY(19002), 0, 0, 0, 0, 0,
      0, "image-classification", "timm", "mit", 0, NULL },
    { "blank/all-unknown", ECO_TIME_UNKNOWN, ECO_TIME_UNKNOWN, -1, -1, -1, -1,
      -1, 0, "", "", "", 0, NULL },
    { "tie/b", DAY(19003), DAY(19003), 10, 100, -1, -1, -1, 0, "fill-mask",
      "transformers", "mit", 0, NULL },
    { "tie/A", DAY(19003), DAY(19003), 10, 100, -1, -1, -1, 0, "fill-mask",
      "transformers", "mit", 0, NULL },
    { "a-b/slash-sorts-after-dash", DAY(19004), DAY(19004), 2, 9, -1, -1, -1,
      0, "fill-mask", "timm", "mit", 0, NULL },
    { "zed/aaaaaaaa", DAY(30000), DAY(30000), 2, 1, -1, -1, -1, 0,
      "fill-mask", "timm", "mit", 0, NULL }, /* created after as_of */
};

static const struct eco_sample_edge hub_edges[] = {
    { "aurora/aurora-7b", "aurora/aurora-7b-instruct", DECLARED(ECO_FINETUNE) },
    { "aurora/aurora-7b-instruct", "quant-shop/aurora-7b-instruct-gguf",
      DECLARED(ECO_QUANTIZED) },
    { "aurora/aurora-7b", "zed/merge-a", DECLARED(ECO_MERGE) },
    { "lost/Base", "zed/merge-a", DECLARED(ECO_MERGE) },
    { "zed/merge-a", "zed/merge-b", DECLARED(ECO_MERGE) },
    { "zed/merge-b", "zed/merge-a", DECLARED(ECO_MERGE) }, /* a cycle */
    { "zed/lora", "zed/lora", DECLARED(ECO_ADAPTER) },     /* a loop */
    { "aurora/aurora-7b", "zed/lora", DECLARED(ECO_ADAPTER) },
    { "aurora/aurora-7b", "zed/lora", ECO_FINETUNE }, /* told again */
    { "lost/Base", "tiny/mod\xc3\xa8le", ECO_FINETUNE },
    { "gone", "gpt2", ECO_QUANTIZED },
    { "gpt2", "x", ECO_FINETUNE },
    { "Aardvark/first", "x", ECO_FINETUNE },
};

static const struct eco_sample_author hub_authors[] = {
    { "Aurora", "Aurora Lab\xc3\xb6r \xe6\xa0\xaa\xe5\xbc\x8f", 3 },
    { "zed", "Zed", ECO_AUTHOR_INDIVIDUAL },
    { "nobody-here", "Owns nothing", ECO_AUTHOR_COMMUNITY },
    { "Lost", "", ECO_AUTHOR_UNIVERSITY },
};

static const struct eco_sample_alias hub_aliases[] = {
    { "openai-community/gpt2", "gpt2" },
    { "Old/Aurora", "aurora/aurora-7b" },
    { "lost/Former", "lost/base" },
};
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct eco_sample_facts eco_sample_hub = {
    .as_of_day = 20000,
    .bad_bases = 7,
    .n_models = COUNT(hub_models),
    .n_authors = COUNT(hub_authors),
    .n_aliases = COUNT(hub_aliases),
    .n_edges = COUNT(hub_edges),
    .models = hub_models,
    .edges = hub_edges,
    .authors = hub_authors,
    .aliases = hub_aliases,
};

/* --- numbers from rows --------------------------------------------------------- */

static void *grow(void *ptr, size_t n, size_t size)
{
    ptr = realloc(ptr, n * size + 1);
    if (!ptr)
        abort();
    return ptr;
}

/* Texts one after the other, as the input has them. */
struct texts {
    uint32_t n;
    uint64_t *off;
    char *text;
    size_t off_cap, text_cap;
};

struct eco_sample_text {
    struct texts ids, tasks, libraries, licences, languages;
    struct texts authors, fulls, aliases;
};

static void texts_add(struct texts *t, const char *s)
{
    uint64_t at = t->n ? t->off[t->n] : 0;
    size_t len = strlen(s);

    if (t->n + 2u > t->off_cap) {
        t->off_cap = 2 * (t->n + 2u);
        t->off = grow(t->off, t->off_cap, sizeof(*t->off));
    }
    if (at + len > t->text_cap) {
        t->text_cap = 2 * (at + len);
        t->text = grow(t->text, t->text_cap, 1);
    }
    memcpy(t->text + at, s, len);
    t->off[t->n] = at;
    t->off[++t->n] = at + len;
}

/* Without a text there is still an offset. */
static void texts_init(struct texts *t)
{
    *t = (struct texts){ .off_cap = 2, .text_cap = 16 };
    t->off = grow(NULL, t->off_cap, sizeof(*t->off));
    t->text = grow(NULL, t->text_cap, 1);
    t->off[0] = 0;
}

static void texts_release(struct texts *t)
{
    free(t->off);
    free(t->text);
}

/* The number of a text; added when it is new. */
static uint32_t texts_number(struct texts *t, const char *s)
{
    struct eco_str want = eco_str_from_c(s);

    for (uint32_t i = 0; i < t->n; i++) {
        struct eco_str have = { t->text + t->off[i],
                                (size_t)(t->off[i + 1] - t->off[i]) };

        if (!eco_str_cmp_nocase(have, want))
            return i;
    }
    texts_add(t, s);
    return t->n - 1;
}

static struct eco_build_dict dict_of(const struct texts *t)
{
    return (struct eco_build_dict){ t->n, t->off, t->text };
}

#define COLUMN(member)                                                         \
    int64_t *member = grow(NULL, f->n_models, sizeof(*member));                \
    for (uint32_t i = 0; i < f->n_models; i++)                                 \
    member[i] = f->models[i].member

static void fill_numbers(struct eco_sample *s, const struct eco_sample_facts *f)
{
    COLUMN(created);
    COLUMN(modified);
    COLUMN(likes);
    COLUMN(downloads);
    COLUMN(downloads_all);
    COLUMN(params);
    COLUMN(storage);

    s->in.created = s->created = created;
    s->in.modified = modified;
    s->in.likes = s->likes = likes;
    s->in.downloads = s->downloads = downloads;
    s->in.downloads_all = downloads_all;
    s->in.params_count = params;
    s->in.storage = storage;
}

static void fill_facets(struct eco_sample *s, const struct eco_sample_facts *f)
{
    uint32_t n = f->n_models;
    uint32_t *library = grow(NULL, n, sizeof(*library));
    uint32_t *licence = grow(NULL, n, sizeof(*licence));

    s->task = grow(NULL, n, sizeof(*s->task));
    s->flags = grow(NULL, n, 1);
    s->spaces = grow(NULL, n, sizeof(*s->spaces));
    texts_init(&s->texts->tasks);
    texts_init(&s->texts->libraries);
    texts_init(&s->texts->licences);
    texts_add(&s->texts->tasks, "");
    texts_add(&s->texts->libraries, "");
    texts_add(&s->texts->licences, "");
    texts_add(&s->texts->licences, "never-used");
    for (uint32_t i = 0; i < n; i++) {
        const struct eco_sample_model *m = &f->models[i];

        s->task[i] = texts_number(&s->texts->tasks, m->task);
        library[i] = texts_number(&s->texts->libraries, m->library);
        licence[i] = texts_number(&s->texts->licences, m->licence);
        s->flags[i] = m->flags;
        s->spaces[i] = m->spaces;
    }
    s->in.task = s->task;
    s->in.library = library;
    s->in.licence = licence;
    s->in.flags = s->flags;
    s->in.spaces = s->spaces;
    s->in.tasks = dict_of(&s->texts->tasks);
    s->in.libraries = dict_of(&s->texts->libraries);
    s->in.licences = dict_of(&s->texts->licences);
}

/* "en,zh": the texts between commas. */
static void add_languages(struct eco_sample *s, const char *codes,
                          uint32_t **list, uint64_t *n)
{
    char code[64];

    while (codes && *codes) {
        size_t len = strcspn(codes, ",");

        if (len >= sizeof(code))
            abort();
        memcpy(code, codes, len);
        code[len] = '\0';
        *list = grow(*list, *n + 1, sizeof(**list));
        (*list)[(*n)++] = texts_number(&s->texts->languages, code);
        codes += len + (codes[len] == ',');
    }
}

static void fill_languages(struct eco_sample *s,
                           const struct eco_sample_facts *f)
{
    uint64_t *off = grow(NULL, f->n_models + 1u, sizeof(*off)), n = 0;
    uint32_t *list = grow(NULL, 0, sizeof(*list));

    texts_init(&s->texts->languages);
    texts_add(&s->texts->languages, "");
    for (uint32_t i = 0; i < f->n_models; i++) {
        off[i] = n;
        add_languages(s, f->models[i].languages, &list, &n);
    }
    off[f->n_models] = n;
    s->in.language_off = off;
    s->in.language = list;
    s->in.languages = dict_of(&s->texts->languages);
}

static void fill_nodes(struct eco_sample *s, const struct eco_sample_facts *f)
{
    struct texts *ids = &s->texts->ids;

    for (uint32_t i = 0; i < f->n_models; i++)
        texts_add(ids, f->models[i].id);
    s->in.edges = grow(NULL, f->n_edges, sizeof(*s->in.edges));
    for (uint64_t i = 0; i < f->n_edges; i++)
        s->in.edges[i] = (struct eco_edge){
            .base = texts_number(ids, f->edges[i].base),
            .derived = texts_number(ids, f->edges[i].derived),
            .tag = f->edges[i].tag,
        };
    s->alias_node = grow(NULL, f->n_aliases, sizeof(*s->alias_node));
    for (uint32_t i = 0; i < f->n_aliases; i++) {
        texts_add(&s->texts->aliases, f->aliases[i].former);
        s->alias_node[i] = texts_number(ids, f->aliases[i].id);
    }
    s->in.n_models = f->n_models;
    s->in.n_edges = f->n_edges;
    s->in.n_nodes = ids->n;
    s->in.id_off = ids->off;
    s->in.id_text = ids->text;
    s->in.n_aliases = f->n_aliases;
    s->in.alias_off = s->texts->aliases.off;
    s->in.alias_text = s->texts->aliases.text;
    s->in.alias_node = s->alias_node;
}

static void fill_authors(struct eco_sample *s, const struct eco_sample_facts *f)
{
    s->author_kind = grow(NULL, f->n_authors, 1);
    for (uint32_t i = 0; i < f->n_authors; i++) {
        texts_add(&s->texts->authors, f->authors[i].name);
        texts_add(&s->texts->fulls, f->authors[i].full);
        s->author_kind[i] = f->authors[i].kind;
    }
    s->in.n_authors = f->n_authors;
    s->in.author_off = s->texts->authors.off;
    s->in.author_text = s->texts->authors.text;
    s->in.author_full_off = s->texts->fulls.off;
    s->in.author_full = s->texts->fulls.text;
    s->in.author_kind = s->author_kind;
}

struct eco_sample *eco_sample_new(const struct eco_sample_facts *facts)
{
    struct eco_sample *s = calloc(1, sizeof(*s));

    if (!s || !(s->texts = calloc(1, sizeof(*s->texts))))
        abort();
    texts_init(&s->texts->ids);
    texts_init(&s->texts->aliases);
    texts_init(&s->texts->authors);
    texts_init(&s->texts->fulls);
    s->in.as_of_day = facts->as_of_day;
    s->in.data = ECO_DATA_SAMPLE;
    s->in.params = eco_influence_defaults;
    s->in.bad_bases = facts->bad_bases;
    fill_numbers(s, facts);
    fill_facets(s, facts);
    fill_languages(s, facts);
    fill_nodes(s, facts);
    fill_authors(s, facts);
    return s;
}

static void free_const(const void *ptr)
{
    free((void *)(uintptr_t)ptr);
}

void eco_sample_free(struct eco_sample *s)
{
    if (!s)
        return;
    free_const(s->in.created);
    free_const(s->in.modified);
    free_const(s->in.likes);
    free_const(s->in.downloads);
    free_const(s->in.downloads_all);
    free_const(s->in.params_count);
    free_const(s->in.storage);
    free_const(s->in.flags);
    free_const(s->in.task);
    free_const(s->in.library);
    free_const(s->in.licence);
    free_const(s->in.language_off);
    free_const(s->in.language);
    free_const(s->in.spaces);
    free_const(s->in.alias_node);
    free_const(s->in.author_kind);
    free(s->in.edges);
    texts_release(&s->texts->ids);
    texts_release(&s->texts->tasks);
    texts_release(&s->texts->libraries);
    texts_release(&s->texts->licences);
    texts_release(&s->texts->languages);
    texts_release(&s->texts->authors);
    texts_release(&s->texts->fulls);
    texts_release(&s->texts->aliases);
    free(s->texts);
    free(s);
}

/* --- files ------------------------------------------------------------------------ */

uint8_t *eco_sample_read_file(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    void *bytes = NULL;
    struct stat st;

    if (!f)
        return NULL;
    if (!fstat(fileno(f), &st) &&
        !posix_memalign(&bytes, 64, (size_t)st.st_size + 1)) {
        *len = fread(bytes, 1, (size_t)st.st_size, f);
        if (*len != (size_t)st.st_size) {
            free(bytes);
            bytes = NULL;
        }
    }
    fclose(f);
    return bytes;
}

uint8_t *eco_sample_bytes(struct eco_build_input *in, size_t *len)
{
    char dir[] = "/tmp/eco-sample-XXXXXX";
    char path[sizeof(dir) + 8];
    struct eco_err err = { 0 };
    uint8_t *bytes = NULL;

    if (!mkdtemp(dir))
        return NULL;
    snprintf(path, sizeof(path), "%s/x.snap", dir);
    if (!eco_build_assemble(in, path, NULL, &err))
        bytes = eco_sample_read_file(path, len);
    unlink(path);
    rmdir(dir);
    return bytes;
}

/* --- seeded numbers ------------------------------------------------------------- */

/* SplitMix64. */
uint32_t eco_sample_random(uint64_t *state, uint32_t below)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ z >> 31) % below);
}

void eco_sample_shuffle(uint64_t *state, uint32_t *order, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    for (uint32_t i = n; i > 1; i--) {
        uint32_t k = eco_sample_random(state, i), x = order[i - 1];

        order[i - 1] = order[k];
        order[k] = x;
    }
}
