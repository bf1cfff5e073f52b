/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/limits.h"
#include "sample_input.h"
#include "snapshot/reader.h"
#include "snapshot/verify.h"
#include "support/seal.h"

/* --- building and checking ------------------------------------------------------- */

static char dir[] = "/tmp/eco-assemble-XXXXXX";
static char path[sizeof(dir) + 8];

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(dir))
        return -1;
    snprintf(path, sizeof(path), "%s/x.snap", dir);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(dir); /* fails when a test left a file */
}

/* A built sample, as bytes and opened. */
struct built {
    uint8_t *bytes;
    size_t len;
    struct eco_snap *s;
};

static struct built build(struct eco_build_input *in)
{
    struct built b;
    struct eco_err err = { 0 };

    b.bytes = eco_sample_bytes(in, &b.len);
    assert_non_null(b.bytes);
    if (eco_snap_open_bytes("sample", b.bytes, b.len, &b.s, &err))
        fail_msg("%s", err.msg);
    return b;
}

static struct built build_facts(const struct eco_sample_facts *facts)
{
    struct eco_sample *s = eco_sample_new(facts);
    struct built b = build(&s->in);

    eco_sample_free(s);
    return b;
}

static void release(struct built *b)
{
    eco_snap_unref(b->s);
    free(b->bytes);
}

static void print_problem(void *arg, const char *message)
{
    (void)arg;
    print_error("%s\n", message);
}

static void verify_clean(const struct eco_snap *s)
{
    struct eco_snap_problems problems = { .report = print_problem };

    assert_int_equal(eco_snap_verify(s, &problems, NULL), ECO_OK);
    assert_int_equal(problems.count, 0);
}

static uint32_t node_of(const struct eco_snap *s, const char *id)
{
    uint32_t node;

    assert_true(eco_snap_find(s, eco_str_from_c(id), &node));
    return node;
}

static void check_text(struct eco_str found, const char *wanted)
{
    if (!eco_str_is(found, wanted))
        fail_msg("\"%.*s\", not \"%s\"", (int)found.len, found.ptr, wanted);
}

/* --- what was told is what can be read -------------------------------------------- */

static void check_model(const struct eco_snap *s,
                        const struct eco_sample_model *m)
{
    uint32_t v = node_of(s, m->id);

    assert_true(v < s->meta->n_ranked);
    check_text(eco_snap_id(s, v), m->id);
    assert_true(s->created[v] == m->created);
    assert_true(s->modified[v] == m->modified);
    assert_true(s->likes[v] == m->likes);
    assert_true(s->downloads[v] == m->downloads);
    assert_true(s->downloads_all[v] == m->downloads_all);
    assert_true(s->params[v] == m->params);
    assert_true(s->storage[v] == m->storage);
    assert_int_equal(s->flags[v], m->flags);
    check_text(eco_snap_dict_text(&s->tasks, s->task[v]), m->task);
    check_text(eco_snap_dict_text(&s->libraries, s->library[v]), m->library);
    check_text(eco_snap_dict_text(&s->licences, s->licence[v]), m->licence);
    assert_true(fabs(s->part_spaces[v] -
                     s->meta->alpha[0] * s->meta->weights[2] * m->spaces) <
                1e-12);
}

static void facts_come_back(void **state)
{
    struct built b = build_facts(&eco_sample_hub);
    const struct eco_snap_meta *m = b.s->meta;

    (void)state;
    for (uint32_t i = 0; i < eco_sample_hub.n_models; i++)
        check_model(b.s, &eco_sample_hub.models[i]);
    assert_int_equal(m->as_of_day, 20000);
    assert_int_equal(m->data, ECO_DATA_SAMPLE);
    assert_int_equal(m->n_ranked, 16);
    assert_int_equal(m->n_nodes, 19);
    assert_int_equal(m->n_edges, 11); /* 13 told: a loop, one twice */
    assert_int_equal(m->self_loops, 1);
    assert_int_equal(m->bad_bases, 7);
    assert_int_equal(m->n_removed, 2);
    assert_true(m->weights[1] == eco_influence_defaults.weights[1]);
    assert_true(m->lambda[1] == eco_influence_defaults.lambda_space);
    verify_clean(b.s);
    release(&b);
}

static bool has_edge(const struct eco_snap *s, const char *base,
                     const char *derived, uint8_t tag)
{
    uint32_t from = node_of(s, base), to = node_of(s, derived);

    for (uint64_t e = s->graph.down_off[from]; e < s->graph.down_off[from + 1];
         e++)
        if (s->graph.down[e] == to && s->graph.down_tag[e] == tag)
            return true;
    return false;
}

static void edges_come_back(void **state)
{
    struct built b = build_facts(&eco_sample_hub);
    const struct eco_sample_edge *e = eco_sample_hub.edges;

    (void)state;
    for (uint64_t i = 0; i < eco_sample_hub.n_edges; i++) {
        bool loop = i == 6, repeated = i == 8;

        assert_int_equal(has_edge(b.s, e[i].base, e[i].derived, e[i].tag),
                         !loop && !repeated);
    }
    release(&b);
}

static void stats_tell_what_was_built(void **state)
{
    struct eco_sample *s = eco_sample_new(&eco_sample_hub);
    struct eco_build_stats stats;
    struct stat st;

    (void)state;
    assert_int_equal(eco_build_assemble(&s->in, path, &stats, NULL), ECO_OK);
    assert_int_equal(stats.n_nodes, 19);
    assert_int_equal(stats.n_ranked, 16);
    assert_int_equal(stats.n_removed, 2);
    assert_int_equal(stats.n_edges, 11);
    assert_int_equal(stats.self_loops, 1);
    assert_int_equal(stats.declared, 7);
    assert_int_equal(stats.by_relation[ECO_ADAPTER], 1);
    assert_int_equal(stats.by_relation[ECO_FINETUNE], 4);
    assert_int_equal(stats.by_relation[ECO_MERGE], 4);
    assert_int_equal(stats.by_relation[ECO_QUANTIZED], 2);
    assert_true(stats.influence.residual <= 1e-9);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(stats.file_bytes, st.st_size);
    eco_sample_free(s);
}

static void
ranks_follow_influence_then_likes_then_downloads_then_id(void **state)
{
    static const struct eco_sample_model models[] = {
        /* influence is 0 without weights: only ties are left */
        { "o/few-likes", 0, 0, 1, 900, 0, 0, 0, 0, "", "", "", 0, NULL },
        { "o/B", 0, 0, 5, 7, 0, 0, 0, 0, "", "", "", 0, NULL },
        { "o/a", 0, 0, 5, 7, 0, 0, 0, 0, "", "", "", 0, NULL },
        { "o/c", 0, 0, 5, 7, 0, 0, 0, 0, "", "", "", 0, NULL },
        { "o/more-downloads", 0, 0, 5, 8, 0, 0, 0, 0, "", "", "", 0, NULL },
        { "o/unknown-downloads", 0, 0, 5, -1, 0, 0, 0, 0, "", "", "", 0, NULL },
        { "o/no-downloads", 0, 0, 5, 0, 0, 0, 0, 0, "", "", "", 0, NULL },
        { "o/unknown-likes", 0, 0, -1, 999, 0, 0, 0, 0, "", "", "", 0, NULL },
        { "o/no-likes", 0, 0, 0, 1, 0, 0, 0, 0, "", "", "", 0, NULL },
    };
    static const char *const wanted[] = { "o/more-downloads",
                                          "o/a",
                                          "o/B",
                                          "o/c",
                                          "o/no-downloads",
                                          "o/unknown-downloads",
                                          "o/few-likes",
                                          "o/no-likes",
                                          "o/unknown-likes" };
    const struct eco_sample_facts facts = { .n_models = 9, .models = models };
    struct eco_sample *s = eco_sample_new(&facts);
    struct built b;

    (void)state;
    memset(s->in.params.weights, 0, sizeof(s->in.params.weights));
    b = build(&s->in);
    for (uint32_t v = 0; v < 9; v++) {
        assert_true(b.s->influence[v] == 0);
        check_text(eco_snap_id(b.s, v), wanted[v]);
    }
    verify_clean(b.s);
    release(&b);
    eco_sample_free(s);
}

static void placeholders_follow_by_id(void **state)
{
    struct built b = build_facts(&eco_sample_hub);

    (void)state;
    check_text(eco_snap_id(b.s, 16), "Aardvark/first");
    check_text(eco_snap_id(b.s, 17), "gone");
    check_text(eco_snap_id(b.s, 18), "lost/Base");
    assert_true(b.s->influence[16] > 0); /* by what was derived from it */
    assert_true(b.s->part_spaces[16] == 0);
    release(&b);
}

/* The smallest chain, solved by hand: child = own + parent's flow. */
static void influence_is_that_of_the_equations(void **state)
{
    static const struct eco_sample_model models[] = {
        { "o/base", ECO_TIME_UNKNOWN, 0, 10, 0, 0, 0, 0, 0, "", "", "", 0,
          NULL },
        { "o/child", ECO_TIME_UNKNOWN, 0, 4, 0, 0, 0, 0, 0, "", "", "", 0,
          NULL },
    };
    static const struct eco_sample_edge edges[] = { { "o/base", "o/child",
                                                      ECO_FINETUNE } };
    const struct eco_sample_facts facts = {
        .n_models = 2, .models = models, .n_edges = 1, .edges = edges
    };
    struct eco_sample *s = eco_sample_new(&facts);
    struct built b;

    (void)state;
    s->in.params = (struct eco_influence_params){
        .weights = { 0, 1, 0, 0 },
        .alpha = { 0.5, 0.25, 0.25 },
        .relations = { 1, 1, 1, 1 },
    };
    b = build(&s->in); /* base = 5 + child / 4, child = 2 + base / 4 */
    assert_true(fabs(b.s->influence[0] - 88.0 / 15) < 1e-12);
    assert_true(fabs(b.s->influence[1] - 52.0 / 15) < 1e-12);
    assert_true(fabs(b.s->part_children[0] - 13.0 / 15) < 1e-12);
    assert_true(fabs(b.s->part_parents[1] - 22.0 / 15) < 1e-12);
    verify_clean(b.s);
    release(&b);
    eco_sample_free(s);
}

/* 00:00 UTC of as_of: a model made the day before is one day old. */
static void age_is_counted_to_the_begin_of_as_of(void **state)
{
    static const struct eco_sample_model models[] = {
        { "o/m", 99 * ECO_DAY_MS, 0, 0, 0, 0, 0, 0, 0, "", "", "", 0, NULL },
    };
    const struct eco_sample_facts facts = { .as_of_day = 100,
                                            .n_models = 1,
                                            .models = models };
    struct eco_sample *s = eco_sample_new(&facts);
    struct built b;

    (void)state;
    s->in.params = (struct eco_influence_params){
        .weights = { 0, 0, 0, 2 },
        .alpha = { 0.5, 0, 0 },
        .lambda_model = 0.25,
    };
    b = build(&s->in);
    assert_true(fabs(b.s->influence[0] - exp(-0.25)) < 1e-15);
    release(&b);
    eco_sample_free(s);
}

static void authors_are_the_owners_of_ids(void **state)
{
    static const struct {
        const char *id, *name, *full;
        uint8_t kind;
    } cases[] = {
        { "aurora/aurora-7b", "Aurora",
          "Aurora Lab\xc3\xb6r \xe6\xa0\xaa\xe5\xbc\x8f", ECO_AUTHOR_COMPANY },
        { "aurora/aurora-7b-instruct", "Aurora",
          "Aurora Lab\xc3\xb6r \xe6\xa0\xaa\xe5\xbc\x8f", ECO_AUTHOR_COMPANY },
        { "zed/lora", "zed", "Zed", ECO_AUTHOR_INDIVIDUAL },
        { "lost/base", "Lost", "", ECO_AUTHOR_UNIVERSITY },
        { "a/b", "a", "", ECO_AUTHOR_UNKNOWN },
        { "a-b/slash-sorts-after-dash", "a-b", "", ECO_AUTHOR_UNKNOWN },
    };
    struct built b = build_facts(&eco_sample_hub);
    uint32_t a, ab;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        uint32_t author = b.s->author[node_of(b.s, cases[i].id)];

        check_text(eco_snap_author_name(b.s, author), cases[i].name);
        check_text(eco_snap_author_full(b.s, author), cases[i].full);
        assert_int_equal(b.s->author_kind[author], cases[i].kind);
    }
    assert_int_equal(b.s->author[node_of(b.s, "gpt2")], ECO_SNAP_NO_AUTHOR);
    assert_true(eco_snap_find_author(b.s, ECO_STR("a"), &a));
    assert_true(eco_snap_find_author(b.s, ECO_STR("A-B"), &ab));
    assert_true(a < ab); /* though "a-b/" comes before "a/" */
    assert_false(eco_snap_find_author(b.s, ECO_STR("nobody-here"), &a));
    release(&b);
}

/* Two spellings of an owner without a record: that of the better rank. */
static void an_owner_is_spelled_as_in_its_best_model(void **state)
{
    static const struct eco_sample_model models[] = {
        { "OWNER/a", 0, 0, 1, 0, 0, 0, 0, 0, "", "", "", 0, NULL },
        { "Owner/b", 0, 0, 9, 0, 0, 0, 0, 0, "", "", "", 0, NULL },
        { "owner/c", 0, 0, 5, 0, 0, 0, 0, 0, "", "", "", 0, NULL },
    };
    const struct eco_sample_facts facts = { .n_models = 3, .models = models };
    struct built b = build_facts(&facts);

    (void)state;
    assert_int_equal(b.s->meta->n_authors, 1);
    check_text(eco_snap_author_name(b.s, 0), "Owner");
    release(&b);
}

static void dictionaries_hold_what_is_used(void **state)
{
    struct built b = build_facts(&eco_sample_hub);
    uint32_t entry;

    (void)state;
    assert_int_equal(b.s->licences.n, 4);
    check_text(eco_snap_dict_text(&b.s->licences, 0), "");
    check_text(eco_snap_dict_text(&b.s->licences, 1), "apache-2.0");
    check_text(eco_snap_dict_text(&b.s->licences, 2), "mit");
    check_text(eco_snap_dict_text(&b.s->licences, 3), "other");
    assert_false(
        eco_snap_dict_find(&b.s->licences, ECO_STR("never-used"), &entry));
    release(&b);
}

static void check_order(const struct eco_snap *s, enum eco_snap_order order,
                        const char *first, const char *last)
{
    uint32_t r = s->meta->n_ranked;

    check_text(eco_snap_id(s, s->order[order][0]), first);
    check_text(eco_snap_id(s, s->order[order][r - 1]), last);
}

static void orders_put_the_unknown_last(void **state)
{
    struct built b = build_facts(&eco_sample_hub);

    (void)state;
    check_order(b.s, ECO_ORDER_NAME, "a-b/slash-sorts-after-dash",
                "zed/merge-b");
    check_order(b.s, ECO_ORDER_CREATED, "gpt2", "blank/all-unknown");
    check_order(b.s, ECO_ORDER_LIKES,
                eco_sample_hub.models[10].id /* no likes */,
                "blank/all-unknown");
    check_order(b.s, ECO_ORDER_DOWNLOADS, eco_sample_hub.models[10].id,
                "blank/all-unknown");
    check_order(b.s, ECO_ORDER_TASK, "tie/A", "blank/all-unknown");
    release(&b);
}

static void nothing_makes_an_empty_snapshot(void **state)
{
    static const struct eco_sample_alias alias[] = { { "old", "only/this" } };
    struct eco_sample_facts facts = { 0 };
    struct built b = build_facts(&facts);

    (void)state;
    assert_int_equal(b.s->meta->n_nodes, 0);
    verify_clean(b.s);
    release(&b);
    facts.n_aliases = 1;
    facts.aliases = alias; /* a placeholder and no model */
    b = build_facts(&facts);
    assert_int_equal(b.s->meta->n_nodes, 1);
    assert_int_equal(b.s->meta->n_ranked, 0);
    assert_int_equal(node_of(b.s, "OLD"), 0);
    verify_clean(b.s);
    release(&b);
}

/* --- the same facts in any order --------------------------------------------------- */

struct copy {
    struct eco_sample_facts facts;
    struct eco_sample_model *models;
    struct eco_sample_edge *edges;
    struct eco_sample_author *authors;
    struct eco_sample_alias *aliases;
};

static void free_copy(struct copy *c)
{
    free(c->models);
    free(c->edges);
    free(c->authors);
    free(c->aliases);
}

#define SHUFFLED(member, count)                                                \
    do {                                                                       \
        uint32_t n_ = (uint32_t)(count);                                       \
        uint32_t *order_ = malloc((n_ + 1) * sizeof(*order_));                 \
        c.member = malloc((n_ + 1) * sizeof(*c.member));                       \
        eco_sample_shuffle(state, order_, n_);                                 \
        for (uint32_t i_ = 0; i_ < n_; i_++)                                   \
            c.member[i_] = f->member[order_[i_]];                              \
        c.facts.member = c.member;                                             \
        free(order_);                                                          \
    } while (0)

static struct copy shuffled(const struct eco_sample_facts *f, uint64_t *state)
{
    struct copy c = { .facts = *f };

    SHUFFLED(models, f->n_models);
    SHUFFLED(edges, f->n_edges);
    SHUFFLED(authors, f->n_authors);
    SHUFFLED(aliases, f->n_aliases);
    return c;
}

static void check_shuffles(const struct eco_sample_facts *facts, int times)
{
    struct built b = build_facts(facts);
    uint64_t seed = 7;

    verify_clean(b.s);
    while (times-- > 0) {
        struct copy c = shuffled(facts, &seed);
        struct built again = build_facts(&c.facts);

        assert_int_equal(again.len, b.len);
        assert_memory_equal(again.bytes, b.bytes, b.len);
        release(&again);
        free_copy(&c);
    }
    release(&b);
}

static void order_of_rows_does_not_matter(void **state)
{
    (void)state;
    check_shuffles(&eco_sample_hub, 20);
}

#define MADE_UP 900
#define MADE_UP_EDGES 1500

struct made_up {
    char id[MADE_UP + 50][32];
    struct eco_sample_model models[MADE_UP];
    struct eco_sample_edge edges[MADE_UP_EDGES];
};

/* Many ties, cycles, placeholders, repeated edges; enough nodes for the radix
 * sorts. */
static void make_up(struct made_up *m, uint64_t *seed)
{
    static const char *const words[] = { "", "llm", "vision", "audio", "x" };

    for (uint32_t i = 0; i < MADE_UP + 50; i++)
        snprintf(m->id[i], sizeof(m->id[i]), "%s%u/%s-%x",
                 i % 3 ? "Org" : "user", eco_sample_random(seed, 40),
                 words[1 + eco_sample_random(seed, 4)], i);
    for (uint32_t i = 0; i < MADE_UP; i++)
        m->models[i] = (struct eco_sample_model){
            .id = m->id[i],
            .created = (int64_t)eco_sample_random(seed, 50) * ECO_DAY_MS,
            .modified = ECO_TIME_UNKNOWN,
            .likes = (int64_t)eco_sample_random(seed, 4) - 1,
            .downloads = (int64_t)eco_sample_random(seed, 700) - 1,
            .flags = (uint8_t)eco_sample_random(seed, 8),
            .task = words[eco_sample_random(seed, 5)],
            .library = words[eco_sample_random(seed, 5)],
            .licence = words[eco_sample_random(seed, 3)],
            .spaces = eco_sample_random(seed, 3) / 3.0,
        };
    for (uint32_t i = 0; i < MADE_UP_EDGES; i++) {
        uint32_t base = eco_sample_random(seed, MADE_UP + 50);

        m->edges[i] = (struct eco_sample_edge){
            .base = m->id[base],
            .derived = m->id[eco_sample_random(seed, MADE_UP)],
            .tag = (uint8_t)(eco_sample_random(seed, 4) |
                             eco_sample_random(seed, 2) << 7),
        };
    }
}

static void order_of_many_rows_does_not_matter(void **state)
{
    struct made_up *m = malloc(sizeof(*m));
    uint64_t seed = 3;
    const struct eco_sample_facts facts = {
        .as_of_day = 60,
        .n_models = MADE_UP,
        .models = m->models,
        .n_edges = MADE_UP_EDGES,
        .edges = m->edges,
    };

    (void)state;
    make_up(m, &seed);
    check_shuffles(&facts, 4);
    free(m);
}

/* --- what is refused ------------------------------------------------------------------ */

static void refuses(struct eco_sample *s, int code, const char *message)
{
    struct eco_err err = { 0 };

    assert_int_equal(eco_build_assemble(&s->in, path, NULL, &err), code);
    if (!strstr(err.msg, message))
        fail_msg("\"%s\" is not in \"%s\"", message, err.msg);
    assert_int_not_equal(access(path, F_OK), 0);
    eco_sample_free(s);
}

static struct eco_sample *hub(void)
{
    unlink(path);
    return eco_sample_new(&eco_sample_hub);
}

static void bad_input_is_refused(void **state)
{
    struct eco_sample *s;

    (void)state;
    (s = hub())->likes[3] = -2;
    refuses(s, ECO_EINVAL, "model 3: likes -2");
    (s = hub())->task[2] = 99;
    refuses(s, ECO_EINVAL, "model 2: task 99");
    (s = hub())->flags[1] = 8;
    refuses(s, ECO_EINVAL, "model 1: flags 8");
    (s = hub())->spaces[0] = NAN;
    refuses(s, ECO_EINVAL, "model 0: spaces nan");
    (s = hub())->author_kind[2] = 9;
    refuses(s, ECO_EINVAL, "author 2: kind 9");
    (s = hub())->alias_node[1] = 19;
    refuses(s, ECO_EINVAL, "former id 1");
    (s = hub())->in.edges[4].base = 19;
    refuses(s, ECO_EINVAL, "edge 4: 19 to");
    (s = hub())->in.edges[4].tag = 4;
    refuses(s, ECO_EINVAL, "edge 4");
    (s = hub())->in.n_models = 20;
    refuses(s, ECO_EINVAL, "20 models of 19 nodes");
    (s = hub())->in.params.alpha[1] = 5;
    refuses(s, ECO_EINVAL, "");
}

static void names_told_twice_are_refused(void **state)
{
    static const struct eco_sample_model twice[] = {
        { "o/same", 0, 0, 1, 0, 0, 0, 0, 0, "", "", "", 0, NULL },
        { "O/Same", 0, 0, 1, 0, 0, 0, 0, 0, "", "", "", 0, NULL },
    };
    static const struct eco_sample_author authors[] = { { "a", "", 0 },
                                                        { "A", "", 0 } };
    static const struct eco_sample_alias aliases[] = { { "old/x", "o/same" },
                                                       { "OLD/x", "o/same" } };
    struct eco_sample_facts facts = { .n_models = 2, .models = twice };

    (void)state;
    unlink(path);
    refuses(eco_sample_new(&facts), ECO_EINVAL, "ame\" is told twice");
    facts.n_models = 1;
    facts.n_authors = 2;
    facts.authors = authors;
    refuses(eco_sample_new(&facts), ECO_EINVAL, "author \"");
    facts.n_authors = 0;
    facts.n_aliases = 2;
    facts.aliases = aliases;
    refuses(eco_sample_new(&facts), ECO_EINVAL, "former id \"");
}

static void an_id_has_a_maximum(void **state)
{
    char id[ECO_MAX_TEXT_BYTES + 2];
    struct eco_sample_model m = { id, 0, 0,  0,  0,  0, 0,
                                  0,  0, "", "", "", 0, NULL };
    const struct eco_sample_facts facts = { .n_models = 1, .models = &m };
    struct built b;

    (void)state;
    memset(id, 'x', sizeof(id));
    id[ECO_MAX_TEXT_BYTES] = '\0';
    b = build_facts(&facts);
    verify_clean(b.s);
    release(&b);
    id[ECO_MAX_TEXT_BYTES] = 'x';
    id[ECO_MAX_TEXT_BYTES + 1] = '\0';
    unlink(path);
    refuses(eco_sample_new(&facts), ECO_ELIMIT, "id 0: 513 bytes");
}

/* As many tasks as models, "none" beside them. */
static int assemble_tasks(uint32_t n, struct eco_err *err)
{
    struct eco_sample_model *m = calloc(n, sizeof(*m));
    char(*name)[16] = calloc(n, sizeof(*name));
    uint64_t *off = calloc(n + 2u, sizeof(*off));
    char *text = malloc(n * 16u);
    const struct eco_sample_facts facts = { .n_models = n, .models = m };
    struct eco_sample *s;
    int rc;

    for (uint32_t i = 0; i < n; i++) {
        snprintf(name[i], sizeof(name[i]), "t%u", i);
        m[i] = (struct eco_sample_model){
            .id = name[i], .task = "", .library = "", .licence = ""
        };
        memcpy(text + off[i + 1], name[i], strlen(name[i]));
        off[i + 2] = off[i + 1] + strlen(name[i]);
    }
    s = eco_sample_new(&facts);
    s->in.tasks = (struct eco_build_dict){ n + 1, off, text };
    for (uint32_t i = 0; i < n; i++)
        s->task[i] = i + 1;
    rc = eco_build_assemble(&s->in, path, NULL, err);
    eco_sample_free(s);
    free(text);
    free(off);
    free(name);
    free(m);
    return rc;
}

static void a_dictionary_has_a_maximum(void **state)
{
    struct eco_err err = { 0 };
    struct eco_snap *s;

    (void)state;
    assert_int_equal(assemble_tasks(ECO_MAX_DICT_ENTRIES - 1, &err), ECO_OK);
    assert_int_equal(eco_snap_open(path, &s, &err), ECO_OK);
    assert_int_equal(s->tasks.n, ECO_MAX_DICT_ENTRIES);
    verify_clean(s);
    eco_snap_unref(s);
    assert_int_equal(assemble_tasks(ECO_MAX_DICT_ENTRIES, &err), ECO_ELIMIT);
    assert_string_equal(err.msg, "task: 65536 entries, at most 65535");
}

/* --- what verify finds ------------------------------------------------------------------ */

struct found {
    const char *wanted;
    bool seen;
    char messages[2000];
};

static void look_for(void *arg, const char *message)
{
    struct found *f = arg;
    size_t len = strlen(f->messages);

    if (!strncmp(message, f->wanted, strlen(f->wanted)))
        f->seen = true;
    snprintf(f->messages + len, sizeof(f->messages) - len, "%s\n", message);
}

struct damage {
    const char *section;
    uint32_t byte;      /* changed in the section ... */
    uint8_t flip;       /* ... by these bits */
    const char *wanted; /* how one of the messages begins */
};

/* Numbers of the sample hub: 16 models, 3 placeholders, 11 edges. */
static const struct damage damages[] = {
    { "meta", 4, 0x04, "meta: data is 5" },
    { "meta", 28, 0x01, "removed.bits: 2 models, 2 in flags, 3 in meta" },
    { "meta", 39, 0x80, "meta: weights[0] is -" },
    { "meta", 71, 0x80, "meta: alpha[0] is -" },
    { "meta", 95, 0x80, "meta: lambda[0] is -" },
    { "meta", 111, 0x80, "meta: relations[0] is -" },
    { "meta", 143, 0x40, "meta: residual is " },
    { "meta", 160, 0x01, "meta: byte 160 is not zero" },
    { "meta", 255, 0x01, "meta: byte 255 is not zero" },
    { "meta", 1, 0x80, "influence: node 13" }, /* as_of: the fresh one's age */
    { "id.off", 8, 0xff, "id.off: entry " },
    { "id.off", 16, 0x01, "id.order: entry " },
    { "id.text", 0, 0x80, "id.off: entry 0 is not UTF-8" },
    { "id.text", 0, 0x61, "id.off: entry 0 is not UTF-8" }, /* a zero byte */
    { "id.text", 0, 0x10, "id.order: entry " },
    { "id.order", 0, 0x80, "id.order: entry 0: node " },
    { "id.order", 0, 0x01, "id.order: entry " },
    { "alias.off", 8, 0x80, "alias.off: entry 0" },
    { "alias.text", 0, 0x10, "alias.text: entry 1 does not rise" },
    { "alias.node", 0, 0x80, "alias.node: entry 0: node " },
    { "author", 0, 0x01, "author: node 0 does not belong to " },
    { "author", 0, 0x80, "author: node 0: author " },
    { "created", 7, 0x40, "order.created: entry " },
    { "likes", 1 * 8, 0x01, "influence: node 1: " },
    { "likes", 15 * 8 + 7, 0x40, "likes: model 15: -4611" },
    { "downloads", 2 * 8 + 1, 0x40, "influence: node 2: " },
    { "downloads", 15 * 8 + 7, 0x40, "downloads: model 15: -4611" },
    { "downloads_all", 7, 0x80, "downloads_all: model 0: -9223" },
    { "params", 7, 0x80, "params: model 0: -9223" },
    { "storage", 7, 0x80, "storage: model 0: -9223" },
    { "flags", 0, 0x08, "flags: model 0: " },
    { "flags", 0, 0x01, "removed.bits: 2 models, 3 in flags, 2 in meta" },
    { "task", 0, 0x01, "task.bits: entry " },
    { "task", 0, 0x40, "task: model 0: entry " },
    { "library", 0, 0x01, "library.bits: entry " },
    { "licence", 1, 0x01, "licence: model 0: entry " },
    { "influence", 0 * 8 + 6, 0x01, "influence: node 0: " },
    { "influence", 15 * 8 + 7, 0x7f, "influence: model 14 ranks before 15" },
    { "influence", 16 * 8 + 5, 0x01, "influence: node 16: " },
    { "part.spaces", 0 * 8 + 6, 0x01, "influence: node 0: " },
    { "part.spaces", 0 * 8 + 7, 0x80, "part.spaces: node 0: -" },
    { "part.spaces", 17 * 8 + 7, 0x3f, "part.spaces: node 17: " },
    { "part.children", 0 * 8 + 6, 0x01, "part.children: node 0: " },
    { "part.parents", 1 * 8 + 6, 0x01, "part.parents: node 1: " },
    { "down.off", 8, 0x80, "down.off: node " },
    { "down.node", 0, 0x80, "down.node: edge 0 of node 0" },
    { "down.node", 3, 0x80, "down.node: edge 0 of node 0" },
    { "down.tag", 0, 0x04, "down.tag: edge 0 of node 0" },
    { "down.tag", 0, 0x01, "up.node: edge 0, from 0 to " },
    { "up.off", 8, 0x80, "up.off: node " },
    { "up.node", 0, 0x80, "up.node: edge 0 of node " },
    { "up.tag", 0, 0x20, "up.tag: edge 0 of node " },
    { "up.tag", 0, 0x80, "up.node: edge " },
    { "order.name", 0, 0x80, "order.name: entry 0: model " },
    { "order.name", 0, 0x01, "order.name: entry " },
    { "order.created", 0, 0x01, "order.created: entry " },
    { "order.downloads", 0, 0x01, "order.downloads: entry " },
    { "order.likes", 0, 0x01, "order.likes: entry " },
    { "order.task", 0, 0x01, "order.task: entry " },
    { "order.task", 3, 0x80, "order.task: entry 0: model " },
    { "author.off", 8, 0x80, "author.off: entry 1" },
    { "author.text", 0, 0x10, "author.order: entry " },
    { "author.text", 0, 0x80, "author.off: entry 0 is not UTF-8" },
    { "author.foff", 8, 0x80, "author.foff: entry 0" },
    { "author.full", 0, 0x80, "author.foff: entry " },
    { "author.kind", 0, 0x10, "author.kind: entry 0 is 19" },
    { "author.kind", 0, 0x01, "kind.bits: entry 3 holds a model" },
    { "author.order", 0, 0x80, "author.order: entry 0: author " },
    { "author.order", 0, 0x01, "author.order: entry " },
    { "author.first", 8, 0x80, "author.first: entry 0: [0, 130) of " },
    { "author.first", 8, 0x01, "author.node: entry 0: model " },
    { "author.node", 0, 0x01, "author.node: entry 0: model " },
    { "author.node", 3, 0x80, "author.node: entry 0: model 2147483648 of 16" },
    { "author.gkey", 3, 0x01, "author.gkey: entry " },
    { "author.gkey", 0, 0xff, "author.gkey: gram " },
    { "author.goff", 8, 0x80, "author.glist: entry 0 (key " },
    { "author.glist", 0, 0x01, "author.glist: entry 0 (key " },
    { "author.glist", 0, 0x80, "author.glist: entry 0 (key " },
    { "family", 0, 0x01, "family: node 0: root " },
    { "family", 3, 0x80, "family: node 0: family 2147483648 of 3" },
    { "family", 0, 0x02, "family.root: family 0: node 0 is not in it" },
    { "family.root", 0, 0x01, "family: node 0: root 1 of family 0, not 0" },
    { "family.root", 0, 0x40, "family.root: family 0: node 64 of 19" },
    { "family.first", 8, 0x80, "family.first: entry 0: [0, 134) of " },
    { "family.first", 8, 0x01, "family.node: entry " },
    { "family.node", 0, 0x20, "family.node: entry 0: model 32 of 16" },
    { "family.node", 4, 0x03, "family.node: entry 0: model " },
    { "kind.boff", 8, 0x80, "kind.bits: entry 0: set " },
    { "kind.bits", 0, 0x02, "kind.bits: entry 0: bitmap: cookie " },
    { "kind.bits", 11, 0x01, "kind.bits: entry 0 holds a model" },
    { "task.off", 8, 0x01, "task.text: entry 0 is not empty" },
    { "task.off", 16, 0x80, "task.text: entry 1: " },
    { "task.text", 0, 0x10, "task.text: entry 2 does not rise" },
    { "task.boff", 8, 0x80, "task.bits: entry 0: set " },
    { "task.bits", 0, 0x02, "task.bits: entry 0: bitmap: cookie " },
    { "library.off", 16, 0x80, "library.text: entry 1: " },
    { "library.text", 0, 0x80, "library.text: entry 1 is not UTF-8" },
    { "library.boff", 8, 0x80, "library.bits: entry 0: set " },
    { "library.bits", 8, 0x01, "library.bits: entry 0: " },
    { "licence.off", 16, 0x80, "licence.text: entry 1: " },
    { "licence.text", 0, 0x80, "licence.text: entry 1 is not UTF-8" },
    { "licence.boff", 8, 0x80, "licence.bits: entry 0: set " },
    { "licence.bits", 4, 0x01, "licence.bits: entry 0: bitmap: " },
    { "language.off", 8, 0x01, "language.text: entry 0 is not empty" },
    { "language.off", 16, 0x80, "language.text: entry 1: " },
    { "language.text", 0, 0x80, "language.text: entry 1 is not UTF-8" },
    { "language.text", 0, 0x10, "language.text: entry 2 does not rise" },
    { "language.boff", 8, 0x80, "language.bits: entry 0: set " },
    { "language.bits", 0, 0x02, "language.bits: entry 0: bitmap: cookie " },
    { "language.bits", 11, 0x02, "language.bits: entry 0 holds a model" },
    { "language.bits", 73, 0x08, "language.bits: 3 models have one, 12 of " },
    { "month.key", 0, 0x01, "month.key: the month of model 2 is missing" },
    { "month.key", 3, 0x7f, "month.key: entry 1 does not rise" },
    { "total.all", 0, 0x01, "total.all: entry 0: 17 models" },
    { "total.all", 8 + 3, 0x40, "total.all: entry 0: 16 models" },
    { "total.all", 16, 0x01, "total.all: entry 0: 16 models" },
    { "total.all", 24, 0x01, "total.all: entry 0: 16 models" },
    { "total.language", 0, 0x01, "total.language: entry 0: " },
    { "total.language", 32, 0x01, "total.language: entry 1: " },
    { "total.author", 0, 0x01, "total.author: entry 0: " },
    { "total.author", 8 + 7, 0x40, "total.author: entry 1 does not follow" },
    { "total.task", 0, 0x01, "total.task: entry 0: " },
    { "total.library", 0, 0x01, "total.library: entry 0: " },
    { "total.licence", 0, 0x01, "total.licence: entry 0: " },
    { "total.family", 0, 0x01, "total.family: entry 0: " },
    { "total.family", 8 + 7, 0x40, "total.family: entry 1 does not follow" },
    { "total.kind", 8 * 32, 0x01, "total.kind: entry 8: 1 models" },
    { "total.relation", 4 * 32, 0x20, "total.relation: entry 4: " },
    { "total.month", 0, 0x01, "total.month: entry 0: 0 models" },
    { "total.month", 0, 0x01, "month.key: entry 0 is not in use" },
    { "others", 0, 0x01, "others: entry 0: 1 models" },
    { "others", 2 * 80 + 32, 0x01, "others: entry 2: 1 values, not 0" },
    { "others", 5 * 80 + 36, 0x01, "others: entry 5: not the most " },
    { "others", 5 * 80 + 79, 0x01, "others: entry 5: not the most " },
    { "grow.task", 0, 0x01, "grow.task: month " },
    { "grow.task", 8, 0x01, "grow.task: element 0: 0 models, not 1" },
    { "grow.task", 3, 0x40, "grow.task: element 1 does not rise" },
    { "grow.library", 4, 0x40, "grow.library: month " },
    { "grow.licence", 8, 0x02, "grow.licence: element 0: 3 models, not 1" },
    { "grow.relation", 15, 0x80, "grow.relation: element 0: " },
    { "drift", 0, 0x40, "drift: licences " },
    { "drift", 1, 0x40, "drift: element 1 does not rise" },
    { "drift", 4, 0x01, "drift: element 0: " },
    { "drift", 8, 0x01, "drift: element 0: " },
    { "drift", 20, 0x01, "drift: element 0: " },
    { "drift", 63, 0x01, "drift: element 0: " },
    { "removed.bits", 0, 0x02, "removed.bits: entry 0: bitmap: cookie " },
    { "removed.bits", 16, 0x01, "removed.bits: entry 0 holds a model" },
    { "gram.key", 0, 0xff, "gram.key: " },
    { "gram.key", 3, 0x01, "gram.key: entry " },
    { "gram.off", 8, 0x80, "gram.list: entry " },
    { "gram.list", 0, 0x01, "gram.list: entry 0 (key " },
    { "gram.list", 0, 0x80, "gram.list: entry 0 (key " },
};

static bool try_damage(const struct built *b, const struct damage *d)
{
    struct eco_snap_section *section = eco_test_section(b->bytes, d->section);
    uint8_t *byte = b->bytes + section->offset + d->byte;
    struct found f = { .wanted = d->wanted };
    struct eco_snap_problems problems = { .report = look_for, .arg = &f };
    struct eco_snap *s;
    struct eco_err err = { 0 };
    int rc;

    assert_true(d->byte < section->count * section->elem_bytes);
    *byte ^= d->flip;
    eco_test_seal(b->bytes, b->len);
    rc = eco_snap_open_bytes("damaged", b->bytes, b->len, &s, &err);
    if (rc) {
        print_error("%s: not opened: %s\n", d->section, err.msg);
    } else {
        assert_int_equal(eco_snap_verify(s, &problems, NULL), ECO_OK);
        if (!f.seen)
            print_error("%s byte %u: no \"%s\" in\n%s", d->section, d->byte,
                        d->wanted, f.messages);
        eco_snap_unref(s);
    }
    *byte ^= d->flip;
    return !rc && f.seen;
}

static void verify_names_what_is_broken(void **state)
{
    struct built b = build_facts(&eco_sample_hub);
    uint32_t missed = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(damages) / sizeof(damages[0]); i++)
        missed += !try_damage(&b, &damages[i]);
    assert_int_equal(missed, 0);
    release(&b);
}

/* Of 900 models and 80 owners there is something behind the top list. */
static void verify_counts_what_is_behind_the_top(void **state)
{
    static const struct damage behind[] = {
        { "others", 80 + 0, 0x01, "others: entry 1: " },
        { "others", 80 + 8 + 3, 0x40, "others: entry 1: " },
        { "others", 80 + 16, 0x01, "others: entry 1: " },
        { "others", 80 + 32, 0x01, "others: entry 1: " },
        { "others", 80 + 36, 0x01, "others: entry 1: not the most " },
        { "others", 80 + 40, 0x01, "others: entry 1: not the most " },
    };
    struct made_up *m = malloc(sizeof(*m));
    uint64_t seed = 3;
    const struct eco_sample_facts facts = { .as_of_day = 60,
                                            .n_models = MADE_UP,
                                            .models = m->models };
    struct built b;

    (void)state;
    make_up(m, &seed);
    b = build_facts(&facts);
    assert_true(b.s->others[ECO_FACET_AUTHOR].values > 20);
    assert_int_equal(b.s->others[ECO_FACET_AUTHOR].n, ECO_FACET_TEN);
    verify_clean(b.s);
    for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++)
        assert_true(try_damage(&b, &behind[i]));
    release(&b);
    free(m);
}

static void verify_knows_reserved_words(void **state)
{
    const struct eco_sample_model models[] = {
        { "o/m", 0, 0, 0, 0, 0, 0, 0, 0, "none", "others", "none", 0, NULL },
    };
    static const char *const wanted[] = {
        "task.text: entry 1 is a reserved word",
        "library.text: entry 1 is a reserved word",
        "licence.text: entry 1 is a reserved word",
    };
    const struct eco_sample_facts facts = { .n_models = 1, .models = models };
    struct built b = build_facts(&facts);

    (void)state;
    for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
        struct found f = { .wanted = wanted[i] };
        struct eco_snap_problems problems = { .report = look_for, .arg = &f };

        assert_int_equal(eco_snap_verify(b.s, &problems, NULL), ECO_OK);
        assert_true(f.seen);
        assert_int_equal(problems.count, 3);
    }
    release(&b);
}

/* Sets of runs hold many models in few bytes: what they hold together is
 * bounded, so that a small file does not take hours. */
static void verify_bounds_the_languages_of_a_model(void **state)
{
    static char codes[(ECO_MAX_LANGUAGES + 1) * 6];
    const struct eco_sample_model model = { "o/m", 0, 0,  0,  0,  0, 0,
                                            0,     0, "", "", "", 0, codes };
    const struct eco_sample_facts facts = { .n_models = 1, .models = &model };
    struct found f = { .wanted = "language.bits: more than 2048 languages" };
    struct eco_snap_problems problems = { .report = look_for, .arg = &f };
    struct built b;
    size_t len = 0;

    (void)state;
    for (unsigned i = 0; i <= ECO_MAX_LANGUAGES; i++)
        len += (size_t)snprintf(codes + len, sizeof(codes) - len, "l%04u,", i);
    b = build_facts(&facts);
    assert_int_equal(eco_snap_verify(b.s, &problems, NULL), ECO_OK);
    assert_true(f.seen);
    assert_int_equal(problems.count, 1);
    release(&b);
    codes[len - 6] = '\0';
    b = build_facts(&facts);
    verify_clean(b.s);
    release(&b);
}

/* A circle of main bases: its smallest member is the root, whoever is asked
 * first, and what hangs on it is in its family. */
static void verify_follows_circles(void **state)
{
    static const struct eco_sample_model models[] = {
        { "o/tail", 0, 0, 9, 0, 0, 0, 0, 0, "", "", "", 0, NULL },
        { "o/a", 0, 0, 5, 0, 0, 0, 0, 0, "", "", "", 0, NULL },
        { "o/b", 0, 0, 4, 0, 0, 0, 0, 0, "", "", "", 0, NULL },
        { "o/c", 0, 0, 3, 0, 0, 0, 0, 0, "", "", "", 0, NULL },
        { "o/alone", 0, 0, 1, 0, 0, 0, 0, 0, "", "", "", 0, NULL },
    };
    static const struct eco_sample_edge edges[] = {
        { "o/a", "o/b", ECO_FINETUNE },
        { "o/b", "o/c", ECO_MERGE },
        { "o/c", "o/a", ECO_QUANTIZED },
        { "o/c", "o/tail", ECO_ADAPTER },
    };
    const struct eco_sample_facts facts = {
        .n_models = 5, .models = models, .n_edges = 4, .edges = edges
    };
    static const struct damage wrong_root[] = {
        { "family.root", 0, 0x01, "family: node 0: root " },
        { "family.root", 0, 0x03, "family: node 0: root " },
    };
    struct built b = build_facts(&facts);
    uint32_t root;

    (void)state;
    root = node_of(b.s, "o/a");
    for (size_t i = 0; i < 2; i++) {
        uint32_t v = node_of(b.s, i ? "o/b" : "o/c");

        root = v < root ? v : root;
    }
    assert_int_equal(b.s->n_families, 1);
    assert_int_equal(b.s->family_root[0], root);
    assert_int_equal(b.s->family[node_of(b.s, "o/tail")], 0);
    assert_true(b.s->family[node_of(b.s, "o/alone")] == ECO_SNAP_NO_FAMILY);
    verify_clean(b.s);
    for (size_t i = 0; i < 2; i++)
        assert_true(try_damage(&b, &wrong_root[i]));
    release(&b);
}

/* Every section but `modified`, where any number is as good as another. */
static void every_section_is_broken_once(void **state)
{
    struct built b = build_facts(&eco_sample_hub);
    const struct eco_snap_header *h = (const void *)b.bytes;
    const struct eco_snap_section *table = (const void *)(h + 1);

    (void)state;
    for (uint32_t i = 0; i < h->n_sections; i++) {
        bool found = !strncmp(table[i].name, "modified", 9);

        for (size_t k = 0; k < sizeof(damages) / sizeof(damages[0]); k++)
            found |= !strncmp(table[i].name, damages[k].section,
                              ECO_SNAP_NAME_BYTES);
        if (!found)
            fail_msg("nothing breaks %.16s", table[i].name);
    }
    release(&b);
}

static void count_reports(void *arg, const char *message)
{
    (void)message;
    ++*(uint32_t *)arg;
}

static void reports_have_a_maximum(void **state)
{
    struct made_up *m = malloc(sizeof(*m));
    uint64_t seed = 3;
    const struct eco_sample_facts facts = { .n_models = MADE_UP,
                                            .models = m->models };
    uint32_t reports = 0;
    struct eco_snap_problems problems = { .report = count_reports,
                                          .arg = &reports };
    struct eco_snap_section *section;
    struct built b;

    (void)state;
    make_up(m, &seed);
    b = build_facts(&facts);
    section = eco_test_section(b.bytes, "flags");
    memset(b.bytes + section->offset, 0xff, MADE_UP);
    assert_int_equal(eco_snap_verify(b.s, &problems, NULL), ECO_OK);
    assert_int_equal(reports, 100);
    assert_true(problems.count >= MADE_UP);
    problems.report = NULL; /* the number alone */
    assert_int_equal(eco_snap_verify(b.s, &problems, NULL), ECO_OK);
    assert_true(problems.count >= MADE_UP);
    release(&b);
    free(m);
}

/* --- memory --------------------------------------------------------------------------- */

static void assemble_survives_every_allocation_failure(void **state)
{
    struct eco_sample *s = hub();
    int rc, k = 0;

    (void)state;
    do {
        struct eco_sample *fresh = eco_sample_new(&eco_sample_hub);
        struct eco_err err = { 0 };

        assert_true(k < 1000);
        eco_test_fail_alloc_after(k++);
        rc = eco_build_assemble(&fresh->in, path, NULL, &err);
        eco_test_fail_alloc_after(-1);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        assert_int_equal(err.code, rc);
        assert_int_equal(access(path, F_OK) == 0, rc == ECO_OK);
        assert_int_equal(eco_test_live_blocks(), 0);
        eco_sample_free(fresh);
    } while (rc != ECO_OK);
    assert_true(k > 40);
    eco_sample_free(s);
}

static void verify_survives_every_allocation_failure(void **state)
{
    struct built b = build_facts(&eco_sample_hub);
    long before = eco_test_live_blocks();
    int rc, k = 0;

    (void)state;
    do {
        struct eco_snap_problems problems = { .report = print_problem };

        assert_true(k < 100);
        eco_test_fail_alloc_after(k++);
        rc = eco_snap_verify(b.s, &problems, NULL);
        eco_test_fail_alloc_after(-1);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        assert_int_equal(problems.count, 0);
        assert_int_equal(eco_test_live_blocks(), before);
    } while (rc != ECO_OK);
    assert_true(k > 5);
    release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_come_back),
        cmocka_unit_test(edges_come_back),
        cmocka_unit_test(stats_tell_what_was_built),
        cmocka_unit_test(
            ranks_follow_influence_then_likes_then_downloads_then_id),
        cmocka_unit_test(placeholders_follow_by_id),
        cmocka_unit_test(influence_is_that_of_the_equations),
        cmocka_unit_test(age_is_counted_to_the_begin_of_as_of),
        cmocka_unit_test(authors_are_the_owners_of_ids),
        cmocka_unit_test(an_owner_is_spelled_as_in_its_best_model),
        cmocka_unit_test(dictionaries_hold_what_is_used),
        cmocka_unit_test(orders_put_the_unknown_last),
        cmocka_unit_test(nothing_makes_an_empty_snapshot),
        cmocka_unit_test(order_of_rows_does_not_matter),
        cmocka_unit_test(order_of_many_rows_does_not_matter),
        cmocka_unit_test(bad_input_is_refused),
        cmocka_unit_test(names_told_twice_are_refused),
        cmocka_unit_test(an_id_has_a_maximum),
        cmocka_unit_test(a_dictionary_has_a_maximum),
        cmocka_unit_test(verify_names_what_is_broken),
        cmocka_unit_test(verify_counts_what_is_behind_the_top),
        cmocka_unit_test(verify_knows_reserved_words),
        cmocka_unit_test(verify_bounds_the_languages_of_a_model),
        cmocka_unit_test(verify_follows_circles),
        cmocka_unit_test(every_section_is_broken_once),
        cmocka_unit_test(reports_have_a_maximum),
        cmocka_unit_test(verify_survives_every_allocation_failure),
        cmocka_unit_test(assemble_survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
