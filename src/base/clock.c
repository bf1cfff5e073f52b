/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <stdlib.h>
#include <time.h>

/* Days from 1970-01-01 to the first of March of `year`, counted in years that
 * begin in March so that the leap day comes last. */
static int32_t days_before_march(int32_t year)
{
    return 365 * year + year / 4 - year / 100 + year / 400 - 719468;
}

static bool is_leap(int32_t y)
{
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int32_t days_in_month(int32_t y, int32_t m)
{
    static const int8_t days[] = { 31, 28, 31, 30, 31, 30,
                                   31, 31, 30, 31, 30, 31 };

    return days[m - 1] + (m == 2 && is_leap(y));
}

static bool digits(struct eco_str s, size_t at, size_t n, int32_t *out)
{
    int64_t value;

    if (at + n > s.len ||
        !eco_str_to_i64((struct eco_str){ s.ptr + at, n }, &value))
        return false;
    *out = (int32_t)value;
    return true;
}

static int32_t day_from_civil(int32_t y, int32_t m, int32_t d)
{
    int32_t march_year = m > 2 ? y : y - 1;
    int32_t month = m > 2 ? m - 3 : m + 9;

    return days_before_march(march_year) + (153 * month + 2) / 5 + d - 1;
}

static void civil_from_day(int32_t day, int32_t *y, int32_t *m, int32_t *d)
{
    int32_t z = day + 719468;
    int32_t era = z / 146097;
    int32_t doe = z % 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int32_t mp = (5 * doy + 2) / 153;

    *d = doy - (153 * mp + 2) / 5 + 1;
    *m = mp < 10 ? mp + 3 : mp - 9;
    *y = era * 400 + yoe + (*m <= 2);
}

bool eco_day_parse(struct eco_str s, int32_t *day)
{
    int32_t y, m, d;

    if (s.len != 10 || s.ptr[4] != '-' || s.ptr[7] != '-' ||
        !digits(s, 0, 4, &y) || !digits(s, 5, 2, &m) || !digits(s, 8, 2, &d))
        return false;
    if (y < 1970 || m < 1 || m > 12 || d < 1 || d > days_in_month(y, m))
        return false;
    *day = day_from_civil(y, m, d);
    return true;
}

int32_t eco_month_of(int64_t ms)
{
    int32_t y, m, d;

    civil_from_day((int32_t)(ms / ECO_DAY_MS), &y, &m, &d);
    return (y - 1970) * 12 + m - 1;
}

int64_t eco_month_begin(int32_t month)
{
    return day_from_civil(1970 + month / 12, month % 12 + 1, 1) * ECO_DAY_MS;
}

bool eco_month_parse(struct eco_str s, int32_t *month)
{
    int32_t y, m;

    if (s.len != 7 || s.ptr[4] != '-' || !digits(s, 0, 4, &y) ||
        !digits(s, 5, 2, &m) || y < 1970 || m < 1 || m > 12)
        return false;
    *month = (y - 1970) * 12 + m - 1;
    return true;
}

static bool is_digit_at(struct eco_str s, size_t at)
{
    return at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9';
}

bool eco_day_find(struct eco_str s, int32_t *day)
{
    for (size_t i = 0; i + 10 <= s.len; i++) {
        if (i && is_digit_at(s, i - 1))
            continue;
        if (!is_digit_at(s, i + 10) &&
            eco_day_parse((struct eco_str){ s.ptr + i, 10 }, day))
            return true;
    }
    return false;
}

/* The fraction after the seconds, in milliseconds; cuts it off s. */
static bool parse_fraction(struct eco_str *s, int32_t *ms)
{
    int32_t scale = 100;
    size_t n = 1;

    *ms = 0;
    if (!s->len || s->ptr[0] != '.')
        return true;
    for (; is_digit_at(*s, n); n++) {
        *ms += (s->ptr[n] - '0') * scale;
        scale /= 10;
    }
    *s = eco_str_skip(*s, n);
    return n > 1;
}

bool eco_time_parse(struct eco_str s, int64_t *ms)
{
    int32_t day, hour, minute, second, fraction;
    struct eco_str rest;

    if (s.len < 10 || !eco_day_parse((struct eco_str){ s.ptr, 10 }, &day))
        return false;
    if (s.len == 10) {
        *ms = day * ECO_DAY_MS;
        return true;
    }
    if ((s.ptr[10] != 'T' && s.ptr[10] != ' ') || s.len < 19 ||
        s.ptr[13] != ':' || s.ptr[16] != ':' || !digits(s, 11, 2, &hour) ||
        !digits(s, 14, 2, &minute) || !digits(s, 17, 2, &second) || hour > 23 ||
        minute > 59 || second > 60)
        return false;
    rest = eco_str_skip(s, 19);
    if (!parse_fraction(&rest, &fraction))
        return false;
    if (rest.len && !eco_str_is(rest, "Z") && !eco_str_is(rest, "+00:00"))
        return false;
    *ms = day * ECO_DAY_MS +
          (hour * INT64_C(3600) + minute * INT64_C(60) + second) * 1000 +
          fraction;
    return true;
}

/* Networks write two of these for each of their nodes: no printf. */
static char *put_digits(char *dst, int32_t v, int n)
{
    for (int i = n; i--; v /= 10)
        dst[i] = (char)('0' + abs(v % 10));
    return dst + n;
}

static char *put_day(char *dst, int32_t day)
{
    int32_t y, m, d;

    civil_from_day(day, &y, &m, &d);
    dst = put_digits(dst, y % 10000, 4);
    *dst++ = '-';
    dst = put_digits(dst, m, 2);
    *dst++ = '-';
    return put_digits(dst, d, 2);
}

const char *eco_day_format(int32_t day, char dst[ECO_DAY_TEXT_BYTES])
{
    *put_day(dst, day) = '\0';
    return dst;
}

const char *eco_month_format(int32_t month, char dst[ECO_MONTH_TEXT_BYTES])
{
    char *at = put_digits(dst, 1970 + month / 12, 4);

    *at++ = '-';
    *put_digits(at, month % 12 + 1, 2) = '\0';
    return dst;
}

const char *eco_time_format(int64_t ms, char dst[ECO_TIME_TEXT_BYTES])
{
    int64_t day = ms / ECO_DAY_MS - (ms % ECO_DAY_MS < 0);
    int32_t rest = (int32_t)(ms - day * ECO_DAY_MS);
    char *at = put_day(dst, (int32_t)day);

    *at++ = 'T';
    at = put_digits(at, rest / 3600000, 2);
    *at++ = ':';
    at = put_digits(at, rest / 60000 % 60, 2);
    *at++ = ':';
    at = put_digits(at, rest / 1000 % 60, 2);
    *at++ = '.';
    at = put_digits(at, rest % 1000, 3);
    *at++ = 'Z';
    *at = '\0';
    return dst;
}

double eco_monotonic_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}
