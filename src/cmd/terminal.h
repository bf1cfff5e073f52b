/* SPDX-License-Identifier: MIT */
#ifndef ECO_CMD_TERMINAL_H
#define ECO_CMD_TERMINAL_H

#include <stdint.h>

#include "json/writer.h"
#include "snapshot/reader.h"

/*
 * terminal - what commands print alike
 */
#define ECO_GROUPED_BYTES 32

/* 1234567 as "1,234,567"; "-" for a negative number, which is unknown. */
const char *eco_grouped(int64_t n, char dst[ECO_GROUPED_BYTES]);

/* One line on what is shown: the day, how many models, and a mark when the
 * data is not the Hub's. */
void eco_print_frame(const struct eco_snap *s);

/* Print somebody's text: bytes that could steer a terminal become "?". */
void eco_print_text(struct eco_str s);

/* Does the locale, by its environment variables, speak UTF-8? */
bool eco_terminal_is_utf8(void);

/* Is standard output a terminal that may be sent colours? */
bool eco_terminal_has_colours(void);

/* Print a finished JSON text and a newline; 0 or the buffer's failure. */
ECO_MUST_USE int eco_print_json(struct eco_buf *b, struct eco_err *err);

/* The widest text a terminal command makes. */
#define ECO_MAX_TERMINAL_BYTES (256u << 20)

#endif /* ECO_CMD_TERMINAL_H */
