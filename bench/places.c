/* SPDX-License-Identifier: MIT */
/*
 * bench places SNAPSHOT - the search for everything while somebody types
 *
 * Texts are typed letter by letter, each one into an index of its own, so that
 * nothing was found before; and every letter and digit alone, which find most.
 * Prints one JSON object: percentiles over all of it in microseconds, and the
 * slowest text.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "query/places.h"

#define ROUNDS 5
#define SHOWN 8
#define MAX_KEYS 1024

static const char *const typed[] = {
    "deepseek",
    "qwen2.5",
    "meta llama",
    "gguf",
    "instruct lora",
    "text-generation",
    "no-such-model-anywhere",
    "\xe6\xa8\xa1\xe5\x9e\x8b",
    "https://huggingface.co/",
};

struct key {
    char text[ECO_MAX_SEARCH_BYTES + 1];
    double us; /* median of the rounds */
};

struct keys {
    struct key at[MAX_KEYS];
    size_t n;
};

static void die(const char *what, const char *why)
{
    fprintf(stderr, "bench places: %s: %s\n", what, why);
    exit(1);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double ask(const struct eco_query_index *ix, struct eco_str q)
{
    struct eco_places places;
    struct eco_err err = { 0 };
    double t = eco_monotonic_s();

    if (eco_places_find(ix, q, SHOWN, &places, &err))
        die("search", err.msg);
    return (eco_monotonic_s() - t) * 1e6;
}

/* Every beginning of the text that ends with a character. */
static void type(struct eco_snap *s, struct eco_str text, size_t first,
                 struct keys *out)
{
    double us[ECO_MAX_SEARCH_BYTES + 1][ROUNDS];
    struct eco_err err = { 0 };

    for (int r = 0; r < ROUNDS; r++) {
        struct eco_query_index *ix;

        if (eco_query_index_new(s, &ix, &err))
            die("index", err.msg);
        for (size_t n = first; n <= text.len; n++)
            us[n][r] = ask(ix, (struct eco_str){ text.ptr, n });
        eco_query_index_free(ix);
    }
    for (size_t n = first; n <= text.len && out->n < MAX_KEYS; n++) {
        struct key *k = &out->at[out->n];

        if (!eco_str_is_utf8((struct eco_str){ text.ptr, n }))
            continue;
        qsort(us[n], ROUNDS, sizeof(us[n][0]), by_value);
        snprintf(k->text, sizeof(k->text), "%.*s", (int)n, text.ptr);
        k->us = us[n][ROUNDS / 2];
        out->n++;
    }
}

static int by_time(const void *a, const void *b)
{
    const struct key *x = a, *y = b;

    return (x->us > y->us) - (x->us < y->us);
}

int main(int argc, char **argv)
{
    static struct keys keys;
    char address[ECO_MAX_SEARCH_BYTES];
    struct eco_snap *snap;
    struct eco_err err = { 0 };
    struct eco_str id;

    if (argc < 2 || eco_snap_open(argv[1], &snap, &err))
        die("usage: bench_places SNAPSHOT", err.msg);
    for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++)
        type(snap, eco_str_from_c(typed[i]), 1, &keys);
    id = eco_snap_id(snap, 0);
    snprintf(address, sizeof(address), "https://huggingface.co/%.*s",
             (int)id.len, id.ptr);
    type(snap, eco_str_from_c(address), strlen("https://huggingface.co/") + 1,
         &keys);
    for (const char *c = "abcdefghijklmnopqrstuvwxyz0123456789-/."; *c; c++)
        type(snap, (struct eco_str){ c, 1 }, 1, &keys);
    qsort(keys.at, keys.n, sizeof(keys.at[0]), by_time);
    if (argc > 2)
        for (size_t i = 0; i < keys.n; i++)
            fprintf(stderr, "%9.1f us  %s\n", keys.at[i].us, keys.at[i].text);
    printf("{\"texts\":%zu,\"p50_us\":%.1f,\"p90_us\":%.1f,\"p99_us\":%.1f,"
           "\"max_us\":%.1f,\"slowest\":\"%s\"}\n",
           keys.n, keys.at[keys.n / 2].us, keys.at[keys.n * 9 / 10].us,
           keys.at[keys.n * 99 / 100].us, keys.at[keys.n - 1].us,
           keys.at[keys.n - 1].text);
    eco_snap_unref(snap);
    return 0;
}
