/* SPDX-License-Identifier: MIT */
#include "build/build.h"

#include "build/gather.h"

int eco_build_run(struct eco_store *store, const char *path,
                  struct eco_build_stats *stats, struct eco_err *err)
{
    struct eco_gathering *g;
    int rc = eco_gather(store, &g, err);

    if (!rc)
        rc = eco_build_assemble(eco_gathered_input(g), path, stats, err);
    eco_gathering_free(g);
    return rc;
}
