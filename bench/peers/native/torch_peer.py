"""PyTorch: python torch_peer.py SETTING.json; the setting names model, threads, batch size, images and reference weights."""

import json
import sys
import time

import torch
from data import load, serve, split_weights
from torch import nn


def network(name, reference):
    """The preset with Ziffer's initial weights. PyTorch is channels first, so what follows Flatten is put in another order."""
    arrays = [torch.tensor(a) for a in split_weights(reference)]
    if name == "softmax-regression":
        net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
        after = (28, 28, 1)
    elif name == "simple-cnn":
        net = nn.Sequential(
            nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1352, 16), nn.ReLU(), nn.Linear(16, 10)
        )
        after = (13, 13, 8)
    else:
        net = nn.Sequential(
            nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Dropout(0.5), nn.Linear(1600, 10),
        )  # fmt: skip
        after = (5, 5, 64)
    flattened = False
    with torch.no_grad():
        for layer in net:
            if not hasattr(layer, "weight"):
                continue
            kernel, bias = arrays.pop(0), arrays.pop(0)
            if kernel.ndim == 4:
                kernel = kernel.permute(3, 2, 0, 1)
            elif not flattened:
                flattened = True
                h, w, c = after
                kernel = kernel.reshape(h, w, c, -1).permute(2, 0, 1, 3).reshape(h * w * c, -1).T
            else:
                kernel = kernel.T
            layer.weight.copy_(kernel)
            layer.bias.copy_(bias)
    return net


class Peer:
    def __init__(self, model, threads, batchSize, images, mnist, reference, compiled=False):
        torch.set_num_threads(threads)
        torch.manual_seed(1)
        self.net = network(model, reference)
        self.batch = batchSize
        x, y = load(mnist, "train", images)
        self.x, self.y = torch.tensor(x[:, None]), torch.tensor(y)
        tx, ty = load(mnist, "t10k", 10000)
        self.tx, self.ty = torch.tensor(tx[:, None]), torch.tensor(ty)
        self.loss = nn.CrossEntropyLoss()
        # The fused Adam is the fastest that PyTorch has for the processor; its default is a loop over the tensors.
        self.adam = torch.optim.Adam(self.net.parameters(), lr=0.001, eps=1e-7, fused=True)
        self.run = torch.compile(self.net) if compiled else self.net

    def facts(self):
        return {"version": torch.__version__, "cpu": torch.backends.cpu.get_cpu_capability()}

    def first_losses(self, steps):
        """Of the first batches, for comparison."""
        self.net.train()
        return [float(self.step(i * self.batch)) for i in range(steps)]

    def step(self, first):
        x, y = self.x[first : first + self.batch], self.y[first : first + self.batch]
        self.adam.zero_grad(set_to_none=True)
        loss = self.loss(self.run(x), y)
        loss.backward()
        self.adam.step()
        return loss.detach()

    def train(self, epochs):
        self.net.train()
        seconds = []
        for _ in range(epochs):
            start = time.perf_counter()
            total = torch.zeros(())
            for first in range(0, len(self.x), self.batch):
                total += self.step(first)
            float(total)
            seconds.append(time.perf_counter() - start)
        return {"seconds": seconds}

    def evaluate(self):
        self.net.eval()
        start = time.perf_counter()
        total = 0.0
        with torch.inference_mode():
            for first in range(0, 10000, 1000):
                total += float(self.loss(self.run(self.tx[first : first + 1000]), self.ty[first : first + 1000]))
        return {"seconds": time.perf_counter() - start, "loss": total / 10}


with open(sys.argv[1], encoding="utf-8") as file:
    serve(Peer(**json.load(file)))
