#!/usr/bin/env python3
"""Fits the verifier's boosted trees and writes them where the service reads them, with their metrics: what './gatehouse fit cache' runs.

    fit_verifier.py DATA JAVA CLASSPATH OUT

DATA       folder with cache_trace.jsonl: rows {"tenant", "context", "text", "answer_class", "source", "kind"} in the order in which they came;
           and, if there is one, cache_pairs.jsonl: rows {"a", "b", "equal", "source", "kind"}
CLASSPATH  of the service: vectors and measures are made by the product's own code
OUT        e.g. src/main/resources/dev/gatehouse/cache/verify/verifier.txt

Needs numpy and lightgbm. Candidates are the four nearest earlier texts of the same tenant above a cosine of 0.78. Metrics are out of
fold: no family of prompts is in the fit that judges it.
"""
import base64
import hashlib
import json
import os
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
                  bagging_fraction=0.8, bagging_freq=1, verbose=-1, num_threads=1, seed=1, deterministic=True)
ROUNDS = 120
# Two models: one of all measures, one of those that do not ask the dictionary. Their mean errs less where both are sure.
PARTS = ((0.65, len(MONOTONE)), (0.35, len(MONOTONE) - len(SUBSTITUTED)))


def folded(text):
    return " ".join(text.split()).rstrip(".?! ").lower()


def read(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")] if os.path.exists(path) else []


def java(command, main, lines):
    """Lines that a class of the product answers others with."""
    done = subprocess.run([*command, main], input="\n".join(lines).encode(), stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().splitlines()


def vectors(command, texts):
    """text -> its unit vector; blank ones have none"""
    texts = sorted(text for text in texts if text.strip())
    rows = [np.frombuffer(base64.b64decode(line), dtype=np.int8) for line in java(command, "dev.gatehouse.cache.fit.VectorLines", map(json.dumps, texts))]
    unit = np.array(rows, dtype=np.float32)
    return dict(zip(texts, unit / np.linalg.norm(unit, axis=1, keepdims=True)))


def candidates(trace, vector):
    """Pairs of each text with the nearest earlier ones, and how many rows there are and repeat one exactly."""
    seen, kept, pairs, rows, exact = set(), {}, [], 0, 0
    for number, row in enumerate(trace):
        if row["context"] or row["kind"] == "tenant-probe" or not row["text"].strip():
            continue
        rows += 1
        key = (row["tenant"], folded(row["text"]))
        if key in seen:
            exact += 1
            continue
        seen.add(key)
        earlier, near = kept.setdefault(row["tenant"], ([], np.empty((len(trace), len(vector[row["text"]])), dtype=np.float32)))
        if earlier:
            cosines = near[:len(earlier)] @ vector[row["text"]]
            for i in np.argsort(-cosines)[:NEAREST]:
                if cosines[i] >= MINIMUM:
                    pairs.append(pair(number, row, earlier[i], cosines[i]))
        near[len(earlier)] = vector[row["text"]]
        earlier.append(row)
    return pairs, rows, exact


def family(row):
    return row["answer_class"].split(":")[0].split("/")[-1] if row["source"] == "families" else row["source"]


def given(rows, trace, vector):
    """Pairs as they are given; broad intents are no answers. A family's pair is of the family that its text, or the one nearest to it, has in the trace."""
    known = {row["text"]: family(row) for row in trace if row["source"] == "families"}
    near, names = np.array([vector[text] for text in known]), list(known.values())

    def of(row):
        if row["source"] != "families":
            return row["source"]
        return known.get(row["a"]) or known.get(row["b"]) or names[int(np.argmax(near @ vector[row["a"]]))]

    return [dict(asked=row["a"], stored=row["b"], cosine=float(vector[row["a"]] @ vector[row["b"]]), equal=row["equal"], kind=row["kind"], family=of(row))
            for row in rows if row["source"] != "banking77"]


def pair(number, row, earlier, cosine):
    return dict(row=number, asked=row["text"], stored=earlier["text"], cosine=float(cosine), equal=int(row["answer_class"] == earlier["answer_class"]), family=family(row))


def measures(command, pairs):
    lines = java(command, "dev.gatehouse.cache.verify.MeasureLines", (json.dumps({k: p[k] for k in ("asked", "stored", "cosine")}) for p in pairs))
    return np.array([[float(x) for x in line.split(",")] for line in lines])


def group(p):
    """A family is one whole; sources without families are divided by the stored text."""
    return p["family"] if p["family"].startswith("fam") else p["family"] + str(int(hashlib.md5(p["stored"].encode()).hexdigest(), 16) % 4)


def folds(fitted, judged=None):
    """The fold of each pair that is judged, all of those fitted by default: that in whose fit its group is not."""
    groups = sorted({group(p) for p in fitted})
    order = np.random.RandomState(0).permutation(len(groups))
    fold = {name: order[i] % FOLDS for i, name in enumerate(groups)}
    return np.array([fold.get(group(p), 0) for p in (fitted if judged is None else judged)])


def fit(x, y):
    """(share, model) for each part; the sum of shares of their log odds is the log odds that the answer is right."""
    return [(share, lgb.train(dict(PARAMETERS, monotone_constraints=MONOTONE[:columns]), lgb.Dataset(x[:, :columns], y), ROUNDS)) for share, columns in PARTS]


def predict(models, x):
    odds = sum(share * model.predict(x[:, :model.num_feature()], raw_score=True) for share, model in models)
    return 1 / (1 + np.exp(-odds))


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
            found[f"{name}<={limit}"] = round(float(100 * (exact + (fine[-1] + 1 if len(fine) else 0)) / rows), 1)
    return found


def of_pairs(pairs, x, models, fold):
    """Of pairs: the share of equal ones found at 1 % false accepts, and false accepts by kind where 80 % are found, in per cent."""
    y = np.array([p["equal"] for p in pairs])
    scores = np.choose(fold, [predict(model, x) for model in models])
    scores = np.where(x[:, 1:1 + VETOES].max(axis=1) > 0, 0.02 * scores, scores)
    kinds, wrong = np.array([p["kind"] for p in pairs]), np.sort(scores[y == 0])[::-1]
    found = {"recall at 1% false accepts": 100 * (scores[y == 1] > wrong[len(wrong) // 100]).mean()}
    edge = np.quantile(scores[y == 1], 0.2)
    for kind in sorted(set(kinds[y == 0])):
        found["false accepts at 80% recall, " + kind] = 100 * (scores[(kinds == kind) & (y == 0)] >= edge).mean()
    return {name: round(float(value), 2) for name, value in found.items()}


def nodes(tree, share):
    """A tree as flat lists: inner nodes in the order of their numbers, children by number or -1 - leaf; its leaves by the share of its part."""
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
    return f"{flat} | " + " ".join(repr(share * leaves[i]) for i in range(len(leaves)))


def main(data, jvm, classpath, out):
    command = [jvm, "--enable-native-access=ALL-UNNAMED", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-cp", classpath]
    trace, rows_of_pairs = read(data + "/cache_trace.jsonl"), read(data + "/cache_pairs.jsonl")
    vector = vectors(command, {row["text"] for row in trace} | {row[side] for row in rows_of_pairs for side in "ab"})
    near, rows, exact = candidates(trace, vector)
    x, y, fold = measures(command, near), np.array([p["equal"] for p in near]), folds(near)
    models = [fit(x[fold != k], y[fold != k]) for k in range(FOLDS)]
    scores = np.choose(fold, [predict(model, x) for model in models])
    metrics = {"trace, hits": hits(near, x, y, scores, rows, exact)}
    others = given(rows_of_pairs, trace, vector)
    if others:
        metrics["pairs"] = of_pairs(others, measures(command, others), models, folds(near, others))
    lines = [nodes(tree, share) for share, model in fit(x, y) for tree in model.dump_model()["tree_info"]]
    version = "text-2-" + hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]
    with open(out, "w", encoding="utf-8") as file:
        file.write(f"# Written by training/fit_verifier.py.\nversion {version}\nmetrics {json.dumps(metrics)}\n" + "\n".join(lines) + "\n")
    print(version, len(near), "candidates of", rows, "rows,", len(others), "pairs; out of fold:", json.dumps(metrics, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
