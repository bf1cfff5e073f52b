/* SPDX-License-Identifier: MIT */
#include "build/internal.h"

#include "base/alloc.h"
#include "base/clock.h"

/* --- places ----------------------------------------------------------------- */

/* Places are the nodes in order of lower-cased ids. */
static int find_places(struct eco_build *b, struct eco_err *err)
{
    const struct eco_build_dict ids = { b->n, b->in->id_off, b->in->id_text };
    int rc;

    rc =
        eco_build_alloc(&b->input_of_place, b->n, sizeof(uint32_t), "ids", err);
    if (!rc)
        rc = eco_build_alloc(&b->place_of_input, b->n, sizeof(uint32_t), "ids",
                             err);
    if (!rc)
        rc = eco_sort_texts(&ids, true, "id", b->input_of_place, err);
    if (rc)
        return rc;
    for (uint32_t k = 0; k < b->n; k++)
        b->place_of_input[b->input_of_place[k]] = k;
    return 0;
}

static void renumber_edges(const struct eco_build *b, const uint32_t *number)
{
    struct eco_edge *edges = b->in->edges;

    for (uint64_t i = 0; i < b->in->n_edges; i++) {
        edges[i].base = number[edges[i].base];
        edges[i].derived = number[edges[i].derived];
    }
}

/* --- influence -------------------------------------------------------------- */

/* alpha_self * self of the model input i, and the part of its Spaces. */
static double own_influence(const struct eco_build_input *in, uint32_t i,
                            double *spaces)
{
    double part[ECO_INFLUENCE_PARTS];
    struct eco_influence_facts facts = {
        .downloads = in->downloads[i],
        .likes = in->likes[i],
        .spaces = in->spaces[i],
        .age_days = eco_age_days(in->as_of_day * ECO_DAY_MS, in->created[i]),
    };
    eco_influence_own(&in->params, &facts, part);
    *spaces = part[ECO_PART_SPACES];
    return part[ECO_PART_DOWNLOADS] + part[ECO_PART_LIKES] +
           part[ECO_PART_SPACES] + part[ECO_PART_FRESHNESS];
}

/* In the order of the input: one place to write beats four to read. */
static void fill_own(struct eco_build *b, double *own)
{
    for (uint32_t i = 0; i < b->n; i++) {
        uint32_t place = b->place_of_input[i];

        own[place] = b->spaces[place] = 0;
        if (i < b->in->n_models)
            own[place] = own_influence(b->in, i, &b->spaces[place]);
    }
}

static int solve_places(struct eco_build *b, struct eco_err *err)
{
    double **columns[] = { &b->influence, &b->spaces, &b->children,
                           &b->parents };
    struct eco_graph_store graph = { 0 };
    double *own = NULL;
    int rc = eco_build_alloc(&own, b->n, sizeof(*own), "influence", err);

    for (size_t i = 0; !rc && i < sizeof(columns) / sizeof(columns[0]); i++)
        rc =
            eco_build_alloc(columns[i], b->n, sizeof(double), "influence", err);
    if (rc)
        goto done;
    fill_own(b, own);
    rc = eco_graph_build(b->n, b->in->edges, b->in->n_edges, &graph, err);
    if (rc)
        goto done;
    rc = eco_influence_solve(&graph.view, &b->in->params, own, b->influence,
                             b->children, b->parents, &b->solved, err);
done:
    eco_graph_release(&graph);
    eco_free(own);
    return rc;
}

/* --- ranks ------------------------------------------------------------------ */

/* Sorting is stable, so the last key comes first: place, which is the order of
 * ids; downloads; likes; influence. Unknown numbers are -1 and come last. */
static void sort_models(const struct eco_build *b, struct eco_sort_pair *p)
{
    struct eco_sort_pair *scratch = p + b->r;
    uint32_t n = b->r;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t input = b->input_of_place[p[i].value];

        p[i].key = ~eco_sort_key_i64(b->in->downloads[input]);
    }
    eco_sort_pairs(p, scratch, n);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t input = b->input_of_place[p[i].value];

        p[i].key = ~eco_sort_key_i64(b->in->likes[input]);
    }
    eco_sort_pairs(p, scratch, n);
    for (uint32_t i = 0; i < n; i++)
        p[i].key = ~eco_sort_key_f64(b->influence[p[i].value]);
    eco_sort_pairs(p, scratch, n);
}

static void number_nodes(struct eco_build *b, const struct eco_sort_pair *p)
{
    uint32_t next = b->r;

    for (uint32_t v = 0; v < b->r; v++)
        b->place_of_node[v] = p[v].value;
    for (uint32_t k = 0; k < b->n; k++)
        if (b->input_of_place[k] >= b->in->n_models)
            b->place_of_node[next++] = k;
    for (uint32_t v = 0; v < b->n; v++) {
        b->node_of_place[b->place_of_node[v]] = v;
        b->input_of_node[v] = b->input_of_place[b->place_of_node[v]];
    }
}

static int rank_models(struct eco_build *b, struct eco_err *err)
{
    uint32_t **columns[] = { &b->node_of_place, &b->place_of_node,
                             &b->input_of_node };
    struct eco_sort_pair *pairs = NULL;
    uint32_t n = 0;
    int rc = eco_build_alloc(&pairs, b->r, 2 * sizeof(*pairs), "ranks", err);

    for (size_t i = 0; !rc && i < sizeof(columns) / sizeof(columns[0]); i++)
        rc = eco_build_alloc(columns[i], b->n, sizeof(uint32_t), "ranks", err);
    if (rc)
        goto done;
    for (uint32_t k = 0; k < b->n; k++)
        if (b->input_of_place[k] < b->in->n_models)
            pairs[n++].value = k;
    sort_models(b, pairs);
    number_nodes(b, pairs);
done:
    eco_free(pairs);
    return rc;
}

/* What was solved by place is from now on told by node. */
static int order_influence(struct eco_build *b, struct eco_err *err)
{
    double **columns[] = { &b->influence, &b->spaces, &b->children,
                           &b->parents };
    int rc = 0;

    for (size_t i = 0; !rc && i < sizeof(columns) / sizeof(columns[0]); i++) {
        double *by_place = *columns[i], *by_node;

        rc = eco_build_alloc(&by_node, b->n, sizeof(double), "influence", err);
        if (rc)
            break;
        for (uint32_t v = 0; v < b->n; v++)
            by_node[v] = by_place[b->place_of_node[v]];
        eco_free(by_place);
        *columns[i] = by_node;
    }
    return rc;
}

int eco_build_rank(struct eco_build *b, struct eco_err *err)
{
    int rc = find_places(b, err);

    if (rc)
        return rc;
    renumber_edges(b, b->place_of_input);
    rc = solve_places(b, err);
    if (!rc)
        rc = rank_models(b, err);
    if (!rc)
        rc = order_influence(b, err);
    if (rc)
        return rc;
    renumber_edges(b, b->node_of_place);
    return eco_graph_build(b->n, b->in->edges, b->in->n_edges, &b->graph, err);
}
