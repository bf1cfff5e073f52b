/* SPDX-License-Identifier: MIT */
/*
 * bench search SNAPSHOT DATABASE - name search against SQLite's FTS5
 *
 * Both hold the same ids. DATABASE is made by this program: an FTS5 table with
 * the trigram tokenizer, rowid = rank, content not stored twice. The same
 * words, cut from the ids by a seeded generator, are looked for in both: the
 * first 30 models by rank and, for both, how many there are. Prints one JSON
 * object with percentiles in microseconds.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "query/leaderboard.h"

#define QUERIES 1000
#define SHOWN 30

struct query {
    char word[16];
    double ours_us, fts_us;
};

static void die(const char *what, const char *why)
{
    fprintf(stderr, "bench search: %s: %s\n", what, why);
    exit(1);
}

static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* A piece of 3 to 8 letters of a random id. */
static void cut_word(const struct eco_snap *s, uint64_t *state, char word[16])
{
    for (;;) {
        uint32_t node = (uint32_t)(next_random(state) % s->meta->n_ranked);
        struct eco_str id = eco_snap_id(s, node);
        size_t len = 3 + next_random(state) % 6, at;

        if (id.len < len)
            continue;
        at = next_random(state) % (id.len - len + 1);
        memcpy(word, id.ptr + at, len);
        word[len] = '\0';
        if (!strchr(word, ' ') && !strchr(word, '"'))
            return;
    }
}

static void exec(sqlite3 *db, const char *sql)
{
    char *message = NULL;

    if (sqlite3_exec(db, sql, NULL, NULL, &message))
        die(sql, message ? message : "failed");
}

static double fill(sqlite3 *db, const struct eco_snap *s)
{
    double started = eco_monotonic_s();
    sqlite3_stmt *stmt;

    exec(db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
             "PRAGMA cache_size = -262144;"
             "CREATE VIRTUAL TABLE name USING fts5 (id, tokenize ="
             " 'trigram', detail = 'full'); BEGIN");
    if (sqlite3_prepare_v2(db, "INSERT INTO name (rowid, id) VALUES (?1, ?2)",
                           -1, &stmt, NULL))
        die("insert", sqlite3_errmsg(db));
    for (uint32_t v = 0; v < s->meta->n_ranked; v++) {
        struct eco_str id = eco_snap_id(s, v);

        sqlite3_reset(stmt);
        sqlite3_bind_int64(stmt, 1, (sqlite3_int64)v + 1);
        sqlite3_bind_text(stmt, 2, id.ptr, (int)id.len, SQLITE_STATIC);
        if (sqlite3_step(stmt) != SQLITE_DONE)
            die("insert", sqlite3_errmsg(db));
    }
    sqlite3_finalize(stmt);
    exec(db, "COMMIT; INSERT INTO name (name) VALUES ('optimize')");
    return eco_monotonic_s() - started;
}

static uint32_t ask_ours(const struct eco_query_index *ix, const char *word)
{
    struct eco_leaderboard_query q = { .sort = ECO_SORT_INFLUENCE,
                                       .descending = true,
                                       .page = 1,
                                       .per_page = SHOWN };
    struct eco_leaderboard board;
    struct eco_err err = { 0 };
    uint32_t total;

    if (eco_search_parse(eco_str_from_c(word), &q.filter.search, &err) ||
        eco_leaderboard_run(ix, &q, &board, &err))
        die(word, err.msg);
    total = board.total;
    eco_leaderboard_release(&board);
    return total;
}

static void step_all(sqlite3_stmt *stmt, const char *match, uint32_t *first)
{
    int rc;

    sqlite3_reset(stmt);
    sqlite3_bind_text(stmt, 1, match, -1, SQLITE_STATIC);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
        *first = (uint32_t)sqlite3_column_int64(stmt, 0);
    if (rc != SQLITE_DONE)
        die(match, "FTS5 failed");
}

static uint32_t ask_fts(sqlite3_stmt *page, sqlite3_stmt *count,
                        const char *word)
{
    char match[24];
    uint32_t ignored = 0, total = 0;

    snprintf(match, sizeof(match), "\"%s\"", word);
    step_all(page, match, &ignored);
    step_all(count, match, &total);
    return total;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void print_percentiles(const char *key, double *us)
{
    qsort(us, QUERIES, sizeof(*us), by_value);
    printf("\"%s\":{\"p50_us\":%.1f,\"p90_us\":%.1f,\"p99_us\":%.1f,"
           "\"max_us\":%.1f}",
           key, us[QUERIES / 2], us[QUERIES * 9 / 10], us[QUERIES * 99 / 100],
           us[QUERIES - 1]);
}

int main(int argc, char **argv)
{
    static double ours[QUERIES], fts[QUERIES];
    struct eco_query_index *ix;
    struct eco_snap *snap;
    struct eco_err err = { 0 };
    sqlite3_stmt *page, *count;
    uint64_t state = 42;
    double t_fill;
    sqlite3 *db;

    if (argc != 3 || eco_snap_open(argv[1], &snap, &err) ||
        eco_query_index_new(snap, &ix, &err))
        die("usage: bench_search SNAPSHOT DATABASE", err.msg);
    unlink(argv[2]);
    if (sqlite3_open(argv[2], &db))
        die(argv[2], sqlite3_errmsg(db));
    t_fill = fill(db, snap);
    if (sqlite3_prepare_v2(db,
                           "SELECT rowid FROM name WHERE name MATCH ?1"
                           " ORDER BY rowid LIMIT 30",
                           -1, &page, NULL) ||
        sqlite3_prepare_v2(db, "SELECT count(*) FROM name WHERE name MATCH ?1",
                           -1, &count, NULL))
        die("prepare", sqlite3_errmsg(db));
    for (int i = 0; i < QUERIES; i++) {
        uint32_t a, b;
        char word[16];
        double t;

        cut_word(snap, &state, word);
        t = eco_monotonic_s();
        a = ask_ours(ix, word);
        ours[i] = (eco_monotonic_s() - t) * 1e6;
        t = eco_monotonic_s();
        b = ask_fts(page, count, word);
        fts[i] = (eco_monotonic_s() - t) * 1e6;
        if (a != b) {
            fprintf(stderr, "%s: %u models, FTS5 finds %u\n", word, a, b);
            return 1;
        }
    }
    printf("{\"queries\":%d,\"fts5_fill_s\":%.2f,", QUERIES, t_fill);
    print_percentiles("ours", ours);
    printf(",");
    print_percentiles("fts5", fts);
    printf("}\n");
    sqlite3_finalize(page);
    sqlite3_finalize(count);
    sqlite3_close(db);
    eco_query_index_free(ix);
    eco_snap_unref(snap);
    return 0;
}
