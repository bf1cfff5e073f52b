/* SPDX-License-Identifier: MIT */
#include "record/language.h"

#include <string.h>

#include "record/language_codes.h"

#define MAX_LETTERS 3
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char multilingual[] = "multilingual";

/* Codes of two letters that are words of the trade as well: computer vision,
 * machine learning, Stable Diffusion, neural network; and, withdrawn from the
 * standard, a shell and a word of English. */
static const char *const no_tags[] = { "cv", "in", "ml", "nn", "sd", "sh" };

/*
 * Codes of three letters that are nothing else on the Hub, sorted. Most are:
 * jax, trl, moe, sam, vit, ner, rag, asr, tts and aya are languages, too, and
 * so are these: ara (a way to uncensor) and swe (software engineering), ast, nan
 * and pcm (of programs), min, sat and war (words).
 */
static const char *const tags[] = {
    "acm", "apc", "ary", "arz", "azb", "ben", "bho", "ceb", "ces", "ckb", "cmn",
    "deu", "eng", "fas", "fil", "fra", "gsw", "haw", "heb", "hin", "hsb", "ilo",
    "ita", "jpn", "kab", "kmr", "kor", "lij", "luo", "lzh", "mai", "mni", "mul",
    "nld", "nso", "por", "quy", "rus", "sah", "scn", "spa", "szl", "tam", "tel",
    "tha", "tyv", "udm", "ukr", "urd", "vie", "vro", "wuu", "yue", "zgh", "zho",
};

static bool is_letter(char c)
{
    c = eco_lower(c);
    return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_cut(char c)
{
    return c == '-' || c == '_';
}

/* The code that a word begins with, in lower case; its length, or 0. */
static size_t first_subtag(struct eco_str word, char code[MAX_LETTERS + 1])
{
    size_t n = 0;

    while (n < word.len && n < MAX_LETTERS && is_letter(word.ptr[n])) {
        code[n] = eco_lower(word.ptr[n]);
        n++;
    }
    code[n] = '\0';
    return n >= 2 && (n == word.len || is_cut(word.ptr[n])) ? n : 0;
}

static bool find(const char *code, struct eco_str *to)
{
    size_t low = 0, high = eco_language_codes_count;

    while (low < high) {
        size_t at = low + (high - low) / 2;
        int c = strcmp(code, eco_language_codes[at].code);

        if (!c) {
            *to = eco_str_from_c(eco_language_codes[at].to);
            return true;
        }
        if (c < 0)
            high = at;
        else
            low = at + 1;
    }
    if (strcmp(code, "mul"))
        return false;
    *to = ECO_STR(multilingual);
    return true;
}

static bool is_own_value(struct eco_str word, struct eco_str *to)
{
    if (!eco_str_cmp_nocase(word, ECO_STR(multilingual)))
        *to = ECO_STR(multilingual);
    else if (!eco_str_cmp_nocase(word, ECO_STR("code")))
        *to = ECO_STR("code");
    else
        return false;
    return true;
}

bool eco_language_of_word(struct eco_str word, struct eco_str *code)
{
    char lower[MAX_LETTERS + 1];

    return is_own_value(word, code) ||
           (first_subtag(word, lower) && find(lower, code));
}

static bool is_listed(const char *code, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(code, list[i]))
            return true;
    return false;
}

/* A region (BR) or a script (Hant), spelled as BCP 47 spells it? In lower case
 * it may be anything: "co-rl", "no-std". */
static bool is_region_or_script(struct eco_str s)
{
    if (s.len == 2)
        return is_upper(s.ptr[0]) && is_upper(s.ptr[1]);
    if (s.len != 4 || !is_upper(s.ptr[0]))
        return false;
    for (size_t i = 1; i < 4; i++)
        if (!is_letter(s.ptr[i]) || is_upper(s.ptr[i]))
            return false;
    return true;
}

static bool are_regions_or_scripts(struct eco_str rest)
{
    while (rest.len) {
        size_t end = 1; /* behind the cut */

        while (end < rest.len && !is_cut(rest.ptr[end]))
            end++;
        if (!is_region_or_script((struct eco_str){ rest.ptr + 1, end - 1 }))
            return false;
        rest = eco_str_skip(rest, end);
    }
    return true;
}

bool eco_language_of_tag(struct eco_str tag, struct eco_str *code)
{
    char lower[MAX_LETTERS + 1];
    size_t n = first_subtag(tag, lower);

    if (eco_str_is(tag, multilingual) || eco_str_is(tag, "code"))
        return is_own_value(tag, code);
    if (!n)
        return false;
    if (memcmp(tag.ptr, lower, n)) /* capitals: OS and MT are no languages */
        return false;
    if (n == 2 ? is_listed(lower, no_tags, COUNT(no_tags))
               : !is_listed(lower, tags, COUNT(tags)))
        return false;
    return are_regions_or_scripts(eco_str_skip(tag, n)) && find(lower, code);
}
