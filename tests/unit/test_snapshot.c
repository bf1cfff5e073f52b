/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sample_input.h"
#include "snapshot/reader.h"
#include "snapshot/writer.h"
#include "support/seal.h"

#define N_SECTIONS 88u /* of the format page, all required */

/* --- one folder and one good file for all tests ---------------------------------- */

static struct {
    char dir[40];
    char path[64];
    char temp[72]; /* what the writer uses meanwhile */
    uint8_t *good; /* a snapshot of the sample hub */
    size_t len;
} fix;

static int set_up(void **state)
{
    struct eco_sample *s = eco_sample_new(&eco_sample_hub);

    (void)state;
    strcpy(fix.dir, "/tmp/eco-snapshot-XXXXXX");
    if (!mkdtemp(fix.dir))
        return -1;
    snprintf(fix.path, sizeof(fix.path), "%s/x.snap", fix.dir);
    snprintf(fix.temp, sizeof(fix.temp), "%s.new", fix.path);
    fix.good = eco_sample_bytes(&s->in, &fix.len);
    eco_sample_free(s);
    return fix.good ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(fix.path);
    free(fix.good);
    return rmdir(fix.dir); /* fails when a test left a file */
}

/* A copy to damage, in a block of exactly its size. */
static uint8_t *copy_good(size_t len)
{
    void *bytes;

    assert_int_equal(posix_memalign(&bytes, ECO_SNAP_ALIGN, len ? len : 1), 0);
    memcpy(bytes, fix.good, len);
    return bytes;
}

/* The code of opening; the message goes to *err. */
static int try_open(const uint8_t *bytes, size_t len, struct eco_err *err)
{
    struct eco_snap *s;
    int rc;

    *err = (struct eco_err){ 0 };
    rc = eco_snap_open_bytes("x.snap", bytes, len, &s, err);
    assert_true((rc == 0) == (s != NULL));
    assert_int_equal(err->code, rc);
    eco_snap_unref(s);
    return rc;
}

static void refuses(const uint8_t *bytes, size_t len, const char *message)
{
    struct eco_err err;

    assert_int_equal(try_open(bytes, len, &err), ECO_EFORMAT);
    if (!strstr(err.msg, message))
        fail_msg("\"%s\" is not in \"%s\"", message, err.msg);
}

static void write_file(const char *path, const void *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

/* --- writing the same again -------------------------------------------------------- */

/* Write a file with the good one's sections, but for `skip`, and but for the
 * last element of `cut`. */
static void rewrite(const char *skip, const char *cut, const char *extra)
{
    const struct eco_snap_header *h = (const void *)fix.good;
    const struct eco_snap_section *table = (const void *)(h + 1);
    struct eco_snap_writer *w;
    struct eco_err err = { 0 };

    assert_int_equal(eco_snap_writer_open(fix.path, &w, &err), ECO_OK);
    for (uint32_t i = 0; i < h->n_sections; i++) {
        char name[ECO_SNAP_NAME_BYTES + 1] = { 0 };
        uint64_t count = table[i].count;

        memcpy(name, table[i].name, ECO_SNAP_NAME_BYTES);
        if (skip && !strcmp(skip, name))
            continue;
        if (cut && !strcmp(cut, name))
            count--;
        assert_int_equal(eco_snap_writer_section(w, name, table[i].elem_bytes,
                                                 fix.good + table[i].offset,
                                                 count, &err),
                         ECO_OK);
    }
    if (extra)
        assert_int_equal(
            eco_snap_writer_section(w, extra, 3, "abcdef", 2, &err), ECO_OK);
    assert_int_equal(eco_snap_writer_commit(w, &err), ECO_OK);
    eco_snap_writer_free(w);
}

static void what_is_written_is_read(void **state)
{
    size_t len;
    uint8_t *again;

    (void)state;
    rewrite(NULL, NULL, NULL);
    again = eco_sample_read_file(fix.path, &len);
    assert_int_equal(len, fix.len);
    assert_memory_equal(again, fix.good, len);
    assert_int_not_equal(access(fix.temp, F_OK), 0);
    free(again);
}

static void an_unknown_section_is_ignored(void **state)
{
    struct eco_snap *s;
    struct eco_err err = { 0 };

    (void)state;
    rewrite(NULL, NULL, "zz.new_16_bytes_");
    assert_int_equal(eco_snap_open(fix.path, &s, &err), ECO_OK);
    assert_int_equal(s->meta->n_ranked, eco_sample_hub.n_models);
    eco_snap_unref(s);
}

static void a_missing_section_is_named(void **state)
{
    const struct eco_snap_header *h = (const void *)fix.good;
    const struct eco_snap_section *table = (const void *)(h + 1);

    (void)state;
    assert_true(h->n_sections == N_SECTIONS);
    for (uint32_t i = 0; i < h->n_sections; i++) {
        char message[64], name[ECO_SNAP_NAME_BYTES + 1] = { 0 };
        size_t len;
        uint8_t *bytes;

        memcpy(name, table[i].name, ECO_SNAP_NAME_BYTES);
        rewrite(name, NULL, NULL);
        bytes = eco_sample_read_file(fix.path, &len);
        snprintf(message, sizeof(message), "section %s is missing", name);
        refuses(bytes, len, message);
        free(bytes);
    }
}

/* Lists that have as many elements as they have. */
static bool counts_itself(const char *name)
{
    return !strncmp(name, "grow.", 5) || !strcmp(name, "drift") ||
           !strcmp(name, "removed.bits");
}

static void a_wrong_count_is_refused(void **state)
{
    const struct eco_snap_header *h = (const void *)fix.good;
    const struct eco_snap_section *table = (const void *)(h + 1);

    (void)state;
    for (uint32_t i = 0; i < h->n_sections; i++) {
        char name[ECO_SNAP_NAME_BYTES + 1] = { 0 };
        struct eco_err err;
        size_t len;
        uint8_t *bytes;

        memcpy(name, table[i].name, ECO_SNAP_NAME_BYTES);
        rewrite(NULL, name, NULL);
        bytes = eco_sample_read_file(fix.path, &len);
        if (counts_itself(name))
            assert_int_equal(try_open(bytes, len, &err), ECO_OK);
        else
            refuses(bytes, len, "x.snap: section ");
        free(bytes);
    }
}

/* What a count is measured against. */
static void a_wrong_count_is_named(void **state)
{
    static const struct {
        const char *cut, *message;
    } cases[] = {
        { "author.order", "section author.order: 10 elements, not 11" },
        { "author.first", "section author.first: 11 elements, not 12" },
        { "author.node",
          "section author.first: runs from 0 to 14, not from 0 to 13" },
        { "author.gkey", "section author.goff: " },
        { "family", "section family: 18 elements, not 19" },
        { "family.root", "section family.first: 4 elements, not 3" },
        { "family.node", "section family.first: runs from 0 to " },
        { "kind.boff", "section kind.boff: 9 elements, not 10" },
        { "kind.bits", "section kind.boff: runs from 0 to 115, not from 0" },
        { "language.off", "section language.off: runs from 0 to " },
        { "language.boff", "section language.boff: 6 elements, not 7" },
        { "month.key", "section total.month: 9 elements, not 8" },
        { "total.all", "section total.all: 0 elements, not 1" },
        { "total.language", "section total.language: 5 elements, not 6" },
        { "total.author", "section total.author: 11 elements, not 12" },
        { "total.task", "section total.task: 3 elements, not 4" },
        { "total.library", "section total.library: " },
        { "total.licence", "section total.licence: 3 elements, not 4" },
        { "total.family", "section total.family: 3 elements, not 4" },
        { "total.kind", "section total.kind: 8 elements, not 9" },
        { "total.relation", "section total.relation: 4 elements, not 5" },
        { "total.month", "section total.month: 8 elements, not 9" },
        { "others", "section others: 5 elements, not 6" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        size_t len;
        uint8_t *bytes;

        rewrite(NULL, cases[i].cut, NULL);
        bytes = eco_sample_read_file(fix.path, &len);
        refuses(bytes, len, cases[i].message);
        free(bytes);
    }
}

/* The same bytes as fewer or more elements. */
static void a_wrong_element_size_is_named(void **state)
{
    const struct eco_snap_header *h = (const void *)fix.good;

    (void)state;
    for (uint32_t i = 0; i < h->n_sections; i++) {
        uint8_t *bytes = copy_good(fix.len);
        struct eco_snap_section *s = (void *)(bytes + sizeof(*h));
        uint64_t size = s[i].count * s[i].elem_bytes;
        char message[48];

        assert_true(size > 1);
        if (s[i].elem_bytes == 1)
            s[i].elem_bytes = (uint32_t)size, s[i].count = 1;
        else
            s[i].elem_bytes = 1, s[i].count = size;
        eco_test_seal(bytes, fix.len);
        snprintf(message, sizeof(message), "section %.16s: elements of",
                 s[i].name);
        refuses(bytes, fix.len, message);
        free(bytes);
    }
}

/* --- damage ------------------------------------------------------------------------- */

static void every_changed_byte_is_noticed(void **state)
{
    uint8_t *bytes = copy_good(fix.len);
    struct eco_err err;

    (void)state;
    assert_int_equal(try_open(bytes, fix.len, &err), ECO_OK);
    for (size_t i = 0; i < fix.len; i++) {
        bytes[i] ^= 0x10;
        if (try_open(bytes, fix.len, &err) != ECO_EFORMAT)
            fail_msg("byte %zu changed without notice", i);
        bytes[i] ^= 0x10;
    }
    free(bytes);
}

/* Changed header fields whose checksum is right. */
static void header_fields_are_checked_one_by_one(void **state)
{
    static const struct {
        size_t at;
        const char *message;
    } fields[] = {
        { 0, "not a snapshot" },
        { 7, "not a snapshot" },
        { 8, "version 18 of the format, this program reads 2; run ecoviz" },
        { 13, "too many sections" },
        { 16, "cut off or damaged" },
        { 24, "checksum of the section table" },
        { 32, "checksum of the content" },
        { 40, "bytes 40 to 55" },
        { 55, "bytes 40 to 55" },
        { 56, "checksum of the header" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        uint8_t *bytes = copy_good(fix.len);

        bytes[fields[i].at] ^= 0x10;
        if (fields[i].at < 56)
            eco_test_seal_header(bytes);
        refuses(bytes, fix.len, fields[i].message);
        free(bytes);
    }
}

/* Changed table entries whose checksums are right. */
static void table_entries_are_checked_one_by_one(void **state)
{
    static const struct {
        size_t at; /* in the second entry, id.off */
        uint8_t flip;
        const char *message;
    } fields[] = {
        { 0, 0x20, "section 1: name is malformed or repeated" }, /* "Id.off" */
        { 15, 0x61, "section 1: name is malformed or repeated" },
        { 16, 0x08, "section id.off: bad element size" },
        { 20, 0x01, "section id.off: bad element size" },
        { 24, 0x40, "section id.text: not where it belongs" },
        { 31, 0xff, "section id.off: beyond the end of the file" },
        { 32, 0x40, "section id.off: not where it belongs" },
        { 32, 0x01, "section id.off: not where it belongs" },
        { 39, 0xff, "section id.off: not where it belongs" },
        { 40, 0x01, "checksum of section id.off" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        uint8_t *bytes = copy_good(fix.len);

        bytes[64 + 48 + fields[i].at] ^= fields[i].flip;
        eco_test_seal_table(bytes);
        refuses(bytes, fix.len, fields[i].message);
        free(bytes);
    }
}

static void a_repeated_name_is_refused(void **state)
{
    uint8_t *bytes = copy_good(fix.len);

    (void)state;
    memcpy(bytes + 64 + 2 * 48, bytes + 64 + 48, ECO_SNAP_NAME_BYTES);
    eco_test_seal_table(bytes);
    refuses(bytes, fix.len, "section 2: name is malformed or repeated");
    free(bytes);
}

static void a_gap_has_to_be_zero(void **state)
{
    uint8_t *bytes = copy_good(fix.len);
    struct eco_snap_section *s = eco_test_section(bytes, "id.text");

    (void)state;
    assert_true(s->count % ECO_SNAP_ALIGN);
    bytes[s->offset + s->count] = 1;
    refuses(bytes, fix.len, "section id.order: the gap before it is not zero");
    free(bytes);
}

static void every_truncation_is_noticed(void **state)
{
    (void)state;
    for (size_t len = 0; len < fix.len; len += len < 200 ? 1 : 61) {
        uint8_t *bytes = copy_good(len);

        refuses(bytes, len, "x.snap: ");
        free(bytes);
    }
    for (size_t len = fix.len - 130; len < fix.len; len++) {
        uint8_t *bytes = copy_good(len);

        refuses(bytes, len, "cut off or damaged, run ecoviz build");
        eco_test_seal(bytes, len); /* a size that agrees is not enough */
        refuses(bytes, len, "x.snap: ");
        free(bytes);
    }
}

static void counts_and_offsets_have_to_fit(void **state)
{
    uint8_t *bytes = copy_good(fix.len);
    struct eco_snap_section *s = eco_test_section(bytes, "meta");
    struct eco_snap_meta *meta = (void *)(bytes + s->offset);
    uint64_t *off;

    (void)state;
    meta->n_ranked = meta->n_nodes + 1;
    eco_test_seal(bytes, fix.len);
    refuses(bytes, fix.len, "section meta: 20 ranked models of 19 nodes");
    meta->n_ranked = 15;
    eco_test_seal(bytes, fix.len);
    refuses(bytes, fix.len, "section created: 16 elements, not 15");
    meta->n_authors = 20;
    eco_test_seal(bytes, fix.len);
    refuses(bytes, fix.len, "section meta: 20 authors of 19 nodes");
    meta->n_authors = 11;
    meta->n_ranked = 16;
    meta->n_nodes = 20;
    eco_test_seal(bytes, fix.len);
    refuses(bytes, fix.len, "section id.off: 20 elements, not 21");
    meta->n_nodes = 19;
    off = (void *)(bytes + eco_test_section(bytes, "id.off")->offset);
    off[19]++;
    eco_test_seal(bytes, fix.len);
    refuses(bytes, fix.len, "section id.off: runs from 0 to ");
    off[19]--;
    off[0] = 1;
    eco_test_seal(bytes, fix.len);
    refuses(bytes, fix.len, "section id.off: runs from 1 to ");
    free(bytes);
}

static void bytes_have_to_be_aligned(void **state)
{
    struct eco_snap *s;

    (void)state;
    assert_int_equal(eco_snap_open_bytes("x", fix.good + 8, 64, &s, NULL),
                     ECO_EINVAL);
}

/* --- files --------------------------------------------------------------------------- */

static void files_that_are_no_snapshot_are_refused(void **state)
{
    struct eco_snap *s;
    struct eco_err err = { 0 };

    (void)state;
    unlink(fix.path);
    assert_int_equal(eco_snap_open(fix.path, &s, &err), ECO_ENOTFOUND);
    assert_non_null(strstr(err.msg, "run ecoviz build"));
    assert_int_equal(eco_snap_open(fix.dir, &s, NULL), ECO_EFORMAT);
    write_file(fix.path, "", 0);
    assert_int_equal(eco_snap_open(fix.path, &s, NULL), ECO_EFORMAT);
    write_file(fix.path, "SQLite format 3", 16);
    memset(&err, 0, sizeof(err));
    assert_int_equal(eco_snap_open(fix.path, &s, &err), ECO_EFORMAT);
    assert_non_null(strstr(err.msg, "not a snapshot of ecoviz"));
}

static void a_mapped_file_lives_as_long_as_a_reference(void **state)
{
    struct eco_snap *s, *again;
    struct eco_str id;

    (void)state;
    write_file(fix.path, fix.good, fix.len);
    assert_int_equal(eco_snap_open(fix.path, &s, NULL), ECO_OK);
    again = eco_snap_ref(s);
    assert_ptr_equal(again, s);
    unlink(fix.path);
    eco_snap_unref(s);
    id = eco_snap_id(again, 0);
    assert_true(eco_str_is(id, "aurora/Aurora-7B"));
    assert_int_equal(again->content_hash,
                     ((const struct eco_snap_header *)fix.good)->content_hash);
    eco_snap_unref(again);
    eco_snap_unref(NULL);
    assert_int_equal(eco_test_live_blocks(), 0);
}

/* --- lookups --------------------------------------------------------------------------- */

static void ids_and_former_ids_are_found(void **state)
{
    static const struct {
        const char *id, *found; /* NULL: nothing */
    } cases[] = {
        { "AURORA/aurora-7b", "aurora/Aurora-7B" },
        { "gpt2", "gpt2" },
        { "tiny/MOD\xc3\xa8LE", "tiny/mod\xc3\xa8le" },
        { "lost/base", "lost/Base" },
        { "old/AURORA", "aurora/Aurora-7B" },
        { "lost/former", "lost/Base" },
        { "", NULL },
        { "gpt", NULL },
        { "gpt22", NULL },
        { "zzz", NULL },
    };
    struct eco_snap *s;

    (void)state;
    assert_int_equal(eco_snap_open_bytes("x", fix.good, fix.len, &s, NULL),
                     ECO_OK);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        uint32_t node;
        bool found = eco_snap_find(s, eco_str_from_c(cases[i].id), &node);

        assert_int_equal(found, cases[i].found != NULL);
        if (found)
            assert_true(eco_str_is(eco_snap_id(s, node), cases[i].found));
    }
    for (uint32_t v = 0; v < s->meta->n_nodes; v++) {
        uint32_t node;

        assert_true(eco_snap_find(s, eco_snap_id(s, v), &node));
        assert_int_equal(node, v);
    }
    eco_snap_unref(s);
}

static void texts_beyond_the_end_are_empty(void **state)
{
    struct eco_snap *s;
    uint32_t n;

    (void)state;
    assert_int_equal(eco_snap_open_bytes("x", fix.good, fix.len, &s, NULL),
                     ECO_OK);
    assert_int_equal(eco_snap_id(s, s->meta->n_nodes).len, 0);
    assert_int_equal(eco_snap_id(s, UINT32_MAX).len, 0);
    assert_int_equal(eco_snap_author_name(s, ECO_SNAP_NO_AUTHOR).len, 0);
    assert_int_equal(eco_snap_author_full(s, s->meta->n_authors).len, 0);
    assert_int_equal(eco_snap_dict_text(&s->tasks, s->tasks.n).len, 0);

    for (uint32_t a = 0; a < s->meta->n_authors; a++) {
        assert_true(eco_snap_find_author(s, eco_snap_author_name(s, a), &n));
        assert_int_equal(n, a); /* by name, though numbered by influence */
    }
    assert_true(eco_snap_find_author(s, ECO_STR("AURORA"), &n));
    assert_true(eco_str_is(eco_snap_author_name(s, n), "Aurora"));
    assert_int_equal(s->author_kind[n], ECO_AUTHOR_COMPANY);
    assert_false(eco_snap_find_author(s, ECO_STR("nobody-here"), &n));
    assert_true(eco_snap_dict_find(&s->tasks, ECO_STR(""), &n));
    assert_int_equal(n, 0);
    assert_true(eco_snap_dict_find(&s->tasks, ECO_STR("fill-mask"), &n));
    assert_true(eco_str_is(eco_snap_dict_text(&s->tasks, n), "fill-mask"));
    assert_false(eco_snap_dict_find(&s->tasks, ECO_STR("Fill-Mask"), &n));
    eco_snap_unref(s);
}

/* The numbers beside the columns. */
static void counts_are_bound(void **state)
{
    struct eco_snap *s;

    (void)state;
    assert_int_equal(eco_snap_open_bytes("x", fix.good, fix.len, &s, NULL),
                     ECO_OK);
    assert_int_equal(s->grams.limit, s->meta->n_ranked);
    assert_int_equal(s->author_grams.limit, s->meta->n_authors);
    assert_int_equal(s->languages.n, 6);
    assert_int_equal(s->n_families, 3);
    assert_int_equal(s->total_all->models, s->meta->n_ranked);
    for (int f = 0; f < ECO_FACETS; f++) {
        bool grows = f == ECO_FACET_TASK || f == ECO_FACET_LIBRARY ||
                     f == ECO_FACET_LICENCE || f == ECO_FACET_RELATION;
        uint64_t models = 0;

        assert_int_equal(s->total[f] != NULL, f != ECO_FACET_YEAR);
        assert_int_equal(s->growth[f] != NULL, grows);
        for (uint64_t i = 0; i < s->n_growth[f]; i++)
            models += s->growth[f][i].models;
        assert_int_equal(models, grows ? 15 : 0); /* one month is unknown */
    }
    assert_int_equal(s->total[ECO_FACET_MONTH][s->n_months].models, 1);
    eco_snap_unref(s);
}

static void kinds_have_names(void **state)
{
    (void)state;
    assert_string_equal(eco_author_kind_name(ECO_AUTHOR_NON_PROFIT),
                        "non-profit");
    assert_string_equal(eco_author_kind_name((enum eco_author_kind)99),
                        "unknown");
    assert_string_equal(eco_data_kind_name(ECO_DATA_HUB), "hub");
    assert_string_equal(eco_data_kind_name(ECO_DATA_SAMPLE), "sample");
    assert_string_equal(eco_data_kind_name((enum eco_data_kind)99),
                        "synthetic");
}

/* --- the writer -------------------------------------------------------------------------- */

static void writer_refuses_bad_sections(void **state)
{
    static const struct {
        const char *name;
        uint32_t elem_bytes;
    } bad[] = {
        { "", 1 },           { "Upper", 1 },
        { "with space", 1 }, { "seventeen_letters", 1 },
        { "empty", 0 },      { "again", 1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct eco_snap_writer *w;

        assert_int_equal(eco_snap_writer_open(fix.path, &w, NULL), ECO_OK);
        assert_int_equal(eco_snap_writer_begin(w, "again", 4, NULL), ECO_OK);
        assert_int_equal(
            eco_snap_writer_begin(w, bad[i].name, bad[i].elem_bytes, NULL),
            ECO_EINVAL);
        assert_int_equal(eco_snap_writer_commit(w, NULL), ECO_EINVAL);
        eco_snap_writer_free(w);
        assert_int_not_equal(access(fix.temp, F_OK), 0);
    }
}

static void writer_refuses_half_an_element(void **state)
{
    struct eco_snap_writer *w;
    struct eco_err err = { 0 };

    (void)state;
    assert_int_equal(eco_snap_writer_open(fix.path, &w, NULL), ECO_OK);
    assert_int_equal(eco_snap_writer_begin(w, "a", 4, NULL), ECO_OK);
    assert_int_equal(eco_snap_writer_append(w, "12345", 5, NULL), ECO_OK);
    assert_int_equal(eco_snap_writer_begin(w, "b", 1, &err), ECO_EINVAL);
    assert_string_equal(err.msg, "section a: 5 bytes, not a multiple of 4");
    eco_snap_writer_free(w);
}

static void writer_has_a_limit(void **state)
{
    struct eco_snap_writer *w;
    char name[16];

    (void)state;
    assert_int_equal(eco_snap_writer_open(fix.path, &w, NULL), ECO_OK);
    for (unsigned i = 0; i < ECO_SNAP_MAX_SECTIONS; i++) {
        snprintf(name, sizeof(name), "s%u", i);
        assert_int_equal(eco_snap_writer_section(w, name, 1, "x", 1, NULL),
                         ECO_OK);
    }
    assert_int_equal(eco_snap_writer_begin(w, "more", 1, NULL), ECO_ELIMIT);
    eco_snap_writer_free(w);
}

static void only_one_writer_at_a_time(void **state)
{
    struct eco_snap_writer *w, *second;
    struct eco_err err = { 0 };

    (void)state;
    assert_int_equal(eco_snap_writer_open(fix.path, &w, NULL), ECO_OK);
    assert_int_equal(eco_snap_writer_open(fix.path, &second, &err), ECO_EBUSY);
    assert_null(second);
    assert_int_equal(access(fix.temp, F_OK), 0); /* the first one's: kept */
    eco_snap_writer_free(w);
    assert_int_not_equal(access(fix.temp, F_OK), 0);
    assert_int_equal(eco_snap_writer_open(fix.path, &w, NULL), ECO_OK);
    eco_snap_writer_free(w);
}

static void check_old_file(void)
{
    size_t len;
    uint8_t *bytes = eco_sample_read_file(fix.path, &len);

    assert_non_null(bytes);
    assert_int_equal(len, 3);
    assert_memory_equal(bytes, "old", 3);
    free(bytes);
    assert_int_not_equal(access(fix.temp, F_OK), 0);
}

/* A limit on the size of files stands for a disk that is full. */
static void a_full_disk_leaves_the_old_file(void **state)
{
    struct eco_sample *s = eco_sample_new(&eco_sample_hub);
    struct rlimit old, small;
    struct eco_err err = { 0 };
    void (*handler)(int);

    (void)state;
    write_file(fix.path, "old", 3);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    handler = signal(SIGXFSZ, SIG_IGN);
    small = old;
    for (rlim_t size = 0; size < fix.len; size += 5000) {
        memset(&err, 0, sizeof(err));
        small.rlim_cur = size;
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
        assert_int_equal(eco_build_assemble(&s->in, fix.path, NULL, &err),
                         ECO_EIO);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
        assert_non_null(strstr(err.msg, "x.snap.new"));
        check_old_file();
    }
    signal(SIGXFSZ, handler);
    eco_sample_free(s);
}

static void a_writer_without_commit_leaves_the_old_file(void **state)
{
    struct eco_snap_writer *w;

    (void)state;
    write_file(fix.path, "old", 3);
    assert_int_equal(eco_snap_writer_open(fix.path, &w, NULL), ECO_OK);
    assert_int_equal(eco_snap_writer_section(w, "a", 1, "x", 1, NULL), ECO_OK);
    eco_snap_writer_free(w);
    check_old_file();
    assert_int_equal(eco_snap_writer_open("/nowhere/x", &w, NULL), ECO_EIO);
}

/* --- memory ------------------------------------------------------------------------------- */

static void open_survives_every_allocation_failure(void **state)
{
    int rc, k = 0;

    (void)state;
    write_file(fix.path, fix.good, fix.len);
    do {
        struct eco_snap *s;

        assert_true(k < 100);
        eco_test_fail_alloc_after(k++);
        rc = eco_snap_open(fix.path, &s, NULL);
        eco_test_fail_alloc_after(-1);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        eco_snap_unref(s);
        assert_int_equal(eco_test_live_blocks(), 0);
    } while (rc != ECO_OK);
    assert_int_equal(k, 3);
}

static int write_little(void)
{
    struct eco_snap_writer *w;
    int rc = eco_snap_writer_open(fix.path, &w, NULL);

    if (!rc)
        rc = eco_snap_writer_section(w, "a", 1, "x", 1, NULL);
    if (!rc)
        rc = eco_snap_writer_commit(w, NULL);
    eco_snap_writer_free(w);
    return rc;
}

static void writing_survives_every_allocation_failure(void **state)
{
    int rc, k = 0;

    (void)state;
    do {
        assert_true(k < 100);
        eco_test_fail_alloc_after(k++);
        rc = write_little();
        eco_test_fail_alloc_after(-1);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        assert_int_equal(eco_test_live_blocks(), 0);
        assert_int_not_equal(access(fix.temp, F_OK), 0);
    } while (rc != ECO_OK);
    assert_true(k > 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(an_unknown_section_is_ignored),
        cmocka_unit_test(a_missing_section_is_named),
        cmocka_unit_test(a_wrong_count_is_refused),
        cmocka_unit_test(a_wrong_count_is_named),
        cmocka_unit_test(a_wrong_element_size_is_named),
        cmocka_unit_test(every_changed_byte_is_noticed),
        cmocka_unit_test(header_fields_are_checked_one_by_one),
        cmocka_unit_test(table_entries_are_checked_one_by_one),
        cmocka_unit_test(a_repeated_name_is_refused),
        cmocka_unit_test(a_gap_has_to_be_zero),
        cmocka_unit_test(every_truncation_is_noticed),
        cmocka_unit_test(counts_and_offsets_have_to_fit),
        cmocka_unit_test(bytes_have_to_be_aligned),
        cmocka_unit_test(files_that_are_no_snapshot_are_refused),
        cmocka_unit_test(a_mapped_file_lives_as_long_as_a_reference),
        cmocka_unit_test(ids_and_former_ids_are_found),
        cmocka_unit_test(texts_beyond_the_end_are_empty),
        cmocka_unit_test(counts_are_bound),
        cmocka_unit_test(kinds_have_names),
        cmocka_unit_test(writer_refuses_bad_sections),
        cmocka_unit_test(writer_refuses_half_an_element),
        cmocka_unit_test(writer_has_a_limit),
        cmocka_unit_test(only_one_writer_at_a_time),
        cmocka_unit_test(a_full_disk_leaves_the_old_file),
        cmocka_unit_test(a_writer_without_commit_leaves_the_old_file),
        cmocka_unit_test(open_survives_every_allocation_failure),
        cmocka_unit_test(writing_survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
