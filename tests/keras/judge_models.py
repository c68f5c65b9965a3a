"""What a model is to Keras: forward passes, summaries, initial weights."""

import importlib.metadata
import json
import platform

import keras
import numpy as np
import tensorflow as tf

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)


def versions():
    packages = ["keras", "tensorflow-cpu", "numpy", "h5py", "onnxruntime"]
    found = {name: importlib.metadata.version(name) for name in packages}
    return {"python": platform.python_version(), **found}


def build(config, seed=1):
    """The model with Keras's own initial weights; biases, which start at zero, get small random numbers."""
    keras.utils.set_random_seed(seed)
    model = keras.models.model_from_json(json.dumps(config))
    rng = np.random.default_rng(seed)
    for variable in model.variables:
        if variable.path.endswith(("bias", "beta", "moving_mean", "alpha")):
            variable.assign(rng.normal(0, 0.1, variable.shape).astype("float32"))
        if variable.path.endswith(("gamma", "moving_variance")):
            variable.assign(rng.uniform(0.5, 1.5, variable.shape).astype("float32"))
    return model


def flat(model):
    """Ziffer's order of weights is Keras's: layer by layer, kernel before bias."""
    return np.concatenate([np.zeros(0, "float32"), *(w.ravel() for w in model.get_weights())])


def forward(config, images):
    model = build(config)
    # predict() would compile a function for each model.
    return {"weights": flat(model), "outputs": model(images, training=False).numpy()}


def augmented(config, images):
    """What a training pass makes of pictures."""
    return {"outputs": build(config)(images, training=True).numpy()}


def summary(config):
    lines = []
    build(config).summary(print_fn=lambda line, **_: lines.append(line))
    return "\n".join(lines)


def initializer(name, shape):
    """The spread of one draw of Keras's."""
    values = np.asarray(keras.initializers.get({"class_name": name, "config": {"seed": 3}})(shape))
    return {"least": values.min(), "most": values.max(), "variance": values.var()}


def explained(config, image, places):
    """Of numbers of layers' outputs, each [layer, index]: before the activation, after it, and the slope of the former in each of the
    layer's inputs."""
    model = build(config)
    inputs = [tf.convert_to_tensor(image[None])]
    for layer in model.layers:
        inputs.append(layer(inputs[-1], training=False))
    before, after, slopes = [], [], []
    for number, index in places:
        layer = model.layers[number]
        activation = getattr(layer, "activation", None)
        if activation is not None:
            layer.activation = keras.activations.linear
        with tf.GradientTape() as tape:
            tape.watch(inputs[number])
            z = tf.reshape(layer(inputs[number], training=False), [-1])[index]
        slope = tape.gradient(z, inputs[number])
        slopes.append(np.zeros(0) if slope is None else slope.numpy().ravel())
        if activation is not None:
            layer.activation = activation
        before.append(z.numpy())
        after.append(inputs[number + 1].numpy().ravel()[index])
    return {"weights": flat(model), "before": before, "after": after, "slopes": slopes}
