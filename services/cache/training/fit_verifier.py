#!/usr/bin/env python3
"""Fits the verifier's boosted trees and writes them where the service reads them, with their metrics.

    fit_verifier.py TRACE VECTORS_DIR CLASSPATH OUT

TRACE        cache_trace.jsonl: rows {"tenant", "context", "text", "answer_class", "source", "kind"} in the order in which they came
VECTORS_DIR  texts.json (list of texts) and bge.npy (their int8 vectors), as the service's encoder makes them
CLASSPATH    of the service (its classes and Jackson): the measures are computed by the product's own code
OUT          e.g. src/main/resources/dev/gatehouse/cache/verify/verifier.txt

Needs numpy and lightgbm. Candidates are the four nearest earlier texts of the same tenant above a cosine of 0.78. Metrics are out of
fold: no family of prompts is in the fit that judges it.
"""
import hashlib
import json
import subprocess
import sys

import lightgbm as lgb
import numpy as np

NEAREST, MINIMUM, FOLDS = 4, 0.78, 6
VETOES = 8
ALIKE = [1, 1, 1, -1, -1, -1, 1, 1, 1, 1, -1, -1, 0, -1, 0, 0, 0, -1]
SUBSTITUTED = [1, -1, -1, -1, -1, -1, 0, -1, -1, -1, -1, -1, -1, -1, 1]
MONOTONE = [1] + [-1] * VETOES + ALIKE + SUBSTITUTED
PARAMETERS = dict(objective="binary", num_leaves=15, learning_rate=0.06, min_data_in_leaf=60, lambda_l2=5, feature_fraction=0.7,
                  bagging_fraction=0.8, bagging_freq=1, monotone_constraints=MONOTONE, verbose=-1, num_threads=1, seed=1, deterministic=True)
ROUNDS = 120


def folded(text):
    return " ".join(text.split()).rstrip(".?! ").lower()


def candidates(trace, folder):
    """Pairs of each text with the nearest earlier ones, and how many rows there are and repeat one exactly."""
    texts = {text: i for i, text in enumerate(json.load(open(folder + "/texts.json")))}
    vectors = np.load(folder + "/bge.npy").astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    seen, kept, pairs, rows, exact = set(), {}, [], 0, 0
    for number, line in enumerate(open(trace)):
        row = json.loads(line)
        if row["context"] or row["kind"] == "tenant-probe":
            continue
        rows += 1
        key = (row["tenant"], folded(row["text"]))
        if key in seen:
            exact += 1
            continue
        seen.add(key)
        earlier = kept.setdefault(row["tenant"], ([], []))
        vector = vectors[texts[row["text"]]]
        if earlier[0]:
            cosines = np.asarray(earlier[1]) @ vector
            for i in np.argsort(-cosines)[:NEAREST]:
                if cosines[i] >= MINIMUM:
                    pairs.append(pair(number, row, earlier[0][i], cosines[i]))
        earlier[0].append(row)
        earlier[1].append(vector)
    return pairs, rows, exact


def pair(number, row, earlier, cosine):
    return dict(row=number, asked=row["text"], stored=earlier["text"], cosine=float(cosine), equal=int(row["answer_class"] == earlier["answer_class"]),
                family=row["answer_class"].split(":")[0] if row["source"] == "families" else row["source"])


def measures(pairs, classpath):
    lines = "\n".join(json.dumps({k: p[k] for k in ("asked", "stored", "cosine")}) for p in pairs)
    done = subprocess.run(["java", "-cp", classpath, "dev.gatehouse.cache.verify.MeasureLines"], input=lines.encode(), capture_output=True, check=True)
    return np.array([[float(x) for x in line.split(",")] for line in done.stdout.decode().splitlines()])


def folds(pairs):
    """A family is in one fold whole; sources without families are divided by the stored text."""
    groups = [p["family"] if p["family"].startswith("fam") else p["family"] + str(int(hashlib.md5(p["stored"].encode()).hexdigest(), 16) % 4) for p in pairs]
    order = np.random.RandomState(0).permutation(len(set(groups)))
    fold = {group: order[i] % FOLDS for i, group in enumerate(sorted(set(groups)))}
    return np.array([fold[group] for group in groups])


def fit(x, y):
    return lgb.train(PARAMETERS, lgb.Dataset(x, y), ROUNDS)


def hits(pairs, x, y, scores, rows, exact):
    """Best-case hit rates at shares of wrong hits, when the best candidate without a veto is served from some score on."""
    best = {}
    for i, p in enumerate(pairs):
        if x[i, 1:1 + VETOES].max() == 0 and (p["row"] not in best or scores[i] > scores[best[p["row"]]]):
            best[p["row"]] = i
    order = np.array(sorted(best.values(), key=lambda i: -scores[i]))
    wrong, served = np.cumsum(y[order] == 0), np.arange(1, len(order) + 1)
    found = {}
    for name, base in (("wrong_of_hits", exact + served), ("wrong_of_all", np.full(len(order), rows))):
        for limit in (0.005, 0.01, 0.02):
            fine = np.where(wrong / base <= limit)[0]
            found[f"{name}<={limit}"] = round(100 * (exact + (fine[-1] + 1 if len(fine) else 0)) / rows, 1)
    return found


def nodes(tree):
    """A tree as flat lists: inner nodes in the order of their numbers, children by number or -1 - leaf."""
    inner, leaves = {}, {}

    def walk(node):
        if "leaf_value" in node:
            leaves[node.get("leaf_index", 0)] = node["leaf_value"]
            return -1 - node.get("leaf_index", 0)
        left, right = walk(node["left_child"]), walk(node["right_child"])
        inner[node["split_index"]] = (node["split_feature"], node["threshold"], left, right)
        return node["split_index"]

    walk(tree["tree_structure"])
    flat = " ".join(f"{f} {t!r} {a} {b}" for f, t, a, b in (inner[i] for i in range(len(inner))))
    return f"{flat} | " + " ".join(repr(leaves[i]) for i in range(len(leaves)))


def main(trace, folder, classpath, out):
    pairs, rows, exact = candidates(trace, folder)
    x = measures(pairs, classpath)
    y = np.array([p["equal"] for p in pairs])
    fold = folds(pairs)
    scores = np.zeros(len(y))
    for k in range(FOLDS):
        scores[fold == k] = fit(x[fold != k], y[fold != k]).predict(x[fold == k])
    metrics = hits(pairs, x, y, scores, rows, exact)
    model = fit(x, y)
    lines = [nodes(tree) for tree in model.dump_model()["tree_info"]]
    version = "text-2-" + hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]
    with open(out, "w") as file:
        file.write(f"# Written by training/fit_verifier.py.\nversion {version}\nmetrics {json.dumps(metrics)}\n" + "\n".join(lines) + "\n")
    print(version, len(pairs), "pairs of", rows, "rows", metrics)


if __name__ == "__main__":
    main(*sys.argv[1:])
