"""Keras 3 on TensorFlow: python keras_peer.py SETTING.json; see torch_peer.py."""

import json
import os
import sys
import time

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import tensorflow as tf
from data import load, serve, split_weights


class Clock(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self.start = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds.append(time.perf_counter() - self.start)


class Peer:
    def __init__(self, model, threads, batchSize, images, mnist, reference):
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
        self.net = keras.Sequential.from_config(reference["config"]["config"])
        self.net.set_weights(split_weights(reference))
        self.net.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        self.batch = batchSize
        x, self.y = load(mnist, "train", images)
        self.x = x[..., None]
        tx, self.ty = load(mnist, "t10k", 10000)
        self.tx = tx[..., None]

    def facts(self):
        return {"version": f"{keras.__version__} (TensorFlow {tf.__version__})"}

    def first_losses(self, steps):
        losses = []
        for i in range(steps):
            part = slice(i * self.batch, (i + 1) * self.batch)
            self.net.reset_metrics()
            losses.append(float(self.net.train_on_batch(self.x[part], self.y[part])[0]))
        return losses

    def train(self, epochs):
        clock = Clock()
        self.net.fit(self.x, self.y, self.batch, epochs, verbose=0, shuffle=False, callbacks=[clock])
        return {"seconds": clock.seconds}

    def evaluate(self):
        start = time.perf_counter()
        loss = self.net.evaluate(self.tx, self.ty, batch_size=1000, verbose=0)[0]
        return {"seconds": time.perf_counter() - start, "loss": float(loss)}


with open(sys.argv[1], encoding="utf-8") as file:
    serve(Peer(**json.load(file)))
