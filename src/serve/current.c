/* SPDX-License-Identifier: MIT */
#include "serve/current.h"

#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"

#define NS_PER_S INT64_C(1000000000)

void eco_served_put(struct eco_served *s)
{
    if (!s || atomic_fetch_sub(&s->refs, 1) != 1)
        return;
    eco_answers_free(s->answers);
    eco_query_index_free(s->index);
    eco_free(s);
}

static int make_served(const char *path, int64_t file_time_s,
                       struct eco_served **out, struct eco_err *err)
{
    struct eco_served *s = eco_calloc(1, sizeof(*s));
    struct eco_snap *snap = NULL;
    int rc;

    *out = NULL;
    if (!s)
        return eco_fail(err, ECO_ENOMEM, "no memory to serve %s", path);
    s->file_time_s = file_time_s;
    atomic_init(&s->refs, 1);
    rc = eco_snap_open(path, &snap, err);
    if (!rc)
        rc = eco_query_index_new(snap, &s->index, err);
    if (!rc)
        rc = eco_answers_new(&s->answers, err);
    eco_snap_unref(snap); /* the index has its own reference */
    if (rc) {
        eco_served_put(s);
        return rc;
    }
    *out = s;
    return 0;
}

/* A file that is not there has the empty mark. */
static struct eco_file_mark mark_of(const char *path)
{
    struct eco_file_mark mark = { 0 };
    struct stat st;

    if (stat(path, &st))
        return mark;
    mark.device = st.st_dev;
    mark.inode = st.st_ino;
    mark.size = (uint64_t)st.st_size;
    mark.mtime_ns = st.st_mtim.tv_sec * NS_PER_S + st.st_mtim.tv_nsec;
    return mark;
}

static bool is_same(struct eco_file_mark a, struct eco_file_mark b)
{
    return a.device == b.device && a.inode == b.inode && a.size == b.size &&
           a.mtime_ns == b.mtime_ns;
}

int eco_current_init(struct eco_current *c, const char *path,
                     struct eco_err *err)
{
    int rc;

    memset(c, 0, sizeof(*c));
    c->path = path;
    c->tried = mark_of(path);
    rc = make_served(path, c->tried.mtime_ns / NS_PER_S, &c->served, err);
    if (!rc)
        pthread_mutex_init(&c->lock, NULL);
    return rc;
}

void eco_current_release(struct eco_current *c)
{
    if (!c->served)
        return;
    eco_served_put(c->served);
    pthread_mutex_destroy(&c->lock);
    c->served = NULL;
}

struct eco_served *eco_current_get(struct eco_current *c)
{
    struct eco_served *s;

    pthread_mutex_lock(&c->lock);
    s = c->served;
    atomic_fetch_add(&s->refs, 1);
    pthread_mutex_unlock(&c->lock);
    return s;
}

int eco_current_check(struct eco_current *c, struct eco_err *err)
{
    struct eco_file_mark mark = mark_of(c->path);
    struct eco_served *fresh, *old;
    int rc;

    if (is_same(mark, c->tried))
        return 0;
    c->tried = mark;
    rc = make_served(c->path, mark.mtime_ns / NS_PER_S, &fresh, err);
    if (rc)
        return rc;
    pthread_mutex_lock(&c->lock);
    old = c->served;
    c->served = fresh;
    pthread_mutex_unlock(&c->lock);
    eco_served_put(old);
    return 1;
}
