/* SPDX-License-Identifier: MIT */
#ifndef ECO_STORE_MIGRATIONS_H
#define ECO_STORE_MIGRATIONS_H

#include <stddef.h>

/*
 * migrations - the files of src/store/migrations, in order
 *
 * Generated at build time by scripts/embed-sql.sh. Entry i brings a store of
 * version i to version i + 1; a file that has been released is never changed.
 */
extern const char *const eco_migrations[];
extern const size_t eco_migrations_count;

#endif /* ECO_STORE_MIGRATIONS_H */
