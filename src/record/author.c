/* SPDX-License-Identifier: MIT */
#include "record/read.h"

/* Organisations, authorData and overviews name the same things differently;
 * the first key that is there counts. */
static void read_one_of(struct eco_reading *r, enum eco_author_field field,
                        const char *key, const char *other, struct eco_str *out)
{
    if (eco_read_text(r, key, out) || (other && eco_read_text(r, other, out)))
        r->rec->fields |= ECO_FIELD_BIT(field);
}

int eco_read_author(struct eco_reading *r, struct eco_err *err)
{
    struct eco_author_record *a = &r->rec->u.author;

    (void)err;
    *a = (struct eco_author_record){ 0 };
    read_one_of(r, ECO_F_AUTHOR_TYPE, "type", NULL, &a->type);
    read_one_of(r, ECO_F_AUTHOR_NATURE, "nature", NULL, &a->nature);
    read_one_of(r, ECO_F_AUTHOR_FULL_NAME, "full_name", "fullname",
                &a->full_name);
    read_one_of(r, ECO_F_AUTHOR_AVATAR, "photo", "avatarUrl", &a->avatar_url);
    read_one_of(r, ECO_F_AUTHOR_WEBSITE, "website", NULL, &a->website);
    read_one_of(r, ECO_F_AUTHOR_GITHUB, "github", NULL, &a->github);
    return 0;
}
