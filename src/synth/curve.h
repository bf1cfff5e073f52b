/* SPDX-License-Identifier: MIT */
#ifndef ECO_SYNTH_CURVE_H
#define ECO_SYNTH_CURVE_H

#include <stdint.h>

/*
 * curve - how the Hub grew: shares of all models against time
 *
 * The share 0 <= u < 1 of a model is its place in the order of creation. The
 * rate of growth is continuous and linear between the published sizes. The
 * first per cent was there on the day the Hub began to store dates.
 *
 * Units      Instants in ms since 1970 UTC.
 */
#define ECO_CURVE_SNAPSHOT "2026-09-01"

int64_t eco_curve_time(double share);
double eco_curve_share(int64_t ms);
int64_t eco_curve_end(void); /* the snapshot's first instant */

/* The month in which everybody took one small base, as shares. */
void eco_curve_burst(double *from, double *to);

#endif /* ECO_SYNTH_CURVE_H */
