/* SPDX-License-Identifier: MIT */
/*
 * replay - run a fuzz harness over the files of one folder
 *
 * The main program of fuzz_*.c where libFuzzer is not: the inputs kept in
 * tests/fuzz/<name>/ are regression tests with any compiler. TAP on standard
 * output; a crash leaves the plan unmet.
 */
#include <dirent.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes of a file in a block of exactly its size, so that a sanitizer
 * sees the first byte read beyond it. */
static uint8_t *read_file(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    uint8_t *data = NULL;
    long end;

    if (!f)
        return NULL;
    if (!fseek(f, 0, SEEK_END) && (end = ftell(f)) >= 0 &&
        !fseek(f, 0, SEEK_SET)) {
        *size = (size_t)end;
        data = malloc(*size ? *size : 1);
        if (data && fread(data, 1, *size, f) != *size) {
            free(data);
            data = NULL;
        }
    }
    fclose(f);
    return data;
}

static int is_input(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int replay(const char *dir, const char *name, int number)
{
    char path[4096];
    size_t size = 0;
    uint8_t *data;

    snprintf(path, sizeof(path), "%s/%s", dir, name);
    data = read_file(path, &size);
    if (!data) {
        printf("not ok %d - %s: %s\n", number, path, strerror(errno));
        return 1;
    }
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    printf("ok %d - %s, %zu bytes\n", number, name, size);
    fflush(stdout);
    return 0;
}

int main(int argc, char **argv)
{
    struct dirent **entries;
    int n, failed = 0;

    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    n = scandir(argv[1], &entries, is_input, alphasort);
    if (n <= 0) {
        printf("1..1\nnot ok 1 - no inputs in %s\n", argv[1]);
        return 1;
    }
    printf("1..%d\n", n);
    fflush(stdout);
    for (int i = 0; i < n; i++) {
        failed += replay(argv[1], entries[i]->d_name, i + 1);
        free(entries[i]);
    }
    free(entries);
    return failed != 0;
}
