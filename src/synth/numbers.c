/* SPDX-License-Identifier: MIT */
#include "synth/numbers.h"

#include <assert.h>
#include <math.h>

/* The finaliser of splitmix64 (Steele, Lea, Flood: fast splittable
 * pseudorandom number generators, 2014). */
static uint64_t mix(uint64_t x)
{
    x ^= x >> 30;
    x *= UINT64_C(0xbf58476d1ce4e5b9);
    x ^= x >> 27;
    x *= UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

#define GOLDEN UINT64_C(0x9e3779b97f4a7c15)

uint64_t eco_numbers_hash(uint64_t seed, uint64_t purpose, uint64_t number)
{
    return mix(mix(seed + purpose * GOLDEN) + (number + 1) * GOLDEN);
}

double eco_numbers_unit(uint64_t hash)
{
    return (double)(hash >> 11) * 0x1p-53;
}

uint64_t eco_numbers_below(uint64_t hash, uint64_t n)
{
    /* The high half of a 64 x 32 bit product; n fits 32 bits here. */
    assert(n && n <= UINT32_MAX);
    return (hash >> 32) * n >> 32;
}

#define LN2_HIGH 6.93147180369123816490e-01
#define LN2_LOW 1.90821492927058770002e-10

/* ln m = 2 atanh((m - 1) / (m + 1)), with m near 1. */
double eco_numbers_ln(double x)
{
    int exponent;
    double m = frexp(x, &exponent), s, s2, term, sum;

    assert(x > 0);
    if (m < 0.70710678118654752) {
        m *= 2;
        exponent--;
    }
    s = (m - 1) / (m + 1);
    s2 = s * s;
    term = s;
    sum = s;
    for (int k = 3; k <= 23; k += 2) {
        term *= s2;
        sum += term / k;
    }
    return exponent * LN2_HIGH + (2 * sum + exponent * LN2_LOW);
}

double eco_numbers_exp(double x)
{
    double k = floor(x / 0.69314718055994531 + 0.5);
    double r = (x - k * LN2_HIGH) - k * LN2_LOW, term = 1, sum = 1;

    assert(x > -700 && x < 700);
    for (int i = 1; i <= 16; i++) {
        term *= r / i;
        sum += term;
    }
    return ldexp(sum, (int)k);
}

double eco_numbers_pow(double x, double exponent)
{
    return eco_numbers_exp(exponent * eco_numbers_ln(x));
}

static double polynomial(const double *c, int n, double x)
{
    double sum = c[0];

    for (int i = 1; i < n; i++)
        sum = sum * x + c[i];
    return sum;
}

/* Acklam's rational approximation; its relative error is below 1.2e-9. */
double eco_numbers_normal(double p)
{
    static const double a[] = { -3.969683028665376e+01, 2.209460984245205e+02,
                                -2.759285104469687e+02, 1.383577518672690e+02,
                                -3.066479806614716e+01, 2.506628277459239e+00 };
    static const double b[] = { -5.447609879822406e+01, 1.615858368580409e+02,
                                -1.556989798598866e+02, 6.680131188771972e+01,
                                -1.328068155288572e+01, 1 };
    static const double c[] = { -7.784894002430293e-03, -3.223964580411365e-01,
                                -2.400758277161838e+00, -2.549732539343734e+00,
                                4.374664141464968e+00,  2.938163982698783e+00 };
    static const double d[] = { 7.784695709041462e-03, 3.224671290700398e-01,
                                2.445134137142996e+00, 3.754408661907416e+00,
                                1 };
    double q, r;

    assert(p > 0 && p < 1);
    if (p > 0.5)
        return -eco_numbers_normal(1 - p);
    if (p < 0.02425) {
        q = sqrt(-2 * eco_numbers_ln(p));
        return polynomial(c, 6, q) / polynomial(d, 5, q);
    }
    q = p - 0.5;
    r = q * q;
    return polynomial(a, 6, r) * q / polynomial(b, 6, r);
}

/* --- permutations --------------------------------------------------------- */

#define ROUNDS 4

void eco_perm_init(struct eco_perm *p, uint64_t n, uint64_t key)
{
    *p = (struct eco_perm){ .n = n, .key = key, .half = 1 };
    while (n > UINT64_C(1) << 2 * p->half)
        p->half++;
}

static uint64_t round_of(const struct eco_perm *p, unsigned i, uint64_t half)
{
    return mix(p->key + i * GOLDEN + half) & ((UINT64_C(1) << p->half) - 1);
}

uint64_t eco_perm_at(const struct eco_perm *p, uint64_t i)
{
    uint64_t mask = (UINT64_C(1) << p->half) - 1;

    assert(i < p->n);
    do {
        uint64_t left = i >> p->half, right = i & mask;

        for (unsigned k = 0; k < ROUNDS; k++) {
            uint64_t next = left ^ round_of(p, k, right);

            left = right;
            right = next;
        }
        i = left << p->half | right;
    } while (i >= p->n);
    return i;
}

uint64_t eco_perm_find(const struct eco_perm *p, uint64_t value)
{
    uint64_t mask = (UINT64_C(1) << p->half) - 1;

    assert(value < p->n);
    do {
        uint64_t left = value >> p->half, right = value & mask;

        for (unsigned k = ROUNDS; k-- > 0;) {
            uint64_t before = right ^ round_of(p, k, left);

            right = left;
            left = before;
        }
        value = left << p->half | right;
    } while (value >= p->n);
    return value;
}
