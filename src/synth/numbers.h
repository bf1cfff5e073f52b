/* SPDX-License-Identifier: MIT */
#ifndef ECO_SYNTH_NUMBERS_H
#define ECO_SYNTH_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

/*
 * numbers - chance without state, the same on every machine
 *
 * A random number is a hash of (seed, purpose, number): asking twice gives the
 * same answer, in any order and on any thread. Logarithms, powers and the
 * normal quantile are made of +, -, *, / and square roots alone, which IEEE
 * 754 rounds in one way only; those of the C library may differ in the last
 * bit from one machine to another.
 *
 * Threads    Pure functions.
 */
uint64_t eco_numbers_hash(uint64_t seed, uint64_t purpose, uint64_t number);

/* The hash as a number 0 <= u < 1. */
double eco_numbers_unit(uint64_t hash);

/* floor(u * n) for the u of a hash: 0 to n - 1; n > 0. */
uint64_t eco_numbers_below(uint64_t hash, uint64_t n);

double eco_numbers_ln(double x);                   /* x > 0 and finite */
double eco_numbers_exp(double x);                  /* |x| below 700 */
double eco_numbers_pow(double x, double exponent); /* x > 0 */

/* The z with P(Z <= z) = p for a standard normal Z; 0 < p < 1. */
double eco_numbers_normal(double p);

/*
 * A keyed permutation of 0 .. n - 1 and its inverse: a Feistel network on the
 * next power of four, walked until it lands inside.
 */
struct eco_perm {
    uint64_t n;
    uint64_t key;
    unsigned half; /* bits of one half */
};

void eco_perm_init(struct eco_perm *p, uint64_t n, uint64_t key);
uint64_t eco_perm_at(const struct eco_perm *p, uint64_t i);
uint64_t eco_perm_find(const struct eco_perm *p, uint64_t value);

#endif /* ECO_SYNTH_NUMBERS_H */
