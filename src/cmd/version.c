/* SPDX-License-Identifier: MIT */
#include <json-c/json_c_version.h>
#include <microhttpd.h>
#include <sqlite3.h>
#include <stdio.h>
#include <zlib.h>
#include <zstd.h>

#include "cmd/cmd.h"
#include "cmd/terminal.h"
#include "store/store.h"

static int print_json(struct eco_err *err)
{
    struct eco_json_writer w;
    struct eco_buf b;
    int rc;

    eco_buf_init(&b, ECO_MAX_TERMINAL_BYTES);
    eco_json_writer_init(&w, &b);
    eco_json_begin_object(&w);
    eco_json_key(&w, "program");
    eco_json_put_c(&w, "ecoviz");
    eco_json_key(&w, "version");
    eco_json_put_c(&w, ECO_VERSION);
    eco_json_key(&w, "store_version");
    eco_json_put_i64(&w, eco_store_schema_version());
    eco_json_key(&w, "snapshot_version");
    eco_json_put_i64(&w, ECO_SNAP_VERSION);
    eco_json_end_object(&w);
    rc = eco_print_json(&b, err);
    eco_buf_release(&b);
    return rc;
}

static void print_text(void)
{
    printf("ecoviz %s\n"
           "store version %d, snapshot version %u\n"
           "compiler %s\n"
           "json-c %s, libmicrohttpd %s, SQLite %s, zlib %s, zstd %s\n",
           ECO_VERSION, eco_store_schema_version(), ECO_SNAP_VERSION,
           __VERSION__, json_c_version(), MHD_get_version(),
           sqlite3_libversion(), zlibVersion(), ZSTD_versionString());
}

int eco_cmd_version(const struct eco_cmd *cmd, const char *data, int argc,
                    char **argv)
{
    bool json = false;
    const struct eco_option options[] = {
        { "json", 0, ECO_OPTION_FLAG, &json, NULL, "print it as JSON" },
    };
    struct eco_err err = { 0 };
    int status = eco_options_take(cmd, options, 1, &data, &argc, argv);

    if (status >= 0)
        return status;
    if (argc)
        return eco_cmd_usage(cmd, "no operand is known: ", argv[0]);
    if (json)
        return print_json(&err) ? eco_cmd_fail(cmd, &err) : ECO_EXIT_OK;
    print_text();
    return ECO_EXIT_OK;
}
