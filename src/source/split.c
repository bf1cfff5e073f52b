/* SPDX-License-Identifier: MIT */
#include "source/split.h"

#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"

#define SNIFF_BYTES (64u << 10)
#define WINDOW_BYTES (ECO_MAX_ROW_BYTES + SNIFF_BYTES)

enum shape { LINES, ARRAY, WRAPPER, AUTHORS, VALUES };

struct eco_split {
    struct eco_stream *stream;
    enum shape shape;
    char *window;
    size_t room;
    size_t at, len;                /* window[at .. len) is not used yet */
    uint64_t line;                 /* of window[at] */
    bool ended;                    /* the stream is */
    bool finished;                 /* no more rows, whatever follows */
    char name[ECO_MAX_TEXT_BYTES]; /* of the author whose row was given */
};

/* One more piece of the stream behind the window's end. What lies before `at`
 * is dropped first. */
static int more(struct eco_split *s, struct eco_err *err)
{
    size_t n, kept = s->len - s->at;
    int rc;

    memmove(s->window, s->window + s->at, kept);
    s->at = 0;
    s->len = kept;
    if (s->room - s->len < SNIFF_BYTES && s->room < WINDOW_BYTES) {
        size_t room = s->room * 2 < WINDOW_BYTES ? s->room * 2 : WINDOW_BYTES;
        char *grown = eco_realloc_array(s->window, room, 1);

        if (!grown)
            return eco_fail(err, ECO_ENOMEM, "no memory for a row of %zu bytes",
                            room);
        s->window = grown;
        s->room = room;
    }
    rc = eco_stream_read(s->stream, s->window + s->len, s->room - s->len, &n,
                         err);
    s->len += n;
    s->ended = !rc && n == 0;
    return rc;
}

/* The window[at + i], reading on when needed. *c is 0 at the end. */
static int peek(struct eco_split *s, size_t i, char *c, struct eco_err *err)
{
    int rc = 0;

    *c = 0;
    while (!rc && s->at + i >= s->len && !s->ended)
        rc = more(s, err);
    if (!rc && s->at + i < s->len)
        *c = s->window[s->at + i];
    return rc;
}

static void use(struct eco_split *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        s->line += s->window[s->at + i] == '\n';
    s->at += n;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Use blanks, and commas between elements; *c is what stands then. */
static int skip_between(struct eco_split *s, char *c, struct eco_err *err)
{
    int rc;

    while (!(rc = peek(s, 0, c, err)) && (is_blank(*c) || *c == ','))
        use(s, 1);
    return rc;
}

/* Where a JSON value ends, byte by byte. */
struct nesting {
    uint32_t depth;
    bool in_string, escaped, begun;
};

/* True when the value is complete: with this byte when *included, else before
 * it (a number ends where something else begins). */
static bool step(struct nesting *n, char c, bool *included)
{
    *included = true;
    if (n->in_string) {
        if (n->escaped)
            n->escaped = false;
        else if (c == '\\')
            n->escaped = true;
        else if (c == '"') {
            n->in_string = false;
            return n->depth == 0;
        }
        return false;
    }
    switch (c) {
    case '"':
        if (n->begun && !n->depth)
            break;
        n->in_string = n->begun = true;
        return false;
    case '{':
    case '[':
        if (n->begun && !n->depth)
            break;
        n->begun = true;
        n->depth++;
        return false;
    case '}':
    case ']':
        if (!n->depth)
            break;
        return --n->depth == 0;
    default:
        if (n->depth)
            return false;
        if (is_blank(c) || c == ',')
            break;
        n->begun = true;
        return false;
    }
    *included = !n->begun; /* a stray byte is an element of its own */
    return true;
}

/* --- what shape is it? --------------------------------------------------- */

/* The first bytes, which tell the shape. */
struct sniff {
    const char *p, *end;
};

static char sniff_skip(struct sniff *f)
{
    while (f->p < f->end && is_blank(*f->p))
        f->p++;
    return f->p < f->end ? *f->p : '\0';
}

/* The string at p, without its quotes; empty when there is none. */
static struct eco_str sniff_string(struct sniff *f)
{
    const char *from;

    if (sniff_skip(f) != '"')
        return (struct eco_str){ 0 };
    from = ++f->p;
    while (f->p < f->end && *f->p != '"')
        f->p += *f->p == '\\' && f->p + 1 < f->end ? 2 : 1;
    if (f->p >= f->end)
        return (struct eco_str){ 0 };
    return (struct eco_str){ from, (size_t)(f->p++ - from) };
}

static bool sniff_value(struct sniff *f)
{
    struct nesting n = { 0 };
    bool included;

    sniff_skip(f);
    for (; f->p < f->end; f->p++)
        if (step(&n, *f->p, &included)) {
            f->p += included;
            return true;
        }
    return false;
}

static bool is_one_of(struct eco_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (eco_str_is(s, words[i]))
            return true;
    return false;
}

/* Does an object begin here that is about an author? */
static bool sniff_author(struct sniff f)
{
    static const char *const keys[] = { "type",      "full_name", "fullname",
                                        "photo",     "nature",    "website",
                                        "github",    "followers", "models",
                                        "avatarUrl", "isHf",      "_id",
                                        "name",      "user" };

    if (sniff_skip(&f) != '{')
        return false;
    f.p++;
    return is_one_of(sniff_string(&f), keys, sizeof(keys) / sizeof(keys[0]));
}

/* Does an array of objects begin here (or an empty one)? */
static bool sniff_rows(struct sniff f)
{
    char c;

    if (sniff_skip(&f) != '[')
        return false;
    f.p++;
    c = sniff_skip(&f);
    return c == '{' || c == ']';
}

/* A row of the Hub's list may begin with a member that is an object, too. */
static bool is_row_key(struct eco_str key)
{
    static const char *const keys[] = {
        "id",           "_id",    "modelId", "authorData",  "author",
        "cardData",     "config", "gguf",    "safetensors", "baseModels",
        "likes",        "tags",   "sdk",     "downloads",   "transformersInfo",
        "resourceGroup"
    };

    return is_one_of(key, keys, sizeof(keys) / sizeof(keys[0]));
}

/* Does a line begin here that is an object by itself? */
static bool sniff_row(struct sniff f)
{
    const char *nl;
    struct eco_str line;

    if (sniff_skip(&f) != '{')
        return false;
    nl = memchr(f.p, '\n', (size_t)(f.end - f.p));
    line = eco_str_trim(
        (struct eco_str){ f.p, (size_t)((nl ? nl : f.end) - f.p) });
    return line.len > 1 && line.ptr[line.len - 1] == '}';
}

/* A first line that ends inside a value belongs to a document over many
 * lines, unless it is a row cut off in the middle: the next line tells. */
static enum shape sniff_layout(struct sniff f)
{
    const char *nl = memchr(f.p, '\n', (size_t)(f.end - f.p));
    struct eco_str first = { f.p, (size_t)((nl ? nl : f.end) - f.p) };
    char last;

    first = eco_str_trim(first);
    last = first.len ? first.ptr[first.len - 1] : '\0';
    if (!nl || (last != '{' && last != ',' && last != '['))
        return LINES;
    return sniff_row((struct sniff){ nl, f.end }) ? LINES : VALUES;
}

static enum shape sniff_shape(struct sniff f)
{
    struct sniff whole = f;
    char c = sniff_skip(&f);

    if (c == '[')
        return ARRAY;
    if (c != '{')
        return LINES;
    f.p++;
    for (;;) {
        struct eco_str key = sniff_string(&f);

        if (!key.ptr || is_row_key(key) || sniff_skip(&f) != ':')
            return sniff_layout(whole);
        f.p++;
        if (eco_str_is(key, "models") && sniff_rows(f))
            return WRAPPER;
        if (sniff_author(f))
            return AUTHORS;
        if (!sniff_value(&f) || sniff_skip(&f) != ',')
            return sniff_layout(whole);
        f.p++;
    }
}

/* --- rows ---------------------------------------------------------------- */

/* Use the value that begins at `at`, given as row->text; its bytes stay in the
 * window until the next call. */
static int take_value(struct eco_split *s, struct eco_split_row *row,
                      struct eco_err *err)
{
    struct nesting n = { 0 };
    size_t len = 0, dropped = 0;
    bool included = false, done = false;
    char c = 0;
    int rc = 0;

    row->line = s->line;
    while (!done && !(rc = peek(s, len, &c, err))) {
        if (!c && s->at + len >= s->len)
            break; /* the stream ends inside the value */
        done = step(&n, c, &included);
        len += !done || included;
        if (len > ECO_MAX_ROW_BYTES) {
            use(s, len);
            dropped += len;
            len = 0;
        }
    }
    if (rc)
        return rc;
    row->text = (struct eco_str){ s->window + s->at, len };
    use(s, len);
    if (dropped)
        row->bad = "a row of more than 16 MiB";
    else if (!done && (n.depth || n.in_string))
        row->bad = "the file ends inside this row";
    if (row->bad)
        row->text = (struct eco_str){ 0 };
    return 0;
}

/* Behind the last element there is the closing bracket, and then nothing. */
static int finish(struct eco_split *s, struct eco_split_row *row,
                  struct eco_err *err)
{
    char c;
    int rc = 0;

    use(s, 1);
    while (!(rc = peek(s, 0, &c, err)) && is_blank(c))
        use(s, 1);
    s->finished = true;
    row->line = s->line;
    if (rc || s->at >= s->len)
        return rc;
    row->bad = "more text after the closing bracket";
    return 1;
}

static int next_element(struct eco_split *s, struct eco_split_row *row,
                        struct eco_err *err)
{
    char c;
    int rc = skip_between(s, &c, err);

    if (rc)
        return rc;
    if (s->shape == ARRAY && c == ']')
        return finish(s, row, err);
    if (s->at >= s->len || (s->shape == WRAPPER && c == ']')) {
        bool cut = s->at >= s->len && s->shape != VALUES;

        s->finished = true;
        row->line = s->line;
        row->bad = "the file ends before its closing bracket";
        return cut ? 1 : 0;
    }
    rc = take_value(s, row, err);
    return rc ? rc : 1;
}

/* "name": {...} */
static int next_author(struct eco_split *s, struct eco_split_row *row,
                       struct eco_err *err)
{
    struct eco_split_row name = { 0 };
    char c;
    int rc = skip_between(s, &c, err);

    if (rc)
        return rc;
    row->line = s->line;
    if (c == '}')
        return finish(s, row, err);
    if (c != '"') {
        s->finished = true;
        row->bad = "no closing brace after the last author";
        return 1;
    }
    rc = take_value(s, &name, err);
    if (rc)
        return rc;
    if (name.bad || name.text.len > ECO_MAX_TEXT_BYTES) {
        s->finished = true;
        row->bad = name.bad ? name.bad : "an author's name is too long";
        return 1;
    }
    memcpy(s->name, name.text.ptr, name.text.len);
    row->name = (struct eco_str){ s->name, name.text.len };
    while (!(rc = peek(s, 0, &c, err)) && (is_blank(c) || c == ':'))
        use(s, 1);
    if (!rc)
        rc = take_value(s, row, err);
    return rc ? rc : 1;
}

/* The next line that is not blank. */
static int next_line(struct eco_split *s, struct eco_split_row *row,
                     struct eco_err *err)
{
    for (;;) {
        size_t len = 0;
        const char *nl = NULL;
        bool dropped = false;
        int rc = 0;

        row->line = s->line;
        while (!rc &&
               !(nl = memchr(s->window + s->at + len, '\n',
                             s->len - s->at - len)) &&
               !s->ended) {
            len = s->len - s->at;
            if (len > ECO_MAX_ROW_BYTES) {
                use(s, len);
                len = 0;
                dropped = true;
            }
            rc = more(s, err);
        }
        if (rc)
            return rc;
        len = nl ? (size_t)(nl - (s->window + s->at)) : s->len - s->at;
        row->text = eco_str_trim((struct eco_str){ s->window + s->at, len });
        s->at += len + (nl != NULL);
        s->line += nl != NULL;
        if (dropped || row->text.len > ECO_MAX_ROW_BYTES) {
            row->text = (struct eco_str){ 0 };
            row->bad = "a line of more than 16 MiB";
        }
        if (row->bad || row->text.len)
            return 1;
        if (!nl)
            return 0;
    }
}

int eco_split_next(struct eco_split *s, struct eco_split_row *row,
                   struct eco_err *err)
{
    *row = (struct eco_split_row){ 0 };
    if (s->finished)
        return 0;
    if (s->shape == LINES)
        return next_line(s, row, err);
    return s->shape == AUTHORS ? next_author(s, row, err)
                               : next_element(s, row, err);
}

/* Go to the first element: behind `[`, `{`, or the `[` of "models". */
static int enter(struct eco_split *s, struct eco_err *err)
{
    struct sniff f = { s->window, s->window + s->len };
    struct eco_str key;
    char c;
    int rc;

    if (s->shape == LINES || s->shape == VALUES)
        return 0;
    rc = skip_between(s, &c, err);
    if (rc)
        return rc;
    use(s, 1);
    if (s->shape != WRAPPER)
        return 0;
    f.p = s->window + s->at;
    while ((key = sniff_string(&f)).ptr) {
        sniff_skip(&f);
        f.p++; /* the colon: sniff_shape saw it */
        if (eco_str_is(key, "models") && sniff_rows(f))
            break;
        sniff_value(&f);
        sniff_skip(&f);
        f.p++;
    }
    sniff_skip(&f);
    use(s, (size_t)(f.p + 1 - (s->window + s->at)));
    return 0;
}

int eco_split_new(struct eco_stream *stream, struct eco_split **out,
                  struct eco_err *err)
{
    static const char bom[] = "\xef\xbb\xbf";
    struct eco_split *s = eco_calloc(1, sizeof(*s));
    int rc = 0;

    *out = NULL;
    if (s)
        s->window = eco_alloc_array(2 * SNIFF_BYTES, 1);
    if (!s || !s->window) {
        eco_split_free(s);
        return eco_fail(err, ECO_ENOMEM, "no memory to split a file");
    }
    s->stream = stream;
    s->room = 2 * SNIFF_BYTES;
    s->line = 1;
    while (!rc && s->len < SNIFF_BYTES && !s->ended)
        rc = more(s, err);
    if (!rc && s->len >= 3 && !memcmp(s->window, bom, 3))
        s->at = 3;
    if (!rc) {
        s->shape = sniff_shape(
            (struct sniff){ s->window + s->at, s->window + s->len });
        rc = enter(s, err);
    }
    if (rc) {
        eco_split_free(s);
        return rc;
    }
    *out = s;
    return 0;
}

void eco_split_free(struct eco_split *s)
{
    if (!s)
        return;
    eco_free(s->window);
    eco_free(s);
}
