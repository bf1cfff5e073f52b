/* SPDX-License-Identifier: MIT */
#include "store/text.h"

#include <zstd.h>

#include "base/alloc.h"
#include "base/limits.h"

#define LEVEL 1

/* Part of the store's format: a change makes old texts unreadable. What is
 * most frequent stands last, where it is cheapest to refer to. */
static const char dictionary[] =
    "\"cardData\": {\"base_model\": [\"\", \"base_model_relation\": \"merge\", "
    "\"language\": [\"en\", \"license\": \"mit\", \"license_name\": \""
    "\"authorData\": {\"_id\": \"\", \"avatarUrl\": \"https://cdn-avatars."
    "huggingface.co/v1/production/uploads/\", \"fullname\": \"\", \"name\": "
    "\"\", \"type\": \"user\", \"isPro\": false, \"isHf\": false, "
    "\"isHfAdmin\": false, \"isMod\": false, \"followerCount\": "
    "\"baseModels\": {\"relation\": \"quantized\", \"models\": [{\"_id\": \""
    "\"siblings\": [{\"rfilename\": \".gitattributes\"}, {\"rfilename\": "
    "\"README.md\"}, {\"rfilename\": \"config.json\"}, {\"rfilename\": "
    "\"model.safetensors\"}, {\"rfilename\": \"tokenizer.json\"}], "
    "\"text-to-image\", \"image-text-to-text\", \"automatic-speech-recognition"
    "\", \"feature-extraction\", \"sentence-similarity\", \"reinforcement-"
    "learning\", \"text-classification\", \"fill-mask\", \"diffusers\", "
    "\"lora\", \"peft\", \"gguf\", \"mlx\", \"4-bit\", \"unsloth\", \"trl\", "
    "\"sft\", \"base_model:merge:\", \"base_model:quantized:\", "
    "\"base_model:adapter:\", \"base_model:finetune:\", \"license:mit\", "
    "\"license:apache-2.0\", \"endpoints_compatible\", \"conversational\", "
    "\"text-generation-inference\", \"arxiv:\", \"dataset:\", \"en\", "
    "\"region:us\"], \"safetensors\": {\"total\": 0}, \"usedStorage\": 0, "
    "\"disabled\": false, \"downloadsAllTime\": 0, \"trendingScore\": 0, "
    "\"private\": false, \"gated\": false, \"pipeline_tag\": "
    "\"text-generation\", \"library_name\": \"transformers\", \"tags\": "
    "[\"transformers\", \"safetensors\", \"qwen2\", \"text-generation\", "
    "{\"_id\": \"6\", \"id\": \"\", \"modelId\": \"\", \"author\": \"\", "
    "\"createdAt\": \"2026-01-01T00:00:00.000Z\", \"lastModified\": "
    "\"2026-01-01T00:00:00.000Z\", \"likes\": 0, \"downloads\": 0, ";

struct eco_text_codec {
    ZSTD_CCtx *pack;
    ZSTD_DCtx *unpack;
    ZSTD_CDict *pack_dict;
    ZSTD_DDict *unpack_dict;
};

int eco_text_codec_new(struct eco_text_codec **out, struct eco_err *err)
{
    struct eco_text_codec *c = eco_calloc(1, sizeof(*c));

    *out = NULL;
    if (c) {
        c->pack = ZSTD_createCCtx();
        c->unpack = ZSTD_createDCtx();
        c->pack_dict =
            ZSTD_createCDict(dictionary, sizeof(dictionary) - 1, LEVEL);
        c->unpack_dict = ZSTD_createDDict(dictionary, sizeof(dictionary) - 1);
    }
    if (!c || !c->pack || !c->unpack || !c->pack_dict || !c->unpack_dict) {
        eco_text_codec_free(c);
        return eco_fail(err, ECO_ENOMEM, "no memory for a text codec");
    }
    *out = c;
    return 0;
}

void eco_text_codec_free(struct eco_text_codec *c)
{
    if (!c)
        return;
    ZSTD_freeCCtx(c->pack);
    ZSTD_freeDCtx(c->unpack);
    ZSTD_freeCDict(c->pack_dict);
    ZSTD_freeDDict(c->unpack_dict);
    eco_free(c);
}

int eco_text_pack(struct eco_text_codec *c, struct eco_str text,
                  struct eco_buf *out, struct eco_err *err)
{
    size_t bound = ZSTD_compressBound(text.len), n;

    eco_buf_reset(out);
    if (eco_buf_reserve(out, bound))
        return eco_buf_check(out, "a compressed row", err);
    n = ZSTD_compress_usingCDict(c->pack, out->ptr, bound, text.ptr, text.len,
                                 c->pack_dict);
    if (ZSTD_isError(n))
        return eco_fail(err, ECO_ENOMEM, "a row of %zu bytes: %s", text.len,
                        ZSTD_getErrorName(n));
    out->len = n;
    return 0;
}

int eco_text_unpack(struct eco_text_codec *c, struct eco_str packed,
                    struct eco_buf *out, struct eco_err *err)
{
    unsigned long long size = ZSTD_getFrameContentSize(packed.ptr, packed.len);
    size_t n;

    eco_buf_reset(out);
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN ||
        size > ECO_MAX_ROW_BYTES)
        return eco_fail(err, ECO_EFORMAT,
                        "a stored row of %zu bytes is damaged", packed.len);
    if (eco_buf_reserve(out, (size_t)size))
        return eco_buf_check(out, "a stored row", err);
    n = ZSTD_decompress_usingDDict(c->unpack, out->ptr, (size_t)size,
                                   packed.ptr, packed.len, c->unpack_dict);
    if (ZSTD_isError(n) || n != size)
        return eco_fail(err, ECO_EFORMAT,
                        "a stored row of %zu bytes is damaged", packed.len);
    out->len = n;
    return 0;
}
