/* SPDX-License-Identifier: MIT */
#include "record/hubid.h"

#include "base/limits.h"

static bool is_part(struct eco_str s)
{
    bool more_than_dots = false;

    if (!s.len || s.len > ECO_MAX_NAME_BYTES)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        char low = eco_lower(c);

        if (!((low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') ||
              c == '.' || c == '_' || c == '-'))
            return false;
        more_than_dots |= c != '.';
    }
    return more_than_dots;
}

bool eco_hubid_is_name(struct eco_str id)
{
    return is_part(id);
}

bool eco_hubid_is_full(struct eco_str id)
{
    size_t slash = eco_str_find(id, '/');

    return slash < id.len && is_part((struct eco_str){ id.ptr, slash }) &&
           is_part(eco_str_skip(id, slash + 1));
}

struct eco_str eco_hubid_owner(struct eco_str id)
{
    size_t slash = eco_str_find(id, '/');

    return (struct eco_str){ id.ptr, slash < id.len ? slash : 0 };
}

/* The path of an address of the Hub, or false for any other text. */
static bool hub_path(struct eco_str s, struct eco_str *path)
{
    static const char *const hosts[] = { "https://huggingface.co/",
                                         "http://huggingface.co/",
                                         "https://www.huggingface.co/",
                                         "https://hf.co/", "huggingface.co/" };

    for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
        if (eco_str_starts_with(s, hosts[i])) {
            *path = eco_str_skip(s, eco_str_from_c(hosts[i]).len);
            return true;
        }
    }
    return false;
}

static bool is_other_page(struct eco_str path)
{
    static const char *const kinds[] = { "datasets/",    "spaces/", "papers/",
                                         "collections/", "docs/",   "blog/" };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (eco_str_starts_with(path, kinds[i]))
            return true;
    return false;
}

/* owner/name out of owner/name/tree/main?x#y */
static struct eco_str id_of_path(struct eco_str path)
{
    size_t end = 0, slashes = 0;

    while (end < path.len && path.ptr[end] != '?' && path.ptr[end] != '#') {
        if (path.ptr[end] == '/' && ++slashes == 2)
            break;
        end++;
    }
    if (end && path.ptr[end - 1] == '/')
        end--;
    return (struct eco_str){ path.ptr, end };
}

struct eco_str eco_hubid_normalise(struct eco_str text)
{
    struct eco_str s = eco_str_trim(text), path;

    if (s.len && s.ptr[0] == '-') /* no name of the Hub begins with it */
        s = eco_str_trim(eco_str_skip(s, 1));
    if (!hub_path(s, &path))
        return s;
    /* Other kinds of pages are left as they are, which is no valid id. */
    return is_other_page(path) ? s : id_of_path(path);
}
