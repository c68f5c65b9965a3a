"""MNIST's IDX files, the lecture's models in numbers, and the conversation with bench/peers.mjs."""

import json
import sys

import numpy as np


def load(folder, name, count):
    """Images as float32 in [0, 1], [count, 28, 28], and labels as int64."""
    images = np.fromfile(f"{folder}/{name}-images-idx3-ubyte", np.uint8, 16 + count * 784)[16:]
    labels = np.fromfile(f"{folder}/{name}-labels-idx1-ubyte", np.uint8, 8 + count)[8:]
    return images.reshape(count, 28, 28).astype(np.float32) / 255, labels.astype(np.int64)


def split_weights(reference):
    """The flat parameters cut into arrays, in Keras's order and layout."""
    flat = np.array(reference["weights"], np.float32)
    arrays = []
    for region in reference["regions"]:
        size = int(np.prod(region["shape"]))
        start = region["offset"]
        arrays.append(flat[start : start + size].reshape(region["shape"]))
    return arrays


def serve(peer):
    """Answers one JSON line with another until stdin ends: {"do": "train", "epochs": n} → {"seconds": […]}."""
    print(json.dumps({"ready": True, **peer.facts()}), flush=True)
    for line in sys.stdin:
        wish = json.loads(line)
        answer = getattr(peer, wish.pop("do"))(**wish)
        print(json.dumps(answer), flush=True)
