/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "import/import.h"
#include "support/pack.h"
#include "support/rows.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- one folder, cleared after every test ------------------------------------- */

static struct {
    char dir[40];
    char path[64]; /* of the store */
    char files[8][100];
    const char *list[8];
    size_t n_files;
    char bad[4000]; /* "file:line: reason" of every bad row */
    struct eco_import_report report;
    struct eco_err err;
} fix;

static void remove_store(void)
{
    static const char *const ends[] = { "", "-wal", "-shm", ".lock" };
    char name[100];

    for (size_t i = 0; i < COUNT(ends); i++) {
        snprintf(name, sizeof(name), "%s%s", fix.path, ends[i]);
        unlink(name);
    }
}

static int set_up(void **state)
{
    (void)state;
    memset(&fix, 0, sizeof(fix));
    strcpy(fix.dir, "/tmp/eco-import-XXXXXX");
    if (!mkdtemp(fix.dir))
        return -1;
    snprintf(fix.path, sizeof(fix.path), "%s/x.db", fix.dir);
    return 0;
}

static void forget_files(void)
{
    for (size_t i = 0; i < fix.n_files; i++)
        unlink(fix.files[i]);
    fix.n_files = 0;
}

static int tear_down(void **state)
{
    (void)state;
    forget_files();
    remove_store();
    return rmdir(fix.dir) || eco_test_live_blocks() ? -1 : 0;
}

/* One more file to import. */
static void file_of_bytes(const char *name, const void *bytes, size_t len)
{
    char path[sizeof(fix.files[0])], dir[sizeof(fix.dir)];

    assert_true(fix.n_files < COUNT(fix.files));
    strcpy(dir, fix.dir);
    snprintf(path, sizeof(path), "%s/%s", dir, name);
    eco_test_write_file(path, bytes, len);
    strcpy(fix.files[fix.n_files], path);
    fix.list[fix.n_files] = fix.files[fix.n_files];
    fix.n_files++;
}

static void file_of(const char *name, const char *text)
{
    file_of_bytes(name, text, strlen(text));
}

static void note_bad(void *arg, const char *file, uint64_t line,
                     const char *reason)
{
    size_t len = strlen(fix.bad);
    const char *name = strrchr(file, '/');

    (void)arg;
    snprintf(fix.bad + len, sizeof(fix.bad) - len, "%s:%llu: %s\n",
             name ? name + 1 : file, (unsigned long long)line, reason);
}

/* Import the files with these options (files and callbacks are filled in). */
static int import(struct eco_import_opts opts)
{
    struct eco_store *s;
    int rc;

    fix.err = (struct eco_err){ 0 };
    fix.bad[0] = '\0';
    if (eco_store_open(fix.path, ECO_STORE_WRITE, &s, &fix.err))
        fail_msg("%s", fix.err.msg);
    if (!opts.files) {
        opts.files = fix.list;
        opts.n_files = fix.n_files;
    }
    if (!opts.bad_row)
        opts.bad_row = note_bad;
    rc = eco_import_run(s, &opts, &fix.report, &fix.err);
    assert_int_equal(fix.err.code, rc);
    eco_store_close(s);
    return rc;
}

static void import_well(struct eco_import_opts opts)
{
    if (import(opts))
        fail_msg("%s", fix.err.msg);
}

/* Import into a new store and give its content. */
static char *content(struct eco_import_opts opts)
{
    remove_store();
    import_well(opts);
    return eco_test_dump(fix.path, true);
}

static struct eco_import_opts on_day(const char *day)
{
    return (struct eco_import_opts){ .has_as_of = true,
                                     .as_of_day = eco_test_day(day),
                                     .threads = 2 };
}

/* How often a text occurs. */
static size_t times(const char *text, const char *what)
{
    size_t n = 0;

    for (; (text = strstr(text, what)); text++)
        n++;
    return n;
}

static void expect_line(const char *line)
{
    char *text = eco_test_dump(fix.path, false);
    char whole[300];

    snprintf(whole, sizeof(whole), "%s\n", line);
    if (strncmp(text, whole, strlen(whole))) {
        snprintf(whole, sizeof(whole), "\n%s\n", line);
        if (!strstr(text, whole))
            fail_msg("no line %s in\n%s", line, text);
    }
    free(text);
}

/* --- shapes and packings ---------------------------------------------------------- */

#define ROW_1                                                                  \
    "{\"id\":\"a/b\",\"likes\":1,\"tags\":[\"base_model:c/d\"],"               \
    "\"authorData\":{\"name\":\"a\",\"fullname\":\"A\",\"type\":\"user\"}}"
#define ROW_2 "{\"id\":\"c/d\",\"likes\":2,\"_id\":\"6\"}"
#define ROW_3 "{\"id\":\"s/s\",\"likes\":3,\"models\":[\"a/b\",\"c/d\"]}"

static void every_shape_gives_the_same_store(void **state)
{
    static const char *const shapes[] = {
        ROW_1 "\n" ROW_2 "\n" ROW_3,
        ROW_1 "\r\n\r\n" ROW_2 "\r\n" ROW_3 "\r\n",
        "\xef\xbb\xbf" ROW_1 "\n" ROW_2 "\n" ROW_3 "\n",
        "[" ROW_1 "," ROW_2 "," ROW_3 "]",
        "[\n  " ROW_1 ",\n  " ROW_2 ",\n  " ROW_3 "\n]\n",
        "{\"models\":[" ROW_1 "," ROW_2 "," ROW_3 "]}",
        "{\n \"n\": 3,\n \"models\": [\n" ROW_1 ",\n" ROW_2 ",\n" ROW_3
        "\n]\n}",
    };
    char *expected = NULL;

    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        char *seen;

        forget_files();
        file_of("rows", shapes[i]);
        seen = content(on_day("2025-01-01"));
        assert_int_equal(fix.report.rows, 3);
        assert_int_equal(fix.report.models, 2);
        assert_int_equal(fix.report.spaces, 1);
        assert_int_equal(fix.report.authors, 1);
        assert_int_equal(fix.report.fresh, 3);
        assert_int_equal(fix.report.changed, 0);
        assert_int_equal(fix.report.bad + fix.report.ignored, 0);
        if (!expected)
            expected = strdup(seen);
        assert_string_equal(seen, expected);
        free(seen);
    }
    assert_int_equal(times(expected, "\nmodel|"), 2);
    free(expected);
}

static void packings_are_known_by_content(void **state)
{
    static const char text[] = ROW_1 "\n" ROW_2 "\n" ROW_3 "\n";
    size_t len = sizeof(text) - 1, gz_len, zst_len, a_len, b_len;
    char *gz = eco_test_gzip(text, len, &gz_len);
    char *zst = eco_test_zstd(text, len, &zst_len);
    char *a = eco_test_gzip(text, 30, &a_len); /* members cut a row in two */
    char *b = eco_test_gzip(text + 30, len - 30, &b_len);
    char *two = eco_test_join(a, a_len, b, b_len);
    char *seen[4];

    (void)state;
    file_of_bytes("x.zst", text, len);
    seen[0] = content(on_day("2025-01-01"));
    forget_files();
    file_of_bytes("x.jsonl", gz, gz_len);
    seen[1] = content(on_day("2025-01-01"));
    forget_files();
    file_of_bytes("x.gz", zst, zst_len);
    seen[2] = content(on_day("2025-01-01"));
    forget_files();
    file_of_bytes("x", two, a_len + b_len);
    seen[3] = content(on_day("2025-01-01"));
    for (int i = 0; i < 4; i++) {
        assert_string_equal(seen[i], seen[0]);
        assert_int_equal(times(seen[i], "\nmodel|"), 2);
    }
    for (int i = 0; i < 4; i++)
        free(seen[i]);
    free(gz);
    free(zst);
    free(a);
    free(b);
    free(two);
}

static void standard_input_is_a_file(void **state)
{
    static const char *const dash[] = { "-" };
    struct eco_import_opts opts = on_day("2025-01-01");
    int saved = dup(STDIN_FILENO), fd;

    (void)state;
    file_of("x", ROW_1 "\n" ROW_2);
    fd = open(fix.list[0], O_RDONLY);
    dup2(fd, STDIN_FILENO);
    close(fd);
    opts.files = dash;
    opts.n_files = 1;
    import_well(opts);
    assert_int_equal(fix.report.rows, 2);
    if (saved >= 0) {
        dup2(saved, STDIN_FILENO);
        close(saved);
    }
}

static void authors_come_in_three_ways(void **state)
{
    (void)state;
    file_of("map", "{\"Org-a\":{\"type\":\"org\",\"full_name\":\"A\",\"photo\":"
                   "\"p\",\"nature\":\"company\",\"website\":null,\"github\":"
                   "\"g\",\"followers\":\"3\",\"models\":\"2\"},\n"
                   "\"b\\u002dx\":{\"type\":\"user\"},\n\"no/no\":{\"type\":"
                   "\"org\"},\"c\":5}");
    file_of("list", "{\"name\":\"d\",\"fullname\":\"D\",\"type\":\"user\"}\n"
                    "{\"user\":\"e\",\"avatarUrl\":\"q\"}\n");
    file_of("inside", "{\"id\":\"x/y\",\"authorData\":{\"name\":\"x\",\"type\":"
                      "\"org\",\"fullname\":\"X\",\"avatarUrl\":\"r\"}}\n"
                      "{\"id\":\"x/z\",\"authorData\":null}\n"
                      "{\"id\":\"x/w\",\"authorData\":{\"name\":\"no/no\"}}\n");
    import_well(on_day("2025-01-01"));
    expect_line("author|org-a|Org-a|org|company|A|p|-|g");
    expect_line("author|b-x|b-x|user|-|-|-|-|-");
    expect_line("author|d|d|user|-|D|-|-|-");
    expect_line("author|e|e|-|-|-|q|-|-");
    expect_line("author|x|x|org|-|X|r|-|-");
    assert_int_equal(fix.report.authors, 5);
    assert_int_equal(fix.report.rows, 7); /* without the one inside */
    assert_int_equal(fix.report.models, 3);
    assert_string_equal(fix.bad, "map:3: no valid author name\n"
                                 "map:3: not a JSON object\n");
}

/* --- dates ---------------------------------------------------------------------------- */

static void expect_day(const char *day, const char *id)
{
    char line[100];

    snprintf(line, sizeof(line), "capture|%d|models|%s", eco_test_day(day), id);
    expect_line(line);
}

static void a_snapshot_that_is_no_day_makes_a_bad_row(void **state)
{
    (void)state;
    file_of("hub-2025-03-04.jsonl",
            "{\"id\":\"a/wrong\",\"snapshot\":\"May\"}\n"
            "{\"id\":\"a/number\",\"snapshot\":5}\n"
            "{\"id\":\"a/good\"}\n");
    assert_int_equal(import((struct eco_import_opts){ .threads = 1 }), 0);
    assert_int_equal(fix.report.rows, 1);
    assert_int_equal(fix.report.bad, 2);
    /* Not with the option, which goes before it. */
    assert_int_equal(import(on_day("2025-09-09")), 0);
    assert_int_equal(fix.report.bad, 0);
}

static void the_date_is_the_option_then_the_row_then_the_name(void **state)
{
    struct eco_import_opts opts = { .threads = 1 };

    (void)state;
    file_of("hub-2025-03-04.jsonl",
            "{\"id\":\"a/named\"}\n"
            "{\"id\":\"a/own\",\"snapshot\":\"2025-05-06\"}\n"
            "{\"id\":\"a/time\",\"snapshot\":\"2025-05-07T10:11:12Z\"}\n"
            "{\"id\":\"a/null\",\"snapshot\":null}\n");
    import_well(opts);
    expect_day("2025-03-04", "a/named");
    expect_day("2025-05-06", "a/own");
    expect_day("2025-05-07", "a/time");
    expect_day("2025-03-04", "a/null");

    remove_store();
    import_well(on_day("2025-09-09"));
    expect_day("2025-09-09", "a/named");
    expect_day("2025-09-09", "a/own");
}

static void a_file_without_a_date_is_refused_with_a_hint(void **state)
{
    static const char *const names[] = { "rows.jsonl", "12025-01-01.jsonl",
                                         "2025-13-01.jsonl", "20250101.jsonl" };
    struct eco_import_opts opts = { .threads = 1 };

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        forget_files();
        file_of(names[i], "{\"id\":\"a/b\"}\n");
        assert_int_equal(import(opts), ECO_EINVAL);
        assert_non_null(strstr(fix.err.msg, names[i]));
        assert_non_null(strstr(fix.err.msg, "--as-of YYYY-MM-DD"));
        assert_int_equal(fix.report.rows, 0);
    }
}

/* The folder's name is not the file's. */
static void a_date_in_a_folder_does_not_count(void **state)
{
    struct eco_import_opts opts = { .threads = 1 };
    char dir[80], path[100];
    const char *list[] = { path };

    (void)state;
    snprintf(dir, sizeof(dir), "%s/2025-01-01", fix.dir);
    snprintf(path, sizeof(path), "%s/rows", dir);
    assert_int_equal(mkdir(dir, 0700), 0);
    eco_test_write_file(path, "{\"id\":\"a/b\"}", 12);
    opts.files = list;
    opts.n_files = 1;
    assert_int_equal(import(opts), ECO_EINVAL);
    unlink(path);
    rmdir(dir);
}

static void one_undated_row_among_others_is_only_bad(void **state)
{
    struct eco_import_opts opts = { .threads = 1 };

    (void)state;
    file_of("rows", "{\"id\":\"a/b\",\"snapshot\":\"2025-01-01\"}\n"
                    "{\"id\":\"c/d\"}\n"
                    "{\"id\":\"e/f\",\"snapshot\":\"2025-01-02\"}\n");
    import_well(opts);
    assert_int_equal(fix.report.rows, 2);
    assert_int_equal(fix.report.bad, 1);
    assert_string_equal(fix.bad, "rows:2: no date\n");
}

static void a_dated_file_before_an_undated_one_is_kept(void **state)
{
    struct eco_import_opts opts = { .threads = 2 };

    (void)state;
    file_of("2025-01-01.jsonl", "{\"id\":\"a/b\"}\n");
    file_of("rows", "{\"id\":\"c/d\"}\n");
    assert_int_equal(import(opts), ECO_EINVAL);
    expect_day("2025-01-01", "a/b");
}

/* --- bad rows ----------------------------------------------------------------------------- */

#define MIXED                                                                  \
    "{\"id\":\"a/b\"}\n"                                                       \
    "garbage\n"                                                                \
    "\n"                                                                       \
    "{\"id\":\"c/d\",\"likes\":\n"                                             \
    "[1,2]\n"                                                                  \
    "{\"likes\":5}\n"                                                          \
    "{\"id\":\"a/b/c\"}\r\n"                                                   \
    "{\"id\":\"e/f\",\"likes\":\"x\",\"tags\":5}\n"                            \
    "{\"id\":\"\xff\"}\n"                                                      \
    "{\"id\":\"g/h\"} {\"id\":\"i/j\"}\n"                                      \
    "{\"id\":\"k/l\"}"

static void bad_rows_are_told_and_skipped(void **state)
{
    (void)state;
    file_of("mixed", MIXED);
    import_well(on_day("2025-01-01"));
    assert_int_equal(fix.report.rows, 3);
    assert_int_equal(fix.report.bad, 7);
    assert_int_equal(fix.report.ignored, 2);
    assert_int_equal(times(fix.bad, "\n"), 7);
    assert_non_null(strstr(fix.bad, "mixed:2: not JSON"));
    assert_non_null(strstr(fix.bad, "mixed:4: JSON ends too early"));
    assert_non_null(strstr(fix.bad, "mixed:5: not a JSON object"));
    assert_non_null(strstr(fix.bad, "mixed:6: no id"));
    assert_non_null(strstr(fix.bad, "mixed:7: \"a/b/c\" is no id of the Hub"));
    assert_non_null(strstr(fix.bad, "mixed:9: not JSON"));
    assert_non_null(strstr(fix.bad, "mixed:10: not JSON"));
    expect_day("2025-01-01", "k/l");
    expect_day("2025-01-01", "e/f");
}

static void strict_stops_at_the_first_bad_row(void **state)
{
    struct eco_import_opts opts = on_day("2025-01-01");
    char *text;

    (void)state;
    opts.strict = true;
    file_of("mixed", MIXED);
    assert_int_equal(import(opts), ECO_EFORMAT);
    assert_non_null(strstr(fix.err.msg, "mixed: line 2: not JSON"));
    assert_int_equal(fix.report.rows, 1);
    text = eco_test_dump(fix.path, false);
    assert_int_equal(times(text, "model|a/b|a/b|"), 1); /* that was before it */
    assert_null(strstr(text, "e/f"));
    free(text);
}

static void a_strict_import_of_good_rows_passes(void **state)
{
    struct eco_import_opts opts = on_day("2025-01-01");

    (void)state;
    opts.strict = true;
    file_of("x", ROW_1 "\n" ROW_2 "\n");
    import_well(opts);
    assert_int_equal(fix.report.rows, 2);
}

static void lines_of_a_bad_array_are_told(void **state)
{
    (void)state;
    file_of("x", "[\n" ROW_1 ",\n{\"likes\":1},\n" ROW_2);
    import_well(on_day("2025-01-01"));
    assert_int_equal(fix.report.rows, 2);
    assert_string_equal(fix.bad,
                        "x:3: no id\n"
                        "x:4: the file ends before its closing bracket\n");
}

/* Lines of one byte: many rows for few bytes, over many jobs. */
static void a_file_of_garbage_is_counted(void **state)
{
    const size_t n = 300000;
    char *text = malloc(2 * n);

    (void)state;
    for (size_t i = 0; i < n; i++)
        memcpy(text + 2 * i, "x\n", 2);
    file_of_bytes("garbage", text, 2 * n);
    import_well(on_day("2025-01-01"));
    assert_int_equal(fix.report.bad, n);
    assert_int_equal(fix.report.rows, 0);
    free(text);
}

static void a_row_beyond_16_mib_is_bad(void **state)
{
    size_t len = (17u << 20) + 100;
    char *text = malloc(len), *at = text;

    (void)state;
    memset(text, 'x', len);
    at += sprintf(at, "%s\n{\"id\":\"", ROW_1);
    *at = 'x';
    sprintf(text + len - 40, "\"}\n%s", ROW_2);
    file_of("x", text);
    import_well(on_day("2025-01-01"));
    assert_int_equal(fix.report.rows, 2);
    assert_string_equal(fix.bad, "x:2: a line of more than 16 MiB\n");
    free(text);
}

static void what_cannot_be_read_ends_the_import(void **state)
{
    static const char text[] = ROW_1 "\n" ROW_2 "\n" ROW_3 "\n";
    struct eco_import_opts opts = on_day("2025-01-01");
    size_t gz_len;
    char *gz = eco_test_gzip(text, sizeof(text) - 1, &gz_len);

    (void)state;
    file_of("good", ROW_1 "\n");
    fix.list[fix.n_files++] = "/tmp/eco-import-there-is-no-such-file";
    assert_int_equal(import(opts), ECO_EIO);
    assert_non_null(strstr(fix.err.msg, "no-such-file"));
    fix.n_files--;
    expect_line("model|a/b|a/b|-|-|-|1|-|-|-|-|-|0|0|-|-|0|-");

    forget_files();
    remove_store();
    file_of_bytes("cut", gz, gz_len - 1); /* its bytes came before the error */
    assert_int_equal(import(opts), ECO_EFORMAT);
    assert_non_null(strstr(fix.err.msg, "ends too early"));
    free(gz);
}

/* --- many rows ------------------------------------------------------------------------------ */

/* JSON Lines of n models, Spaces and authors, some told twice. */
static char *many_rows(size_t n, size_t *len)
{
    char *text = malloc(n * 400), *at = text;

    for (size_t i = 0; i < n; i++) {
        size_t k = i * 7919 % n;

        at += sprintf(at,
                      "{\"id\":\"org%zu/m%zu\",\"_id\":\"%zx\",\"likes\":%zu,"
                      "\"downloads\":%zu,\"snapshot\":\"2025-01-%02zu\","
                      "\"tags\":[\"x\",\"base_model:finetune:org%zu/m%zu\"]",
                      k % 50, k % 3000, k % 2900, k % 17, i % 23, 1 + i % 28,
                      k % 40, k / 3);
        if (i % 10 == 0)
            at += sprintf(at,
                          ",\"authorData\":{\"name\":\"org%zu\",\"type\":"
                          "\"%s\"}",
                          k % 50, i % 20 ? "org" : "user");
        if (i % 97 == 0)
            at += sprintf(at, ",\"sdk\":\"x\",\"models\":[\"org1/m%zu\"]",
                          k % 3000);
        at += sprintf(at, "}\n");
        if (i % 1000 == 999)
            at += sprintf(at, "bad line %zu\n", i);
    }
    *len = (size_t)(at - text);
    return text;
}

/* The rows in two files, cut somewhere in the middle. */
static void two_files(size_t n)
{
    size_t len, cut;
    char *text = many_rows(n, &len);

    cut = (size_t)(strchr(text + len / 3, '\n') + 1 - text);
    file_of_bytes("first", text, cut);
    file_of_bytes("second", text + cut, len - cut);
    free(text);
}

static void threads_and_the_order_of_files_do_not_matter(void **state)
{
    static const unsigned threads[] = { 1, 4, 2, 0 };
    struct eco_import_opts opts = { 0 };
    struct eco_import_report first = { 0 };
    char *expected = NULL;

    (void)state;
    two_files(8000);
    for (size_t i = 0; i < COUNT(threads); i++) {
        char *seen;

        opts.threads = threads[i];
        seen = content(opts);
        if (!expected) {
            expected = strdup(seen);
            first = fix.report;
            assert_int_equal(first.rows, 8000);
            assert_int_equal(first.bad, 8);
        }
        assert_memory_equal(&first, &fix.report, sizeof(first));
        if (strcmp(seen, expected))
            fail_msg("%u threads differ", threads[i]);
        free(seen);
        if (i == 2) { /* from here on the other order */
            const char *swap = fix.list[0];

            fix.list[0] = fix.list[1];
            fix.list[1] = swap;
            first = (struct eco_import_report){ 0 };
            opts.threads = 4;
            seen = content(opts);
            assert_string_equal(seen, expected);
            free(seen);
            first = fix.report;
        }
    }
    free(expected);
}

static void the_same_import_again_changes_nothing(void **state)
{
    struct eco_import_opts opts = { .threads = 2 };
    char *once, *twice;

    (void)state;
    two_files(7000);
    once = content(opts);
    import_well(opts);
    assert_int_equal(fix.report.rows, 7000);
    assert_int_equal(fix.report.fresh, 0);
    assert_int_equal(fix.report.changed, 0);
    twice = eco_test_dump(fix.path, true);
    assert_string_equal(once, twice);
    free(once);
    free(twice);
}

struct watch {
    uint64_t calls, rows, bytes, total;
    uint64_t stop_at; /* rows */
    _Atomic bool cancel;
    bool kill;
};

static void watch(void *arg, const struct eco_import_progress *p)
{
    struct watch *w = arg;

    if (p->rows < w->rows || p->bytes < w->bytes || !p->file)
        abort();
    w->calls++;
    w->rows = p->rows;
    w->bytes = p->bytes;
    w->total = p->total_bytes;
    if (w->stop_at && p->rows >= w->stop_at && w->kill)
        kill(getpid(), SIGKILL);
    if (w->stop_at && p->rows >= w->stop_at)
        atomic_store(&w->cancel, true);
}

static void ignore_bad(void *arg, const char *file, uint64_t line,
                       const char *reason)
{
    (void)arg;
    (void)file;
    (void)line;
    (void)reason;
}

static struct eco_import_opts watched(struct watch *w)
{
    return (struct eco_import_opts){ .threads = 2,
                                     .progress = watch,
                                     .bad_row = ignore_bad,
                                     .cancel = &w->cancel,
                                     .arg = w };
}

static void progress_goes_up_to_the_end(void **state)
{
    struct watch w = { 0 };

    (void)state;
    two_files(15000);
    import_well(watched(&w));
    assert_true(w.calls > 5);
    assert_int_equal(w.rows, 15000);
    assert_int_equal(w.bytes, w.total);
    assert_true(w.total > 15000 * 100);
}

static void a_cancelled_import_keeps_its_rows_and_goes_on(void **state)
{
    struct watch w = { .stop_at = 6000 };
    struct eco_import_opts opts = { .threads = 2 };
    char *expected, *seen;

    (void)state;
    two_files(15000);
    expected = content(opts);
    remove_store();
    assert_int_equal(import(watched(&w)), ECO_ECANCELED);
    assert_non_null(strstr(fix.err.msg, "run the same import again"));
    assert_true(fix.report.rows >= 6000 && fix.report.rows < 15000);
    seen = eco_test_dump(fix.path, false);
    assert_true(times(seen, "\nmodel|") > 1000); /* committed */
    free(seen);
    import_well(opts);
    seen = eco_test_dump(fix.path, true);
    assert_string_equal(seen, expected);
    free(seen);
    free(expected);
}

static void an_import_cancelled_at_once_puts_little(void **state)
{
    struct watch w = { 0 };

    (void)state;
    two_files(15000);
    atomic_store(&w.cancel, true);
    assert_int_equal(import(watched(&w)), ECO_ECANCELED);
    assert_true(fix.report.rows < 5000);
}

/* The rows of distinct models, so that the store tells how many were kept. */
static void file_of_models(size_t n)
{
    char *text = malloc(n * 60), *at = text;

    for (size_t i = 0; i < n; i++)
        at += sprintf(at, "{\"id\":\"o/m%zu\",\"likes\":%zu}\n", i, i % 7);
    file_of_bytes("models-2025-01-01", text, (size_t)(at - text));
    free(text);
}

static void a_killed_import_loses_at_most_its_batch(void **state)
{
    struct watch w = { .stop_at = 17000, .kill = true };
    struct eco_import_opts opts = { .threads = 2 };
    char *expected, *seen;
    size_t kept;
    int status;
    pid_t pid;

    (void)state;
    file_of_models(30000);
    expected = content(opts);
    remove_store();
    pid = fork();
    if (pid == 0) {
        (void)import(watched(&w));
        _exit(0);
    }
    waitpid(pid, &status, 0);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    seen = eco_test_dump(fix.path, false);
    kept = times(seen, "\nmodel|");
    free(seen);
    /* A batch ends with the job that fills it. */
    assert_true(kept >= 17000 - ECO_IMPORT_BATCH_ROWS - ECO_IMPORT_JOB_ROWS);
    assert_true(kept < 30000);
    import_well(opts);
    assert_int_equal(fix.report.fresh, 30000 - kept);
    seen = eco_test_dump(fix.path, true);
    assert_string_equal(seen, expected);
    free(seen);
    free(expected);
}

static void an_empty_import_is_none(void **state)
{
    (void)state;
    file_of("a", "");
    file_of("b", "\n\n");
    file_of("c", "[]");
    import_well((struct eco_import_opts){ .threads = 3 });
    assert_int_equal(fix.report.rows + fix.report.bad, 0);
}

/* A store that refuses a row rolls the whole batch back. */
static void an_id_of_the_hub_that_all_claim_is_no_error(void **state)
{
    char *text = malloc(100 * 60), *at = text;

    (void)state;
    for (int i = 0; i < 70; i++)
        at += sprintf(at, "{\"id\":\"a/x%d\",\"_id\":\"6\"}\n", i);
    sprintf(at, "{\"id\":\"b/y\",\"_id\":\"7\"}\n");
    file_of("x", text);
    for (int again = 0; again < 2; again++) {
        assert_int_equal(import(on_day("2025-01-01")), 0);
        assert_int_equal(fix.report.rows, 71);
        assert_int_equal(fix.report.fresh, again ? 0 : 71);
        assert_int_equal(fix.report.bad, 0);
    }
    free(text);
}

static void survives_every_allocation_failure(void **state)
{
    long k = 0;
    int rc;

    (void)state;
    file_of("x", ROW_1 "\nbad\n" ROW_2 "\n");
    file_of("y", "{\"ab\":{\"type\":\"org\"}}");
    do {
        struct eco_import_opts opts = on_day("2025-01-01");
        struct eco_import_report report;
        struct eco_err err = { 0 };
        struct eco_store *s;
        long before;

        assert_true(k < 300);
        opts.threads = 1;
        opts.files = fix.list;
        opts.n_files = fix.n_files;
        assert_int_equal(eco_store_open(fix.path, ECO_STORE_WRITE, &s, &err),
                         0);
        before = eco_test_live_blocks();
        eco_test_fail_alloc_after(k++);
        rc = eco_import_run(s, &opts, &report, &err);
        eco_test_fail_alloc_after(-1);
        if (rc && rc != ECO_ENOMEM)
            fail_msg("allocation %ld: %s", k - 1, err.msg);
        assert_int_equal(err.code, rc);
        eco_store_close(s);
        assert_true(eco_test_live_blocks() < before);
    } while (rc);
    assert_true(k > 20);
    remove_store();
    import_well(on_day("2025-01-01"));
    assert_int_equal(fix.report.rows, 3);
    assert_int_equal(fix.report.bad, 1);
}

#define IMPORT_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IMPORT_TEST(every_shape_gives_the_same_store),
        IMPORT_TEST(packings_are_known_by_content),
        IMPORT_TEST(standard_input_is_a_file),
        IMPORT_TEST(authors_come_in_three_ways),
        IMPORT_TEST(a_snapshot_that_is_no_day_makes_a_bad_row),
        IMPORT_TEST(the_date_is_the_option_then_the_row_then_the_name),
        IMPORT_TEST(a_file_without_a_date_is_refused_with_a_hint),
        IMPORT_TEST(a_date_in_a_folder_does_not_count),
        IMPORT_TEST(one_undated_row_among_others_is_only_bad),
        IMPORT_TEST(a_dated_file_before_an_undated_one_is_kept),
        IMPORT_TEST(bad_rows_are_told_and_skipped),
        IMPORT_TEST(strict_stops_at_the_first_bad_row),
        IMPORT_TEST(a_strict_import_of_good_rows_passes),
        IMPORT_TEST(lines_of_a_bad_array_are_told),
        IMPORT_TEST(a_file_of_garbage_is_counted),
        IMPORT_TEST(a_row_beyond_16_mib_is_bad),
        IMPORT_TEST(what_cannot_be_read_ends_the_import),
        IMPORT_TEST(threads_and_the_order_of_files_do_not_matter),
        IMPORT_TEST(the_same_import_again_changes_nothing),
        IMPORT_TEST(progress_goes_up_to_the_end),
        IMPORT_TEST(a_cancelled_import_keeps_its_rows_and_goes_on),
        IMPORT_TEST(an_import_cancelled_at_once_puts_little),
        IMPORT_TEST(a_killed_import_loses_at_most_its_batch),
        IMPORT_TEST(an_empty_import_is_none),
        IMPORT_TEST(an_id_of_the_hub_that_all_claim_is_no_error),
        IMPORT_TEST(survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
