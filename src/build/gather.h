/* SPDX-License-Identifier: MIT */
#ifndef ECO_BUILD_GATHER_H
#define ECO_BUILD_GATHER_H

#include "build/build.h"

/*
 * gather - the store's content as the assembler's columns
 *
 * Ownership  `in` borrows everything from the gathering, until its release.
 */
struct eco_gathering;

ECO_MUST_USE
int eco_gather(struct eco_store *store, struct eco_gathering **out,
               struct eco_err *err);
struct eco_build_input *eco_gathered_input(struct eco_gathering *g);
void eco_gathering_free(struct eco_gathering *g); /* NULL is fine */

#endif /* ECO_BUILD_GATHER_H */
