#!/usr/bin/env python3
"""Fits libs/tokens' rates.txt to reference tokenizers and prints how far estimates are off on texts that were not fitted.

    fit.py CORPUS FAMILY=tokenizer.json ... [CLAUDE=ctok:4.5 CLAUDE_4_7=ctok:4.8] [--write rates.txt]

CORPUS holds docs.jsonl, one {"kind": "en" | "code" | "zh" | ..., "text": ...} a line, and features.txt, written by
CorpusFeaturesTest (-Dtokens.corpus=CORPUS). Needs numpy and tokenizers; for Claude ctok, a reconstruction from counts, for there is
no public tokenizer. Every second text is fitted, the others are measured; what is written is fitted to all.
"""
import json
import sys
from pathlib import Path

import numpy as np

SCRIPTS = ("word inner_word rare_word accented_word capitals digits punctuation space han kana hangul cyrillic greek arabic hebrew indic "
           "thai other").split()
GROUPS = {"English": "en", "code, JSON": "code json", "Chinese, Japanese, Korean": "zh zht ja ko",
          "other Latin": "fr de es pt it nl pl cs tr vi id sv hu ro", "Cyrillic, Greek": "ru uk bg el",
          "Arabic, Hebrew": "ar he fa", "Indic, Thai": "hi bn ta th"}
IMPORTANCE = {"English": 10, "code, JSON": 4}
HEADER = "# Tokens of a family, for each script: per token of o200k, and per char (UTF-16). Fitted by bench/tokens/fit.py."


def counts(reference, texts):
    if reference.startswith("ctok:"):
        from ctok import token_count
        version = reference[5:]
        frame = token_count("", version)
        return np.array([token_count(text, version) - frame for text in texts], float)
    from tokenizers import Tokenizer
    encoded = Tokenizer.from_file(reference).encode_batch(texts, add_special_tokens=False)
    return np.array([len(one.ids) for one in encoded], float)


def fit(features, truth, weights, rounds=300):
    """Least relative error, reweighted towards least absolute error, drawn to the rates of o200k itself."""
    n = len(SCRIPTS)
    prior, scale = np.r_[np.ones(n), np.zeros(n)], np.r_[np.ones(n), np.full(n, .25)]
    rates = prior.copy()
    for _ in range(rounds):
        relative = features / truth[:, None]
        weight = np.sqrt(weights / np.maximum(np.abs(relative @ rates - 1), .02))
        rows = relative * weight[:, None]
        a, b = rows * scale, weight - rows @ prior
        ridge = 1e-4 * np.trace(a.T @ a) / len(rates)
        rates = prior + scale * np.linalg.solve(a.T @ a + ridge * np.eye(len(rates)), a.T @ b)
        rates[:n] = np.clip(rates[:n], 0, 5)
    return rates


def main(corpus, *arguments):
    write = arguments[arguments.index("--write") + 1] if "--write" in arguments else None
    references = [argument.split("=", 1) for argument in arguments if "=" in argument]
    docs = [json.loads(line) for line in open(Path(corpus, "docs.jsonl"))]
    kinds = np.array([doc["kind"] for doc in docs])
    features = np.loadtxt(Path(corpus, "features.txt"))
    members = {group: np.isin(kinds, names.split()) for group, names in GROUPS.items()}
    weights = sum(mask * IMPORTANCE.get(group, 1) / max(1, mask.sum()) for group, mask in members.items())
    fitted = np.arange(len(docs)) % 2 == 0
    lines = [HEADER, "family " + " ".join(SCRIPTS)]
    print("| family | " + " | ".join(GROUPS) + " |\n" + "|---" * (1 + len(GROUPS)) + "|")
    for family, reference in references:
        truth = counts(reference, [doc["text"] for doc in docs])
        rates = fit(features[fitted], truth[fitted], weights[fitted])
        off = 100 * np.abs(features @ rates / truth - 1)
        cells = [f"{np.median(off[mask & ~fitted]):.1f} / {np.percentile(off[mask & ~fitted], 95):.0f}" for mask in members.values()]
        print(f"| {family} | " + " | ".join(cells) + " |")
        whole = fit(features, truth, weights)
        lines.append(family + " " + " ".join(f"{round(whole[i], 2):g},{round(whole[len(SCRIPTS) + i], 3):g}" for i in range(len(SCRIPTS))))
    if write:
        Path(write).write_text("\n".join(lines) + "\n")


main(*sys.argv[1:])
