/* SPDX-License-Identifier: MIT */
#include "base/hub.h"

/* Cut a prefix off, in whatever case; `s` stays as it is without it. */
static bool take(struct eco_str *s, const char *prefix)
{
    struct eco_str p = eco_str_from_c(prefix);

    if (s->len < p.len ||
        eco_str_cmp_nocase((struct eco_str){ s->ptr, p.len }, p))
        return false;
    *s = eco_str_skip(*s, p.len);
    return true;
}

bool eco_hub_path(struct eco_str text, struct eco_str *path)
{
    static const char *const hosts[] = { "huggingface.co/", "hf.co/",
                                         "hf-mirror.com/" };

    if (!take(&text, "https://"))
        take(&text, "http://");
    take(&text, "www.");
    for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
        if (take(&text, hosts[i])) {
            *path = text;
            return true;
        }
    }
    return false;
}

/* Pages that are about neither a model nor an author. */
static bool is_other_page(struct eco_str first)
{
    static const char *const pages[] = {
        "api",     "blog",       "chat",          "collections", "datasets",
        "docs",    "enterprise", "join",          "learn",       "login",
        "models",  "new",        "organizations", "papers",      "posts",
        "pricing", "search",     "settings",      "spaces",      "tasks",
    };

    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
        if (!eco_str_cmp_nocase(first, eco_str_from_c(pages[i])))
            return true;
    return false;
}

/* owner/name out of owner/name/tree/main?x#y */
struct eco_str eco_hub_path_name(struct eco_str path)
{
    size_t end = 0, slashes = 0;

    path.len = eco_str_find(path, '?');
    path.len = eco_str_find(path, '#');
    if (is_other_page((struct eco_str){ path.ptr, eco_str_find(path, '/') }))
        return (struct eco_str){ path.ptr, 0 };
    while (end < path.len && (path.ptr[end] != '/' || ++slashes < 2))
        end++;
    if (end && path.ptr[end - 1] == '/')
        end--;
    return (struct eco_str){ path.ptr, end };
}
