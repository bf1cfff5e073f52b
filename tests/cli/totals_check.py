# SPDX-License-Identifier: MIT
"""totals_check.py PROGRAM DATA - count the models of a store by hand, and
compare with what `ecoviz stats` says.

Facts come from the store's own tables, influence from `ecoviz top`; only what
takes bases into account (families, relations) is not counted again, but has to
add up. One line per difference, exit status 1.
"""

import json
import math
import sqlite3
import subprocess
import sys
import time

TOP = 1000  # values that `ecoviz stats` lists at most
KINDS = ("company", "community", "university", "non-profit", "government",
         "classroom")
APART = ("multilingual", "code")
NO_TOTAL = {"models": 0, "influence": 0.0, "likes": 0, "downloads": 0}

differences = 0


def differ(*what):
    global differences
    differences += 1
    print(*what)


def ask(program, data, *words):
    out = subprocess.run([program, "--data", data, *words, "--json"],
                         check=True, stdout=subprocess.PIPE)
    return json.loads(out.stdout)


def read_models(data):
    db = sqlite3.connect(f"file:{data}/store.sqlite?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    kinds = {}
    for row in db.execute("SELECT key, type, nature FROM author"):
        kinds[row["key"]] = kind_of(row["type"], row["nature"])
    models = [dict(row) for row in db.execute(
        "SELECT key, created, likes, downloads, task, library, licence,"
        " languages FROM model WHERE key NOT IN (SELECT key FROM alias)")]
    for model in models:
        owner, slash, _ = model["key"].partition("/")
        model["author"] = owner if slash else None
        model["kind"] = kinds.get(model["author"])
        add_time(model)
    return models


def kind_of(account, nature):
    if account == "user":
        return "individual"
    if nature and nature.lower() in KINDS:
        return nature.lower()
    return "unverified" if account == "org" or nature else None


def add_time(model):
    model["month"] = model["year"] = None
    if model["created"] is not None:
        day = time.gmtime(model["created"] // 1000)
        model["month"] = f"{day.tm_year:04}-{day.tm_mon:02}"
        model["year"] = f"{day.tm_year:04}"


def values_of(model, facet):
    if facet == "language":
        return (model["languages"] or "").split(",")
    return [model[facet] or ""]


def total(models):
    return {
        "models": len(models),
        "influence": math.fsum(m["influence"] for m in models),
        "likes": sum(m["likes"] or 0 for m in models),
        "downloads": sum(m["downloads"] or 0 for m in models),
    }


def group(models, facet):
    groups = {}
    for model in models:
        for value in values_of(model, facet):
            groups.setdefault(value, []).append(model)
    none = groups.pop("", [])
    return groups, none


def compare(name, got, want):
    for key in ("models", "likes", "downloads"):
        if got[key] != want[key]:
            differ(name, key, got[key], "instead of", want[key])
    if not math.isclose(got["influence"], want["influence"], rel_tol=1e-9,
                        abs_tol=1e-9):
        differ(name, "influence", got["influence"], "instead of",
               want["influence"])


def key_of(facet, value):
    return value.lower() if facet == "author" else value


def check_list(facet, got, groups, none):
    """What `ecoviz stats --by FACET` says."""
    in_time = facet in ("month", "year")
    seen = [key_of(facet, v["value"]) for v in got["values"]]
    if got["total"] != len(groups):
        differ(facet, "has", got["total"], "values instead of", len(groups))
    if len(seen) != min(TOP, len(groups)) or len(set(seen)) != len(seen):
        differ(facet, "lists", len(seen), "values")
    for key, value in zip(seen, got["values"]):
        if key not in groups:
            differ(facet, "has no value", key)
        else:
            compare(f"{facet} {key}", value, total(groups[key]))
    compare(f"{facet}, none", got["none"], total(none))
    sizes = [v["influence"] for v in got["values"]]
    if in_time and seen != sorted(seen):
        differ(facet, "is not in order of time")
    if not in_time and sizes != sorted(sizes, reverse=True):
        differ(facet, "is not in order of influence")


def check_top(facet, got, groups, none):
    """What `ecoviz stats` says: the top list, and others."""
    length = 100 if facet == "task" else 20
    values = [v for v in groups if facet != "language" or v not in APART]
    top = [key_of(facet, v["value"]) for v in got["top"]]
    listed = {m["key"] for value in top for m in groups[value]}
    behind = [v for v in values if v not in top]
    rest = {m["key"]: m for v in behind for m in groups[v]
            if m["key"] not in listed}
    others = got["others"] or dict(NO_TOTAL, values=0)

    if len(top) != min(length, len(values)):
        differ(facet, "has a top list of", len(top))
    least = min((v["influence"] for v in got["top"]), default=0)
    if any(total(groups[v])["influence"] > least * (1 + 1e-9) for v in behind):
        differ(facet, "leaves out a value of more influence")
    if others["values"] != len(behind):
        differ(facet, "has", others["values"], "others instead of",
               len(behind))
    compare(f"{facet}, others", others, total(list(rest.values())))
    compare(f"{facet}, none", got["none"], total(none))
    for value in got["apart"]:
        compare(f"{facet} {value['value']}", value,
                total(groups[value["value"]]))
    if sorted(v["value"] for v in got["apart"]) != sorted(
            set(groups) - set(values)):
        differ(facet, "sets other values apart")


def check_sum(facet, got, everything):
    """Every model in one value, among others, or in none."""
    parts = got["top"] + [got["others"] or NO_TOTAL, got["none"]]
    compare(f"all of {facet}", {
        key: sum(part[key] for part in parts) for key in NO_TOTAL
    }, everything)


def main(program, data):
    models = read_models(data)
    ranked = {row["id"].lower(): row["influence"]
              for row in ask(program, data, "top", "-n", str(2 * len(models)))}
    if set(ranked) != {m["key"] for m in models}:
        differ("the leaderboard has other models than the store")
        return
    for model in models:
        model["influence"] = ranked[model["key"]]
    overview = ask(program, data, "stats")
    compare("everything", overview["total"], total(models))
    for facet in ("language", "author", "kind", "task", "library", "licence",
                  "month", "year"):
        groups, none = group(models, facet)
        check_list(facet, ask(program, data, "stats", "--by", facet, "--top",
                              str(TOP)), groups, none)
        if facet in ("language", "author", "task", "library", "licence"):
            check_top(facet, overview["facets"][facet], groups, none)
    for facet, got in overview["facets"].items():
        if facet != "language":
            check_sum(facet, got, total(models))


main(*sys.argv[1:])
sys.exit(differences > 0)
