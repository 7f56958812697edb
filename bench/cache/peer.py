"""GPTCache with the encoder of the product: how long a look-up takes, and what it answers over a trace. One JSON document on stdout."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import numpy as np
import onnxruntime
from gptcache import Cache, Config
from gptcache.adapter.api import get, put
from gptcache.manager import CacheBase, VectorBase, get_data_manager
from gptcache.processor.pre import get_prompt
from gptcache.similarity_evaluation.distance import SearchDistanceEvaluation
from tokenizers import Tokenizer

DIMENSIONS = 384


class Encoder:
    """bge-small-en-v1.5-q out of the jar that the product ships: one text at a time, on one thread."""

    def __init__(self, jar: str) -> None:
        with zipfile.ZipFile(jar) as files:
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            self._session = onnxruntime.InferenceSession(files.read("bge-small-en-v1.5-q.onnx"), options, providers=["CPUExecutionProvider"])
            self._tokenizer = Tokenizer.from_str(files.read("bge-small-en-v1.5-q-tokenizer.json").decode())
        self._tokenizer.no_padding()
        self._inputs = {each.name for each in self._session.get_inputs()}

    def vector(self, text: str, **_) -> np.ndarray:
        tokens = self._tokenizer.encode(text)
        columns = {"input_ids": tokens.ids, "attention_mask": tokens.attention_mask, "token_type_ids": tokens.type_ids}
        first = self._session.run(None, {name: np.array([column], dtype=np.int64) for name, column in columns.items() if name in self._inputs})[0][0][0]
        return (first / np.linalg.norm(first)).astype(np.float32)


def opened(encoder: Encoder, parent: Path, threshold: float) -> Cache:
    """A new cache as in GPTCache's own example of similar search."""
    folder = tempfile.mkdtemp(dir=parent)
    cache = Cache()
    manager = get_data_manager(CacheBase("sqlite", sql_url=f"sqlite:///{folder}/sqlite.db"),
                               VectorBase("faiss", dimension=DIMENSIONS, index_path=f"{folder}/faiss.index"))
    cache.init(pre_embedding_func=get_prompt, embedding_func=encoder.vector, data_manager=manager,
               similarity_evaluation=SearchDistanceEvaluation(), config=Config(similarity_threshold=threshold))
    return cache


def filled(cache: Cache, vectors: np.ndarray) -> None:
    for start in range(0, len(vectors), 2000):
        part = vectors[start:start + 2000]
        names = [f"filler {start + i}" for i in range(len(part))]
        cache.data_manager.import_data(names, ["an answer"] * len(part), list(part), [None] * len(part))


def filler(number: int) -> np.ndarray:
    """Directions as far apart as chance makes them, so that no filler is ever near a question."""
    vectors = np.random.default_rng(20261128).standard_normal((number, DIMENSIONS)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def percentiles(seconds: list[float]) -> dict[str, float]:
    return {"p50": round(1000 * float(np.percentile(seconds, 50)), 3), "p99": round(1000 * float(np.percentile(seconds, 99)), 3)}


def latency(encoder: Encoder, folder: Path, entries: int, questions: list[str]) -> dict:
    """Look-ups of questions that nobody asked before, among that many entries, and again of such as were."""
    cache = opened(encoder, folder, 0.95)
    filled(cache, filler(entries))
    for question in questions[:20]:
        get(question, cache_obj=cache)
    unknown = [timed(lambda: get(question, cache_obj=cache)) for question in questions]
    for question in questions:
        put(question, "an answer", cache_obj=cache)
    known = [timed(lambda: get(question, cache_obj=cache)) for question in questions]
    embedding = [timed(lambda: encoder.vector(question)) for question in questions]
    return {"entries": entries, "miss_ms": percentiles(unknown), "equal_ms": percentiles(known), "embedding_ms": percentiles(embedding)}


def timed(work) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def trace(encoder: Encoder, folder: Path, rows: list[dict], threshold: float) -> dict:
    """The trace in its order: a miss is stored with its class as the answer, so a hit is wrong where the classes differ."""
    hits = wrong = 0
    cache = opened(encoder, folder, threshold)
    for row in rows:
        answer = get(row["text"], cache_obj=cache)
        if answer is None:
            put(row["text"], row["answer_class"], cache_obj=cache)
        else:
            hits += 1
            wrong += answer != row["answer_class"]
    return {"threshold": threshold, "rows": len(rows), "hits": hits, "wrong": wrong}


def single(path: Path, most: int) -> list[dict]:
    """The rows without history and of the first tenant: GPTCache has neither in its key."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if not row.get("context") and row.get("tenant") == rows[0].get("tenant")][:most]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jar", required=True, help="the jar with the encoder")
    parser.add_argument("--folder", type=Path, required=True, help="where it keeps what it stores; GPTCache still writes there as it ends")
    parser.add_argument("--questions", required=True, help="a file with a question a line")
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--trace", help="NDJSON; without, latency alone")
    parser.add_argument("--rows", type=int, default=2_500, help="of the trace, at most")
    options = parser.parse_args()
    encoder = Encoder(options.jar)
    questions = Path(options.questions).read_text(encoding="utf-8").splitlines()
    result = {"latency": latency(encoder, options.folder, options.entries, questions)}
    if options.trace:
        rows = single(Path(options.trace), options.rows)
        result["trace"] = [trace(encoder, options.folder, rows, threshold) for threshold in (0.8, 0.95)]
    json.dump(result, sys.stdout)
    return 0


sys.exit(main())
