"""Small model files by real Keras, kept in fixtures/ so that tests open them without it: `python make_fixtures.py plain.keras chain.h5 …`.

Any Keras from 2.15 on runs this; which one did stands in fixtures/made-by-….json beside the predictions that it made.
A later release is added by running this with it, of the models that differ:

    python -m venv old && old/bin/pip install tensorflow-cpu==2.16.1 keras==3.0.5
    old/bin/python tests/keras/make_fixtures.py plain.keras chain.keras normalized.keras
"""

import gzip
import json
import os
import platform
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow
from keras import layers

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures")
IMAGES, SIDE = 3, 12


def images():
    """Bytes that any language makes the same, as floats; fixtures.ts has the same formula."""
    k, p = np.meshgrid(np.arange(IMAGES), np.arange(SIDE * SIDE), indexing="ij")
    values = (p * (2 * k + 3) * 7 + (p // 5) * 31 + k * 11) % 256
    return (values / 255).astype("float32").reshape(IMAGES, SIDE, SIDE, 1)


def plain():
    """Sequential, trained for some steps, with the optimiser's state."""
    model = keras.Sequential(
        [
            layers.InputLayer((SIDE, SIDE, 1)),
            layers.Conv2D(3, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(0.25),
            layers.Dense(6, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


def chain():
    """A functional chain with every other layer, both paddings, strides, a layer without bias."""
    x = start = keras.Input((SIDE, SIDE, 1), name="picture")
    x = layers.Rescaling(2.0, offset=-1.0)(x)
    x = layers.Conv2D(2, (3, 5), strides=(2, 1), padding="same", use_bias=False)(x)
    x = layers.ReLU()(x)
    x = layers.AveragePooling2D((2, 3), padding="same")(x)
    x = layers.Conv2D(2, 2, strides=2, padding="valid", kernel_initializer="he_normal")(x)
    x = layers.MaxPooling2D(2, strides=1, padding="same")(x)
    x = layers.Flatten()(x)
    x = layers.Dense(4, kernel_initializer=keras.initializers.RandomNormal(0, 0.1))(x)
    x = layers.Activation("tanh")(x)
    x = layers.Dense(10, name="scores")(x)
    return keras.Model(start, layers.Softmax()(x), name="chain")


def normalized():
    """BatchNormalization after a convolution and a dense layer, its statistics moved by training."""
    x = start = keras.Input((SIDE, SIDE, 1))
    x = layers.Conv2D(3, 3, use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)
    x = layers.MaxPooling2D(3)(x)
    x = layers.Flatten()(x)
    x = layers.Dense(10)(x)
    x = layers.BatchNormalization(scale=False, epsilon=0.01)(x)
    model = keras.Model(start, layers.Softmax()(x))
    model.compile(keras.optimizers.SGD(0.05), "categorical_crossentropy")
    return model


def tutorial():
    """As most tutorials have it: BatchNormalization behind the convolution's activation, trained by Adam."""
    model = keras.Sequential(
        [
            layers.InputLayer((SIDE, SIDE, 1)),
            layers.Conv2D(3, 3, activation="relu"),
            layers.BatchNormalization(),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(6, use_bias=False),
            layers.BatchNormalization(center=False),
            layers.ReLU(),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


def frozen():
    """A layer that is not trained, as after transfer learning."""
    model = plain()
    model.layers[0].trainable = False
    model.compile("sgd", "categorical_crossentropy", metrics=["accuracy"])
    return model


MODELS = {each.__name__: each for each in (plain, chain, normalized, tutorial, frozen)}


def make(kind, format):
    keras.utils.set_random_seed(7)
    model = MODELS[kind]()
    if getattr(model, "optimizer", None):
        targets = np.eye(10, dtype="float32")[np.arange(IMAGES)]
        model.fit(images(), targets, batch_size=1, epochs=3, verbose=0)
    name = f"keras-{keras.__version__}-{kind}.{format}"
    path = os.path.join(FOLDER, name)
    model.save(path)
    # HDF5 is mostly gaps: packed, the files have a quarter of their size.
    with open(path, "rb") as file, open(path + ".gz", "wb") as packed:
        packed.write(gzip.compress(file.read(), mtime=0))
    os.remove(path)
    return {
        "file": name,
        "classes": [type(layer).__name__ for layer in model.layers if not isinstance(layer, layers.InputLayer)],
        "predictions": np.asarray(model.predict(images(), verbose=0), "float64").round(8).tolist(),
    }


def others(path, made):
    """What the record already has besides `made`."""
    if not os.path.exists(path):
        return []
    with open(path) as file:
        names = [fixture["file"] for fixture in made]
        return [fixture for fixture in json.load(file)["fixtures"] if fixture["file"] not in names]


if __name__ == "__main__":
    path = os.path.join(FOLDER, f"made-by-keras-{keras.__version__}.json")
    made = [make(*name.split(".")) for name in sys.argv[1:]]
    record = {
        "keras": keras.__version__,
        "tensorflow": tensorflow.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
        "fixtures": [*others(path, made), *made],
    }
    with open(path, "w") as file:
        json.dump(record, file, indent=1)
        file.write("\n")
