/* SPDX-License-Identifier: MIT */
#include "serve/page.h"

#include "api/params.h"

/* The name of an author; one or two make a model's id. */
static bool is_name(struct eco_str raw)
{
    char text[ECO_MAX_NAME_BYTES * 3];
    struct eco_str name;

    if (raw.len > sizeof(text) || !eco_params_decode(raw, false, text, &name))
        return false;
    return name.len && name.len <= ECO_MAX_NAME_BYTES &&
           eco_str_find(name, '/') == name.len &&
           eco_str_find(name, ',') == name.len;
}

bool eco_page_exists(struct eco_str path)
{
    static const char *const pages[] = { "/",          "/models",
                                         "/models/",   "/networks",
                                         "/networks/", "/dashboard",
                                         "/dashboard/" };
    struct eco_str rest;
    size_t owner;

    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
        if (eco_str_is(path, pages[i]))
            return true;
    if (eco_str_ends_with(path, "/"))
        path.len--;
    if (eco_str_starts_with(path, "/authors/"))
        return is_name(eco_str_skip(path, sizeof("/authors/") - 1));
    if (!eco_str_starts_with(path, "/models/"))
        return false;
    rest = eco_str_skip(path, sizeof("/models/") - 1);
    owner = eco_str_find(rest, '/');
    if (owner == rest.len)
        return is_name(rest);
    return is_name((struct eco_str){ rest.ptr, owner }) &&
           is_name(eco_str_skip(rest, owner + 1));
}
