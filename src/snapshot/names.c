/* SPDX-License-Identifier: MIT */
#include "snapshot/reader.h"

#include "snapshot/layout.h"

const char *eco_author_kind_name(enum eco_author_kind kind)
{
    static const char *const names[ECO_AUTHOR_KINDS] = {
        [ECO_AUTHOR_UNKNOWN] = "unknown",
        [ECO_AUTHOR_INDIVIDUAL] = "individual",
        [ECO_AUTHOR_UNVERIFIED] = "unverified",
        [ECO_AUTHOR_COMPANY] = "company",
        [ECO_AUTHOR_COMMUNITY] = "community",
        [ECO_AUTHOR_UNIVERSITY] = "university",
        [ECO_AUTHOR_NON_PROFIT] = "non-profit",
        [ECO_AUTHOR_GOVERNMENT] = "government",
        [ECO_AUTHOR_CLASSROOM] = "classroom",
    };

    if ((unsigned)kind >= ECO_AUTHOR_KINDS)
        return names[ECO_AUTHOR_UNKNOWN];
    return names[kind];
}

bool eco_language_is_apart(struct eco_str language)
{
    return eco_str_is(language, "multilingual") || eco_str_is(language, "code");
}

const char *eco_data_kind_name(enum eco_data_kind kind)
{
    switch (kind) {
    case ECO_DATA_HUB:
        return "hub";
    case ECO_DATA_SAMPLE:
        return "sample";
    case ECO_DATA_SYNTHETIC:
        break;
    }
    return "synthetic"; /* the cautious answer for a damaged value, too */
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_';
}

bool eco_snap_name_ok(const char name[ECO_SNAP_NAME_BYTES])
{
    size_t len = 0;

    while (len < ECO_SNAP_NAME_BYTES && is_name_char(name[len]))
        len++;
    for (size_t i = len; i < ECO_SNAP_NAME_BYTES; i++)
        if (name[i])
            return false;
    return len > 0;
}
