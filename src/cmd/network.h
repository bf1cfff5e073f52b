/* SPDX-License-Identifier: MIT */
#ifndef ECO_CMD_NETWORK_H
#define ECO_CMD_NETWORK_H

#include "cmd/cmd.h"
#include "query/network.h"

/*
 * network - what `tree` and `export network` ask alike
 *
 * Ownership  The caller releases the network and the snapshot.
 */
struct eco_network_args {
    struct eco_option_word view; /* eco_view_words */
    uint32_t top;                /* 0: models are named */
    uint32_t limit;              /* 0: that of the view */
    uint32_t depth;              /* 0: any */
    struct eco_option_day until;
    struct eco_option_word hide; /* eco_relation_words */
    int n_models;
    char **models;
};

extern const char *const eco_view_words[];     /* NULL ends them */
extern const char *const eco_relation_words[]; /* NULL ends them */

struct eco_network_found {
    struct eco_snap *snap;
    struct eco_network_query query;
    struct eco_network net;
};

/* -1 when the numbers are within the maxima and either models or --top are
 * given, else the exit status for it. */
int eco_network_args_check(const struct eco_cmd *cmd,
                           const struct eco_network_args *args);

/* Open the snapshot, find the models, run the question. ECO_ENOTFOUND names
 * the model that is not there. Release it, whatever happened. */
ECO_MUST_USE
int eco_network_find(struct eco_network_found *found, const char *data,
                     const struct eco_network_args *args, struct eco_err *err);
void eco_network_found_release(struct eco_network_found *found);

#endif /* ECO_CMD_NETWORK_H */
