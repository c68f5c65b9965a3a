"""Files to and from Keras and ONNX Runtime."""

import contextlib
import io
import json
import os
import zipfile

import h5py
import keras
import numpy as np
import onnxruntime
from keras import layers

from judge_models import flat


def open_model(path, images):
    """What real Keras reads out of a file."""
    model = keras.models.load_model(path)
    optimizer = model.optimizer
    return {
        "outputs": model.predict(images, verbose=0),
        "weights": flat(model),
        "optimizer": keras.saving.serialize_keras_object(optimizer),
        "iterations": int(optimizer.iterations.numpy()),
        "names": [layer.name for layer in model.layers],
    }


def restore(model, path):
    """The optimiser's state out of our .h5, as docs/KERAS.md shows it."""
    model.optimizer.build(model.trainable_variables)
    with h5py.File(path) as file:
        state = file["optimizer_state"]
        for variable, name in zip(model.optimizer.variables, state.attrs["weight_names"]):
            variable.assign(state[name][()])


def go_on(path, images, labels, batch_size, count):
    """Opens a file and trains further, batch after batch."""
    model = keras.models.load_model(path)
    if path.endswith(".h5"):
        # A file that Keras can train from without more ado; its optimiser starts afresh.
        keras.models.load_model(path).fit(images, keras.utils.to_categorical(labels, 10), verbose=0)
        restore(model, path)
    targets = keras.utils.to_categorical(labels, 10)
    for step in range(count):
        batch = slice(step * batch_size, (step + 1) * batch_size)
        model.train_on_batch(images[batch], targets[batch])
    return {"weights": flat(model), "iterations": int(model.optimizer.iterations.numpy())}


def adam_slots(path):
    """What Adam remembers of each trained weight of a file, by layer, weight and slot."""
    model = keras.models.load_model(path)
    adam = model.optimizer
    slots = {"momentum": adam._momentums, "velocity": adam._velocities}
    return {
        f"{layer.name}/{weight.name}/{kind}": slot[adam._get_variable_index(weight)].numpy()
        for layer in model.layers
        for weight in layer.trainable_weights
        for kind, slot in slots.items()
    }


def open_onnx(path, images):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (entry,) = session.get_inputs()
    return session.run(None, {entry.name: images})[0]


def _digits():
    return [
        layers.Conv2D(4, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dropout(0.25),
        layers.Dense(12, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]


def _chain():
    x = start = keras.Input((28, 28, 1), name="picture")
    x = layers.Rescaling(2.0, offset=-1.0)(x)
    x = layers.Conv2D(3, (3, 5), strides=(2, 1), padding="same", use_bias=False)(x)
    x = layers.ReLU()(x)
    x = layers.AveragePooling2D((2, 3))(x)
    x = layers.Flatten()(x)
    x = layers.Dense(8, kernel_initializer=keras.initializers.RandomNormal(0, 0.1))(x)
    x = layers.Activation("tanh")(x)
    x = layers.Dense(10)(x)
    return keras.Model(start, layers.Softmax()(x), name="chain")


def _branches():
    """Joined by layers and by operators, with branches that Keras lists in an order of its own."""
    start = keras.Input((28, 28, 1), name="picture")
    x = layers.Conv2D(4, 3, strides=2, activation="relu")(start)
    y = layers.Conv2D(4, 3, padding="same", activation="relu")(x)
    x = layers.Conv2D(4, 3, padding="same")(y) + x
    gate = layers.Dense(4, activation="sigmoid")(layers.GlobalAveragePooling2D()(x))
    x = layers.Multiply()([x, layers.Reshape((1, 1, 4))(gate)])
    x = layers.Concatenate()([layers.MaxPooling2D()(x), layers.AveragePooling2D(2)(y)])
    x = layers.Flatten()(x)
    return keras.Model(start, layers.Dense(10, activation="softmax")(x), name="branches")


def _shared():
    start = keras.Input((28, 28, 1))
    a = layers.Flatten()(start)
    dense = layers.Dense(10)
    return keras.Model(start, layers.Add()([dense(a), dense(layers.ReLU()(a))]))


def _normalized():
    x = start = keras.Input((28, 28, 1))
    x = layers.Conv2D(4, 3, use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)
    x = layers.Flatten()(x)
    x = layers.Dense(10)(x)
    x = layers.BatchNormalization(scale=False, epsilon=0.01)(x)
    return keras.Model(start, layers.Softmax()(x))


def _tutorial():
    """As most tutorials have it: behind the convolution's activation, and before the dense layer's."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 3, activation="relu"),
            layers.BatchNormalization(),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(12),
            layers.BatchNormalization(scale=False),
            layers.ReLU(),
            layers.Dense(10, activation="softmax"),
        ]
    )


def _first():
    start = keras.Input((28, 28, 1))
    x = layers.Flatten()(layers.BatchNormalization()(start))
    x = layers.BatchNormalization(center=False)(x)
    return keras.Model(start, layers.Dense(10, activation="softmax")(x))


def _across():
    start = keras.Input((28, 28, 1))
    x = layers.Flatten()(layers.BatchNormalization(axis=1)(start))
    return keras.Model(start, layers.Dense(10, activation="softmax")(x))


def _quickstart(policy="float32"):
    """TensorFlow's quickstart for beginners, whose last layer gives logits."""
    dtype = keras.dtype_policies.get(policy)
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Flatten(dtype=dtype),
            layers.Dense(128, activation="relu", dtype=dtype),
            layers.Dropout(0.2, dtype=dtype),
            layers.Dense(10, dtype=dtype),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    return model


MODELS = {
    "digits": lambda: keras.Sequential([keras.Input((28, 28, 1)), *_digits()]),
    "unbuilt": lambda: keras.Sequential(_digits()),
    "chain": _chain,
    "branches": _branches,
    "shared": _shared,
    "normalized": _normalized,
    "tutorial": _tutorial,
    "first": _first,
    "across": _across,
    "quickstart": _quickstart,
    "mixed": lambda: _quickstart("mixed_float16"),
    "lstm": lambda: keras.Sequential(
        [keras.Input((28, 28)), layers.LSTM(4), layers.Dense(10, activation="softmax")]
    ),
    "convolved": lambda: keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Dense(4),
            layers.Conv2D(6, 3, dilation_rate=(2, 1), activation="relu"),
            layers.Conv2D(4, (3, 2), groups=2, strides=2),
            layers.DepthwiseConv2D(3, depth_multiplier=2, padding="same"),
            layers.SeparableConv2D(5, (2, 3), depth_multiplier=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ]
    ),
}


def make(kind, paths, images=None):
    """Saves one of Keras's models, trained for a few steps, and says what it predicts."""
    keras.utils.set_random_seed(5)
    model = MODELS[kind]()
    outputs = None
    if images is not None:
        model.compile(keras.optimizers.Adam(0.002), "categorical_crossentropy", metrics=["accuracy"])
        targets = keras.utils.to_categorical(np.arange(len(images)) % 10, 10)
        model.fit(images, targets, epochs=3, batch_size=16, verbose=0)
        outputs = model.predict(images, verbose=0)
    for path in paths:
        if path.endswith(".zip"):
            _save_tfjs(model, path)
        else:
            model.save(path)
    return outputs


def _save_tfjs(model, path):
    """As TensorFlow.js's converter does: what stands in Keras's .h5, its weights in a file beside the topology."""
    older = path + ".h5"
    model.save(older)
    specs, parts = [], []
    with h5py.File(older) as file:
        attributes = dict(file.attrs)
        group = file["model_weights"]
        for layer in group.attrs["layer_names"]:
            for name in group[layer].attrs["weight_names"]:
                values = np.asarray(group[layer][name], "float32")
                specs.append({"name": name, "shape": list(values.shape), "dtype": "float32"})
                parts.append(values.tobytes())
    topology = {key: json.loads(attributes[key]) for key in ("model_config", "training_config")}
    topology |= {key: attributes[key] for key in ("keras_version", "backend")}
    manifest = [{"paths": ["group1-shard1of1.bin"], "weights": specs}]
    root = {"format": "layers-model", "modelTopology": topology, "weightsManifest": manifest}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model.json", json.dumps(root))
        archive.writestr("group1-shard1of1.bin", b"".join(parts))
    os.remove(older)


def write_digits(path, images, labels):
    """A data set as keras.datasets.mnist has it."""
    np.savez(path, x_train=images, y_train=labels, x_test=images, y_test=labels)


def run_script(script, images, labels, folder):
    """Runs a Python program as a student would, with a small data set in place of MNIST."""
    sets = ((images, labels), (images, labels))
    load_data, home = keras.datasets.mnist.load_data, os.getcwd()
    keras.datasets.mnist.load_data = lambda *_, **__: sets
    text = io.StringIO()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(text):
            names = {"__name__": "__main__"}
            exec(compile(script, "model.py", "exec"), names)  # noqa: S102
    finally:
        os.chdir(home)
        keras.datasets.mnist.load_data = load_data
    history = names["history"].history
    return {"text": text.getvalue(), "history": history, "config": names["model"].get_config()["layers"]}
