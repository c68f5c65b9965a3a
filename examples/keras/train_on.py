"""Trains a model that Ziffer saved further on several machines, with tf.distribute.MultiWorkerMirroredStrategy.

The same program runs on every machine, each with its own TF_CONFIG (see docs/SCALING.md):

    python train_on.py model.keras --epochs 5 --batch-size 200 --out trained.keras

`--data` names a .npz with x_train, y_train, x_test, y_test as keras.datasets.mnist has them; without it, MNIST is downloaded. Each
worker computes its share of every batch; gradients are summed, so all workers have the same weights after each step, and the run is
the one of a single machine with the same batches. The first worker writes the result.
"""

import argparse
import json
import os

import tensorflow as tf

# Before anything else: it connects the workers.
STRATEGY = tf.distribute.MultiWorkerMirroredStrategy()

import keras  # noqa: E402
import numpy as np  # noqa: E402


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("--data")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch-size", type=int, default=200, help="of all workers together")
    parser.add_argument("--out", default="trained.keras")
    arguments = parser.parse_args()

    x_train, y_train, x_test, y_test = load(arguments.data)
    with STRATEGY.scope():
        model = keras.models.load_model(arguments.model)
        optimizer = model.optimizer
        step = make_step(model, optimizer)

    batches = tf.data.Dataset.from_tensor_slices((x_train, y_train)).batch(
        arguments.batch_size, drop_remainder=True
    )

    def share(context):
        """Every n-th image of each batch: all workers together train on the batches of a single machine."""
        first, count = context.input_pipeline_id, context.num_input_pipelines
        return batches.map(lambda images, labels: (images[first::count], labels[first::count]))

    shared = STRATEGY.distribute_datasets_from_function(share)
    for epoch in range(arguments.epochs):
        losses = [float(step(images, labels)) for images, labels in shared]
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.6f}", flush=True)

    accuracy = np.mean(np.argmax(model(x_test, training=False), axis=1) == np.argmax(y_test, axis=1))
    print(f"test accuracy {accuracy:.4f} with {STRATEGY.num_replicas_in_sync} workers", flush=True)
    if is_first():
        model.save(arguments.out)


def make_step(model, optimizer):
    """One step of all workers: the gradient of the mean loss over the whole batch."""
    loss_of = keras.losses.CategoricalCrossentropy(reduction=None)

    def replica_step(images, labels):
        with tf.GradientTape() as tape:
            losses = loss_of(labels, model(images, training=True))
            # Summed over the workers this is the mean over the whole batch.
            size = tf.cast(tf.shape(images)[0] * STRATEGY.num_replicas_in_sync, tf.float32)
            loss = tf.reduce_sum(losses) / size
        weights = [variable.value for variable in model.trainable_variables]
        # apply() sums the workers' gradients.
        optimizer.apply(tape.gradient(loss, weights), model.trainable_variables)
        return loss

    @tf.function
    def step(images, labels):
        losses = STRATEGY.run(replica_step, args=(images, labels))
        return STRATEGY.reduce(tf.distribute.ReduceOp.SUM, losses, axis=None)

    return step


def load(path):
    if path:
        with np.load(path) as data:
            sets = [data[name] for name in ("x_train", "y_train", "x_test", "y_test")]
    else:
        (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
        sets = [x_train, y_train, x_test, y_test]
    images = [x.reshape(-1, 28, 28, 1).astype("float32") / 255 for x in sets[::2]]
    labels = [keras.utils.to_categorical(y, 10) for y in sets[1::2]]
    return images[0], labels[0], images[1], labels[1]


def is_first():
    task = json.loads(os.environ.get("TF_CONFIG", "{}")).get("task", {"index": 0})
    return task["index"] == 0


if __name__ == "__main__":
    main()
