/* SPDX-License-Identifier: MIT */
#include "synth/names.h"

#include <string.h>

#include "base/str.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *const maker_a[] = {
    "nor", "vel",  "tam",  "quil", "bris",  "hal",   "mor",  "fen",
    "ald", "cor",  "lin",  "ost",  "ruv",   "sil",   "thel", "um",
    "var", "wyn",  "yar",  "zeph", "bel",   "cal",   "dra",  "el",
    "far", "gal",  "hol",  "jor",  "kel",   "lum",   "mir",  "ned",
    "or",  "pell", "rav",  "sor",  "tir",   "ul",    "ves",  "wen",
    "ash", "brae", "cinn", "dun",  "ember", "frost", "grev", "hazel",
};
static const char *const maker_b[] = {
    "a",  "e",  "i",  "o",  "u",  "en", "ar", "or",  "il", "an",
    "ow", "is", "em", "ul", "er", "in", "al", "ost", "et", "ey",
};
static const char *const maker_c[] = {
    "wick",  "mere",   "stead", "brook", "holm",   "dale",  "fen",    "garth",
    "wood",  "light",  "stone", "ford",  "field",  "crest", "haven",  "moor",
    "ridge", "vale",   "water", "thorn", "bridge", "gate",  "well",   "shore",
    "marsh", "hollow", "cliff", "leaf",  "spire",  "loom",  "barrow", "glen",
    "ness",  "beck",   "combe", "croft", "firth",  "heath", "lode",   "mead",
    "quay",  "reach",  "scar",  "tarn",  "weir",   "wold",  "yard",   "zell",
};

static const char *const family_a[] = {
    "Lum",  "Corv", "Brind", "Solv", "Therr", "Oct",  "Pell", "Quint",
    "Astr", "Vant", "Ner",   "Cass", "Myr",   "Tal",  "Zeph", "Ond",
    "Kest", "Ferr", "Ill",   "Dov",  "Marl",  "Hest", "Arv",  "Bryn",
    "Cald", "Drex", "Elv",   "Fenn", "Gry",   "Halv", "Isk",  "Jun",
    "Kael", "Lyr",  "Morv",  "Nov",  "Orl",   "Prax", "Rhov", "Sarv",
    "Tev",  "Ulm",  "Verr",  "Wyst", "Xan",   "Yev",  "Zor",  "Thal",
};
static const char *const family_b[] = {
    "a",  "e",  "i",  "o",  "an", "en", "or",  "il", "ar", "is",
    "um", "on", "el", "ir", "es", "ul", "ath", "em", "ov", "yn",
};
static const char *const family_c[] = {
    "dra",  "ris",  "nix",  "tha",   "lis",  "mere", "vane", "quil",
    "sar",  "tine", "dor",  "ven",   "lune", "phos", "ria",  "zar",
    "bex",  "mund", "nara", "pell",  "rion", "stra", "thys", "vex",
    "wyn",  "zeth", "gale", "fira",  "kora", "lith", "moss", "nelle",
    "quen", "rax",  "seth", "tova",  "usk",  "vira", "wend", "yar",
    "zell", "brio", "cyn",  "della", "eron", "falk", "gwen", "hyle",
};

/* What tells fresh names with one word apart. */
static const char *const qualifiers[] = {
    "base",  "small", "mini",  "large", "tiny",  "nano",  "xl",      "pro",
    "lite",  "next",  "prime", "core",  "plus",  "max",   "edge",    "air",
    "one",   "alpha", "beta",  "gamma", "delta", "omega", "zero",    "ultra",
    "flash", "deep",  "fast",  "wide",  "long",  "open",  "classic", "studio",
    "field", "lab",   "craft", "scout", "pilot", "spark", "draft",   "rev",
};

/* Of derived models: none of these is a qualifier or a kind. */
static const char *const text_topics[] = {
    "medical",   "legal",   "finance", "poetry",  "history",   "physics",
    "chemistry", "biology", "law",     "news",    "travel",    "cooking",
    "sports",    "music",   "film",    "games",   "stories",   "dialogue",
    "email",     "tweets",  "reviews", "support", "health",    "nutrition",
    "fitness",   "farming", "energy",  "climate", "space",     "ocean",
    "cities",    "maps",    "court",   "tax",     "contracts", "patents",
    "exams",     "lessons", "grammar", "riddles",
};
static const char *const image_topics[] = {
    "portrait", "landscape", "watercolor", "ink",    "pastel",  "neon",
    "forest",   "castle",    "robot",      "dragon", "cat",     "dog",
    "bird",     "flower",    "city",       "night",  "winter",  "summer",
    "ocean",    "desert",    "mecha",      "armor",  "fantasy", "vintage",
    "film",     "poster",    "logo",       "icon",   "pixel",   "clay",
    "paper",    "glass",     "metal",      "wood",   "comic",   "sketch",
    "mural",    "stamp",     "tattoo",     "food",
};
static const char *const styles[] = {
    "warm", "cold",  "soft",  "sharp", "calm",  "bold",  "plain",
    "rich", "early", "late",  "north", "south", "east",  "west",
    "red",  "blue",  "green", "gold",  "grey",  "white",
};

/* --- words ---------------------------------------------------------------- */

#define WORDS (COUNT(maker_a) * COUNT(maker_b) * COUNT(maker_c))

_Static_assert(WORDS == COUNT(family_a) * COUNT(family_b) * COUNT(family_c),
               "as many makers' words as families' words");

static void add_word(struct eco_buf *b, const char *const *first,
                     const char *const *second, const char *const *third,
                     uint64_t word, bool lower)
{
    size_t at = b->len;

    eco_buf_append_c(b, first[word % 48]);
    eco_buf_append_c(b, second[word / 48 % 20]);
    eco_buf_append_c(b, third[word / 960]);
    if (b->failed)
        return;
    if (lower)
        b->ptr[at] = eco_lower(b->ptr[at]);
    else if (b->ptr[at] >= 'a')
        b->ptr[at] = (char)(b->ptr[at] - 'a' + 'A');
}

/* Number to word: all words once, in an order of its own, then again. */
static uint64_t word_of(const struct eco_world *w, enum eco_purpose purpose,
                        uint64_t number, uint64_t *round)
{
    struct eco_perm p;

    *round = number / WORDS;
    eco_perm_init(&p, WORDS, eco_world_hash(w, purpose, *round));
    return eco_perm_at(&p, number % WORDS);
}

/* --- makers --------------------------------------------------------------- */

bool eco_names_is_org(const struct eco_world *w, uint64_t author)
{
    const struct eco_plan *p = &w->plan;
    bool large = author < eco_levels_first_at_most(&p->author_models, 19);

    return eco_world_unit(w, ECO_FOR_ORG, author) <
           (large ? p->org_large : p->org_small);
}

static unsigned kind_of(const struct eco_world *w, uint64_t author)
{
    double u = eco_world_unit(w, ECO_FOR_KIND, author), sum = 0;
    unsigned i = 0;

    for (; i < ECO_KINDS - 1; i++) {
        sum += eco_synth_kinds[i].share;
        if (u < sum)
            break;
    }
    return i;
}

const char *eco_names_kind(const struct eco_world *w, uint64_t author)
{
    return eco_synth_kinds[kind_of(w, author)].name;
}

/* By kind of organisation, as in eco_synth_kinds. */
static const char *const endings[ECO_KINDS][4] = {
    { "labs", "ai", "systems", "works" },
    { "collective", "guild", "commons", "club" },
    { "university", "institute", "nlp-group", "college" },
    { "foundation", "trust", "alliance", "society" },
    { "team", "group", "crew", "project" },
    { "class", "course", "workshop", "school" },
    { "agency", "ministry", "office", "council" },
};

/* Authors are shuffled so that words do not repeat among the large ones. */
static uint64_t author_word(const struct eco_world *w, uint64_t author,
                            uint64_t *round)
{
    return word_of(w, ECO_FOR_OWNER, author, round);
}

static void add_round(struct eco_buf *b, uint64_t round, bool org)
{
    static const char *const more[] = { "-dev", "42", "-ml", "_",  "99",
                                        "-nlp", "7",  "-io", "101" };

    if (!round)
        return;
    if (org)
        eco_buf_printf(b, "%u", (unsigned)round + 1);
    else if (round <= COUNT(more))
        eco_buf_append_c(b, more[round - 1]);
    else
        eco_buf_printf(b, "%u", (unsigned)round + 200);
}

void eco_names_author(const struct eco_world *w, uint64_t author,
                      struct eco_buf *b)
{
    uint64_t round, word = author_word(w, author, &round);
    uint64_t h = eco_world_hash(w, ECO_FOR_CASE, author);
    bool org = eco_names_is_org(w, author);

    add_word(b, maker_a, maker_b, maker_c, word, (h & 3) != 0);
    add_round(b, round, org);
    if (org) {
        eco_buf_append_char(b, '-');
        eco_buf_append_c(b, endings[kind_of(w, author)][h >> 8 & 3]);
    }
}

void eco_names_author_full(const struct eco_world *w, uint64_t author,
                           struct eco_buf *b)
{
    uint64_t round, word = author_word(w, author, &round);
    uint64_t h = eco_world_hash(w, ECO_FOR_CASE, author);
    size_t at;

    add_word(b, maker_a, maker_b, maker_c, word, false);
    if (eco_names_is_org(w, author)) {
        eco_buf_append_char(b, ' ');
        at = b->len;
        eco_buf_append_c(b, endings[kind_of(w, author)][h >> 8 & 3]);
        if (!b->failed)
            b->ptr[at] = (char)(b->ptr[at] - 'a' + 'A');
    }
}

/* --- models --------------------------------------------------------------- */

/* A name of its own for a number. */
static void add_fresh(const struct eco_world *w, uint64_t number, bool lower,
                      struct eco_buf *b)
{
    uint64_t round, word = word_of(w, ECO_FOR_NAME, number, &round);

    add_word(b, family_a, family_b, family_c, word, lower);
    if (!round--)
        return;
    eco_buf_append_char(b, '-');
    eco_buf_append_c(b, qualifiers[round % COUNT(qualifiers)]);
    if (round / COUNT(qualifiers))
        eco_buf_printf(b, "-v%u", (unsigned)(round / COUNT(qualifiers)) + 1);
}

static void add_size(int size, struct eco_buf *b)
{
    if (size < 0 || !eco_synth_sizes[size].label[0])
        return;
    eco_buf_append_char(b, '-');
    eco_buf_append_c(b, eco_synth_sizes[size].label);
}

struct kinds {
    const char *const *at;
    size_t n;
};

static const char *const adapter_kinds[] = { "LoRA", "adapter",  "QLoRA",
                                             "DoRA", "lora-r16", "lora-r64" };
static const char *const quantized_kinds[] = {
    "GGUF",     "AWQ",  "GPTQ",        "4bit", "8bit",     "FP8",
    "mlx-4bit", "exl2", "Q4_K_M-GGUF", "int8", "bnb-4bit", "i1-GGUF"
};
static const char *const text_kinds[] = {
    "Instruct", "Chat", "zh",   "Coder", "DPO",  "ja", "ko", "de",
    "fr",       "es",   "Math", "SFT",   "it",   "pt", "ru", "Reasoning",
    "hi",       "ar",   "RP",   "Think", "ORPO", "1M"
};
static const char *const image_kinds[] = { "Turbo",     "Realistic", "Anime",
                                           "Inpaint",   "Lightning", "Photo",
                                           "finetuned", "Cinema" };
static const char *const other_kinds[] = { "finetuned", "emotion",  "ner",
                                           "intent",    "toxicity", "topics",
                                           "de",        "fr",       "zh",
                                           "hate",      "irony",    "squash" };

static struct kinds kinds_of(enum eco_synth_relation relation,
                             enum eco_synth_domain domain)
{
    if (relation == ECO_SYNTH_ADAPTER)
        return (struct kinds){ adapter_kinds, COUNT(adapter_kinds) };
    if (relation == ECO_SYNTH_QUANTIZED)
        return (struct kinds){ quantized_kinds, COUNT(quantized_kinds) };
    if (domain == ECO_DOMAIN_VISION)
        return (struct kinds){ image_kinds, COUNT(image_kinds) };
    if (domain == ECO_DOMAIN_OTHER)
        return (struct kinds){ other_kinds, COUNT(other_kinds) };
    return (struct kinds){ text_kinds, COUNT(text_kinds) };
}

/* The sibling's number as kind and variant: one to one for each base. */
static const char *kind_word(const struct eco_world *w,
                             const struct eco_place *place, uint64_t *variant)
{
    enum eco_synth_domain domain = w->plan.cohorts[place->cohort].domain;
    struct kinds kinds = kinds_of(place->relation, domain);
    uint64_t turn = eco_world_hash(w, ECO_FOR_NAME, place->base) & 0xff;

    *variant = place->sibling / kinds.n;
    return kinds.at[(place->sibling + turn) % kinds.n];
}

const char *eco_names_packing(const struct eco_world *w,
                              const struct eco_lineage *line)
{
    uint64_t variant;

    return kind_word(w, &line->place[0], &variant);
}

static void add_kind(const struct eco_world *w, const struct eco_place *place,
                     struct eco_buf *b)
{
    bool images = w->plan.cohorts[place->cohort].domain == ECO_DOMAIN_VISION;
    const char *const *topics = images ? image_topics : text_topics;
    uint64_t variant;
    const char *kind = kind_word(w, place, &variant);

    if (variant--) {
        uint64_t topic = variant % COUNT(text_topics);
        uint64_t style = variant / COUNT(text_topics) % (COUNT(styles) + 1);
        uint64_t version = variant / COUNT(text_topics) / (COUNT(styles) + 1);

        eco_buf_append_char(b, '-');
        eco_buf_append_c(b, topics[topic]);
        if (style) {
            eco_buf_append_char(b, '-');
            eco_buf_append_c(b, styles[style - 1]);
        }
        if (version)
            eco_buf_printf(b, "-v%u", (unsigned)version + 1);
    }
    eco_buf_append_char(b, '-');
    eco_buf_append_c(b, kind);
}

_Static_assert(COUNT(text_topics) == COUNT(image_topics), "one table of both");

/* Names of derived models longer than this begin afresh. */
#define LONG_NAME 64

static bool has_own_name(const struct eco_world *w, uint64_t model,
                         const struct eco_place *place)
{
    if (place->kind != ECO_PLACE_CHILD || place->relation == ECO_SYNTH_MERGE)
        return true;
    return place->relation == ECO_SYNTH_FINETUNE &&
           eco_world_unit(w, ECO_FOR_CASE, model) < 0.25;
}

static void add_own_name(const struct eco_world *w, uint64_t model,
                         const struct eco_place *place, int size,
                         struct eco_buf *b)
{
    uint64_t h = eco_world_hash(w, ECO_FOR_CASE, model);

    add_fresh(w, model, place->kind == ECO_PLACE_SINGLE && (h & 7) < 3, b);
    if (place->kind != ECO_PLACE_SINGLE || (h >> 8 & 3) == 0)
        add_size(size, b);
    if (place->kind == ECO_PLACE_CHILD && place->relation == ECO_SYNTH_MERGE)
        eco_buf_append_c(b, "-merge");
}

/* From the nearest ancestor with a name of its own down to the model. */
static void add_model_name(const struct eco_world *w,
                           const struct eco_lineage *line, int size,
                           struct eco_buf *b)
{
    size_t start = b->len;
    unsigned i = 0;

    while (!has_own_name(w, line->model[i], &line->place[i]))
        i++;
    add_own_name(w, line->model[i], &line->place[i], size, b);
    while (i-- > 0) {
        add_kind(w, &line->place[i], b);
        if (b->failed || b->len - start <= LONG_NAME)
            continue;
        b->len = start;
        add_own_name(w, line->model[i], &line->place[i], size, b);
    }
}

/* Makers of bases release the chat version and the like themselves. */
static uint64_t owner_of(const struct eco_world *w,
                         const struct eco_lineage *line)
{
    unsigned i = 0;

    while (line->place[i].kind == ECO_PLACE_CHILD && line->place[i].children &&
           line->place[i].relation == ECO_SYNTH_FINETUNE &&
           eco_world_unit(w, ECO_FOR_OWNER, line->model[i]) < 0.5)
        i++;
    return eco_plan_owner(&w->plan, line->model[i], &line->place[i]);
}

/* The second of two ids that differ in case alone: the first one's, with the
 * case of the name's letters swapped. */
static void swap_case(struct eco_buf *b, size_t from)
{
    for (size_t i = from; !b->failed && i < b->len; i++) {
        char c = b->ptr[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            b->ptr[i] = (char)(c ^ 0x20);
    }
}

static void lengthen(struct eco_buf *b, size_t from)
{
    static const char more[] = "-with.a_name-as.long_as-the.hub-allows_"
                               "and-dots.and-dashes_in-it.to-the-end";

    for (size_t i = 0; !b->failed && b->len - from < 96; i++)
        eco_buf_append_char(b, more[i % (sizeof(more) - 1)]);
    if (!b->failed && b->ptr[b->len - 1] == '.')
        b->ptr[b->len - 1] = 'x';
}

void eco_names_model(const struct eco_world *w, const struct eco_lineage *line,
                     int size, struct eco_buf *b)
{
    enum eco_dirt dirt = eco_plan_dirt(&w->plan, &line->place[0]);
    struct eco_lineage first;
    bool second = dirt == ECO_DIRT_CASE &&
                  ((line->place[0].at - w->plan.dirt[ECO_DIRT_CASE]) & 1);
    size_t start;

    if (second) {
        eco_world_lineage(w, line->model[0] - 1, &first);
        line = &first;
    }
    eco_names_author(w, owner_of(w, line), b);
    eco_buf_append_char(b, '/');
    start = b->len;
    /* Twins are told apart by nothing else. */
    add_model_name(w, line, dirt == ECO_DIRT_CASE ? ECO_NONE : size, b);
    if (second)
        swap_case(b, start);
    if (dirt == ECO_DIRT_LONG)
        lengthen(b, start);
}

void eco_names_missing(const struct eco_world *w, uint64_t number,
                       struct eco_buf *b)
{
    uint64_t h = eco_world_hash(w, ECO_FOR_ID, number);

    eco_names_author(w, eco_numbers_below(h, w->plan.authors), b);
    eco_buf_append_char(b, '/');
    add_fresh(w, w->plan.models + number, false, b);
}

void eco_names_space(const struct eco_world *w, uint64_t space,
                     struct eco_buf *b)
{
    static const char *const endings_[] = { "demo",   "chat",   "playground",
                                            "studio", "viewer", "arena" };
    uint64_t h = eco_world_hash(w, ECO_FOR_SPACE, space + (UINT64_C(1) << 40));
    uint64_t place = eco_numbers_below(h, w->plan.models);

    eco_names_author(
        w, eco_levels_of_thing(&w->plan.author_models, place).holder, b);
    eco_buf_append_char(b, '/');
    add_fresh(w, space, (h & 1) != 0, b);
    eco_buf_append_char(b, '-');
    eco_buf_append_c(b, endings_[(h >> 4) % COUNT(endings_)]);
}
