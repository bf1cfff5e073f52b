/* SPDX-License-Identifier: MIT */
#ifndef ECO_GRAPH_RELATIVES_H
#define ECO_GRAPH_RELATIVES_H

#include "graph/layout.h"

/*
 * relatives - which siblings belong together, and how much
 *
 * Two siblings, or two tops, are relatives when cross edges join what hangs on
 * them (each edge counts 1), or when they have the same author (less; only
 * neighbours in the order of nodes are told, so that a busy author stays
 * cheap).
 *
 * Shapes     Only nodes with a number below n take part, and what comes out
 *            goes by number: the relatives of h are list[off[h] ..
 *            off[h + 1]). A pair may occur several times.
 * Ownership  The caller releases it, also after a failure.
 * Errors     ECO_ENOMEM.
 * Cost       O(nodes + n log n + m log depth) time.
 * Threads    Pure.
 */
#define ECO_RELATIVES_NO_NUMBER UINT32_MAX

struct eco_relative {
    uint32_t number;
    float weight; /* in cross edges */
};

struct eco_relatives {
    uint64_t *off;
    struct eco_relative *list;
};

/* number[i] of each node, rising with i or ECO_RELATIVES_NO_NUMBER. */
ECO_MUST_USE
int eco_relatives_find(struct eco_relatives *out,
                       const struct eco_layout_input *in,
                       const uint32_t *number, uint32_t n, struct eco_err *err);
void eco_relatives_release(struct eco_relatives *r);

#endif /* ECO_GRAPH_RELATIVES_H */
