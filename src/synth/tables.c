/* SPDX-License-Identifier: MIT */
#include "synth/tables.h"

/* Of the models with a task. The rest shares 9.9 %. */
const struct eco_share eco_synth_tasks[ECO_TASKS] = {
    { "text-generation", 0.41 },
    { "text-classification", 0.14 },
    { "text-to-image", 0.11 },
    { "reinforcement-learning", 0.09 },
    { "automatic-speech-recognition", 0.035 },
    { "token-classification", 0.03 },
    { "image-classification", 0.026 },
    { "fill-mask", 0.02 },
    { "feature-extraction", 0.02 },
    { "question-answering", 0.02 },
    { "sentence-similarity", 0.014 },
    { "translation", 0.013 },
    { "summarization", 0.010 },
    { "image-text-to-text", 0.018 },
    { "image-to-image", 0.004 },
    { "object-detection", 0.005 },
    { "image-segmentation", 0.003 },
    { "text-to-speech", 0.007 },
    { "text-to-video", 0.002 },
    { "robotics", 0.006 },
    { "audio-classification", 0.003 },
    { "zero-shot-classification", 0.0016 },
    { "text-to-audio", 0.001 },
    { "image-to-text", 0.0015 },
    { "image-to-video", 0.001 },
    { "video-classification", 0.001 },
    { "unconditional-image-generation", 0.0015 },
    { "tabular-classification", 0.001 },
    { "tabular-regression", 0.0006 },
    { "text-ranking", 0.001 },
    { "depth-estimation", 0.0004 },
    { "visual-question-answering", 0.0005 },
    { "document-question-answering", 0.0003 },
    { "audio-to-audio", 0.0004 },
    { "zero-shot-image-classification", 0.0004 },
    { "zero-shot-object-detection", 0.0002 },
    { "table-question-answering", 0.0002 },
    { "time-series-forecasting", 0.0004 },
    { "any-to-any", 0.0003 },
    { "image-feature-extraction", 0.0003 },
    { "multiple-choice", 0.0003 },
    { "text-to-3d", 0.0002 },
    { "image-to-3d", 0.0003 },
    { "mask-generation", 0.0002 },
    { "graph-ml", 0.0002 },
    { "voice-activity-detection", 0.0001 },
};

/* Of all models; 64 % have none. */
const struct eco_share eco_synth_licences[ECO_LICENCES] = {
    { "apache-2.0", 0.16 },
    { "mit", 0.06 },
    { "other", 0.04 },
    { "openrail", 0.02 },
    { "creativeml-openrail-m", 0.016 },
    { "cc-by-nc-4.0", 0.008 },
    { "llama2", 0.0042 },
    { "llama3", 0.0042 },
    { "llama3.1", 0.0044 },
    { "llama3.2", 0.0040 },
    { "llama3.3", 0.0038 },
    { "gemma", 0.0044 },
    { "cc-by-4.0", 0.0065 },
    { "cc-by-nc-sa-4.0", 0.0045 },
    { "cc-by-sa-4.0", 0.0040 },
    { "afl-3.0", 0.0030 },
    { "gpl-3.0", 0.0024 },
    { "unknown", 0.0022 },
    { "bigscience-openrail-m", 0.0018 },
    { "openrail++", 0.0016 },
    { "cc", 0.0012 },
    { "bsd-3-clause", 0.0010 },
    { "agpl-3.0", 0.0008 },
    { "artistic-2.0", 0.0006 },
    { "wtfpl", 0.0005 },
    { "unlicense", 0.0004 },
    { "cc0-1.0", 0.0003 },
    { "lgpl-3.0", 0.0002 },
};

/* Of the models with a library. */
const struct eco_share eco_synth_libraries[ECO_LIBRARIES] = {
    { "transformers", 0.63 },
    { "peft", 0.20 },
    { "diffusers", 0.08 },
    { "stable-baselines3", 0.02 },
    { "sentence-transformers", 0.013 },
    { "gguf", 0.012 },
    { "mlx", 0.014 },
    { "timm", 0.006 },
    { "keras", 0.005 },
    { "ml-agents", 0.007 },
    { "setfit", 0.003 },
    { "adapter-transformers", 0.002 },
    { "sample-factory", 0.002 },
    { "lerobot", 0.002 },
    { "nemo", 0.001 },
    { "spacy", 0.001 },
    { "fastai", 0.001 },
    { "flair", 0.0004 },
    { "speechbrain", 0.0003 },
    { "espnet", 0.0003 },
};

/* Of the models that state their size: the median falls into the second class,
 * the mean is made by the last ones. */
const struct eco_size_class eco_synth_sizes[ECO_SIZES] = {
    { 2.0e7, 3.0e8, 0.418, "" },       { 3.6e8, 4.4e8, 0.160, "0.4B" },
    { 5.0e8, 9.0e8, 0.030, "0.6B" },   { 1.0e9, 1.3e9, 0.050, "1B" },
    { 2.8e9, 3.3e9, 0.050, "3B" },     { 6.7e9, 8.3e9, 0.125, "7B" },
    { 1.3e10, 1.45e10, 0.045, "14B" }, { 2.7e10, 3.4e10, 0.042, "32B" },
    { 6.9e10, 7.25e10, 0.040, "70B" }, { 1.0e11, 1.3e11, 0.012, "120B" },
    { 2.3e11, 2.4e11, 0.011, "235B" }, { 4.0e11, 4.1e11, 0.006, "405B" },
    { 6.5e11, 6.9e11, 0.011, "670B" },
};

const struct eco_share eco_synth_kinds[ECO_KINDS] = {
    { "company", 0.44 },     { "community", 0.19 }, { "university", 0.13 },
    { "non-profit", 0.12 },  { "", 0.079 },         { "classroom", 0.04 },
    { "government", 0.001 },
};

/* Of the models that declare a language; the shares overlap. */
const struct eco_share eco_synth_languages[ECO_LANGUAGES_NAMED] = {
    { "en", 0.86 },  { "zh", 0.05 },  { "fr", 0.045 }, { "es", 0.04 },
    { "de", 0.04 },  { "ja", 0.035 }, { "ko", 0.033 }, { "it", 0.03 },
    { "pt", 0.03 },  { "ru", 0.025 }, { "hi", 0.023 }, { "ar", 0.02 },
    { "th", 0.018 },
};

const char *const eco_synth_other_languages[] = {
    "nl", "pl", "tr", "vi", "id", "fa", "sv", "uk", "cs", "ro", "fi", "hu",
    "da", "el", "he", "bn", "ta", "ur", "te", "bg", "ca", "hr", "sk", "sr",
    "sl", "lt", "lv", "et", "no", "nb", "ms", "mr", "gu", "kn", "ml", "pa",
    "ne", "si", "my", "km", "lo", "ka", "hy", "az", "kk", "uz", "mn", "sw",
    "am", "ha", "yo", "ig", "zu", "xh", "af", "so", "sq", "mk", "bs", "is",
    "ga", "cy", "eu", "gl", "mt", "lb", "eo", "la", "yi", "jv", "su", "mg",
    "ht", "ps", "ku", "sd", "tg", "ky", "tk", "be",
};
