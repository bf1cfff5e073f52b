/* SPDX-License-Identifier: MIT */
#include "build/assemble.h"

#include <pthread.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "build/internal.h"

int eco_build_alloc(void *ptr_to_array, size_t n, size_t size, const char *what,
                    struct eco_err *err)
{
    void *array = eco_alloc_array(n, size);

    if (!array)
        return eco_fail(err, ECO_ENOMEM,
                        "no memory for %s: %zu times %zu"
                        " bytes",
                        what, n, size);
    memcpy(ptr_to_array, &array, sizeof(array));
    return 0;
}

static void free_facet(struct eco_build_facet *f)
{
    eco_free(f->told);
    eco_free(f->entry);
    eco_free(f->off);
    eco_build_group_release(&f->group);
}

static void release(struct eco_build *b)
{
    eco_snap_writer_free(b->w);
    eco_free(b->input_of_place);
    eco_free(b->place_of_input);
    eco_free(b->node_of_place);
    eco_free(b->place_of_node);
    eco_free(b->input_of_node);
    eco_free(b->influence);
    eco_free(b->spaces);
    eco_free(b->children);
    eco_free(b->parents);
    eco_free(b->likes);
    eco_free(b->downloads);
    eco_graph_release(&b->graph);
    eco_free(b->id_off);
    eco_free(b->id_text);
    eco_free(b->author);
    eco_free(b->owner_off);
    eco_free(b->owner_text);
    eco_free(b->run_of_author);
    eco_free(b->record_of_author);
    eco_free(b->author_order);
    eco_free(b->author_kind);
    eco_free(b->author_sum);
    eco_free(b->family);
    eco_free(b->family_root);
    eco_free(b->family_sum);
    eco_free(b->relation);
    for (size_t i = 0; i < FACETS; i++)
        free_facet(&b->facet[i]);
    eco_gram_release(&b->grams);
}

/* --- the search index, beside everything else -------------------------------- */

struct gram_job {
    struct eco_build *b;
    pthread_t thread;
    bool running;
    struct eco_err err;
    int rc;
};

static void *build_grams(void *arg)
{
    struct gram_job *job = arg;

    job->rc = eco_gram_build(job->b->id_off, job->b->id_text, job->b->r,
                             &job->b->grams, &job->err);
    return NULL;
}

/* Without a thread the work is done at once. */
static void start_grams(struct gram_job *job, struct eco_build *b)
{
    *job = (struct gram_job){ .b = b };
    job->running = !pthread_create(&job->thread, NULL, build_grams, job);
    if (!job->running)
        build_grams(job);
}

static int finish_grams(struct gram_job *job, struct eco_err *err)
{
    if (job->running)
        pthread_join(job->thread, NULL);
    job->running = false;
    if (job->rc)
        return eco_fail(err, job->rc, "%s", job->err.msg);
    return 0;
}

static int write_grams(struct eco_build *b, struct eco_err *err)
{
    const struct eco_gram_index *g = &b->grams;
    int rc = eco_snap_writer_section(b->w, "gram.key", sizeof(*g->key), g->key,
                                     g->n, err);

    if (!rc)
        rc = eco_snap_writer_section(b->w, "gram.off", sizeof(*g->off), g->off,
                                     (uint64_t)g->n + 1, err);
    if (!rc)
        rc = eco_snap_writer_section(b->w, "gram.list", 1, g->list,
                                     g->off[g->n], err);
    return rc;
}

/* --- the file ----------------------------------------------------------------- */

static int write_meta(struct eco_build *b, struct eco_err *err)
{
    const struct eco_influence_params *p = &b->in->params;
    struct eco_snap_meta m = {
        .as_of_day = b->in->as_of_day,
        .data = (uint32_t)b->in->data,
        .n_nodes = b->n,
        .n_ranked = b->r,
        .n_edges = b->graph.view.m,
        .n_authors = b->n_authors,
        .n_removed = b->n_removed,
        .lambda = { p->lambda_model, p->lambda_space },
        .residual = b->solved.residual,
        .self_loops = b->in->self_loops + b->graph.self_loops,
        .bad_bases = b->in->bad_bases,
    };

    memcpy(m.weights, p->weights, sizeof(m.weights));
    memcpy(m.alpha, p->alpha, sizeof(m.alpha));
    memcpy(m.relations, p->relations, sizeof(m.relations));
    return eco_snap_writer_section(b->w, "meta", sizeof(m), &m, 1, err);
}

static int write_all_but_grams(struct eco_build *b, struct eco_err *err)
{
    static int (*const steps[])(struct eco_build *, struct eco_err *) = {
        eco_build_weights,
        eco_build_authors,
        eco_build_facets,
        eco_build_families,
        write_meta,
        eco_build_write_ids,
        eco_build_write_columns,
        eco_build_write_influence,
        eco_build_write_graph,
        eco_build_write_orders,
        eco_build_write_authors,
        eco_build_write_families,
        eco_build_write_facets,
        eco_build_write_totals,
        eco_build_write_growth,
        eco_build_write_drift,
    };
    int rc = 0;

    for (size_t i = 0; !rc && i < sizeof(steps) / sizeof(steps[0]); i++)
        rc = steps[i](b, err);
    return rc;
}

static int write_file(struct eco_build *b, struct eco_err *err)
{
    struct gram_job job;
    int rc, joined;

    start_grams(&job, b);
    rc = write_all_but_grams(b, err);
    joined = finish_grams(&job, err);
    if (rc || joined)
        return rc ? rc : joined;
    rc = write_grams(b, err);
    if (!rc)
        rc = eco_snap_writer_commit(b->w, err);
    return rc;
}

static void fill_stats(const struct eco_build *b, const char *path,
                       struct eco_build_stats *stats)
{
    const struct eco_graph *g = &b->graph.view;
    struct stat st;

    *stats = (struct eco_build_stats){
        .n_nodes = b->n,
        .n_ranked = b->r,
        .n_removed = b->n_removed,
        .n_edges = g->m,
        .self_loops = b->in->self_loops + b->graph.self_loops,
        .influence = b->solved,
        .file_bytes = stat(path, &st) ? 0 : (uint64_t)st.st_size,
    };
    for (uint64_t e = 0; e < g->m; e++) {
        stats->by_relation[g->down_tag[e] & ECO_EDGE_RELATION]++;
        stats->declared += (g->down_tag[e] & ECO_EDGE_DECLARED) != 0;
    }
}

int eco_build_assemble(struct eco_build_input *in, const char *path,
                       struct eco_build_stats *stats, struct eco_err *err)
{
    struct eco_build b = { .in = in, .n = in->n_nodes, .r = in->n_models };
    int rc = eco_build_check(in, err);

    if (!rc)
        rc = eco_snap_writer_open(path, &b.w, err);
    if (!rc)
        rc = eco_build_rank(&b, err);
    if (!rc)
        rc = eco_build_gather_ids(&b, err);
    if (!rc)
        rc = write_file(&b, err);
    if (!rc && stats)
        fill_stats(&b, path, stats);
    release(&b);
    return rc;
}
