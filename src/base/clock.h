/* SPDX-License-Identifier: MIT */
#ifndef ECO_BASE_CLOCK_H
#define ECO_BASE_CLOCK_H

#include <stdint.h>

#include "base/str.h"

/*
 * clock - calendar arithmetic, and the monotonic clock for progress lines
 *
 * Units      Days are counted from 1970-01-01 UTC, instants in milliseconds
 *            from the same origin. No function here reads the wall clock: a
 *            computation depends on the data's own dates only.
 * Threads    Pure functions.
 */
#define ECO_DAY_MS INT64_C(86400000)
#define ECO_TIME_UNKNOWN INT64_MIN

#define ECO_DAY_TEXT_BYTES 16  /* "2026-08-20" and its NUL fit */
#define ECO_MONTH_TEXT_BYTES 8 /* "2026-08" and its NUL */
#define ECO_TIME_TEXT_BYTES 32 /* "2026-08-20T10:11:12.000Z" too */

/* "YYYY-MM-DD", a real day of the years 1970 to 9999. */
ECO_MUST_USE bool eco_day_parse(struct eco_str s, int32_t *day);

/* The first YYYY-MM-DD inside s (not next to another digit). */
ECO_MUST_USE bool eco_day_find(struct eco_str s, int32_t *day);

/* ISO 8601 in UTC: a day, "T" or blank, hh:mm:ss, optional fraction (cut to
 * milliseconds), optional "Z" or "+00:00". A bare day is its first instant. */
ECO_MUST_USE bool eco_time_parse(struct eco_str s, int64_t *ms);

/* Write text and NUL; both return dst. */
const char *eco_day_format(int32_t day, char dst[ECO_DAY_TEXT_BYTES]);
const char *eco_time_format(int64_t ms, char dst[ECO_TIME_TEXT_BYTES]);

/* Months are counted from January 1970, UTC. Instants of the years 1970 to 9999
 * have a month; eco_month_begin is its first instant. */
#define ECO_TIME_END INT64_C(253402300800000) /* of the year 9999 */
int32_t eco_month_of(int64_t ms);
int64_t eco_month_begin(int32_t month);

/* "YYYY-MM" of the years 1970 to 9999. */
ECO_MUST_USE bool eco_month_parse(struct eco_str s, int32_t *month);
const char *eco_month_format(int32_t month, char dst[ECO_MONTH_TEXT_BYTES]);

/* Seconds of the monotonic clock; for durations and progress only. */
double eco_monotonic_s(void);

#endif /* ECO_BASE_CLOCK_H */
