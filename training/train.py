"""Train the network on drawn chunks, and write it.

    python -m training.train CHUNKS WEIGHTS.npz --rounds 100 --onnx ocr/data/pen_digits.onnx

A round takes one new chunk (it waits for `training.draw` to write it) and some earlier ones again.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import onnxruntime
import tensorflow as tf
from numpy.typing import NDArray

from training.alphabet import HEIGHT, STEP, encode
from training.network import Network, Weights, write_onnx
from training.skeletons import Mask

SEED = 7
BATCH = 64
_AGAIN = 3
_RATE = 2e-3
_FADE = 0.998
"""Weight of what was, in the running mean of the weights."""

Sample = tuple[Mask, str]


def read_chunk(folder: Path, number: int) -> list[Sample]:
    """Return the pictures and texts of a chunk; waits until it is written."""
    path = folder / f"{number:05d}.npz"
    while not path.exists():
        time.sleep(1)
    with np.load(path) as data:
        flat, widths, texts = data["flat"], data["widths"], data["texts"]
    ends = np.cumsum(widths * HEIGHT)
    return [
        (flat[end - width * HEIGHT : end].reshape(width, HEIGHT).T, str(text))
        for end, width, text in zip(ends, widths, texts, strict=True)
    ]


def save(path: Path, weights: Weights) -> None:
    """Write the numbers of a network."""
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, **weights)


def batches(samples: list[Sample], rng: np.random.Generator) -> Iterator[list[Sample]]:
    """Yield batches of pictures of about one width, in random order."""
    noise = rng.uniform(0.85, 1.15, len(samples))
    order = sorted(range(len(samples)), key=lambda i: samples[i][0].shape[1] * noise[i])
    starts = np.arange(0, len(order) - BATCH + 1, BATCH)
    rng.shuffle(starts)
    for start in starts:
        yield [samples[i] for i in order[start : start + BATCH]]


def put_together(
    batch: list[Sample], rng: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.int32], tf.SparseTensor]:
    """Return pictures slightly changed, their steps, and their classes."""
    widest = max(picture.shape[1] for picture, _ in batch)
    widest += widest % STEP
    pictures = np.zeros((len(batch), HEIGHT, widest, 1), np.float32)
    places, values = [], []
    for row, (picture, text) in enumerate(batch):
        ink = np.roll(picture, int(rng.integers(-1, 2)), axis=0) if rng.random() < 0.5 else picture
        pictures[row, :, : picture.shape[1], 0] = _changed(ink.astype(np.float32) / np.float32(255), rng)
        for column, value in enumerate(encode(text or "0")):  # TensorFlow's loss wants a sign; see `train`
            places.append((row, column))
            values.append(value)
    steps = np.array([(picture.shape[1] + 1) // STEP for picture, _ in batch], np.int32)
    shape = (len(batch), max(max(len(text) for _, text in batch), 1))
    labels = tf.SparseTensor(np.array(places, np.int64).reshape(-1, 2), np.array(values, np.int32), shape)
    return pictures, steps, labels


def _changed(ink: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    ink = ink ** float(np.exp(rng.normal(0, 0.25)))
    if rng.random() < 0.3:
        ink = ink + rng.standard_normal(ink.shape, np.float32) * np.float32(rng.uniform(0, 0.06))
    return np.asarray(np.clip(ink, 0, 1), np.float32)


def train(chunks: Path, rounds: int, first: int, start: Weights | None, rate: float, keep: Path) -> Weights:
    """Train for `rounds` and return the running mean of the weights."""
    rng = np.random.default_rng(SEED + first)
    tf.random.set_seed(SEED + first)
    network = Network(SEED)
    if start is not None:
        network.load(start)
    own = list(network.own.values())
    optimizer = tf.keras.optimizers.Adam(rate)
    optimizer.build(own)

    @tf.function(reduce_retracing=True)  # type: ignore[untyped-decorator]
    def step(pictures: tf.Tensor, steps: tf.Tensor, labels: tf.SparseTensor, empty: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            logits = network(pictures, training=True, dropout=0.1)
            losses = tf.nn.ctc_loss(labels, logits, None, steps, logits_time_major=False, blank_index=0)
            nothing = -tf.nn.log_softmax(logits)[:, :, 0] * tf.sequence_mask(
                steps, tf.shape(logits)[1], tf.float32
            )
            losses = tf.where(empty, tf.reduce_sum(nothing, 1), losses)
            loss = tf.reduce_mean(tf.minimum(losses, 30.0))
        gradients, _ = tf.clip_by_global_norm(tape.gradient(loss, own), 5.0)
        optimizer.apply_gradients(zip(gradients, own, strict=True))
        return loss

    mean = network.weights()
    seen: list[list[Sample]] = []
    total = rounds
    for done in range(rounds):
        began = time.monotonic()
        seen.append(read_chunk(chunks, first + done))
        earlier = rng.choice(len(seen), min(_AGAIN, len(seen)), replace=False)
        pool = seen[-1] + [sample for index in earlier for sample in seen[index]]
        warm = min(1.0, (done + 1) / 3) if start is None else 1.0
        optimizer.learning_rate.assign(rate * warm * (0.5 + 0.5 * np.cos(np.pi * done / total)) + 1e-5)
        losses = []
        for batch in batches(pool, rng):
            pictures, steps, labels = put_together(batch, rng)
            empty = tf.constant([not text for _, text in batch])
            losses.append(float(step(tf.constant(pictures), tf.constant(steps), labels, empty)))
            fade = min(_FADE, 0.9 + 0.1 * done / 10) if done < 10 and start is None else _FADE
            for name, value in network.weights().items():
                mean[name] = mean[name] * fade + value * np.float32(1 - fade)
        spent = time.monotonic() - began
        print(f"{done} loss {np.mean(losses):.3f} {len(pool) / spent:.0f}/s", flush=True)  # noqa: T201
        if done % 3 == 2:
            save(keep, mean)
    return mean


def check_same(weights: Weights, model: Path) -> float:
    """Return the greatest difference between the answers of TensorFlow and of ONNX Runtime."""
    network = Network(SEED)
    network.load(weights)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    rng = np.random.default_rng(0)
    worst = 0.0
    for width in (16, 54, 97, 200):
        ink = rng.random((1, HEIGHT, width, 1)).astype(np.float32)
        ours = network(tf.constant(ink), training=False).numpy()
        (theirs,) = session.run(None, {"ink": ink.transpose(0, 3, 1, 2)})
        worst = max(worst, float(np.abs(ours - theirs).max()))
    return worst


def main() -> None:
    """Train, write, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("chunks", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--rate", type=float, default=_RATE)
    parser.add_argument("--onnx", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(given.threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    start = dict(np.load(given.start)) if given.start else None
    weights = start or {}
    if given.rounds:
        weights = train(given.chunks, given.rounds, given.first, start, given.rate, given.weights)
        save(given.weights, weights)
    write_onnx(weights, given.onnx)
    print("greatest difference", check_same(weights, given.onnx))  # noqa: T201


if __name__ == "__main__":
    main()
