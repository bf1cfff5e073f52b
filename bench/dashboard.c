/* SPDX-License-Identifier: MIT */
/*
 * bench dashboard SNAPSHOT DATABASE - answers of the dashboard against SQL
 *
 * Both hold the same facts. DATABASE is made by this program: a row per ranked
 * model (rowid = rank), one per language of a model, one per edge. Ours is the
 * whole answer as JSON, computed anew each time; SQLite is asked for the same
 * numbers with GROUP BY. Prints one JSON object with medians in microseconds.
 */
#include <roaring/roaring.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/api.h"
#include "base/clock.h"
#include "snapshot/bitmap.h"

#define TIMES 101   /* ours */
#define SQL_TIMES 1 /* theirs: seconds, or a minute */
#define MAX_TIMES TIMES

#define SUMS "count(*), sum(influence), sum(likes), sum(downloads)"
#define TOP(column, n)                                                         \
    "SELECT " column ", " SUMS                                                 \
    " FROM model GROUP BY 1 ORDER BY 3 DESC LIMIT " n ";"

static const struct {
    const char *name, *target, *sql;
} questions[] = {
    { "getDashboard", "/api/v1/dashboard",
      "SELECT " SUMS " FROM model;" TOP("author", "20") TOP("kind", "20")
          TOP("task", "100") TOP("library", "20") TOP("licence", "20")
              TOP("family", "20") TOP("relation", "20") TOP(
                  "month / 12", "100") "SELECT language.name, " SUMS
                                       " FROM language JOIN model ON"
                                       " model.rowid = language.model GROUP BY "
                                       "1 ORDER BY 3 DESC LIMIT 20" },
    { "listFacetValues, authors", "/api/v1/dashboard/author",
      TOP("author", "100") },
    { "listFacetValues, authors by likes",
      "/api/v1/dashboard/author?sort=likes",
      "SELECT author, " SUMS
      " FROM model GROUP BY 1 ORDER BY 4 DESC LIMIT 100" },
    { "listFacetValues, authors with a word", "/api/v1/dashboard/author?q=lab",
      "SELECT author, " SUMS " FROM model WHERE author LIKE '%lab%'"
      " GROUP BY 1 ORDER BY 3 DESC LIMIT 100" },
    { "getFacetValue, a task", "/api/v1/dashboard/task/text-generation",
      "SELECT " SUMS " FROM model WHERE task = 'text-generation';"
      "SELECT rowid FROM model WHERE task = 'text-generation'"
      " ORDER BY 1 LIMIT 10" },
    { "getFacetValue, a language", "/api/v1/dashboard/language/en",
      "SELECT " SUMS " FROM language JOIN model ON model.rowid ="
      " language.model WHERE language.name = 'en';"
      "SELECT model FROM language WHERE name = 'en' ORDER BY 1 LIMIT 10" },
    { "getFacetValue, a year", "/api/v1/dashboard/year/2025",
      "SELECT " SUMS " FROM model WHERE month / 12 = 55;"
      "SELECT rowid FROM model WHERE month / 12 = 55 ORDER BY 1 LIMIT 10" },
    { "getGrowth", "/api/v1/dashboard/growth?by=library",
      "SELECT month, library, count(*) FROM model GROUP BY 1, 2" },
    { "getTreemap, models", "/api/v1/dashboard/treemap?size=downloads",
      "SELECT rowid, downloads FROM model ORDER BY 2 DESC LIMIT 100" },
    { "getTreemap, authors", "/api/v1/dashboard/treemap?by=author&size=likes",
      "SELECT author, sum(likes) FROM model GROUP BY 1 ORDER BY 2 DESC"
      " LIMIT 100" },
    { "getTreemap, families",
      "/api/v1/dashboard/treemap?by=family&size=downloads",
      "SELECT family, sum(downloads) FROM model GROUP BY 1 ORDER BY 2 DESC"
      " LIMIT 100" },
    { "getTreemap, a task",
      "/api/v1/dashboard/treemap?by=task&value=text-generation&size=likes",
      "SELECT rowid, likes FROM model WHERE task = 'text-generation'"
      " ORDER BY 2 DESC LIMIT 100" },
    { "getDrift", "/api/v1/dashboard/drift",
      "SELECT b.licence, d.licence, count(*), count(DISTINCT d.rowid)"
      " FROM edge JOIN model b ON b.rowid = base JOIN model d ON"
      " d.rowid = derived GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 200" },
    { "getDriftModels", "/api/v1/dashboard/drift/models?from=apache-2.0&to=mit",
      "SELECT DISTINCT d.rowid FROM edge JOIN model b ON b.rowid = base"
      " JOIN model d ON d.rowid = derived WHERE b.licence = 'apache-2.0'"
      " AND d.licence = 'mit' ORDER BY 1 LIMIT 10" },
};
#define QUESTIONS (sizeof(questions) / sizeof(questions[0]))

static void die(const char *what, const char *why)
{
    fprintf(stderr, "bench dashboard: %s: %s\n", what, why);
    exit(1);
}

/* --- the same facts ------------------------------------------------------------- */

static void exec(sqlite3 *db, const char *sql)
{
    char *message = NULL;

    if (sqlite3_exec(db, sql, NULL, NULL, &message))
        die(sql, message ? message : "failed");
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt;

    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL))
        die(sql, sqlite3_errmsg(db));
    return stmt;
}

static void step(sqlite3 *db, sqlite3_stmt *stmt)
{
    if (sqlite3_step(stmt) != SQLITE_DONE)
        die("insert", sqlite3_errmsg(db));
    sqlite3_reset(stmt);
}

static void bind_text(sqlite3_stmt *stmt, int at, struct eco_str text)
{
    if (text.len)
        sqlite3_bind_text(stmt, at, text.ptr, (int)text.len, SQLITE_STATIC);
    else
        sqlite3_bind_null(stmt, at);
}

static void bind_count(sqlite3_stmt *stmt, int at, int64_t count)
{
    if (count < 0)
        sqlite3_bind_null(stmt, at);
    else
        sqlite3_bind_int64(stmt, at, count);
}

static void bind_model(sqlite3_stmt *stmt, const struct eco_snap *s, uint32_t v)
{
    uint32_t author = s->author[v];
    uint64_t up = s->graph.up_off[v];

    sqlite3_bind_int64(stmt, 1, (sqlite3_int64)v + 1);
    bind_text(stmt, 2, eco_snap_author_name(s, author));
    sqlite3_bind_int(stmt, 3,
                     author < s->meta->n_authors ? s->author_kind[author] : 0);
    bind_text(stmt, 4, eco_snap_dict_text(&s->tasks, s->task[v]));
    bind_text(stmt, 5, eco_snap_dict_text(&s->libraries, s->library[v]));
    bind_text(stmt, 6, eco_snap_dict_text(&s->licences, s->licence[v]));
    bind_count(stmt, 7,
               s->family[v] < s->n_families ? (int64_t)s->family[v] : -1);
    bind_count(stmt, 8,
               up < s->graph.up_off[v + 1]
                   ? (int64_t)(s->graph.up_tag[up] & ECO_EDGE_RELATION)
                   : -1);
    bind_count(stmt, 9, s->created[v] < 0 ? -1 : eco_month_of(s->created[v]));
    sqlite3_bind_double(stmt, 10, s->influence[v]);
    bind_count(stmt, 11, s->likes[v]);
    bind_count(stmt, 12, s->downloads[v]);
}

static void fill_models(sqlite3 *db, const struct eco_snap *s)
{
    sqlite3_stmt *stmt = prepare(
        db, "INSERT INTO model (rowid, author, kind, task, library, licence,"
            " family, relation, month, influence, likes, downloads)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");

    for (uint32_t v = 0; v < s->meta->n_ranked; v++) {
        bind_model(stmt, s, v);
        step(db, stmt);
    }
    sqlite3_finalize(stmt);
}

static void fill_language(sqlite3 *db, sqlite3_stmt *stmt,
                          const struct eco_snap *s, uint32_t entry)
{
    const struct eco_snap_dict *d = &s->languages;
    uint64_t at = d->bits_off[entry];
    roaring_uint32_iterator_t it;
    roaring_bitmap_t *set;
    struct eco_err err = { 0 };

    if (eco_bitmap_load(d->bits + at, d->bits_off[entry + 1] - at,
                        s->meta->n_ranked, &set, &err))
        die("languages", err.msg);
    for (roaring_init_iterator(set, &it); it.has_value;
         roaring_advance_uint32_iterator(&it)) {
        sqlite3_bind_int64(stmt, 1, (sqlite3_int64)it.current_value + 1);
        bind_text(stmt, 2, eco_snap_dict_text(d, entry));
        step(db, stmt);
    }
    roaring_bitmap_free(set);
}

static void fill_languages(sqlite3 *db, const struct eco_snap *s)
{
    sqlite3_stmt *stmt =
        prepare(db, "INSERT INTO language (model, name) VALUES (?1, ?2)");

    for (uint32_t i = 1; i < s->languages.n; i++)
        fill_language(db, stmt, s, i);
    sqlite3_finalize(stmt);
}

static void fill_edges(sqlite3 *db, const struct eco_snap *s)
{
    sqlite3_stmt *stmt =
        prepare(db, "INSERT INTO edge (base, derived) VALUES (?1, ?2)");

    for (uint32_t v = 0; v < s->meta->n_nodes; v++)
        for (uint64_t e = s->graph.down_off[v]; e < s->graph.down_off[v + 1];
             e++) {
            sqlite3_bind_int64(stmt, 1, (sqlite3_int64)v + 1);
            sqlite3_bind_int64(stmt, 2, (sqlite3_int64)s->graph.down[e] + 1);
            step(db, stmt);
        }
    sqlite3_finalize(stmt);
}

static double fill(sqlite3 *db, const struct eco_snap *s)
{
    double started = eco_monotonic_s();

    exec(db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
             "PRAGMA cache_size = -1048576; PRAGMA temp_store = MEMORY;"
             "CREATE TABLE model (author TEXT, kind INTEGER, task TEXT,"
             " library TEXT, licence TEXT, family INTEGER, relation INTEGER,"
             " month INTEGER, influence REAL, likes INTEGER,"
             " downloads INTEGER);"
             "CREATE TABLE language (model INTEGER, name TEXT);"
             "CREATE TABLE edge (base INTEGER, derived INTEGER); BEGIN");
    fill_models(db, s);
    fill_languages(db, s);
    fill_edges(db, s);
    exec(db, "COMMIT; CREATE INDEX model_task ON model (task);"
             "CREATE INDEX language_name ON language (name, model);"
             "ANALYZE");
    return eco_monotonic_s() - started;
}

/* --- asking --------------------------------------------------------------------------- */

static size_t ask_ours(const struct eco_query_index *ix, const char *target)
{
    static struct eco_api_call call;
    struct eco_api api = { ix, "bench" };
    struct eco_str t = eco_str_from_c(target);
    size_t end = eco_str_find(t, '?'), bytes;
    struct eco_api_request request = { ECO_STR("GET"),
                                       { t.ptr, end },
                                       eco_str_skip(t, end + 1) };
    struct eco_api_response response;
    struct eco_err err = { 0 };

    eco_api_prepare(&api, &request, &call);
    if (eco_api_answer(&call, &response, &err) ||
        (response.status != 200 && response.status != 404))
        die(target, err.code ? err.msg : call.problem.detail);
    bytes = response.body.len;
    eco_api_response_release(&response);
    return bytes;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double *us, size_t n)
{
    qsort(us, n, sizeof(*us), by_value);
    return us[n / 2];
}

static double time_ours(const struct eco_query_index *ix, const char *target,
                        size_t *bytes)
{
    double us[MAX_TIMES];

    for (int i = 0; i < TIMES; i++) {
        double started = eco_monotonic_s();

        *bytes = ask_ours(ix, target);
        us[i] = (eco_monotonic_s() - started) * 1e6;
    }
    return median(us, TIMES);
}

static double time_sql(sqlite3 *db, const char *sql)
{
    double us[SQL_TIMES];

    for (int i = 0; i < SQL_TIMES; i++) {
        double started = eco_monotonic_s();

        exec(db, sql);
        us[i] = (eco_monotonic_s() - started) * 1e6;
    }
    return median(us, SQL_TIMES);
}

/* Both count the same. */
static void compare(sqlite3 *db, const struct eco_snap *s)
{
    sqlite3_stmt *stmt =
        prepare(db, "SELECT count(*), sum(likes), sum(downloads) FROM model");
    const struct eco_total *all = s->total_all;

    if (sqlite3_step(stmt) != SQLITE_ROW ||
        sqlite3_column_int64(stmt, 0) != (sqlite3_int64)all->models ||
        sqlite3_column_int64(stmt, 1) != all->likes ||
        sqlite3_column_int64(stmt, 2) != all->downloads)
        die("totals", "SQLite counts something else");
    sqlite3_finalize(stmt);
}

int main(int argc, char **argv)
{
    struct eco_query_index *ix;
    struct eco_snap *snap;
    struct eco_err err = { 0 };
    double t_fill;
    sqlite3 *db;

    if (argc != 3 || eco_snap_open(argv[1], &snap, &err) ||
        eco_query_index_new(snap, &ix, &err))
        die("usage: bench dashboard SNAPSHOT DATABASE", err.msg);
    unlink(argv[2]);
    if (sqlite3_open(argv[2], &db))
        die(argv[2], sqlite3_errmsg(db));
    t_fill = fill(db, snap);
    compare(db, snap);
    printf("{\"sqlite_fill_s\":%.2f,\"questions\":[", t_fill);
    for (size_t i = 0; i < QUESTIONS; i++) {
        size_t bytes = 0;
        double ours = time_ours(ix, questions[i].target, &bytes);
        double theirs = time_sql(db, questions[i].sql);

        printf("%s{\"name\":\"%s\",\"target\":\"%s\",\"bytes\":%zu,"
               "\"ours_us\":%.1f,\"sqlite_us\":%.1f}",
               i ? "," : "", questions[i].name, questions[i].target, bytes,
               ours, theirs);
        fflush(stdout);
    }
    printf("]}\n");
    sqlite3_close(db);
    eco_query_index_free(ix);
    eco_snap_unref(snap);
    return 0;
}
