/* SPDX-License-Identifier: MIT */
#include "record/hubid.h"

#include "base/hub.h"
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

struct eco_str eco_hubid_normalise(struct eco_str text)
{
    struct eco_str s = eco_str_trim(text), path, name;

    if (s.len && s.ptr[0] == '-') /* no name of the Hub begins with it */
        s = eco_str_trim(eco_str_skip(s, 1));
    if (!eco_hub_path(s, &path))
        return s;
    name = eco_hub_path_name(path);
    /* Other kinds of pages are left as they are, which is no valid id. */
    return name.len ? name : s;
}
