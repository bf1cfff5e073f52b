/* SPDX-License-Identifier: MIT */
/*
 * synth_stats FILE - the main facts of a synthetic Hub, counted anew
 *
 * The slow, obvious way: json-c, sorted arrays of texts, binary search. It
 * shares nothing with src/ but the names of the facts, and prints `key value`
 * lines that tests/cli/synth.sh holds against `ecoviz synth --check`.
 */
#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct model {
    char *id;
    double downloads, likes, parameters;
    double children, spaces;
};

struct edge {
    char *child, *base;
    char relation; /* a, f, m, q */
};

static struct model *models;
static struct edge *edges;
static char **used;
static size_t n_models, n_edges, n_used, n_spaces, n_authors, n_orgs;
static size_t declared, several, told_task, text_generation, told_licence;
static size_t apache, told_language, languages, told_library, transformers;

static void *grown(void *at, size_t n, size_t size)
{
    void *bigger = n & (n - 1) ? at : realloc(at, (n ? n * 2 : 1) * size);

    if (!bigger) {
        fprintf(stderr, "no memory\n");
        exit(1);
    }
    return bigger;
}

static const char *text_of(struct json_object *row, const char *key)
{
    struct json_object *v = json_object_object_get(row, key);

    return v ? json_object_get_string(v) : NULL;
}

static double number_of(struct json_object *row, const char *key)
{
    struct json_object *v = json_object_object_get(row, key);

    return v ? json_object_get_double(v) : -1;
}

static void add_edge(const char *child, const char *base, char relation)
{
    const char *slash = strchr(base, '/');

    if (!slash || slash == base || strchr(slash + 1, '/') || base[0] == '.')
        return; /* a path */
    edges = grown(edges, n_edges, sizeof(*edges));
    edges[n_edges++] = (struct edge){ strdup(child), strdup(base), relation };
}

static void read_bases(struct json_object *row, const char *id)
{
    static const char *const relations[] = { "adapter:", "finetune:", "merge:",
                                             "quantized:" };
    struct json_object *tags = json_object_object_get(row, "tags");
    struct json_object *card = json_object_object_get(row, "cardData");
    size_t n = json_object_array_length(tags), found = 0;

    for (size_t i = 0; i < n; i++) {
        const char *tag =
            json_object_get_string(json_object_array_get_idx(tags, i));

        if (strncmp(tag, "base_model:", 11) != 0)
            continue;
        for (int r = 0; r < 4; r++) {
            size_t len = strlen(relations[r]);

            if (strncmp(tag + 11, relations[r], len) != 0)
                continue;
            add_edge(id, tag + 11 + len, relations[r][0]);
            found++;
        }
    }
    if (!found && card && json_object_object_get(card, "base_model")) {
        add_edge(id, text_of(card, "base_model"), 'f');
        found++;
    }
    declared += found > 0;
    several += found > 1;
}

static void read_words(struct json_object *row)
{
    struct json_object *card = json_object_object_get(row, "cardData");
    struct json_object *v;
    const char *s = text_of(row, "pipeline_tag");

    told_task += s != NULL;
    text_generation += s && !strcmp(s, "text-generation");
    s = text_of(row, "library_name");
    told_library += s != NULL;
    transformers += s && !strcmp(s, "transformers");
    s = card ? text_of(card, "license") : NULL;
    told_licence += s != NULL;
    apache += s && !strcmp(s, "apache-2.0");
    v = card ? json_object_object_get(card, "language") : NULL;
    told_language += v != NULL;
    if (v)
        languages += json_object_is_type(v, json_type_array)
                         ? json_object_array_length(v)
                         : 1;
}

static void read_model(struct json_object *row, const char *id)
{
    struct json_object *weights = json_object_object_get(row, "safetensors");
    struct model *m;

    if (!weights)
        weights = json_object_object_get(row, "gguf");
    models = grown(models, n_models, sizeof(*models));
    m = &models[n_models++];
    *m = (struct model){ .id = strdup(id) };
    m->downloads = number_of(row, "downloads");
    m->likes = number_of(row, "likes");
    m->parameters = weights ? number_of(weights, "total") : -1;
    read_bases(row, id);
    read_words(row);
}

static void read_space(struct json_object *row)
{
    struct json_object *list = json_object_object_get(row, "models");
    size_t n = json_object_array_length(list);

    n_spaces++;
    for (size_t i = 0; i < n; i++) {
        used = grown(used, n_used, sizeof(*used));
        used[n_used++] =
            strdup(json_object_get_string(json_object_array_get_idx(list, i)));
    }
}

static int by_id(const void *a, const void *b)
{
    return strcasecmp(((const struct model *)a)->id,
                      ((const struct model *)b)->id);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static int by_text(const void *a, const void *b)
{
    return strcasecmp(*(char *const *)a, *(char *const *)b);
}

static struct model *find(char *id)
{
    struct model key = { .id = id };

    return bsearch(&key, models, n_models, sizeof(key), by_id);
}

/* The mean difference of all pairs over twice the mean, by sorted ranks. */
static double gini(const double *at, size_t n)
{
    double sum = 0, weighted = 0;

    for (size_t i = 0; i < n; i++) {
        sum += at[i];
        weighted += (2 * ((double)i + 1) - (double)n - 1) * at[i];
    }
    return weighted / (sum * (double)n);
}

static void print(const char *key, double value)
{
    printf("%s %.10g\n", key, value);
}

static double over(size_t part, size_t all)
{
    return (double)part / (double)all;
}

static void print_edges(void)
{
    static const char kinds[] = "afmq";
    static const char *const keys[] = { "relation.adapter", "relation.finetune",
                                        "relation.merge",
                                        "relation.quantized" };
    double *children = calloc(n_models, sizeof(*children)), sum = 0;
    size_t count[4] = { 0 }, n = 0, ones = 0;

    for (size_t i = 0; i < n_edges; i++) {
        struct model *base = find(edges[i].base);

        count[strchr(kinds, edges[i].relation) - kinds]++;
        if (base && strcasecmp(edges[i].child, edges[i].base) != 0)
            base->children++;
    }
    for (int r = 0; r < 4; r++)
        print(keys[r], over(count[r], n_edges));
    for (size_t i = 0; children && i < n_models; i++) {
        if (models[i].children <= 0)
            continue;
        children[n++] = models[i].children;
        sum += models[i].children;
        ones += models[i].children < 2;
    }
    if (children)
        qsort(children, n, sizeof(*children), by_value);
    print("children.mean", sum / (double)n);
    print("children.gini", children ? gini(children, n) : 0);
    print("children.one", over(ones, n));
    print("children.most", children ? children[n - 1] : 0);
    free(children);
}

static void print_downloads(void)
{
    double *at = calloc(n_models, sizeof(*at)), sum = 0, head = 0;
    size_t zero = 0, top = (size_t)((double)n_models / 10000 + 0.5),
           unliked = 0;

    for (size_t i = 0; at && i < n_models; i++) {
        at[i] = models[i].downloads < 0 ? 0 : models[i].downloads;
        zero += at[i] < 0.5;
        unliked += models[i].likes < 0.5;
        sum += at[i];
    }
    if (!at)
        return;
    qsort(at, n_models, sizeof(*at), by_value);
    for (size_t i = 0; i < top; i++)
        head += at[n_models - 1 - i];
    print("downloads.zero", over(zero, n_models));
    print("downloads.p90", at[n_models - 1 - n_models / 10]);
    print("downloads.top-0.01%", head / sum);
    print("downloads.gini", gini(at, n_models));
    print("downloads.most", at[n_models - 1]);
    print("likes.zero", over(unliked, n_models));
    free(at);
}

static void print_sizes(void)
{
    double *at = calloc(n_models, sizeof(*at)), sum = 0;
    size_t n = 0;

    for (size_t i = 0; at && i < n_models; i++) {
        if (models[i].parameters < 0)
            continue;
        at[n++] = models[i].parameters;
        sum += models[i].parameters;
    }
    if (!at)
        return;
    qsort(at, n, sizeof(*at), by_value);
    print("size.median", at[n / 2]);
    print("size.mean", sum / (double)n);
    free(at);
}

static void print_authors(void)
{
    char **owner = calloc(n_models, sizeof(*owner));
    size_t n = 0, run = 0, largest = 0;

    for (size_t i = 0; owner && i < n_models; i++) {
        owner[i] = strdup(models[i].id);
        *strchr(owner[i], '/') = '\0';
    }
    if (!owner)
        return;
    qsort(owner, n_models, sizeof(*owner), by_text);
    for (size_t i = 0; i < n_models; i++) {
        run = i && !strcasecmp(owner[i], owner[i - 1]) ? run + 1 : 1;
        n += run == 1;
        largest = run > largest ? run : largest;
    }
    print("author.models", over(n_models, n));
    print("author.largest", over(largest, n_models));
    print("author.org", over(n_orgs, n_authors));
    for (size_t i = 0; i < n_models; i++)
        free(owner[i]);
    free(owner);
}

static void print_spaces(void)
{
    size_t n = 0;

    for (size_t i = 0; i < n_used; i++) {
        struct model *m = find(used[i]);

        if (m && m->spaces++ < 0.5)
            n++;
    }
    print("space.count", over(n_spaces, n_models));
    print("space.models-used", over(n, n_models));
}

static void read_row(struct json_object *row)
{
    const char *id = text_of(row, "id");

    if (!id) {
        n_authors++;
        n_orgs += !strcmp(text_of(row, "type"), "org");
    } else if (text_of(row, "sdk")) {
        read_space(row);
    } else {
        read_model(row, id);
    }
}

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    char *line = NULL;
    size_t room = 0;

    if (!file) {
        fprintf(stderr, "usage: synth_stats FILE\n");
        return 2;
    }
    while (getline(&line, &room, file) > 0) {
        struct json_object *row = json_tokener_parse(line);

        if (!row) {
            fprintf(stderr, "no JSON: %.100s\n", line);
            return 1;
        }
        read_row(row);
        json_object_put(row);
    }
    fclose(file);
    free(line);
    qsort(models, n_models, sizeof(*models), by_id);
    print("base.declared", over(declared, n_models));
    print("base.several", over(several, declared));
    print_edges();
    print_downloads();
    print("task.told", over(told_task, n_models));
    print("task.text-generation", over(text_generation, told_task));
    print("licence.none", over(n_models - told_licence, n_models));
    print("licence.apache-2.0", over(apache, n_models));
    print("language.told", over(told_language, n_models));
    print("language.mean", over(languages, told_language));
    print("library.transformers", over(transformers, told_library));
    print_authors();
    print_sizes();
    print_spaces();
    return 0; /* the heap goes with the process */
}
