/* SPDX-License-Identifier: MIT */
#ifndef ECO_GRAPH_GRAPH_H
#define ECO_GRAPH_GRAPH_H

#include <stdint.h>

#include "base/err.h"

/*
 * graph - the family graph as arrays
 *
 * An edge runs from a base to a model derived from it and carries a tag: the
 * relation and whether it was declared or inferred.
 *
 * Shapes     Compressed rows in both directions: the derived models of v are
 *            down[down_off[v] .. down_off[v+1]), its bases up[up_off[v] ..
 *            up_off[v+1]), each rising. down_tag and up_tag run beside them.
 *            No self loops, no pair twice. Cycles are possible.
 * Ownership  struct eco_graph is a view of arrays that somebody else owns
 *            (a snapshot, or a struct eco_graph_store).
 * Threads    Read-only: safe from many.
 */
enum eco_relation {
    ECO_ADAPTER = 0,
    ECO_FINETUNE = 1,
    ECO_MERGE = 2,
    ECO_QUANTIZED = 3,
};
#define ECO_RELATIONS 4
#define ECO_EDGE_RELATION 0x03u /* mask of enum eco_relation in a tag */
#define ECO_EDGE_DECLARED 0x80u /* else the relation was inferred */

/* The Hub's spelling of a relation: "adapter", "finetune", ... */
const char *eco_relation_name(enum eco_relation relation);

struct eco_edge {
    uint32_t base;
    uint32_t derived;
    uint8_t tag;
};

struct eco_graph {
    uint32_t n;               /* nodes */
    uint64_t m;               /* edges */
    const uint64_t *down_off; /* n + 1 */
    const uint32_t *down;     /* m */
    const uint8_t *down_tag;  /* m */
    const uint64_t *up_off;   /* n + 1 */
    const uint32_t *up;       /* m */
    const uint8_t *up_tag;    /* m */
};

/* Arrays built from an edge list. */
struct eco_graph_store {
    struct eco_graph view;
    uint64_t self_loops; /* dropped */
    uint64_t duplicates; /* collapsed */
};

/*
 * Build the graph of n nodes from m edges in any order. Self loops are
 * dropped; of a pair told twice the declared edge stays, else the one with the
 * smaller relation. `edges` is borrowed and may be reordered. The result does
 * not depend on the order of `edges`.
 *
 * ECO_EINVAL when an end is not below n. O(n + m) time.
 */
ECO_MUST_USE
int eco_graph_build(uint32_t n, struct eco_edge *edges, uint64_t m,
                    struct eco_graph_store *out, struct eco_err *err);

void eco_graph_release(struct eco_graph_store *g);

#endif /* ECO_GRAPH_GRAPH_H */
