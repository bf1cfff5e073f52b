/* SPDX-License-Identifier: MIT */
#include "synth/curve.h"

#include <math.h>

#include "base/clock.h"

/* Days since 1970-01-01 and how many thousand models there were. */
static const struct {
    double day, models;
} known[] = {
    { 19053.978518518519, 31 }, /* 2022-03-02T23:29:04 */
    { 19358, 108 },             /* the end of 2022 */
    { 19723, 450 },             /* the end of 2023 */
    { 19981, 1000 },            /* the middle of September 2024 */
    { 20376, 2130 },            /* the middle of October 2025 */
    { 20697, 3070 },            /* 2026-09-01 */
};
#define SPANS 5
#define FIRST_RATE 0.165 /* thousand models a day in March 2022 */
#define BURST_FROM 20393 /* 2025-11-01 */
#define BURST_TO 20423

/* The rate at the start of each span: the mean of a span is known, so each
 * rate gives the next one. */
static double rate_at(int span)
{
    double rate = FIRST_RATE;

    for (int i = 0; i < span; i++)
        rate = 2 * (known[i + 1].models - known[i].models) /
                   (known[i + 1].day - known[i].day) -
               rate;
    return rate;
}

int64_t eco_curve_time(double share)
{
    double models = share * known[SPANS].models, rate, slope, more, day;
    int span = 0;

    if (models < known[0].models)
        return (int64_t)(known[0].day * 86400 + 0.5) * 1000;
    while (span < SPANS - 1 && models >= known[span + 1].models)
        span++;
    rate = rate_at(span);
    slope =
        (rate_at(span + 1) - rate) / (known[span + 1].day - known[span].day);
    more = models - known[span].models;
    day = known[span].day +
          2 * more / (rate + sqrt(rate * rate + 2 * slope * more));
    return (int64_t)(day * 86400) * 1000;
}

double eco_curve_share(int64_t ms)
{
    double day = (double)ms / 86400000, rate, slope, t;
    int span = 0;

    if (day < known[0].day)
        return 0;
    while (span < SPANS - 1 && day >= known[span + 1].day)
        span++;
    rate = rate_at(span);
    slope =
        (rate_at(span + 1) - rate) / (known[span + 1].day - known[span].day);
    t = day - known[span].day;
    return (known[span].models + rate * t + slope * t * t / 2) /
           known[SPANS].models;
}

int64_t eco_curve_end(void)
{
    return (int64_t)known[SPANS].day * ECO_DAY_MS;
}

void eco_curve_burst(double *from, double *to)
{
    *from = eco_curve_share(BURST_FROM * ECO_DAY_MS);
    *to = eco_curve_share(BURST_TO * ECO_DAY_MS);
}
