"""The network: convolutions only, trained with TensorFlow, written as ONNX by hand.

Five convolutions bring 32 rows to one and two columns to one step; four dilated ones look left and right;
the last gives a value for each class. Batch normalisation helps training and is folded away on export.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import tensorflow as tf
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from training.alphabet import CLASSES, HEIGHT

Weights = dict[str, NDArray[np.float32]]
_EPSILON = 1e-3
_WIDE = 128


@dataclass(frozen=True, slots=True)
class Conv:
    """One convolution; `pad_rows` rows and `dilation` columns of paper are added on both sides."""

    name: str
    kernel: tuple[int, int]
    channels: tuple[int, int]
    stride: tuple[int, int] = (1, 1)
    pad_rows: int = 1
    dilation: int = 1
    residual: bool = False
    last: bool = False

    @property
    def pad_columns(self) -> int:
        """Columns added left and right, so that no step is lost."""
        return self.dilation * (self.kernel[1] // 2)


LAYERS = (
    Conv("c1", (3, 3), (1, 24), (2, 1)),
    Conv("c2", (3, 3), (24, 40), (1, 2)),
    Conv("c3", (3, 3), (40, 64), (2, 1)),
    Conv("c4", (3, 3), (64, 96), (2, 1)),
    Conv("c5", (4, 3), (96, _WIDE), pad_rows=0),
    Conv("d1", (1, 3), (_WIDE, _WIDE), pad_rows=0, residual=True),
    Conv("d2", (1, 3), (_WIDE, _WIDE), pad_rows=0, dilation=2, residual=True),
    Conv("d3", (1, 3), (_WIDE, _WIDE), pad_rows=0, dilation=4, residual=True),
    Conv("d4", (1, 3), (_WIDE, _WIDE), pad_rows=0, residual=True),
    Conv("out", (1, 1), (_WIDE, CLASSES), pad_rows=0, last=True),
)


class Network(tf.Module):  # type: ignore[misc]
    """The trainable network; pictures are (batch, 32, width, 1), answers (batch, width / 2, classes)."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        rng = np.random.default_rng(seed)
        self.own: dict[str, tf.Variable] = {}
        self.moving: dict[str, tf.Variable] = {}
        for layer in LAYERS:
            shape = (*layer.kernel, *layer.channels)
            spread = np.sqrt(2.0 / (layer.kernel[0] * layer.kernel[1] * layer.channels[0]))
            start = rng.normal(0, spread * (0.3 if layer.last else 1.0), shape).astype(np.float32)
            self.own[f"{layer.name}.w"] = tf.Variable(start)
            self.own[f"{layer.name}.b"] = tf.Variable(np.zeros(layer.channels[1], np.float32))
            if not layer.last:
                gain = 0.5 if layer.residual else 1.0
                self.own[f"{layer.name}.g"] = tf.Variable(np.full(layer.channels[1], gain, np.float32))
                self.moving[f"{layer.name}.m"] = tf.Variable(
                    np.zeros(layer.channels[1], np.float32), trainable=False
                )
                self.moving[f"{layer.name}.v"] = tf.Variable(
                    np.ones(layer.channels[1], np.float32), trainable=False
                )

    def __call__(self, pictures: tf.Tensor, *, training: bool, dropout: float = 0.0) -> tf.Tensor:
        """Return the value of each class at each step."""
        x = pictures
        for layer in LAYERS:
            if layer.name == "d1" and training and dropout > 0:
                keep = tf.cast(tf.random.uniform((tf.shape(x)[0], 1, 1, _WIDE)) > dropout, tf.float32)
                x = x * keep / (1 - dropout)
            y = self._apply(layer, x, training=training)
            x = y if layer.last else tf.nn.relu(y) + (x if layer.residual else 0.0)
        return tf.squeeze(x, 1)

    def _apply(self, layer: Conv, x: tf.Tensor, *, training: bool) -> tf.Tensor:
        padded = tf.pad(x, [[0, 0], [layer.pad_rows] * 2, [layer.pad_columns] * 2, [0, 0]])
        kernel = self.own[f"{layer.name}.w"]
        if layer.dilation == 1:
            y = tf.nn.conv2d(padded, kernel, [1, *layer.stride, 1], "VALID")
        else:  # TensorFlow has no gradient of dilated convolutions on a CPU
            width = tf.shape(x)[2]
            sides = [padded[:, :, k * layer.dilation : k * layer.dilation + width] for k in range(3)]
            y = tf.concat(sides, -1) @ tf.reshape(kernel, (-1, layer.channels[1]))
        if layer.last:
            return y + self.own[f"{layer.name}.b"]
        mean, variance = self.moving[f"{layer.name}.m"], self.moving[f"{layer.name}.v"]
        if training:
            batch_mean, batch_variance = tf.nn.moments(y, [0, 1, 2])
            mean.assign(mean * 0.99 + batch_mean * 0.01)
            variance.assign(variance * 0.99 + batch_variance * 0.01)
            mean, variance = batch_mean, batch_variance
        return (y - mean) * tf.math.rsqrt(variance + _EPSILON) * self.own[f"{layer.name}.g"] + self.own[
            f"{layer.name}.b"
        ]

    def weights(self) -> Weights:
        """All numbers of the network, by name."""
        return {name: value.numpy() for name, value in {**self.own, **self.moving}.items()}

    def load(self, weights: Weights) -> None:
        """Take numbers kept before."""
        for name, value in {**self.own, **self.moving}.items():
            value.assign(weights[name])


def folded(weights: Weights) -> Weights:
    """Return kernels and biases with the normalisation folded in."""
    plain: Weights = {}
    for layer in LAYERS:
        kernel, bias = weights[f"{layer.name}.w"], weights[f"{layer.name}.b"]
        if not layer.last:
            factor = weights[f"{layer.name}.g"] / np.sqrt(weights[f"{layer.name}.v"] + _EPSILON)
            kernel = kernel * factor
            bias = bias - weights[f"{layer.name}.m"] * factor
        plain[f"{layer.name}.w"] = np.ascontiguousarray(kernel.transpose(3, 2, 0, 1))
        plain[f"{layer.name}.b"] = np.asarray(bias, np.float32)
    return plain


def write_onnx(weights: Weights, path: Path) -> None:
    """Write the network: input `ink` (1, 1, 32, width) with ink 1, output `logits` (1, steps, classes)."""
    plain = folded(weights)
    nodes = []
    last = "ink"
    for layer in LAYERS:
        nodes.append(helper.make_node(
            "Conv", [last, f"{layer.name}.w", f"{layer.name}.b"], [f"{layer.name}.y"],
            kernel_shape=list(layer.kernel), strides=list(layer.stride), dilations=[1, layer.dilation],
            pads=[layer.pad_rows, layer.pad_columns] * 2,
        ))  # fmt: skip
        if layer.last:
            last = f"{layer.name}.y"
            continue
        nodes.append(helper.make_node("Relu", [f"{layer.name}.y"], [f"{layer.name}.r"]))
        if layer.residual:
            nodes.append(helper.make_node("Add", [f"{layer.name}.r", last], [f"{layer.name}.s"]))
        last = f"{layer.name}.s" if layer.residual else f"{layer.name}.r"
    nodes.append(helper.make_node("Squeeze", [last, "rows"], ["flat"]))
    nodes.append(helper.make_node("Transpose", ["flat"], ["logits"], perm=[0, 2, 1]))
    kept = [numpy_helper.from_array(np.asarray(v, np.float32), k) for k, v in plain.items()]
    kept.append(numpy_helper.from_array(np.array([2], np.int64), "rows"))
    graph = helper.make_graph(
        nodes,
        "pen_digits",
        [helper.make_tensor_value_info("ink", TensorProto.FLOAT, [1, 1, HEIGHT, "width"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, "steps", CLASSES])],
        kept,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="congvan")
    model.ir_version = 8
    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(model.SerializeToString())
