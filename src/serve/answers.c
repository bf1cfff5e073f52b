/* SPDX-License-Identifier: MIT */
#include "serve/answers.h"

#include <pthread.h>
#include <string.h>

#include <xxhash.h>

#include "base/alloc.h"
#include "base/limits.h"

#define LOCKS 64

struct answer {
    struct MHD_Response *response;
    char *key; /* NULL: the place is free */
    size_t key_len;
    uint64_t bytes;
    enum eco_encoding encoding;
};

struct eco_answers {
    pthread_mutex_t lock[LOCKS];
    struct answer slot[ECO_HTTP_CACHE_SLOTS];
};

int eco_answers_new(struct eco_answers **out, struct eco_err *err)
{
    struct eco_answers *a = eco_calloc(1, sizeof(*a));

    *out = NULL;
    if (!a)
        return eco_fail(err, ECO_ENOMEM, "no memory for a cache of answers");
    for (int i = 0; i < LOCKS; i++) /* cannot fail for default locks */
        pthread_mutex_init(&a->lock[i], NULL);
    *out = a;
    return 0;
}

static void forget(struct answer *answer)
{
    if (!answer->key)
        return;
    MHD_destroy_response(answer->response);
    eco_free(answer->key);
    *answer = (struct answer){ 0 };
}

void eco_answers_free(struct eco_answers *a)
{
    if (!a)
        return;
    for (int i = 0; i < ECO_HTTP_CACHE_SLOTS; i++)
        forget(&a->slot[i]);
    for (int i = 0; i < LOCKS; i++)
        pthread_mutex_destroy(&a->lock[i]);
    eco_free(a);
}

static size_t place_of(struct eco_str key, enum eco_encoding encoding)
{
    uint64_t hash =
        XXH3_64bits_withSeed(key.ptr, key.len, (XXH64_hash_t)encoding);

    return (size_t)(hash % ECO_HTTP_CACHE_SLOTS);
}

static bool is_it(const struct answer *answer, struct eco_str key,
                  enum eco_encoding encoding)
{
    return answer->key && answer->encoding == encoding &&
           eco_str_eq((struct eco_str){ answer->key, answer->key_len }, key);
}

bool eco_answers_send(struct eco_answers *a, struct eco_str key,
                      enum eco_encoding encoding, struct MHD_Connection *to,
                      uint64_t *bytes)
{
    size_t place = place_of(key, encoding);
    struct answer *answer = &a->slot[place];
    bool sent = false;

    pthread_mutex_lock(&a->lock[place % LOCKS]);
    if (is_it(answer, key, encoding)) {
        sent = MHD_queue_response(to, MHD_HTTP_OK, answer->response) == MHD_YES;
        *bytes = answer->bytes;
    }
    pthread_mutex_unlock(&a->lock[place % LOCKS]);
    return sent;
}

void eco_answers_keep(struct eco_answers *a, struct eco_str key,
                      enum eco_encoding encoding, struct MHD_Response *response,
                      uint64_t bytes)
{
    size_t place = place_of(key, encoding);
    struct answer answer = { response, NULL, key.len, bytes, encoding };
    struct answer old;

    if (bytes <= ECO_HTTP_CACHE_ANSWER_BYTES)
        answer.key = eco_strndup(key.ptr, key.len);
    if (!answer.key) {
        MHD_destroy_response(response);
        return;
    }
    pthread_mutex_lock(&a->lock[place % LOCKS]);
    old = a->slot[place];
    a->slot[place] = answer;
    pthread_mutex_unlock(&a->lock[place % LOCKS]);
    forget(&old);
}
