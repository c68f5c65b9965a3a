"""How Keras trains: losses and weights step by step, and whole fits with callbacks."""

import os
import tempfile

import keras
import numpy as np

from judge_models import build, flat


def steps(config, optimizer, images, labels, batch_size, stops, loss="categorical_crossentropy"):
    """The loss of every step, and the weights at each of `stops`, with the batches in order, beginning again at the end."""
    model = build(config)
    first = flat(model)
    loss = keras.losses.get(loss)
    rate = optimizer["config"].get("learning_rate")
    if isinstance(rate, int):  # JSON knows one kind of number, Keras's optimizers take one of two
        optimizer["config"]["learning_rate"] = float(rate)
    model.compile(keras.optimizers.get(optimizer), loss)
    sparse = "sparse" in getattr(loss, "name", getattr(loss, "__name__", ""))
    targets = labels if sparse else keras.utils.to_categorical(labels, 10)
    losses, weights = [], []
    for step in range(max(stops)):
        at = step * batch_size % len(images)
        batch = slice(at, at + batch_size)
        model.reset_metrics()
        losses.append(float(model.train_on_batch(images[batch], targets[batch])))
        if step + 1 in stops:
            weights.append(flat(model))
    return {"first": first, "losses": losses, "weights": weights}


def fit(
    config,
    optimizer,
    images,
    labels,
    options,
    early_stopping=None,
    checkpoint=None,
    reduce_lr=None,
    metrics=(),
    sample_weight=None,
):
    """A whole `fit` without shuffling. `metrics`: words, and classes with their settings."""
    model = build(config)
    first = flat(model)
    also = [m if isinstance(m, str) else getattr(keras.metrics, m[0])(**m[1]) for m in metrics]
    model.compile(
        keras.optimizers.get(optimizer), "categorical_crossentropy", metrics=["accuracy", *also]
    )
    if "class_weight" in options:  # JSON's keys are texts
        weights = {int(label): weight for label, weight in options["class_weight"].items()}
        options = {**options, "class_weight": weights}
    if sample_weight is not None:
        options = {**options, "sample_weight": sample_weight}
    callbacks = []
    stopping = None
    if early_stopping is not None:
        stopping = keras.callbacks.EarlyStopping(**early_stopping)
        callbacks.append(stopping)
    if reduce_lr is not None:
        callbacks.append(keras.callbacks.ReduceLROnPlateau(**reduce_lr))
    with tempfile.TemporaryDirectory() as folder:
        if checkpoint is not None:
            path = folder + "/{epoch}.weights.h5"
            saving = keras.callbacks.ModelCheckpoint(path, save_weights_only=True, **checkpoint)
            callbacks.append(saving)
        targets = keras.utils.to_categorical(labels, 10)
        history = model.fit(
            images, targets, shuffle=False, verbose=0, callbacks=callbacks, **options
        )
        saved = sorted(int(name.split(".")[0]) for name in os.listdir(folder))
    return {
        "first": first,
        "last": flat(model),
        "epoch": history.epoch,
        "history": {key: [float(v) for v in values] for key, values in history.history.items()},
        "best_epoch": stopping.best_epoch if stopping else None,
        "stopped_epoch": stopping.stopped_epoch if stopping else None,
        "saved": saved,
    }
