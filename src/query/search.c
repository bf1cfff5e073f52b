/* SPDX-License-Identifier: MIT */
#include "query/search.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "snapshot/gram.h"

/* Fewer than this share of all items are kept as a list. */
#define LIST_SHARE 32

/* A posting list this many times longer than what is left is not read:
 * looking at the texts costs less. */
#define LONG_LIST 8

/* The grams of one word mostly occur together: after two of its lists, a third
 * hardly narrows anything down. */
#define LISTS_PER_WORD 2

#define GRAM_BYTES 3

/* --- what is searched ------------------------------------------------------ */

/* One text of every item, its bytes end to end. */
struct texts {
    struct eco_str (*of)(const struct eco_snap *s, uint32_t item);
    const uint64_t *off;
    const char *text;
    const char *end; /* nothing may be read from here on */
};

#define MAX_TEXTS 2

/* Items by number, with one text or two, and the index of them. */
struct set {
    const struct eco_snap *snap;
    const struct eco_snap_grams *grams;
    uint32_t n;
    const char *what; /* they are, for messages */
    struct texts texts[MAX_TEXTS];
    size_t n_texts;
};

static struct texts texts_of(struct eco_str (*of)(const struct eco_snap *,
                                                  uint32_t),
                             const uint64_t *off, const char *text, uint32_t n)
{
    return (struct texts){ of, off, text, text + off[n] };
}

/* The ranked ones by their ids. */
static struct set models_of(const struct eco_snap *s)
{
    return (struct set){
        .snap = s,
        .grams = &s->grams,
        .n = s->meta->n_ranked,
        .what = "models",
        .texts[0] =
            texts_of(eco_snap_id, s->id_off, s->id_text, s->meta->n_nodes),
        .n_texts = 1,
    };
}

/* By name and full name: a word has no line feed, so it has no gram over both
 * of them. */
static struct set authors_of(const struct eco_snap *s)
{
    uint32_t n = s->meta->n_authors;

    return (struct set){
        .snap = s,
        .grams = &s->author_grams,
        .n = n,
        .what = "authors",
        .texts[0] =
            texts_of(eco_snap_author_name, s->author_off, s->author_text, n),
        .texts[1] = texts_of(eco_snap_author_full, s->author_full_off,
                             s->author_full, n),
        .n_texts = 2,
    };
}

/* --- words ----------------------------------------------------------------- */

static size_t blank_bytes(struct eco_str s)
{
    if (s.ptr[0] == ' ' || (s.ptr[0] >= '\t' && s.ptr[0] <= '\r'))
        return 1;
    return eco_str_starts_with(s, "\xe3\x80\x80") ? 3 : 0;
}

/* The bytes before the next blank. */
static size_t word_bytes(struct eco_str s)
{
    size_t n = 0;

    while (n < s.len && !blank_bytes(eco_str_skip(s, n)))
        n++;
    return n;
}

int eco_search_parse(struct eco_str q, struct eco_search *out,
                     struct eco_err *err)
{
    size_t used = 0;

    out->n = 0;
    if (q.len > ECO_MAX_SEARCH_BYTES)
        return eco_fail(err, ECO_ELIMIT, "%zu bytes, at most %u", q.len,
                        ECO_MAX_SEARCH_BYTES);
    while (q.len) {
        size_t n = word_bytes(q);

        if (!n) {
            q = eco_str_skip(q, blank_bytes(q));
            continue;
        }
        if (out->n == ECO_MAX_SEARCH_WORDS)
            return eco_fail(err, ECO_ELIMIT, "more than %u words",
                            ECO_MAX_SEARCH_WORDS);
        eco_str_lower(out->text + used, (struct eco_str){ q.ptr, n });
        out->word[out->n++] = (struct eco_str){ out->text + used, n };
        used += n;
        q = eco_str_skip(q, n);
    }
    return 0;
}

/*
 * Looking at texts is most of the work of a search that finds much, so it goes
 * 16 places at a time: where do the word's first two bytes stand next to each
 * other? Case is the bit 0x20 of a letter; other bytes that it makes equal are
 * sorted out by the full comparison.
 */
#define LANES 16
#define CASE_BIT 0x20

typedef unsigned char lanes __attribute__((vector_size(LANES)));

struct needle {
    struct eco_str word; /* lower-cased */
    lanes first, second; /* its first two bytes in every lane */
};

static struct needle needle_of(struct eco_str word)
{
    struct needle n = { .word = word };

    for (int i = 0; i < LANES && word.len > 1; i++) {
        n.first[i] = (unsigned char)(word.ptr[0] | CASE_BIT);
        n.second[i] = (unsigned char)(word.ptr[1] | CASE_BIT);
    }
    return n;
}

static bool is_word_at(const char *p, struct eco_str word)
{
    for (size_t i = 0; i < word.len; i++) {
        char c = p[i];

        if (c != word.ptr[i] &&
            (c < 'A' || c > 'Z' || (c | CASE_BIT) != word.ptr[i]))
            return false;
    }
    return true;
}

/* The lanes, a byte of ones each, where the first two bytes stand. */
static void find_pairs(const char *p, const struct needle *n,
                       uint64_t hits[LANES / 8])
{
    lanes here, after;

    memcpy(&here, p, LANES);
    memcpy(&after, p + 1, LANES);
    here = (lanes)((here | CASE_BIT) == n->first) &
           (lanes)((after | CASE_BIT) == n->second);
    memcpy(hits, &here, LANES);
}

/* Is it at one of the lanes, not beyond the last place there is room for? */
static bool is_at_hit(const char *p, size_t places, struct eco_str word,
                      const uint64_t hits[LANES / 8])
{
    for (size_t half = 0; half < LANES / 8; half++)
        for (uint64_t h = hits[half]; h;) {
            size_t lane = (size_t)__builtin_ctzll(h) / 8;

            if (half * 8 + lane >= places)
                return false;
            if (is_word_at(p + half * 8 + lane, word))
                return true;
            h &= ~(UINT64_C(0xff) << lane * 8);
        }
    return false;
}

/* `end` is where the bytes around the text end. */
static bool has_word(struct eco_str text, const char *end,
                     const struct needle *n)
{
    size_t places = text.len < n->word.len ? 0 : text.len - n->word.len + 1;

    if (!places)
        return false;
    if (n->word.len < 2 || end - text.ptr < (ptrdiff_t)text.len + LANES + 1)
        return eco_str_contains_lower(text, n->word);
    for (size_t i = 0; i < places; i += LANES) {
        uint64_t hits[LANES / 8];

        find_pairs(text.ptr + i, n, hits);
        if ((hits[0] | hits[1]) &&
            is_at_hit(text.ptr + i, places - i, n->word, hits))
            return true;
    }
    return false;
}

/* --- posting lists --------------------------------------------------------- */

struct posting {
    uint32_t gram;
    uint32_t word;
    uint64_t bytes; /* of the list: at least the number of its items */
};

struct run {
    struct set set;
    const struct eco_search *search;
    struct posting posting[ECO_MAX_SEARCH_BYTES];
    size_t n_postings;
    unsigned lists_read[ECO_MAX_SEARCH_WORDS];
    bool certain[ECO_MAX_SEARCH_WORDS]; /* every hit has it: no need to look */
    struct eco_search_hits hits;
};

static int by_bytes(const void *a, const void *b)
{
    const struct posting *x = a, *y = b;

    return (x->bytes > y->bytes) - (x->bytes < y->bytes);
}

static bool find_posting(struct run *r, uint32_t word, uint32_t key)
{
    const struct eco_snap_grams *g = r->set.grams;
    struct posting *p = &r->posting[r->n_postings];

    if (!eco_gram_find(g, key, &p->gram))
        return false;
    p->word = word;
    p->bytes = g->off[p->gram + 1] - g->off[p->gram];
    r->n_postings++;
    return true;
}

/* Every gram of every word; false when one occurs in no text. Words of two
 * bytes have none. */
static bool find_postings(struct run *r)
{
    for (uint32_t w = 0; w < r->search->n; w++) {
        struct eco_str word = r->search->word[w];

        if (word.len == 1 && !find_posting(r, w, eco_gram_byte_key(word, 0)))
            return false;
        for (size_t i = 0; i + GRAM_BYTES <= word.len; i++)
            if (!find_posting(r, w, eco_gram_key(word, i)))
                return false;
    }
    qsort(r->posting, r->n_postings, sizeof(r->posting[0]), by_bytes);
    return true;
}

/* A list that is a whole word says all about it. */
static void note_read(struct run *r, const struct posting *p)
{
    r->lists_read[p->word]++;
    if (r->search->word[p->word].len <= GRAM_BYTES)
        r->certain[p->word] = true;
}

/* eco_gram_next with the usual step, one byte, in line. */
static int next_item(struct eco_gram_reader *r, uint32_t *item,
                     struct eco_err *err)
{
    if (r->at < r->end && *r->at < 0x80 && r->next + *r->at < r->limit) {
        *item = (uint32_t)(r->next + *r->at++);
        r->next = (uint64_t)*item + 1;
        return 1;
    }
    return eco_gram_next(r, item, err);
}

static int out_of_memory(const struct run *r, struct eco_err *err)
{
    return eco_fail(err, ECO_ENOMEM, "no memory to search %u %s", r->set.n,
                    r->set.what);
}

static int read_list(struct run *r, const struct posting *p,
                     struct eco_err *err)
{
    struct eco_gram_reader reader;
    size_t n = 0;
    int rc = eco_gram_open(r->set.grams, p->gram, &reader, err);

    if (rc)
        return rc;
    r->hits.list = eco_alloc_array(p->bytes, sizeof(uint32_t));
    if (!r->hits.list)
        return out_of_memory(r, err);
    rc = eco_gram_read(&reader, r->hits.list, p->bytes, &n, err);
    r->hits.n = (uint32_t)n;
    return rc;
}

/* Lists of this share of all items and more go from one to the next in short
 * steps. */
#define DENSE_SHARE 8

#define STEPS 8
#define LONG_STEPS UINT64_C(0x8080808080808080)

/* As long as steps take one byte each: the bits of eight items at a time, and
 * each word of bits is written once. */
static void set_short_steps(struct eco_gram_reader *r, uint64_t *bits)
{
    uint64_t word = 0, at = r->next / 64;

    while (r->end - r->at >= STEPS && r->next + STEPS * 0x80 <= r->limit) {
        uint64_t steps;

        memcpy(&steps, r->at, STEPS);
        if (steps & LONG_STEPS)
            break;
        for (int i = 0; i < STEPS; i++, steps >>= 8) {
            uint64_t item = r->next + (steps & 0x7f);

            if (item / 64 != at) {
                if (word)
                    bits[at] |= word;
                at = item / 64;
                word = 0;
            }
            word |= UINT64_C(1) << item % 64;
            r->next = item + 1;
        }
        r->at += STEPS;
    }
    if (word)
        bits[at] |= word;
}

/* Set the bits of one list; what is set already counts once. */
static int read_bits(const struct run *r, uint32_t gram, uint64_t *bits,
                     struct eco_err *err)
{
    struct eco_gram_reader reader;
    uint32_t item;
    bool is_dense;
    int rc = eco_gram_open(r->set.grams, gram, &reader, err);

    if (rc)
        return rc;
    is_dense = reader.end - reader.at >= r->set.n / DENSE_SHARE;
    do {
        if (is_dense)
            set_short_steps(&reader, bits);
        rc = next_item(&reader, &item, err);
        if (rc > 0)
            eco_bits_set(bits, item);
    } while (rc > 0);
    return rc;
}

static int begin(struct run *r, const struct posting *p, struct eco_err *err)
{
    int rc;

    note_read(r, p);
    if (p->bytes <= r->set.n / LIST_SHARE)
        return read_list(r, p, err);
    r->hits.bits = eco_bits_new(r->set.n);
    if (!r->hits.bits)
        return out_of_memory(r, err);
    rc = read_bits(r, p->gram, r->hits.bits, err);
    r->hits.n = eco_bits_count(r->hits.bits, r->set.n);
    return rc;
}

static int narrow_list(struct run *r, const struct posting *p,
                       struct eco_err *err)
{
    struct eco_gram_reader reader;
    uint32_t *list = r->hits.list;
    uint32_t item = 0, kept = 0;
    int rc = eco_gram_open(r->set.grams, p->gram, &reader, err);

    if (rc)
        return rc;
    rc = next_item(&reader, &item, err);
    for (uint32_t i = 0; i < r->hits.n && rc > 0; i++) {
        while (rc > 0 && item < list[i])
            rc = next_item(&reader, &item, err);
        if (rc > 0 && item == list[i])
            list[kept++] = item;
    }
    r->hits.n = kept;
    return rc < 0 ? rc : 0;
}

static int narrow_bits(struct run *r, const struct posting *p,
                       struct eco_err *err)
{
    uint64_t *kept = eco_bits_new(r->set.n);
    int rc;

    if (!kept)
        return out_of_memory(r, err);
    rc = read_bits(r, p->gram, kept, err);
    eco_bits_and(r->hits.bits, kept, r->set.n);
    eco_free(kept);
    r->hits.n = eco_bits_count(r->hits.bits, r->set.n);
    return rc;
}

int eco_search_shrink(uint32_t n_items, struct eco_search_hits *hits,
                      struct eco_err *err)
{
    if (!hits->bits || hits->n > n_items / LIST_SHARE)
        return 0;
    hits->list = eco_alloc_array(hits->n, sizeof(uint32_t));
    if (!hits->list)
        return eco_fail(err, ECO_ENOMEM, "no memory for a list of %u hits",
                        hits->n);
    eco_bits_slice(hits->bits, n_items, 0, hits->n, hits->list);
    eco_free(hits->bits);
    hits->bits = NULL;
    return 0;
}

static int shrink(struct run *r, struct eco_err *err)
{
    return eco_search_shrink(r->set.n, &r->hits, err);
}

/* Read the other lists, from `read` on, while that narrows anything down. */
static int narrow(struct run *r, size_t read, struct eco_err *err)
{
    int rc = 0;

    for (size_t i = read; !rc && i < r->n_postings; i++) {
        const struct posting *p = &r->posting[i];

        if (p->bytes / LONG_LIST > r->hits.n)
            break;
        if (r->lists_read[p->word] == LISTS_PER_WORD)
            continue;
        rc = shrink(r, err);
        if (rc)
            break;
        note_read(r, p);
        rc = r->hits.list ? narrow_list(r, p, err) : narrow_bits(r, p, err);
    }
    return rc;
}

/* --- words of two bytes ------------------------------------------------------ */

/* All lists whose keys begin with the word; with hits, only these. */
static int read_pair(struct run *r, uint32_t word, struct eco_err *err)
{
    uint32_t lo = eco_gram_key(r->search->word[word], 0), first, last;
    uint64_t *bits = eco_bits_new(r->set.n);
    int rc = 0;

    if (!bits)
        return out_of_memory(r, err);
    eco_gram_range(r->set.grams, lo, lo + 0xff, &first, &last);
    for (uint32_t gram = first; !rc && gram < last; gram++)
        rc = read_bits(r, gram, bits, err);
    if (r->hits.bits)
        eco_bits_and(bits, r->hits.bits, r->set.n);
    eco_free(r->hits.bits);
    r->hits.bits = bits;
    r->hits.n = eco_bits_count(bits, r->set.n);
    r->certain[word] = true;
    return rc;
}

static bool is_pair(const struct run *r, uint32_t word)
{
    return r->search->word[word].len == GRAM_BYTES - 1;
}

/* A list is read quickly, so ranges of them are for searches without a longer
 * word. */
static bool needs_pairs(const struct run *r)
{
    bool has_pair = false;

    for (uint32_t w = 0; w < r->search->n; w++) {
        if (r->search->word[w].len >= GRAM_BYTES)
            return false;
        has_pair |= is_pair(r, w);
    }
    return has_pair;
}

static int read_pairs(struct run *r, struct eco_err *err)
{
    int rc = 0;

    for (uint32_t w = 0; !rc && w < r->search->n; w++)
        if (is_pair(r, w))
            rc = read_pair(r, w, err);
    return rc;
}

static int intersect(struct run *r, struct eco_err *err)
{
    bool pairs = needs_pairs(r);
    int rc = pairs ? read_pairs(r, err) : begin(r, &r->posting[0], err);

    if (!rc)
        rc = narrow(r, pairs ? 0 : 1, err);
    return rc ? rc : shrink(r, err);
}

/* --- looking at the texts --------------------------------------------------- */

/* The words that have to be looked for. */
static size_t find_needles(const struct run *r, struct needle *needles)
{
    size_t n = 0;

    for (size_t i = 0; i < r->search->n; i++)
        if (!r->certain[i])
            needles[n++] = needle_of(r->search->word[i]);
    return n;
}

/* In any of the item's texts. */
static bool is_in(const struct set *set, const struct eco_str *text,
                  const struct needle *n)
{
    for (size_t i = 0; i < set->n_texts; i++)
        if (has_word(text[i], set->texts[i].end, n))
            return true;
    return false;
}

static bool has_words(const struct set *set, uint32_t item,
                      const struct needle *needles, size_t n)
{
    struct eco_str text[MAX_TEXTS];

    for (size_t i = 0; i < set->n_texts; i++)
        text[i] = set->texts[i].of(set->snap, item);
    for (size_t i = 0; i < n; i++)
        if (!is_in(set, text, &needles[i]))
            return false;
    return true;
}

static void look_at_list(struct run *r, const struct needle *needles, size_t n)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < r->hits.n; i++)
        if (has_words(&r->set, r->hits.list[i], needles, n))
            r->hits.list[kept++] = r->hits.list[i];
    r->hits.n = kept;
}

/* Texts are far apart in memory: ask for those of a word of bits ahead of
 * time, which halves the wait for them. */
static void ask_ahead(const struct run *r, size_t word)
{
    if (word >= eco_bits_words(r->set.n))
        return;
    for (uint64_t w = r->hits.bits[word]; w; w &= w - 1) {
        size_t item = word * 64 + (size_t)__builtin_ctzll(w);

        for (size_t i = 0; i < r->set.n_texts; i++)
            __builtin_prefetch(r->set.texts[i].text +
                               r->set.texts[i].off[item]);
    }
}

static void look_at_bits(struct run *r, const struct needle *needles, size_t n)
{
    for (size_t i = 0; i < eco_bits_words(r->set.n); i++) {
        ask_ahead(r, i + 2);
        for (uint64_t w = r->hits.bits[i]; w; w &= w - 1) {
            uint32_t item = (uint32_t)(i * 64) + (uint32_t)__builtin_ctzll(w);

            if (has_words(&r->set, item, needles, n))
                continue;
            eco_bits_clear(r->hits.bits, item);
            r->hits.n--;
        }
    }
}

static int look(struct run *r, struct eco_err *err)
{
    struct needle needles[ECO_MAX_SEARCH_WORDS];
    size_t n = find_needles(r, needles);

    if (!n)
        return 0;
    if (r->hits.list)
        look_at_list(r, needles, n);
    else
        look_at_bits(r, needles, n);
    return shrink(r, err);
}

static int run(struct set set, const struct eco_search *search,
               struct eco_search_hits *out, struct eco_err *err)
{
    struct run r = { .set = set, .search = search };
    int rc = 0;

    assert(search->n);
    *out = (struct eco_search_hits){ 0 };
    if (!find_postings(&r)) {
        r.hits.list = eco_alloc_array(0, sizeof(uint32_t));
        rc = r.hits.list ? 0 : out_of_memory(&r, err);
    } else {
        rc = intersect(&r, err);
        if (!rc)
            rc = look(&r, err);
    }
    if (rc) {
        eco_search_release(&r.hits);
        return rc;
    }
    *out = r.hits;
    return 0;
}

int eco_search_narrow(const struct eco_query_index *ix,
                      const struct eco_search *search,
                      struct eco_search_hits *hits, struct eco_err *err)
{
    struct run r = { .set = models_of(ix->snap),
                     .search = search,
                     .hits = *hits };
    int rc = look(&r, err);

    *hits = r.hits;
    return rc;
}

int eco_search_run(const struct eco_query_index *ix,
                   const struct eco_search *search, struct eco_search_hits *out,
                   struct eco_err *err)
{
    return run(models_of(ix->snap), search, out, err);
}

int eco_search_authors(const struct eco_snap *s,
                       const struct eco_search *search,
                       struct eco_search_hits *out, struct eco_err *err)
{
    return run(authors_of(s), search, out, err);
}

uint32_t eco_search_first(const struct eco_search_hits *hits, uint32_t n_items,
                          uint32_t want, uint32_t *out)
{
    uint32_t n = hits->n < want ? hits->n : want;

    if (hits->bits)
        return eco_bits_slice(hits->bits, n_items, 0, n, out);
    for (uint32_t i = 0; i < n; i++)
        out[i] = hits->list[i];
    return n;
}

void eco_search_release(struct eco_search_hits *hits)
{
    eco_free(hits->list);
    eco_free(hits->bits);
    *hits = (struct eco_search_hits){ 0 };
}
