/* SPDX-License-Identifier: MIT */
#ifndef ECO_BASE_LIMITS_H
#define ECO_BASE_LIMITS_H

/*
 * limits - every maximum of the program, with its reason
 *
 * Going beyond one is an error that names it (ECO_ELIMIT), never a silent
 * cut.
 */

/* One JSON value of an import: the largest real row seen (2,074 tags, the file
 * list of a sharded model) is below 1 MiB; 16 MiB is far beyond honest data. */
#define ECO_MAX_ROW_BYTES (16u << 20)

/* Nesting of outside JSON; cards nest to about 10. json-c's own default. */
#define ECO_MAX_JSON_DEPTH 32

/* The Hub allows 96 bytes for each half of an id. */
#define ECO_MAX_ID_BYTES 193
#define ECO_MAX_NAME_BYTES 96

/* Task, library, licence, full name and the like. */
#define ECO_MAX_TEXT_BYTES 512

/* Bases a single source of one model may name; 100 are seen. */
#define ECO_MAX_BASES 1024

/* Languages one source of one model may name; 1,100 are seen, and ISO 639 has
 * some 8,000. */
#define ECO_MAX_LANGUAGES 2048

/* Models one Space may name; the Hub's own list ends at 100. */
#define ECO_MAX_SPACE_MODELS 1024

/* Counts from outside: beyond this a number is nonsense (the largest real
 * repository has 12.6 TB), and 2^53 is the last one that JavaScript counts. */
#define ECO_MAX_COUNT (INT64_C(1) << 53)

/* Nodes of one family graph: uint32_t numbers, with room for sentinels. */
#define ECO_MAX_NODES 0xfffffff0u

/* Import: bytes per parse job, jobs in flight per parsing thread. */
#define ECO_IMPORT_JOB_BYTES (256u << 10)
#define ECO_IMPORT_JOBS_PER_THREAD 4

/* Import: rows per parse job. 256 KiB are some 400 honest rows; lines of one
 * byte would make items of 200 MB out of them. */
#define ECO_IMPORT_JOB_ROWS 4096
#define ECO_MAX_THREADS 64

/* Import: rows in one transaction; killing the program loses at most these. */
#define ECO_IMPORT_BATCH_ROWS 5000

/* Import: bad lines reported one by one before only the total counts. */
#define ECO_IMPORT_BAD_SHOWN 20

/* Snapshot: entries of one dictionary; its columns are 16 bit wide. */
#define ECO_MAX_DICT_ENTRIES 65535u

/* Store: what one row may need besides, with all older rows of its id. */
#define ECO_MAX_PUT_BYTES (1u << 30)

/* Import: the parsed rows of one job. */
#define ECO_MAX_JOB_BYTES (256u << 20)

/* HTTP: request targets, header block, connections, answer bytes. */
#define ECO_MAX_URI_BYTES 4096
#define ECO_MAX_HTTP_HEADER_BYTES (16u << 10)
#define ECO_MAX_HTTP_CONNECTIONS 1024
#define ECO_MAX_HTTP_ANSWER_BYTES (8u << 20)
#define ECO_HTTP_IDLE_TIMEOUT_S 30
#define ECO_HTTP_DRAIN_TIMEOUT_S 10

/* HTTP: memory of one connection: its header block, and room for the answer's
 * headers (below 2 KiB). libmicrohttpd clears all of it for every request. */
#define ECO_HTTP_CONNECTION_BYTES (ECO_MAX_HTTP_HEADER_BYTES + (8u << 10))

/* HTTP: answers below this are sent as they are: compressing saves no packet. */
#define ECO_HTTP_COMPRESS_MIN_BYTES 1024

/* HTTP: finished answers that are kept, and the largest one; 64 MiB in all. */
#define ECO_HTTP_CACHE_SLOTS 4096
#define ECO_HTTP_CACHE_ANSWER_BYTES (16u << 10)

/* API parameters. */
#define ECO_MAX_QUERY_PARAMS 240 /* a network's: 50 + 2 * 32 + 6 * 16 + some */
#define ECO_MAX_SEARCH_BYTES 200
#define ECO_MAX_SEARCH_WORDS 16
#define ECO_MAX_FACET_VALUES 16
#define ECO_MAX_PAGE 1000000u
#define ECO_MAX_PER_PAGE 100u
#define ECO_DEFAULT_PER_PAGE 30u
#define ECO_MAX_DERIVED_SHOWN 10u

/* Networks: chosen models (TOP K; a selection is bounded by the address), the
 * models named as expanded or collapsed, steps from a chosen model. */
#define ECO_MAX_NETWORK_ROOTS 1000u
#define ECO_MAX_NETWORK_NAMED 50u
#define ECO_MAX_NETWORK_FOLDS 32u
#define ECO_MAX_NETWORK_LIMIT 100000u
#define ECO_MAX_NETWORK_DEPTH 1000u
#define ECO_DEFAULT_NETWORK_LIMIT 100u

/* Nodes of one network: what a browser draws smoothly without a GPU. */
#define ECO_MAX_NETWORK_NODES 100000u

/* Edges of one network, before the most influential nodes are chosen: five
 * times those of the whole Hub of 3 million models; some 0.5 GB. */
#define ECO_MAX_NETWORK_EDGES (8u << 20)

/* An answer with a network: 100,000 nodes with all attributes as GEXF take
 * some 140 MB. */
#define ECO_MAX_NETWORK_ANSWER_BYTES (192u << 20)

/* The head of a network in bytes: 1000 ids of 193 bytes, all escaped, fit. */
#define ECO_MAX_NETWORK_HEAD_BYTES (2u << 20)

/* HTTP: answers from here on are counted while they are sent, and how many
 * bytes of them there may be; beyond that, "try again". */
#define ECO_HTTP_LARGE_ANSWER_BYTES (1u << 20)
#define ECO_MAX_HTTP_BYTES_IN_FLIGHT (UINT64_C(512) << 20)

/* Dashboard: values on one page, tiles of a treemap, pairs of licences, years,
 * and the named series of growth. */
#define ECO_MAX_VALUES_PER_PAGE 1000u
#define ECO_DEFAULT_VALUES_PER_PAGE 100u
#define ECO_MAX_TILES 100u
#define ECO_MAX_DRIFT_PAIRS 200u
#define ECO_MAX_YEARS 100u
#define ECO_GROWTH_SERIES 10u

/* Authors on one sheet of pictures. */
#define ECO_MAX_SHEET_AVATARS 48u

#endif /* ECO_BASE_LIMITS_H */
