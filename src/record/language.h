/* SPDX-License-Identifier: MIT */
#ifndef ECO_RECORD_LANGUAGE_H
#define ECO_RECORD_LANGUAGE_H

#include "base/str.h"

/*
 * language - which language a word of a card or a tag is
 *
 * docs/algorithms/languages.md has the rules and their reasons. A language is
 * written as its code of ISO 639, two letters where there are two, else three;
 * "multilingual" and "code" are values of their own.
 *
 * Ownership  The code is a constant of the program.
 * Threads    Pure functions.
 */

/* A word of a card, where any code is meant as one: "pt-BR" is pt. */
bool eco_language_of_word(struct eco_str word, struct eco_str *code);

/* A tag among all others: only what can hardly be anything else. */
bool eco_language_of_tag(struct eco_str tag, struct eco_str *code);

#endif /* ECO_RECORD_LANGUAGE_H */
